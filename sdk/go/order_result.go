package chathub

import (
	"errors"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// OrderResult is told what became of an order's actions, one after the other. Actions that it is not
// told about count as done, unless one before them failed.
type OrderResult struct {
	results []*v1.ActionResult
	failed  bool
}

// Done: the next action is done; with the ids of the messages that it made, by which they can be
// edited.
func (r *OrderResult) Done(platformIDs ...string) {
	r.results = append(r.results, &v1.ActionResult{PlatformIds: platformIDs})
}

// Fail: the next action failed; do none of those behind it. platformIDs are what was posted before a
// long text could not be finished.
func (r *OrderResult) Fail(reason Reason, detail string, platformIDs ...string) {
	if r.failed {
		return
	}
	r.failed = true
	r.results = append(r.results, &v1.ActionResult{
		PlatformIds: platformIDs, Problem: &v1.Problem{Reason: reason, Detail: detail},
	})
}

func (r *OrderResult) fail(err error) {
	reason := ReasonOurFault
	var problem *Problem
	if errors.As(err, &problem) {
		reason = problem.Reason
	}
	r.Fail(reason, err.Error())
}
