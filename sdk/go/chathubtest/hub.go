package chathubtest

import (
	"fmt"
	"sync"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

const (
	defaultDeadline = 30 * time.Second
	defaultAttempts = 3
)

// hub is the little of a hub that a single handler needs.
type hub struct {
	v1.UnimplementedHandlersServer
	store    *memory
	attached chan struct{}
	number   int // of events; the test's own

	mu     sync.Mutex
	name   string
	routes []*route
	stream grpc.BidiStreamingServer[v1.HandlersAttachRequest, v1.HandlersAttachResponse]
	open   map[string]*delivery
	done   []*v1.Action
	// The handler wants to end.
	leaving bool
}

// delivery is one event for one route, until it is over.
type delivery struct {
	wire  *v1.Delivery
	route *v1.Route
	clock *time.Timer
	ended chan struct{}
}

func newHub() *hub {
	return &hub{store: newMemory(), attached: make(chan struct{}), open: map[string]*delivery{}}
}

// Attach is the handler's stream.
func (h *hub) Attach(stream grpc.BidiStreamingServer[v1.HandlersAttachRequest, v1.HandlersAttachResponse]) error {
	for {
		frame, err := stream.Recv()
		if err != nil {
			return nil // The handler has left.
		}
		for _, item := range frame.Items {
			if err := h.hear(item, stream); err != nil {
				return err
			}
		}
		if h.hasLeft() {
			return nil
		}
	}
}

// hasLeft: the handler wants to end, and holds nothing.
func (h *hub) hasLeft() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.leaving && len(h.open) == 0
}

func (h *hub) hear(item *v1.HandlerItem, stream grpc.BidiStreamingServer[v1.HandlersAttachRequest, v1.HandlersAttachResponse]) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch kind := item.Kind.(type) {
	case *v1.HandlerItem_Hello:
		return h.hearHello(kind.Hello, stream)
	case *v1.HandlerItem_Finish:
		h.hearFinish(kind.Finish)
	case *v1.HandlerItem_Say:
		if delivery := h.current(kind.Say.Delivery, kind.Say.Attempt); delivery != nil {
			h.done = append(h.done, kind.Say.Actions...)
			delivery.clock.Reset(deadlineOf(delivery.route))
		}
	case *v1.HandlerItem_Nack:
		h.hearNack(kind.Nack)
	case *v1.HandlerItem_Leaving:
		h.leaving = true
	}
	return nil
}

func (h *hub) hearHello(hello *v1.HandlerHello, stream grpc.BidiStreamingServer[v1.HandlersAttachRequest, v1.HandlersAttachResponse]) error {
	routes, err := compile(hello.Routes)
	if err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	again := h.stream != nil
	h.name, h.routes, h.stream, h.leaving = hello.Name, routes, stream, false
	h.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_HelloOk{HelloOk: &v1.HandlerHelloOk{Hub: "test"}}})
	if !again {
		close(h.attached)
	}
	return nil
}

// deliver begins what follows from an event; one delivery for each route that it matches.
func (h *hub) deliver(event *v1.Event, groups []string) []*delivery {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = nil
	h.number++
	event.Id = fmt.Sprintf("test/%d", h.number)
	matches, complaints := match(h.routes, event, groups)
	for _, complaint := range complaints {
		h.done = append(h.done, sendOf(complaint))
	}
	var deliveries []*delivery
	for _, match := range matches {
		match.wire.Id = event.Id + "/" + match.wire.Route
		delivery := &delivery{wire: match.wire, route: match.route, ended: make(chan struct{})}
		h.open[match.wire.Id] = delivery
		h.handOut(delivery)
		deliveries = append(deliveries, delivery)
	}
	return deliveries
}

func (h *hub) handOut(delivery *delivery) {
	delivery.wire.Attempt++
	delivery.wire.Deadline = durationpb.New(deadlineOf(delivery.route))
	delivery.wire.ReceivedAt = timestamppb.Now()
	if delivery.clock == nil {
		delivery.clock = time.AfterFunc(deadlineOf(delivery.route), func() { h.giveUp(delivery) })
	}
	h.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Delivery{Delivery: delivery.wire}})
}

func (h *hub) hearFinish(finish *v1.Finish) {
	result := &v1.FinishResult{Delivery: finish.Delivery, Outcome: v1.FinishOutcome_FINISH_OUTCOME_OK}
	delivery := h.current(finish.Delivery, finish.Attempt)
	if delivery == nil {
		result.Outcome = v1.FinishOutcome_FINISH_OUTCOME_STALE
	} else if problem, conflict := h.store.apply(finish.StoreWrites); conflict != nil {
		result.Outcome, result.Conflict = v1.FinishOutcome_FINISH_OUTCOME_CONFLICT, conflict
	} else if problem != nil {
		result.Outcome, result.Problem = v1.FinishOutcome_FINISH_OUTCOME_REFUSED, problem
	} else {
		h.end(delivery, finish.Actions...)
	}
	h.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_FinishResult{FinishResult: result}})
}

func (h *hub) hearNack(nack *v1.Nack) {
	delivery := h.current(nack.Delivery, nack.Attempt)
	if delivery == nil {
		return
	}
	most := delivery.route.MaximumAttempts
	if most == 0 {
		most = defaultAttempts
	}
	if delivery.wire.Attempt < most {
		h.handOut(delivery)
		return
	}
	h.end(delivery, sendOf(orElse(delivery.route.FallbackText, h.name+" could not answer")))
}

// giveUp: the user has waited for too long.
func (h *hub) giveUp(delivery *delivery) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open[delivery.wire.Id] == nil {
		return
	}
	h.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Cancel{Cancel: &v1.Cancel{
		Delivery: delivery.wire.Id, Attempt: delivery.wire.Attempt,
		Problem: &v1.Problem{Reason: v1.Reason_REASON_EXPIRED, Detail: "the deadline passed"},
	}}})
	h.end(delivery, sendOf(orElse(delivery.route.FallbackText, h.name+" did not answer in time")))
}

func (h *hub) end(delivery *delivery, actions ...*v1.Action) {
	h.done = append(h.done, actions...)
	delivery.clock.Stop()
	delete(h.open, delivery.wire.Id)
	close(delivery.ended)
}

// current is the delivery if it is still this attempt's.
func (h *hub) current(id string, attempt uint32) *delivery {
	if delivery := h.open[id]; delivery != nil && delivery.wire.Attempt == attempt {
		return delivery
	}
	return nil
}

// say has the lock, so that one frame is written at a time. A handler that is gone hears nothing.
func (h *hub) say(command *v1.HandlerCommand) {
	_ = h.stream.Send(&v1.HandlersAttachResponse{Items: []*v1.HandlerCommand{command}})
}

func deadlineOf(route *v1.Route) time.Duration {
	if route.Deadline == nil {
		return defaultDeadline
	}
	return route.Deadline.AsDuration()
}

func sendOf(text string) *v1.Action {
	send := &v1.SendAction{Content: &v1.Content{Text: text}}
	return &v1.Action{Kind: &v1.Action_Send{Send: send}}
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
