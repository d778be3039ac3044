// The conformance kit's handler on the SDK for Go; ../../README.md says what each route does.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
	"sync"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
)

type meeting struct {
	mu      sync.Mutex
	waiting chan struct{}
}

// meet is `met` once two functions wait here at the same time.
func (m *meeting) meet(context.Context, *chathub.Message) (string, error) {
	m.mu.Lock()
	waiting := m.waiting
	if waiting != nil {
		close(waiting)
		m.waiting = nil
		m.mu.Unlock()
		return "met", nil
	}
	waiting = make(chan struct{})
	m.waiting = waiting
	m.mu.Unlock()
	select {
	case <-waiting:
		return "met", nil
	case <-time.After(20 * time.Second):
		return "alone", nil
	}
}

type turns struct {
	mu      sync.Mutex
	running map[string]int
}

func (t *turns) turn(_ context.Context, m *chathub.Message) (string, error) {
	room := m.Conversation().Room
	count := t.add(room, 1)
	time.Sleep(50 * time.Millisecond)
	t.add(room, -1)
	return fmt.Sprintf("%s/%d", m.Capture("rest"), count), nil
}

func (t *turns) add(room string, change int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.running[room] += change
	return t.running[room]
}

// replies is a function that answers what answer gives.
func replies(answer func(context.Context, *chathub.Message) (string, error)) chathub.Function {
	return func(ctx context.Context, m *chathub.Message) error {
		text, err := answer(ctx, m)
		if err != nil {
			return err
		}
		return m.Reply(ctx, text)
	}
}

func attempt(m *chathub.Message) string { return fmt.Sprint("attempt ", m.Attempt()) }

func add(_ context.Context, m *chathub.Message) (string, error) {
	left, _ := strconv.ParseInt(m.Capture("left"), 10, 64)
	right, _ := strconv.ParseInt(m.Capture("right"), 10, 64)
	if m.Capture("loud") == "true" {
		return fmt.Sprint(left+right) + "!", nil
	}
	return fmt.Sprint(left + right), nil
}

func slow(ctx context.Context, m *chathub.Message) (string, error) {
	seconds, err := strconv.ParseFloat(m.Capture("seconds"), 64)
	if err != nil {
		return "", err
	}
	select {
	case <-time.After(time.Duration(seconds * float64(time.Second))):
		return "done in " + attempt(m), nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func main() {
	bot := chathub.NewHandler("conform")
	bot.Route(`^hi (?P<name>\w+)`, func(ctx context.Context, m *chathub.Message) error {
		return m.Reply(ctx, "hello "+m.Capture("name"))
	}, chathub.ID("greet"))
	bot.On(chathub.EventJoined, func(ctx context.Context, m *chathub.Message) error {
		return m.Reply(ctx, "welcome "+m.User().Name)
	}, chathub.ID("welcome"))
	bot.Command("echo", func(ctx context.Context, m *chathub.Message) error {
		return m.Reply(ctx, m.Capture("rest"))
	})
	bot.Command("add", replies(add), chathub.Arguments(
		chathub.Argument{Name: "left", Type: chathub.Integer, Required: true},
		chathub.Argument{Name: "right", Type: chathub.Integer, Required: true},
		chathub.Argument{Name: "loud", Type: chathub.Boolean, Option: true}))
	bot.Command("several", func(ctx context.Context, m *chathub.Message) error {
		return errors.Join(m.Reply(ctx, "one"), m.React(ctx, "👍"), m.Reply(ctx, "two"))
	})
	bot.Command("steps", func(ctx context.Context, m *chathub.Message) error {
		said, err := m.Say(ctx, "working")
		return errors.Join(err, m.Update(ctx, said, "half way"), m.Reply(ctx, "finished"))
	})
	bot.Command("nothing", func(context.Context, *chathub.Message) error { return nil })
	bot.Command("nack", func(ctx context.Context, m *chathub.Message) error {
		if m.Attempt() == 1 {
			return fmt.Errorf("not yet: %w", chathub.Retry(200*time.Millisecond))
		}
		return m.Reply(ctx, attempt(m))
	})
	bot.Command("throw", func(ctx context.Context, m *chathub.Message) error {
		if m.Attempt() == 1 {
			panic("thrown")
		}
		return m.Reply(ctx, attempt(m))
	})
	bot.Command("slow", replies(slow), chathub.Deadline(time.Minute, ""),
		chathub.Arguments(chathub.Argument{Name: "seconds", Type: chathub.Number, Required: true}))
	bot.Command("patience", func(ctx context.Context, m *chathub.Message) error {
		select {
		case <-time.After(time.Minute):
		case <-ctx.Done():
			fmt.Println("cancelled")
		}
		return ctx.Err()
	}, chathub.Deadline(time.Second, "too late"))
	bot.Command("turn", replies((&turns{running: map[string]int{}}).turn))
	bot.Command("pair", replies((&meeting{}).meet))
	bot.Command("meet", replies((&meeting{}).meet), chathub.Free())
	bot.Command("tally", func(ctx context.Context, m *chathub.Message) error {
		return errors.Join(m.Store().Add(ctx, "tally/"+m.Capture("rest"), 1), m.Reply(ctx, "counted"))
	})
	bot.Command("next", func(ctx context.Context, m *chathub.Message) error {
		entry, err := bot.Store().Get(ctx, "next")
		if err != nil {
			return err
		}
		number, _ := strconv.Atoi(string(entry.Value))
		next := strconv.Itoa(number + 1)
		err = m.Store().Put(ctx, "next", []byte(next), chathub.IfRevision(entry.Revision))
		return errors.Join(err, m.Reply(ctx, next))
	}, chathub.Free())
	bot.Command("announce", func(ctx context.Context, m *chathub.Message) error {
		_, err := bot.Chat().Send(ctx, m.Conversation(), m.Capture("rest"))
		return errors.Join(err, m.Reply(ctx, "announced"))
	})
	if pattern, set := os.LookupEnv("CONFORM_PATTERN"); set && pattern != "" {
		bot.Route(pattern, func(ctx context.Context, m *chathub.Message) error {
			return m.Reply(ctx, "extra")
		}, chathub.ID("extra"))
	}
	log.Fatal(bot.Run(context.Background()))
}
