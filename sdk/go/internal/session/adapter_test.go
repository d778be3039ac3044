package session

import (
	"fmt"
	"strings"
	"testing"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// chat is an adapter's session in the test's own time.
type chat struct {
	*Adapter
	t   *testing.T
	now time.Time
}

func newChat(t *testing.T, limits Limits) *chat {
	return &chat{NewAdapter(&v1.AdapterHello{Name: "irc"}, limits, quiet), t, time.Unix(1_000_000, 0)}
}

var wide = Limits{OutboxEvents: 100, OutboxBytes: 1 << 20, RememberedOrders: 10}

// attach opens a stream that the hub greets; the hello that it heard.
func (c *chat) attach(accepted uint64) *v1.AdapterHello {
	c.Opened(c.now)
	hello := c.Fill(c.now).Items[0].GetHello()
	ok := &v1.AdapterHelloOk{Accepted: accepted}
	c.hear(&v1.AdapterCommand{Kind: &v1.AdapterCommand_HelloOk{HelloOk: ok}})
	return hello
}

func (c *chat) hear(command *v1.AdapterCommand) {
	c.Hear(&v1.AdaptersAttachResponse{Items: []*v1.AdapterCommand{command}}, c.now)
}

func (c *chat) emit(count int) {
	for range count {
		c.Emit(&v1.AdapterEvent{}, c.now)
	}
}

// said is everything as `event 1`, `gap 1-2`, `done KEY`, `ask 3`.
func (c *chat) said(expected ...string) []*v1.AdapterItem {
	c.t.Helper()
	var words []string
	items := c.Fill(c.now).GetItems()
	for _, item := range items {
		switch kind := item.Kind.(type) {
		case *v1.AdapterItem_Event:
			words = append(words, fmt.Sprint("event ", kind.Event.Seq))
		case *v1.AdapterItem_Gap:
			words = append(words, fmt.Sprintf("gap %d-%d", kind.Gap.From, kind.Gap.To))
		case *v1.AdapterItem_Done:
			words = append(words, "done "+kind.Done.Key)
		case *v1.AdapterItem_AwaitSettled:
			words = append(words, fmt.Sprint("ask ", kind.AwaitSettled.UpTo))
		case *v1.AdapterItem_Hello:
			words = append(words, "hello")
		}
	}
	if strings.Join(words, ", ") != strings.Join(expected, ", ") {
		c.t.Fatalf("said %q, expected %q", words, expected)
	}
	return items
}

func TestEventsAreNumberedAndSaidAgainUntilAccepted(t *testing.T) {
	c := newChat(t, wide)
	c.emit(1)
	c.attach(0)
	c.emit(2)
	c.said("event 1", "event 2", "event 3")
	c.hear(&v1.AdapterCommand{Kind: &v1.AdapterCommand_Accepted{Accepted: &v1.Accepted{UpTo: 1}}})
	c.Closed(c.now)
	c.now = c.now.Add(2 * time.Second)
	if hello := c.attach(2); hello.OldestUnaccepted != 2 {
		t.Errorf("said %v", hello)
	}
	event := c.said("event 3")[0].GetEvent()
	if !event.Resent || event.Age.AsDuration() != 2*time.Second {
		t.Errorf("said %v", event)
	}
}

func TestAnOutboxThatOverflowsSaysWhatIsLost(t *testing.T) {
	c := newChat(t, Limits{OutboxEvents: 2, OutboxBytes: 1 << 20, RememberedOrders: 10})
	c.attach(0)
	c.emit(4)
	if c.HasSpace() {
		t.Error("there is no space")
	}
	c.said("gap 1-2", "event 3", "event 4")
	c.Closed(c.now)
	c.emit(1)
	c.attach(0)
	c.said("gap 1-3", "event 4", "event 5")
}

func TestSoManyEventsAreSaidAndNotAccepted(t *testing.T) {
	c := newChat(t, Limits{OutboxEvents: mostUnaccepted, OutboxBytes: 1 << 20, RememberedOrders: 10})
	accepted := func(upTo uint64) {
		c.hear(&v1.AdapterCommand{Kind: &v1.AdapterCommand_Accepted{Accepted: &v1.Accepted{UpTo: upTo}}})
	}
	c.attach(0)
	c.emit(mostUnaccepted)
	c.saysEvents(mostUnaccepted)
	c.emit(5)
	c.saysEvents(0)
	accepted(4)
	c.saysEvents(0) // The fifth, which made room, is still on its way.
	accepted(5)
	c.saysEvents(5)
	c.Closed(c.now)
	c.attach(5)
	c.saysEvents(mostUnaccepted)
}

// saysEvents: so many, in as many frames as they need, and then nothing more.
func (c *chat) saysEvents(expected int) {
	c.t.Helper()
	said := 0
	for frame := c.Fill(c.now); frame != nil; frame = c.Fill(c.now) {
		for _, item := range frame.Items {
			if item.GetEvent() != nil {
				said++
			}
		}
	}
	if said != expected {
		c.t.Fatalf("said %d events, expected %d", said, expected)
	}
}

func TestAHubThatForgotIsToldWhereToGoOn(t *testing.T) {
	c := newChat(t, wide)
	c.attach(0)
	c.emit(3)
	c.said("event 1", "event 2", "event 3")
	c.hear(&v1.AdapterCommand{Kind: &v1.AdapterCommand_Accepted{Accepted: &v1.Accepted{UpTo: 3}}})
	c.Closed(c.now)
	c.attach(0)
	c.said("gap 1-3")
}

func TestARepeatedOrderIsAnsweredFromMemory(t *testing.T) {
	c := newChat(t, wide)
	c.attach(0)
	order := &v1.AdapterCommand{Kind: &v1.AdapterCommand_Order{Order: &v1.Order{Key: "k"}}}
	c.hear(order)
	c.hear(order)
	if orders := c.TakeOrders(); len(orders) != 1 {
		t.Fatalf("%d orders to do", len(orders))
	}
	c.Done(&v1.Done{Key: "k", Results: []*v1.ActionResult{{PlatformIds: []string{"m1"}}}})
	c.said("done k")
	c.hear(order)
	c.said("done k")
	if orders := c.TakeOrders(); len(orders) != 0 {
		t.Fatalf("%d orders to do", len(orders))
	}

	ref := &v1.MessageRef{By: &v1.MessageRef_Posted{Posted: &v1.PostedRef{Key: "k"}}}
	edit := &v1.Action{Kind: &v1.Action_Edit{Edit: &v1.EditAction{Target: ref}}}
	c.Resolve(&v1.Order{Actions: []*v1.Action{edit}})
	if ref.GetPlatformId() != "m1" {
		t.Errorf("named %v", ref)
	}
}

func TestOnlySoManyOrdersAreRemembered(t *testing.T) {
	c := newChat(t, Limits{OutboxEvents: 1, OutboxBytes: 1, RememberedOrders: 1})
	c.attach(0)
	c.Done(&v1.Done{Key: "a"})
	c.Done(&v1.Done{Key: "b"})
	c.said("done a", "done b")
	c.hear(&v1.AdapterCommand{Kind: &v1.AdapterCommand_Order{Order: &v1.Order{Key: "a"}}})
	if orders := c.TakeOrders(); len(orders) != 1 {
		t.Errorf("%d orders to do", len(orders))
	}
}

func TestSettledIsAskedForBehindTheEventsAndAgainOnANewStream(t *testing.T) {
	c := newChat(t, wide)
	c.attach(0)
	c.emit(2)
	c.AskSettled()
	c.said("event 1", "event 2", "ask 2")
	c.Closed(c.now)
	c.attach(2)
	c.said("ask 2")
	c.hear(&v1.AdapterCommand{Kind: &v1.AdapterCommand_Settled{Settled: &v1.Settled{UpTo: 2}}})
	c.Closed(c.now)
	c.attach(2)
	c.said()
}

func TestANewNameIsSaidWithTheHello(t *testing.T) {
	c := newChat(t, wide)
	c.attach(0)
	c.Rename("irc/bot_", []string{"bot_"})
	if hello := c.said("hello")[0].GetHello(); hello.OwnUserId != "irc/bot_" {
		t.Errorf("said %v", hello)
	}
}

func TestANameThatChangedBeforeTheGreetingIsSaidBehindIt(t *testing.T) {
	c := newChat(t, wide)
	c.Opened(c.now)
	c.Fill(c.now)
	c.Rename("irc/bot_", []string{"bot_"})
	c.emit(1)
	c.said()
	c.hear(&v1.AdapterCommand{Kind: &v1.AdapterCommand_HelloOk{HelloOk: &v1.AdapterHelloOk{}}})
	if hello := c.said("hello", "event 1")[0].GetHello(); hello.OwnUserId != "irc/bot_" {
		t.Errorf("said %v", hello)
	}
}
