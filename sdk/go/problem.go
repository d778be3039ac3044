package chathub

import (
	"context"
	"errors"
	"io"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Reason is why something failed; chathub.v1.Reason says what each means.
type Reason = v1.Reason

// The reasons of chathub.v1.Reason.
const (
	ReasonUnknown     = v1.Reason_REASON_UNSPECIFIED
	ReasonBadFrame    = v1.Reason_REASON_BAD_FRAME
	ReasonBadRoute    = v1.Reason_REASON_BAD_ROUTE
	ReasonNameTaken   = v1.Reason_REASON_NAME_TAKEN
	ReasonNoSuchPeer  = v1.Reason_REASON_NO_SUCH_PEER
	ReasonNotAttached = v1.Reason_REASON_NOT_ATTACHED
	ReasonNotAllowed  = v1.Reason_REASON_NOT_ALLOWED
	ReasonTooMuch     = v1.Reason_REASON_TOO_MUCH
	ReasonTooLarge    = v1.Reason_REASON_TOO_LARGE
	ReasonGoingAway   = v1.Reason_REASON_GOING_AWAY
	ReasonOurFault    = v1.Reason_REASON_OUR_FAULT
	ReasonUnsupported = v1.Reason_REASON_UNSUPPORTED
	ReasonConflict    = v1.Reason_REASON_CONFLICT
	ReasonExpired     = v1.Reason_REASON_EXPIRED
)

// Problem is the error of every call to the hub that the hub, or the way to it, refused.
type Problem struct {
	Reason Reason
	// One sentence for a person: what happened, where, what to do.
	Detail string
	// When trying again makes sense; 0: not by itself.
	RetryAfter time.Duration

	cause error
}

func (p *Problem) Error() string { return p.Detail }

// Unwrap is the gRPC status, where there was one.
func (p *Problem) Unwrap() error { return p.cause }

// ReasonOf is the Reason of the Problem in err; ReasonUnknown if there is none.
func ReasonOf(err error) Reason {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem.Reason
	}
	return ReasonUnknown
}

// problemOf makes a Problem of what a call returned, in the hub's own words where there are some.
func problemOf(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) {
		return &Problem{Reason: ReasonGoingAway, Detail: "the hub ended the stream", cause: err}
	}
	var notRunning errNotRunning
	if errors.As(err, &notRunning) {
		return &Problem{Reason: ReasonNotAttached, Detail: err.Error(), cause: err}
	}
	var setup errSetup
	if errors.As(err, &setup) {
		return &Problem{Reason: ReasonNotAllowed, Detail: err.Error(), cause: err}
	}
	known := status.Convert(err)
	for _, detail := range known.Details() {
		if wire, ok := detail.(*v1.Problem); ok && wire.Detail != "" {
			return problemFrom(wire, err)
		}
	}
	problem := &Problem{Detail: known.Message(), cause: err}
	switch known.Code() {
	case codes.Unavailable:
		problem.Reason = ReasonGoingAway
	case codes.DeadlineExceeded:
		problem.cause = context.DeadlineExceeded
	case codes.Canceled:
		problem.cause = context.Canceled
	}
	if problem.Detail == "" {
		problem.Detail = known.Code().String()
	}
	return problem
}

func problemFrom(wire *v1.Problem, cause error) *Problem {
	return &Problem{
		Reason: wire.Reason, Detail: wire.Detail, RetryAfter: wire.GetRetryAfter().AsDuration(), cause: cause,
	}
}

// isFinal tells which ends of a stream trying again does not cure.
func isFinal(err error) bool {
	var setup errSetup
	if errors.As(err, &setup) {
		return true
	}
	switch status.Code(err) {
	case codes.Unauthenticated, codes.PermissionDenied, codes.InvalidArgument, codes.AlreadyExists,
		codes.NotFound,
		// Whatever listens there is no hub, or one that does not know us.
		codes.Unimplemented:
		return true
	}
	return false
}

// Retry is what a function returns to give a message up: no answer, and it goes to another instance or
// comes again, not before so long. Wrap it to say why:
//
//	return fmt.Errorf("the lamp is warm: %w", chathub.Retry(time.Minute))
//
// Any other error does the same, to be tried again at once.
func Retry(after time.Duration) error { return retryError{after} }

type retryError struct{ after time.Duration }

func (e retryError) Error() string { return "to be tried again after " + e.after.String() }
