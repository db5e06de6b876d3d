package ir

import (
	"math"
	"math/big"
)

// Elementary functions to 400 bits by their series, the judge of functions*.go. Arguments are float64 values, so that
// reductions lose at most 60 bits or so.
const precision = 400

func exact(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

func plus(x, y *big.Float) *big.Float  { return exact(0).Add(x, y) }
func minus(x, y *big.Float) *big.Float { return exact(0).Sub(x, y) }
func times(x, y *big.Float) *big.Float { return exact(0).Mul(x, y) }
func over(x, y *big.Float) *big.Float  { return exact(0).Quo(x, y) }
func root(x *big.Float) *big.Float     { return exact(0).Sqrt(x) }

// series sums first, first*x/(from+1)..., each term from the one before it by step.
func series(first *big.Float, step func(term *big.Float, n int) *big.Float) *big.Float {
	sum, term := exact(0).Set(first), first
	for n := 1; term.Sign() != 0 && term.MantExp(nil) > sum.MantExp(nil)-precision; n++ {
		term = step(term, n)
		sum = plus(sum, term)
	}
	return sum
}

// preciseExp halves x until it is small, and squares.
func preciseExp(x *big.Float) *big.Float {
	halvings := max(0, x.MantExp(nil)+8)
	small := exact(0).SetMantExp(x, -halvings)
	e := series(exact(1), func(term *big.Float, n int) *big.Float {
		return over(times(term, small), exact(float64(n)))
	})
	for range halvings {
		e = times(e, e)
	}
	return e
}

// preciseLog is Halley's iteration for e^y = x, which triples the digits of the first guess.
func preciseLog(x *big.Float) *big.Float {
	mantissa := exact(0)
	k := x.MantExp(mantissa)
	m, _ := mantissa.Float64()
	y := exact(math.Log(m) + float64(k)*math.Ln2)
	for range 3 {
		e := preciseExp(y)
		y = plus(y, over(times(exact(2), minus(x, e)), plus(x, e)))
	}
	return y
}

// preciseSinCos takes x modulo pi/2 and sums the two series.
func preciseSinCos(x *big.Float) (sin, cos *big.Float) {
	quarter := over(precisePi(), exact(2))
	turns, _ := plus(over(x, quarter), exact(math.Copysign(0.5, float64(x.Sign())))).Int(nil)
	r := minus(x, times(quarter, exact(0).SetInt(turns)))
	square := times(r, r)
	next := func(offset int) func(*big.Float, int) *big.Float {
		return func(term *big.Float, n int) *big.Float {
			return over(times(term, square), exact(-float64((2*n+offset)*(2*n+offset-1))))
		}
	}
	s, c := series(r, next(1)), series(exact(1), next(0))
	for range new(big.Int).Mod(turns, big.NewInt(4)).Int64() {
		s, c = c, exact(0).Neg(s)
	}
	return s, c
}

// precisePi is Machin's 16*atan(1/5) - 4*atan(1/239).
func precisePi() *big.Float {
	part := func(q float64) *big.Float {
		power, n := over(exact(1), exact(q)), 1
		sum := exact(0).Set(power)
		for power.MantExp(nil) > -precision-10 {
			power = over(power, exact(-q*q))
			n += 2
			sum = plus(sum, over(power, exact(float64(n))))
		}
		return sum
	}
	return minus(times(exact(16), part(5)), times(exact(4), part(239)))
}

// preciseAngle is the angle of (x, y), by tan(angle - guess) thrice.
func preciseAngle(y, x *big.Float) *big.Float {
	fy, _ := y.Float64()
	fx, _ := x.Float64()
	angle := exact(math.Atan2(fy, fx))
	for range 3 {
		s, c := preciseSinCos(angle)
		angle = plus(angle, over(minus(times(y, c), times(x, s)), plus(times(x, c), times(y, s))))
	}
	return angle
}

// ulps is the distance of found from the true result, in units in the last place of a float64 of its size.
func ulps(found float64, want *big.Float) float64 {
	if want.Sign() == 0 {
		return math.Abs(found) / math.SmallestNonzeroFloat64
	}
	exponent := max(want.MantExp(nil)-53, -1074)
	distance, _ := over(exact(0).Abs(minus(exact(found), want)), exact(0).SetMantExp(exact(1), exponent)).Float64()
	return distance
}
