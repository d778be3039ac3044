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
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/durationpb"
)

func hi() *chathub.Handler {
	bot := chathub.NewHandler("hi")
	bot.Route(`^hi (?P<name>\w+)`, func(ctx context.Context, m *chathub.Message) error {
		return m.Reply(ctx, "hello "+m.Capture("name"))
	})
	return bot
}

// calling is a handler of one route that calls this.
func calling(call chathub.Function, options ...chathub.RouteOption) *chathub.Handler {
	bot := chathub.NewHandler("bot")
	bot.Command("do", call, options...)
	return bot
}

func TestAHandlerSaysWhoItIsAndFinishesWithItsAnswer(t *testing.T) {
	hub := newFakeHub(t)
	hub.run(hi())
	stream, hello := hub.greeted()
	if hello.Name != "hi" || hello.Routes[0].Id != "route-1" || hello.Routes[0].GetPattern() != `^hi (?P<name>\w+)` {
		t.Errorf("heard %v", hello)
	}
	if token := stream.metadata.Get("authorization"); fmt.Sprint(token) != "[Bearer secret]" {
		t.Errorf("heard %v", token)
	}
	stream.deliver(&v1.Delivery{Id: "d", Attempt: 2, Route: "route-1", Captures: map[string]string{"name": "Ada"}})
	finish := stream.hear().GetFinish()
	if finish.GetDelivery() != "d" || finish.Attempt != 2 || finish.Actions[0].GetSend().Content.Text != "hello Ada" {
		t.Errorf("heard %v", finish)
	}
}

func TestEveryOptionOfARouteTravels(t *testing.T) {
	hub := newFakeHub(t)
	bot := calling(nil,
		chathub.ID("id"), chathub.Addressed(false), chathub.Exclusive(), chathub.Groups("a", "b"),
		chathub.Help("do N", "Does."), chathub.Hidden(), chathub.MaxAge(time.Second), chathub.Linger(0),
		chathub.Deadline(2*time.Second, "late"), chathub.MaximumAttempts(1), chathub.Ordered(), chathub.Bots(),
		chathub.Arguments(chathub.Argument{Name: "n", Type: chathub.Integer, Required: true}))
	bot.Revision, bot.MaximumInFlight = 7, 9
	hub.run(bot)
	_, hello := hub.greeted()
	expected := &v1.Route{
		Id: "id", Precedence: v1.Precedence_PRECEDENCE_EXCLUSIVE, RequiredGroups: []string{"a", "b"},
		Help:   &v1.Help{Usage: "do N", Description: "Does.", Hidden: true},
		MaxAge: durationpb.New(time.Second), Linger: durationpb.New(0), Deadline: durationpb.New(2 * time.Second),
		MaximumAttempts: 1, Ordered: true, Bots: true, FallbackText: "late",
		Trigger: &v1.Route_Command{Command: &v1.Command{Word: "do", Arguments: []*v1.Argument{
			{Name: "n", Type: v1.ArgumentType_ARGUMENT_TYPE_INTEGER, Required: true},
		}}},
	}
	if hello.Revision != 7 || hello.MaximumInFlight != 9 || hello.Routes[0].String() != expected.String() {
		t.Errorf("heard %v", hello)
	}
}

func TestAnErrorAndAPanicGiveUp(t *testing.T) {
	hub := newFakeHub(t)
	bot := chathub.NewHandler("bot")
	fail := map[string]chathub.Function{
		"error": func(context.Context, *chathub.Message) error { return errors.New("broken") },
		"panic": func(context.Context, *chathub.Message) error { panic("broken") },
		"retry": func(ctx context.Context, m *chathub.Message) error {
			return fmt.Errorf("broken: %w", errors.Join(m.Reply(ctx, "unheard"), chathub.Retry(time.Minute)))
		},
	}
	for word, call := range fail {
		bot.Command(word, call)
	}
	hub.run(bot)
	stream, _ := hub.greeted()
	for route := range fail {
		stream.deliver(&v1.Delivery{Id: route, Route: route})
		nack := stream.hear().GetNack()
		if nack.GetDelivery() != route || !strings.Contains(nack.GetWhy(), "broken") {
			t.Errorf("heard %v", nack)
		}
		if later := nack.GetRetryAfter().AsDuration(); (later == time.Minute) != (route == "retry") {
			t.Errorf("%s: again after %v", route, later)
		}
	}
}

func TestProgressIsSaidAtOnceAndCanBeChanged(t *testing.T) {
	hub := newFakeHub(t)
	goOn := make(chan struct{})
	hub.run(calling(func(ctx context.Context, m *chathub.Message) error {
		said, err := m.Say(ctx, "working", chathub.Markdown())
		if err != nil {
			return err
		}
		<-goOn
		return m.Update(ctx, said, "half way")
	}))
	stream, _ := hub.greeted()
	stream.deliver(&v1.Delivery{Id: "d", Route: "do"})
	say := stream.hear().GetSay()
	if say.Key != "say 1.1 d" || say.Actions[0].GetSend().Content.Format != v1.TextFormat_TEXT_FORMAT_MARKDOWN {
		t.Errorf("heard %v", say)
	}
	close(goOn)
	if edit := stream.hear().GetSay().Actions[0].GetEdit(); edit.Target.GetPosted().GetKey() != "d/say/"+say.Key {
		t.Errorf("heard %v", edit)
	}
	if finish := stream.hear().GetFinish(); finish == nil || len(finish.Actions) != 0 {
		t.Errorf("heard %v", finish)
	}
}

func TestEveryActionAndWriteIsInTheFinish(t *testing.T) {
	hub := newFakeHub(t)
	later := time.Unix(2_000_000_000, 0)
	hub.run(calling(func(ctx context.Context, m *chathub.Message) error {
		mine := chathub.MessageRef{PlatformID: "mine"}
		return errors.Join(
			m.ReplyAt(ctx, later, "later"), m.Edit(ctx, mine, "new"), m.React(ctx, "👍"), m.Delete(ctx, mine),
			m.Reply(ctx, "a\xffb"),
			m.Store().Add(ctx, "count", 1), m.Store().Delete(ctx, "old", chathub.IfRevision(3)),
			m.Store().Put(ctx, "new", []byte("value"), chathub.IfRevision(0), chathub.TTL(time.Hour)))
	}))
	stream, _ := hub.greeted()
	event := &v1.Event{Kind: &v1.Event_Message{Message: &v1.ChatMessage{PlatformId: "theirs"}}}
	stream.deliver(&v1.Delivery{Id: "d", Route: "do", Event: event})
	finish := stream.hear().GetFinish()
	if finish == nil || len(finish.Actions) != 5 || len(finish.StoreWrites) != 3 {
		t.Fatalf("heard %v", finish)
	}
	if at := finish.Actions[0].GetSend().NotBefore.AsTime(); !at.Equal(later) {
		t.Errorf("at %v", at)
	}
	if finish.Actions[2].GetReact().Target.GetPlatformId() != "theirs" {
		t.Errorf("reacts to %v", finish.Actions[2])
	}
	if text := finish.Actions[4].GetSend().Content.Text; text != "a\uFFFDb" {
		t.Errorf("says %q", text)
	}
	put := finish.StoreWrites[2]
	if put.GetIfRevision() != 0 || put.IfRevision == nil || put.GetPut().Ttl.AsDuration() != time.Hour {
		t.Errorf("writes %v", put)
	}
}

func TestAFunctionIsToldWhenItsWorkIsForNothing(t *testing.T) {
	hub := newFakeHub(t)
	why := make(chan error, 1)
	hub.run(calling(func(ctx context.Context, m *chathub.Message) error {
		<-ctx.Done()
		why <- m.Reply(ctx, "unheard")
		return m.Reply(ctx, "unheard")
	}))
	stream, _ := hub.greeted()
	stream.deliver(&v1.Delivery{Id: "d", Route: "do"})
	stream.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Cancel{Cancel: &v1.Cancel{
		Delivery: "d", Attempt: 1, Problem: &v1.Problem{Detail: "somebody else was quicker"},
	}}})
	if told := within(t, why); told == nil || !strings.Contains(told.Error(), "somebody else was quicker") {
		t.Errorf("told %v", told)
	}
}

func TestPatienceEndsByItselfAndGrowsWithWhatIsSaid(t *testing.T) {
	hub := newFakeHub(t)
	began := time.Now()
	deadlines := make(chan time.Time, 2)
	hub.run(calling(func(ctx context.Context, m *chathub.Message) error {
		first, _ := ctx.Deadline()
		deadlines <- first
		if _, err := m.Say(ctx, "working"); err != nil {
			return err
		}
		second, _ := ctx.Deadline()
		deadlines <- second
		<-ctx.Done()
		return ctx.Err()
	}))
	stream, _ := hub.greeted()
	stream.deliver(&v1.Delivery{Id: "d", Route: "do", Deadline: durationpb.New(300 * time.Millisecond)})
	first, second := within(t, deadlines), within(t, deadlines)
	if !first.After(began) || !second.After(first) {
		t.Errorf("began %v, first until %v, then until %v", began, first, second)
	}
	stream.hear() // what it said
	// The hub ends it by itself; what the function returns is no reason to try again.
	stream.deliver(&v1.Delivery{Id: "other", Route: "unknown"})
	if nack := stream.hear().GetNack(); nack.GetDelivery() != "other" {
		t.Errorf("heard %v", nack)
	}
}

func TestWhatBecameOfAnAnswerIsTold(t *testing.T) {
	hub := newFakeHub(t)
	posted := make(chan chathub.Posted, 1)
	bot := hi()
	bot.OnPosted = func(p chathub.Posted) { posted <- p }
	hub.run(bot)
	stream, _ := hub.greeted()
	result := &v1.ActionResult{PlatformIds: []string{"m1"}, Problem: &v1.Problem{Detail: "the rest is too long"}}
	stream.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Posted{Posted: &v1.Posted{Key: "d", Index: 1, Result: result}}})
	told := within(t, posted)
	if told.Message != (chathub.MessageRef{PlatformID: "m1", Key: "d", Index: 1}) || told.Problem.Detail == "" {
		t.Errorf("told %v", told)
	}
}

func TestAMistakeInTheHandlerIsToldBeforeAnythingElse(t *testing.T) {
	named := chathub.NewHandler("no name")
	twice := chathub.NewHandler("bot")
	twice.Command("do", nil)
	twice.Command("do", nil)
	for bot, word := range map[*chathub.Handler]string{named: "no name", twice: "do"} {
		bot.Hub.Address = "unix:/nowhere"
		if err := bot.Run(context.Background()); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("ended with %v", err)
		}
	}
}

func TestARefusalEndsRunInTheHubsWords(t *testing.T) {
	refusals := map[codes.Code]chathub.Reason{
		codes.Unauthenticated: chathub.ReasonNotAllowed, codes.InvalidArgument: chathub.ReasonBadRoute,
		codes.AlreadyExists: chathub.ReasonNameTaken, codes.PermissionDenied: chathub.ReasonNotAllowed,
	}
	for code, reason := range refusals {
		hub := newFakeHub(t)
		_, ended := hub.run(hi())
		hub.next().end <- refusal(code, reason, "the hub's own words")
		err := within(t, ended)
		if chathub.ReasonOf(err) != reason || !strings.Contains(err.Error(), "handler/hi: the hub's own words") {
			t.Errorf("%v: ended with %v", code, err)
		}
	}
}
