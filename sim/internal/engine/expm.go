package engine

import "math"

// Propagator is exp(M dt) and the integral of exp(M s) for s from 0 to dt, of an n by n matrix by rows. Its cost is
// some tens of products of n by n matrices.
//
// In SI units the entries of M differ by many powers of ten (1/C is 5e9), which would cost nine digits. So the
// variables are rescaled by powers of two first, which is exact, until rows and columns have like size (Parlett and
// Reinsch 1969). The exponential is a Taylor series for the matrix divided by a power of two, then squared that many
// times; the integral goes along by doubling: phi(2A) = (exp(A) + 1) phi(A) / 2, with phi(A) the mean of exp(A s)
// over s from 0 to 1.
func Propagator(m []float64, n int, dt float64) (power, integral []float64) {
	a, scale := balance(m, n, 0.25/dt)
	for k := range a {
		a[k] *= dt
	}
	halvings := 0
	for size := norm(a, n); size > 0.5 && finite(size); size /= 2 {
		halvings++
	}
	for k := range a {
		a[k] = math.Ldexp(a[k], -halvings)
	}
	power, phi := series(a, n)
	for range halvings {
		phi = doubled(power, phi, n)
		power = product(power, power, n)
	}
	for i := range n {
		for j := range n {
			power[i*n+j] *= scale[i] / scale[j]
			phi[i*n+j] *= scale[i] / scale[j] * dt
		}
	}
	return power, phi
}

// series is exp(A) and phi(A) by their Taylor series; with a norm of at most one half, 20 terms reach past the last
// digit.
func series(a []float64, n int) (power, phi []float64) {
	phi, term := identity(n), identity(n)
	for k := 1; k <= 20; k++ {
		term = product(term, a, n)
		for i := range term {
			term[i] /= float64(k + 1)
			phi[i] += term[i]
		}
	}
	power = product(a, phi, n)
	for i := range n {
		power[i*n+i]++
	}
	return power, phi
}

func doubled(power, phi []float64, n int) []float64 {
	sum := product(power, phi, n)
	for i := range sum {
		sum[i] = (sum[i] + phi[i]) / 2
	}
	return sum
}

func identity(n int) []float64 {
	m := make([]float64, n*n)
	for i := range n {
		m[i*n+i] = 1
	}
	return m
}

func product(a, b []float64, n int) []float64 {
	c := make([]float64, n*n)
	for i := range n {
		for k := range n {
			for j := range n {
				c[i*n+j] = math.FMA(a[i*n+k], b[k*n+j], c[i*n+j])
			}
		}
	}
	return c
}

func norm(a []float64, n int) float64 {
	largest := 0.0
	for i := range n {
		sum := 0.0
		for j := range n {
			sum += math.Abs(a[i*n+j])
		}
		largest = max(largest, sum)
	}
	return largest
}

// balance is D^-1 M D for a diagonal D of powers of two that gives each row and its column like sums; scale is D's
// diagonal. A variable that only drives others, or only is driven, has one sum alone: that is brought down to enough,
// the size [1/s] above which the exponential gets dearer and less exact.
func balance(m []float64, n int, enough float64) (balanced, scale []float64) {
	a := append([]float64(nil), m...)
	scale = make([]float64, n)
	for i := range n {
		scale[i] = 1
		enough = max(enough, math.Abs(m[i*n+i]))
	}
	for range 64 {
		if !balanceOnce(a, scale, n, enough) {
			break
		}
	}
	return a, scale
}

func balanceOnce(a, scale []float64, n int, enough float64) (changed bool) {
	for i := range n {
		row, column := 0.0, 0.0
		for j := range n {
			if j != i {
				row += math.Abs(a[i*n+j])
				column += math.Abs(a[j*n+i])
			}
		}
		exponent := shift(row, column, enough)
		if exponent == 0 {
			continue
		}
		changed = true
		scale[i] = math.Ldexp(scale[i], exponent)
		for j := range n {
			if j != i {
				a[i*n+j] = math.Ldexp(a[i*n+j], -exponent)
				a[j*n+i] = math.Ldexp(a[j*n+i], exponent)
			}
		}
	}
	return changed
}

// shift is the power of two that a row sum is divided by, and a column sum multiplied.
func shift(row, column, enough float64) int {
	switch {
	case !finite(row + column):
		return 0
	case row > 0 && column > 0:
		return (exponent(row) - exponent(column)) / 2
	case row > 0:
		return max(exponent(row)-exponent(enough), 0)
	case column > 0:
		return -max(exponent(column)-exponent(enough), 0)
	}
	return 0
}

func exponent(x float64) int {
	_, e := math.Frexp(x)
	return e
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
