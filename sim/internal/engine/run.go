package engine

import (
	"cmp"
	"math"
	"slices"
	"sync/atomic"
)

// A Task is what one object does in one slot of a step.
type Task interface{ Do(*Clock) }

// Kinds order the tasks of one slot and order.
const (
	KindRegular   = iota // run_regularly
	KindOperation        // network operations
	KindObject           // everything else
	KindMonitor
)

// An Entry is a task and its place in the step.
type Entry struct {
	Clock *Clock
	Slot  int // 3*k+1 for slot k of the schedule, one less and one more for before_ and after_
	Order int
	Kind  int
	Seq   int // creation order, the last word between equals
	Task  Task
}

// A Plan is all tasks of a network in the order of a step.
type Plan struct {
	entries []Entry
	clocks  []*Clock
}

// NewPlan sorts the tasks by slot, order, kind and creation. Clocks that only show a time, and drive no task, run too.
func NewPlan(entries []Entry, clocks ...*Clock) *Plan {
	p := &Plan{entries: slices.Clone(entries), clocks: clocks}
	slices.SortStableFunc(p.entries, func(a, b Entry) int {
		return cmp.Or(a.Slot-b.Slot, a.Order-b.Order, a.Kind-b.Kind, a.Seq-b.Seq)
	})
	for _, e := range p.entries {
		if !slices.Contains(p.clocks, e.Clock) {
			p.clocks = append(p.clocks, e.Clock)
		}
	}
	return p
}

// A Control steers a run from outside: Stop ends it after the step at hand, Report is told how far it is, now and then.
type Control struct {
	Stop   *atomic.Bool
	Report func(done float64) // the time reached [s]; nil for none
	Every  int                // loop turns between looks at the report
}

// Run takes steps until every clock is at its end, and returns the time it reached when it was stopped, and whether
// it was.
//
// One turn of the loop is one instant: the clocks with the least next time fire together, those within 1e-4 of the
// smallest step counting as equal. At an instant the tasks of these clocks run in the order of the plan, one after the
// other; each sees all that earlier ones wrote (Fuse makes one task of two where this cannot be told). Slots: start,
// groups, thresholds, synapses, resets, end. Between thresholds and resets the spike lists hold the spikes of this step,
// ascending; a pathway queues them and delivers what is due, so that a spike without delay arrives in the step that
// emitted it, and its target can cross threshold one step later. A recorder in slot start sees the values before the
// update, stamped with the time of the step. Nothing in the loop allocates, and the stop flag is looked at every turn.
func (p *Plan) Run(control Control) (reached float64, stopped bool) {
	due := make([]*Clock, 0, len(p.clocks))
	for turn := 0; ; turn++ {
		due = p.due(due[:0])
		if len(due) == 0 {
			return 0, false
		}
		if control.Stop.Load() {
			return due[0].Time(), true
		}
		if control.Report != nil && turn%control.Every == 0 {
			control.Report(due[0].Time())
		}
		p.step(due)
		for _, c := range due {
			c.Step++
		}
	}
}

func (p *Plan) step(due []*Clock) {
	all := len(due) == len(p.clocks)
	for i := range p.entries {
		e := &p.entries[i]
		if all || slices.Contains(due, e.Clock) {
			e.Task.Do(e.Clock)
		}
	}
}

// due appends the clocks of the next instant.
func (p *Plan) due(due []*Clock) []*Clock {
	next, smallest := math.Inf(1), math.Inf(1)
	for _, c := range p.clocks {
		if c.Step < c.end {
			next, smallest = min(next, c.Time()), min(smallest, c.Dt)
		}
	}
	for _, c := range p.clocks {
		if c.Step < c.end && c.Time()-next <= 1e-4*smallest {
			due = append(due, c)
		}
	}
	return due
}
