package chathub_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
)

func TestAHandlerComesBackAsTheSameInstance(t *testing.T) {
	hub := newFakeHub(t)
	running, release := make(chan struct{}), make(chan struct{})
	hub.run(calling(func(ctx context.Context, m *chathub.Message) error {
		close(running)
		<-release
		return m.Reply(ctx, "answer")
	}))
	stream, hello := hub.greeted()
	if hello.InstanceToken != "" {
		t.Errorf("heard %v", hello)
	}
	stream.deliver(&v1.Delivery{Id: "d", Route: "do"})
	within(t, running)
	stream.end <- refusal(codes.Unavailable, chathub.ReasonGoingAway, "cut")
	stream = hub.next()
	hello = stream.hear().GetHello()
	if hello.InstanceToken != "token" || len(hello.Holding) != 1 || hello.Holding[0].Delivery != "d" {
		t.Errorf("heard %v", hello)
	}
	ok := &v1.HandlerHelloOk{Holding: hello.Holding}
	stream.say(&v1.HandlerCommand{Kind: &v1.HandlerCommand_HelloOk{HelloOk: ok}})
	close(release)
	if finish := stream.hear().GetFinish(); finish.GetDelivery() != "d" {
		t.Errorf("heard %v", finish)
	}
}

func TestAHandlerWaitsForAHubThatIsNotThereYet(t *testing.T) {
	folder := t.TempDir()
	log := &lockedBuffer{}
	bot := hi()
	bot.Hub.DataFolder = folder
	bot.Logger = slog.New(slog.NewTextHandler(log, nil))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	log.await(t, "no hub is running in "+folder)

	listener, err := net.Listen("unix", filepath.Join(folder, "hub.sock"))
	if err != nil {
		t.Fatal(err)
	}
	hub := serveFakeHub(t, "", listener, grpc.NewServer())
	write(t, folder, "owner-token", "secret\n")
	write(t, folder, "endpoints", "unix:"+folder+"/hub.sock\n127.0.0.1:1\n")
	hub.greeted()
	log.await(t, "attached")
	cancel()
	if err := within(t, ended); err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestStoppingDoesNotWaitForAHubThatIsMute(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mute.sock")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	bot := hi()
	bot.Hub = chathub.Hub{Address: "unix:" + path, Token: "secret"}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	if _, err := listener.Accept(); err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(4 * time.Second): // gRPC would give up after 5.
		t.Error("did not end")
	}
}

func TestStoppingFinishesWhatRunsAndLeaves(t *testing.T) {
	hub := newFakeHub(t)
	running, release := make(chan struct{}), make(chan struct{})
	stop, ended := hub.run(calling(func(ctx context.Context, m *chathub.Message) error {
		close(running)
		<-release
		return m.Reply(ctx, "finished")
	}))
	stream, _ := hub.greeted()
	stream.deliver(&v1.Delivery{Id: "d", Route: "do"})
	within(t, running)
	stop()
	if stream.hear().GetLeaving() == nil {
		t.Error("did not say goodbye")
	}
	close(release)
	if finish := stream.hear().GetFinish(); finish.GetDelivery() != "d" {
		t.Errorf("heard %v", finish)
	}
	stream.ok("d")
	if err := within(t, ended); err != nil {
		t.Errorf("ended with %v", err)
	}
}

// startHelloWorld is the whole program of the README as a process, which finds the hub by its
// environment.
func startHelloWorld(t *testing.T, environment ...string) *exec.Cmd {
	t.Helper()
	program := filepath.Join(t.TempDir(), "hi")
	if said, err := exec.Command("go", "build", "-o", program, "./examples/hi").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	process := exec.Command(program)
	process.Env = append([]string{"HOME=/nonexistent"}, environment...)
	process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	process.Stderr = os.Stderr
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = process.Process.Kill() })
	return process
}

func TestTheReadmeHasTheProgramAsItIsTested(t *testing.T) {
	program, err := os.ReadFile("examples/hi/main.go")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(program), "\n")
	if !strings.Contains(string(readme), "```go\n"+code+"```\n") {
		t.Error("examples/hi/main.go is another one")
	}
}

func TestSIGTERMEndsAWholeProgramWith0(t *testing.T) {
	hub := newFakeHub(t)
	process := startHelloWorld(t, "CHATHUB_ADDRESS="+hub.address, "CHATHUB_TOKEN=secret")
	stream, _ := hub.greeted()
	stream.deliver(&v1.Delivery{Id: "d", Route: "route-1", Captures: map[string]string{"name": "Ada"}})
	if text := stream.hear().GetFinish().Actions[0].GetSend().Content.Text; text != "hello Ada" {
		t.Errorf("heard %q", text)
	}
	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if stream.hear().GetLeaving() == nil {
		t.Error("did not say goodbye")
	}
	stream.ok("d")
	if err := process.Wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestARefusalEndsAWholeProgramWith1(t *testing.T) {
	hub := newFakeHub(t)
	process := startHelloWorld(t, "CHATHUB_ADDRESS="+hub.address, "CHATHUB_TOKEN=secret")
	hub.next().end <- refusal(codes.Unauthenticated, chathub.ReasonNotAllowed, "the token is wrong")
	if err := process.Wait(); err == nil || process.ProcessState.ExitCode() != 1 {
		t.Errorf("ended with %v", err)
	}
}

// lockedBuffer is a log that can be waited for.
type lockedBuffer struct {
	mu      sync.Mutex
	buffer  bytes.Buffer
	written chan struct{}
}

func (b *lockedBuffer) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.written != nil {
		close(b.written)
		b.written = nil
	}
	return b.buffer.Write(text)
}

func (b *lockedBuffer) await(t *testing.T, text string) {
	t.Helper()
	for {
		b.mu.Lock()
		there := strings.Contains(b.buffer.String(), text)
		if b.written == nil {
			b.written = make(chan struct{})
		}
		written := b.written
		b.mu.Unlock()
		if there {
			return
		}
		within(t, written)
	}
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
