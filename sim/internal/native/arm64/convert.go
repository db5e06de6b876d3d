package arm64

import "github.com/golgi-sim/golgi/sim/internal/ir"

const (
	signBit = 1 << 63
	twoTo63 = 0x43e0000000000000 // the number 2^63
)

// convert translates conversions and what is one instruction.
func (c *compiler) convert(in ir.Instr) {
	switch in.Op {
	case ir.IntOfFloat:
		c.intOfFloat(in)
	case ir.BitsOfFloat:
		c.bitsOfFloat(in)
	case ir.FloatOfBits:
		c.sameBits(in)
	case ir.MaskOfInt:
		c.binary(cmtst, in.A, in.A)
	case ir.IntOfMask:
		a := c.Use(in.A)
		c.Release()
		c.shift(ushr, c.Result(), a, 63)
	default:
		if m := single[in.Op]; in.Op.Arity() == 1 {
			c.unary(m, in)
		} else {
			c.binary(m, in.A, in.B)
		}
	}
}

// intOfFloat replaces what the instruction gives for NaN (0) and for 2^63 and more (the greatest integer). Below -2^63 it
// gives the least integer, as it must be.
func (c *compiler) intOfFloat(in ir.Instr) {
	a := c.Use(in.A)
	fits, least := c.filledWith(twoTo63), c.filledWith(signBit)
	c.three(fcmgt, fits, fits, a)
	c.Release()
	r := c.Result()
	c.two(fcvtzs, r, a)
	c.three(bif, r, least, fits)
}

// bitsOfFloat replaces every NaN by one, where there may be any.
func (c *compiler) bitsOfFloat(in ir.Instr) {
	if c.neverNaN[in.A] {
		c.sameBits(in)
		return
	}
	a := c.Use(in.A)
	number := c.Temporary()
	r := c.Result()
	c.three(fcmeq, number, a, a)
	c.Restore(r, c.Constant(ir.NaNBits))
	c.three(bit, r, a, number)
}

// sameBits is the operand under another type.
func (c *compiler) sameBits(in ir.Instr) {
	if c.Dies(in.A) {
		c.Keep(in.A, c.Where(in.A))
		return
	}
	c.copyOf(in.A)
}
