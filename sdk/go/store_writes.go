package chathub

import (
	"context"
	"strings"
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/types/known/durationpb"
)

// WriteOption is a condition or a detail of a write to the store.
type WriteOption func(*v1.StoreWrite)

// IfRevision: only if the key's revision is this; 0: only if there is no such key.
func IfRevision(revision uint64) WriteOption {
	return func(w *v1.StoreWrite) { w.IfRevision = &revision }
}

// TTL: the key is gone after this time. For a Put.
func TTL(time time.Duration) WriteOption {
	return func(w *v1.StoreWrite) {
		if put := w.GetPut(); put != nil {
			put.Ttl = durationpb.New(time)
		}
	}
}

// MessageStore writes to the store with the answer: replies, writes and the end of the message happen
// together or not at all, so that what is counted counts once. Where an IfRevision does not hold, the
// function is run again, at most 5 times.
type MessageStore struct{ message *Message }

// Put sets a key.
func (s MessageStore) Put(ctx context.Context, key string, value []byte, options ...WriteOption) error {
	return s.add(ctx, putOf(key, value, options))
}

// Delete removes a key.
func (s MessageStore) Delete(ctx context.Context, key string, options ...WriteOption) error {
	return s.add(ctx, deleteOf(key, options))
}

// Add adds to a decimal number of 64 bits; a missing key counts as 0.
func (s MessageStore) Add(ctx context.Context, key string, amount int64, options ...WriteOption) error {
	write := &v1.StoreWrite{Key: key, Change: &v1.StoreWrite_Add{Add: amount}}
	return s.add(ctx, changed(write, options))
}

func (s MessageStore) add(ctx context.Context, write *v1.StoreWrite) error {
	// The wire refuses anything else, and the whole stream with it.
	write.Key = strings.ToValidUTF8(write.Key, "\uFFFD")
	return s.message.change(ctx, func() {
		s.message.answer.StoreWrites = append(s.message.answer.StoreWrites, write)
	})
}

func putOf(key string, value []byte, options []WriteOption) *v1.StoreWrite {
	put := &v1.StorePut{Value: value}
	return changed(&v1.StoreWrite{Key: key, Change: &v1.StoreWrite_Put{Put: put}}, options)
}

func deleteOf(key string, options []WriteOption) *v1.StoreWrite {
	remove := &v1.StoreWrite_Delete{Delete: &v1.StoreRemove{}}
	return changed(&v1.StoreWrite{Key: key, Change: remove}, options)
}

func changed(write *v1.StoreWrite, options []WriteOption) *v1.StoreWrite {
	for _, option := range options {
		option(write)
	}
	return write
}
