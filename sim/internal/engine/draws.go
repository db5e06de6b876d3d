package engine

import "github.com/golgi-sim/golgi/sim/internal/ir"

// Draws is a stream of numbers for set-up: logarithms of uniform random numbers in (0, 1], over a divisor, but 2^60 at most.
// Divided by log(1-p) and rounded down they are how many trials of probability p fail before one succeeds. The numbers are
// computed in blocks, by a crew as many at a time as it has members.
type Draws struct {
	crew   *Crew // nil for one at a time
	calls  []*Call
	values [][]float64 // of each call
	block  int64       // the first of those that are there
	part   int         // which of them is at hand
	pace   pace
	at     int
}

const drawsBlock = 4096

// NewDraws begins the stream of a key. Crew may be nil; the numbers do not depend on it.
func NewDraws(backend ir.Backend, key uint64, divisor float64, crew *Crew) (*Draws, error) {
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
	d := &Draws{crew: crew, at: drawsBlock}
	for range crew.Size() {
		values := make([]float64, drawsBlock)
		d.values = append(d.values, values)
		d.calls = append(d.calls, NewCall(loop, []ir.Column{{F: values[:drawsBlock/2]}, {F: values[drawsBlock/2:]}}, key, 0))
	}
	d.block, d.part = -int64(len(d.calls)), len(d.calls)-1
	return d, nil
}

// Next is the next number of the stream.
func (d *Draws) Next() float64 {
	if d.at == drawsBlock {
		d.Block()
		d.at = 0
	}
	d.at++
	return d.values[d.part][d.at-1]
}

// Block is the next 4096 numbers, good until the next call. It must not be mixed with Next.
func (d *Draws) Block() []float64 {
	if d.part++; d.part == len(d.calls) {
		d.part = 0
		d.block += int64(len(d.calls))
		d.draw()
	}
	return d.values[d.part]
}

func (d *Draws) draw() {
	if d.crew != nil && d.pace.begin(1) {
		d.crew.Do(d)
	} else {
		for k := range d.calls {
			d.Part(k)
		}
	}
	if d.crew != nil {
		d.pace.end()
	}
}

// Parts is the number of blocks that are computed at once.
func (d *Draws) Parts() int { return len(d.calls) }

// Part computes the k-th of the blocks that are next.
func (d *Draws) Part(k int) {
	d.calls[k].Rows(&Clock{Dt: 1, Step: d.block + int64(k)}, 0, drawsBlock/2)
}
