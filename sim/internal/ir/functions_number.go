package ir

import "math"

// isNaN tells where x is not a number.
func (b *Builder) isNaN(x Value) Value { return b.Ne(x, x) }

// minimum is the lesser of two; NaN if either is.
func (b *Builder) minimum(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t != F64 {
		return b.Min(x, y)
	}
	return b.Select(b.isNaN(x), x, b.Min(x, y))
}

// maximum is the greater of two; NaN if either is.
func (b *Builder) maximum(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t != F64 {
		return b.Max(x, y)
	}
	return b.Select(b.isNaN(x), x, b.Max(x, y))
}

// clip is x brought up to lo and then down to hi; NaN stays.
func (b *Builder) clip(x, lo, hi Value) Value { return b.Min(hi, b.Max(lo, x)) }

// sign is -1, 0 or 1, of the type of x; NaN stays.
func (b *Builder) sign(x Value) Value {
	if b.Type(x) != F64 {
		x = b.ToInt(x)
		return b.Sub(b.ToInt(b.Gt(x, b.Int(0))), b.ToInt(b.Lt(x, b.Int(0))))
	}
	zero := b.Float(0)
	r := b.Select(b.Lt(zero, x), b.Float(1), b.Select(b.Lt(x, zero), b.Float(-1), zero))
	return b.Select(b.isNaN(x), x, r)
}

// heaviside is 0 below 0, 1 above, and at 0 what the caller says.
func (b *Builder) heaviside(x, at0 Value) Value {
	x = b.ToFloat(x)
	zero, one := b.Float(0), b.Float(1)
	r := b.Select(b.Lt(x, zero), zero, b.Select(b.Lt(zero, x), one, b.ToFloat(at0)))
	return b.Select(b.isNaN(x), x, r)
}

// floorDiv is x // y with Python's sign rule: two integers give an integer. Division of numbers by 0 gives the quotient's
// infinity or NaN.
func (b *Builder) floorDiv(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t == I64 {
		q, _ := b.divideInt(x, y)
		return q
	}
	rest, turned := b.remainder(x, y)
	q := b.RoundEven(b.Div(b.Sub(x, rest), y)) // whole but for rounding
	q = b.Select(turned, b.Sub(q, b.Float(1)), q)
	return b.Select(b.isNaN(rest), b.Floor(b.Div(x, y)), q)
}

// mod is x % y with the sign of y, as Python has it: two integers give an integer.
func (b *Builder) mod(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t == I64 {
		_, r := b.divideInt(x, y)
		return r
	}
	rest, turned := b.remainder(x, y)
	r := b.Select(turned, b.Add(rest, y), rest)
	return b.Select(b.Eq(r, b.Float(0)), b.withSign(r, y), r)
}

// remainder is x - trunc(x/y)*y, exact, with the sign of x, and whether that differs from the sign of y. The quotient of
// numbers is never too small, for whole numbers below 2^53 round to themselves; where it is one too great the remainder
// of FMA has the wrong sign. From 2^53 on the remainder means nothing, and 0 is given. x/0 and inf/y leave NaN.
func (b *Builder) remainder(x, y Value) (rest, turned Value) {
	zero, infinity := b.Float(0), b.Float(math.Inf(1))
	q := b.Trunc(b.Div(x, y))
	rest = b.FMA(b.Neg(q), y, x)
	wrong := b.Lt(b.Mul(rest, b.withSign(b.Float(1), x)), zero)
	rest = b.Select(wrong, b.Add(rest, b.withSign(y, x)), rest)
	rest = b.Select(b.Le(b.Float(0x1p53), b.Abs(q)), zero, rest)
	rest = b.Select(b.And(b.Eq(b.Abs(y), infinity), b.Lt(b.Abs(x), infinity)), x, rest)
	undefined := b.Or(b.Or(b.Eq(y, zero), b.isNaN(y)), b.Not(b.Lt(b.Abs(x), infinity)))
	rest = b.Select(undefined, b.Float(math.NaN()), rest)
	return rest, b.And(b.Ne(rest, zero), b.Lt(b.Mul(b.withSign(b.Float(1), rest), b.withSign(b.Float(1), y)), zero))
}

// divideInt is quotient and remainder of integers by Python's sign rule, exact for |x| and |y| below 2^53: the floor of
// the division as numbers, put right by one where the remainder shows it. Division by 0 gives 0 and x.
func (b *Builder) divideInt(x, y Value) (q, r Value) {
	zero, one := b.Int(0), b.Int(1)
	none := b.Eq(y, zero)
	q = b.ToInt(b.Floor(b.Div(x, b.Select(none, one, y))))
	r = b.Sub(x, b.Mul(q, y))
	sign := b.Select(b.Lt(y, zero), b.Int(-1), one)
	below := b.Lt(b.Mul(r, sign), zero)
	above := b.Le(b.Abs(y), b.Abs(r))
	step := b.Select(below, b.Int(-1), b.ToInt(b.And(above, b.Not(below))))
	q = b.Add(q, step)
	r = b.Sub(x, b.Mul(q, y))
	return b.Select(none, zero, q), b.Select(none, x, r)
}

// timestep is the number of the step that time t lies in: int((t + dt/1000)/dt).
func (b *Builder) timestep(t, dt Value) Value {
	t, dt = b.ToFloat(t), b.ToFloat(dt)
	return b.ToInt(b.Div(b.Add(t, b.Mul(b.Float(1e-3), dt)), dt))
}
