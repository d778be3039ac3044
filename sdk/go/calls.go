package chathub

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	mathrand "math/rand"
	"sync"
	"time"

	"github.com/chathub/chathub/sdk/go/internal/lifeline"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// callPatience is how long one call may take, all attempts together, unless its ctx ends sooner.
const callPatience = 10 * time.Second

// caller makes single calls to the hub: finds it, says who calls, tries again through a restart.
type caller struct {
	hub  *Hub
	peer string

	mu         sync.Mutex
	connection *grpc.ClientConn
}

// call makes attempts until the hub answers; each must be safe to repeat.
func call[Response any](
	ctx context.Context, c *caller,
	attempt func(context.Context, grpc.ClientConnInterface) (Response, error),
) (Response, error) {
	ctx, cancel := context.WithTimeout(ctx, callPatience)
	defer cancel()
	var backoff lifeline.Backoff
	for {
		response, err := once(ctx, c, attempt)
		if err == nil || !mayPass(err) {
			return response, problemOf(err)
		}
		select {
		case <-ctx.Done():
			return response, problemOf(err)
		case <-time.After(backoff.Next(mathrand.Float64())):
		}
	}
}

func once[Response any](
	ctx context.Context, c *caller,
	attempt func(context.Context, grpc.ClientConnInterface) (Response, error),
) (response Response, err error) {
	connection, err := c.connect()
	if err != nil {
		return response, err
	}
	response, err = attempt(ctx, connection)
	if status.Code(err) == codes.Unavailable {
		c.forget(connection)
	}
	return response, err
}

func mayPass(err error) bool {
	var notRunning errNotRunning
	return errors.As(err, &notRunning) || status.Code(err) == codes.Unavailable
}

func (c *caller) connect() (*grpc.ClientConn, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.connection == nil {
		connection, err := c.hub.Dial(c.peer)
		if err != nil {
			return nil, err
		}
		c.connection = connection
	}
	return c.connection, nil
}

// forget lets the next call look for the hub anew; what still runs on the old connection may end there.
func (c *caller) forget(connection *grpc.ClientConn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.connection == connection {
		c.connection = nil
		time.AfterFunc(callPatience, func() { connection.Close() })
	}
}

// randomID has 128 bits, in hex.
func randomID() string {
	var bytes [16]byte
	if _, err := rand.Read(bytes[:]); err != nil {
		panic(err) // The system has no randomness.
	}
	return hex.EncodeToString(bytes[:])
}
