package session

import (
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// Job is a delivery that the function of its route is to be run for. The same delivery run again is
// another job.
type Job struct {
	Delivery *v1.Delivery
	// Since is when the user's patience, as the delivery tells it, began to run.
	Since time.Time
	// Cancel is called with the reason when the delivery was ended by somebody else; set by the
	// session's user before the function begins, under the session's lock.
	Cancel func(error)

	lane      string
	free      bool
	cancelled error
}

// Cancelled tells why the job does not count any more; nil if it does.
func (j *Job) Cancelled() error { return j.cancelled }

func (j *Job) cancel(why error) {
	if j.cancelled != nil {
		return
	}
	j.cancelled = why
	if j.Cancel != nil {
		j.Cancel(why)
	}
}

// jobQueue lets one job of a conversation run at a time, except for those that are free.
type jobQueue struct {
	lanes map[string][]*Job // the first of each lane runs
	ready []*Job
}

// add puts the job behind those of its conversation, or in front of those that wait.
func (q *jobQueue) add(job *Job, first bool) {
	if job.free {
		q.ready = append(q.ready, job)
		return
	}
	if q.lanes == nil {
		q.lanes = map[string][]*Job{}
	}
	lane := q.lanes[job.lane]
	switch {
	case len(lane) == 0:
		q.lanes[job.lane] = []*Job{job}
		q.ready = append(q.ready, job)
	case first:
		q.lanes[job.lane] = append([]*Job{lane[0], job}, lane[1:]...)
	default:
		q.lanes[job.lane] = append(lane, job)
	}
}

// returned lets the next of the conversation begin. A job that was cancelled before it began never
// begins.
func (q *jobQueue) returned(job *Job) {
	if job.free {
		return
	}
	lane := q.lanes[job.lane][1:]
	for len(lane) > 0 && lane[0].cancelled != nil {
		lane = lane[1:]
	}
	if len(lane) == 0 {
		delete(q.lanes, job.lane)
		return
	}
	q.lanes[job.lane] = lane
	q.ready = append(q.ready, lane[0])
}

// takeReady gives out what may begin now, each once.
func (q *jobQueue) takeReady() []*Job {
	ready := q.ready
	q.ready = nil
	return ready
}

func laneOf(conversation *v1.Conversation) string {
	return conversation.GetAdapter() + "\x00" + conversation.GetRoom() + "\x00" +
		conversation.GetThread() + "\x00" + conversation.GetUser()
}
