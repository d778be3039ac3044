package chathubtest_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	"github.com/chathub/chathub/sdk/go/chathubtest"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

func Example() {
	bot := chathub.NewHandler("hi")
	bot.Route(`^hi (?P<name>\w+)`, func(ctx context.Context, m *chathub.Message) error {
		return m.Reply(ctx, "hello "+m.Capture("name"))
	})
	chat := chathubtest.New(bot)
	defer chat.Close()
	fmt.Println(chat.Say("hi Ada"))
	// Output: [hello Ada]
}

// chatWith is a chat with a handler that is made by set.
func chatWith(t *testing.T, set func(*chathub.Handler)) *chathubtest.Chat {
	t.Helper()
	bot := chathub.NewHandler("bot")
	set(bot)
	chat := chathubtest.New(bot)
	t.Cleanup(chat.Close)
	return chat
}

func expect(t *testing.T, heard []string, expected ...string) {
	t.Helper()
	if !reflect.DeepEqual(heard, expected) {
		t.Errorf("heard %q, expected %q", heard, expected)
	}
}

func reply(text string) chathub.Function {
	return func(ctx context.Context, m *chathub.Message) error { return m.Reply(ctx, text) }
}

func TestWhatMatchesNothingIsNotAnswered(t *testing.T) {
	chat := chatWith(t, func(bot *chathub.Handler) { bot.Route("^hi", reply("hello")) })
	expect(t, chat.Say("ho"))
	expect(t, chat.Say("hi"), "hello")
}

func TestArgumentsAreCheckedBeforeTheFunctionIsCalled(t *testing.T) {
	chat := chatWith(t, func(bot *chathub.Handler) {
		bot.Command("add", func(ctx context.Context, m *chathub.Message) error {
			left, _ := strconv.Atoi(m.Capture("left"))
			right, _ := strconv.Atoi(m.Capture("right"))
			return m.Reply(ctx, fmt.Sprintf("%d %s", left+right, m.Capture("loud")))
		}, chathub.Arguments(
			chathub.Argument{Name: "left", Type: chathub.Integer, Required: true},
			chathub.Argument{Name: "right", Type: chathub.Integer, Required: true},
			chathub.Argument{Name: "loud", Type: chathub.Boolean, Option: true},
		), chathub.Help("add LEFT RIGHT", "Adds."))
	})
	expect(t, chat.Say("ADD 2 -3 --loud"), "-1 true")
	expect(t, chat.Say("add 2 x"), `right: "x" is not a whole number (usage: add LEFT RIGHT)`)
	expect(t, chat.Say("add 2"), "right is missing (usage: add LEFT RIGHT)")
}

func TestProgressIsHeardBeforeTheAnswer(t *testing.T) {
	chat := chatWith(t, func(bot *chathub.Handler) {
		bot.Command("work", func(ctx context.Context, m *chathub.Message) error {
			if _, err := m.Say(ctx, "working"); err != nil {
				return err
			}
			return m.Reply(ctx, "done")
		})
	})
	expect(t, chat.Say("work"), "working", "done")
}

func TestAFailureIsTriedAgainThreeTimes(t *testing.T) {
	chat := chatWith(t, func(bot *chathub.Handler) {
		bot.Command("fail", func(context.Context, *chathub.Message) error { return errors.New("broken") })
		bot.Command("second", func(ctx context.Context, m *chathub.Message) error {
			if m.Attempt() == 1 {
				panic("not yet")
			}
			return m.Reply(ctx, fmt.Sprint("attempt ", m.Attempt()))
		})
	})
	expect(t, chat.Say("fail"), "bot could not answer")
	expect(t, chat.Say("second"), "attempt 2")
}

func TestWhoIsNotInTheGroupHearsNothing(t *testing.T) {
	chat := chatWith(t, func(bot *chathub.Handler) {
		bot.Command("halt", reply("halted"), chathub.Groups("operators"))
	})
	expect(t, chat.Say("halt"))
	chat.Groups = []string{"operators"}
	expect(t, chat.Say("halt"), "halted")
}

func TestAWriteIsOneWithTheAnswer(t *testing.T) {
	chat := chatWith(t, func(bot *chathub.Handler) {
		bot.Command("count", func(ctx context.Context, m *chathub.Message) error {
			if err := m.Store().Add(ctx, "count", 2); err != nil {
				return err
			}
			if m.Attempt() == 1 {
				return errors.New("not yet")
			}
			return nil
		})
	})
	chat.Put("count", []byte("40"))
	expect(t, chat.Say("count"))
	if value, _ := chat.Stored("count"); string(value) != "42" {
		t.Errorf("the store has %q", value)
	}
}

func TestAFunctionRunsAgainWhereSomebodyElseWasQuicker(t *testing.T) {
	var chat *chathubtest.Chat
	runs := 0
	chat = chatWith(t, func(bot *chathub.Handler) {
		bot.Command("next", func(ctx context.Context, m *chathub.Message) error {
			entry, err := bot.Store().Get(ctx, "next")
			if err != nil {
				return err
			}
			if runs++; runs == 1 {
				chat.Put("next", []byte("7"))
			}
			number, _ := strconv.Atoi(string(entry.Value))
			next := strconv.Itoa(number + 1)
			if err := m.Store().Put(ctx, "next", []byte(next), chathub.IfRevision(entry.Revision)); err != nil {
				return err
			}
			return m.Reply(ctx, next)
		})
	})
	expect(t, chat.Say("next"), "8")
}

func TestTheUserIsNotKeptWaiting(t *testing.T) {
	cancelled := make(chan error, 1)
	chat := chatWith(t, func(bot *chathub.Handler) {
		bot.Command("sleep", func(ctx context.Context, m *chathub.Message) error {
			<-ctx.Done()
			cancelled <- ctx.Err()
			return ctx.Err()
		}, chathub.Deadline(50*time.Millisecond, "too late"))
	})
	expect(t, chat.Say("sleep"), "too late")
	if err := <-cancelled; err == nil {
		t.Error("the function was not told")
	}
}

func TestOtherEventsAreHeardToo(t *testing.T) {
	chat := chatWith(t, func(bot *chathub.Handler) {
		bot.On(chathub.EventJoined, func(ctx context.Context, m *chathub.Message) error {
			return m.Reply(ctx, "welcome "+m.User().Name)
		})
	})
	expect(t, chat.Happen(&v1.Event{Kind: &v1.Event_Joined{Joined: &v1.UserJoined{}}}), "welcome Ada")
}

func TestAWrongPatternIsNamedAtOnce(t *testing.T) {
	defer func() {
		if cause := fmt.Sprint(recover()); cause == "<nil>" {
			t.Error("it was taken")
		}
	}()
	chatWith(t, func(bot *chathub.Handler) { bot.Route("(", reply("")) })
}
