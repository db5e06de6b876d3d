package ir

import "math"

// The logarithm of 2 in two parts.
const (
	ln2   = 0x1.62e42fefa39efp-1
	ln2lo = 0x1.abc9e3b39803fp-56
	log2e = 0x1.71547652b82fep+0
)

// Coefficients of (e^r - 1 - r)/r^2 for |r| <= log(2)/2: the least error of r + r^2*(...) relative to e^r - 1, found with 50
// digits by weighting squares anew (Lawson's method), the first two rounded before the rest was fitted; error 1.9e-17. And
// for what must round nearly once one more: interpolation at Chebyshev points with 60 digits, the first held at 1/2, error
// 8e-18 after rounding.
var (
	expCoefficients = []float64{0.5000000000000004, 0.16666666666666588, 0.04166666666658257, 0.008333333333391332,
		0.0013888888930123102, 0.00019841269713505264, 2.4801506689753175e-05, 2.755741362430228e-06,
		2.76255571534431e-07, 2.5051551451666297e-08}
	carefulExpCoefficients = []float64{0.5, 0.16666666666666669, 0.041666666666666664, 0.008333333333330062,
		0.0013888888888886552, 0.00019841269863053618, 2.4801587317144498e-05, 2.7557268459997064e-06,
		2.755728296954995e-07, 2.510038549551032e-08, 2.0911236630261545e-09}
)

// An expReduction is x = k*log(2) + first + second, and r = first + second rounded, |r| <= log(2)/2.
type expReduction struct {
	exponent         Value // k and an offset, as an integer of which the low 12 bits count
	first, second, r Value
}

// reduceExp takes x apart, |x| < 2000. With FMA the first difference is exact: both terms are multiples of 2^-54 and it is
// below 0.35. For NaN the exponent is that of 0, so that its bits are the same everywhere.
func (b *Builder) reduceExp(x Value, offset float64) expReduction {
	from := b.Float(shifter + offset)
	shifted := b.FMA(x, b.Float(log2e), from)
	k := b.Sub(shifted, from)
	e := expReduction{first: b.FMA(k, b.Float(-ln2), x), second: b.Mul(k, b.Float(-ln2lo))}
	e.r = b.Add(e.first, e.second)
	if !b.bounded(x) {
		shifted = b.Max(shifted, b.Float(shifter-0x1p13))
	}
	e.exponent = b.Bits(shifted)
	return e
}

// rlo is what rounding took from r.
func (b *Builder) rlo(e expReduction) Value { return b.Add(e.second, b.Sub(e.first, e.r)) }

// clamp brings x between two constants and leaves NaN.
func (b *Builder) clamp(x Value, lo, hi float64) Value {
	return b.Max(b.Float(lo), b.Min(b.Float(hi), x))
}

// exp is e^x. Beyond -746 and 710 it is 0 and infinity as at those.
func (b *Builder) exp(x Value) Value { return b.expClamped(b.clamp(x, -746, 710), 0) }

// expClamped is e^x / 2^halvings for -760 <= x <= 720.
func (b *Builder) expClamped(x Value, halvings float64) Value {
	e := b.reduceExp(x, bothBiases-halvings)
	m := b.polynomial(e.r, append([]float64{1, 1}, expCoefficients...)...)
	return b.scale(m, e.exponent)
}

// bias is the exponent of 1 as it stands in the bits of a number; bothBiases is that of two factors.
const (
	bias       = 1023
	bothBiases = 2 * bias
)

// scale is m * 2^(exponent-bothBiases) for m from 1/2 to 2. It applies the power in two factors, so that a subnormal
// result is rounded once.
func (b *Builder) scale(m, exponent Value) Value {
	half := b.Ushr(exponent, 1)
	return b.Mul(b.Mul(m, b.powerOfTwo(half)), b.powerOfTwo(b.Sub(exponent, half)))
}

// powerOfTwo is 2^(n-bias) for the n from 1 to 2046 in the low 12 bits of an integer.
func (b *Builder) powerOfTwo(exponent Value) Value { return b.FromBits(b.Shl(exponent, 52)) }

// expPair is e^(x.hi+x.lo) for -760 <= x.hi <= 720 and |x.lo| a unit in the last place of it at most.
func (b *Builder) expPair(x pair) Value {
	e := b.reduceExp(x.hi, bothBiases)
	r := b.sum(e.r, x.lo)
	m := b.fastSum(b.Float(1), r.hi)
	low := b.Add(m.lo, b.Add(r.lo, b.rlo(e)))
	above1 := b.FMA(b.Mul(r.hi, r.hi), b.polynomial(r.hi, carefulExpCoefficients...), low)
	return b.scale(b.Add(m.hi, above1), e.exponent)
}

// headroom is by how many doublings the functions below keep away from overflow.
const headroom = 16

// scaledExpm1 gives (e^x - 1)/2^headroom = u + small for -60 <= x <= 717: u is the rounded sum and small its correction.
func (b *Builder) scaledExpm1(x Value) (u, small Value) {
	e := b.reduceExp(x, bias-headroom)
	s := b.powerOfTwo(e.exponent)
	offset := b.Sub(s, b.Float(1.0/(1<<headroom))) // |offset| >= s*|r| unless k is 0, when it is 0
	u = b.FMA(s, e.r, offset)
	rest := b.FMA(s, e.r, b.Sub(offset, u))
	tail := b.FMA(b.Mul(e.r, e.r), b.polynomial(e.r, carefulExpCoefficients...), b.rlo(e))
	return u, b.FMA(s, tail, rest)
}

// expm1 is e^x - 1, accurate near 0.
func (b *Builder) expm1(x Value) Value {
	u, small := b.scaledExpm1(b.clamp(x, -60, 711))
	return b.Select(b.tiny(x), x, b.Mul(b.Add(u, small), b.Float(1<<headroom)))
}

// exprel is (e^x - 1)/x, and 1 at 0. It overflows later than e^x does, above 716. The second part of log(2) goes into the sum
// apart from r, for what r loses to rounding is too much beside a small e^x - 1. NaN comes by the divisor.
func (b *Builder) exprel(x Value) Value {
	below := b.Min(b.Float(717), x)
	e := b.reduceExp(b.Max(below, b.Float(-60)), bias-headroom)
	square := b.Mul(e.r, e.r)
	low := b.FMA(square, b.polynomial(e.r, expCoefficients...), e.second)
	s := b.powerOfTwo(e.exponent)
	offset := b.Sub(s, b.Float(1.0/(1<<headroom)))
	scaled := b.FMA(s, b.Add(e.first, low), offset)
	quotient := b.Div(scaled, b.Mul(below, b.Float(1.0/(1<<headroom))))
	return b.Select(b.Lt(square, b.Float(0x1p-200)), b.Float(1), quotient) // no other x is so near a multiple of log(2)
}

// expm1Pair is e^x - 1 as a pair, for -60 <= x <= 700.
func (b *Builder) expm1Pair(x Value) pair {
	u, small := b.scaledExpm1(x)
	p := b.fastSum(u, small)
	back := b.Float(1 << headroom)
	return pair{b.Mul(p.hi, back), b.Mul(p.lo, back)}
}

// tanh is t/(t+2) with t = e^(2|x|) - 1, carried as pairs; from 20 on it is 1.
func (b *Builder) tanh(x Value) Value {
	t := b.expm1Pair(b.Min(b.Float(40), b.Mul(b.Abs(x), b.Float(2))))
	d := b.sum(t.hi, b.Float(2))
	d.lo = b.Add(d.lo, t.lo)
	return b.Select(b.Lt(b.Abs(x), b.Float(0x1p-28)), x, b.withSign(b.quotient(t, d), x))
}

// quotient is n/d rounded nearly once.
func (b *Builder) quotient(n, d pair) Value {
	q := b.Div(n.hi, d.hi)
	rest := b.FMA(b.Neg(q), d.hi, n.hi)
	rest = b.FMA(b.Neg(q), d.lo, b.Add(rest, n.lo))
	return b.Add(q, b.Div(rest, d.hi))
}

// sinh is (t + t/(t+1))/2 with t = e^|x| - 1, and e^|x|/2 from 22 on.
func (b *Builder) sinh(x Value) Value {
	a := b.Abs(x)
	t := b.expm1(b.Min(b.Float(40), a))
	near := b.Mul(b.Add(t, b.Div(t, b.Add(t, b.Float(1)))), b.Float(0.5))
	r := b.Select(b.Lt(b.Float(22), a), b.halfExp(a), near)
	return b.Select(b.tiny(x), x, b.withSign(r, x))
}

// cosh is h + 1/(4h) with h = e^|x|/2.
func (b *Builder) cosh(x Value) Value {
	h := b.halfExp(b.Abs(x))
	return b.Add(h, b.Div(b.Float(0.25), h))
}

// halfExp is e^x/2, which overflows later than e^x.
func (b *Builder) halfExp(x Value) Value {
	return b.expClamped(b.clamp(x, -746, 711), 1)
}

// withSign is |x| with the sign bit of s.
func (b *Builder) withSign(x, s Value) Value {
	sign := b.BitAnd(b.Bits(s), b.Int(math.MinInt64))
	return b.FromBits(b.BitOr(b.Bits(b.Abs(x)), sign))
}
