// Package chathubtest tests a handler without a hub:
//
//	chat := chathubtest.New(bot)
//	defer chat.Close()
//	chat.Say("hi Ada") // []string{"hello Ada"}
//
// The handler runs as it is, over real gRPC on the loopback address, against a hub of one handler that
// forgets everything. That hub matches routes, checks arguments, tries again, keeps a store and takes
// what Chat sends as the real one does; of deadlines it knows that of the route, and a message to be
// tried again comes at once. Users and Rooms are not there.
package chathubtest

import (
	"context"
	"fmt"
	"net"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
)

// Chat is a chat with one handler in it. Not safe for concurrent use.
type Chat struct {
	// User is who says what is said: authenticated, and called Ada until you change it.
	User chathub.User
	// Groups are those that the user is in.
	Groups []string
	// Conversation is where it is said: in private until you change it. Everything is said to the bot.
	Conversation chathub.Conversation

	hub    *hub
	server *grpc.Server
	stop   func()
	ended  chan struct{}
	err    error // once ended
}

// New lets the handler run. It panics if the handler can not, in the words of the one who refused it.
func New(bot *chathub.Handler) *Chat {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	c := &Chat{
		User:         chathub.User{ID: "test/ada", Name: "Ada", MentionName: "Ada", Authenticated: true},
		Conversation: chathub.Conversation{Adapter: "test", User: "test/ada"},
		hub:          newHub(), server: grpc.NewServer(), ended: make(chan struct{}),
	}
	v1.RegisterHandlersServer(c.server, c.hub)
	v1.RegisterStoreServer(c.server, c.hub.store)
	v1.RegisterChatServer(c.server, chatService{hub: c.hub})
	go c.server.Serve(listener)

	bot.Hub = chathub.Hub{Address: listener.Addr().String(), Token: "test"}
	ctx, stop := context.WithCancel(context.Background())
	c.stop = stop
	go func() { defer close(c.ended); c.err = bot.Run(ctx) }()
	c.await(c.hub.attached)
	return c
}

// Close ends the handler as SIGTERM would.
func (c *Chat) Close() {
	c.stop()
	<-c.ended
	c.server.Stop()
}

// Say says something, and waits until every function that it matched has ended. It returns the texts
// that were said in the chat meanwhile: answers, progress, and what Chat sent.
func (c *Chat) Say(text string) []string {
	c.hub.number++
	message := &v1.ChatMessage{
		Content: &v1.Content{Text: text}, PlatformId: fmt.Sprint(c.hub.number), Addressed: true,
	}
	return c.Happen(&v1.Event{Kind: &v1.Event_Message{Message: message}})
}

// Happen is Say for any event, for example that somebody joins. What it leaves out is filled in.
func (c *Chat) Happen(event *v1.Event) []string {
	if event.User == nil {
		event.User = &v1.User{
			Id: c.User.ID, Name: c.User.Name, MentionName: c.User.MentionName,
			Bot: c.User.Bot, Authenticated: c.User.Authenticated,
		}
	}
	if event.Conversation == nil {
		event.Conversation = &v1.Conversation{
			Adapter: c.Conversation.Adapter, Room: c.Conversation.Room,
			Thread: c.Conversation.Thread, User: c.Conversation.User,
		}
	}
	for _, delivery := range c.hub.deliver(event, c.Groups) {
		c.await(delivery.ended)
	}
	return textsOf(c.Actions())
}

// Actions are what was done in the chat since the last Say or Happen began, in order: also edits,
// reactions and deletions.
func (c *Chat) Actions() []*v1.Action {
	c.hub.mu.Lock()
	defer c.hub.mu.Unlock()
	return append([]*v1.Action(nil), c.hub.done...)
}

// Stored is a key's value in the handler's store; false if there is none.
func (c *Chat) Stored(key string) ([]byte, bool) {
	entry := c.hub.store.get(key)
	return entry.GetValue(), entry != nil
}

// Put sets a key of the handler's store.
func (c *Chat) Put(key string, value []byte) {
	put := &v1.StoreWrite_Put{Put: &v1.StorePut{Value: value}}
	c.hub.store.apply([]*v1.StoreWrite{{Key: key, Change: put}})
}

// await panics where waiting makes no sense: the handler has ended, or hangs.
func (c *Chat) await(happened <-chan struct{}) {
	select {
	case <-happened:
	case <-c.ended:
		panic(fmt.Sprintf("chathubtest: the handler has ended: %v", c.err))
	case <-time.After(time.Minute):
		panic("chathubtest: the handler did not answer within a minute")
	}
}

func textsOf(actions []*v1.Action) (texts []string) {
	for _, action := range actions {
		if send := action.GetSend(); send != nil {
			texts = append(texts, chathub.PlainText(send.Content))
		}
	}
	return texts
}
