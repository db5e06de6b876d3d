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
	return newExponential(n).of(m, dt)
}

// An exponential is the memory that the propagators of n by n matrices take, so that one after the other can be computed
// without asking for more.
type exponential struct {
	n                                  int
	a, scale, power, phi, term, result []float64
}

func newExponential(n int) *exponential {
	matrix := func() []float64 { return make([]float64, n*n) }
	return &exponential{n, matrix(), make([]float64, n), matrix(), matrix(), matrix(), matrix()}
}

// of is Propagator, with results that are valid until the next call.
func (e *exponential) of(m []float64, dt float64) (power, integral []float64) {
	n := e.n
	copy(e.a, m)
	balance(e.a, e.scale, n, 0.25/dt)
	for k := range e.a {
		e.a[k] *= dt
	}
	halvings := 0
	for size := norm(e.a, n); size > 0.5 && finite(size); size /= 2 {
		halvings++
	}
	for k := range e.a {
		e.a[k] = math.Ldexp(e.a[k], -halvings)
	}
	e.series()
	for range halvings {
		e.double()
	}
	for i := range n {
		for j := range n {
			e.power[i*n+j] *= e.scale[i] / e.scale[j]
			e.phi[i*n+j] *= e.scale[i] / e.scale[j] * dt
		}
	}
	return e.power, e.phi
}

// series is exp(A) and phi(A) by their Taylor series; with a norm of at most one half, 20 terms reach past the last
// digit.
func (e *exponential) series() {
	identity(e.phi, e.n)
	identity(e.term, e.n)
	for k := 1; k <= 20; k++ {
		e.multiply(&e.term, e.term, e.a)
		for i := range e.term {
			e.term[i] /= float64(k + 1)
			e.phi[i] += e.term[i]
		}
	}
	e.multiply(&e.power, e.a, e.phi)
	for i := range e.n {
		e.power[i*e.n+i]++
	}
}

// double goes from exp(A) and phi(A) to those of 2A.
func (e *exponential) double() {
	old := e.phi
	e.multiply(&e.phi, e.power, e.phi)
	for i := range e.phi {
		e.phi[i] = (e.phi[i] + old[i]) / 2
	}
	e.multiply(&e.power, e.power, e.power)
}

// multiply puts a product in the place of a matrix, which may be one of the factors.
func (e *exponential) multiply(to *[]float64, a, b []float64) {
	product(e.result, a, b, e.n)
	*to, e.result = e.result, *to
}

func identity(m []float64, n int) {
	clear(m)
	for i := range n {
		m[i*n+i] = 1
	}
}

// product is c = a b.
func product(c, a, b []float64, n int) {
	clear(c)
	for i := range n {
		for k := range n {
			for j := range n {
				c[i*n+j] = math.FMA(a[i*n+k], b[k*n+j], c[i*n+j])
			}
		}
	}
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

// balance makes of a matrix M D^-1 M D, for a diagonal D of powers of two that gives each row and its column like sums;
// scale becomes D's diagonal. A variable that only drives others, or only is driven, has one sum alone: that is brought down to enough,
// the size [1/s] above which the exponential gets dearer and less exact.
func balance(a, scale []float64, n int, enough float64) {
	for i := range n {
		scale[i] = 1
		enough = max(enough, math.Abs(a[i*n+i]))
	}
	for range 64 {
		if !balanceOnce(a, scale, n, enough) {
			break
		}
	}
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
