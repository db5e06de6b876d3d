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

// floorDiv is x // y with Python's sign rule: two integers give an integer.
func (b *Builder) floorDiv(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t == I64 {
		q, _ := b.divideInt(x, y)
		return q
	}
	r := b.modFloat(x, y)
	// x - r is a multiple of y but for rounding, so the quotient is brought to the nearest integer
	q := b.Div(b.Sub(x, r), y)
	return b.Select(b.isNaN(r), b.Floor(b.Div(x, y)), b.RoundEven(q))
}

// mod is x % y with the sign of y, as Python has it: two integers give an integer.
func (b *Builder) mod(x, y Value) Value {
	x, y, t := b.alike(x, y)
	if t == I64 {
		_, r := b.divideInt(x, y)
		return r
	}
	return b.modFloat(x, y)
}

// modFloat is x - floor(x/y)*y. For a quotient below 2^53 it is exact as Python's: the quotient's floor is off by one at
// most, the remainder of FMA shows it by its sign or size, and remainders have few bits. From 2^53 on the remainder of so
// large a quotient means nothing, and 0 is given. x%0 and inf%y are NaN; x%inf is x, or inf where the signs differ.
func (b *Builder) modFloat(x, y Value) Value {
	zero := b.Float(0)
	quotient := b.Floor(b.Div(x, y))
	minus := b.Neg(quotient)
	r := b.FMA(minus, y, x)
	off := b.withSign(b.Float(1), y)
	below := b.Lt(b.Mul(r, off), zero) // the remainder has the wrong sign: one too many was taken
	above := b.Le(b.Abs(y), b.Abs(r))  // or one too few
	q := b.Select(below, b.Sub(quotient, b.Float(1)), b.Select(above, b.Add(quotient, b.Float(1)), quotient))
	r = b.FMA(b.Neg(q), y, x)
	r = b.Select(b.Eq(r, zero), b.withSign(zero, y), r)
	r = b.Select(b.Le(b.Float(0x1p53), b.Abs(quotient)), b.withSign(zero, y), r)
	endless := b.And(b.Eq(b.Abs(y), b.Float(math.Inf(1))), b.Lt(b.Abs(x), b.Float(math.Inf(1))))
	r = b.Select(endless, b.modEndless(x, y), r)
	undefined := b.Or(b.Eq(y, zero), b.Or(b.isNaN(y), b.Not(b.Lt(b.Abs(x), b.Float(math.Inf(1))))))
	return b.Select(undefined, b.Float(math.NaN()), r)
}

// modEndless is x % y for an infinite y.
func (b *Builder) modEndless(x, y Value) Value {
	zero := b.Float(0)
	differ := b.Lt(b.Mul(b.withSign(b.Float(1), x), b.withSign(b.Float(1), y)), zero)
	return b.Select(b.Eq(x, zero), b.withSign(zero, y), b.Select(differ, y, x))
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
