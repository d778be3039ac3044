package lifeline

import "time"

const (
	firstStep   = 100 * time.Millisecond
	longestStep = 5 * time.Second
)

// Backoff tells how long to wait before the next attempt to reach the hub. It doubles from 100 ms to
// 5 s. The jitter keeps a hundred handlers from coming back at once.
type Backoff struct{ step time.Duration }

// Next is between half and all of the present step; random is from 0 to 1. The next one is longer.
func (b *Backoff) Next(random float64) time.Duration {
	step := max(b.step, firstStep)
	b.step = min(2*step, longestStep)
	return step/2 + time.Duration(float64(step/2)*random)
}

// Reset begins anew: it worked.
func (b *Backoff) Reset() { b.step = firstStep }
