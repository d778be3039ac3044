package session

import (
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// Emit keeps an event until the hub has accepted it; its seq.
func (s *Adapter) Emit(event *v1.AdapterEvent, now time.Time) uint64 {
	return s.outbox.add(event, now)
}

// Done answers an order, now and whenever it is repeated.
func (s *Adapter) Done(done *v1.Done) {
	delete(s.inHand, done.Key)
	s.memory.add(done)
	// On a new stream the hub sends the order again, and gets the remembered answer.
	s.Tell(&v1.AdapterItem{Kind: &v1.AdapterItem_Done{Done: done}})
}

// Tell says something now or never.
func (s *Adapter) Tell(item *v1.AdapterItem) {
	if s.attached {
		s.outgoing.add(item)
	}
}

// Rename says the hello again with this in it.
func (s *Adapter) Rename(ownUserID string, mentionNames []string) {
	s.hello.OwnUserId = ownUserID
	s.hello.MentionNames = mentionNames
	s.renamed = true
	if s.attached {
		s.sayHello()
	}
}

// AskSettled asks to hear when all that was emitted so far is settled: when Settled has reached this
// seq.
func (s *Adapter) AskSettled() uint64 {
	if s.asked != s.outbox.last {
		s.asked = s.outbox.last
		s.askSettled = s.attached
	}
	return s.asked
}

// Settled is the seq up to which everything is finished, dead or expired, and its orders are done.
func (s *Adapter) Settled() uint64 { return s.settled }

// HasSpace: the outbox is at most half full.
func (s *Adapter) HasSpace() bool { return s.outbox.hasSpace() }

// TakeOrders gives out what is to be done, each once.
func (s *Adapter) TakeOrders() []*v1.Order {
	orders := s.orders
	s.orders = nil
	return orders
}

// TakeGreeting gives out the hub's greeting, once a stream.
func (s *Adapter) TakeGreeting() *v1.AdapterHelloOk {
	greeting := s.greeting
	s.greeting = nil
	return greeting
}

// Resolve names messages in an order by the chat service's ids as far as they are known.
func (s *Adapter) Resolve(order *v1.Order) {
	for _, action := range order.Actions {
		s.memory.resolve(action.GetEdit().GetTarget())
		s.memory.resolve(action.GetReact().GetTarget())
		s.memory.resolve(action.GetDelete().GetTarget())
	}
}
