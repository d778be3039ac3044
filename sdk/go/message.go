package chathub

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"github.com/chathub/chathub/sdk/go/internal/session"
	"google.golang.org/protobuf/proto"
)

var errReturned = errors.New("the function has returned; nothing can be added to its answer")

// Message is what a handler's function gets: the message (or other event) that matched, and how to
// answer it. Its methods may be called from any goroutine until the function returns.
type Message struct {
	delivery *v1.Delivery
	patience *patience
	say      func(key string, action *v1.Action)

	mu     sync.Mutex
	answer session.Answer
	said   int
	ended  bool
}

// Text is what was matched, without the mention or prefix.
func (m *Message) Text() string { return m.delivery.Text }

// Capture is a named capture or argument; empty if it took no part in the match.
func (m *Message) Capture(name string) string { return m.delivery.Captures[name] }

// Group is a capture by number; 0 is the whole match.
func (m *Message) Group(index int) string {
	if index < 0 || index >= len(m.delivery.Groups) {
		return ""
	}
	return m.delivery.Groups[index]
}

// User is who said or did it.
func (m *Message) User() User { return userFrom(m.delivery.GetEvent().GetUser()) }

// Conversation is where it happened, and where the answer goes.
func (m *Message) Conversation() Conversation {
	return conversationFrom(m.delivery.GetEvent().GetConversation())
}

// Room is where it happened.
func (m *Message) Room() Room {
	room := roomFrom(m.delivery.GetEvent().GetRoom())
	room.ID = firstOf(room.ID, m.delivery.GetEvent().GetConversation().GetRoom())
	return room
}

// Ref is the message itself, to be edited or reacted to.
func (m *Message) Ref() MessageRef {
	switch kind := m.delivery.GetEvent().GetKind().(type) {
	case *v1.Event_Message:
		return MessageRef{PlatformID: kind.Message.PlatformId}
	case *v1.Event_Edited:
		return MessageRef{PlatformID: kind.Edited.PlatformId}
	case *v1.Event_Deleted:
		return MessageRef{PlatformID: kind.Deleted.PlatformId}
	case *v1.Event_Reaction:
		return MessageRef{PlatformID: kind.Reaction.PlatformId}
	}
	return MessageRef{}
}

// Attempt counts from 1; above 1 somebody had it before and did not finish.
func (m *Message) Attempt() int { return int(m.delivery.Attempt) }

// Addressed: it was said to the bot.
func (m *Message) Addressed() bool { return m.delivery.Addressed }

// Delivery is all that came over the wire; not to be changed.
func (m *Message) Delivery() *v1.Delivery { return m.delivery }

// Reply answers in the conversation. Replies, edits, reactions and deletions happen in their order, all
// together with what Store writes, when the function has returned nil; none if it returns an error.
func (m *Message) Reply(ctx context.Context, text string, options ...ContentOption) error {
	return m.Do(ctx, sendAction(time.Time{}, text, options))
}

// ReplyAt is a Reply that is seen later: the hub keeps it until then.
func (m *Message) ReplyAt(ctx context.Context, notBefore time.Time, text string, options ...ContentOption) error {
	return m.Do(ctx, sendAction(notBefore, text, options))
}

// Edit changes a message of the bot.
func (m *Message) Edit(ctx context.Context, target MessageRef, text string, options ...ContentOption) error {
	return m.Do(ctx, editAction(target, text, options))
}

// React puts an emoji to the message that came.
func (m *Message) React(ctx context.Context, emoji string) error {
	return m.ReactTo(ctx, m.Ref(), emoji)
}

// ReactTo puts an emoji to any message of the conversation.
func (m *Message) ReactTo(ctx context.Context, target MessageRef, emoji string) error {
	react := &v1.ReactAction{Target: target.wire(), Emoji: emoji}
	return m.Do(ctx, &v1.Action{Kind: &v1.Action_React{React: react}})
}

// Delete removes a message.
func (m *Message) Delete(ctx context.Context, target MessageRef) error {
	remove := &v1.DeleteAction{Target: target.wire()}
	return m.Do(ctx, &v1.Action{Kind: &v1.Action_Delete{Delete: remove}})
}

// Do adds any action to the answer. Its error is that of a ctx that has ended, or that it is too late:
// the function has returned.
func (m *Message) Do(ctx context.Context, action *v1.Action) error {
	session.RepairUTF8(action)
	return m.change(ctx, func() { m.answer.Actions = append(m.answer.Actions, action) })
}

// Store writes together with the answer.
func (m *Message) Store() MessageStore { return MessageStore{m} }

// Say is progress: seen at once. It gives the user's patience anew, and may be seen twice after a
// failure. What it returns names the message for Update.
func (m *Message) Say(ctx context.Context, text string, options ...ContentOption) (MessageRef, error) {
	return m.sayNow(ctx, sendAction(time.Time{}, text, options))
}

// Update changes at once what an earlier Say posted.
func (m *Message) Update(ctx context.Context, target MessageRef, text string, options ...ContentOption) error {
	_, err := m.sayNow(ctx, editAction(target, text, options))
	return err
}

func (m *Message) sayNow(ctx context.Context, action *v1.Action) (MessageRef, error) {
	session.RepairUTF8(action)
	if proto.Size(action)+1024 > session.ItemBytes {
		return MessageRef{}, &Problem{Reason: ReasonTooLarge, Detail: "what is said is larger than 256 KiB"}
	}
	var key string
	err := m.change(ctx, func() {
		// The same for the same Say of a function that is run again within an attempt, so that what
		// it says twice is heard once. No id of a delivery begins so.
		m.said++
		key = fmt.Sprintf("say %d.%d %s", m.delivery.Attempt, m.said, m.delivery.Id)
		m.patience.renew()
	})
	if err != nil {
		return MessageRef{}, err
	}
	m.say(key, action)
	return MessageRef{Key: orderKey(key)}, nil
}

// change is refused when the answer can not be changed any more.
func (m *Message) change(ctx context.Context, change func()) error {
	for _, either := range []context.Context{ctx, m.patience} {
		if either.Err() != nil {
			return context.Cause(either)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended {
		return errReturned
	}
	change()
	return nil
}

// end takes the answer; nothing can be added to it from now on.
func (m *Message) end() session.Answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended = true
	return m.answer
}
