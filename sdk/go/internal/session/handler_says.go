package session

import (
	"strings"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
)

// Answer is what a function gave back.
type Answer struct {
	Actions     []*v1.Action
	StoreWrites []*v1.StoreWrite
	// Empty: it succeeded. Else it gave up, and why.
	Nack       string
	RetryAfter time.Duration
	// The user's patience is over: the hub answers, and there is nothing to be said.
	Silent bool
}

// Returned ends a job: its function has returned, or never ran.
func (s *Handler) Returned(job *Job, answer Answer) {
	held := s.heldFor(job)
	if held != nil && !answer.Silent {
		s.finish(held, answer)
	}
	if held != nil && len(held.finish.GetStoreWrites()) > 0 {
		held.holdsLane = true
	} else {
		s.jobs.returned(job)
	}
}

// Say is progress of a running job. Nothing happens if it was cancelled meanwhile.
func (s *Handler) Say(job *Job, key string, action *v1.Action) {
	held := s.heldFor(job)
	if held == nil {
		return
	}
	item := &v1.HandlerItem{Kind: &v1.HandlerItem_Say{Say: &v1.Say{
		Delivery: job.Delivery.Id, Attempt: job.Delivery.Attempt, Key: key, Actions: []*v1.Action{action},
	}}}
	if s.attached {
		s.outgoing.add(item)
	} else {
		held.unsaid = append(held.unsaid, item)
	}
}

// heldFor is the delivery of this job; nil if the job does not count any more.
func (s *Handler) heldFor(job *Job) *held {
	if held := s.held[job.Delivery.Id]; held != nil && held.job == job {
		return held
	}
	return nil
}

func (s *Handler) finish(held *held, answer Answer) {
	if answer.Nack != "" {
		s.giveUp(held, answer.Nack, answer.RetryAfter)
		return
	}
	delivery := held.job.Delivery
	finish := &v1.Finish{
		Delivery: delivery.Id, Attempt: delivery.Attempt,
		Actions: answer.Actions, StoreWrites: answer.StoreWrites,
	}
	if proto.Size(finish)+16 > ItemBytes {
		s.giveUp(held, "the answer is larger than 256 KiB", 0)
		return
	}
	held.finish = finish
	s.sayFinish(held)
}

func (s *Handler) sayFinish(held *held) {
	if s.attached {
		s.outgoing.add(&v1.HandlerItem{Kind: &v1.HandlerItem_Finish{Finish: held.finish}})
	}
}

func (s *Handler) sayAgain(held *held, at time.Time) {
	held.sayAgainAt = at
	s.sayAgainAt = earlier(s.sayAgainAt, at)
}

// giveUp lets the delivery go to another instance, or come again.
func (s *Handler) giveUp(held *held, why string, retryAfter time.Duration) {
	delivery := held.job.Delivery
	nack := &v1.Nack{Delivery: delivery.Id, Attempt: delivery.Attempt, Why: shortened(why)}
	if retryAfter > 0 {
		nack.RetryAfter = durationpb.New(retryAfter)
	}
	s.Log.Warn("gave up", "delivery", delivery.Id, "attempt", delivery.Attempt, "why", nack.Why)
	s.forget(held)
	if s.attached {
		s.outgoing.add(&v1.HandlerItem{Kind: &v1.HandlerItem_Nack{Nack: nack}})
	}
}

// shortened to what is worth keeping, and to what the wire can carry.
func shortened(why string) string {
	return strings.ToValidUTF8(why[:min(len(why), 1000)], "\uFFFD")
}
