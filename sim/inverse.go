package sim

import (
	"math"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lower"
)

// An inverse computes distributions with golgi's own functions, which give the same bits on every processor.
type inverse struct{ exp, log, log1p func(float64) float64 }

func newInverse() inverse { return inverse{ir.Func1("exp"), ir.Func1("log"), ir.Func1("log1p")} }

// binomialBounds are the cumulative probabilities of a binomial distribution of n trials with probability p, up to 1.
func (d inverse) binomialBounds(n int, p float64) []float64 {
	if p <= 0 || n == 0 {
		return []float64{1}
	}
	if p >= 1 {
		bounds := make([]float64, n+1)
		bounds[n] = 1
		return bounds
	}
	logTerm, sum := float64(n)*d.log1p(-p), 0.0
	odds := d.log(p) - d.log1p(-p)
	var bounds []float64
	for k := range n + 1 {
		sum += d.exp(logTerm)
		bounds = append(bounds, sum)
		if float64(k) > float64(n)*p && 1-sum < 1e-17 {
			break
		}
		logTerm += odds + d.log(float64(n-k)/float64(k+1))
	}
	bounds[len(bounds)-1] = 2 // no uniform number is beyond the last
	return bounds
}

// Inverse gives the distributions that equations draw from: poisson(mean) and binomial(n, p).
func (p *Population) Inverse(distribution string) lower.HostFunction {
	d := newInverse()
	if distribution == "poisson" {
		return &hostFunction{call: func(x []float64) float64 { return d.poisson(x[0], x[1]) }, arguments: 2}
	}
	return &hostFunction{call: func(x []float64) float64 { return d.binomial(x[0], int(x[1]), x[2]) }, arguments: 3}
}

// binomial is the number of successes at a cumulative probability u. Its cost grows with the mean.
func (d inverse) binomial(u float64, n int, p float64) float64 {
	for k, bound := range d.binomialBounds(n, p) {
		if u < bound {
			return float64(k)
		}
	}
	return float64(n)
}

// poisson is the number of events of a Poisson distribution at a cumulative probability u. Its cost grows with the mean,
// above a thousand with its root. From 1e12 on, where one event more or less is nothing, it is the mean.
func (d inverse) poisson(u, mean float64) float64 {
	switch {
	case !(mean > 0):
		return 0
	case mean >= 1e12:
		return math.Floor(mean)
	}
	k, logTerm := d.poissonStart(mean)
	logMean, sum := d.log(mean), 0.0
	for ; ; k++ {
		term := d.exp(logTerm)
		sum += term
		if u < sum || k > mean && term < 1e-17*sum {
			return k
		}
		logTerm += logMean - d.log(k+1)
	}
}

// poissonStart is where the sum begins, with the logarithm of its first term: 0 for a small mean, twelve standard
// deviations below a large one, whose factorial is Stirling's.
func (d inverse) poissonStart(mean float64) (k, logTerm float64) {
	if mean <= 1000 {
		return 0, -mean
	}
	k = math.Floor(mean - 12*math.Sqrt(mean))
	factorial := k*d.log(k) - k + 0.5*d.log(2*math.Pi*k) + 1/(12*k)
	return k, k*d.log(mean) - mean - factorial
}
