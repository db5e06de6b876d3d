package ir

import "math"

// Half of pi in three parts (159 bits), and coefficients by interpolation at Chebyshev points with 60 digits, z = r^2:
// of (sin(r)/r - 1)/z, error 3.7e-17, and of (cos(r) - 1 + z/2)/z^2, error 2.3e-18, for |r| <= pi/4 (and 1 % more); of
// (atan(t)/t - 1)/t^2, error 4.5e-17, for |t| <= tan(pi/8).
const (
	halfPi1 = 0x1.921fb54442d18p+0
	halfPi2 = 0x1.1a62633145c07p-54
	halfPi3 = -0x1.f1976b7ed8fbcp-110
	// angleLimit is where sin, cos and tan end: neighbouring numbers there are 1/16 apart.
	angleLimit = 0x1p48
)

var (
	sinCoefficients = []float64{-0.16666666666666666, 0.0083333333333307, -0.00019841269836387345,
		2.755731591191116e-06, -2.5051092507061385e-08, 1.59153232122714e-10}
	cosCoefficients = []float64{0.041666666666666664, -0.0013888888888887241, 2.4801587298533456e-05,
		-2.755731715246704e-07, 2.087612165887116e-09, -1.1380876948169717e-11}
	atanCoefficients = []float64{-0.3333333333333333, 0.19999999999995516, -0.14285714284665682, 0.11111111015187018,
		-0.0909090457530649, 0.07692183125376892, -0.06664510525508936, 0.05858140904866328, -0.050854078345894844,
		0.03923044778479309, -0.019175404711104935}
)

// reduceAngle is x - n*pi/2 as a pair, n the nearest integer, after Cody and Waite: with FMA the first difference is
// exact (a multiple of 2^-53 below 1), and the second is done with its error, so that nothing is lost where x is nearly
// a multiple of pi/2. quadrant is n modulo 4.
func (b *Builder) reduceAngle(x Value) (r pair, quadrant Value) {
	n, shifted := b.nearest(x, b.Float(2/math.Pi))
	first := b.FMA(b.Neg(n), b.Float(halfPi1), x)
	second := b.product(n, b.Float(halfPi2))
	r = b.sum(first, b.Neg(second.hi))
	r.lo = b.FMA(b.Neg(n), b.Float(halfPi3), b.Sub(r.lo, second.lo))
	return r, b.BitAnd(b.Bits(shifted), b.Int(3))
}

// sinReduced is sin(r.hi+r.lo) for |r| <= pi/4: a number and its small correction.
func (b *Builder) sinReduced(r pair) (value, correction Value) {
	z := b.Mul(r.hi, r.hi)
	cube := b.Mul(z, r.hi)
	lean := b.FMA(b.Mul(z, b.Float(-0.5)), r.lo, r.lo) // r.lo*cos(r.hi), nearly
	return r.hi, b.FMA(cube, b.polynomial(z, sinCoefficients...), lean)
}

// cosReduced is cos(r.hi+r.lo) likewise.
func (b *Builder) cosReduced(r pair) (value, correction Value) {
	z := b.Mul(r.hi, r.hi)
	half := b.Mul(z, b.Float(0.5))
	w := b.fastSum(b.Float(1), b.Neg(half))
	rest := b.FMA(b.Mul(z, z), b.polynomial(z, cosCoefficients...), b.Neg(b.Mul(r.hi, r.lo)))
	return w.hi, b.Add(w.lo, rest)
}

// sinShifted is sin(x + turns*pi/2).
func (b *Builder) sinShifted(x Value, turns int64) Value {
	r, quadrant := b.reduceAngle(x)
	s, sLow := b.sinReduced(r)
	c, cLow := b.cosReduced(r)
	q := b.Add(quadrant, b.Int(turns))
	v := b.Select(b.ToMask(b.BitAnd(q, b.Int(1))), b.Add(c, cLow), b.Add(s, sLow))
	return b.Select(b.ToMask(b.BitAnd(q, b.Int(2))), b.Neg(v), v)
}

// sin is the sine; NaN from 2^48 on.
func (b *Builder) sin(x Value) Value {
	return b.Select(b.Lt(b.Abs(x), b.Float(0x1p-27)), x, b.withinLimit(x, b.sinShifted(x, 0)))
}

// cos is the cosine; NaN from 2^48 on.
func (b *Builder) cos(x Value) Value { return b.withinLimit(x, b.sinShifted(x, 1)) }

func (b *Builder) withinLimit(x, r Value) Value {
	return b.Select(b.Lt(b.Abs(x), b.Float(angleLimit)), r, b.Float(math.NaN()))
}

// tan is sin/cos, both as pairs; NaN from 2^48 on.
func (b *Builder) tan(x Value) Value {
	r, quadrant := b.reduceAngle(x)
	s := b.fastSum(b.sinReduced(r))
	c := b.fastSum(b.cosReduced(r))
	odd := b.ToMask(b.BitAnd(quadrant, b.Int(1)))
	n := pair{b.Select(odd, c.hi, s.hi), b.Select(odd, c.lo, s.lo)}
	d := pair{b.Select(odd, b.Neg(s.hi), c.hi), b.Select(odd, b.Neg(s.lo), c.lo)}
	return b.Select(b.Lt(b.Abs(x), b.Float(0x1p-27)), x, b.withinLimit(x, b.quotient(n, d)))
}

// arctan is arctan2(x, 1).
func (b *Builder) arctan(x Value) Value { return b.arctan2(x, b.Float(1)) }

// arctan2 is the angle of the point (x, y) from -pi to pi, signs of zeros as in C.
func (b *Builder) arctan2(y, x Value) Value {
	up, right := b.comparable(b.Abs(y), b.Abs(x))
	angle := b.firstQuadrant(up, right)
	left := b.Lt(b.Bits(x), b.Int(0))
	beyond := b.Add(b.Sub(b.Float(math.Pi), angle.hi), b.Sub(b.Float(2*halfPi2), angle.lo))
	r := b.withSign(b.Select(left, beyond, angle.hi), y)
	isNaN := b.Or(b.Ne(x, x), b.Ne(y, y))
	return b.Select(isNaN, b.Float(math.NaN()), r)
}

// comparable scales two lengths so that their sum does not overflow; two infinite ones are alike.
func (b *Builder) comparable(up, right Value) (Value, Value) {
	longest := b.Max(up, right)
	scale := b.Select(b.Lt(b.Float(0x1p1000), longest), b.Float(0x1p-60), b.Float(1))
	endless := b.Eq(b.Min(up, right), b.Float(math.Inf(1)))
	one := b.Float(1)
	return b.Select(endless, one, b.Mul(up, scale)), b.Select(endless, one, b.Mul(right, scale))
}

// firstQuadrant is the angle of (right, up), both >= 0: turned back by 0, pi/4 or pi/2 to where the tangent is at most
// tan(pi/8) and a polynomial does the rest.
func (b *Builder) firstQuadrant(up, right Value) pair {
	tan8 := b.Float(math.Sqrt2 - 1)
	flat := b.Le(up, b.Mul(right, tan8))
	steep := b.Lt(right, b.Mul(up, tan8))
	three := func(x, y, z Value) Value { return b.Select(flat, x, b.Select(steep, y, z)) }
	n := three(up, b.Neg(right), b.Sub(up, right))
	d := three(right, up, b.Add(up, right))
	t := b.Div(n, b.Select(b.Eq(d, b.Float(0)), b.Float(1), d))
	z := b.Mul(t, t)
	low := b.FMA(b.Mul(z, t), b.polynomial(z, atanCoefficients...), three(b.Float(0), b.Float(halfPi2), b.Float(halfPi2/2)))
	return b.fastSum(three(b.Float(0), b.Float(halfPi1), b.Float(halfPi1/2)), b.Add(t, low))
}

// arcsin is arctan2(x, sqrt(1-x^2)); NaN outside -1 to 1.
func (b *Builder) arcsin(x Value) Value {
	one := b.Float(1)
	return b.arctan2(x, b.Sqrt(b.Mul(b.Sub(one, x), b.Add(one, x))))
}

// arccos is 2*arctan2(sqrt(1-x), sqrt(1+x)); NaN outside -1 to 1.
func (b *Builder) arccos(x Value) Value {
	one := b.Float(1)
	return b.Mul(b.Float(2), b.arctan2(b.Sqrt(b.Sub(one, x)), b.Sqrt(b.Add(one, x))))
}
