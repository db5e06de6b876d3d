package vm_test

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/vm"
)

// lif is the state update and threshold of a current-based integrate-and-fire neuron, exact, with refractoriness: columns
// v, g, not_refractory, lastspike; uniforms the propagator, threshold, this step and the refractory steps.
func lif() *ir.Program {
	b := ir.NewBuilder("lif", ir.All)
	for k, s := range []ir.Storage{ir.Float64, ir.Float64, ir.Bool, ir.Int64} {
		b.Column(k, s)
	}
	ready := b.Ge(b.Sub(b.Uniform(5, ir.I64), b.Load(3)), b.Uniform(6, ir.I64))
	v, g := b.Load(0), b.Load(1)
	next := b.Add(b.Add(b.Mul(b.Uniform(0, ir.F64), v), b.Mul(b.Uniform(1, ir.F64), g)), b.Uniform(2, ir.F64))
	next = b.Select(ready, next, v)
	b.Store(0, next)
	b.Store(1, b.Mul(b.Uniform(3, ir.F64), g))
	spike := b.And(b.Gt(next, b.Uniform(4, ir.F64)), ready)
	b.Store(2, b.And(ready, b.Not(spike)))
	b.Store(3, b.Select(spike, b.Uniform(5, ir.I64), b.Load(3)))
	b.Emit(spike)
	return ir.Optimize(b.Program())
}

// call is a program of one function from column 0 to column 1.
func call(tb testing.TB, name string) *ir.Program {
	b := ir.NewBuilder(name, ir.All)
	b.Column(0, ir.Float64)
	b.Column(1, ir.Float64)
	v, err := b.Call(name, b.Load(0))
	if err != nil {
		tb.Fatal(err)
	}
	b.Store(1, v)
	return ir.Optimize(b.Program())
}

func compile(tb testing.TB, p *ir.Program) ir.Loop {
	loop, err := vm.New().Compile(p)
	if err != nil {
		tb.Fatal(err)
	}
	return loop
}

func lifFrame(rows int) *ir.Frame {
	f := &ir.Frame{
		Columns:  []ir.Column{{F: make([]float64, rows)}, {F: make([]float64, rows)}, {B: make([]bool, rows)}, {I: make([]int64, rows)}},
		Uniforms: words(0.995, 0.004, -2e-4, 0.98, -0.05, int64(1000), int64(50)),
		Out:      make([]int32, 0, rows),
	}
	for i := range rows {
		f.Columns[0].F[i] = -0.06 + 0.00001*float64(i%1000)
	}
	return f
}

// How many nanoseconds does the update and threshold of a current-based neuron take, 4000 rows at a time?
func BenchmarkLIF4000(b *testing.B) {
	const rows = 4000
	loop, f := compile(b, lif()), lifFrame(rows)
	for b.Loop() {
		f.Out = f.Out[:0]
		loop.Run(f, 0, rows)
	}
	perRow(b, rows)
}

// How many nanoseconds does a function of one column take, a row?
func BenchmarkFunction(b *testing.B) {
	for _, name := range []string{"exp", "expm1", "exprel", "log", "sin", "tanh"} {
		b.Run(name, func(b *testing.B) {
			const rows = 4000
			loop := compile(b, call(b, name))
			f := &ir.Frame{Columns: []ir.Column{{F: make([]float64, rows)}, {F: make([]float64, rows)}}}
			for i := range rows {
				f.Columns[0].F[i] = float64(i+1) / 500
			}
			for b.Loop() {
				loop.Run(f, 0, rows)
			}
			perRow(b, rows)
		})
	}
}

// How many nanoseconds does a normal number take?
func BenchmarkRandn(b *testing.B) {
	const rows = 4000
	build := ir.NewBuilder("randn", ir.All)
	build.Column(0, ir.Float64)
	build.Store(0, build.Randn(build.Uniform(0, ir.I64), build.Uniform(1, ir.I64), build.Row(), 0))
	loop := compile(b, ir.Optimize(build.Program()))
	f := &ir.Frame{Columns: []ir.Column{{F: make([]float64, rows)}}, Uniforms: []uint64{1, 2}}
	for b.Loop() {
		loop.Run(f, 0, rows)
	}
	perRow(b, rows)
}

// How many nanoseconds does a call for a single row take?
func BenchmarkCall(b *testing.B) {
	loop, f := compile(b, lif()), lifFrame(1)
	for b.Loop() {
		f.Out = f.Out[:0]
		loop.Run(f, 0, 1)
	}
}

func perRow(b *testing.B, rows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
}
