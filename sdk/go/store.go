package chathub

import (
	"context"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc"
)

// Store is the handler's own key/value memory in the hub; what is done here is done at once. Keys are
// UTF-8 without NUL, at most 512 bytes; a value is at most 128 KiB. Calls wait for at most 10 s, also
// through a hub's restart.
type Store struct{ calls *caller }

// Entry is a key and what is known of it.
type Entry struct {
	Key   string
	Value []byte
	// Revision grows with every change of the key; 0: there is no such key.
	Revision uint64
	// ExpiresAt is zero if it never does.
	ExpiresAt time.Time
}

// Get reads a key. The Revision of what it returns is 0 if there is no such key, which is no error: it
// fits IfRevision either way.
func (s Store) Get(ctx context.Context, key string) (Entry, error) {
	response, err := call(ctx, s.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.StoreGetResponse, error) {
		return v1.NewStoreClient(to).Get(ctx, &v1.StoreGetRequest{Key: key})
	})
	entry := entryFrom(response.GetEntry())
	entry.Key = key
	return entry, err
}

// Put sets a key; its new revision. ReasonConflict: the revision of IfRevision is not that of the key.
//
// A Put with IfRevision that was done, and whose answer was lost, is a conflict when it is tried again.
func (s Store) Put(ctx context.Context, key string, value []byte, options ...WriteOption) (uint64, error) {
	write := putOf(key, value, options)
	request := &v1.StorePutRequest{
		Key: key, Value: value, Ttl: write.GetPut().Ttl, IfRevision: write.IfRevision,
	}
	response, err := call(ctx, s.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.StorePutResponse, error) {
		return v1.NewStoreClient(to).Put(ctx, request)
	})
	return response.GetRevision(), err
}

// Delete removes a key.
func (s Store) Delete(ctx context.Context, key string, options ...WriteOption) error {
	request := &v1.StoreDeleteRequest{Key: key, IfRevision: deleteOf(key, options).IfRevision}
	_, err := call(ctx, s.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.StoreDeleteResponse, error) {
		return v1.NewStoreClient(to).Delete(ctx, request)
	})
	return err
}

// List is all keys that begin with prefix, in the order of their bytes. It makes one call for every
// 1000 of them, or fewer where values are large.
func (s Store) List(ctx context.Context, prefix string) ([]Entry, error) {
	return pages(func(token string) ([]Entry, string, error) {
		response, err := call(ctx, s.calls, func(ctx context.Context, to grpc.ClientConnInterface) (*v1.StoreListResponse, error) {
			return v1.NewStoreClient(to).List(ctx, &v1.StoreListRequest{
				Prefix: prefix, PageSize: pageSize, PageToken: token,
			})
		})
		return mapped(response.GetEntries(), entryFrom), response.GetNextPageToken(), err
	})
}

// Change is a change of one key.
type Change struct {
	// Entry has no value where the key is gone.
	Entry
	Deleted bool
}

// Watch calls changed for every change of keys that begin with prefix from now on; with present, first
// for what is there now. It ends with ctx, or when the hub is lost: what changed until the next Watch
// is not told, so call it with present then. Its error is never nil.
func (s Store) Watch(ctx context.Context, prefix string, present bool, changed func(Change)) error {
	// One of its own: it lives longer than calls do.
	connection, err := s.calls.hub.Dial(s.calls.peer)
	if err != nil {
		return problemOf(err)
	}
	defer connection.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	request := &v1.StoreWatchRequest{Prefix: prefix, WithPresent: present}
	stream, err := v1.NewStoreClient(connection).Watch(ctx, request, grpc.WaitForReady(true))
	for err == nil {
		var response *v1.StoreWatchResponse
		response, err = stream.Recv()
		for _, change := range response.GetChanges() {
			changed(Change{entryFrom(change.Entry), change.Deleted})
		}
	}
	return problemOf(err)
}

func entryFrom(wire *v1.StoreEntry) Entry {
	entry := Entry{Key: wire.GetKey(), Value: wire.GetValue(), Revision: wire.GetRevision()}
	if wire.GetExpiresAt() != nil {
		entry.ExpiresAt = wire.ExpiresAt.AsTime()
	}
	return entry
}
