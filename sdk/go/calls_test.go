package chathub_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// services answer every call with what the test has put there for its request's type, and remember the
// request.
type services struct {
	v1.UnimplementedStoreServer
	v1.UnimplementedChatServer
	v1.UnimplementedUsersServer
	v1.UnimplementedRoomsServer

	mu      sync.Mutex
	answers []func() (proto.Message, error) // in order; the last one again and again
	heard   []proto.Message
	peer    []string
	// If set, SetTopic says that it began, and answers when it may.
	topicBegan, topicMayEnd chan struct{}
}

func (s *services) register(server *grpc.Server) {
	v1.RegisterStoreServer(server, s)
	v1.RegisterChatServer(server, s)
	v1.RegisterUsersServer(server, s)
	v1.RegisterRoomsServer(server, s)
}

func (s *services) then(answer proto.Message, err error) *services {
	s.answers = append(s.answers, func() (proto.Message, error) { return answer, err })
	return s
}

func answer[Response proto.Message](s *services, ctx context.Context, request proto.Message) (response Response, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	given, _ := metadata.FromIncomingContext(ctx)
	s.heard, s.peer = append(s.heard, request), given.Get("chathub-peer")
	next := s.answers[0]
	if len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
	message, err := next()
	if err != nil {
		return response, err
	}
	return message.(Response), nil
}

func (s *services) Get(ctx context.Context, r *v1.StoreGetRequest) (*v1.StoreGetResponse, error) {
	return answer[*v1.StoreGetResponse](s, ctx, r)
}

func (s *services) Put(ctx context.Context, r *v1.StorePutRequest) (*v1.StorePutResponse, error) {
	return answer[*v1.StorePutResponse](s, ctx, r)
}

func (s *services) Delete(ctx context.Context, r *v1.StoreDeleteRequest) (*v1.StoreDeleteResponse, error) {
	return answer[*v1.StoreDeleteResponse](s, ctx, r)
}

func (s *services) List(ctx context.Context, r *v1.StoreListRequest) (*v1.StoreListResponse, error) {
	return answer[*v1.StoreListResponse](s, ctx, r)
}

func (s *services) Watch(r *v1.StoreWatchRequest, stream grpc.ServerStreamingServer[v1.StoreWatchResponse]) error {
	for _, key := range []string{"a", "b"} {
		change := &v1.StoreChange{Entry: &v1.StoreEntry{Key: r.Prefix + key}, Deleted: key == "b"}
		if err := stream.Send(&v1.StoreWatchResponse{Changes: []*v1.StoreChange{change}}); err != nil {
			return err
		}
	}
	<-stream.Context().Done()
	return stream.Context().Err()
}

func (s *services) SendMessage(ctx context.Context, r *v1.SendMessageRequest) (*v1.SendMessageResponse, error) {
	return answer[*v1.SendMessageResponse](s, ctx, r)
}

func (s *services) SetTopic(ctx context.Context, r *v1.SetTopicRequest) (*v1.SetTopicResponse, error) {
	if s.topicBegan != nil {
		close(s.topicBegan)
		<-s.topicMayEnd
		return &v1.SetTopicResponse{}, ctx.Err()
	}
	return answer[*v1.SetTopicResponse](s, ctx, r)
}

func (s *services) GetUser(ctx context.Context, r *v1.GetUserRequest) (*v1.GetUserResponse, error) {
	return answer[*v1.GetUserResponse](s, ctx, r)
}

func (s *services) ListRooms(ctx context.Context, r *v1.ListRoomsRequest) (*v1.ListRoomsResponse, error) {
	return answer[*v1.ListRoomsResponse](s, ctx, r)
}

// callerOf is a handler that calls these services; it needs no Run for that.
func callerOf(t *testing.T, s *services) *chathub.Handler {
	bot := hi()
	bot.Hub = chathub.Hub{Address: newFakeHub(t, s.register).address, Token: "secret"}
	return bot
}

func TestAKeyThatIsNotThereFitsAPutThatWantsNone(t *testing.T) {
	s := (&services{}).then(&v1.StoreGetResponse{}, nil).then(&v1.StorePutResponse{Revision: 5}, nil)
	bot := callerOf(t, s)
	entry, err := bot.Store().Get(context.Background(), "key")
	if err != nil || entry.Revision != 0 {
		t.Fatalf("got %v, %v", entry, err)
	}
	revision, err := bot.Store().Put(context.Background(), "key", []byte("v"), chathub.IfRevision(entry.Revision), chathub.TTL(time.Hour))
	if err != nil || revision != 5 {
		t.Errorf("put gave %v, %v", revision, err)
	}
	put := s.heard[1].(*v1.StorePutRequest)
	if put.IfRevision == nil || put.GetIfRevision() != 0 || put.Ttl.AsDuration() != time.Hour || string(put.Value) != "v" {
		t.Errorf("heard %v", put)
	}
	if fmt.Sprint(s.peer) != "[handler/hi]" {
		t.Errorf("called as %v", s.peer)
	}
}

func TestAConflictIsAProblemWithItsReason(t *testing.T) {
	bot := callerOf(t, (&services{}).then(nil, refusal(codes.Aborted, chathub.ReasonConflict, "key has changed")))
	err := bot.Store().Delete(context.Background(), "key", chathub.IfRevision(1))
	if chathub.ReasonOf(err) != chathub.ReasonConflict || err.Error() != "key has changed" {
		t.Errorf("failed with %v", err)
	}
}

func TestListsAreReadPageByPage(t *testing.T) {
	page := func(next string, keys ...string) *v1.StoreListResponse {
		response := &v1.StoreListResponse{NextPageToken: next}
		for _, key := range keys {
			response.Entries = append(response.Entries, &v1.StoreEntry{Key: key})
		}
		return response
	}
	s := (&services{}).then(page("2", "a", "b"), nil).then(page("", "c"), nil)
	entries, err := callerOf(t, s).Store().List(context.Background(), "")
	if err != nil || len(entries) != 3 || entries[2].Key != "c" {
		t.Errorf("listed %v, %v", entries, err)
	}
	if token := s.heard[1].(*v1.StoreListRequest).PageToken; token != "2" {
		t.Errorf("asked for page %q", token)
	}
}

func TestWatchingTellsChangesUntilToldToEnd(t *testing.T) {
	bot := callerOf(t, &services{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var told []string
	err := bot.Store().Watch(ctx, "key/", true, func(c chathub.Change) {
		told = append(told, fmt.Sprint(c.Key, c.Deleted))
		if c.Deleted {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || fmt.Sprint(told) != "[key/afalse key/btrue]" {
		t.Errorf("told %v, ended with %v", told, err)
	}
}

func TestACallOutlivesARestartAndIsTheSameCall(t *testing.T) {
	away := status.Error(codes.Unavailable, "away")
	s := (&services{}).then(nil, away).then(nil, away).then(&v1.SendMessageResponse{Key: "k"}, nil)
	where := chathub.Conversation{Adapter: "irc", Room: "irc/#a"}
	said, err := callerOf(t, s).Chat().Send(context.Background(), where, "news", chathub.ReplyTo("m1"))
	if err != nil || said.Key != "k" {
		t.Fatalf("said %v, %v", said, err)
	}
	first, last := s.heard[0].(*v1.SendMessageRequest), s.heard[2].(*v1.SendMessageRequest)
	if first.RequestId == "" || first.RequestId != last.RequestId || last.Content.ReplyTo != "m1" || last.Conversation.Room != "irc/#a" {
		t.Errorf("heard %v, then %v", first, last)
	}
}

func TestACallThatMeetsAHubGoingAwayDisturbsNoOther(t *testing.T) {
	s := &services{topicBegan: make(chan struct{}), topicMayEnd: make(chan struct{})}
	s.then(nil, status.Error(codes.Unavailable, "away")).then(&v1.GetUserResponse{}, nil)
	bot := callerOf(t, s)
	ended := make(chan error, 1)
	go func() { ended <- bot.Chat().SetTopic(context.Background(), "irc/#a", "news") }()
	within(t, s.topicBegan)
	if _, err := bot.Users().Get(context.Background(), "irc/ada"); err != nil {
		t.Error(err)
	}
	close(s.topicMayEnd)
	if err := within(t, ended); err != nil {
		t.Errorf("the other call failed: %v", err)
	}
}

func TestACallThatIsRefusedIsNotRepeated(t *testing.T) {
	s := (&services{}).then(nil, refusal(codes.PermissionDenied, chathub.ReasonNotAllowed, "not there"))
	err := callerOf(t, s).Chat().SetTopic(context.Background(), "irc/#a", "news")
	if chathub.ReasonOf(err) != chathub.ReasonNotAllowed || len(s.heard) != 1 {
		t.Errorf("failed with %v after %d calls", err, len(s.heard))
	}
}

func TestACallEndsWithItsContext(t *testing.T) {
	bot := hi()
	bot.Hub.DataFolder = t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err := bot.Users().Get(ctx, "irc/ada")
	if chathub.ReasonOf(err) != chathub.ReasonNotAttached {
		t.Errorf("failed with %v", err)
	}
}

func TestUsersAndRoomsAreFound(t *testing.T) {
	user := &v1.User{Id: "irc/ada", Name: "Ada", Authenticated: true}
	s := (&services{}).then(&v1.GetUserResponse{User: user}, nil).
		then(&v1.ListRoomsResponse{Rooms: []*v1.Room{{Id: "irc/#a", Joined: true}}}, nil)
	bot := callerOf(t, s)
	if ada, err := bot.Users().Get(context.Background(), "irc/ada"); err != nil || ada.Name != "Ada" || !ada.Authenticated {
		t.Errorf("found %v, %v", ada, err)
	}
	rooms, err := bot.Rooms().List(context.Background(), "irc", true)
	if err != nil || len(rooms) != 1 || !rooms[0].Joined {
		t.Errorf("found %v, %v", rooms, err)
	}
}
