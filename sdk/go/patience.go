package chathub

import (
	"context"
	"errors"
	"sync"
	"time"
)

// patience is the context of a function: it ends when the delivery is ended by somebody else, and when
// the user has waited for too long. Unlike other deadlines this one moves: what the function says in
// between gives it the time anew.
type patience struct {
	context.Context
	cancel context.CancelCauseFunc
	grant  time.Duration

	mu       sync.Mutex
	deadline time.Time
	timer    *time.Timer
}

// newPatience begins at since; a grant of 0 has no end.
func newPatience(parent context.Context, since time.Time, grant time.Duration) *patience {
	p := &patience{grant: grant}
	p.Context, p.cancel = context.WithCancelCause(parent)
	if grant > 0 {
		p.deadline = since.Add(grant)
		p.timer = time.AfterFunc(time.Until(p.deadline), func() { p.cancel(context.DeadlineExceeded) })
	}
	return p
}

// Deadline is when the hub answers by itself.
func (p *patience) Deadline() (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.deadline, !p.deadline.IsZero()
}

// Err is context.DeadlineExceeded when the user has waited for too long.
func (p *patience) Err() error {
	if p.over() {
		return context.DeadlineExceeded
	}
	return p.Context.Err()
}

// over: the user has waited for too long.
func (p *patience) over() bool {
	return errors.Is(context.Cause(p.Context), context.DeadlineExceeded)
}

// renew gives the time anew.
func (p *patience) renew() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil && p.timer.Stop() {
		p.deadline = time.Now().Add(p.grant)
		p.timer.Reset(p.grant)
	}
}

// end stops the clock.
func (p *patience) end() {
	if p.timer != nil {
		p.timer.Stop()
	}
	p.cancel(errReturned)
}
