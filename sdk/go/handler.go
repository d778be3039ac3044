package chathub

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
)

// Function is what runs for a message. Returning nil finishes the message with what was gathered by
// Reply and its like. Returning an error, or panicking, gives it up: no answer, and it goes to another
// instance or comes again (see Retry).
//
// ctx ends when the delivery is ended by somebody else, and when the user has waited for too long; its
// Deadline moves with every Say. The lease is renewed as long as the function runs.
type Function func(ctx context.Context, message *Message) error

// Handler adds functions to the chat. Set everything up in one goroutine, then Run.
type Handler struct {
	// Hub is where the hub is; on one machine nothing needs saying.
	Hub Hub
	// Revision of the routes: raise it when they change, and the newer instances take over.
	Revision int64
	// MaximumInFlight is how many messages this instance holds at most, running or queued. 0: the
	// hub's default of 64.
	MaximumInFlight uint32
	// OnPosted, if set, hears what became of every answer, from any goroutine.
	OnPosted func(Posted)
	// Logger gets a line per event. Nil: slog.Default().
	Logger *slog.Logger

	name      string
	routes    []*v1.Route
	functions map[string]function // by route
	mistake   error
	calls     *caller
}

type function struct {
	call Function
	free bool
}

// Posted is what became of one action of an answer.
type Posted struct {
	Message MessageRef
	// PlatformIDs are several where a long text was split.
	PlatformIDs []string
	// Problem is nil if it is in the chat.
	Problem *Problem
}

// NewHandler is a handler of this name: [A-Za-z0-9][A-Za-z0-9._-]{0,63}.
func NewHandler(name string) *Handler {
	h := &Handler{name: name, functions: map[string]function{}}
	h.calls = &caller{hub: &h.Hub, peer: "handler/" + name}
	if !peerName.MatchString(name) {
		h.mistake = fmt.Errorf("%q is no name for a handler", name)
	}
	return h
}

// Route calls the function for messages in which pattern (RE2's syntax) is found.
func (h *Handler) Route(pattern string, call Function, options ...RouteOption) {
	h.add(&v1.Route{Trigger: &v1.Route_Pattern{Pattern: pattern}}, call, options)
}

// Command calls the function for messages to the bot that begin with word, without regard to case.
func (h *Handler) Command(word string, call Function, options ...RouteOption) {
	command := &v1.Command{Word: word}
	wire := &v1.Route{Id: word, Trigger: &v1.Route_Command{Command: command}, AddressedOnly: true}
	h.add(wire, call, options)
}

// On calls the function for whatever else happens.
func (h *Handler) On(kind EventKind, call Function, options ...RouteOption) {
	h.add(&v1.Route{Trigger: &v1.Route_Event{Event: kind}}, call, options)
}

func (h *Handler) add(wire *v1.Route, call Function, options []RouteOption) {
	if wire.Id == "" {
		wire.Id = fmt.Sprintf("route-%d", len(h.routes)+1)
	}
	wire.Help = &v1.Help{}
	route := &route{wire: wire}
	for _, option := range options {
		option(route)
	}
	if _, known := h.functions[wire.Id]; known && h.mistake == nil {
		h.mistake = fmt.Errorf("two routes are called %q", wire.Id)
	}
	h.routes = append(h.routes, wire)
	h.functions[wire.Id] = function{call, route.free}
}

// Chat speaks without having been spoken to.
func (h *Handler) Chat() Chat { return Chat{h.calls} }

// Store is the handler's memory in the hub; Message.Store writes to the same one.
func (h *Handler) Store() Store { return Store{h.calls} }

// Users tells who is in the chat.
func (h *Handler) Users() Users { return Users{h.calls} }

// Rooms tells where the chat takes place.
func (h *Handler) Rooms() Rooms { return Rooms{h.calls} }

// RouteListing is what ListRoutes tells about a route of any handler.
type RouteListing struct {
	Handler, ID string
	// Trigger is the command's word or the pattern; empty for events.
	Trigger            string
	Usage, Description string
	Hidden             bool
	// Attached: an instance of the handler is attached now.
	Attached bool
}

// ListRoutes is what the user of message can use where it was said; search narrows it.
func (h *Handler) ListRoutes(ctx context.Context, message *Message, search string) ([]RouteListing, error) {
	event := message.delivery.GetEvent()
	request := &v1.ListRoutesRequest{
		User: event.GetUser(), Conversation: event.GetConversation(),
		Search: strings.ToValidUTF8(search, "\uFFFD"),
	}
	response, err := call(ctx, h.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.ListRoutesResponse, error) {
		return v1.NewHandlersClient(to).ListRoutes(ctx, request)
	})
	return mapped(response.GetRoutes(), listingFrom), err
}

func listingFrom(wire *v1.RouteListing) RouteListing {
	route := wire.GetRoute()
	return RouteListing{
		Handler: wire.Handler, ID: route.GetId(),
		Trigger: route.GetCommand().GetWord() + route.GetPattern(),
		Usage:   route.GetHelp().GetUsage(), Description: route.GetHelp().GetDescription(),
		Hidden: route.GetHelp().GetHidden(), Attached: wire.Attached,
	}
}
