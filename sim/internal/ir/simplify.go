package ir

import "math"

// simplify finds the operand that a trivial operation equals. Only identities that hold for every bit pattern are here:
// x*1, x/1, x-0 and x+(-0), but not x+0 (which loses the sign of -0) or x*0.
func (b *Builder) simplify(in Instr) (Value, bool) {
	if in.Op.Commutes() && in.Op != FMA {
		if b.neutral(in.Op, in.A) {
			return in.B, true
		}
	}
	switch in.Op {
	case Add, Sub, Mul, Div, IAdd, ISub, IMul, IOr, IXor, IAnd, IShl, IShr, IUshr, And, Or, Xor:
		return in.A, b.neutral(in.Op, in.B)
	case Select:
		return b.simplifySelect(in)
	case Not:
		inner := b.program.Code[in.A]
		return inner.A, inner.Op == Not
	}
	return 0, false
}

// neutral reports whether v as right operand of op changes nothing.
func (b *Builder) neutral(op Op, v Value) bool {
	c, ok := b.Constant(v)
	if !ok {
		return false
	}
	switch op {
	case Mul, Div:
		return c == math.Float64bits(1)
	case Add:
		return c == math.Float64bits(negativeZero)
	case Sub, IAdd, ISub, IOr, IXor, IShl, IShr, IUshr, Or, Xor:
		return c == 0
	case IMul, And:
		return c == 1
	case IAnd:
		return c == math.MaxUint64
	}
	return false
}

func (b *Builder) simplifySelect(in Instr) (Value, bool) {
	if in.B == in.C {
		return in.B, true
	}
	m, ok := b.Constant(in.A)
	if ok && m != 0 {
		return in.B, true
	}
	return in.C, ok
}
