package units

import "math"

// Dimension is the exponents of metre, kilogram, second, ampere, kelvin, mole and candela, in twelfths, so that the
// halves of noise and the thirds of geometry are exact. The zero value is that of a plain number. Dimensions are
// comparable with ==.
type Dimension [7]int16

// twelfths is how many parts an exponent of one has.
const twelfths = 12

// exponentLimit is the largest exponent in twelfths, beyond the thousandth power. Two of them still add up in an int16.
const exponentLimit = 1<<14 - 1

// The dimensions that the rest of the package names.
var (
	length            = Dimension{twelfths}
	mass              = Dimension{0, twelfths}
	duration          = Dimension{0, 0, twelfths}
	current           = Dimension{0, 0, 0, twelfths}
	temperature       = Dimension{0, 0, 0, 0, twelfths}
	substance         = Dimension{0, 0, 0, 0, 0, twelfths}
	luminousIntensity = Dimension{0, 0, 0, 0, 0, 0, twelfths}
)

// IsOne reports whether d is the dimension of a plain number.
func (d Dimension) IsOne() bool { return d == Dimension{} }

// Mul gives the dimension of a product. Exponents stop at exponentLimit.
func (d Dimension) Mul(e Dimension) Dimension {
	for i := range d {
		d[i] = limited(int(d[i]) + int(e[i]))
	}
	return d
}

// Div gives the dimension of a quotient. Exponents stop at exponentLimit.
func (d Dimension) Div(e Dimension) Dimension {
	for i := range d {
		d[i] = limited(int(d[i]) - int(e[i]))
	}
	return d
}

func (d Dimension) inverse() Dimension { return Dimension{}.Div(d) }

func limited(exponent int) int16 {
	return int16(max(-exponentLimit, min(exponent, exponentLimit)))
}

// Pow gives d to the power num/den, and false if that has an exponent that is no twelfth or lies beyond
// exponentLimit.
func (d Dimension) Pow(num, den int) (Dimension, bool) {
	if den == 0 {
		return Dimension{}, false
	}
	for i, exponent := range d {
		product := int64(exponent) * int64(num)
		if exponent != 0 && (product/int64(exponent) != int64(num) || product%int64(den) != 0) {
			return Dimension{}, false
		}
		power := product / int64(den)
		if power > exponentLimit || power < -exponentLimit {
			return Dimension{}, false
		}
		d[i] = int16(power)
	}
	return d, true
}

// powReal is Pow for an exponent that came out of arithmetic: 1/3 as a double is taken for a third.
func (d Dimension) powReal(exponent float64) (Dimension, bool) {
	for i := range d {
		if d[i] == 0 {
			continue
		}
		power := float64(d[i]) * exponent
		whole := math.Round(power)
		if !(math.Abs(power-whole) <= 1e-9*math.Max(1, math.Abs(power))) || math.Abs(whole) > exponentLimit {
			return Dimension{}, false
		}
		d[i] = int16(whole)
	}
	return d, true
}
