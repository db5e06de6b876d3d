package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// scatter changes elements whose numbers were computed, row after row.
func (c *compiler) scatter(in ir.Instr) {
	index, x := c.lanesOf(in.A), c.lanesOf(in.B)
	t := c.Temporary()
	outside, over := c.trap(in, false), c.newLabel()
	for l := range c.rows {
		c.endRows(l, over)
		c.index(index, l, in, outside)
		if in.Op != ir.Scatter && in.Storage == ir.Float64 {
			c.accumulateFloat(in, c.number(x, l, t), t)
			continue
		}
		c.lane(x, l, rcx)
		if to := c.indexedElement(in); in.Op == ir.Scatter {
			c.putElement(in.Storage, to)
		} else {
			c.accumulateInt(in, to)
		}
	}
	c.bind(over)
}

// accumulateFloat adds x to an element, or multiplies the element by it.
func (c *compiler) accumulateFloat(in ir.Instr, x, t register) {
	m := vaddsd
	if in.Op == ir.ScatterMul {
		m = vmulsd
	}
	to := c.indexedElement(in)
	c.vex(m, t, x, to)
	c.vex(vmovsdStore, t, 0, to)
}

func (c *compiler) accumulateInt(in ir.Instr, to operand) {
	add, multiply := addTo64, multiply64
	if in.Storage == ir.Int32 {
		add, multiply = addTo32, multiply32
	}
	if in.Op == ir.ScatterAdd {
		c.general(add, rcx, to)
		return
	}
	c.general(multiply, rcx, to)
	c.putElement(in.Storage, to)
}

// emit appends the rows of the pass whose mask is set to the frame's Out, in ascending order. That is rare, so the loop
// over them is left aside with one jump.
func (c *compiler) emit(in ir.Instr) {
	x := c.Use(in.A)
	over, again := c.newLabel(), c.newLabel()
	if c.partial {
		c.vex(kandb, k0, x, direct(tailMask))
		x = k0
	}
	c.maskBits(rax, x)
	if c.rows == 1 {
		c.general(immediate, andImm, direct(rax), word32(1)...)
	} else {
		c.general(test32, rax, direct(rax))
	}
	c.jump(ifZero, over)
	c.bind(again)
	c.general(lowestBit, rcx, direct(rax))
	c.emitRow()
	c.general(lea64, rcx, memory(rax, -1))
	c.general(and32, rax, direct(rcx)) // without the lowest bit
	c.jump(ifNotZero, again)
	c.bind(over)
}

// emitRow appends row rcx to Out, counted from the first of the instruction.
func (c *compiler) emitRow() {
	if c.Program.Domain == ir.List {
		c.general(addTo64, rowNow, direct(rcx))
		c.general(load32, rcx, indexed(rowsBase, rcx, 4, 4*c.first()))
	} else {
		c.general(lea64, rcx, indexed(rowNow, rcx, 1, c.first()))
	}
	c.general(load64, moment, memory(context, outAt))
	c.general(store32, rcx, memory(moment, 0))
	c.addNumber(moment, 4)
	c.general(store64, moment, memory(context, outAt))
}
