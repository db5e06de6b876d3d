package session

import (
	"fmt"
	"slices"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// At picks the synapses of a source and a target: synapses.w[At(3, 7)].
func (s *Session) At(source, target any) (sim.Pair, error) {
	i, err := whole("At", "the source", source)
	if err != nil {
		return sim.Pair{}, err
	}
	j, err := whole("At", "the target", target)
	return sim.Pair{I: i, J: j}, err
}

// A Column picks a column of a matrix.
type Column struct{ k int }

// Col picks column k: monitor.v[Col(k)] is sample k of every row. Negative numbers count from the end.
func (s *Session) Col(k any) (Column, error) {
	n, err := whole("Col", "the number of the column", k)
	return Column{n}, err
}

// Of is the column of a matrix.
func (c Column) Of(a units.Array) units.Array {
	if a.NDim() != 2 {
		panic(&units.Error{Message: fmt.Sprintf("Col: found an array with %d axes, expected a matrix", a.NDim())})
	}
	return a.Col(c.k)
}

// Times pick the samples of a monitor within an interval.
type Times struct {
	s        *Session
	from, to units.Quantity
}

// Between picks the samples of a monitor from a time on and before another: monitor.v[0][Between(0*ms, 60*ms)].
func (s *Session) Between(from, to units.Quantity) Times { return Times{s, from, to} }

// Of is the part of an array that was read from a monitor, along its last axis. It is a copy.
func (p Times) Of(a units.Array) units.Array {
	times := p.s.timesOf(a)
	lo, hi := units.Of(p.from), units.Of(p.to)
	slack := units.Of(units.New(1e-9*max(p.from.Abs().SI(), p.to.Abs().SI()), times.Dim())) // sums of steps are inexact
	mask := times.Ge(lo.Sub(slack)).And(times.Lt(hi.Sub(slack)))
	if a.NDim() == 1 {
		return p.s.alike(a, a.Index(mask), times.Index(mask))
	}
	var columns []float64
	for r := range a.Len() {
		columns = append(columns, a.Row(r).Index(mask).SI()...)
	}
	count := len(columns) / max(a.Len(), 1)
	return p.s.alike(a, units.NewKind(columns, a.Dim(), a.Kind(), a.Len(), count), times.Index(mask))
}

// timesOf are the times of the samples of data: those that were read with them, else those of the one monitor that has
// as many samples. An array of times has itself.
func (s *Session) timesOf(a units.Array) units.Array {
	s.mu.Lock()
	e, known := s.names.at(a)
	s.mu.Unlock()
	samples := 0
	if a.NDim() > 0 {
		samples = a.Shape()[a.NDim()-1]
	}
	if a.NDim() == 1 && a.Dim() == units.Second.Dim() {
		return a
	}
	if known && e.timed && samples == e.times.Len() {
		return e.times
	}
	times := s.timesOfSamples(samples)
	if len(times) == 1 {
		return times[0]
	}
	panic(&units.Error{Message: fmt.Sprintf("Between: %d values have no times, or those of several monitors: it picks from what was read from a monitor, as in monitor.v[0][Between(0*ms, 60*ms)]", samples), Hint: "a mask picks from all data: x[t < 60*ms]"})
}

// timesOfSamples are the different times of the monitors with a number of samples.
func (s *Session) timesOfSamples(n int) (all []units.Array) {
	for _, o := range append(s.held(), objectsIn(s.host.Locals())...) {
		m, ok := o.(*sim.StateMonitor)
		if !ok {
			continue
		}
		t, err := m.Read("t")
		if err == nil && t.Len() == n && n > 0 && !slices.ContainsFunc(all, func(b units.Array) bool { return slices.Equal(t.SI(), b.SI()) }) {
			all = append(all, t)
		}
	}
	return all
}

// alike gives a part of data the name of the whole.
func (s *Session) alike(whole, part, times units.Array) units.Array {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, known := s.names.at(whole); known {
		if e.timed {
			e.times = times
		}
		s.names.add(part, e)
	}
	return part
}
