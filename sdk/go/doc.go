// Package chathub adds functions to a chat, and plugs chat services in: the SDK for Go of Chathub.
//
// A handler is a whole program:
//
//	bot := chathub.NewHandler("hi")
//	bot.Route(`^hi (?P<name>\w+)`, func(ctx context.Context, m *chathub.Message) error {
//		return m.Reply(ctx, "hello "+m.Capture("name"))
//	})
//	log.Fatal(bot.Run(context.Background()))
//
// It finds the hub of its user by itself, comes back after every failure, and runs one message of a
// conversation at a time. Package chathubtest tests it without a hub. An [Adapter] is the other side.
// Package chathubv1 is what goes over the wire, generated from the files in proto/chathub/v1, whose
// comments are the contract.
package chathub
