// Runs commands of this machine for those who may: `run disk`. Exits 0 after SIGTERM or Ctrl-C, 1 when
// the hub refuses it, 2 when its configuration is wrong.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"

	chathub "github.com/chathub/chathub/sdk/go"
)

func main() {
	path := flag.String("config", "run.json", "the `file` that says who may run what")
	flag.Parse()
	configuration, err := readConfiguration(*path)
	if err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		os.Exit(2)
	}
	log.Fatal(newHandler(configuration).Run(context.Background()))
}

// newHandler waits for `run NAME` of users who are in one of the groups. A command is never run twice for
// one message: what it did the first time can not be undone.
func newHandler(c *configuration) *chathub.Handler {
	bot := chathub.NewHandler("run")
	bot.Command("run", func(ctx context.Context, m *chathub.Message) error {
		argv, known := c.Commands[m.Capture("name")]
		if !known {
			return m.Reply(ctx, fmt.Sprintf("there is no %q; there is: %s", m.Capture("name"), c.names()))
		}
		text := run(ctx, argv, c.timeLimit(), c.Bytes)
		return m.Reply(ctx, text, chathub.Blocks(codeBlock(text)))
	},
		chathub.Groups(c.Groups...), chathub.MaximumAttempts(1), chathub.Free(),
		chathub.Deadline(c.timeLimit()+margin, "the command took too long"),
		chathub.Arguments(chathub.Argument{Name: "name", Required: true, Help: "one of: " + c.names()}),
		chathub.Help("run NAME", "Runs a command on the hub's machine: "+c.names()+"."))
	return bot
}
