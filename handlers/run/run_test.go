package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chathub/chathub/sdk/go/chathubtest"
)

// configured is the handler with this configuration, and an operator in front of it.
func configured(t *testing.T, text string) *chathubtest.Chat {
	t.Helper()
	c, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	chat := chathubtest.New(newHandler(c))
	t.Cleanup(chat.Close)
	chat.Groups = []string{"operators"}
	return chat
}

func read(t *testing.T, text string) (*configuration, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readConfiguration(path)
}

func expect(t *testing.T, heard []string, expected ...string) {
	t.Helper()
	if strings.Join(heard, "|") != strings.Join(expected, "|") {
		t.Errorf("heard %q, expected %q", heard, expected)
	}
}

func TestACommandsOutputIsTheAnswer(t *testing.T) {
	chat := configured(t, `{"groups": ["operators"], "commands": {"hi": ["echo", "hello", "$HOME;", "*"]}}`)
	expect(t, chat.Say("run hi"), "hello $HOME; *\n")
	block := chat.Actions()[0].GetSend().Content.Blocks[0].GetCode()
	if block.GetText() != "hello $HOME; *\n" {
		t.Errorf("the block has %v", block)
	}
}

func TestWhoIsInNoGroupHearsNothing(t *testing.T) {
	chat := configured(t, `{"groups": ["operators"], "commands": {"hi": ["echo", "hello"]}}`)
	chat.Groups = []string{"visitors"}
	expect(t, chat.Say("run hi"))
	chat.Groups = []string{"operators"}
	chat.User.Authenticated = false
	expect(t, chat.Say("run hi"))
}

func TestOnlyWhatIsListedRuns(t *testing.T) {
	chat := configured(t, `{"groups": ["operators"], "commands": {"b": ["true"], "a": ["true"]}}`)
	expect(t, chat.Say("run rm"), `there is no "rm"; there is: a, b`)
	expect(t, chat.Say("run a -rf"), `"-rf" is too much (usage: run NAME)`)
}

func TestFailuresAreTold(t *testing.T) {
	chat := configured(t, `{"groups": ["operators"], "commands": {
		"fail": ["sh", "-c", "echo out; echo err >&2; exit 3"], "missing": ["/no/such/program"]}}`)
	expect(t, chat.Say("run fail"), "out\nerr\n[exit status 3]")
	if heard := chat.Say("run missing"); len(heard) != 1 || !strings.Contains(heard[0], "could not be run") {
		t.Errorf("heard %q", heard)
	}
}

func TestOutputAndTimeAreBounded(t *testing.T) {
	chat := configured(t, `{"groups": ["operators"], "seconds": 1, "bytes": 5, "commands": {
		"long": ["sh", "-c", "printf 1234567890"], "slow": ["sh", "-c", "echo on; sleep 60 & sleep 60"]}}`)
	expect(t, chat.Say("run long"), "12345\n[5 bytes more]\n")
	began := time.Now()
	expect(t, chat.Say("run slow"), "on\n[ended after 1s]")
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestTheTokenIsNotInItsEnvironment(t *testing.T) {
	t.Setenv("CHATHUB_TOKEN", "secret")
	chat := configured(t, `{"groups": ["operators"], "commands": {"env": ["env"]}}`)
	if heard := chat.Say("run env"); strings.Contains(heard[0], "secret") || !strings.Contains(heard[0], "PATH=") {
		t.Errorf("heard %q", heard)
	}
}

func TestOrdersToATerminalAreNotPassedOn(t *testing.T) {
	chat := configured(t, `{"groups": ["operators"], "commands": {"red": ["printf", "\\033[31mred\\tü\\377\\n"]}}`)
	expect(t, chat.Say("run red"), "[31mred\tü\uFFFD\n")
}

func TestAMistakeInTheConfigurationIsNamed(t *testing.T) {
	for text, complaint := range map[string]string{
		`{"commands": {"a": ["true"]}}`:                                        "everybody could run",
		`{"groups": [""], "commands": {"a": ["true"]}}`:                        "no name",
		`{"groups": ["ops"]}`:                                                  "nothing to run",
		`{"groups": ["ops"], "commands": {"a b": ["true"]}}`:                   `"a b"`,
		`{"groups": ["ops"], "commands": {"a": []}}`:                           "a names no program",
		`{"groups": ["ops"], "commands": {"a": ["true"]}, "seconds": 0}`:       "seconds",
		`{"groups": ["ops"], "commands": {"a": ["true"]}, "bytes": 1000000}`:   "bytes",
		`{"groups": ["ops"], "commands": {"a": ["true"]}, "shell": "bash"}`:    "shell",
		`{"groups": ["ops"], "commands": {"a": ["true"]}} {"groups": ["all"]}`: "behind",
		`{`: "run.json",
	} {
		if _, err := read(t, text); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
