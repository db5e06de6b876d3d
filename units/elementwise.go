package units

import "math"

// each gives f of every element; a quantity or a number gives an array without axes, which prints and converts like
// one.
func (a Array) each(d Dimension, k Kind, f func(float64) float64) Array {
	result := a.alike(d, k)
	for i, x := range a.data {
		result.data[i] = f(x)
	}
	return result
}

// plain gives f of every element of plain numbers.
func plain(x any, f func(float64) float64) Array {
	a := ArrayOf(x)
	a.Floats()
	return a.each(Dimension{}, Float, f)
}

// Abs gives the absolute values.
func Abs(x any) Array {
	a := ArrayOf(x)
	return a.each(a.dim, a.numeric(), math.Abs)
}

// Sqrt gives the square roots; the unit is halved too.
func Sqrt(x any) Array {
	a := ArrayOf(x)
	d, ok := a.dim.Pow(1, 2)
	if !ok {
		panic(failure(BadExponent, "", "cannot take the square root of %s: its unit %s has none", brief{a}, a.dim))
	}
	return a.each(d, Float, math.Sqrt)
}

// Exp gives e to the power of plain numbers.
func Exp(x any) Array { return plain(x, math.Exp) }

// Log gives natural logarithms of plain numbers.
func Log(x any) Array { return plain(x, math.Log) }

// Log10 gives decimal logarithms of plain numbers.
func Log10(x any) Array { return plain(x, math.Log10) }

// Sin gives the sines of plain numbers.
func Sin(x any) Array { return plain(x, math.Sin) }

// Cos gives the cosines of plain numbers.
func Cos(x any) Array { return plain(x, math.Cos) }

// Tan gives the tangents of plain numbers.
func Tan(x any) Array { return plain(x, math.Tan) }

// Tanh gives the hyperbolic tangents of plain numbers.
func Tanh(x any) Array { return plain(x, math.Tanh) }

// Atan2 gives the angles of the points (x, y), in radians; y and x have one unit.
func Atan2(y, x any) Array {
	a, b := ArrayOf(y), ArrayOf(x)
	a.sumDim(opAtan2, b)
	return a.operate(opAtan2, b, Dimension{})
}

// Pow gives x to the power p. For an x with a unit p is one number; for plain numbers it may be an array.
func Pow(x, p any) Array {
	a, exponent := ArrayOf(x), ArrayOf(p)
	exponent.Floats()
	if len(exponent.data) == 1 && exponent.NDim() <= a.NDim() {
		return a.Pow(exponent.data[0])
	}
	if !a.dim.IsOne() {
		panic(failure(BadExponent, "", "cannot raise %s to %d different powers: the unit of the result would vary", brief{a}, len(exponent.data)))
	}
	return a.operate(opPow, exponent, Dimension{})
}

// Mod gives the remainders of x divided by y with the sign of y, as in Python; both have one unit.
func Mod(x, y any) Array { return ArrayOf(x).Mod(ArrayOf(y)) }

// Round gives the nearest whole numbers, or with this many decimals, halves to even. A value with a unit is rounded in
// SI units, as in numpy: Round(v/mV) is what is meant more often.
func Round(x any, decimals ...int) Array {
	a := ArrayOf(x)
	if len(decimals) == 0 || decimals[0] == 0 {
		return a.each(a.dim, a.numeric(), math.RoundToEven)
	}
	scale := ten(abs(decimals[0]))
	if decimals[0] < 0 {
		return a.each(a.dim, a.numeric(), func(x float64) float64 { return math.RoundToEven(x/scale) * scale })
	}
	return a.each(a.dim, a.numeric(), func(x float64) float64 { return math.RoundToEven(x*scale) / scale })
}

// Floor gives the whole numbers at or below, in SI units.
func Floor(x any) Array {
	a := ArrayOf(x)
	return a.each(a.dim, a.numeric(), math.Floor)
}

// Ceil gives the whole numbers at or above, in SI units.
func Ceil(x any) Array {
	a := ArrayOf(x)
	return a.each(a.dim, a.numeric(), math.Ceil)
}

// IsNaN gives the mask of what is not a number.
func IsNaN(x any) Array {
	return ArrayOf(x).each(Dimension{}, Boolean, func(x float64) float64 { return number(math.IsNaN(x)) })
}

// Clip gives x kept between lo and hi: where it is below lo, lo, where it is above hi, hi.
func Clip(x, lo, hi any) Array {
	a, low, high := ArrayOf(x), ArrayOf(lo), ArrayOf(hi)
	return Where(a.Lt(low), low, Where(a.Gt(high), high, a))
}

// Where gives a where the mask is true and b where it is false, after stretching all three to one shape.
func Where(mask, a, b any) Array {
	condition, yes, no := ArrayOf(mask).mask(), ArrayOf(a), ArrayOf(b)
	d := yes.sumDim(opAdd, no)
	kind := generalKind(yes.kind, no.kind)
	if !d.IsOne() {
		kind = Float
	}
	stretch := func(x, other Array) Array { return other.each(Dimension{}, Float, zero).operate(opAdd, x, Dimension{}) }
	result := stretch(no, stretch(yes, condition)) // all three shapes
	condition, yes = stretch(condition, result), stretch(yes, result)
	result.dim, result.kind = d, kind
	for i, x := range condition.data {
		if x != 0 {
			result.data[i] = yes.data[i]
		}
	}
	return result
}

func zero(float64) float64 { return 0 }
