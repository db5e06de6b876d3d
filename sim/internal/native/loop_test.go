package native

import (
	"errors"
	"io"
	"math"
	"runtime/debug"
	"runtime/pprof"
	"runtime/trace"
	"slices"
	"sync"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// same compares all columns and the emitted rows, bit by bit. No test here makes a NaN.
func same(t *testing.T, want, found *ir.Frame) {
	t.Helper()
	for k, c := range want.Columns {
		for i := range c.Len() {
			s := storageOf(c)
			if x, y := c.Bits(s, int64(i)), found.Columns[k].Bits(s, int64(i)); x != y {
				t.Fatalf("column %d, row %d: found %#x, Eval gives %#x", k, i, y, x)
			}
		}
	}
	if !slices.Equal(want.Out, found.Out) {
		t.Fatalf("found emitted rows %v, Eval gives %v", found.Out, want.Out)
	}
}

func storageOf(c ir.Column) ir.Storage {
	switch {
	case c.F != nil:
		return ir.Float64
	case c.I != nil:
		return ir.Int64
	case c.X != nil:
		return ir.Int32
	}
	return ir.Bool
}

// everything is a program that loads and stores every storage class, knows its row, and emits. It has so many additions
// more: long programs take more rows at once.
func everything(d ir.Domain, additions int) *ir.Program {
	b := ir.NewBuilder("everything", d)
	for k, s := range []ir.Storage{ir.Float64, ir.Int64, ir.Int32, ir.Bool} {
		b.Column(k, s)
	}
	x, n, narrow, flag := b.Load(0), b.Load(1), b.Load(2), b.Load(3)
	for k := range additions {
		x = b.Add(x, b.Float(float64(k)))
	}
	b.Store(0, b.Add(b.Select(flag, x, b.Neg(x)), b.ToFloat(narrow)))
	b.Store(1, b.Add(n, b.Row()))
	b.Store(2, b.Sub(narrow, n))
	spike := b.Eq(b.BitAnd(b.Add(n, narrow), b.Int(1)), b.Int(1))
	b.Store(3, b.Xor(flag, spike))
	b.Emit(spike)
	return ir.Optimize(b.Program())
}

func everythingFrame(rows int) *ir.Frame {
	var c [4]ir.Column
	for i := range rows {
		c[0].F = append(c[0].F, 0.5+float64(i*i))
		c[1].I = append(c[1].I, int64(i)<<40-3)
		c[2].X = append(c[2].X, int32(i*7919))
		c[3].B = append(c[3].B, i%3 == 0)
	}
	return &ir.Frame{Columns: c[:]}
}

func TestNumberOfRowsNeedNotBeAMultipleOfTheLanes(t *testing.T) {
	needMachine(t)
	for _, additions := range []int{0, longChain} {
		p := everything(ir.All, additions)
		l := compile(t, New(refusing{}), p)
		for lo := range 5 {
			for n := range 26 {
				want, found := everythingFrame(30), everythingFrame(30)
				ir.Eval(p, want, lo, lo+n)
				l.Run(found, lo, lo+n)
				same(t, want, found)
			}
		}
	}
}

func TestListsMayHoldRowsTwiceAndInAnyOrder(t *testing.T) {
	needMachine(t)
	lists := [][]int32{{3}, {0, 1, 2, 3, 4, 5, 6, 7, 8}, {5, 5, 5, 5, 5}, {9, 8, 7, 6, 5, 4}, {1, 2, 1, 2, 1, 2, 3, 4}, {4, 6, 8, 4, 9, 10, 11, 12, 12},
		{0, 1, 3, 4, 5, 7, 8, 9, 11, 12, 15, 16, 17, 18, 19, 2}}
	for _, additions := range []int{0, longChain} {
		p := everything(ir.List, additions)
		l := compile(t, New(refusing{}), p)
		for _, rows := range lists {
			want, found := everythingFrame(20), everythingFrame(20)
			want.Rows, found.Rows = rows, rows
			ir.Eval(p, want, 0, len(rows))
			l.Run(found, 0, len(rows))
			same(t, want, found)
		}
	}
}

// A call is cut into chunks; emitted rows go on behind those of the chunk before, and room is made where there is none.
func TestCallsOfManyRows(t *testing.T) {
	needMachine(t)
	p := everything(ir.All, longChain)
	const rows = 3*chunkRows + 5
	want, found := everythingFrame(rows), everythingFrame(rows)
	want.Out, found.Out = []int32{42}, []int32{42}
	ir.Eval(p, want, 1, rows)
	compile(t, New(refusing{}), p).Run(found, 1, rows)
	same(t, want, found)
}

func TestIndexErrorNamesTheInstructionAndTheIndex(t *testing.T) {
	needMachine(t)
	for _, additions := range []int{0, longChain} {
		for _, bad := range []int{0, 3, 11, 13, 14, 16, 18} { // in a pass of twelve, of four and of one
			b := ir.NewBuilder("look", ir.All)
			b.Column(0, ir.Float64)
			b.Column(1, ir.Int32)
			b.Column(2, ir.Float64)
			sum := b.Gather(0, b.Load(1))
			for k := range additions {
				sum = b.Add(sum, b.Float(float64(k)))
			}
			b.Store(2, sum)
			f := &ir.Frame{Columns: []ir.Column{{F: make([]float64, 5)}, {X: make([]int32, 19)}, {F: make([]float64, 19)}}}
			f.Columns[1].X[bad] = 5
			err := panicOf(func() { compile(t, New(refusing{}), b.Program()).Run(f, 0, 19) })
			var index *ir.IndexError
			want := ir.IndexError{Program: "look", Op: ir.Gather, Column: 0, Index: 5, Len: 5}
			if !errors.As(err, &index) || *index != want {
				t.Errorf("row %d: found %v, expected %v", bad, err, &want)
			}
		}
	}
}

func TestRowsBeyondAColumnAreAnIndexError(t *testing.T) {
	needMachine(t)
	f := everythingFrame(20)
	f.Columns[2].X = f.Columns[2].X[:11]
	f.Rows = []int32{0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17}
	for _, additions := range []int{0, longChain} {
		for d, index := range map[ir.Domain]int64{ir.All: 19, ir.List: 11} {
			hi := map[ir.Domain]int{ir.All: 20, ir.List: 16}[d]
			l := compile(t, New(refusing{}), everything(d, additions))
			err := panicOf(func() { l.Run(f, 0, hi) })
			var found *ir.IndexError
			if !errors.As(err, &found) || found.Column != 2 || found.Index != index || found.Len != 11 {
				t.Errorf("%s: found %v, expected row %d outside column 2 of 11", d, err, index)
			}
		}
	}
}

func TestMissingUniformsPanicLikeEval(t *testing.T) {
	needMachine(t)
	f := lifFrame(8)
	f.Uniforms = f.Uniforms[:3:3]
	if err := panicOf(func() { compile(t, New(refusing{}), lif()).Run(f, 0, 8) }); err == nil {
		t.Error("found no panic, expected one for a frame with too few uniforms")
	}
}

func panicOf(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

func TestRunAllocatesNothingAfterTheFirstCall(t *testing.T) {
	needMachine(t)
	l, f := compile(t, New(refusing{}), lif()), lifFrame(1003)
	l.Run(f, 0, 1003)
	got := testing.AllocsPerRun(20, func() {
		f.Out = f.Out[:0]
		l.Run(f, 0, 1003)
	})
	if got != 0 {
		t.Errorf("found %v allocations a call, expected none", got)
	}
}

// A signal of the profiler or the scheduler may come while machine code runs, which the runtime knows nothing of; the
// collector must wait and not be misled.
func TestSignalsAndCollectionsWhileCodeRuns(t *testing.T) {
	needMachine(t)
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	if err := pprof.StartCPUProfile(io.Discard); err != nil {
		t.Skip("the profiler is in use: ", err)
	}
	defer pprof.StopCPUProfile()
	if trace.Start(io.Discard) == nil {
		defer trace.Stop()
	}
	p := function(t, "exp")
	backend := New(refusing{})
	const rows, times = 20000, 40
	want := expFrame(rows)
	ir.Eval(p, want, 0, rows)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range times {
				l, err := backend.Compile(p) // so that pages are given back meanwhile
				if err != nil {
					t.Error(err)
					return
				}
				found := expFrame(rows)
				for range 5 {
					l.Run(found, 0, rows)
				}
				if !slices.Equal(want.Columns[1].F, found.Columns[1].F) {
					t.Error("found other numbers than Eval's")
				}
			}
		})
	}
	group.Wait()
}

func expFrame(rows int) *ir.Frame {
	f := &ir.Frame{Columns: []ir.Column{{F: make([]float64, rows)}, {F: make([]float64, rows)}}}
	for i := range rows {
		f.Columns[0].F[i] = math.Sqrt(float64(i)) - 70
	}
	return f
}
