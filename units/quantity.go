package units

import (
	"math"
	"strings"
)

// Quantity is a value in SI units with its dimension. Its zero value is a plain 0, which takes any unit. Quantities
// are comparable with ==, which compares value and dimension; Eq is the comparison of a formula.
//
// Operations cost about as much as the bare arithmetic; they panic with *Error where dimensions do not fit.
type Quantity struct {
	si  float64
	dim Dimension
}

// New gives the quantity of the value si, in SI units, and dimension d.
func New(si float64, d Dimension) Quantity { return Quantity{si, d} }

// Scalar gives a plain number as a quantity.
func Scalar(x float64) Quantity { return Quantity{si: x} }

// SI gives the value in SI units.
func (q Quantity) SI() float64 { return q.si }

// Dim gives the dimension.
func (q Quantity) Dim() Dimension { return q.dim }

// takesAnyUnit reports whether q is a plain 0.
func (q Quantity) takesAnyUnit() bool { return q.si == 0 && q.dim == Dimension{} }

// common gives the dimension that both operands of a sum have.
func (q Quantity) common(r Quantity, verb, joint string) Dimension {
	switch {
	case q.dim == r.dim || r.takesAnyUnit():
		return q.dim
	case q.takesAnyUnit():
		return r.dim
	}
	panic(mismatch(verb, joint, q, r, q.dim, r.dim))
}

// Add gives q + r.
func (q Quantity) Add(r Quantity) Quantity {
	if q.dim == r.dim {
		return Quantity{q.si + r.si, q.dim}
	}
	return Quantity{q.si + r.si, q.common(r, "add", "and")}
}

// Sub gives q - r.
func (q Quantity) Sub(r Quantity) Quantity {
	if q.dim == r.dim {
		return Quantity{q.si - r.si, q.dim}
	}
	d := r.common(q, "subtract", "from")
	return Quantity{q.si - r.si, d}
}

// Mul gives q * r.
func (q Quantity) Mul(r Quantity) Quantity {
	q.si *= r.si
	if r.dim != (Dimension{}) {
		q.dim.multiply(&r.dim)
	}
	return q
}

// Div gives q / r; a division by 0 gives an infinity or NaN.
func (q Quantity) Div(r Quantity) Quantity {
	q.si /= r.si
	if r.dim != (Dimension{}) {
		q.dim.divide(&r.dim)
	}
	return q
}

// product is Dimension.Mul with an error instead of a limit.
func product(d, e Dimension) Dimension {
	d.multiply(&e)
	return d
}

// quotient is Dimension.Div with an error instead of a limit.
func quotient(d, e Dimension) Dimension {
	d.divide(&e)
	return d
}

// multiply is product in place, written out because it is a third of the cost of a quantity's product.
func (d *Dimension) multiply(e *Dimension) {
	d[0] += e[0]
	d[1] += e[1]
	d[2] += e[2]
	d[3] += e[3]
	d[4] += e[4]
	d[5] += e[5]
	d[6] += e[6]
	d.checkRange()
}

func (d *Dimension) divide(e *Dimension) {
	d[0] -= e[0]
	d[1] -= e[1]
	d[2] -= e[2]
	d[3] -= e[3]
	d[4] -= e[4]
	d[5] -= e[5]
	d[6] -= e[6]
	d.checkRange()
}

// checkRange panics if an exponent lies outside the limits: there its two highest bits differ.
func (d *Dimension) checkRange() {
	if d[0]^d[0]<<1|d[1]^d[1]<<1|d[2]^d[2]<<1|d[3]^d[3]<<1|d[4]^d[4]<<1|d[5]^d[5]<<1|d[6]^d[6]<<1 < 0 {
		panic(failure(BadExponent, "", "the result has a unit beyond its thousandth power"))
	}
}

// Neg gives -q.
func (q Quantity) Neg() Quantity { return Quantity{-q.si, q.dim} }

// Abs gives |q|.
func (q Quantity) Abs() Quantity { return Quantity{math.Abs(q.si), q.dim} }

// Floor gives the whole number of SI units at or below q, with q's unit.
func (q Quantity) Floor() Quantity { return Quantity{math.Floor(q.si), q.dim} }

// Ceil gives the whole number of SI units at or above q, with q's unit.
func (q Quantity) Ceil() Quantity { return Quantity{math.Ceil(q.si), q.dim} }

// Round gives the nearest whole number of SI units, halves to even, with q's unit.
func (q Quantity) Round() Quantity { return Quantity{math.RoundToEven(q.si), q.dim} }

// Mod gives the remainder of q divided by r with the sign of r, as in Python; both have the same unit.
func (q Quantity) Mod(r Quantity) Quantity {
	d := q.dim
	if q.dim != r.dim {
		d = q.common(r, "divide", "by")
	}
	return Quantity{floorMod(q.si, r.si), d}
}

// floorMod is the remainder with the sign of the divisor.
func floorMod(x, y float64) float64 {
	rest := math.Mod(x, y)
	switch {
	case rest == 0:
		return math.Copysign(0, y)
	case (rest < 0) != (y < 0):
		return rest + y
	}
	return rest
}

// comparable panics if q and r may not be compared.
func (q Quantity) comparable(r Quantity) {
	if q.dim != r.dim && !math.IsInf(q.si, 0) && !math.IsInf(r.si, 0) {
		q.common(r, "compare", "with")
	}
}

// Lt reports q < r.
func (q Quantity) Lt(r Quantity) bool { q.comparable(r); return q.si < r.si }

// Le reports q <= r.
func (q Quantity) Le(r Quantity) bool { q.comparable(r); return q.si <= r.si }

// Gt reports q > r.
func (q Quantity) Gt(r Quantity) bool { q.comparable(r); return q.si > r.si }

// Ge reports q >= r.
func (q Quantity) Ge(r Quantity) bool { q.comparable(r); return q.si >= r.si }

// Eq reports q == r.
func (q Quantity) Eq(r Quantity) bool { q.comparable(r); return q.si == r.si }

// Ne reports q != r.
func (q Quantity) Ne(r Quantity) bool { q.comparable(r); return q.si != r.si }

// IsNaN reports whether the value is not a number.
func (q Quantity) IsNaN() bool { return math.IsNaN(q.si) }

// Float gives a plain number as float64; a quantity with a unit has none.
func (q Quantity) Float() float64 {
	if q.dim != (Dimension{}) {
		panic(notPlain(q, q.dim, BestPrefixOf(q)))
	}
	return q.si
}

// Int gives a plain number as int: the whole number that it lies within 1e-9 of, relative to its size beyond 1, else
// the whole number towards 0. So 300*ms/(0.1*ms) is 3000, though the quotient of the doubles is a little less.
func (q Quantity) Int() int { return wholeNumber(q.Float()) }

func wholeNumber(x float64) int {
	nearest := math.Round(x)
	if math.Abs(x-nearest) <= 1e-9*math.Max(1, math.Abs(x)) {
		return int(nearest)
	}
	return int(x)
}

// notPlain is the error of a value with a unit where a plain number is needed. The unit is the printed one.
func notPlain(x interface{ String() string }, d Dimension, unit string) *Error {
	divisor := strings.ReplaceAll(unit, "^", "")
	if _, ok := Lookup(divisor); !ok {
		divisor = strings.NewReplacer("**2", "2", "**3", "3").Replace(d.String())
		if strings.ContainsAny(divisor, "*/") {
			divisor = "(" + divisor + ")"
		}
	}
	if strings.Contains(divisor, "**") || strings.Contains(divisor, ".") {
		return failure(Mismatch, "", "this is %s, a plain number is needed: divide by a unit", x)
	}
	return failure(Mismatch, "", "this is %s, a plain number is needed: divide by a unit, as in x/%s", x, divisor)
}

// Sqrt gives the square root.
func (q Quantity) Sqrt() Quantity {
	d, ok := q.dim.Pow(1, 2)
	if !ok {
		panic(failure(BadExponent, "", "cannot take the square root of %s: its unit %s has none", q, q.dim))
	}
	return Quantity{math.Sqrt(q.si), d}
}

// Pow gives q to the power exponent.
func (q Quantity) Pow(exponent float64) Quantity {
	return Quantity{powerOf(q.si, exponent), powerDimension(q, q.dim, exponent)}
}

// powerDimension gives the dimension of x to the power exponent.
func powerDimension(x interface{ String() string }, d Dimension, exponent float64) Dimension {
	power, ok := d.powReal(exponent)
	if !ok {
		panic(failure(BadExponent, "", "cannot raise %s to the power %s: %s has no such power", x, formatNumber(exponent), d))
	}
	return power
}

// Exp gives e to the power of a plain number.
func (q Quantity) Exp() Quantity { return Scalar(math.Exp(q.Float())) }

// Log gives the natural logarithm of a plain number.
func (q Quantity) Log() Quantity { return Scalar(math.Log(q.Float())) }

// Log10 gives the decimal logarithm of a plain number.
func (q Quantity) Log10() Quantity { return Scalar(math.Log10(q.Float())) }

// Sin gives the sine of a plain number.
func (q Quantity) Sin() Quantity { return Scalar(math.Sin(q.Float())) }

// Cos gives the cosine of a plain number.
func (q Quantity) Cos() Quantity { return Scalar(math.Cos(q.Float())) }

// Tan gives the tangent of a plain number.
func (q Quantity) Tan() Quantity { return Scalar(math.Tan(q.Float())) }

// Tanh gives the hyperbolic tangent of a plain number.
func (q Quantity) Tanh() Quantity { return Scalar(math.Tanh(q.Float())) }
