package native

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/native/registers"
)

// The compiler is the Machine of its choice of registers.

// Class is the registers for masks or other values.
func (c *compiler) Class(mask bool) (first, end register) { return c.class(mask) }

// Constant is a constant of the pool with one word in all lanes.
func (c *compiler) Constant(w uint64) registers.Home {
	return registers.Home{Place: registers.InPool, Number: int(c.filled(w).disp)}
}

// Save puts a register into memory. Of a mask register one byte is kept, which is the first of the slot or constant.
func (c *compiler) Save(r register, to registers.Home) {
	m := vmovupdStore
	if isMask(r) {
		m = kmovbStore
	}
	c.vex(m, r, 0, inMemoryAt(to))
}

// Restore takes a register from memory.
func (c *compiler) Restore(r register, from registers.Home) {
	m := vmovupd
	if isMask(r) {
		m = kmovb
	}
	c.vex(m, r, 0, inMemoryAt(from))
}

// Temporaries is the number of registers that an instruction needs beyond its operands and its result, at most.
func (c *compiler) Temporaries(in ir.Instr) int {
	switch in.Op {
	case ir.Scatter, ir.ScatterAdd, ir.ScatterMul, ir.IntOfFloat:
		return 3
	case ir.Gather:
		return 2
	case ir.IMul, ir.IShr, ir.INeg, ir.MaskOfInt, ir.FloatOfInt, ir.BitsOfFloat:
		return 1
	case ir.Load, ir.Store:
		if c.Program.Domain == ir.List || in.Storage == ir.Bool || in.Storage == ir.Int32 {
			return 1
		}
	}
	return 0
}

// inMemoryAt is a home as an operand.
func inMemoryAt(h registers.Home) operand {
	if h.Place == registers.InPool {
		return operand{place: inPool, disp: int32(h.Number)}
	}
	return memory(context, h.Number)
}

// source is a value where it is, in a register or in memory.
func (c *compiler) source(v ir.Value) operand {
	r, home := c.Source(v)
	if r != registers.None {
		return direct(r)
	}
	return inMemoryAt(home)
}
