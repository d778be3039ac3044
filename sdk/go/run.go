package chathub

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/chathub/chathub/sdk/go/internal/lifeline"
	"google.golang.org/grpc"
)

// runOrExit runs until ctx ends. If it never does, SIGTERM and SIGINT end the process in good order.
func runOrExit(ctx context.Context, run func(context.Context) error) error {
	if ctx.Done() != nil {
		return run(ctx)
	}
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	defer signal.Stop(signals)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		<-signals
		stop()
		<-signals
		os.Exit(1)
	}()
	err := run(ctx)
	if err == nil {
		os.Exit(0)
	}
	return err
}

// attach opens the stream of a service on a connection of its own, which tries the network at once.
func attach[Client, Frame, Reply any](
	hub *Hub, client func(grpc.ClientConnInterface) Client,
	method func(Client, context.Context, ...grpc.CallOption) (grpc.BidiStreamingClient[Frame, Reply], error),
) func(context.Context) (lifeline.Stream[Frame, Reply], func(), error) {
	return func(ctx context.Context) (lifeline.Stream[Frame, Reply], func(), error) {
		connection, err := hub.Dial("")
		if err != nil {
			return nil, nil, err
		}
		stream, err := method(client(connection), ctx)
		if err != nil {
			connection.Close()
			return nil, nil, problemOf(err)
		}
		return explained[Frame, Reply]{stream}, func() { connection.Close() }, nil
	}
}

// explained is a stream that ends in the hub's own words.
type explained[Frame, Reply any] struct {
	grpc.BidiStreamingClient[Frame, Reply]
}

func (s explained[Frame, Reply]) Recv() (*Reply, error) {
	reply, err := s.BidiStreamingClient.Recv()
	return reply, problemOf(err)
}
