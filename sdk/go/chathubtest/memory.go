package chathubtest

import (
	"context"
	"sort"
	"strconv"
	"strings"
	"sync"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// memory is a handler's store. Nothing in it expires.
type memory struct {
	v1.UnimplementedStoreServer
	mu       sync.Mutex
	entries  map[string]*v1.StoreEntry
	revision uint64
}

func newMemory() *memory { return &memory{entries: map[string]*v1.StoreEntry{}} }

func (m *memory) get(key string) *v1.StoreEntry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.entries[key]
}

// apply does all writes or none.
func (m *memory) apply(writes []*v1.StoreWrite) (*v1.Problem, *v1.StoreConflict) {
	m.mu.Lock()
	defer m.mu.Unlock()
	changed := map[string]*v1.StoreEntry{}
	now := func(key string) *v1.StoreEntry {
		if entry, known := changed[key]; known {
			return entry
		}
		return m.entries[key]
	}
	for _, write := range writes {
		if revision := now(write.Key).GetRevision(); write.IfRevision != nil && *write.IfRevision != revision {
			return nil, &v1.StoreConflict{Key: write.Key, Revision: revision}
		}
		entry, problem := m.changed(now(write.Key), write)
		if problem != nil {
			return problem, nil
		}
		changed[write.Key] = entry
	}
	for key, entry := range changed {
		if entry == nil {
			delete(m.entries, key)
		} else {
			m.entries[key] = entry
		}
	}
	return nil, nil
}

// changed is an entry after a write; nil if it is gone.
func (m *memory) changed(entry *v1.StoreEntry, write *v1.StoreWrite) (*v1.StoreEntry, *v1.Problem) {
	var value []byte
	switch change := write.Change.(type) {
	case *v1.StoreWrite_Put:
		value = change.Put.Value
	case *v1.StoreWrite_Add:
		number, err := strconv.ParseInt(orElse(string(entry.GetValue()), "0"), 10, 64)
		if err != nil {
			return nil, &v1.Problem{Reason: v1.Reason_REASON_BAD_FRAME, Detail: write.Key + " is no number"}
		}
		value = strconv.AppendInt(nil, number+change.Add, 10)
	default:
		return nil, nil
	}
	m.revision++
	return &v1.StoreEntry{Key: write.Key, Value: value, Revision: m.revision}, nil
}

// Get of the Store service.
func (m *memory) Get(_ context.Context, request *v1.StoreGetRequest) (*v1.StoreGetResponse, error) {
	return &v1.StoreGetResponse{Entry: m.get(request.Key)}, nil
}

// Put of the Store service.
func (m *memory) Put(_ context.Context, request *v1.StorePutRequest) (*v1.StorePutResponse, error) {
	put := &v1.StoreWrite_Put{Put: &v1.StorePut{Value: request.Value}}
	err := m.write(&v1.StoreWrite{Key: request.Key, Change: put, IfRevision: request.IfRevision})
	return &v1.StorePutResponse{Revision: m.get(request.Key).GetRevision()}, err
}

// Delete of the Store service.
func (m *memory) Delete(_ context.Context, request *v1.StoreDeleteRequest) (*v1.StoreDeleteResponse, error) {
	remove := &v1.StoreWrite_Delete{Delete: &v1.StoreRemove{}}
	err := m.write(&v1.StoreWrite{Key: request.Key, Change: remove, IfRevision: request.IfRevision})
	return &v1.StoreDeleteResponse{}, err
}

func (m *memory) write(write *v1.StoreWrite) error {
	_, conflict := m.apply([]*v1.StoreWrite{write})
	if conflict == nil {
		return nil
	}
	refused := status.New(codes.Aborted, conflict.Key+" has changed")
	problem := &v1.Problem{Reason: v1.Reason_REASON_CONFLICT, Detail: refused.Message()}
	if detailed, err := refused.WithDetails(problem); err == nil {
		refused = detailed
	}
	return refused.Err()
}

// List of the Store service; everything on one page.
func (m *memory) List(_ context.Context, request *v1.StoreListRequest) (*v1.StoreListResponse, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	response := &v1.StoreListResponse{}
	for key, entry := range m.entries {
		if strings.HasPrefix(key, request.Prefix) {
			response.Entries = append(response.Entries, entry)
		}
	}
	sort.Slice(response.Entries, func(i, j int) bool { return response.Entries[i].Key < response.Entries[j].Key })
	return response, nil
}
