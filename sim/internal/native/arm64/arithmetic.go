package arm64

import "github.com/golgi-sim/golgi/sim/internal/ir"

// single are the operations that are one vector instruction of all their operands in their order.
var single = [ir.NumOps]mnemonic{
	ir.Add: fadd, ir.Sub: fsub, ir.Mul: fmul, ir.Div: fdiv, ir.Eq: fcmeq,
	ir.Neg: fneg, ir.Abs: fabs, ir.Sqrt: fsqrt, ir.Floor: frintm, ir.Ceil: frintp, ir.Trunc: frintz, ir.RoundEven: frintn,
	ir.IAdd: add, ir.ISub: sub, ir.IAnd: and, ir.IOr: orr, ir.IXor: eor, ir.INeg: neg, ir.IEq: cmeq,
	ir.And: and, ir.Or: orr, ir.Xor: eor, ir.Not: not, ir.FloatOfInt: scvtf,
}

// exchanged are the comparisons that are one vector instruction of their operands exchanged.
var exchanged = [ir.NumOps]mnemonic{ir.Lt: fcmgt, ir.Le: fcmge, ir.ILt: cmgt, ir.ILe: cmge}

// instruction translates one instruction. A mask is all ones or all zeros in each lane.
func (c *compiler) instruction(in ir.Instr) {
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
	default:
		c.arithmetic(in)
	}
}

// arithmetic translates what touches no memory.
func (c *compiler) arithmetic(in ir.Instr) {
	switch in.Op {
	case ir.Lt, ir.Le, ir.ILt, ir.ILe:
		c.binary(exchanged[in.Op], in.B, in.A)
	case ir.Ne:
		c.inverted(c.binary(fcmeq, in.A, in.B))
	case ir.INe:
		c.inverted(c.binary(cmeq, in.A, in.B))
	case ir.Min:
		c.extreme(in, in.B, in.A)
	case ir.Max:
		c.extreme(in, in.A, in.B)
	case ir.FMA:
		c.fma(in)
	case ir.Select:
		c.choose(in)
	case ir.IMul:
		c.product(in)
	case ir.MulU32:
		c.halfProduct(in)
	case ir.IShl, ir.IUshr, ir.IShr:
		c.shifted(in)
	default:
		c.convert(in)
	}
}

// unary is r = m(a).
func (c *compiler) unary(m mnemonic, in ir.Instr) {
	a := c.Use(in.A)
	c.Release()
	c.two(m, c.Result(), a)
}

// binary is r = m(x, y).
func (c *compiler) binary(m mnemonic, x, y ir.Value) register {
	a, b := c.Use(x), c.Use(y)
	c.Release()
	r := c.Result()
	c.three(m, r, a, b)
	return r
}

// inverted turns the mask in r round.
func (c *compiler) inverted(r register) { c.two(not, r, r) }

// extreme is r = greater > less ? a : b. NEON's own minimum and maximum treat NaN and the zeros otherwise.
func (c *compiler) extreme(in ir.Instr, greater, less ir.Value) {
	a, b := c.Use(in.A), c.Use(in.B)
	r := c.Result()
	c.three(fcmgt, r, c.Use(greater), c.Use(less))
	c.three(bsl, r, a, b)
}

// fma is r = a*b + c: in the register of c if that is not needed any more, or in a copy.
func (c *compiler) fma(in ir.Instr) {
	a, b := c.Use(in.A), c.Use(in.B)
	if c.Dies(in.C) {
		sum := c.Use(in.C)
		c.Keep(in.C, sum)
		c.three(fmla, sum, a, b)
		return
	}
	c.three(fmla, c.copyOf(in.C), a, b)
}

// choose is r = a ? b : c, in the register of an operand that is not needed any more, or in a copy of c.
func (c *compiler) choose(in ir.Instr) {
	mask, x := c.Use(in.A), c.Use(in.B)
	switch {
	case c.Dies(in.A):
		otherwise := c.Use(in.C)
		c.Keep(in.A, mask)
		c.three(bsl, mask, x, otherwise)
	case c.Dies(in.B):
		otherwise := c.Use(in.C)
		c.Keep(in.B, x)
		c.three(bif, x, otherwise, mask)
	case c.Dies(in.C):
		otherwise := c.Use(in.C)
		c.Keep(in.C, otherwise)
		c.three(bit, otherwise, x, mask)
	default:
		c.three(bit, c.copyOf(in.C), x, mask)
	}
}

// halves are temporary registers with the low halves of two values.
func (c *compiler) halves(a, b register) (x, y register) {
	x, y = c.Temporary(), c.Temporary()
	c.two(xtn2, x, a)
	c.two(xtn2, y, b)
	return x, y
}

// halfProduct is the product of the low halves. A factor that is the same for all rows is taken out of its register as it is:
// random numbers multiply by constants.
func (c *compiler) halfProduct(in ir.Instr) {
	a, b := in.A, in.B
	if c.Uniform[a] {
		a, b = b, a
	}
	if !c.Uniform[b] {
		x, y := c.halves(c.Use(a), c.Use(b))
		c.Release()
		c.three(umull, c.Result(), x, y)
		return
	}
	x, factor := c.Use(a), c.Use(b)
	r := c.Result()
	c.two(xtn2, r, x)
	c.three(umullFirst, r, r, factor)
}

// product is the low half of a 64-bit product: low*low + (high*low + low*high)<<32.
func (c *compiler) product(in ir.Instr) {
	a, b := c.Use(in.A), c.Use(in.B)
	r := c.Result()
	c.two(rev64, r, b)
	c.three(mul4, r, r, a)
	c.two(uaddlp, r, r)
	c.shift(shl, r, r, 32)
	x, y := c.halves(a, b)
	c.three(umlal, r, x, y)
}

// shifted is by a number in the instruction where that is known.
func (c *compiler) shifted(in ir.Instr) {
	if count := c.Program.Code[in.B]; count.Op == ir.Const && count.Imm-1 < 63 {
		a := c.Use(in.A)
		c.Release()
		c.shift([ir.NumOps]mnemonic{ir.IShl: shl, ir.IUshr: ushr, ir.IShr: sshr}[in.Op], c.Result(), a, int(count.Imm))
		return
	}
	a, by := c.Use(in.A), c.Use(in.B)
	small := c.filledWith(63)
	if in.Op == ir.IShr {
		c.signedShift(a, by, small)
		return
	}
	c.three(cmhs, small, small, by)
	r := c.Result()
	if in.Op == ir.IUshr {
		c.two(neg, r, by)
		by = r
	}
	c.three(ushl, r, a, by)
	c.three(and, r, r, small)
}

// signedShift is by at most 63, which most is: the instruction shifts to the right by what is less than 0, and looks at the
// lowest byte alone.
func (c *compiler) signedShift(a, by, most register) {
	small := c.Temporary()
	r := c.Result()
	c.three(cmhs, small, most, by)
	c.three(bsl, small, by, most)
	c.two(neg, r, small)
	c.three(sshl, r, a, r)
}
