package native

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/native/registers"
)

// single are the operations of two operands that are one vector instruction.
var single = [ir.NumOps]mnemonic{
	ir.Add: vaddpd, ir.Sub: vsubpd, ir.Mul: vmulpd, ir.Div: vdivpd, ir.Min: vminpd, ir.Max: vmaxpd,
	ir.IAdd: vpaddq, ir.ISub: vpsubq, ir.IAnd: vpand, ir.IOr: vpor, ir.IXor: vpxor,
	ir.IShl: vpsllvq, ir.IUshr: vpsrlvq, ir.MulU32: vpmuludq, ir.IEq: vpcmpeqq,
	ir.And: vpand, ir.Or: vpor, ir.Xor: vpxor,
}

// conditions of the comparisons of numbers.
var conditions = [ir.NumOps]byte{ir.Lt: lessThan, ir.Le: lessOrEqual, ir.Eq: equal, ir.Ne: notEqual}

// roundings of the operations that give integers.
var roundings = [ir.NumOps]byte{ir.Floor: roundDown, ir.Ceil: roundUp, ir.Trunc: roundTruncated, ir.RoundEven: roundNearest}

const (
	signBit = 1 << 63
	allBits = 1<<64 - 1
)

// instruction translates one instruction. A mask is all ones or all zeros in each lane, or a bit of a mask register.
func (c *compiler) instruction(in ir.Instr) {
	if c.opmasks && c.wideInstruction(in) {
		return
	}
	switch in.Op {
	case ir.Const:
	case ir.Uniform:
		c.readUniform(in)
	case ir.Row:
		c.rowNumbers()
	case ir.Load:
		c.load(in)
	case ir.Store:
		c.store(in)
	case ir.Gather:
		c.gather(in)
	case ir.Scatter, ir.ScatterAdd, ir.ScatterMul:
		c.scatter(in)
	case ir.Emit:
		c.emit(in)
	case ir.Lt, ir.Le, ir.Eq, ir.Ne:
		c.two(vcmppd, in, conditions[in.Op])
	case ir.Floor, ir.Ceil, ir.Trunc, ir.RoundEven:
		c.one(vroundpd, in, roundings[in.Op])
	case ir.Sqrt:
		c.one(vsqrtpd, in)
	case ir.Neg:
		c.withConstant(vxorpd, in, signBit)
	case ir.Abs:
		c.withConstant(vandpd, in, allBits^signBit)
	case ir.Not:
		c.withConstant(vpxor, in, allBits)
	case ir.FMA:
		c.fma(in)
	case ir.Select:
		c.choose(in)
	default:
		c.integer(in)
	}
}

// integer translates operations on integers and conversions.
func (c *compiler) integer(in ir.Instr) {
	switch in.Op {
	case ir.INeg:
		c.negative(in)
	case ir.IMul:
		c.product(in)
	case ir.IShl, ir.IUshr:
		c.shift(in)
	case ir.IShr:
		c.signedShift(in)
	case ir.ILt:
		c.exceeds(in.B, in.A)
	case ir.ILe:
		c.inverted(c.exceeds(in.A, in.B))
	case ir.INe:
		c.inverted(c.two(vpcmpeqq, in))
	case ir.MaskOfInt:
		c.notZero(in)
	case ir.IntOfMask:
		c.bitOfMask(in)
	case ir.FloatOfInt:
		c.floatOfInt(in)
	case ir.IntOfFloat:
		c.intOfFloat(in)
	case ir.BitsOfFloat:
		c.bitsOfFloat(in)
	case ir.FloatOfBits:
		c.sameBits(in)
	default:
		c.two(single[in.Op], in)
	}
}

// one is r = m(a).
func (c *compiler) one(m mnemonic, in ir.Instr, imm ...byte) {
	a := c.source(in.A)
	c.Release()
	c.vex(m, c.Result(), 0, a, imm...)
}

// two is r = m(a, b). If the operation commutes, the operand in memory comes last, where it costs no register.
func (c *compiler) two(m mnemonic, in ir.Instr, imm ...byte) register {
	x, y := in.A, in.B
	if in.Op.Commutes() && c.Where(x) == registers.None {
		x, y = y, x
	}
	a := c.Use(x)
	b := c.source(y)
	c.Release()
	r := c.Result()
	c.vex(m, r, a, b, imm...)
	return r
}

// withConstant is r = m(a, w).
func (c *compiler) withConstant(m mnemonic, in ir.Instr, w uint64) {
	a := c.Use(in.A)
	c.Release()
	c.vex(m, c.Result(), a, c.filled(w))
}

// fma is r = a*b + c: in the register of an operand that is not needed any more, or in a copy of c.
func (c *compiler) fma(in ir.Instr) {
	x, y, z := in.A, in.B, in.C
	if !c.Dies(x) && c.Dies(y) {
		x, y = y, x
	}
	switch {
	case c.Dies(x):
		a, b := c.Use(x), c.Use(y)
		addend := c.source(z)
		c.Keep(x, a)
		c.vex(vfmadd213pd, a, b, addend)
	case c.Dies(z):
		if c.Where(x) == registers.None {
			x, y = y, x
		}
		a, b, sum := c.Use(x), c.source(y), c.Use(z)
		c.Keep(z, sum)
		c.vex(vfmadd231pd, sum, a, b)
	default:
		if c.Where(x) == registers.None {
			x, y = y, x
		}
		a, b, sum := c.Use(x), c.source(y), c.source(z)
		r := c.Result()
		c.copyTo(r, sum)
		c.vex(vfmadd231pd, r, a, b)
	}
}

func (c *compiler) copyTo(r register, from operand) {
	if from.place == inRegister {
		c.vex(vmovapd, r, 0, from)
	} else {
		c.vex(vmovupd, r, 0, from)
	}
}

// choose is r = a ? b : c.
func (c *compiler) choose(in ir.Instr) {
	mask, otherwise := c.Use(in.A), c.Use(in.C)
	chosen := c.source(in.B)
	c.Release()
	c.blend(c.Result(), otherwise, chosen, mask)
}

// blend is r = mask ? chosen : otherwise, by lanes.
func (c *compiler) blend(r, otherwise register, chosen operand, mask register) {
	if c.opmasks {
		c.masked(vblendmpd, only(mask), r, otherwise, chosen)
		return
	}
	c.vex(vblendvpd, r, otherwise, chosen, byte(mask<<4))
}

// exceeds is r = x > y, of integers.
func (c *compiler) exceeds(x, y ir.Value) register {
	a := c.Use(x)
	b := c.source(y)
	c.Release()
	r := c.Result()
	c.vex(vpcmpgtq, r, a, b)
	return r
}

// inverted turns the mask in r round.
func (c *compiler) inverted(r register) { c.vex(vpxor, r, r, c.filled(allBits)) }

// zero is a register of zeros for the instruction at hand.
func (c *compiler) zero() register {
	r := c.Temporary()
	c.vex(vpxor, r, r, direct(r))
	return r
}

func (c *compiler) negative(in ir.Instr) {
	a := c.source(in.A)
	zero := c.zero()
	c.Release()
	c.vex(vpsubq, c.Result(), zero, a)
}

// product is the low half of a 64-bit product: low*low + (high*low + low*high)<<32.
func (c *compiler) product(in ir.Instr) {
	a, b := c.Use(in.A), c.Use(in.B)
	r, t := c.Result(), c.Temporary()
	c.vex(vpshiftq, shiftRight, r, direct(a), 32)
	c.vex(vpmuludq, r, r, direct(b))
	c.vex(vpshiftq, shiftRight, t, direct(b), 32)
	c.vex(vpmuludq, t, t, direct(a))
	c.vex(vpaddq, r, r, direct(t))
	c.vex(vpshiftq, shiftLeft, r, direct(r), 32)
	c.vex(vpmuludq, t, a, direct(b))
	c.vex(vpaddq, r, r, direct(t))
}

// shift is by a number in the instruction where that is known.
func (c *compiler) shift(in ir.Instr) {
	count := c.Program.Code[in.B]
	if count.Op != ir.Const || count.Imm > 63 {
		c.two(single[in.Op], in)
		return
	}
	to := register(shiftLeft)
	if in.Op == ir.IUshr {
		to = shiftRight
	}
	a := c.Use(in.A)
	c.Release()
	c.vex(vpshiftq, to, c.Result(), direct(a), byte(count.Imm))
}

// signedShift shifts the bits that differ from the sign, and gives them back: AVX2 has no arithmetic shift of 64 bits.
func (c *compiler) signedShift(in ir.Instr) {
	a, count := c.Use(in.A), c.source(in.B)
	sign := c.zero()
	r := c.Result()
	c.vex(vpcmpgtq, sign, sign, direct(a))
	c.vex(vpxor, r, a, direct(sign))
	c.vex(vpsrlvq, r, r, count)
	c.vex(vpxor, r, r, direct(sign))
}
