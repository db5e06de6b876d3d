package ir

import "math"

// pow is x**y as C has it. A constant exponent 1, 2, 3, 4, -1 or 0.5 is done by multiplication, division or square root;
// (-inf)**0.5 alone is then NaN where C says inf.
func (b *Builder) pow(x, y Value) Value {
	if c, ok := b.Constant(y); ok {
		if v, done := b.powConstant(x, math.Float64frombits(c)); done {
			return v
		}
	}
	return b.powGeneral(x, y)
}

func (b *Builder) powConstant(x Value, y float64) (Value, bool) {
	square := func(v Value) Value { return b.Mul(v, v) }
	switch y {
	case 0:
		return b.Float(1), true
	case 1:
		return x, true
	case 2:
		return square(x), true
	case 3:
		return b.Mul(square(x), x), true
	case 4:
		return square(square(x)), true
	case -1:
		return b.Div(b.Float(1), x), true
	case 0.5:
		return b.Sqrt(b.Add(x, b.Float(0))), true // (-0)**0.5 is +0
	}
	return 0, false
}

// powGeneral is e^(y*log|x|) with the logarithm and the product as pairs, then the signs and edges of C's pow.
func (b *Builder) powGeneral(x, y Value) Value {
	zero, one, inf := b.Float(0), b.Float(1), b.Float(math.Inf(1))
	a := b.Abs(x)
	l := b.pairLog(a)
	l.hi = b.Select(b.Lt(a, inf), l.hi, a) // inf and NaN are their own logarithms
	l.hi = b.Select(b.Eq(a, zero), b.Float(math.Inf(-1)), l.hi)
	p := b.product(y, l.hi)
	p.lo = b.FMA(y, l.lo, p.lo)
	p.lo = b.Select(b.Le(b.Abs(p.hi), b.Float(750)), p.lo, zero) // beyond, the result is 0 or inf anyway
	size := b.expPair(pair{b.clamp(p.hi, -750, 715), p.lo})

	whole := b.Eq(b.RoundEven(y), y)
	half := b.Mul(y, b.Float(0.5))
	odd := b.And(whole, b.Ne(b.RoundEven(half), half))
	negative := b.Lt(b.Bits(x), b.Int(0))
	r := b.Select(b.And(negative, odd), b.Neg(size), size)
	undefined := b.And(b.And(b.Lt(x, zero), b.Lt(a, inf)), b.Not(whole))
	r = b.Select(undefined, b.Float(math.NaN()), r)
	onCircle := b.And(b.Eq(a, one), b.Eq(b.Abs(y), inf))
	isOne := b.Or(b.Or(b.Eq(y, zero), b.Eq(x, one)), onCircle)
	return b.Select(isOne, one, r)
}
