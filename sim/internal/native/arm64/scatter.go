package arm64

import "github.com/golgi-sim/golgi/sim/internal/ir"

// scatter changes elements whose numbers were computed, row after row.
func (c *compiler) scatter(in ir.Instr) {
	at, x := c.lanesOf(in.A), c.lanesOf(in.B)
	outside := c.trap(in, false)
	floats := in.Op != ir.Scatter && in.Storage == ir.Float64
	var t, sum register
	if floats {
		t, sum = c.Temporary(), c.Temporary()
	}
	for l := range c.rows {
		c.index(at, l, in, outside)
		if floats {
			c.accumulateFloat(in, c.number(x, l, t), sum)
		} else {
			c.lane(x, l, value)
			c.changeElement(in)
		}
	}
}

// accumulateFloat adds x to an element, or multiplies the element by it.
func (c *compiler) accumulateFloat(in ir.Instr, x, sum register) {
	m := faddOne
	if in.Op == ir.ScatterMul {
		m = fmulOne
	}
	to := c.elementAt(in, index)
	c.move(ldrD, sum, to)
	c.three(m, sum, sum, x)
	c.move(strD, sum, to)
}

// changeElement replaces an element by value, or adds or multiplies an integer.
func (c *compiler) changeElement(in ir.Instr) {
	to := c.elementAt(in, index)
	load, store, plus, times := ldrX, strX, addX, mulX
	switch in.Storage {
	case ir.Int32:
		load, store, plus, times = ldrW, strW, addW, mulW
	case ir.Bool:
		store = strb
		c.two(andOne, value, value)
	}
	switch in.Op {
	case ir.ScatterAdd:
		c.move(load, moment, to)
		c.three(plus, value, moment, value)
	case ir.ScatterMul:
		c.move(load, moment, to)
		c.three(times, value, moment, value)
	}
	c.move(store, value, to)
}

// emit appends the rows of the pass whose mask is set to the frame's Out, in ascending order. That is rare, so there is one
// jump over it.
func (c *compiler) emit(in ir.Instr) {
	x := c.Use(in.A)
	over := c.newLabel()
	if c.rows == 1 {
		c.two(fmovOut, value, x)
		c.jumpIfZero(value, over)
		c.emitRow(0)
		c.bind(over)
		return
	}
	t := c.Temporary()
	c.two(xtn2, t, x)
	c.two(fmovOut, value, t)
	c.jumpIfZero(value, over)
	for l := range lanes {
		next := c.newLabel()
		c.jumpIfBitClear(value, 32*l, next)
		c.emitRow(l)
		c.bind(next)
	}
	c.bind(over)
}

// emitRow appends row l of the instruction to Out.
func (c *compiler) emitRow(l int) {
	if c.Program.Domain == ir.List {
		c.move(ldrW, index, c.listedAt(l))
	} else {
		c.advance(index, rowNow, c.first()+l)
	}
	c.move(ldrX, element, address{context, c.layout.Out})
	c.begins = noColumn
	c.two(strWNext, index, element)
	c.move(strX, element, address{context, c.layout.Out})
}
