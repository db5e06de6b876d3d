package engine

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// An idle task does nothing that a plan could know.
type idle struct{}

func (idle) Do(*Clock) {}

// increment is a call that adds 1 to the elements of a column, or that only reads them.
func increment(column ir.Column, writes bool) *Call {
	b := ir.NewBuilder("increment", ir.All)
	b.Column(0, ir.Float64)
	if v := b.Add(b.Load(0), b.Float(1)); writes {
		b.Store(0, v)
	} else {
		b.Emit(b.Gt(v, b.Float(2)))
	}
	p := ir.Optimize(b.Program())
	call := NewCall(truth{p}, []ir.Column{column}, 0, column.Len())
	call.Describe(p)
	return call
}

type truth struct{ p *ir.Program }

func (t truth) Run(f *ir.Frame, lo, hi int) { ir.Eval(t.p, f, lo, hi) }

func TestFuseTakesTheTwoTasksWhereNothingBetweenCanTell(t *testing.T) {
	own, other := ir.Column{F: make([]float64, 3)}, ir.Column{F: make([]float64, 3)}
	update := &Sweep{Call: increment(own, true), Hi: 3}
	detect := &Detect{Call: increment(own, false), N: 3, Spikes: &Spikes{}}
	clock := &Clock{Dt: 1}
	for _, c := range []struct {
		name    string
		between Task
		fused   bool
	}{
		{"nothing", nil, true},
		{"a sweep of another group", &Sweep{Call: increment(other, true), Hi: 3}, true},
		{"a search of another group", &Detect{Call: increment(other, false), N: 3, Spikes: &Spikes{}}, true},
		{"a generator of spikes", &Generator{Spikes: &Spikes{}}, true},
		{"inputs", newGapGroup(t, 1, 0.5).Gaps, true},
		{"a reader of the column", &Sweep{Call: increment(own, false), Hi: 3}, false},
		{"a writer of the column", &Sweep{Call: increment(own, true), Hi: 3}, false},
		{"a search that marks the column", &Detect{Call: increment(other, false), N: 3, Spikes: &Spikes{}, Mark: increment(own, true)}, false},
		{"a sweep with host functions", &Sweep{Call: &Call{hosts: make([]HostCall, 1)}, Hi: 3}, false},
		{"a task of another kind", idle{}, false},
	} {
		entries := []Entry{{Clock: clock, Slot: 4, Task: update}, {Clock: clock, Slot: 7, Task: detect}}
		if c.between != nil {
			entries = append(entries, Entry{Clock: clock, Slot: 5, Task: c.between})
		}
		p := NewPlan(entries)
		if fused := p.Fuse(&Step{Update: update, Detect: detect}); fused != c.fused {
			t.Errorf("%s between: fused %v, expected %v", c.name, fused, c.fused)
		}
		want := len(entries)
		if c.fused {
			want--
		}
		if len(p.entries) != want {
			t.Errorf("%s between: %d tasks, expected %d", c.name, len(p.entries), want)
		}
	}
}

func TestFuseKeepsTasksOfTwoClocksApart(t *testing.T) {
	own := ir.Column{F: make([]float64, 3)}
	update := &Sweep{Call: increment(own, true), Hi: 3}
	detect := &Detect{Call: increment(own, false), N: 3, Spikes: &Spikes{}}
	p := NewPlan([]Entry{{Clock: &Clock{Dt: 1}, Slot: 4, Task: update}, {Clock: &Clock{Dt: 2}, Slot: 7, Task: detect}})
	if p.Fuse(&Step{Update: update, Detect: detect}) {
		t.Error("fused")
	}
}
