package chathub

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"github.com/chathub/chathub/sdk/go/internal/lifeline"
	"github.com/chathub/chathub/sdk/go/internal/session"
	"google.golang.org/protobuf/proto"
)

// errEnded is what waiting callers get when the adapter is over.
var errEnded = errors.New("the adapter has ended")

// Run attaches to the hub, waits for it where it is not there yet, and comes back after every failure.
// When ctx ends, it says goodbye, lets the orders that are out be done (9 s at most) and returns nil. It
// returns an error when trying again would not help. What a ctx that cannot end means, Handler.Run
// tells.
func (a *Adapter) Run(ctx context.Context) error {
	return runOrExit(ctx, a.run)
}

func (a *Adapter) run(stop context.Context) error {
	if !peerName.MatchString(a.name) {
		return fmt.Errorf("chathub: %q is no name for an adapter", a.name)
	}
	a.begin()
	ctx, cancel := context.WithCancel(context.WithoutCancel(stop))
	done := make(chan struct{})
	go func() { defer close(done); a.callFunctions(ctx) }()
	err := a.line.Run(stop)
	cancel()
	select {
	case <-done:
	case <-time.After(lastPatience):
		a.line.Log.Warn("left behind a function that does not return")
	}
	a.progress(func() { a.ended = true })
	if err != nil {
		return fmt.Errorf("chathub: adapter/%s: %w", a.name, err)
	}
	return nil
}

// begin makes the session, with the first event or with Run.
func (a *Adapter) begin() { a.begun.Do(func() { a.attending = a.newAttending() }) }

func (a *Adapter) newAttending() *attending {
	log := loggerOf(a.Logger, "adapter/"+a.name)
	hello := &v1.AdapterHello{
		Name: a.name, Epoch: randomID(), Incarnation: randomID(), Service: a.Service,
		Capabilities: a.Capabilities, OwnUserId: a.OwnUserID, MentionNames: a.MentionNames,
	}
	if a.ServiceDedups {
		hello.Dedup = v1.Dedup_DEDUP_SERVICE
	}
	t := &attending{work: make(chan struct{}, 1), hasSpace: true, changed: make(chan struct{})}
	t.session = session.NewAdapter(hello, session.Limits{
		OutboxEvents: orElse(a.OutboxEvents, 10_000), OutboxBytes: orElse(a.OutboxBytes, 16<<20),
		RememberedOrders: max(a.RememberedOrders, 10_000),
	}, log)
	t.line = &lifeline.Lifeline[v1.AdaptersAttachRequest, v1.AdaptersAttachResponse]{
		Session: t.session, Final: isFinal, Settle: a.settle, Log: log,
		Open: attach(&a.Hub, v1.NewAdaptersClient, v1.AdaptersClient.Attach),
	}
	return t
}

// settle hands on, under the lock, what follows from a change of the session.
func (a *Adapter) settle() {
	var todo []func(context.Context)
	if greeting := a.session.TakeGreeting(); greeting != nil && a.OnAttached != nil {
		todo = append(todo, func(ctx context.Context) { a.OnAttached(ctx, greeting) })
	}
	for _, order := range a.session.TakeOrders() {
		todo = append(todo, func(ctx context.Context) { a.doOrder(ctx, order) })
	}
	settled, hasSpace := a.session.Settled(), a.session.HasSpace()
	a.mu.Lock()
	a.todo = append(a.todo, todo...)
	unchanged := a.settled == settled && a.hasSpace == hasSpace
	a.mu.Unlock()
	if !unchanged {
		a.progress(func() { a.settled, a.hasSpace = settled, hasSpace })
	}
	if len(todo) > 0 {
		select {
		case a.work <- struct{}{}:
		default:
		}
	}
}

// callFunctions calls the author's functions, one at a time.
func (a *Adapter) callFunctions(ctx context.Context) {
	for {
		a.mu.Lock()
		todo := a.todo
		a.todo = nil
		a.mu.Unlock()
		for _, call := range todo {
			call(ctx)
		}
		if len(todo) > 0 {
			continue
		}
		select {
		case <-a.work:
		case <-ctx.Done():
			return
		}
	}
}

func (a *Adapter) doOrder(ctx context.Context, order *v1.Order) {
	order = proto.Clone(order).(*v1.Order)
	a.line.Do(func(time.Time) { a.session.Resolve(order) })
	result := &OrderResult{}
	if order.ExpiresAt != nil && order.ExpiresAt.AsTime().Before(time.Now()) {
		result.Fail(ReasonExpired, "the order came too late")
	} else if err := a.callOrderFunction(ctx, order, result); err != nil {
		result.fail(err)
	}
	for !result.failed && len(result.results) < len(order.Actions) {
		result.Done()
	}
	done := &v1.Done{Key: order.Key, Results: result.results}
	session.RepairUTF8(done)
	a.line.Do(func(time.Time) { a.session.Done(done) })
}

func (a *Adapter) callOrderFunction(ctx context.Context, order *v1.Order, result *OrderResult) (err error) {
	if a.OnOrder == nil {
		return &Problem{Reason: ReasonUnsupported, Detail: "this adapter only listens"}
	}
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the function for orders panicked: %v", cause)
			a.line.Log.Error("the function for orders panicked", "cause", cause, "stack", string(debug.Stack()))
		}
	}()
	return a.OnOrder(ctx, order, result)
}

// progress changes what callers wait for.
func (t *attending) progress(change func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	change()
	close(t.changed)
	t.changed = make(chan struct{})
}

func (t *attending) await(ctx context.Context, reached func() bool) error {
	for {
		t.mu.Lock()
		reached, ended, changed := reached(), t.ended, t.changed
		t.mu.Unlock()
		switch {
		case reached:
			return nil
		case ended:
			return errEnded
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func orElse(value, otherwise int) int {
	if value == 0 {
		return otherwise
	}
	return value
}
