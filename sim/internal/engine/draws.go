package engine

import "github.com/golgi-sim/golgi/sim/internal/ir"

// Draws is a stream of numbers for set-up: logarithms of uniform random numbers in (0, 1], over a divisor, but 2^60 at most,
// computed a block at a time. Divided by log(1-p) and rounded down they are how many trials of probability p fail before one
// succeeds.
type Draws struct {
	call   *Call
	block  int64
	at     int
	values []float64
}

const drawsBlock = 4096

// NewDraws begins the stream of a key.
func NewDraws(backend ir.Backend, key uint64, divisor float64) (*Draws, error) {
	b := ir.NewBuilder("draws", ir.All)
	even, odd := b.RandPair(b.Uniform(uniformKey, ir.I64), b.Uniform(uniformStep, ir.I64), b.Row(), 0)
	for k, u := range []ir.Value{even, odd} {
		b.Column(k, ir.Float64)
		log, err := b.Call("log", b.Sub(b.Float(1), u))
		if err != nil {
			return nil, err
		}
		b.Store(k, b.Min(b.Div(log, b.Float(divisor)), b.Float(0x1p60)))
	}
	loop, err := backend.Compile(ir.Optimize(b.Program()))
	if err != nil {
		return nil, err
	}
	values := make([]float64, drawsBlock)
	columns := []ir.Column{{F: values[:drawsBlock/2]}, {F: values[drawsBlock/2:]}}
	return &Draws{call: NewCall(loop, columns, key, 0), at: drawsBlock, values: values}, nil
}

// Next is the next number of the stream.
func (d *Draws) Next() float64 {
	if d.at == len(d.values) {
		d.draw()
	}
	d.at++
	return d.values[d.at-1]
}

// Block is the next 4096 numbers, good until the next call. It must not be mixed with Next.
func (d *Draws) Block() []float64 {
	d.draw()
	return d.values
}

func (d *Draws) draw() {
	d.call.Rows(&Clock{Dt: 1, Step: d.block}, 0, drawsBlock/2)
	d.block++
	d.at = 0
}
