package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// What operations become where masks have registers of their own. A mask stays in its register from the comparison to
// the choice or the emission that it is for.

// wideSingle are operations that are one instruction there alone.
var wideSingle = [ir.NumOps]mnemonic{
	ir.FloatOfInt: vcvtqq2pd, ir.IntOfFloat: vcvttpd2qq,
	ir.And: kandb, ir.Or: korb, ir.Xor: kxorb,
}

// wideConditions of the comparisons of integers.
var wideConditions = [ir.NumOps]byte{ir.ILt: less, ir.ILe: notGreater, ir.IEq: equal, ir.INe: notEqual}

// wideInstruction translates an instruction that differs from that of other forms, and reports whether it does.
func (c *compiler) wideInstruction(in ir.Instr) bool {
	switch in.Op {
	case ir.ILt, ir.ILe, ir.IEq, ir.INe:
		c.two(vpcmpq, in, wideConditions[in.Op])
	case ir.IMul:
		c.two(vpmullq, in)
	case ir.IShr:
		c.shiftSign(in)
	case ir.FloatOfInt, ir.IntOfFloat: // which gives the least integer for NaN and for what does not fit, as it must be
		c.one(wideSingle[in.Op], in)
	case ir.And, ir.Or, ir.Xor:
		a, b := c.Use(in.A), c.Use(in.B)
		c.Release()
		c.vex(wideSingle[in.Op], c.Result(), a, direct(b))
	case ir.Not:
		a := c.Use(in.A)
		c.Release()
		c.vex(knotb, c.Result(), 0, direct(a))
	case ir.MaskOfInt:
		a := c.Use(in.A)
		c.vex(vptestmq, c.Result(), a, direct(a))
	case ir.IntOfMask:
		a := c.Use(in.A)
		c.masked(vmovupd, only(a)|zeroing, c.Result(), 0, c.filled(1))
	case ir.Select:
		if in.Type != ir.Mask {
			return false
		}
		c.chooseMask(in)
	default:
		return false
	}
	return true
}

// shiftSign is by a number in the instruction where that is known.
func (c *compiler) shiftSign(in ir.Instr) {
	count := c.Program.Code[in.B]
	if count.Op != ir.Const || count.Imm > 63 {
		c.two(vpsravq, in)
		return
	}
	a := c.Use(in.A)
	c.Release()
	c.vex(vpsraq, shiftSigned, c.Result(), direct(a), byte(count.Imm))
}

// chooseMask is r = a and b, or not a and c.
func (c *compiler) chooseMask(in ir.Instr) {
	a, chosen, otherwise := c.Use(in.A), c.Use(in.B), c.Use(in.C)
	r, t := c.Result(), c.TemporaryOf(ir.Mask)
	c.vex(kandb, t, a, direct(chosen))
	c.vex(kandnb, r, a, direct(otherwise))
	c.vex(korb, r, r, direct(t))
}

// maskBits puts a mask into a general register, one bit a lane.
func (c *compiler) maskBits(to, mask register) {
	if isMask(mask) {
		c.vex(kmovbOut, to, 0, direct(mask))
		return
	}
	c.vex(vmovmskpd, to, 0, direct(mask))
}
