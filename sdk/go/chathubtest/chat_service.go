package chathubtest

import (
	"context"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// chatService takes what a handler says without having been spoken to. What it does not know is
// UNIMPLEMENTED.
type chatService struct {
	v1.UnimplementedChatServer
	hub *hub
}

// SendMessage of the Chat service.
func (s chatService) SendMessage(_ context.Context, request *v1.SendMessageRequest) (*v1.SendMessageResponse, error) {
	send := &v1.SendAction{Content: request.Content, NotBefore: request.NotBefore}
	s.do(&v1.Action{Kind: &v1.Action_Send{Send: send}})
	return &v1.SendMessageResponse{Key: request.RequestId}, nil
}

// EditMessage of the Chat service.
func (s chatService) EditMessage(_ context.Context, request *v1.EditMessageRequest) (*v1.EditMessageResponse, error) {
	edit := &v1.EditAction{Target: request.Target, Content: request.Content}
	s.do(&v1.Action{Kind: &v1.Action_Edit{Edit: edit}})
	return &v1.EditMessageResponse{Key: request.RequestId}, nil
}

// React of the Chat service.
func (s chatService) React(_ context.Context, request *v1.ReactRequest) (*v1.ReactResponse, error) {
	react := &v1.ReactAction{Target: request.Target, Emoji: request.Emoji, Remove: request.Remove}
	s.do(&v1.Action{Kind: &v1.Action_React{React: react}})
	return &v1.ReactResponse{Key: request.RequestId}, nil
}

func (s chatService) do(action *v1.Action) {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.done = append(s.hub.done, action)
}
