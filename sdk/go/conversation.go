package chathub

import v1 "github.com/chathub/chathub/sdk/go/chathubv1"

// Conversation is one talk, and the unit in which order is kept: a room (and a thread in it), or one
// user. Ids are qualified, `<adapter>/<native id>`, and opaque.
type Conversation struct {
	// Adapter is the adapter's name.
	Adapter string
	// Room is empty in a private talk.
	Room string
	// Thread is empty outside threads.
	Thread string
	// User is set in a private talk only.
	User string
}

// User is somebody who talks.
type User struct {
	// ID is not meant to be shown.
	ID string
	// Name is the one to show.
	Name string
	// MentionName alerts the user when written.
	MentionName string
	Bot         bool
	// Authenticated: the chat service vouches for who this is.
	Authenticated bool
}

// Room is where several users talk. An adapter may know no more of it than the id.
type Room struct {
	// ID is empty in a private talk.
	ID    string
	Name  string
	Topic string
	// Joined: the bot is in it.
	Joined bool
}

func (c Conversation) wire() *v1.Conversation {
	return &v1.Conversation{Adapter: c.Adapter, Room: c.Room, Thread: c.Thread, User: c.User}
}

func conversationFrom(wire *v1.Conversation) Conversation {
	return Conversation{wire.GetAdapter(), wire.GetRoom(), wire.GetThread(), wire.GetUser()}
}

func userFrom(wire *v1.User) User {
	return User{wire.GetId(), wire.GetName(), wire.GetMentionName(), wire.GetBot(), wire.GetAuthenticated()}
}

func roomFrom(wire *v1.Room) Room {
	return Room{wire.GetId(), wire.GetName(), wire.GetTopic(), wire.GetJoined()}
}
