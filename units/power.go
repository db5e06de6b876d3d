package units

import (
	"math"
	"strconv"
)

// powerOf gives x to the power p. Powers of a prefix stay prefixes: where x is the double of a power of ten and p a
// whole number, the result is the double of that power of ten, so that um to the third is 1e-18 to the last bit.
func powerOf(x, p float64) float64 {
	if n, ok := tenExponent(x); ok && n != 0 && p == math.Trunc(p) && math.Abs(p) < 300 {
		return ten(n * int(p))
	}
	return plainPower(x, p)
}

// plainPower gives x to the power p as a good C library does: a square and a square root exactly rounded, other small
// whole powers rounded once.
func plainPower(x, p float64) float64 {
	switch {
	case p == 2:
		return x * x
	case p == 0.5:
		return math.Sqrt(x)
	case p == -1:
		return 1 / x
	case p == math.Trunc(p) && math.Abs(p) <= 64:
		return wholePower(x, int(p))
	}
	return math.Pow(x, p)
}

// wholePower multiplies in pairs of doubles (Dekker's product by fused multiply-add) and rounds once at the end.
func wholePower(x float64, n int) float64 {
	high, low := 1.0, 0.0
	for range abs(n) {
		product := high * x
		low = math.FMA(high, x, -product) + low*x
		high = product
	}
	if math.IsInf(high, 0) || high == 0 || math.Abs(high) < 1e-280 {
		return math.Pow(x, float64(n))
	}
	if n >= 0 {
		return high + low
	}
	quotient := 1 / (high + low)
	rest := math.FMA(-quotient, high, 1) - quotient*low
	return quotient + rest*quotient
}

// tenExponent gives n if x is the double nearest to 10**n.
func tenExponent(x float64) (n int, ok bool) {
	if !(x > 1e-300 && x < 1e300) {
		return 0, false
	}
	n = int(math.Round(math.Log10(x)))
	return n, ten(n) == x
}

// ten gives the double nearest to 10**n.
func ten(n int) float64 {
	switch {
	case n >= 0 && n <= 22: // exact in a double, and so is the division below
		return exactTens[n]
	case n < 0 && n >= -22:
		return 1 / exactTens[-n]
	}
	x, _ := strconv.ParseFloat("1e"+strconv.Itoa(n), 64)
	return x
}

var exactTens = [23]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
	1e17, 1e18, 1e19, 1e20, 1e21, 1e22}
