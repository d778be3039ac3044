package session

import v1 "github.com/chathub/chathub/sdk/go/chathubv1"

// doneMemory is what became of orders, for the last `most` keys.
type doneMemory struct {
	most        int
	dones       map[string]*v1.Done
	oldestFirst []string
}

func (m *doneMemory) add(done *v1.Done) {
	if m.dones == nil {
		m.dones = map[string]*v1.Done{}
	}
	_, known := m.dones[done.Key]
	m.dones[done.Key] = done
	if known {
		return
	}
	m.oldestFirst = append(m.oldestFirst, done.Key)
	if len(m.oldestFirst) > m.most {
		delete(m.dones, m.oldestFirst[0])
		m.oldestFirst = m.oldestFirst[1:]
	}
}

// resolve names the message by the chat service's id, where it was named by the key it was posted
// under and that is known.
func (m *doneMemory) resolve(ref *v1.MessageRef) {
	posted := ref.GetPosted()
	if posted == nil {
		return
	}
	results := m.dones[posted.Key].GetResults()
	if int(posted.Index) >= len(results) || len(results[posted.Index].PlatformIds) == 0 {
		return
	}
	ref.By = &v1.MessageRef_PlatformId{PlatformId: results[posted.Index].PlatformIds[0]}
}
