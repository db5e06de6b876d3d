package engine

import (
	"sync/atomic"
	"testing"
	"time"
)

// A tally counts how often each part was done.
type tally struct{ done [3]atomic.Int64 }

func (t *tally) Parts() int { return len(t.done) }

func (t *tally) Part(k int) { t.done[k].Add(1) }

func TestCrewDoesEachPartOnce(t *testing.T) {
	for _, size := range []int{1, 2, 3} {
		c := NewCrew(size)
		var w tally
		for range 1000 {
			c.Do(&w)
		}
		time.Sleep(20 * time.Millisecond) // the members fall asleep
		for range 1000 {
			c.Do(&w)
		}
		c.Close()
		for k := range w.done {
			if got := w.done[k].Load(); got != 2000 {
				t.Errorf("a crew of %d did part %d %d times, expected 2000", size, k, got)
			}
		}
	}
}

// A faulty piece of work panics in one of its parts.
type faulty struct{ at int }

func (f faulty) Parts() int { return 3 }

func (f faulty) Part(k int) {
	if k == f.at {
		panic("a bad index")
	}
}

func TestCrewPassesOnWhatAPartPanicsWith(t *testing.T) {
	c := NewCrew(3)
	defer c.Close()
	for at := range 3 {
		func() {
			defer func() {
				if got := recover(); got != "a bad index" {
					t.Errorf("part %d: recovered %v", at, got)
				}
			}()
			c.Do(faulty{at})
		}()
	}
	var w tally
	c.Do(&w)
	if w.done[2].Load() != 1 {
		t.Error("the crew does not go on")
	}
}

func TestCrewDoesWithoutAllocating(t *testing.T) {
	c := NewCrew(2)
	defer c.Close()
	var w tally
	c.Do(&w)
	if n := testing.AllocsPerRun(100, func() { c.Do(&w) }); n != 0 {
		t.Errorf("found %v allocations a piece of work, expected none", n)
	}
}

// How long does an empty piece of work take?
func BenchmarkCrew(b *testing.B) {
	c := NewCrew(2)
	defer c.Close()
	var w tally
	for b.Loop() {
		c.Do(&w)
	}
}
