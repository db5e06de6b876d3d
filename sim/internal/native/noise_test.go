package native

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// How many nanoseconds does a normal or uniform number take when one call of the generator serves several steps?
func BenchmarkNoise(b *testing.B) {
	const rows = 4000
	for name, steps := range map[string]int{"randn": ir.RandnSteps, "rand": ir.RandSteps} {
		p := ir.NewBuilder(name, ir.All)
		for k := range steps {
			p.Column(k, ir.Float64)
		}
		key, block := p.Uniform(0, ir.I64), p.Uniform(1, ir.I64)
		if name == "randn" {
			for k, v := range p.RandnFour(key, block, p.Row(), 0) {
				p.Store(k, v)
			}
		} else {
			even, odd := p.RandPair(key, block, p.Row(), 0)
			p.Store(0, even)
			p.Store(1, odd)
		}
		for backendName, backend := range backends() {
			b.Run(backendName+"/"+name, func(b *testing.B) {
				l := compile(b, backend, ir.Optimize(p.Program()))
				f := &ir.Frame{Uniforms: []uint64{1, 2}}
				for range steps {
					f.Columns = append(f.Columns, ir.Column{F: make([]float64, rows)})
				}
				for b.Loop() {
					l.Run(f, 0, rows)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows*steps), "ns/number")
			})
		}
	}
}
