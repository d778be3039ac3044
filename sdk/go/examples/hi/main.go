// The handler of the README, as it stands there.
package main

import (
	"context"
	"log"

	chathub "github.com/chathub/chathub/sdk/go"
)

func main() {
	bot := chathub.NewHandler("hi")
	bot.Route(`^hi (?P<name>\w+)`, func(ctx context.Context, m *chathub.Message) error {
		return m.Reply(ctx, "hello "+m.Capture("name"))
	})
	log.Fatal(bot.Run(context.Background()))
}
