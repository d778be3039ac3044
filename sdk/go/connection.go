package chathub

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
)

// Dial is a gRPC connection to the hub, for calls of your own: it carries the token and the keepalive
// that the hub expects, and connects with its first call. peer, for example `handler/karma`, says who
// calls; streams say it in their hello and leave it empty.
func (h Hub) Dial(peer string) (*grpc.ClientConn, error) {
	address, token, err := h.find()
	if err != nil {
		return nil, err
	}
	encrypted, err := h.tlsFor(address)
	if err != nil {
		return nil, err
	}
	transport := insecure.NewCredentials()
	if encrypted != nil {
		transport = credentials.NewTLS(encrypted)
	}
	return grpc.NewClient(address,
		grpc.WithTransportCredentials(transport),
		grpc.WithPerRPCCredentials(bearer{token, peer}),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{
			Time:                10 * time.Second,
			Timeout:             5 * time.Second,
			PermitWithoutStream: true,
		}),
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{
				BaseDelay: 100 * time.Millisecond, Multiplier: 2, Jitter: 0.2, MaxDelay: 5 * time.Second,
			},
			MinConnectTimeout: 5 * time.Second,
		}),
		// So that the largest frame arrives without waiting for what we send back.
		grpc.WithInitialWindowSize(1<<20),
		grpc.WithInitialConnWindowSize(1<<20),
		// A proxy for the web must not come between a program and the hub on its own machine.
		grpc.WithNoProxy(),
		grpc.WithDisableServiceConfig(),
	)
}

// bearer is what every call carries.
type bearer struct{ token, peer string }

func (b bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	metadata := map[string]string{"authorization": "Bearer " + b.token}
	if b.peer != "" {
		metadata["chathub-peer"] = b.peer
	}
	return metadata, nil
}

// RequireTransportSecurity is false: on Unix sockets and the loopback address nobody listens in.
func (b bearer) RequireTransportSecurity() bool { return false }
