package chathub

import (
	"context"
	"log/slog"
	"sync"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"github.com/chathub/chathub/sdk/go/internal/lifeline"
	"github.com/chathub/chathub/sdk/go/internal/session"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
)

// OrderFunction does everything in the order and tells result what became of it. An error fails the
// action that was not told about yet, and those behind it. Messages named by the key they were posted
// under are already named by platform id; one that still has `posted` is not known any more.
type OrderFunction func(ctx context.Context, order *v1.Order, result *OrderResult) error

// Adapter plugs a chat service in. Set its fields first, then Run; the methods may be called from any
// goroutine, at any time, also before Run. The functions are called one at a time.
type Adapter struct {
	// Hub is where the hub is; on one machine nothing needs saying.
	Hub Hub
	// Service is for people, for example "IRC".
	Service string
	// Capabilities of the chat service. Nil: none.
	Capabilities *v1.Capabilities
	// OwnUserID is the qualified id of the bot's own user, whose messages match no route; empty:
	// unknown.
	OwnUserID string
	// MentionNames are how users call the bot, without '@'.
	MentionNames []string
	// ServiceDedups: the chat service itself refuses an order's key that it has seen.
	ServiceDedups bool
	// OnOrder does orders. Nil: this adapter only listens.
	OnOrder OrderFunction
	// OnAttached, if set, hears that the hub has greeted us, for the first time or again: it tells the
	// hub's name, the rooms to be joined and where to go on reading.
	OnAttached func(ctx context.Context, greeting *v1.AdapterHelloOk)
	// How much waits for the hub at most; the oldest events go first. 0: 10,000 and 16 MiB.
	OutboxEvents, OutboxBytes int
	// RememberedOrders are answered from memory when the hub repeats them; at least 10,000.
	RememberedOrders int
	// Logger gets a line per event. Nil: slog.Default().
	Logger *slog.Logger

	name  string
	begun sync.Once
	*attending
}

// attending is an adapter from its first event on.
type attending struct {
	session *session.Adapter
	line    *lifeline.Lifeline[v1.AdaptersAttachRequest, v1.AdaptersAttachResponse]
	work    chan struct{} // there may be some

	mu       sync.Mutex
	ended    bool
	settled  uint64
	hasSpace bool
	changed  chan struct{} // closed when one of them changes
	todo     []func(context.Context)
}

// NewAdapter is an adapter of this name: [A-Za-z0-9][A-Za-z0-9._-]{0,63}. Ids of users and rooms begin
// with it and '/'.
func NewAdapter(name string) *Adapter { return &Adapter{name: name} }

// EventOrigin is what the chat service says of an event besides the event itself.
type EventOrigin struct {
	// ServiceEventID is its own id of the event, by which the hub knows it when it comes again.
	ServiceEventID string
	// Cursor is where to go on reading after a restart.
	Cursor string
	// Age is how long ago it happened.
	Age time.Duration
}

// Emit takes an event; it is sent when the hub is there, and again until the hub has accepted it. The
// conversation's adapter may be left out. It returns its number, or why it can not be sent at all.
func (a *Adapter) Emit(event *v1.Event, origin EventOrigin) (seq uint64, err error) {
	item := proto.Clone(&v1.AdapterEvent{
		ServiceEventId: origin.ServiceEventID, Cursor: origin.Cursor, Age: durationpb.New(origin.Age),
		Event: event,
	}).(*v1.AdapterEvent)
	if item.Event.GetConversation().GetAdapter() == "" {
		if item.Event.Conversation == nil {
			item.Event.Conversation = &v1.Conversation{}
		}
		item.Event.Conversation.Adapter = a.name
	}
	session.RepairUTF8(item)
	// Its number, age and mark are still to come.
	if proto.Size(item)+64 > session.ItemBytes {
		return 0, &Problem{Reason: ReasonTooLarge, Detail: "the event is larger than 256 KiB"}
	}
	a.begin()
	a.line.Do(func(now time.Time) { seq = a.session.Emit(item, now) })
	return seq, nil
}

// AwaitSpace blocks until the outbox is at most half full: for sources that can wait. It returns an
// error if ctx or the adapter has ended before.
func (a *Adapter) AwaitSpace(ctx context.Context) error {
	a.begin()
	return a.await(ctx, func() bool { return a.hasSpace })
}

// AwaitSettled blocks until all that was emitted is finished, dead or expired, and its orders are done.
// It returns an error if ctx or the adapter has ended before. Not to be called by one of the functions.
func (a *Adapter) AwaitSettled(ctx context.Context) error {
	a.begin()
	var last uint64
	a.line.Do(func(time.Time) { last = a.session.AskSettled() })
	return a.await(ctx, func() bool { return a.settled >= last })
}

// TellUsers tells who is there; best told again whenever attached.
func (a *Adapter) TellUsers(users ...*v1.User) {
	a.tell(&v1.AdapterItem{Kind: &v1.AdapterItem_Users{Users: &v1.UsersChanged{Users: users}}})
}

// TellRooms tells what is there; best told again whenever attached.
func (a *Adapter) TellRooms(rooms ...*v1.Room) {
	a.tell(&v1.AdapterItem{Kind: &v1.AdapterItem_Rooms{Rooms: &v1.RoomsChanged{Rooms: rooms}}})
}

func (a *Adapter) tell(item *v1.AdapterItem) {
	session.RepairUTF8(item)
	a.begin()
	a.line.Do(func(time.Time) { a.session.Tell(item) })
}

// Rename: the bot is called otherwise now.
func (a *Adapter) Rename(ownUserID string, mentionNames ...string) {
	a.begin()
	a.line.Do(func(time.Time) { a.session.Rename(ownUserID, mentionNames) })
}
