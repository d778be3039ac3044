package session

import (
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
)

// What seq, age and resent add to an event that is not numbered yet.
const envelopeBytes = 64

// So many may be said and not accepted: what else is to be said does not wait behind more, and the
// hub can put off a few thousand.
const mostUnaccepted = 2048

// outbox holds events that the hub has not accepted yet: it numbers them from 1, gives them out in
// order, gives them out again on a new stream, and keeps the newest when there are too many.
type outbox struct {
	mostEvents, mostBytes int

	entries     []entry
	said        int // how many of them, from the front, on this stream
	dropped     int // said on it, not accepted, and not kept any more
	lastDropped uint64
	bytes       int
	last        uint64
	gap         *v1.Gap
}

type entry struct {
	event *v1.AdapterEvent
	since time.Time
	bytes int
}

// add is the event's seq. The oldest ones make room for it; those of them that were not said on this
// stream become a gap.
func (o *outbox) add(event *v1.AdapterEvent, now time.Time) uint64 {
	o.last++
	event.Seq = o.last
	bytes := proto.Size(event) + envelopeBytes
	for len(o.entries) > 0 && (len(o.entries) >= o.mostEvents || o.bytes+bytes > o.mostBytes) {
		o.dropOldest()
	}
	o.bytes += bytes
	o.entries = append(o.entries, entry{event, now, bytes})
	return o.last
}

func (o *outbox) dropOldest() {
	seq := o.entries[0].event.Seq
	if o.said == 0 {
		if o.gap == nil {
			o.gap = &v1.Gap{From: seq}
		}
		o.gap.To = seq
	} else {
		o.dropped++
		o.lastDropped = seq
	}
	o.pop()
}

func (o *outbox) pop() {
	if o.said > 0 {
		o.said--
	}
	o.bytes -= o.entries[0].bytes
	o.entries[0] = entry{}
	o.entries = o.entries[1:]
}

// accept forgets what the hub has.
func (o *outbox) accept(upTo uint64) {
	if upTo >= o.lastDropped {
		o.dropped = 0
	}
	for len(o.entries) > 0 && o.entries[0].event.Seq <= upTo {
		o.pop()
	}
}

// rewind is for a new stream: all that is left is to be said again.
func (o *outbox) rewind() {
	for i := range o.said {
		o.entries[i].event.Resent = true
	}
	o.said = 0
	o.dropped = 0
	// The hello says where the outbox begins; that tells the hub of everything lost before.
	o.gap = nil
}

// takeGap is what the hub must hear before the next event: those that it will never see.
func (o *outbox) takeGap() *v1.Gap {
	gap := o.gap
	o.gap = nil
	return gap
}

// fill gives out what is unsaid, as far as the frame has room.
func (o *outbox) fill(room *frameRoom, now time.Time) (items []*v1.AdapterItem) {
	for ; o.maySay() && room.take(o.entries[o.said].bytes); o.said++ {
		entry := o.entries[o.said]
		event := proto.Clone(entry.event).(*v1.AdapterEvent)
		event.Age = durationpb.New(event.GetAge().AsDuration() + now.Sub(entry.since))
		items = append(items, &v1.AdapterItem{Kind: &v1.AdapterItem_Event{Event: event}})
	}
	return items
}

// maySay: there is one, and not too many before it are still to be accepted.
func (o *outbox) maySay() bool { return !o.allSaid() && o.said+o.dropped < mostUnaccepted }

// oldest is 0 if there is none.
func (o *outbox) oldest() uint64 {
	if len(o.entries) == 0 {
		return 0
	}
	return o.entries[0].event.Seq
}

func (o *outbox) allSaid() bool { return o.said == len(o.entries) }

// hasSpace: at most half of what it can keep is in it.
func (o *outbox) hasSpace() bool {
	return len(o.entries) <= o.mostEvents/2 && o.bytes <= o.mostBytes/2
}
