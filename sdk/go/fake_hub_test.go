package chathub_test

import (
	"context"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// patience until a test fails because nothing came.
const patience = 20 * time.Second

// fakeHub says what the test tells it to say, on a real socket.
type fakeHub struct {
	v1.UnimplementedHandlersServer
	t       *testing.T
	address string
	server  *grpc.Server
	streams chan *fakeStream
}

// fakeStream is one Attach call of a handler, seen from the hub.
type fakeStream struct {
	t        *testing.T
	metadata metadata.MD
	heard    chan *v1.HandlerItem
	toSay    chan *v1.HandlerCommand
	end      chan error
	closed   chan struct{} // by the handler
	held     atomic.Int32
	leaving  atomic.Bool
}

// newFakeHub listens on a Unix socket; services are registered before it serves.
func newFakeHub(t *testing.T, register ...func(*grpc.Server)) *fakeHub {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hub.sock")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	return serveFakeHub(t, "unix:"+path, listener, grpc.NewServer(), register...)
}

func serveFakeHub(t *testing.T, address string, listener net.Listener, server *grpc.Server, register ...func(*grpc.Server)) *fakeHub {
	hub := &fakeHub{t: t, address: address, server: server, streams: make(chan *fakeStream, 16)}
	v1.RegisterHandlersServer(server, hub)
	for _, register := range register {
		register(server)
	}
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	return hub
}

// Attach is a stream that the test will talk on.
func (h *fakeHub) Attach(wire grpc.BidiStreamingServer[v1.HandlersAttachRequest, v1.HandlersAttachResponse]) error {
	given, _ := metadata.FromIncomingContext(wire.Context())
	stream := &fakeStream{
		t: h.t, metadata: given, heard: make(chan *v1.HandlerItem, 1024), toSay: make(chan *v1.HandlerCommand, 16),
		end: make(chan error, 1), closed: make(chan struct{}),
	}
	h.streams <- stream
	go func() {
		defer close(stream.closed)
		for frame, err := wire.Recv(); err == nil; frame, err = wire.Recv() {
			for _, item := range frame.Items {
				stream.heard <- item
				stream.note(item)
			}
		}
	}()
	for {
		select {
		case command := <-stream.toSay:
			if err := wire.Send(&v1.HandlersAttachResponse{Items: []*v1.HandlerCommand{command}}); err != nil {
				return err
			}
		case err := <-stream.end:
			return err
		case <-stream.closed:
			return nil
		}
	}
}

// run runs the handler against this hub until the test ends; what Run will return.
func (h *fakeHub) run(bot *chathub.Handler) (stop func(), ended <-chan error) {
	if bot.Hub == (chathub.Hub{}) {
		bot.Hub = chathub.Hub{Address: h.address, Token: "secret"}
	}
	ctx, cancel := context.WithCancel(context.Background())
	end := make(chan error, 1)
	done := make(chan struct{})
	go func() { defer close(done); end <- bot.Run(ctx) }()
	h.t.Cleanup(func() { cancel(); h.server.Stop(); <-done })
	return cancel, end
}

func (h *fakeHub) next() *fakeStream {
	h.t.Helper()
	return within(h.t, h.streams)
}

// greeted is the next stream, on which a hello was heard and answered.
func (h *fakeHub) greeted() (*fakeStream, *v1.HandlerHello) {
	h.t.Helper()
	stream := h.next()
	hello := stream.hear().GetHello()
	ok := &v1.HandlerHelloOk{Hub: "hub", InstanceToken: "token"}
	stream.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_HelloOk{HelloOk: ok}})
	return stream, hello
}

// hear is the next item that is no Renew.
func (s *fakeStream) hear() *v1.HandlerItem {
	s.t.Helper()
	for {
		if item := within(s.t, s.heard); item.GetRenew() == nil {
			return item
		}
	}
}

func (s *fakeStream) say(command *v1.HandlerCommand) { s.toSay <- command }

func (s *fakeStream) deliver(delivery *v1.Delivery) {
	if delivery.Attempt == 0 {
		delivery.Attempt = 1
	}
	s.held.Add(1)
	s.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_Delivery{Delivery: delivery}})
}

func (s *fakeStream) ok(delivery string) {
	result := &v1.FinishResult{Delivery: delivery, Outcome: v1.FinishOutcome_FINISH_OUTCOME_OK}
	s.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_FinishResult{FinishResult: result}})
	s.held.Add(-1)
	s.endIfLeft()
}

// note what the hub counts: a handler that leaves is let go when it holds nothing.
func (s *fakeStream) note(item *v1.HandlerItem) {
	if item.GetNack() != nil {
		s.held.Add(-1)
	}
	if item.GetLeaving() != nil {
		s.leaving.Store(true)
	}
	s.endIfLeft()
}

func (s *fakeStream) endIfLeft() {
	if s.leaving.Load() && s.held.Load() <= 0 {
		select {
		case s.end <- nil:
		default:
		}
	}
}

// refuse ends the stream as the hub does, with a Problem.
func refusal(code codes.Code, reason chathub.Reason, detail string) error {
	refused, err := status.New(code, "what gRPC says").WithDetails(&v1.Problem{Reason: reason, Detail: detail})
	if err != nil {
		panic(err)
	}
	return refused.Err()
}

// within is what comes, unless nothing does for too long.
func within[T any](t *testing.T, channel <-chan T) (value T) {
	t.Helper()
	select {
	case value = <-channel:
	case <-time.After(patience):
		t.Fatal("nothing came")
	}
	return value
}
