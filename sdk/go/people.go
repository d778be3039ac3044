package chathub

import (
	"context"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
)

// Users tells who is in the chat, as the adapters told. Calls wait for at most 10 s, also through a
// hub's restart; a name that nobody knows is a *Problem with ReasonNoSuchPeer.
type Users struct{ calls *caller }

// Get finds a user by qualified id.
func (u Users) Get(ctx context.Context, id string) (User, error) {
	response, err := call(ctx, u.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.GetUserResponse, error) {
		return v1.NewUsersClient(to).GetUser(ctx, &v1.GetUserRequest{Id: id})
	})
	return userFrom(response.GetUser()), err
}

// Find finds users by name or mention name, without regard to case; at most 100. adapter may be empty:
// of every adapter.
func (u Users) Find(ctx context.Context, name, adapter string) ([]User, error) {
	response, err := call(ctx, u.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.FindUsersResponse, error) {
		return v1.NewUsersClient(to).FindUsers(ctx, &v1.FindUsersRequest{Name: name, Adapter: adapter})
	})
	return mapped(response.GetUsers(), userFrom), err
}

// List is all users of an adapter (empty: of every adapter), in the order of their ids. It makes one
// call for every 1000 of them.
func (u Users) List(ctx context.Context, adapter string) ([]User, error) {
	return pages(func(token string) ([]User, string, error) {
		response, err := call(ctx, u.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.ListUsersResponse, error) {
			return v1.NewUsersClient(to).ListUsers(ctx, &v1.ListUsersRequest{
				Adapter: adapter, PageSize: pageSize, PageToken: token,
			})
		})
		return mapped(response.GetUsers(), userFrom), response.GetNextPageToken(), err
	})
}

// Rooms tells where the chat takes place, as the adapters told. Calls wait as those of Users.
type Rooms struct{ calls *caller }

// Get finds a room by qualified id.
func (r Rooms) Get(ctx context.Context, id string) (Room, error) {
	response, err := call(ctx, r.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.GetRoomResponse, error) {
		return v1.NewRoomsClient(to).GetRoom(ctx, &v1.GetRoomRequest{Id: id})
	})
	return roomFrom(response.GetRoom()), err
}

// Find finds rooms by name, without regard to case; at most 100. adapter may be empty: of every
// adapter.
func (r Rooms) Find(ctx context.Context, name, adapter string) ([]Room, error) {
	response, err := call(ctx, r.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.FindRoomsResponse, error) {
		return v1.NewRoomsClient(to).FindRooms(ctx, &v1.FindRoomsRequest{Name: name, Adapter: adapter})
	})
	return mapped(response.GetRooms(), roomFrom), err
}

// List is all rooms of an adapter (empty: of every adapter), or only those that the bot is in, in the
// order of their ids. It makes one call for every 1000 of them.
func (r Rooms) List(ctx context.Context, adapter string, joined bool) ([]Room, error) {
	return pages(func(token string) ([]Room, string, error) {
		response, err := call(ctx, r.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.ListRoomsResponse, error) {
			return v1.NewRoomsClient(to).ListRooms(ctx, &v1.ListRoomsRequest{
				Adapter: adapter, Joined: joined, PageSize: pageSize, PageToken: token,
			})
		})
		return mapped(response.GetRooms(), roomFrom), response.GetNextPageToken(), err
	})
}

// pageSize is the most that the hub gives at once.
const pageSize = 1000

// pages puts together what the hub gives page by page.
func pages[Item any](page func(token string) ([]Item, string, error)) (all []Item, err error) {
	for token := ""; ; {
		items, next, err := page(token)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
		if next == "" {
			return all, nil
		}
		token = next
	}
}

func mapped[From, To any](items []From, to func(From) To) []To {
	all := make([]To, len(items))
	for i, item := range items {
		all[i] = to(item)
	}
	return all
}
