package session

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// talk is a handler's session in the test's own time.
type talk struct {
	*Handler
	t   *testing.T
	now time.Time
}

func newTalk(t *testing.T) *talk {
	s := &Handler{
		Hello: &v1.HandlerHello{Name: "bot"}, Log: quiet,
		Free: func(route string) bool { return route == "free" },
	}
	return &talk{s, t, time.Unix(1_000_000, 0)}
}

func (k *talk) pass(time time.Duration) {
	k.now = k.now.Add(time)
	k.Tick(k.now)
}

// attach opens a stream that the hub greets; the hello that it heard.
func (k *talk) attach(ok *v1.HandlerHelloOk) *v1.HandlerHello {
	k.Opened(k.now)
	hello := k.one().GetHello()
	ok.InstanceToken = "token"
	k.hear(&v1.HandlerCommand{Kind: &v1.HandlerCommand_HelloOk{HelloOk: ok}})
	return hello
}

func (k *talk) hear(commands ...*v1.HandlerCommand) {
	k.Hear(&v1.HandlersAttachResponse{Items: commands}, k.now)
}

func (k *talk) deliver(id, room, route string) {
	k.hear(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Delivery{Delivery: &v1.Delivery{
		Id: id, Attempt: 1, Route: route, Event: &v1.Event{Conversation: &v1.Conversation{Room: room}},
	}}})
}

func (k *talk) result(id string, outcome v1.FinishOutcome, problem *v1.Problem) {
	k.hear(&v1.HandlerCommand{Kind: &v1.HandlerCommand_FinishResult{FinishResult: &v1.FinishResult{
		Delivery: id, Outcome: outcome, Problem: problem, Conflict: &v1.StoreConflict{Key: "key"},
	}}})
}

func (k *talk) said() []*v1.HandlerItem { return k.Fill(k.now).GetItems() }

// one is all that is to be said.
func (k *talk) one() *v1.HandlerItem {
	k.t.Helper()
	items := k.said()
	if len(items) != 1 {
		k.t.Fatalf("said %v, expected one thing", items)
	}
	return items[0]
}

func (k *talk) nothing() {
	k.t.Helper()
	if items := k.said(); len(items) != 0 {
		k.t.Fatalf("said %v, expected nothing", items)
	}
}

// jobs are what may begin now, by their deliveries.
func (k *talk) jobs(expected ...string) []*Job {
	k.t.Helper()
	jobs := k.TakeJobs()
	var ids []string
	for _, job := range jobs {
		ids = append(ids, job.Delivery.Id)
	}
	if fmt.Sprint(ids) != fmt.Sprint(expected) {
		k.t.Fatalf("%v may begin, expected %v", ids, expected)
	}
	return jobs
}

func TestOneConversationIsOneAtATimeAndOthersRunBeside(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.deliver("a1", "a", "route")
	k.deliver("a2", "a", "route")
	k.deliver("b1", "b", "route")
	k.deliver("a3", "a", "free")
	jobs := k.jobs("a1", "b1", "a3")
	k.Returned(jobs[2], Answer{})
	k.jobs()
	k.Returned(jobs[0], Answer{})
	k.jobs("a2")
}

func TestWhatIsHeldIsRenewedThreeTimesALease(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{Lease: durationpb.New(3 * time.Second)})
	k.deliver("a1", "a", "route")
	k.deliver("a2", "a", "route")
	k.pass(999 * time.Millisecond)
	k.nothing()
	k.pass(time.Millisecond)
	if renewed := k.one().GetRenew().Deliveries; fmt.Sprint(renewed) != "[a1 a2]" {
		t.Errorf("renewed %v", renewed)
	}
	if wake := k.NextWake(); !wake.Equal(k.now.Add(time.Second)) {
		t.Errorf("wakes at %v", wake)
	}
}

func TestABrokenStreamIsResumedWithinASecond(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.deliver("a", "a", "route")
	k.deliver("b", "b", "route")
	jobs := k.jobs("a", "b")
	k.Closed(k.now)
	k.Say(jobs[0], "key", &v1.Action{})
	k.Returned(jobs[0], Answer{})
	k.pass(999 * time.Millisecond)
	hello := k.attach(&v1.HandlerHelloOk{Holding: []*v1.Holding{{Delivery: "a", Attempt: 1}}})
	if hello.InstanceToken != "token" || len(hello.Holding) != 2 {
		t.Errorf("said %v", hello)
	}
	items := k.said()
	if len(items) != 2 || items[0].GetSay().GetKey() != "key" || items[1].GetFinish().GetDelivery() != "a" {
		t.Errorf("said %v", items)
	}
	if jobs[1].Cancelled() == nil {
		t.Error("what went elsewhere was not cancelled")
	}
}

func TestAfterASecondOrADrainItIsANewInstance(t *testing.T) {
	for _, draining := range []bool{false, true} {
		k := newTalk(t)
		k.attach(&v1.HandlerHelloOk{})
		k.deliver("a", "a", "route")
		job := k.jobs("a")[0]
		if draining {
			k.hear(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Draining{Draining: &v1.Draining{}}})
		}
		k.Closed(k.now)
		if !draining {
			k.pass(time.Second)
		}
		hello := k.attach(&v1.HandlerHelloOk{})
		if hello.InstanceToken != "" || len(hello.Holding) != 0 || job.Cancelled() == nil {
			t.Errorf("said %v", hello)
		}
		k.Returned(job, Answer{})
		k.nothing()
	}
}

func TestAConflictRunsTheFunctionAgainFiveTimes(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.deliver("a", "a", "route")
	for range 6 {
		k.Returned(k.jobs("a")[0], Answer{})
		if k.one().GetFinish() == nil {
			t.Fatal("no finish")
		}
		k.result("a", v1.FinishOutcome_FINISH_OUTCOME_CONFLICT, nil)
	}
	k.jobs()
	if why := k.one().GetNack().GetWhy(); !strings.Contains(why, "key") {
		t.Errorf("gave up because %q", why)
	}
}

func TestTheNextSeesWhatTheAnswerBeforeItStored(t *testing.T) {
	writing := Answer{StoreWrites: []*v1.StoreWrite{{Key: "key"}}}
	ends := map[string]func(k *talk){
		"ok":    func(k *talk) { k.result("a1", v1.FinishOutcome_FINISH_OUTCOME_OK, nil) },
		"stale": func(k *talk) { k.result("a1", v1.FinishOutcome_FINISH_OUTCOME_STALE, nil) },
		"refused": func(k *talk) {
			k.result("a1", v1.FinishOutcome_FINISH_OUTCOME_REFUSED, &v1.Problem{Detail: "never"})
		},
		"cancelled": func(k *talk) {
			cancel := &v1.Cancel{Delivery: "a1", Attempt: 1}
			k.hear(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Cancel{Cancel: cancel}})
		},
		"conflict": func(k *talk) {
			k.result("a1", v1.FinishOutcome_FINISH_OUTCOME_CONFLICT, nil)
			k.Returned(k.jobs("a1")[0], Answer{})
		},
		"again": func(k *talk) {
			k.deliver("a1", "b", "route")
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			k := newTalk(t)
			k.attach(&v1.HandlerHelloOk{})
			k.deliver("a1", "a", "route")
			k.deliver("a2", "a", "route")
			k.Returned(k.jobs("a1")[0], writing)
			k.jobs()
			end(k)
			for _, job := range k.TakeJobs() {
				if job.Delivery.Id == "a2" {
					return
				}
			}
			t.Error("the next did not begin")
		})
	}
}

func TestAnAnswerThatIsRefusedForNowIsSaidAgain(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{Lease: durationpb.New(time.Hour)})
	k.deliver("a", "a", "route")
	k.Returned(k.jobs("a")[0], Answer{})
	finish := k.one().GetFinish()
	k.result("a", v1.FinishOutcome_FINISH_OUTCOME_REFUSED, &v1.Problem{RetryAfter: durationpb.New(time.Second)})
	k.pass(999 * time.Millisecond)
	k.nothing()
	k.pass(time.Millisecond)
	if again := k.one().GetFinish(); !proto.Equal(again, finish) {
		t.Errorf("said %v", again)
	}
	k.result("a", v1.FinishOutcome_FINISH_OUTCOME_REFUSED, &v1.Problem{Detail: "never"})
	if why := k.one().GetNack().GetWhy(); !strings.Contains(why, "never") {
		t.Errorf("gave up because %q", why)
	}
}

func TestACancelledDeliveryIsNotAnsweredAndNotBegun(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.deliver("a1", "a", "route")
	k.deliver("a2", "a", "route")
	k.deliver("a3", "a", "route")
	job := k.jobs("a1")[0]
	var told error
	job.Cancel = func(why error) { told = why }
	for _, id := range []string{"a1", "a2"} {
		k.hear(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Cancel{Cancel: &v1.Cancel{Delivery: id, Attempt: 1}}})
	}
	if told == nil {
		t.Error("the function was not told")
	}
	k.Returned(job, Answer{})
	k.nothing()
	k.jobs("a3")
}

func TestFailingIsANackThatSaysWhyAndWhen(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.deliver("a", "a", "route")
	k.Returned(k.jobs("a")[0], Answer{Nack: strings.Repeat("ü", 600), RetryAfter: time.Second})
	nack := k.one().GetNack()
	if len(nack.Why) != 1000 || nack.RetryAfter.AsDuration() != time.Second {
		t.Errorf("said %v", nack)
	}
}

func TestAnAnswerLargerThanAnItemIsGivenUp(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.deliver("a", "a", "route")
	k.Returned(k.jobs("a")[0], Answer{Actions: []*v1.Action{sendAction(ItemBytes)}})
	if why := k.one().GetNack().GetWhy(); !strings.Contains(why, "256 KiB") {
		t.Errorf("gave up because %q", why)
	}
}

func TestAFrameIsClosedAt64ItemsOr256KiB(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	for i := range 65 {
		k.deliver(fmt.Sprint(i), "a", "free")
	}
	for _, job := range k.TakeJobs() {
		k.Returned(job, Answer{})
	}
	if first, second := len(k.said()), len(k.said()); first != 64 || second != 1 {
		t.Errorf("frames of %d and %d items", first, second)
	}
	for i := range 3 {
		k.deliver(fmt.Sprint("large", i), "a", "free")
	}
	for _, job := range k.TakeJobs() {
		k.Returned(job, Answer{Actions: []*v1.Action{sendAction(100 << 10)}})
	}
	if first, second := len(k.said()), len(k.said()); first != 2 || second != 1 {
		t.Errorf("frames of %d and %d items", first, second)
	}
}

func TestWhatCrossedTheLeavingIsServed(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.Leave()
	if k.one().GetLeaving() == nil {
		t.Error("did not say that it leaves")
	}
	k.deliver("a", "a", "route")
	k.Returned(k.jobs("a")[0], Answer{})
	if k.one().GetFinish().GetDelivery() != "a" {
		t.Error("did not serve what crossed")
	}
}

func TestAPingIsAnsweredAtOnce(t *testing.T) {
	k := newTalk(t)
	k.attach(&v1.HandlerHelloOk{})
	k.hear(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Ping{Ping: &v1.Ping{Nonce: 7}}})
	if nonce := k.one().GetPong().GetNonce(); nonce != 7 {
		t.Errorf("said %d", nonce)
	}
}

func TestWhatIsNoUTF8IsRepaired(t *testing.T) {
	action := sendAction(0)
	action.GetSend().Content.Text = "a\xffb"
	action.GetSend().Content.Attachments = []*v1.Attachment{{Name: "\xff"}}
	RepairUTF8(action)
	if content := action.GetSend().Content; content.Text != "a\uFFFDb" || content.Attachments[0].Name != "\uFFFD" {
		t.Errorf("became %v", content)
	}
}

func sendAction(bytes int) *v1.Action {
	send := &v1.SendAction{Content: &v1.Content{Text: strings.Repeat("x", bytes)}}
	return &v1.Action{Kind: &v1.Action_Send{Send: send}}
}
