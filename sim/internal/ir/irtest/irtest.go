// Package irtest holds a backend against the meaning of programs: every operation on edge values, every storage class and
// domain, random programs, hazards of reading and writing columns in place, indices outside their column, calls at once.
//
//	func TestConforms(t *testing.T) { irtest.TestBackend(t, vm.New()) }
//
// A frame is run by ir.Eval and by the backend; afterwards all columns and the emitted rows must have the same bits (any
// NaN equals any other).
package irtest

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// TestBackend runs the whole suite.
func TestBackend(t *testing.T, backend ir.Backend) {
	t.Run("Operations", func(t *testing.T) { testOperations(t, backend) })
	t.Run("Memory", func(t *testing.T) { testMemory(t, backend) })
	t.Run("Functions", func(t *testing.T) { testFunctions(t, backend) })
	t.Run("Random", func(t *testing.T) { testRandom(t, backend) })
	t.Run("Hazards", func(t *testing.T) { testHazards(t, backend) })
	t.Run("Emit", func(t *testing.T) { testEmit(t, backend) })
	t.Run("Indices", func(t *testing.T) { testIndices(t, backend) })
	t.Run("AtOnce", func(t *testing.T) { testAtOnce(t, backend) })
	t.Run("Allocations", func(t *testing.T) { testAllocations(t, backend) })
	t.Run("NoRows", func(t *testing.T) { testNoRows(t, backend) })
	t.Run("Refuses", func(t *testing.T) { testRefuses(t, backend) })
}

// A span is the rows of one call.
type span struct{ lo, hi int }

// Compare runs p over the spans, one call each, by Eval and by the backend, both on copies of f, and reports the first
// difference. The program is in the message.
func Compare(backend ir.Backend, p *ir.Program, f *ir.Frame, spans ...span) error {
	loop, err := backend.Compile(p)
	if err != nil {
		return fmt.Errorf("%v\n%s", err, p)
	}
	want, found := clone(f), clone(f)
	for _, s := range spans {
		ir.Eval(p, want, s.lo, s.hi)
		loop.Run(found, s.lo, s.hi)
		if err := difference(want, found); err != nil {
			return fmt.Errorf("rows %d to %d: %v\n%s", s.lo, s.hi-1, err, p)
		}
	}
	return nil
}

func check(t *testing.T, backend ir.Backend, p *ir.Program, f *ir.Frame, spans ...span) {
	t.Helper()
	if err := Compare(backend, p, f, spans...); err != nil {
		t.Error(err)
	}
}

func clone(f *ir.Frame) *ir.Frame {
	g := *f
	g.Columns = make([]ir.Column, len(f.Columns))
	for k, c := range f.Columns {
		g.Columns[k] = ir.Column{F: slices.Clone(c.F), I: slices.Clone(c.I), X: slices.Clone(c.X), B: slices.Clone(c.B)}
	}
	g.Out, g.Scratch = nil, nil
	return &g
}

func difference(want, found *ir.Frame) error {
	for k, c := range want.Columns {
		if at, ok := firstDifference(c, found.Columns[k]); !ok {
			return fmt.Errorf("column %d, row %d: found %s, Eval gives %s", k, at, element(found.Columns[k], at), element(c, at))
		}
	}
	if !slices.Equal(want.Out, found.Out) {
		return fmt.Errorf("found emitted rows %v, Eval gives %v", found.Out, want.Out)
	}
	return nil
}

func firstDifference(want, found ir.Column) (int, bool) {
	for i, x := range want.F {
		y := found.F[i]
		if math.Float64bits(x) != math.Float64bits(y) && !(x != x && y != y) {
			return i, false
		}
	}
	for i := range want.Len() - len(want.F) {
		if len(want.I) > 0 && want.I[i] != found.I[i] || len(want.X) > 0 && want.X[i] != found.X[i] || len(want.B) > 0 && want.B[i] != found.B[i] {
			return i, false
		}
	}
	return 0, true
}

func element(c ir.Column, at int) string {
	switch {
	case c.F != nil:
		return fmt.Sprintf("%v (%#x)", c.F[at], math.Float64bits(c.F[at]))
	case c.I != nil:
		return fmt.Sprint(c.I[at])
	case c.X != nil:
		return fmt.Sprint(c.X[at])
	}
	return fmt.Sprint(c.B[at])
}
