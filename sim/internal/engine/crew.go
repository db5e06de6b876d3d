package engine

import (
	"runtime"
	"sync/atomic"
)

// A Crew is goroutines that do the parts of a piece of work at once, together with the one that asks. They begin with the
// first piece and end with Close. A piece costs about a microsecond more than its parts while the pieces follow each
// other closely: who waits looks around for some microseconds, then lets others go first, then sleeps.
type Crew struct {
	size    int
	spins   int // how often to look before others go first
	work    Work
	parts   int64         // of it
	next    atomic.Int64  // the first part that nobody has taken
	turn    atomic.Uint64 // of the piece of work at hand; odd when there will be no more
	busy    atomic.Int32  // members that are not done with it
	problem atomic.Pointer[trouble]
	members []*member
}

// Work is done in parts, which must not touch what another part writes. Members take part after part, so that one whose
// processor is slow does fewer.
type Work interface {
	Parts() int
	Part(k int)
}

// A trouble is what a part panicked with.
type trouble struct{ value any }

// A member waits for its turn.
type member struct {
	asleep atomic.Bool
	wake   chan struct{}
}

// NewCrew is a crew for work in so many parts.
func NewCrew(size int) *Crew {
	c := &Crew{size: size}
	if size <= runtime.GOMAXPROCS(0) {
		c.spins = spins
	}
	return c
}

// Size is the number of members, who asks among them: 1 for a crew that is nil.
func (c *Crew) Size() int {
	if c == nil {
		return 1
	}
	return c.size
}

// Do does the parts of w and returns when all are done. What one of them panics with it panics with.
func (c *Crew) Do(w Work) {
	if c.members == nil {
		c.begin()
	}
	c.work, c.parts = w, int64(w.Parts())
	c.next.Store(0)
	c.busy.Store(int32(len(c.members)))
	c.call(2)
	c.join()
	for turns := 0; c.busy.Load() > 0; turns++ {
		c.pause(turns)
	}
	if p := c.problem.Swap(nil); p != nil {
		panic(p.value)
	}
}

func (c *Crew) begin() {
	for range c.size - 1 {
		m := &member{wake: make(chan struct{}, 1)}
		c.members = append(c.members, m)
		go c.serve(m, c.turn.Load())
	}
}

// call moves the turn on and wakes who sleeps.
func (c *Crew) call(by uint64) {
	c.turn.Add(by)
	for _, m := range c.members {
		if m.asleep.CompareAndSwap(true, false) {
			m.wake <- struct{}{}
		}
	}
}

// Close ends the goroutines. A crew that is nil has none.
func (c *Crew) Close() {
	if c != nil && c.members != nil {
		c.call(1)
		c.members = nil
	}
}

// serve joins in each piece of work after the given turn.
func (c *Crew) serve(m *member, seen uint64) {
	for {
		seen = c.await(m, seen)
		if seen%2 == 1 {
			return
		}
		c.join()
		c.busy.Add(-1)
	}
}

// join does parts as long as there are any, and keeps what one panics with.
func (c *Crew) join() {
	defer func() {
		if value := recover(); value != nil {
			c.problem.Store(&trouble{value})
		}
	}()
	for k := c.next.Add(1) - 1; k < c.parts; k = c.next.Add(1) - 1 {
		c.work.Part(int(k))
	}
}

// await is the next turn.
func (c *Crew) await(m *member, seen uint64) uint64 {
	for turns := 0; ; turns++ {
		if now := c.turn.Load(); now != seen {
			return now
		}
		if turns < c.spins+yields {
			c.pause(turns)
			continue
		}
		m.asleep.Store(true)
		if c.turn.Load() == seen || !m.asleep.CompareAndSwap(true, false) {
			<-m.wake
		}
		turns = 0
	}
}

// How often to look before others go first, some ten microseconds where there is a processor for each, and from then on
// before sleeping, a quarter of a millisecond or so.
const (
	spins  = 20_000
	yields = 1_000
)

func (c *Crew) pause(turns int) {
	if turns >= c.spins {
		runtime.Gosched()
	}
}
