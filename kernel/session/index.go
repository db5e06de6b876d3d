package session

import (
	"fmt"

	"github.com/golgi-sim/golgi/units"
)

// At picks the synapses of a source and a target: synapses.w[At(3, 7)].
func (s *Session) At(source, target any) (string, error) {
	i, err := whole("At", "the source", source)
	if err != nil {
		return "", err
	}
	j, err := whole("At", "the target", target)
	return fmt.Sprintf("i == %d and j == %d", i, j), err
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

// timesOf are the times of the samples of data that were read from a monitor.
func (s *Session) timesOf(a units.Array) units.Array {
	s.mu.Lock()
	e, known := s.names.at(a)
	s.mu.Unlock()
	switch {
	case known && e.name == timeName && a.NDim() == 1:
		return a
	case known && e.timed && a.NDim() > 0 && a.Shape()[a.NDim()-1] == e.times.Len():
		return e.times
	}
	panic(&units.Error{Message: "Between: these data have no times: it picks from what was read from a monitor, as in monitor.v[0][Between(0*ms, 60*ms)]", Hint: "a mask picks from all data: x[t < 60*ms]"})
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
