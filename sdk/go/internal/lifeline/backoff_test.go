package lifeline

import (
	"testing"
	"time"
)

func TestEveryWaitIsLongerUntilItWorkedOrTook5Seconds(t *testing.T) {
	var backoff Backoff
	for _, step := range []int{100, 200, 400, 800, 1600, 3200, 5000, 5000} {
		expected := time.Duration(step) * time.Millisecond
		if wait := backoff.Next(1); wait != expected {
			t.Errorf("waits %v, expected %v", wait, expected)
		}
	}
	backoff.Reset()
	if wait := backoff.Next(0); wait != 50*time.Millisecond {
		t.Errorf("waits %v, expected half of the first step", wait)
	}
}
