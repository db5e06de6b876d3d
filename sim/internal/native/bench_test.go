package native

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/vm"
)

// lif is the state update and threshold of a current-based integrate-and-fire neuron with two exponential inputs and
// refractoriness, exact: columns v, ge, gi and the first step at which the neuron is free; uniforms the propagator, the
// threshold and the step.
func lif() *ir.Program {
	b := ir.NewBuilder("lif", ir.All)
	for k, s := range []ir.Storage{ir.Float64, ir.Float64, ir.Float64, ir.Int32} {
		b.Column(k, s)
	}
	number := func(k int) ir.Value { return b.Uniform(k, ir.F64) }
	ready := b.Le(b.Load(3), b.Uniform(7, ir.I64))
	v, ge, gi := b.Load(0), b.Load(1), b.Load(2)
	next := b.Add(b.Add(b.Add(b.Mul(number(0), v), b.Mul(number(1), ge)), b.Mul(number(2), gi)), number(3))
	next = b.Select(ready, next, v)
	b.Store(0, next)
	b.Store(1, b.Mul(number(4), ge))
	b.Store(2, b.Mul(number(5), gi))
	b.Emit(b.And(ready, b.Gt(next, number(6))))
	return ir.Optimize(b.Program())
}

func lifFrame(rows int) *ir.Frame {
	f := &ir.Frame{Out: make([]int32, 0, rows)}
	for range 3 {
		f.Columns = append(f.Columns, ir.Column{F: make([]float64, rows)})
	}
	f.Columns = append(f.Columns, ir.Column{X: make([]int32, rows)})
	for _, x := range []float64{.995, .0049, .0048, -52e-3 * .005, 1, 1, -50e-3} { // no decay: keep clear of subnormals
		f.Uniforms = append(f.Uniforms, math.Float64bits(x))
	}
	f.Uniforms = append(f.Uniforms, 1)
	for i := range rows {
		f.Columns[0].F[i], f.Columns[1].F[i], f.Columns[2].F[i] = -60e-3+1e-5*float64(i%700), 1e-4, -1e-4
		if i%1750 == 0 {
			f.Columns[1].F[i] = 1 // spikes in every step: about 6 Hz over all
		}
	}
	return f
}

func compile(tb testing.TB, backend ir.Backend, p *ir.Program) ir.Loop {
	tb.Helper()
	l, err := backend.Compile(p)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func backends() map[string]ir.Backend {
	return map[string]ir.Backend{"native": New(vm.New()), "vm": vm.New()}
}

// How many nanoseconds does the update and threshold of a current-based neuron take, as machine code and in the VM, while
// the columns are in the second-level cache (4000) and when they are not (100 000)? The first call is included.
func BenchmarkLIF(b *testing.B) {
	for name, backend := range backends() {
		for _, rows := range []int{1, 7, 4000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", name, rows), func(b *testing.B) {
				l, f := compile(b, backend, lif()), lifFrame(rows)
				for b.Loop() {
					f.Out = f.Out[:0]
					l.Run(f, 0, rows)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
			})
		}
	}
}

// function is a program of one function from column 0 to column 1.
func function(tb testing.TB, name string) *ir.Program {
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

// randn is a program of one normal number a row.
func randn() *ir.Program {
	b := ir.NewBuilder("randn", ir.All)
	b.Column(0, ir.Float64)
	b.Column(1, ir.Float64)
	b.Store(1, b.Randn(b.Uniform(0, ir.I64), b.Uniform(1, ir.I64), b.Row(), 0))
	return ir.Optimize(b.Program())
}

// How many nanoseconds does a function of one column, or a normal number, take a row?
func BenchmarkFunction(b *testing.B) {
	const rows = 4000
	for name, backend := range backends() {
		for _, call := range []string{"exp", "exprel", "log", "sin", "tanh", "randn"} {
			b.Run(name+"/"+call, func(b *testing.B) {
				p := randn()
				if call != "randn" {
					p = function(b, call)
				}
				l := compile(b, backend, p)
				f := &ir.Frame{Columns: []ir.Column{{F: make([]float64, rows)}, {F: make([]float64, rows)}}, Uniforms: []uint64{1, 2}}
				for i := range rows {
					f.Columns[0].F[i] = float64(i+1) / 500
				}
				for b.Loop() {
					l.Run(f, 0, rows)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
			})
		}
	}
}

// How long does it take to compile a program, pages included?
func BenchmarkCompile(b *testing.B) {
	needMachine(b)
	for name, p := range map[string]*ir.Program{"lif": lif(), "tanh": function(b, "tanh"), "randn": randn()} {
		b.Run(name, func(b *testing.B) {
			b.ReportMetric(float64(len(p.Code)), "instructions")
			for b.Loop() {
				compile(b, New(refusing{}), p)
			}
		})
	}
}

// event is what a spike does to its synapses: x_post += 1.62e-3, or += w where weighted. Columns: the target
// of each synapse, x, w.
func event(weighted bool) *ir.Program {
	b := ir.NewBuilder("event", ir.Spans)
	for k, s := range []ir.Storage{ir.Int32, ir.Float64, ir.Float64} {
		b.Column(k, s)
	}
	w := b.Float(1.62e-3)
	if weighted {
		w = b.Load(2)
	}
	b.ScatterAdd(1, b.Load(0), w)
	return ir.Optimize(b.Program())
}

// plastic is an event of pair-based plasticity: columns target, x, w, apre, apost, time of the last event.
func plastic(tb testing.TB) *ir.Program {
	b := ir.NewBuilder("plastic", ir.Spans)
	for k, s := range []ir.Storage{ir.Int32, ir.Float64, ir.Float64, ir.Float64, ir.Float64, ir.Float64} {
		b.Column(k, s)
	}
	now := b.Uniform(0, ir.F64)
	decay, err := b.Call("exp", b.Mul(b.Sub(now, b.Load(5)), b.Float(-50)))
	if err != nil {
		tb.Fatal(err)
	}
	apre, apost := b.Add(b.Mul(b.Load(3), decay), b.Float(.01)), b.Mul(b.Load(4), decay)
	w := b.Min(b.Max(b.Add(b.Load(2), apost), b.Float(0)), b.Float(1))
	b.ScatterAdd(1, b.Load(0), w)
	b.Store(3, apre)
	b.Store(4, apost)
	b.Store(2, w)
	b.Store(5, now)
	return ir.Optimize(b.Program())
}

// How many nanoseconds does an event take, of a constant and of an own weight and with plasticity: 20 spikes of 80
// synapses each a call, on 4000 neurons and (rows of synapses not in any cache) on 100 000?
func BenchmarkEvent(b *testing.B) {
	for _, neurons := range []int{4000, 100_000} {
		b.Run(fmt.Sprint(neurons), func(b *testing.B) { benchmarkEvent(b, neurons) })
	}
}

func benchmarkEvent(b *testing.B, neurons int) {
	const fan, spikes = 80, 57
	f := &ir.Frame{Columns: []ir.Column{{X: make([]int32, neurons*fan)}, {F: make([]float64, neurons)}}, Uniforms: make([]uint64, 1)}
	for range 4 {
		touched := slices.Repeat([]float64{0.5}, neurons*fan) // or the first events would pay for the pages
		f.Columns = append(f.Columns, ir.Column{F: touched})
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range f.Columns[0].X {
		f.Columns[0].X[i] = int32(r.IntN(neurons))
	}
	lists := make([][]int32, 2*neurons/spikes)
	for k := range lists {
		for range spikes {
			first := int32(r.IntN(neurons) * fan)
			lists[k] = append(lists[k], first, first+fan)
		}
	}
	for name, backend := range backends() {
		for code, p := range map[string]*ir.Program{"constant": event(false), "weight": event(true), "plastic": plastic(b)} {
			b.Run(name+"/"+code, func(b *testing.B) {
				l := compile(b, backend, p)
				for n := 0; b.Loop(); n++ {
					f.Rows = lists[n%len(lists)]
					l.Run(f, 0, spikes)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/fan/spikes, "ns/row")
			})
		}
	}
}

// update is the state update of a current-based neuron as equations with "unless refractory" become it: the refractory
// steps from the time of the last spike, and coefficients from columns of one element. Columns: time of the last spike,
// not refractory, v, ge, gi, then the coefficients.
func update() *ir.Program {
	b := ir.NewBuilder("update", ir.All)
	for _, k := range []int{0, 2, 3, 4, 5, 6, 7, 8, 9} {
		b.Column(k, ir.Float64)
	}
	b.Column(1, ir.Bool)
	coefficient := func(k int) ir.Value { return b.Gather(5+k, b.Int(0)) }
	since := b.Div(b.Add(b.Sub(b.Uniform(0, ir.F64), b.Load(0)), b.Float(1e-7)), b.Float(1e-4))
	free := b.Ge(b.ToInt(since), b.Int(50))
	v, ge, gi := b.Load(2), b.Load(3), b.Load(4)
	next := b.FMA(gi, coefficient(2), b.FMA(ge, coefficient(1), b.FMA(v, coefficient(0), b.Float(-2.45e-4))))
	b.Store(1, free)
	b.Store(2, b.Select(free, next, v))
	b.Store(3, b.FMA(ge, coefficient(3), b.Float(0)))
	b.Store(4, b.FMA(gi, coefficient(4), b.Float(0)))
	return ir.Optimize(b.Program())
}

// How many nanoseconds does an update take that finds out by itself which neurons are refractory?
func BenchmarkUpdate(b *testing.B) {
	const rows = 4000
	for name, backend := range backends() {
		b.Run(name, func(b *testing.B) {
			l := compile(b, backend, update())
			f := &ir.Frame{Uniforms: []uint64{math.Float64bits(1)}}
			for k := range 10 {
				f.Columns = append(f.Columns, ir.Column{F: make([]float64, rows)})
				f.Columns[k].F[0] = 0.99
			}
			f.Columns[1] = ir.Column{B: make([]bool, rows)}
			for b.Loop() {
				l.Run(f, 0, rows)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
		})
	}
}

// hodgkinHuxley is the update of a neuron with the channels of Traub and Miles by exponential Euler: a long program. Columns:
// v, m, h, n and the current.
func hodgkinHuxley(tb testing.TB) *ir.Program {
	b := ir.NewBuilder("hodgkin-huxley", ir.All)
	for k := range 5 {
		b.Column(k, ir.Float64)
	}
	call := func(name string, x ir.Value) ir.Value {
		y, err := b.Call(name, x)
		if err != nil {
			tb.Fatal(err)
		}
		return y
	}
	v, m, h, n := b.Load(0), b.Load(1), b.Load(2), b.Load(3)
	below := func(level, scale float64) ir.Value { return b.Mul(b.Sub(b.Float(level), v), b.Float(1/scale)) }
	per := func(rate float64, x ir.Value) ir.Value { return b.Div(b.Float(rate), x) }
	step := func(x, slope, gain ir.Value) ir.Value { // dx/dt = slope*x + gain
		grown := b.Mul(b.Float(1e-4), call("exprel", b.Mul(slope, b.Float(1e-4))))
		return b.FMA(b.FMA(slope, x, gain), grown, x)
	}
	gate := func(x, opens, closes ir.Value) ir.Value { return step(x, b.Sub(b.Neg(opens), closes), opens) }

	sodium := b.Mul(b.Mul(b.Mul(b.Mul(m, m), m), b.Float(2e-5)), h)
	potassium := b.Mul(b.Mul(b.Mul(b.Mul(n, n), n), n), b.Float(6e-6))
	leak := b.Sub(b.Sub(b.Float(-1e-8), sodium), potassium)
	drive := b.FMA(potassium, b.Float(-0.09), b.FMA(sodium, b.Float(0.05), b.Add(b.Load(4), b.Float(-6e-10))))
	b.Store(0, step(v, b.Mul(leak, b.Float(5e9)), b.Mul(drive, b.Float(5e9))))
	b.Store(1, gate(m, per(1280, call("exprel", below(-0.05, 4e-3))), per(1400, call("exprel", below(-0.023, -5e-3)))))
	b.Store(2, gate(h, b.Mul(call("exp", below(-0.046, 18e-3)), b.Float(128)), per(4000, b.Add(b.Float(1), call("exp", below(-0.023, 5e-3))))))
	b.Store(3, gate(n, per(160, call("exprel", below(-0.048, 5e-3))), b.Mul(call("exp", below(-0.053, 40e-3)), b.Float(500))))
	return ir.Optimize(b.Program())
}

// hodgkinHuxleyFrame is neurons at rest and at work.
func hodgkinHuxleyFrame(rows int) *ir.Frame {
	f := &ir.Frame{}
	for k, x := range []float64{-0.07, 0.05, 0.6, 0.3, 0} {
		f.Columns = append(f.Columns, ir.Column{F: slices.Repeat([]float64{x}, rows)})
		for i := range rows {
			f.Columns[k].F[i] += []float64{1e-2, 0, 0, 0, 7e-10}[k] * float64(i) / float64(rows)
		}
	}
	return f
}

// How many nanoseconds does the update of a Hodgkin-Huxley neuron take?
func BenchmarkHodgkinHuxley(b *testing.B) {
	const rows = 4000
	for name, backend := range backends() {
		b.Run(name, func(b *testing.B) {
			l, f := compile(b, backend, hodgkinHuxley(b)), hodgkinHuxleyFrame(rows)
			for b.Loop() {
				l.Run(f, 0, rows)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
		})
	}
}
