// Package lifeline keeps a session attached to the hub: it opens stream after stream, ticks, stops.
package lifeline

import (
	"context"
	"log/slog"
	"math/rand"
	"sync"
	"time"
)

const (
	// How long a stop may take.
	patience = 9 * time.Second
	// A hub that greets and breaks sooner, again and again, is not to be run against.
	aWhile = time.Second
)

// Session is the talk itself, without goroutines, sockets or clock.
type Session[Frame, Reply any] interface {
	// What happened to the stream.
	Opened(now time.Time)
	Hear(reply *Reply, now time.Time)
	Closed(now time.Time)
	// Fill is what is to be said now; nil: nothing.
	Fill(now time.Time) *Frame
	// Tick does what is due; NextWake tells when that is next, zero: never.
	Tick(now time.Time)
	NextWake() time.Time
	// The end on purpose, until the hub ends the stream.
	Leave()
	// Whether, and as what, the hub has greeted it.
	Attached() bool
	Greeting() []any
}

// Stream is one Attach call.
type Stream[Frame, Reply any] interface {
	Send(*Frame) error
	Recv() (*Reply, error)
}

// Lifeline gives a session its streams, its time and its one lock.
type Lifeline[Frame, Reply any] struct {
	Session Session[Frame, Reply]
	// Open opens a stream that lives as long as ctx; the function frees what it stands on.
	Open func(ctx context.Context) (Stream[Frame, Reply], func(), error)
	// Final tells which errors trying again does not cure.
	Final func(error) bool
	// Settle does, under the lock, what follows from a change of the session.
	Settle func()
	Log    *slog.Logger

	mu          sync.Mutex // guards the session and everything below
	words       chan struct{}
	timer       *time.Timer
	wake        time.Time
	wasAttached bool
	attachedAt  time.Time
	saidWaiting bool
}

// Do changes the session under its lock, and says what that caused. Any goroutine.
func (l *Lifeline[Frame, Reply]) Do(change func(now time.Time)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(time.Now())
	l.settle()
}

// Run keeps the session attached until stop ends (nil) or an error is final.
func (l *Lifeline[Frame, Reply]) Run(stop context.Context) error {
	l.mu.Lock()
	l.words = make(chan struct{}, 1)
	l.timer = time.AfterFunc(time.Hour, l.tick)
	l.mu.Unlock()
	defer l.timer.Stop()
	var backoff Backoff
	for stop.Err() == nil {
		err := l.talk(stop)
		if stop.Err() != nil {
			break
		}
		if l.Final(err) {
			return err
		}
		if l.judge(err) {
			backoff.Reset()
		}
		select {
		case <-stop.Done():
		case <-time.After(backoff.Next(rand.Float64())):
		}
	}
	return nil
}

// talk is one stream, from the first word to the last; why it ended.
func (l *Lifeline[Frame, Reply]) talk(stop context.Context) error {
	ctx, cancel := context.WithCancel(context.WithoutCancel(stop))
	defer cancel()
	// Until there is a stream, there is nobody to say goodbye to.
	keep := context.AfterFunc(stop, cancel)
	stream, free, err := l.Open(ctx)
	keep()
	if err != nil {
		return err
	}
	defer free()
	l.Do(l.Session.Opened)

	ended, spoken := make(chan error, 1), make(chan struct{})
	go func() { ended <- l.listen(stream) }()
	go func() { defer close(spoken); l.speak(ctx, stream) }()
	err = l.await(stop, cancel, ended)
	cancel()
	<-spoken
	l.Do(l.Session.Closed)
	return err
}

// await ends with the stream; a stop gives it some time to end by itself.
func (l *Lifeline[Frame, Reply]) await(stop context.Context, cancel func(), ended <-chan error) error {
	var late <-chan time.Time
	stopping := stop.Done()
	for {
		select {
		case err := <-ended:
			return err
		case <-stopping:
			stopping = nil
			late = time.After(patience)
			l.Do(func(time.Time) {
				if !l.Session.Attached() {
					cancel() // A hub that has not greeted us holds nothing of ours.
				}
				l.Session.Leave()
			})
		case <-late:
			cancel()
		}
	}
}

func (l *Lifeline[Frame, Reply]) listen(stream Stream[Frame, Reply]) error {
	for {
		reply, err := stream.Recv()
		if err != nil {
			return err
		}
		l.Do(func(now time.Time) { l.Session.Hear(reply, now) })
	}
}

// speak puts into one frame what is ready at the same time. Why a frame could not be sent is heard by
// listen.
func (l *Lifeline[Frame, Reply]) speak(ctx context.Context, stream Stream[Frame, Reply]) {
	for {
		if frame := l.nextFrame(); frame != nil {
			if stream.Send(frame) != nil {
				return
			}
			continue
		}
		select {
		case <-l.words:
		case <-ctx.Done():
			return
		}
	}
}

func (l *Lifeline[Frame, Reply]) nextFrame() *Frame {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Session.Fill(time.Now())
}

func (l *Lifeline[Frame, Reply]) tick() { l.Do(l.Session.Tick) }

// settle follows every change of the session, under the lock.
func (l *Lifeline[Frame, Reply]) settle() {
	l.Settle()
	l.greet()
	select {
	case l.words <- struct{}{}:
	default:
	}
	if wake := l.Session.NextWake(); !wake.Equal(l.wake) && l.timer != nil {
		l.wake = wake
		if wake.IsZero() {
			l.timer.Stop()
		} else {
			l.timer.Reset(time.Until(wake))
		}
	}
}

func (l *Lifeline[Frame, Reply]) greet() {
	if l.wasAttached || !l.Session.Attached() {
		return
	}
	l.wasAttached, l.saidWaiting = true, false
	l.attachedAt = time.Now()
	l.Log.Info("attached", l.Session.Greeting()...)
}

// judge says why the talk ended; true if it had lasted for a while.
func (l *Lifeline[Frame, Reply]) judge(err error) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	wasAttached := l.wasAttached
	l.wasAttached = false
	if wasAttached {
		l.Log.Warn("lost the hub; trying again", "why", err)
	} else if !l.saidWaiting {
		l.saidWaiting = true
		l.Log.Warn("waiting for the hub", "why", err)
	}
	return wasAttached && time.Since(l.attachedAt) >= aWhile
}
