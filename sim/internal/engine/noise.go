package engine

import "github.com/golgi-sim/golgi/sim/internal/ir"

// Noise is the random numbers of one use, a number for each row and step, drawn for as many steps at once as one call of
// the generator serves. A step that begins within these draws all of them, so that no number depends on where a run
// begins or stops.
type Noise struct {
	fill    *Call
	columns [][]float64 // of each step of a block
	lo, hi  int
	block   int64
	filled  bool
}

// NewNoise makes the numbers of Randn, if normal is true, or Rand for a key and occurrence, in rows lo to hi-1.
func NewNoise(backend ir.Backend, normal bool, key uint64, occurrence, lo, hi int) (*Noise, error) {
	steps := ir.RandSteps
	if normal {
		steps = ir.RandnSteps
	}
	program := noiseProgram(steps, normal, occurrence)
	loop, err := backend.Compile(program)
	if err != nil {
		return nil, err
	}
	n := &Noise{lo: lo, hi: hi}
	columns := make([]ir.Column, steps)
	for k := range columns {
		n.columns = append(n.columns, make([]float64, hi))
		columns[k].F = n.columns[k]
	}
	n.fill = NewCall(loop, columns, key, 0)
	n.fill.Describe(program)
	return n, nil
}

func noiseProgram(steps int, normal bool, occurrence int) *ir.Program {
	b := ir.NewBuilder("noise", ir.All)
	for k := range steps {
		b.Column(k, ir.Float64)
	}
	key, step, row := b.Uniform(uniformKey, ir.I64), b.Uniform(uniformStep, ir.I64), b.Row()
	if normal {
		for k, v := range b.RandnFour(key, b.Ushr(step, 2), row, occurrence) {
			b.Store(k, v)
		}
	} else {
		even, odd := b.RandPair(key, b.Ushr(step, 1), row, occurrence)
		b.Store(0, even)
		b.Store(1, odd)
	}
	return ir.Optimize(b.Program())
}

// at is the numbers of the step, valid until the next call.
func (n *Noise) at(c *Clock) []float64 {
	steps := int64(len(n.columns))
	if block := c.Step / steps; !n.filled || block != n.block {
		n.fill.Rows(c, n.lo, n.hi)
		n.block, n.filled = block, true
	}
	return n.columns[c.Step%steps]
}
