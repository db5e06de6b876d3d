package arm64

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/native/registers"
)

const (
	vectorRegisters = 32
	slotSize        = 16
)

// The compiler is the Machine of its choice of registers.

// Class is the registers for values, masks among them.
func (c *compiler) Class(bool) (first, end register) { return 0, vectorRegisters }

// Constant is a constant of the pool with one word in all lanes.
func (c *compiler) Constant(w uint64) registers.Home {
	return registers.Home{Place: registers.InPool, Number: c.pooledNumber([lanes]uint64{w, w})}
}

// Save puts a register into a slot.
func (c *compiler) Save(r register, to registers.Home) { c.move(strQ, r, address{context, to.Number}) }

// Restore takes a register from memory.
func (c *compiler) Restore(r register, from registers.Home) {
	if from.Place == registers.InPool {
		c.constant(r, from.Number)
	} else {
		c.move(ldrQ, r, address{context, from.Number})
	}
}

// Temporaries is the number of registers that an instruction needs beyond its operands and its result, at most.
func (c *compiler) Temporaries(in ir.Instr) int {
	switch in.Op {
	case ir.IMul, ir.MulU32, ir.IntOfFloat, ir.IShr, ir.ScatterAdd, ir.ScatterMul:
		return 2
	case ir.IShl, ir.IUshr, ir.BitsOfFloat, ir.Row, ir.Store, ir.Emit:
		return 1
	}
	return 0
}

// filledWith is a temporary register with one word in all lanes.
func (c *compiler) filledWith(w uint64) register {
	r := c.Temporary()
	c.Restore(r, c.Constant(w))
	return r
}

// copyOf is the register of the result, with a value in it that goes on: one in memory costs no other register.
func (c *compiler) copyOf(v ir.Value) register {
	from, home := c.Source(v)
	r := c.Result()
	if from == registers.None {
		c.Restore(r, home)
	} else {
		c.three(orr, r, from, from)
	}
	return r
}
