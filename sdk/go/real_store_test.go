package chathub_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

func TestAHandlersMemoryIsKeptByARealHub(t *testing.T) {
	hub := newRealHub(t)
	bot := hi()
	hub.handler(bot)
	hub.awaitPeers("handler/hi")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	store := bot.Store()

	changes := make(chan chathub.Change, 16)
	watched := make(chan error, 1)
	watching, stop := context.WithCancel(ctx)
	go func() { watched <- store.Watch(watching, "key/", true, func(c chathub.Change) { changes <- c }) }()

	none, err := store.Get(ctx, "key/a")
	if err != nil || none.Revision != 0 {
		t.Fatalf("got %v, %v", none, err)
	}
	revision, err := store.Put(ctx, "key/a", []byte("1"), chathub.IfRevision(0), chathub.TTL(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Put(ctx, "key/a", []byte("2"), chathub.IfRevision(0)); chathub.ReasonOf(err) != chathub.ReasonConflict {
		t.Errorf("put over another: %v", err)
	}
	entry, err := store.Get(ctx, "key/a")
	if err != nil || string(entry.Value) != "1" || entry.Revision != revision || entry.ExpiresAt.Before(time.Now()) {
		t.Errorf("got %v, %v", entry, err)
	}
	if change := within(t, changes); change.Key != "key/a" || change.Deleted {
		t.Errorf("watched %v", change)
	}
	if entries, err := store.List(ctx, "key/"); err != nil || len(entries) != 1 {
		t.Errorf("listed %v, %v", entries, err)
	}
	if err := store.Delete(ctx, "key/a"); err != nil {
		t.Error(err)
	}
	if change := within(t, changes); !change.Deleted {
		t.Errorf("watched %v", change)
	}
	stop()
	if err := within(t, watched); !errors.Is(err, context.Canceled) {
		t.Errorf("the watch ended with %v", err)
	}
}

func TestWhatIsCountedInAnswersCountsOnceOnARealHub(t *testing.T) {
	hub := newRealHub(t)
	shell := hub.shell()
	bot := chathub.NewHandler("bot")
	bot.Command("next", func(ctx context.Context, m *chathub.Message) error {
		entry, err := bot.Store().Get(ctx, "next")
		if err != nil {
			return err
		}
		number, _ := strconv.Atoi(string(entry.Value))
		next := strconv.Itoa(number + 1)
		if err := m.Store().Put(ctx, "next", []byte(next), chathub.IfRevision(entry.Revision)); err != nil {
			return err
		}
		return m.Reply(ctx, next)
	})
	hub.handler(bot)
	hub.awaitPeers("handler/bot", "adapter/shell")
	for range 20 {
		shell.hear("next")
	}
	for i := range 20 {
		if text := within(t, shell.said); text != fmt.Sprint(i+1) {
			t.Fatalf("heard %q, expected %d", text, i+1)
		}
	}
}

func TestARealHubTellsWhoAndWhatIsThere(t *testing.T) {
	hub := newRealHub(t)
	shell := hub.shell()
	bot := hi()
	hub.handler(bot)
	hub.awaitPeers("handler/hi", "adapter/shell")
	shell.TellUsers(&v1.User{Id: "shell/ada", Name: "Ada"}, &v1.User{Id: "shell/bob", Name: "Bob"})
	shell.TellRooms(&v1.Room{Id: "shell/lab", Name: "lab", Joined: true})
	shell.hear("hi there") // Behind what was told.
	within(t, shell.said)

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if users, err := bot.Users().List(ctx, "shell"); err != nil || len(users) != 2 || users[1].Name != "Bob" {
		t.Errorf("listed %v, %v", users, err)
	}
	if found, err := bot.Users().Find(ctx, "ADA", ""); err != nil || len(found) != 1 || found[0].ID != "shell/ada" {
		t.Errorf("found %v, %v", found, err)
	}
	if _, err := bot.Users().Get(ctx, "shell/nobody"); chathub.ReasonOf(err) != chathub.ReasonNoSuchPeer {
		t.Errorf("failed with %v", err)
	}
	room, err := bot.Rooms().Get(ctx, "shell/lab")
	if err != nil || !room.Joined {
		t.Errorf("got %v, %v", room, err)
	}
	if rooms, err := bot.Rooms().Find(ctx, "lab", "shell"); err != nil || len(rooms) != 1 {
		t.Errorf("found %v, %v", rooms, err)
	}
}
