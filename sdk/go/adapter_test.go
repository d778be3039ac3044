package chathub_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// adapterHub is the other end of an adapter's stream.
type adapterHub struct {
	v1.UnimplementedAdaptersServer
	t     *testing.T
	heard chan *v1.AdapterItem
	toSay chan *v1.AdapterCommand
}

func (h *adapterHub) Attach(wire grpc.BidiStreamingServer[v1.AdaptersAttachRequest, v1.AdaptersAttachResponse]) error {
	go func() {
		for frame, err := wire.Recv(); err == nil; frame, err = wire.Recv() {
			for _, item := range frame.Items {
				h.heard <- item
			}
		}
	}()
	for {
		select {
		case command := <-h.toSay:
			if command == nil {
				return nil
			}
			if err := wire.Send(&v1.AdaptersAttachResponse{Items: []*v1.AdapterCommand{command}}); err != nil {
				return err
			}
		case <-wire.Context().Done():
			return nil
		}
	}
}

// attached is a running adapter that this hub has greeted.
func attached(t *testing.T, adapter *chathub.Adapter) (*adapterHub, func(), <-chan error) {
	t.Helper()
	hub := &adapterHub{t: t, heard: make(chan *v1.AdapterItem, 64), toSay: make(chan *v1.AdapterCommand, 64)}
	fake := newFakeHub(t, func(server *grpc.Server) { v1.RegisterAdaptersServer(server, hub) })
	adapter.Hub = chathub.Hub{Address: fake.address, Token: "secret"}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- adapter.Run(ctx) }()
	t.Cleanup(cancel)
	if hello := within(t, hub.heard).GetHello(); hello.GetName() != "irc" || hello.GetEpoch() == "" {
		t.Fatalf("heard %v", hello)
	}
	hub.toSay <- &v1.AdapterCommand{Kind: &v1.AdapterCommand_HelloOk{HelloOk: &v1.AdapterHelloOk{Hub: "hub"}}}
	return hub, cancel, ended
}

func (h *adapterHub) order(order *v1.Order) *v1.Done {
	h.t.Helper()
	h.toSay <- &v1.AdapterCommand{Kind: &v1.AdapterCommand_Order{Order: order}}
	return within(h.t, h.heard).GetDone()
}

func send(text string) *v1.Action {
	return &v1.Action{Kind: &v1.Action_Send{Send: &v1.SendAction{Content: &v1.Content{Text: text}}}}
}

func TestAnAdapterSaysWhatHappensAndDoesWhatIsOrdered(t *testing.T) {
	adapter := chathub.NewAdapter("irc")
	adapter.OnOrder = func(_ context.Context, order *v1.Order, result *chathub.OrderResult) error {
		for _, action := range order.Actions {
			text := chathub.PlainText(action.GetSend().GetContent())
			switch text {
			case "fail":
				return &chathub.Problem{Reason: chathub.ReasonTooLarge, Detail: "too long"}
			case "panic":
				panic(text)
			}
			result.Done("id of " + text)
		}
		return nil
	}
	seq, err := adapter.Emit(&v1.Event{Kind: &v1.Event_Joined{}}, chathub.EventOrigin{Cursor: "c"})
	if seq != 1 || err != nil {
		t.Fatalf("emitted %d, %v", seq, err)
	}
	hub, _, _ := attached(t, adapter)
	event := within(t, hub.heard).GetEvent()
	if event.Seq != 1 || event.Cursor != "c" || event.Event.Conversation.Adapter != "irc" {
		t.Errorf("heard %v", event)
	}
	done := hub.order(&v1.Order{Key: "k", Actions: []*v1.Action{send("a"), send("fail"), send("b")}})
	if len(done.Results) != 2 || done.Results[0].PlatformIds[0] != "id of a" || done.Results[1].Problem.Reason != chathub.ReasonTooLarge {
		t.Errorf("heard %v", done)
	}
	if done := hub.order(&v1.Order{Key: "p", Actions: []*v1.Action{send("panic")}}); done.Results[0].Problem.GetReason() != chathub.ReasonOurFault {
		t.Errorf("heard %v", done)
	}
	late := &v1.Order{Key: "l", Actions: []*v1.Action{send("a")}, ExpiresAt: timestamppb.New(time.Unix(1, 0))}
	if done := hub.order(late); done.Results[0].Problem.GetReason() != chathub.ReasonExpired {
		t.Errorf("heard %v", done)
	}
}

func TestAnAdapterWaitsUntilAllIsSettled(t *testing.T) {
	adapter := chathub.NewAdapter("irc")
	hub, stop, ended := attached(t, adapter)
	if _, err := adapter.Emit(&v1.Event{}, chathub.EventOrigin{}); err != nil {
		t.Fatal(err)
	}
	settled := make(chan error, 1)
	go func() { settled <- adapter.AwaitSettled(context.Background()) }()
	within(t, hub.heard) // the event
	if upTo := within(t, hub.heard).GetAwaitSettled().GetUpTo(); upTo != 1 {
		t.Errorf("asks for %d", upTo)
	}
	hub.toSay <- &v1.AdapterCommand{Kind: &v1.AdapterCommand_Settled{Settled: &v1.Settled{UpTo: 1}}}
	if err := within(t, settled); err != nil {
		t.Error(err)
	}
	stop()
	if within(t, hub.heard).GetLeaving() == nil {
		t.Error("did not say goodbye")
	}
	hub.toSay <- nil
	if err := within(t, ended); err != nil {
		t.Error(err)
	}
	if _, err := adapter.Emit(&v1.Event{}, chathub.EventOrigin{}); err != nil {
		t.Fatal(err)
	}
	if err := adapter.AwaitSettled(context.Background()); err == nil {
		t.Error("the ended adapter settled something")
	}
}

func TestAnAdapterTellsWhoIsThereAndHowItIsCalled(t *testing.T) {
	adapter := chathub.NewAdapter("irc")
	greeted := make(chan struct{})
	adapter.OnAttached = func(context.Context, *v1.AdapterHelloOk) { close(greeted) }
	hub, _, _ := attached(t, adapter)
	within(t, greeted)
	adapter.TellUsers(&v1.User{Id: "irc/ada"})
	adapter.TellRooms(&v1.Room{Id: "irc/#a"})
	adapter.Rename("irc/bot", "bot")
	users, rooms, hello := within(t, hub.heard), within(t, hub.heard), within(t, hub.heard)
	if users.GetUsers() == nil || rooms.GetRooms() == nil || fmt.Sprint(hello.GetHello().GetMentionNames()) != "[bot]" {
		t.Errorf("heard %v, %v, %v", users, rooms, hello)
	}
}

func TestAnEventThatIsTooLargeIsRefusedAtOnce(t *testing.T) {
	content := &v1.Content{Text: strings.Repeat("x", 256<<10)}
	event := &v1.Event{Kind: &v1.Event_Message{Message: &v1.ChatMessage{Content: content}}}
	_, err := chathub.NewAdapter("irc").Emit(event, chathub.EventOrigin{})
	var problem *chathub.Problem
	if !errors.As(err, &problem) || problem.Reason != chathub.ReasonTooLarge {
		t.Errorf("failed with %v", err)
	}
}

func TestBlocksAreWrittenAsText(t *testing.T) {
	words := func(text string) []*v1.Span { return []*v1.Span{{Text: text}} }
	paragraph := func(text string) *v1.Block {
		return &v1.Block{Kind: &v1.Block_Paragraph{Paragraph: &v1.Paragraph{Spans: words(text)}}}
	}
	item := &v1.ListItem{Blocks: []*v1.Block{paragraph("one"), paragraph("more")}}
	row := &v1.TableRow{Cells: []*v1.TableCell{{Spans: words("a")}, {Spans: words("b")}}}
	content := &v1.Content{
		Blocks: []*v1.Block{
			{Kind: &v1.Block_List{List: &v1.ListBlock{Ordered: true, Items: []*v1.ListItem{item}}}},
			{Kind: &v1.Block_Quote{Quote: &v1.QuoteBlock{Blocks: []*v1.Block{paragraph("said")}}}},
			{Kind: &v1.Block_Table{Table: &v1.TableBlock{Header: row, Rows: []*v1.TableRow{row}}}},
		},
		Attachments: []*v1.Attachment{{Name: "file", Source: &v1.Attachment_Url{Url: "https://example.org"}}},
	}
	expected := "1. one\n   more\n> said\na | b\na | b\n[file] https://example.org"
	if text := chathub.PlainText(content); text != expected {
		t.Errorf("wrote %q", text)
	}
}
