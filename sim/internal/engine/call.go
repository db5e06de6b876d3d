package engine

import (
	"math"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// Numbers of the uniforms that every call sets: time [s], step number, random key, and the key of a second use in one
// program.
const (
	uniformTime = iota
	uniformStep
	uniformKey
	uniformSecondKey
	uniforms
)

// A Call is a loop with the columns it works on.
type Call struct {
	loop   ir.Loop
	frame  ir.Frame
	noise  []noiseColumn
	hosts  []HostCall // before the loop
	writes []bool     // which columns the loop may write; nil when nobody said: all
	length int        // instructions of the loop's program
	split  *split     // how a crew runs it over many rows; nil for not
}

// A HostCall computes arguments with a loop and takes them, row by row, to results by a function of the host language.
// Each row costs a call of that function.
type HostCall struct {
	Arguments *Call
	Function  func([]float64) float64
	From      [][]float64 // columns of the arguments
	To        []float64   // column of the results
	values    []float64
}

// Before puts a call of a host function before the loop, after those that were put there earlier.
func (c *Call) Before(h HostCall) {
	h.values = make([]float64, len(h.From))
	c.hosts = append(c.hosts, h)
}

func (h *HostCall) row(row int) {
	for k, from := range h.From {
		h.values[k] = from[row]
	}
	h.To[row] = h.Function(h.values)
}

// NewCall binds a loop to columns, in the order of their numbers. The key makes the random numbers of this object and
// use; room is the greatest number of rows that a call may emit.
func NewCall(loop ir.Loop, columns []ir.Column, key uint64, room int) *Call {
	c := &Call{}
	c.frame.Columns = columns
	c.frame.Uniforms = make([]uint64, uniforms)
	c.frame.Uniforms[uniformKey] = key
	c.Load(loop, room)
	return c
}

// A noiseColumn is a column that shows the numbers of the step.
type noiseColumn struct {
	number int
	noise  *Noise
}

// Draw makes a column, by its number, show the numbers of the step.
func (c *Call) Draw(number int, n *Noise) { c.noise = append(c.noise, noiseColumn{number, n}) }

// Load gives a call that was made without a loop the one it runs. Room is as for NewCall.
func (c *Call) Load(loop ir.Loop, room int) {
	c.loop = loop
	c.frame.Out = make([]int32, 0, room)
	if s, ok := loop.(interface{ Scratch() int }); ok {
		c.frame.Scratch = make([]uint64, s.Scratch())
	}
}

// SecondKey sets the random key of the second use.
func (c *Call) SecondKey(key uint64) { c.frame.Uniforms[uniformSecondKey] = key }

// Describe tells what program the loop was made from: what it costs, and that it writes no other columns.
func (c *Call) Describe(p *ir.Program) {
	c.writes, c.length = make([]bool, len(c.frame.Columns)), len(p.Code)
	for _, in := range p.Code {
		if in.Op.UsesColumn() && in.Op.Writes() {
			c.writes[in.Column()] = true
		}
	}
}

// twin is a call of the same loop that may run at the same time.
func (c *Call) twin() *Call {
	t := &Call{loop: c.loop, writes: c.writes}
	t.frame.Columns, t.frame.Uniforms = c.frame.Columns, slices.Clone(c.frame.Uniforms)
	t.frame.Scratch = make([]uint64, len(c.frame.Scratch))
	return t
}

func (c *Call) at(time float64, step int64) {
	c.frame.Uniforms[uniformTime] = math.Float64bits(time)
	c.frame.Uniforms[uniformStep] = uint64(step)
}

// Rows runs the loop for rows lo to hi-1.
func (c *Call) Rows(clock *Clock, lo, hi int) {
	for k := range c.hosts {
		c.hosts[k].Arguments.Rows(clock, lo, hi)
		for row := lo; row < hi; row++ {
			c.hosts[k].row(row)
		}
	}
	for _, n := range c.noise {
		c.frame.Columns[n.number].F = n.noise.at(clock)
	}
	c.at(clock.Time(), clock.Step)
	if c.split != nil && hi-lo >= c.split.least {
		c.split.run(lo, hi)
		return
	}
	c.loop.Run(&c.frame, lo, hi)
}

// List runs the loop for the rows of a list.
func (c *Call) List(clock *Clock, rows []int32) { c.ListAt(clock.Time(), clock.Step, rows) }

// ListAt is List at a time that need not be that of the step.
func (c *Call) ListAt(time float64, step int64, rows []int32) {
	if len(rows) == 0 {
		return
	}
	for k := range c.hosts {
		c.hosts[k].Arguments.ListAt(time, step, rows)
		for _, row := range rows {
			c.hosts[k].row(int(row))
		}
	}
	c.at(time, step)
	c.frame.Rows = rows
	c.loop.Run(&c.frame, 0, len(rows))
}

// SpansAt runs the loop for the rows of spans, pairs of a first row and one past the last, at a time that need not be that
// of the step.
func (c *Call) SpansAt(time float64, step int64, spans []int32) {
	for k := range c.hosts {
		c.hosts[k].Arguments.SpansAt(time, step, spans)
		for at := 0; at < len(spans); at += 2 {
			for row := spans[at]; row < spans[at+1]; row++ {
				c.hosts[k].row(int(row))
			}
		}
	}
	c.at(time, step)
	c.frame.Rows = spans
	c.loop.Run(&c.frame, 0, len(spans)/2)
}

// Emitted runs the loop for rows lo to hi-1 and returns the rows it emitted, valid until the next call.
func (c *Call) Emitted(clock *Clock, lo, hi int) []int32 {
	c.frame.Out = c.frame.Out[:0]
	c.Rows(clock, lo, hi)
	return c.frame.Out
}
