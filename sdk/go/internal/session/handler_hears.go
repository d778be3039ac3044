package session

import (
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// Hear takes a frame of the hub.
func (s *Handler) Hear(frame *v1.HandlersAttachResponse, now time.Time) {
	for _, command := range frame.Items {
		switch kind := command.Kind.(type) {
		case *v1.HandlerCommand_HelloOk:
			s.hearHelloOk(kind.HelloOk, now)
		case *v1.HandlerCommand_Delivery:
			s.hearDelivery(kind.Delivery, now)
		case *v1.HandlerCommand_FinishResult:
			s.hearFinishResult(kind.FinishResult, now)
		case *v1.HandlerCommand_Cancel:
			s.hearCancel(kind.Cancel)
		case *v1.HandlerCommand_Posted:
			s.posted = append(s.posted, kind.Posted)
		case *v1.HandlerCommand_Ping:
			pong := &v1.Pong{Nonce: kind.Ping.Nonce}
			s.outgoing.add(&v1.HandlerItem{Kind: &v1.HandlerItem_Pong{Pong: pong}})
		case *v1.HandlerCommand_Draining:
			s.draining = true
			s.Log.Info("the hub is going away")
		}
		// Anything else comes from a newer hub.
	}
}

func (s *Handler) hearHelloOk(ok *v1.HandlerHelloOk, now time.Time) {
	s.attached = true
	s.greeting = ok
	if ok.Lease != nil {
		s.lease = ok.Lease.AsDuration()
	}
	agreed := map[string]uint32{}
	for _, holding := range ok.Holding {
		agreed[holding.Delivery] = holding.Attempt
	}
	for _, held := range s.inOrder() {
		delivery := held.job.Delivery
		if attempt, known := agreed[delivery.Id]; !known || attempt != delivery.Attempt {
			s.drop(delivery.Id, errEnded("it went elsewhere while the hub was away"))
			continue
		}
		for _, item := range held.unsaid {
			s.outgoing.add(item)
		}
		held.unsaid = nil
		if held.finish != nil && held.sayAgainAt.IsZero() {
			s.sayFinish(held)
		}
	}
	if len(s.held) > 0 {
		s.renewAt = now.Add(s.lease / 3)
	}
	for _, collision := range ok.Collisions {
		s.Log.Warn("two routes wait for the same", "route", collision.Route, "trigger", collision.Trigger,
			"other", collision.OtherHandler+"/"+collision.OtherRoute)
	}
}

func (s *Handler) hearDelivery(delivery *v1.Delivery, now time.Time) {
	// A later attempt of what is still here: the earlier one counts no more.
	s.drop(delivery.Id, errEnded("it came again"))
	s.number++
	held := &held{number: s.number, job: &Job{Delivery: delivery}}
	s.held[delivery.Id] = held
	s.queue(held, false, now)
	if s.renewAt.IsZero() {
		s.renewAt = now.Add(s.lease / 3)
	}
}

// queue makes a new job of what is held.
func (s *Handler) queue(held *held, first bool, now time.Time) {
	held.finish = nil
	delivery := held.job.Delivery
	held.job = &Job{
		Delivery: delivery,
		Since:    now,
		lane:     laneOf(delivery.GetEvent().GetConversation()),
		free:     s.Free(delivery.Route),
	}
	s.jobs.add(held.job, first)
}

func (s *Handler) hearFinishResult(result *v1.FinishResult, now time.Time) {
	held := s.held[result.Delivery]
	if held == nil || held.finish == nil {
		return
	}
	switch result.Outcome {
	case v1.FinishOutcome_FINISH_OUTCOME_CONFLICT:
		s.runAgain(held, result.GetConflict().GetKey(), now)
		return
	case v1.FinishOutcome_FINISH_OUTCOME_REFUSED:
		if result.GetProblem().GetRetryAfter() != nil {
			s.sayAgain(held, now.Add(result.Problem.RetryAfter.AsDuration()))
			return
		}
		s.giveUp(held, "the answer was refused: "+result.GetProblem().GetDetail(), 0)
		return
	case v1.FinishOutcome_FINISH_OUTCOME_STALE:
		s.Log.Warn("too late with the answer; nobody hears it", "delivery", result.Delivery)
	}
	s.forget(held)
}

func (s *Handler) runAgain(held *held, key string, now time.Time) {
	if held.reruns == reruns {
		s.giveUp(held, "somebody else kept changing "+key, 0)
		return
	}
	held.reruns++
	before := *held
	s.queue(held, true, now)
	held.holdsLane = false
	s.letNextBegin(&before)
}

func (s *Handler) hearCancel(cancel *v1.Cancel) {
	held := s.held[cancel.Delivery]
	if held == nil || held.job.Delivery.Attempt > cancel.Attempt {
		return
	}
	why := cancel.GetProblem().GetDetail()
	s.Log.Info("cancelled by the hub", "delivery", cancel.Delivery, "why", why)
	s.drop(cancel.Delivery, errEnded(why))
}
