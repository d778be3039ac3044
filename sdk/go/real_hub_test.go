package chathub_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// realHub is `chathub serve` as a process of its own.
type realHub struct {
	t       *testing.T
	program string
	data    string
	process *exec.Cmd
}

func newRealHub(t *testing.T) *realHub {
	t.Helper()
	programs := os.Getenv("CHATHUB_PROGRAMS")
	if programs == "" {
		t.Skip("CHATHUB_PROGRAMS does not say where chathub is; ctest -R sdk.go does")
	}
	// Directly under /tmp: the path of a Unix socket has room for 107 bytes.
	folder, err := os.MkdirTemp("/tmp", "chathub-go-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	hub := &realHub{t: t, program: filepath.Join(programs, "chathub"), data: filepath.Join(folder, "data")}
	write(t, folder, "chathub.toml", "")
	hub.start()
	t.Cleanup(hub.kill)
	return hub
}

func (h *realHub) start() {
	h.t.Helper()
	os.Remove(filepath.Join(h.data, "endpoints"))
	config := filepath.Join(filepath.Dir(h.data), "chathub.toml")
	h.process = exec.Command(h.program, "serve", "--config", config, "--data", h.data, "--listen", "127.0.0.1:0")
	h.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := h.process.Start(); err != nil {
		h.t.Fatal(err)
	}
	for until := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if text, err := os.ReadFile(filepath.Join(h.data, "endpoints")); err == nil && len(text) > 0 {
			return
		} else if time.Now().After(until) {
			h.t.Fatal("the hub did not start")
		}
	}
}

func (h *realHub) kill() {
	_ = h.process.Process.Kill()
	_ = h.process.Wait()
}

// run runs a handler or adapter until the test ends.
func (h *realHub) run(run func(context.Context) error) <-chan error {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx); close(ended) }()
	h.t.Cleanup(func() { cancel(); <-ended })
	return ended
}

func (h *realHub) handler(bot *chathub.Handler) <-chan error {
	if bot.Hub == (chathub.Hub{}) {
		bot.Hub.DataFolder = h.data
	}
	return h.run(bot.Run)
}

func (h *realHub) awaitPeers(names ...string) {
	h.t.Helper()
	said, err := exec.Command(h.program, "peers", "--data", h.data, "--timeout", "20", "--wait", strings.Join(names, ",")).CombinedOutput()
	if err != nil {
		h.t.Fatalf("%v are not attached: %s", names, said)
	}
}

// shell is an adapter whose orders the test sees.
type shell struct {
	*chathub.Adapter
	t    *testing.T
	said chan string
}

func (h *realHub) shell() *shell {
	s := &shell{chathub.NewAdapter("shell"), h.t, make(chan string, 64)}
	s.Hub.DataFolder = h.data
	s.OnOrder = func(_ context.Context, order *v1.Order, result *chathub.OrderResult) error {
		for _, action := range order.Actions {
			s.said <- chathub.PlainText(action.GetSend().GetContent())
		}
		return nil
	}
	h.run(s.Run)
	return s
}

func (s *shell) hear(text string) {
	s.t.Helper()
	_, err := s.Emit(&v1.Event{
		Conversation: &v1.Conversation{User: "shell/ada"}, User: &v1.User{Id: "shell/ada", Name: "Ada"},
		Kind: &v1.Event_Message{Message: &v1.ChatMessage{Content: &v1.Content{Text: text}}},
	}, chathub.EventOrigin{})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestARealHubCarriesAMessageThereAndBack(t *testing.T) {
	hub := newRealHub(t)
	shell := hub.shell()
	hub.handler(hi())
	hub.awaitPeers("handler/hi", "adapter/shell")
	shell.hear("hi Ada")
	if text := within(t, shell.said); text != "hello Ada" {
		t.Errorf("heard %q", text)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := shell.AwaitSettled(ctx); err != nil {
		t.Error(err)
	}
}

func TestBothSidesOutliveARealHub(t *testing.T) {
	hub := newRealHub(t)
	shell := hub.shell()
	hub.handler(hi())
	hub.awaitPeers("handler/hi", "adapter/shell")
	hub.kill()
	hub.start()
	hub.awaitPeers("handler/hi", "adapter/shell")
	shell.hear("hi again")
	if text := within(t, shell.said); text != "hello again" {
		t.Errorf("heard %q", text)
	}
}

func TestAWholeProgramOnARealHubIsWhatTheReadmeSays(t *testing.T) {
	hub := newRealHub(t)
	shell := hub.shell()
	process := startHelloWorld(t, "CHATHUB_DATA="+hub.data)
	hub.awaitPeers("handler/hi", "adapter/shell")
	shell.hear("hi Ada")
	if text := within(t, shell.said); text != "hello Ada" {
		t.Errorf("heard %q", text)
	}
	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := process.Wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestARealHubRefusesInItsOwnWords(t *testing.T) {
	hub := newRealHub(t)
	wrong := hi()
	wrong.Hub = chathub.Hub{DataFolder: hub.data, Token: strings.Repeat("0", 64)}
	if err := within(t, hub.handler(wrong)); chathub.ReasonOf(err) != chathub.ReasonNotAllowed || strings.Contains(err.Error(), "0000") {
		t.Errorf("ended with %v", err)
	}
	pattern := chathub.NewHandler("hi")
	pattern.Route("hi (", nil)
	if err := within(t, hub.handler(pattern)); chathub.ReasonOf(err) != chathub.ReasonBadRoute || !strings.Contains(err.Error(), "route-1") {
		t.Errorf("ended with %v", err)
	}
	hub.handler(calling(nil, chathub.Exclusive()))
	hub.awaitPeers("handler/bot")
	second := chathub.NewHandler("second")
	second.Command("do", nil, chathub.Exclusive())
	if err := within(t, hub.handler(second)); chathub.ReasonOf(err) != chathub.ReasonNameTaken {
		t.Errorf("ended with %v", err)
	}
}

func TestOneConversationIsInOrderOnARealHub(t *testing.T) {
	hub := newRealHub(t)
	shell := hub.shell()
	bot := chathub.NewHandler("bot")
	running := make(chan struct{}, 1)
	bot.Command("turn", func(ctx context.Context, m *chathub.Message) error {
		running <- struct{}{} // Would block for ever beside another one.
		defer func() { <-running }()
		return m.Reply(ctx, m.Capture("rest"))
	})
	hub.handler(bot)
	hub.awaitPeers("handler/bot", "adapter/shell")
	for i := range 50 {
		shell.hear(fmt.Sprint("turn ", i))
	}
	for i := range 50 {
		if text := within(t, shell.said); text != fmt.Sprint(i) {
			t.Fatalf("heard %q, expected %d", text, i)
		}
	}
}

func TestACutLineIsTheSameAttempt(t *testing.T) {
	hub := newRealHub(t)
	shell := hub.shell()
	line := newCuttableLine(t, hub)
	attempts, release := make(chan int, 4), make(chan struct{})
	bot := calling(func(ctx context.Context, m *chathub.Message) error {
		attempts <- m.Attempt()
		<-release
		return m.Reply(ctx, fmt.Sprint("attempt ", m.Attempt()))
	})
	bot.Hub = chathub.Hub{Address: line.address, DataFolder: hub.data}
	hub.handler(bot)
	hub.awaitPeers("handler/bot", "adapter/shell")
	shell.hear("do")
	within(t, attempts)
	line.cut()
	within(t, line.opened) // It comes back within the second that the hub waits for it.
	close(release)
	if text := within(t, shell.said); text != "attempt 1" {
		t.Errorf("heard %q", text)
	}
}

// cuttableLine stands between a program and the hub.
type cuttableLine struct {
	address string
	opened  chan struct{}
	cut     func()
}

func newCuttableLine(t *testing.T, hub *realHub) *cuttableLine {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	line := &cuttableLine{address: listener.Addr().String(), opened: make(chan struct{}, 8)}
	pairs := make(chan [2]net.Conn, 8)
	line.cut = func() {
		pair := within(t, pairs)
		<-line.opened
		pair[0].Close()
		pair[1].Close()
	}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("unix", filepath.Join(hub.data, "hub.sock"))
			if err != nil {
				near.Close()
				continue
			}
			pairs <- [2]net.Conn{near, far}
			line.opened <- struct{}{}
			go copyAll(near, far)
			go copyAll(far, near)
		}
	}()
	return line
}

func copyAll(to, from net.Conn) {
	buffer := make([]byte, 64<<10)
	for {
		count, err := from.Read(buffer)
		if _, failed := to.Write(buffer[:count]); err != nil || failed != nil {
			to.Close()
			return
		}
	}
}
