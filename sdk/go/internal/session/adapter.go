package session

import (
	"log/slog"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/proto"
)

// Limits of what an adapter keeps.
type Limits struct{ OutboxEvents, OutboxBytes, RememberedOrders int }

// Adapter is an adapter's talk with the hub: what has happened, what was ordered, what was done.
type Adapter struct {
	log   *slog.Logger
	hello *v1.AdapterHello

	// Of the stream.
	attached, leaving bool
	outgoing          outgoing[*v1.AdapterItem]
	askSettled        bool // still to be said on this stream
	renamed           bool // since the first hello of this stream, before its answer
	hub               string

	outbox         outbox
	asked, settled uint64

	memory   doneMemory
	inHand   map[string]bool // keys of orders that are not done
	orders   []*v1.Order
	greeting *v1.AdapterHelloOk
}

// NewAdapter is an adapter that says this hello.
func NewAdapter(hello *v1.AdapterHello, limits Limits, log *slog.Logger) *Adapter {
	return &Adapter{
		log:    log,
		hello:  hello,
		outbox: outbox{mostEvents: limits.OutboxEvents, mostBytes: limits.OutboxBytes},
		memory: doneMemory{most: limits.RememberedOrders},
		inHand: map[string]bool{},
	}
}

// Opened begins a new stream.
func (s *Adapter) Opened(time.Time) {
	s.attached = false
	s.renamed = false
	s.outbox.rewind()
	s.sayHello()
}

// Closed ends the stream.
func (s *Adapter) Closed(time.Time) {
	s.attached = false
	s.outgoing.takeAll()
	s.askSettled = false
}

func (s *Adapter) sayHello() {
	hello := proto.Clone(s.hello).(*v1.AdapterHello)
	hello.OldestUnaccepted = s.outbox.oldest()
	s.outgoing.add(&v1.AdapterItem{Kind: &v1.AdapterItem_Hello{Hello: hello}})
}

// Hear takes a frame of the hub.
func (s *Adapter) Hear(frame *v1.AdaptersAttachResponse, _ time.Time) {
	for _, command := range frame.Items {
		switch kind := command.Kind.(type) {
		case *v1.AdapterCommand_HelloOk:
			s.hearHelloOk(kind.HelloOk)
		case *v1.AdapterCommand_Accepted:
			s.outbox.accept(kind.Accepted.UpTo)
		case *v1.AdapterCommand_Settled:
			s.settled = max(s.settled, kind.Settled.UpTo)
		case *v1.AdapterCommand_Order:
			s.hearOrder(kind.Order)
		case *v1.AdapterCommand_Ping:
			pong := &v1.Pong{Nonce: kind.Ping.Nonce}
			s.outgoing.add(&v1.AdapterItem{Kind: &v1.AdapterItem_Pong{Pong: pong}})
		case *v1.AdapterCommand_Draining:
			s.log.Info("the hub is going away")
		}
		// Anything else comes from a newer hub.
	}
}

func (s *Adapter) hearHelloOk(ok *v1.AdapterHelloOk) {
	if s.attached {
		return // The answer to a repeated hello brings nothing new.
	}
	s.attached = true
	s.hub = ok.Hub
	s.greeting = ok
	if s.renamed {
		s.sayHello()
	}
	s.outbox.accept(ok.Accepted)
	s.skipForgotten(ok.Accepted + 1)
	s.askSettled = s.settled < s.asked
}

// skipForgotten tells a hub that lost its memory, or missed what the outbox could not keep, where to
// go on.
func (s *Adapter) skipForgotten(expected uint64) {
	next := s.outbox.last + 1
	if oldest := s.outbox.oldest(); oldest > 0 {
		next = oldest
	}
	if expected >= next {
		return
	}
	s.log.Warn("events are not known to this hub", "from", expected, "to", next-1)
	gap := &v1.Gap{From: expected, To: next - 1}
	s.outgoing.add(&v1.AdapterItem{Kind: &v1.AdapterItem_Gap{Gap: gap}})
}

func (s *Adapter) hearOrder(order *v1.Order) {
	if done := s.memory.dones[order.Key]; done != nil {
		s.outgoing.add(&v1.AdapterItem{Kind: &v1.AdapterItem_Done{Done: done}})
		return
	}
	// In hand already: its Done will be the answer to this one too.
	if !s.inHand[order.Key] {
		s.inHand[order.Key] = true
		s.orders = append(s.orders, order)
	}
}

// Fill is the next frame to be said; nil: nothing.
func (s *Adapter) Fill(now time.Time) *v1.AdaptersAttachRequest {
	room := &frameRoom{}
	items := s.outgoing.fill(room)
	if s.outgoing.empty() && s.attached {
		if gap := s.outbox.takeGap(); gap != nil {
			s.log.Warn("lost events: the hub is too slow", "from", gap.From, "to", gap.To)
			room.take(envelopeBytes)
			items = append(items, &v1.AdapterItem{Kind: &v1.AdapterItem_Gap{Gap: gap}})
		}
		items = append(items, s.outbox.fill(room, now)...)
		if s.askSettled && s.outbox.allSaid() {
			s.askSettled = false
			ask := &v1.AwaitSettled{UpTo: s.asked}
			items = append(items, &v1.AdapterItem{Kind: &v1.AdapterItem_AwaitSettled{AwaitSettled: ask}})
		}
	}
	if len(items) == 0 {
		return nil
	}
	return &v1.AdaptersAttachRequest{Items: items}
}

// Tick has nothing to do.
func (s *Adapter) Tick(time.Time) {}

// NextWake is never.
func (s *Adapter) NextWake() time.Time { return time.Time{} }

// Leave says goodbye; the hub ends the stream when the orders that are out are done.
func (s *Adapter) Leave() {
	if !s.leaving {
		s.Tell(&v1.AdapterItem{Kind: &v1.AdapterItem_Leaving{Leaving: &v1.Leaving{}}})
	}
	s.leaving = true
}

// Attached tells whether the hub has greeted us on this stream.
func (s *Adapter) Attached() bool { return s.attached }

// Greeting is what the log says of it.
func (s *Adapter) Greeting() []any { return []any{"hub", s.hub} }
