package chathub

import (
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/types/known/durationpb"
)

// EventKind is what else than a message a route can wait for.
type EventKind = v1.EventKind

// The kinds of events.
const (
	EventMessage  = v1.EventKind_EVENT_KIND_MESSAGE
	EventEdited   = v1.EventKind_EVENT_KIND_EDITED
	EventDeleted  = v1.EventKind_EVENT_KIND_DELETED
	EventReaction = v1.EventKind_EVENT_KIND_REACTION
	EventJoined   = v1.EventKind_EVENT_KIND_JOINED
	EventLeft     = v1.EventKind_EVENT_KIND_LEFT
	EventTopic    = v1.EventKind_EVENT_KIND_TOPIC
)

// ArgumentType is what the hub checks an argument to be.
type ArgumentType = v1.ArgumentType

// The types of arguments.
const (
	// Word is one word, or several in double quotes.
	Word = v1.ArgumentType_ARGUMENT_TYPE_UNSPECIFIED
	// Integer is a whole number of 64 bits.
	Integer = v1.ArgumentType_ARGUMENT_TYPE_INTEGER
	Number  = v1.ArgumentType_ARGUMENT_TYPE_NUMBER
	// Boolean is captured as `true` or `false`.
	Boolean = v1.ArgumentType_ARGUMENT_TYPE_BOOLEAN
	// Rest is everything that is left; last by position.
	Rest = v1.ArgumentType_ARGUMENT_TYPE_REST
)

// Argument is one argument of a command, checked by the hub before the function is called.
type Argument struct {
	// Name is the capture's name.
	Name     string
	Type     ArgumentType
	Required bool
	// Option is given as `--name value` instead of by position.
	Option bool
	Help   string
}

// RouteOption changes what a route waits for, or how.
type RouteOption func(*route)

type route struct {
	wire *v1.Route
	free bool
}

// ID names the route; unique within the handler. Without it: the command's word, or `route-1`,
// `route-2`, ...
func ID(id string) RouteOption { return func(r *route) { r.wire.Id = id } }

// Arguments are those of a command. Without them anything goes, and the capture `rest` has all of it.
func Arguments(arguments ...Argument) RouteOption {
	return func(r *route) {
		for _, argument := range arguments {
			r.wire.GetCommand().Arguments = append(r.wire.GetCommand().GetArguments(), &v1.Argument{
				Name: argument.Name, Type: argument.Type, Required: argument.Required,
				Option: argument.Option, Help: argument.Help,
			})
		}
	}
}

// Addressed tells whether only what is said to the bot matches. Without it: true for commands, false
// for others.
func Addressed(only bool) RouteOption { return func(r *route) { r.wire.AddressedOnly = only } }

// Exclusive: nobody else may have the same trigger; where it matches, others get nothing.
func Exclusive() RouteOption {
	return func(r *route) { r.wire.Precedence = v1.Precedence_PRECEDENCE_EXCLUSIVE }
}

// Fallback: gets the message only when no other route matched.
func Fallback() RouteOption {
	return func(r *route) { r.wire.Precedence = v1.Precedence_PRECEDENCE_FALLBACK }
}

// Groups: the user must be in one of them.
func Groups(groups ...string) RouteOption {
	return func(r *route) { r.wire.RequiredGroups = groups }
}

// Help is what a help command shows, for example `roll NdM` and one sentence.
func Help(usage, description string) RouteOption {
	return func(r *route) { r.wire.Help.Usage, r.wire.Help.Description = usage, description }
}

// Hidden: help does not show it.
func Hidden() RouteOption { return func(r *route) { r.wire.Help.Hidden = true } }

// MaxAge: a message not handed out after this time is dead. Without it: 60 s, 24 h for other events.
func MaxAge(age time.Duration) RouteOption {
	return func(r *route) { r.wire.MaxAge = durationpb.New(age) }
}

// Linger: goes on matching for so long after the last instance left. Without it: 60 s.
func Linger(time time.Duration) RouteOption {
	return func(r *route) { r.wire.Linger = durationpb.New(time) }
}

// Deadline is how long the user waits before the hub says text (empty: its own words) and ends the
// delivery. Without it: 30 s.
func Deadline(patience time.Duration, text string) RouteOption {
	return func(r *route) { r.wire.Deadline, r.wire.FallbackText = durationpb.New(patience), text }
}

// MaximumAttempts is how often a message is handed out at most. Without it: 3. 1: never again.
func MaximumAttempts(count uint32) RouteOption {
	return func(r *route) { r.wire.MaximumAttempts = count }
}

// Ordered: a message to be tried again holds back those behind it in its conversation.
func Ordered() RouteOption { return func(r *route) { r.wire.Ordered = true } }

// Bots: hears bots too, at a limited rate.
func Bots() RouteOption { return func(r *route) { r.wire.Bots = true } }

// Free: the function may run for several messages of one conversation at the same time.
func Free() RouteOption { return func(r *route) { r.free = true } }
