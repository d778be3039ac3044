package session

import "google.golang.org/protobuf/proto"

// The wire's limits: a frame is closed at so many items or bytes; no item may be larger.
const (
	frameItems = 64
	frameBytes = 256 << 10
	ItemBytes  = 256 << 10
)

// frameRoom tells how full the frame is that is being packed.
type frameRoom struct{ items, bytes int }

// take takes an item of this size in; false if the frame must be closed before it.
func (r *frameRoom) take(size int) bool {
	if r.items > 0 && (r.items == frameItems || r.bytes+size > frameBytes) {
		return false
	}
	r.items++
	r.bytes += size
	return true
}

// outgoing holds items in the order in which they are to be said.
type outgoing[Item proto.Message] struct{ items []Item }

func (o *outgoing[Item]) add(item Item) { o.items = append(o.items, item) }

// fill moves what has room into a frame's items.
func (o *outgoing[Item]) fill(room *frameRoom) []Item {
	count := 0
	for count < len(o.items) && room.take(proto.Size(o.items[count])) {
		count++
	}
	filled := o.items[:count:count]
	o.items = o.items[count:]
	return filled
}

// takeAll gives back what was never said, because the stream is gone.
func (o *outgoing[Item]) takeAll() []Item {
	items := o.items
	o.items = nil
	return items
}

func (o *outgoing[Item]) empty() bool { return len(o.items) == 0 }
