package ir

import "math"

// Coefficients, by interpolation at Chebyshev points with 60 digits, z = s^2 with s = f/(2+f) and 1+f between sqrt(1/2)
// and sqrt(2): of (2*atanh(s)/s - 2)/z, error 3.2e-16, and of (atanh(s)/s - 1 - z/3)/z^2, error 1.3e-17.
var (
	logCoefficients = []float64{0.666666666666667, 0.39999999999899444, 0.2857142862600327, 0.22222211130259878,
		0.18182889455674947, 0.15331710618210773, 0.14616585424888623}
	pairLogCoefficients = []float64{0.2, 0.14285714285714682, 0.11111111110827943, 0.09090909167696401,
		0.07692297481259215, 0.06667402346923655, 0.05853118169745603, 0.05861589311938259}
)

// log(2) with 42 bits, so that small multiples are exact, and the rest.
const (
	ln2short = 0x1.62e42fefa3800p-1
	ln2rest  = 0x1.ef35793c76730p-45
)

// splitBinary takes a positive normal number apart: x = 2^k * m, m from sqrt(1/2) to sqrt(2).
func (b *Builder) splitBinary(x Value) (k, m Value) {
	all := b.Bits(x)
	root := b.Int(0x3fe6a09e667f3bcd) // the bits of sqrt(1/2)
	exponent := b.Shr(b.Sub(all, root), 52)
	return exponent, b.FromBits(b.Sub(all, b.Shl(exponent, 52)))
}

// splitPositive is splitBinary of any positive finite number, k as a number: a subnormal one is scaled by 2^54 first.
func (b *Builder) splitPositive(x Value) (k, m Value) {
	small := b.Lt(x, b.Float(0x1p-1022))
	n, m := b.splitBinary(b.Select(small, b.Mul(x, b.Float(0x1p54)), x))
	return b.smallFloat(b.Sub(n, b.Select(small, b.Int(54), b.Int(0)))), m
}

// logOf is k*log(2) + log(1+f) + extra. With s = f/(2+f), log(1+f) = 2*atanh(s) = f - (f^2/2 - s*(f^2/2 + R(s^2))): f is
// exact and all else small beside it.
func (b *Builder) logOf(k, f, extra Value) Value {
	s := b.Div(f, b.Add(f, b.Float(2)))
	z := b.Mul(s, s)
	half := b.Mul(b.Mul(f, f), b.Float(0.5))
	rest := b.Mul(z, b.polynomial(z, logCoefficients...))
	low := b.FMA(s, b.Add(half, rest), b.FMA(k, b.Float(ln2rest), extra))
	return b.FMA(k, b.Float(ln2short), b.Sub(f, b.Sub(half, low)))
}

// log is the natural logarithm: -inf at 0, NaN below.
func (b *Builder) log(x Value) Value {
	k, m := b.splitPositive(x)
	return b.logEdges(x, x, b.logOf(k, b.Sub(m, b.Float(1)), b.Float(0)))
}

// logEdges gives r where a is positive and finite, -inf where it is 0, NaN below, and x where that is infinite or NaN.
func (b *Builder) logEdges(x, a, r Value) Value {
	edge := b.Select(b.Lt(a, b.Float(0)), b.Float(math.NaN()), x)
	edge = b.Select(b.Eq(a, b.Float(0)), b.Float(math.Inf(-1)), edge)
	inside := b.And(b.Lt(b.Float(0), a), b.Lt(a, b.Float(math.Inf(1))))
	return b.Select(inside, r, edge)
}

// log1p is log(1+x), accurate near 0. Where 1+x = u rounds, log(1+x) = log(u) + (1+x-u)/u; where u is near 1 no such
// care is needed since x itself is f.
func (b *Builder) log1p(x Value) Value {
	u := b.sum(b.Float(1), x)
	k, m := b.splitPositive(u.hi)
	near := b.Eq(k, b.Float(0))
	f := b.Select(near, x, b.Sub(m, b.Float(1)))
	extra := b.Select(near, b.Float(0), b.Div(u.lo, u.hi))
	return b.Select(b.tiny(x), x, b.logEdges(x, u.hi, b.logOf(k, f, extra)))
}

// pairLog is log(x) of a positive finite number to about 2^-65 of it: 2*atanh(s) with s as a pair, 1/3 as a pair, and
// the rest of the series in simple precision.
func (b *Builder) pairLog(x Value) pair {
	k, m := b.splitPositive(x)
	u := b.pairAtanh(b.Sub(m, b.Float(1)))
	two := b.Float(2)
	high := b.fastSum(b.Mul(k, b.Float(ln2short)), b.Mul(u.hi, two))
	low := b.Add(high.lo, b.FMA(k, b.Float(ln2rest), b.Mul(u.lo, two)))
	return b.fastSum(high.hi, low)
}

// pairAtanh is atanh(f/(2+f)) for 1+f between sqrt(1/2) and sqrt(2).
func (b *Builder) pairAtanh(f Value) pair {
	d := b.fastSum(b.Float(2), f)
	s := pair{hi: b.Div(f, d.hi)}
	rest := b.FMA(b.Neg(s.hi), d.hi, f)
	s.lo = b.Div(b.FMA(b.Neg(s.hi), d.lo, rest), d.hi)

	z := b.pairProduct(s, s)
	series := b.fastSum(b.Float(1.0/3), b.Mul(z.hi, b.polynomial(z.hi, pairLogCoefficients...)))
	series.lo = b.Add(series.lo, b.Float(0x1.5555555555555p-56)) // 1/3 - float64(1/3)
	t := b.pairProduct(s, b.pairProduct(z, series))
	sum := b.fastSum(s.hi, t.hi)
	sum.lo = b.Add(sum.lo, b.Add(s.lo, t.lo))
	return sum
}

// log10 is the decimal logarithm, exact at powers of ten: the natural one as a pair, times 1/log(10) as a pair.
func (b *Builder) log10(x Value) Value {
	l := b.pairLog(x)
	r := b.pairProduct(l, pair{b.Float(0x1.bcb7b1526e50ep-2), b.Float(0x1.95355baaafad3p-57)})
	return b.logEdges(x, x, b.Add(r.hi, r.lo))
}
