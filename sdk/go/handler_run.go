package chathub

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"github.com/chathub/chathub/sdk/go/internal/lifeline"
	"github.com/chathub/chathub/sdk/go/internal/session"
)

// lastPatience is how long after the end of the talk functions may take to notice it.
const lastPatience = time.Second

// Run attaches to the hub, waits for it where it is not there yet, and comes back after every failure.
// When ctx ends, Run finishes what it holds (9 s at most), leaves, and returns nil. It returns an error
// when trying again would not help: the hub refuses the token, the name or a route, in the hub's words
// (a *Problem), or the handler is set up wrongly.
//
// A ctx that cannot end, such as context.Background(), leaves SIGTERM and SIGINT to Run: it finishes
// what it holds, leaves, and ends the process with 0; a second signal ends it at once. A program with
// more to do at its end gives a ctx of its own, for example from signal.NotifyContext.
func (h *Handler) Run(ctx context.Context) error {
	return runOrExit(ctx, h.run)
}

func (h *Handler) run(stop context.Context) error {
	if h.mistake != nil {
		return fmt.Errorf("chathub: %w", h.mistake)
	}
	r := newRunning(stop, h)
	err := r.line.Run(stop)
	r.line.Do(func(time.Time) { r.session.DropAll("this handler ends") })
	if !r.awaitFunctions(lastPatience) {
		r.line.Log.Warn("left behind a function that does not return")
	}
	if err != nil {
		return fmt.Errorf("chathub: handler/%s: %w", h.name, err)
	}
	return nil
}

// running is a handler while it runs.
type running struct {
	handler   *Handler
	values    context.Context // whose values functions see
	session   *session.Handler
	line      *lifeline.Lifeline[v1.HandlersAttachRequest, v1.HandlersAttachResponse]
	functions sync.WaitGroup
}

func newRunning(ctx context.Context, h *Handler) *running {
	log := loggerOf(h.Logger, "handler/"+h.name)
	r := &running{handler: h, values: context.WithoutCancel(ctx)}
	r.session = &session.Handler{
		Hello: &v1.HandlerHello{
			Name: h.name, Revision: h.Revision, Routes: h.routes, MaximumInFlight: h.MaximumInFlight,
		},
		Free: func(route string) bool { return h.functions[route].free },
		Log:  log,
	}
	r.line = &lifeline.Lifeline[v1.HandlersAttachRequest, v1.HandlersAttachResponse]{
		Session: r.session, Final: isFinal, Settle: r.handOut, Log: log,
		Open: attach(&h.Hub, v1.NewHandlersClient, v1.HandlersClient.Attach),
	}
	return r
}

// handOut begins, under the lock, what the session wants done.
func (r *running) handOut() {
	for _, job := range r.session.TakeJobs() {
		patience := newPatience(r.values, job.Since, job.Delivery.GetDeadline().AsDuration())
		job.Cancel = patience.cancel
		r.functions.Add(1)
		go r.runFunction(job, patience, job.Cancelled())
	}
	if posted := r.session.TakePosted(); len(posted) > 0 && r.handler.OnPosted != nil {
		go func() {
			for _, wire := range posted {
				r.handler.OnPosted(postedFrom(wire))
			}
		}()
	}
}

func (r *running) runFunction(job *session.Job, patience *patience, cancelled error) {
	defer r.functions.Done()
	defer patience.end()
	var answer session.Answer
	if cancelled == nil {
		answer = r.call(job, patience)
	}
	r.line.Do(func(time.Time) { r.session.Returned(job, answer) })
}

// call is what the function of the job's route answers.
func (r *running) call(job *session.Job, patience *patience) session.Answer {
	function, known := r.handler.functions[job.Delivery.Route]
	if !known {
		return session.Answer{Nack: fmt.Sprintf("this instance has no route %q", job.Delivery.Route)}
	}
	message := &Message{delivery: job.Delivery, patience: patience}
	message.say = func(key string, action *v1.Action) {
		r.line.Do(func(time.Time) { r.session.Say(job, key, action) })
	}
	err := r.protected(function.call, patience, message)
	answer := message.end()
	if err == nil {
		return answer
	}
	if patience.over() {
		return session.Answer{Silent: true} // The hub answers by itself.
	}
	var retry retryError
	errors.As(err, &retry)
	return session.Answer{Nack: "the function failed: " + err.Error(), RetryAfter: retry.after}
}

// protected makes an error of a panic: one message that goes wrong must not take the others with it.
func (r *running) protected(call Function, ctx context.Context, message *Message) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("it panicked: %v", cause)
			r.line.Log.Error("a function panicked", "route", message.delivery.Route, "cause", cause,
				"stack", string(debug.Stack()))
		}
	}()
	return call(ctx, message)
}

func (r *running) awaitFunctions(patience time.Duration) bool {
	ended := make(chan struct{})
	go func() { r.functions.Wait(); close(ended) }()
	select {
	case <-ended:
		return true
	case <-time.After(patience):
		return false
	}
}

func postedFrom(wire *v1.Posted) Posted {
	ids := wire.GetResult().GetPlatformIds()
	posted := Posted{Message: MessageRef{Key: orderKey(wire.Key), Index: wire.Index}, PlatformIDs: ids}
	if len(ids) > 0 {
		posted.Message.PlatformID = ids[0]
	}
	if problem := wire.GetResult().GetProblem(); problem != nil {
		posted.Problem = problemFrom(problem, nil)
	}
	return posted
}

func loggerOf(logger *slog.Logger, peer string) *slog.Logger {
	if logger == nil {
		logger = slog.Default()
	}
	return logger.With("peer", peer)
}
