package ir

import (
	"fmt"
	"math"
)

var negativeZero = math.Copysign(0, -1)

// ToFloat is v as a number; a mask is 1 or 0.
func (b *Builder) ToFloat(v Value) Value {
	if b.Type(v) == F64 {
		return v
	}
	return b.op(FloatOfInt, F64, b.ToInt(v))
}

// ToInt is v as an integer: a number truncated, a mask 1 or 0.
func (b *Builder) ToInt(v Value) Value {
	switch b.Type(v) {
	case F64:
		return b.op(IntOfFloat, I64, v)
	case Mask:
		return b.op(IntOfMask, I64, v)
	}
	return v
}

// ToMask is v as a condition: true where it is not 0.
func (b *Builder) ToMask(v Value) Value {
	switch b.Type(v) {
	case F64:
		return b.op(Ne, Mask, v, b.Float(0))
	case I64:
		return b.op(MaskOfInt, Mask, v)
	}
	return v
}

func (b *Builder) mask(v Value) Value {
	if b.Type(v) != Mask {
		panic(fmt.Sprintf("ir: program %q: found a %s, expected a mask", b.program.Name, b.Type(v)))
	}
	return v
}

// alike brings two values to one numeric type: f64 if either is, else i64.
func (b *Builder) alike(x, y Value) (Value, Value, Type) {
	if b.Type(x) == F64 || b.Type(y) == F64 {
		return b.ToFloat(x), b.ToFloat(y), F64
	}
	return b.ToInt(x), b.ToInt(y), I64
}

// numeric adds one of two operations, by the type of the operands.
func (b *Builder) numeric(float, integer Op, x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t == F64 {
		return b.op(float, opTable[float].result, x, y)
	}
	return b.op(integer, opTable[integer].result, x, y)
}

// Arithmetic: two integers (or masks, as 0 and 1) give an integer, else both operands become numbers.

// Add is x + y.
func (b *Builder) Add(x, y Value) Value { return b.numeric(Add, IAdd, x, y) }

// Sub is x - y.
func (b *Builder) Sub(x, y Value) Value { return b.numeric(Sub, ISub, x, y) }

// Mul is x * y.
func (b *Builder) Mul(x, y Value) Value { return b.numeric(Mul, IMul, x, y) }

// Div is x / y, a number whatever the operands are.
func (b *Builder) Div(x, y Value) Value { return b.op(Div, F64, b.ToFloat(x), b.ToFloat(y)) }

// FMA is x*y + z of numbers, rounded once.
func (b *Builder) FMA(x, y, z Value) Value {
	return b.op(FMA, F64, b.ToFloat(x), b.ToFloat(y), b.ToFloat(z))
}

// Neg is -x.
func (b *Builder) Neg(x Value) Value {
	if b.Type(x) == F64 {
		return b.op(Neg, F64, x)
	}
	return b.op(INeg, I64, b.ToInt(x))
}

// Abs is |x|; the least integer stays what it is.
func (b *Builder) Abs(x Value) Value {
	if b.Type(x) == F64 {
		return b.op(Abs, F64, x)
	}
	x = b.ToInt(x)
	return b.Select(b.Lt(x, b.Int(0)), b.Neg(x), x)
}

// Sqrt is the square root, correctly rounded.
func (b *Builder) Sqrt(x Value) Value { return b.op(Sqrt, F64, b.ToFloat(x)) }

// Floor is the greatest integer not above x; an integer stays one.
func (b *Builder) Floor(x Value) Value { return b.rounded(Floor, x) }

// Ceil is the least integer not below x; an integer stays one.
func (b *Builder) Ceil(x Value) Value { return b.rounded(Ceil, x) }

// Trunc is x without its fraction; an integer stays one.
func (b *Builder) Trunc(x Value) Value { return b.rounded(Trunc, x) }

// RoundEven is the integer nearest to x, the even one of two; an integer stays one.
func (b *Builder) RoundEven(x Value) Value { return b.rounded(RoundEven, x) }

func (b *Builder) rounded(op Op, x Value) Value {
	if b.Type(x) == F64 {
		return b.op(op, F64, x)
	}
	return b.ToInt(x)
}

// Min is x if x < y, and else y.
func (b *Builder) Min(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t == F64 {
		return b.op(Min, F64, x, y)
	}
	return b.Select(b.Lt(x, y), x, y)
}

// Max is x if x > y, and else y.
func (b *Builder) Max(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t == F64 {
		return b.op(Max, F64, x, y)
	}
	return b.Select(b.Lt(y, x), x, y)
}

// Lt is x < y.
func (b *Builder) Lt(x, y Value) Value { return b.numeric(Lt, ILt, x, y) }

// Le is x <= y.
func (b *Builder) Le(x, y Value) Value { return b.numeric(Le, ILe, x, y) }

// Gt is x > y.
func (b *Builder) Gt(x, y Value) Value { return b.Lt(y, x) }

// Ge is x >= y.
func (b *Builder) Ge(x, y Value) Value { return b.Le(y, x) }

// Eq is x == y.
func (b *Builder) Eq(x, y Value) Value { return b.numeric(Eq, IEq, x, y) }

// Ne is x != y.
func (b *Builder) Ne(x, y Value) Value { return b.numeric(Ne, INe, x, y) }

// And is x and y, of masks.
func (b *Builder) And(x, y Value) Value { return b.op(And, Mask, x, y) }

// Or is x or y, of masks.
func (b *Builder) Or(x, y Value) Value { return b.op(Or, Mask, x, y) }

// Xor is true where one of two masks is.
func (b *Builder) Xor(x, y Value) Value { return b.op(Xor, Mask, x, y) }

// Not is true where the mask is not.
func (b *Builder) Not(x Value) Value { return b.op(Not, Mask, x) }

// Select is x where m is true and y elsewhere. Values of different type become numbers as for Add.
func (b *Builder) Select(m, x, y Value) Value {
	t := b.Type(x)
	if t != b.Type(y) {
		x, y, t = b.alike(x, y)
	}
	return b.op(Select, t, m, x, y)
}

// Integer operations on bits.

// BitAnd is x & y.
func (b *Builder) BitAnd(x, y Value) Value { return b.op(IAnd, I64, x, y) }

// BitOr is x | y.
func (b *Builder) BitOr(x, y Value) Value { return b.op(IOr, I64, x, y) }

// BitXor is x ^ y.
func (b *Builder) BitXor(x, y Value) Value { return b.op(IXor, I64, x, y) }

// Shl is x << n.
func (b *Builder) Shl(x Value, n int64) Value { return b.op(IShl, I64, x, b.Int(n)) }

// Shr is x >> n, copying the sign.
func (b *Builder) Shr(x Value, n int64) Value { return b.op(IShr, I64, x, b.Int(n)) }

// Ushr is x >> n, shifting in zeros.
func (b *Builder) Ushr(x Value, n int64) Value { return b.op(IUshr, I64, x, b.Int(n)) }

// MulU32 is the 64-bit product of the low 32 bits of x and y.
func (b *Builder) MulU32(x, y Value) Value { return b.op(MulU32, I64, x, y) }

// Bits are the bits of a number.
func (b *Builder) Bits(x Value) Value { return b.op(BitsOfFloat, I64, x) }

// FromBits is the number with the bits of x.
func (b *Builder) FromBits(x Value) Value { return b.op(FloatOfBits, F64, x) }
