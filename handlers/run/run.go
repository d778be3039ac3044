package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unicode"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// run is what a command said, within these limits, and how it ended. It gets no input, and of the
// environment only what programs need; above all not the token.
func run(ctx context.Context, argv []string, limit time.Duration, bytes int) string {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	output := &boundedOutput{left: bytes}
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.Stdout, command.Stderr = output, output
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "LANG=C.UTF-8"}
	// A group of its own, so that what it has started ends with it.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = time.Second
	// Should we be killed, it is killed too: with the thread that started it, which must stay for that.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := command.Run()
	return output.String() + ending(ctx, err, limit)
}

// ending tells how a command ended, unless it ended well.
func ending(ctx context.Context, err error, limit time.Duration) string {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return ""
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Sprintf("[ended after %v]", limit)
	case errors.Is(err, exec.ErrWaitDelay):
		return "[something that it started goes on]"
	case errors.As(err, &exit):
		return "[" + exit.String() + "]"
	}
	return "[it could not be run: " + err.Error() + "]"
}

// boundedOutput keeps the beginning of what is written to it and counts the rest.
type boundedOutput struct {
	text   []byte
	left   int
	beyond int
}

func (o *boundedOutput) Write(text []byte) (int, error) {
	kept := min(len(text), o.left)
	o.text = append(o.text, text[:kept]...)
	o.left -= kept
	o.beyond += len(text) - kept
	return len(text), nil
}

// String is printable text that ends with a newline if anything follows.
func (o *boundedOutput) String() string {
	text := strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
			return -1 // A terminal would take it for an order.
		}
		return r
	}, strings.ToValidUTF8(string(o.text), "\uFFFD"))
	text = strings.TrimRight(text, "\n")
	if text != "" {
		text += "\n"
	}
	if o.beyond > 0 {
		text += fmt.Sprintf("[%d bytes more]\n", o.beyond)
	}
	return text
}

func codeBlock(text string) *v1.Block {
	return &v1.Block{Kind: &v1.Block_Code{Code: &v1.CodeBlock{Text: text}}}
}
