package chathub

import (
	"context"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"github.com/chathub/chathub/sdk/go/internal/session"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
)

// Chat speaks without having been spoken to. A call returns when the hub has it, not when it is in the
// chat, and waits for at most 10 s, also through a hub's restart; what the hub refuses is a *Problem.
// It needs the right to send there.
type Chat struct{ calls *caller }

// Send says something. What it returns names the message.
func (c Chat) Send(ctx context.Context, where Conversation, text string, options ...ContentOption) (MessageRef, error) {
	return c.SendAt(ctx, time.Time{}, where, text, options...)
}

// SendAt is a Send that is seen later: the hub keeps it until then.
func (c Chat) SendAt(ctx context.Context, notBefore time.Time, where Conversation, text string, options ...ContentOption) (MessageRef, error) {
	return keyed(ctx, c.calls, &v1.SendMessageRequest{
		RequestId: randomID(), Conversation: where.wire(), Content: contentOf(text, options),
		NotBefore: timestampOf(notBefore),
	}, v1.ChatClient.SendMessage)
}

// Edit changes a message of the bot.
func (c Chat) Edit(ctx context.Context, where Conversation, target MessageRef, text string, options ...ContentOption) (MessageRef, error) {
	return keyed(ctx, c.calls, &v1.EditMessageRequest{
		RequestId: randomID(), Conversation: where.wire(), Target: target.wire(),
		Content: contentOf(text, options),
	}, v1.ChatClient.EditMessage)
}

// Delete removes a message.
func (c Chat) Delete(ctx context.Context, where Conversation, target MessageRef) error {
	_, err := keyed(ctx, c.calls, &v1.DeleteMessageRequest{
		RequestId: randomID(), Conversation: where.wire(), Target: target.wire(),
	}, v1.ChatClient.DeleteMessage)
	return err
}

// React puts an emoji to a message, or takes it away.
func (c Chat) React(ctx context.Context, where Conversation, target MessageRef, emoji string, remove bool) error {
	_, err := keyed(ctx, c.calls, &v1.ReactRequest{
		RequestId: randomID(), Conversation: where.wire(), Target: target.wire(), Emoji: emoji, Remove: remove,
	}, v1.ChatClient.React)
	return err
}

// ShowTyping shows that the bot is typing. Best effort.
func (c Chat) ShowTyping(ctx context.Context, where Conversation) error {
	_, err := call(ctx, c.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.ShowTypingResponse, error) {
		return v1.NewChatClient(to).ShowTyping(ctx, &v1.ShowTypingRequest{Conversation: where.wire()})
	})
	return err
}

// Join lets the bot enter a room, by its qualified id.
func (c Chat) Join(ctx context.Context, room string) error {
	_, err := keyed(ctx, c.calls, &v1.JoinRoomRequest{RequestId: randomID(), Room: room}, v1.ChatClient.JoinRoom)
	return err
}

// Part lets the bot leave a room.
func (c Chat) Part(ctx context.Context, room string) error {
	_, err := keyed(ctx, c.calls, &v1.PartRoomRequest{RequestId: randomID(), Room: room}, v1.ChatClient.PartRoom)
	return err
}

// SetTopic sets what a room is about.
func (c Chat) SetTopic(ctx context.Context, room, topic string) error {
	_, err := keyed(ctx, c.calls, &v1.SetTopicRequest{RequestId: randomID(), Room: room, Topic: topic}, v1.ChatClient.SetTopic)
	return err
}

// keyed makes a call whose request_id keeps a repeated attempt from doing it twice.
func keyed[Request proto.Message, Response interface{ GetKey() string }](
	ctx context.Context, calls *caller, request Request,
	method func(v1.ChatClient, context.Context, Request, ...grpc.CallOption) (Response, error),
) (MessageRef, error) {
	session.RepairUTF8(request)
	response, err := call(ctx, calls, func(ctx context.Context, to grpc.ClientConnInterface) (Response, error) {
		return method(v1.NewChatClient(to), ctx, request)
	})
	if err != nil {
		return MessageRef{}, err
	}
	return MessageRef{Key: response.GetKey()}, nil
}
