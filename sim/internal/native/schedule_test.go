package native

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/vm"
)

// turn is a long program that moves three columns on by one and emits twice: every load must come before the store that
// replaces what it reads, though the value that is stored does not depend on it.
func turn(tb testing.TB) *ir.Program {
	b := ir.NewBuilder("turn", ir.All)
	for k := range 3 {
		b.Column(k, ir.Float64)
	}
	x, y, z := b.Load(0), b.Load(1), b.Load(2)
	e, err := b.Call("exp", x)
	if err != nil {
		tb.Fatal(err)
	}
	b.Store(0, y)
	b.Store(1, z)
	b.Store(2, e)
	b.Emit(b.Gt(e, b.Float(2)))
	b.Emit(b.Lt(y, z))
	return ir.Optimize(b.Program())
}

func TestAScheduleKeepsTheOrderOfWhatDepends(t *testing.T) {
	for name, p := range map[string]*ir.Program{"turn": turn(t), "randn": randn(), "hodgkin-huxley": hodgkinHuxley(t), "lif": lif()} {
		whole, group := interleave(p, manyGroups)
		q, groups := scheduled(whole, group)
		if err := q.Check(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(q.Code) != len(whole.Code) {
			t.Fatalf("%s: found %d instructions, expected %d", name, len(q.Code), len(whole.Code))
		}
		stored := make(map[[2]int]bool)
		emitted := 0
		for i, in := range q.Code {
			at := [2]int{in.Column(), groups[i]}
			switch {
			case in.Op == ir.Load && stored[at]:
				t.Errorf("%s: instruction %d loads column %d after it was stored", name, i, in.Column())
			case in.Op == ir.Store:
				stored[at] = true
			case in.Op == ir.Emit && groups[i] != emitted%manyGroups:
				t.Errorf("%s: emit %d is for group %d, expected %d", name, emitted, groups[i], emitted%manyGroups)
			}
			if in.Op == ir.Emit {
				emitted++
			}
		}
	}
}

func TestAScheduledProgramStoresWhatTheRowsHeld(t *testing.T) {
	const rows = 3*maxLanes*manyGroups + 5
	frame := func() *ir.Frame {
		f := &ir.Frame{}
		for k := range 3 {
			f.Columns = append(f.Columns, ir.Column{F: make([]float64, rows)})
			for i := range rows {
				f.Columns[k].F[i] = float64((i*7+k*5)%11) / 4
			}
		}
		return f
	}
	p := turn(t)
	found, want := frame(), frame()
	compile(t, New(vm.New()), p).Run(found, 0, rows)
	ir.Eval(p, want, 0, rows)
	for k := range 3 {
		for i := range rows {
			if found.Columns[k].F[i] != want.Columns[k].F[i] {
				t.Fatalf("column %d, row %d: found %v, expected %v", k, i, found.Columns[k].F[i], want.Columns[k].F[i])
			}
		}
	}
	if len(found.Out) != len(want.Out) {
		t.Fatalf("found %d rows emitted, expected %d", len(found.Out), len(want.Out))
	}
	for n := range want.Out {
		if found.Out[n] != want.Out[n] {
			t.Fatalf("emitted row %d: found %d, expected %d", n, found.Out[n], want.Out[n])
		}
	}
}

// A program that scatters, or reads again what it wrote, stays as it is.
func TestWhatMayReachOtherRowsIsNotReordered(t *testing.T) {
	p := event(true)
	q, _ := scheduled(p, make([]int, len(p.Code)))
	if q != p {
		t.Error("a program with a scatter was put into another order")
	}
}

// By construction: a polynomial is one chain, the equations of a neuron are several.
func TestAProgramOfOneChainRunsForMoreGroupsThanOneOfMany(t *testing.T) {
	if n := groupsOf(function(t, "exp")); n != manyGroups {
		t.Errorf("exp: found %d groups, expected %d", n, manyGroups)
	}
	if n := groupsOf(hodgkinHuxley(t)); n != fewGroups {
		t.Errorf("hodgkin-huxley: found %d groups, expected %d", n, fewGroups)
	}
}
