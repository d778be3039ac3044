// The conformance kit's adapter on the SDK for Go; ../../README.md says what it does.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

func eventOf(line string) *v1.Event {
	fields := strings.SplitN(line, "\t", 3)
	user, room, text := fields[0], fields[1], fields[2]
	return &v1.Event{
		Conversation: &v1.Conversation{Room: "pipe/" + room},
		User:         &v1.User{Id: "pipe/" + user, Name: user},
		Kind: &v1.Event_Message{
			Message: &v1.ChatMessage{Content: &v1.Content{Text: text}},
		},
	}
}

func read(adapter *chathub.Adapter) {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		if _, err := adapter.Emit(eventOf(strings.TrimSuffix(line, "\n")), chathub.EventOrigin{}); err != nil {
			log.Print(err)
		}
	}
}

func main() {
	adapter := chathub.NewAdapter("pipe")
	adapter.Service = "pipes"
	adapter.OwnUserID = "pipe/hub"
	posted := 0
	adapter.OnOrder = func(_ context.Context, order *v1.Order, result *chathub.OrderResult) error {
		room := strings.TrimPrefix(order.Conversation.Room, "pipe/")
		for _, action := range order.Actions {
			if action.GetSend() == nil {
				result.Fail(chathub.ReasonUnsupported, "only texts")
				return nil
			}
			fmt.Printf("%s\t%s\n", room, action.GetSend().Content.Text)
			posted++
			result.Done(strconv.Itoa(posted))
		}
		return nil
	}
	go read(adapter)
	log.Fatal(adapter.Run(context.Background()))
}
