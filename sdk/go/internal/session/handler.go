package session

import (
	"log/slog"
	"sort"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

const (
	// How long after a break the hub still knows an instance by its token.
	returnWithin = time.Second
	// How often a function runs again because a value that it had read was changed meanwhile.
	reruns = 5
	// Until the hub has said another one.
	firstLease = 10 * time.Second
)

// Handler is a handler's talk with the hub: what is held, what may run, what is to be said.
type Handler struct {
	// Hello has all but token and holding; to be left alone after the first Opened.
	Hello *v1.HandlerHello
	// Free tells which routes may run several deliveries of one conversation at the same time.
	Free func(route string) bool
	Log  *slog.Logger

	// Of the stream.
	attached, draining, leaving bool
	outgoing                    outgoing[*v1.HandlerItem]
	renewAt, sayAgainAt         time.Time // zero: not at all

	// Of the instance.
	greeting *v1.HandlerHelloOk
	brokenAt time.Time
	lease    time.Duration

	held   map[string]*held // by delivery
	number int              // of the last that came
	jobs   jobQueue
	posted []*v1.Posted
}

// held is a delivery from its coming until the hub has confirmed its end.
type held struct {
	number int
	job    *Job
	reruns int
	// Set once the function has returned: said and not answered, or to be said.
	finish *v1.Finish
	// What it stored is to be there before the next of its conversation begins.
	holdsLane bool
	// After a refusal; zero: none.
	sayAgainAt time.Time
	// Said while there was no stream.
	unsaid []*v1.HandlerItem
}

// Opened begins a new stream.
func (s *Handler) Opened(now time.Time) {
	if s.held == nil {
		s.held, s.lease = map[string]*held{}, firstLease
	}
	s.attached, s.draining = false, false
	hello := &v1.HandlerHello{
		Name: s.Hello.Name, Revision: s.Hello.Revision, Routes: s.Hello.Routes,
		MaximumInFlight: s.Hello.MaximumInFlight,
	}
	if !s.brokenAt.IsZero() && now.Sub(s.brokenAt) < returnWithin {
		hello.InstanceToken = s.greeting.InstanceToken
		for _, held := range s.inOrder() {
			delivery := held.job.Delivery
			hello.Holding = append(hello.Holding, &v1.Holding{Delivery: delivery.Id, Attempt: delivery.Attempt})
		}
	} else {
		s.DropAll("the hub has given it to others meanwhile")
	}
	s.outgoing.add(&v1.HandlerItem{Kind: &v1.HandlerItem_Hello{Hello: hello}})
}

// Closed ends the stream. What was said on it and not heard is said on the next one.
func (s *Handler) Closed(now time.Time) {
	if s.attached && s.draining {
		s.brokenAt = time.Time{}
	} else if s.attached {
		s.brokenAt = now
	}
	s.attached = false
	s.renewAt = time.Time{}
	for _, item := range s.outgoing.takeAll() {
		if held := s.held[item.GetSay().GetDelivery()]; held != nil {
			held.unsaid = append(held.unsaid, item)
		}
	}
}

// Fill is the next frame to be said; nil: nothing.
func (s *Handler) Fill(time.Time) *v1.HandlersAttachRequest {
	items := s.outgoing.fill(&frameRoom{})
	if len(items) == 0 {
		return nil
	}
	return &v1.HandlersAttachRequest{Items: items}
}

// Tick does what has become due.
func (s *Handler) Tick(now time.Time) {
	if !s.attached {
		return
	}
	if due(s.renewAt, now) {
		s.renew(now)
	}
	if !due(s.sayAgainAt, now) {
		return
	}
	s.sayAgainAt = time.Time{}
	for _, held := range s.inOrder() {
		if due(held.sayAgainAt, now) {
			held.sayAgainAt = time.Time{}
			s.sayFinish(held)
		} else if !held.sayAgainAt.IsZero() {
			s.sayAgain(held, held.sayAgainAt)
		}
	}
}

// NextWake tells when Tick has something to do; zero: never.
func (s *Handler) NextWake() time.Time {
	if !s.attached {
		return time.Time{}
	}
	return earlier(s.renewAt, s.sayAgainAt)
}

// Leave says goodbye: the hub gives nothing new, and ends the stream when nothing is held any more.
// Until then all that comes is served: it was on its way.
func (s *Handler) Leave() {
	if !s.leaving && s.attached {
		s.outgoing.add(&v1.HandlerItem{Kind: &v1.HandlerItem_Leaving{Leaving: &v1.Leaving{}}})
	}
	s.leaving = true
}

// Attached tells whether the hub has greeted us on this stream.
func (s *Handler) Attached() bool { return s.attached }

// Greeting is what the log says of it.
func (s *Handler) Greeting() []any {
	return []any{"hub", s.greeting.GetHub(), "routes", len(s.Hello.Routes)}
}

// TakeJobs gives out the jobs whose functions are to be run now, each once.
func (s *Handler) TakeJobs() []*Job { return s.jobs.takeReady() }

// TakePosted gives out what became of answers, each once.
func (s *Handler) TakePosted() []*v1.Posted {
	posted := s.posted
	s.posted = nil
	return posted
}

// DropAll forgets all that is held; functions that still run are told.
func (s *Handler) DropAll(why string) {
	if len(s.held) == 0 {
		return
	}
	s.Log.Warn("dropped what was in hand", "deliveries", len(s.held), "why", why)
	for id := range s.held {
		s.drop(id, errEnded(why))
	}
}

func (s *Handler) drop(delivery string, why error) {
	held := s.held[delivery]
	if held == nil {
		return
	}
	held.job.cancel(why)
	s.forget(held)
}

// forget ends what is held; the next of its conversation may begin.
func (s *Handler) forget(held *held) {
	delete(s.held, held.job.Delivery.Id)
	s.letNextBegin(held)
}

func (s *Handler) letNextBegin(held *held) {
	if held.holdsLane {
		held.holdsLane = false
		s.jobs.returned(held.job)
	}
}

func (s *Handler) renew(now time.Time) {
	s.renewAt = time.Time{}
	if len(s.held) == 0 {
		return
	}
	renew := &v1.Renew{}
	for _, held := range s.inOrder() {
		renew.Deliveries = append(renew.Deliveries, held.job.Delivery.Id)
	}
	s.outgoing.add(&v1.HandlerItem{Kind: &v1.HandlerItem_Renew{Renew: renew}})
	s.renewAt = now.Add(s.lease / 3)
}

// inOrder is what is held, in the order in which it came.
func (s *Handler) inOrder() []*held {
	all := make([]*held, 0, len(s.held))
	for _, one := range s.held {
		all = append(all, one)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].number < all[j].number })
	return all
}

func due(at, now time.Time) bool { return !at.IsZero() && !now.Before(at) }

// earlier of two times of which any may be zero, which is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

// errEnded is why a delivery is not ours any more.
type errEnded string

func (e errEnded) Error() string { return "the delivery has ended: " + string(e) }
