package ir

import "math"

// The logarithm of 2 in two parts, and the coefficients of (e^r - 1 - r)/r^2 for |r| <= log(2)/2: interpolation at
// Chebyshev points with 60 digits, the first held at 1/2, error 8e-18 after rounding.
const (
	ln2   = 0x1.62e42fefa39efp-1
	ln2lo = 0x1.abc9e3b39803fp-56
	log2e = 0x1.71547652b82fep+0
)

var expCoefficients = []float64{0.5, 0.16666666666666669, 0.041666666666666664, 0.008333333333330062,
	0.0013888888888886552, 0.00019841269863053618, 2.4801587317144498e-05, 2.7557268459997064e-06,
	2.755728296954995e-07, 2.510038549551032e-08, 2.0911236630261545e-09}

// An expReduction is x = k*log(2) + r + rlo with |r| <= log(2)/2.
type expReduction struct {
	k, shifted Value // k as a number, and standing shifted
	r, rlo     Value
}

// reduceExp takes x apart. With FMA the first difference is exact: both terms are multiples of 2^-54 and it is below
// 0.35.
func (b *Builder) reduceExp(x Value) expReduction {
	k, shifted := b.nearest(x, b.Float(log2e))
	minus := b.Neg(k)
	first := b.FMA(minus, b.Float(ln2), x)
	r := b.FMA(minus, b.Float(ln2lo), first)
	return expReduction{k, shifted, r, b.FMA(minus, b.Float(ln2lo), b.Sub(first, r))}
}

// clamp brings x between two constants and leaves NaN.
func (b *Builder) clamp(x Value, lo, hi float64) Value {
	return b.Min(b.Float(hi), b.Max(b.Float(lo), x))
}

// exp is e^x. Beyond -746 and 710 it is 0 and infinity as at those.
func (b *Builder) exp(x Value) Value { return b.expClamped(b.clamp(x, -746, 710), 0) }

// expClamped is e^x / 2^halvings for -760 <= x <= 720.
func (b *Builder) expClamped(x Value, halvings float64) Value {
	e := b.reduceExp(x)
	above1 := b.FMA(b.Mul(e.r, e.r), b.polynomial(e.r, expCoefficients...), e.r)
	return b.scale(b.Add(above1, b.Float(1)), b.Sub(e.k, b.Float(halvings)))
}

// scale is m * 2^k for a whole k and m from 1/2 to 2. It applies 2^k in two factors, so that a subnormal result is
// rounded once.
func (b *Builder) scale(m, k Value) Value {
	half, halfShifted := b.nearest(k, b.Float(0.5))
	other := b.Add(b.Sub(k, half), b.Float(shifter))
	return b.Mul(b.Mul(m, b.powerOfTwo(halfShifted)), b.powerOfTwo(other))
}

// expPair is e^(x.hi+x.lo) for -760 <= x.hi <= 720 and |x.lo| a unit in the last place of it at most.
func (b *Builder) expPair(x pair) Value {
	e := b.reduceExp(x.hi)
	r := b.sum(e.r, x.lo)
	m := b.fastSum(b.Float(1), r.hi)
	low := b.Add(m.lo, b.Add(r.lo, e.rlo))
	return b.scale(b.Add(m.hi, b.FMA(b.Mul(r.hi, r.hi), b.polynomial(r.hi, expCoefficients...), low)), e.k)
}

// expm1Parts gives e^x - 1 = (u + small)*scale: u is the rounded sum and small its correction; scale is 2 or more only
// where e^x itself would overflow. x lies between -60 and 720.
func (b *Builder) expm1Parts(x Value) (u, small, scale Value) {
	e := b.reduceExp(x)
	kept := b.Min(b.Float(1023), e.k)
	s := b.powerOfTwo(b.Add(kept, b.Float(shifter)))
	scale = b.powerOfTwo(b.Add(b.Sub(e.k, kept), b.Float(shifter)))
	offset := b.Sub(s, b.Float(1)) // |offset| >= s*|r| unless k is 0, when it is 0
	u = b.FMA(s, e.r, offset)
	rest := b.FMA(s, e.r, b.Neg(b.Sub(u, offset)))
	tail := b.FMA(b.Mul(e.r, e.r), b.polynomial(e.r, expCoefficients...), e.rlo)
	return u, b.FMA(s, tail, rest), scale
}

// expm1 is e^x - 1, accurate near 0.
func (b *Builder) expm1(x Value) Value {
	u, small, scale := b.expm1Parts(b.clamp(x, -60, 711))
	return b.Select(b.tiny(x), x, b.Mul(b.Add(u, small), scale))
}

// exprel is (e^x - 1)/x, and 1 at 0. It overflows later than e^x does, above 716.
func (b *Builder) exprel(x Value) Value {
	below := b.Min(b.Float(717), x) // NaN stays
	u, small, scale := b.expm1Parts(b.clamp(x, -60, 717))
	quotient := b.Mul(b.Div(b.Add(u, small), below), scale)
	return b.Select(b.tiny(x), b.Float(1), quotient)
}

// expm1Pair is e^x - 1 as a pair, for -60 <= x <= 700.
func (b *Builder) expm1Pair(x Value) pair {
	u, small, _ := b.expm1Parts(x)
	return b.fastSum(u, small)
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
