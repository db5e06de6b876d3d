package engine

import (
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// A Step is the update of a group and the search for its spikes in one loop over the rows.
type Step struct {
	Update *Sweep
	Detect *Detect
	Call   *Call // both programs as one
}

// Do advances the rows and fills the spike list.
func (s *Step) Do(c *Clock) {
	if s.Update.Rest != nil {
		s.Update.Rest.release(c)
	}
	s.Detect.note(c, s.Call.Emitted(c, s.Update.Lo, s.Update.Hi))
}

func (s *Step) calls() []*Call { return append(s.Update.calls(), s.Detect.calls()...) }

// Fuse puts a step in the place of its two tasks where nobody can tell: what stands between them are sweeps, searches
// and inputs of other groups, and none of these reads what the step writes or writes what it reads. It reports whether the
// plan changed.
func (p *Plan) Fuse(s *Step) bool {
	from := slices.IndexFunc(p.entries, func(e Entry) bool { return e.Task == Task(s.Update) })
	to := slices.IndexFunc(p.entries, func(e Entry) bool { return e.Task == Task(s.Detect) })
	if from < 0 || to < from || p.entries[from].Clock != p.entries[to].Clock {
		return false
	}
	for _, e := range p.entries[from+1 : to] {
		if !apart(s, e.Task) {
			return false
		}
	}
	p.entries[to].Task = s
	p.entries = slices.Delete(p.entries, from, from+1)
	return true
}

// swept are the tasks of groups whose calls are all that they do to columns.
type swept interface{ calls() []*Call }

func (s *Sweep) calls() []*Call { return []*Call{s.Call} }

func (d *Detect) calls() []*Call {
	if d.Mark == nil {
		return []*Call{d.Call}
	}
	return []*Call{d.Call, d.Mark}
}

func (g *Gaps) calls() []*Call {
	calls := []*Call{g.chance, g.anew, g.spiked}
	if g.Rates != nil {
		calls = append(calls, g.Rates)
	}
	return calls
}

func (g *Generator) calls() []*Call { return nil }

// apart tells whether it does not matter which of two tasks goes first.
func apart(s *Step, other Task) bool {
	t, ok := other.(swept)
	if !ok {
		return false
	}
	for _, a := range s.calls() {
		for _, b := range t.calls() {
			if a.meets(b) {
				return false
			}
		}
	}
	return true
}

// meets tells whether one of two calls may write what the other uses. A host function may do anything.
func (c *Call) meets(d *Call) bool {
	if len(c.hosts) > 0 || len(d.hosts) > 0 {
		return true
	}
	for k, a := range c.frame.Columns {
		for n, b := range d.frame.Columns {
			if (c.mayWrite(k) || d.mayWrite(n)) && sameStorage(a, b) {
				return true
			}
		}
	}
	return false
}

func (c *Call) mayWrite(column int) bool { return c.writes == nil || c.writes[column] }

// sameStorage tells whether two columns are one.
func sameStorage(a, b ir.Column) bool {
	return sameArray(a.F, b.F) || sameArray(a.I, b.I) || sameArray(a.X, b.X) || sameArray(a.B, b.B)
}

func sameArray[T any](a, b []T) bool { return len(a) > 0 && len(b) > 0 && &a[0] == &b[0] }
