package units

import "math"

// filled gives x as an array that has elements.
func filled(x any, what string) Array {
	a := ArrayOf(x)
	if len(a.data) == 0 {
		panic(failure(BadShape, "", "an empty array has no %s", what))
	}
	return a
}

// Sum adds up all elements; of a mask it counts the true ones. The error of the sum grows with the logarithm of the
// length: see pairwise.
func Sum(x any) Quantity {
	a := ArrayOf(x)
	return Quantity{pairwise(a.data), a.dim}
}

// pairwise adds halves separately (pairwise summation), and blocks of up to 128 in eight lanes: the order of numpy, so
// that sums and means agree with it to the last bit.
func pairwise(data []float64) float64 {
	n := len(data)
	switch {
	case n > 128:
		half := n / 2
		half -= half % 8
		return pairwise(data[:half]) + pairwise(data[half:])
	case n < 8:
		return inOrder(0, data)
	}
	lanes := [8]float64(data)
	whole := n - n%8
	for i := 8; i < whole; i++ {
		lanes[i%8] += data[i]
	}
	sum := (lanes[0] + lanes[1] + (lanes[2] + lanes[3])) + (lanes[4] + lanes[5] + (lanes[6] + lanes[7]))
	return inOrder(sum, data[whole:])
}

func inOrder(sum float64, data []float64) float64 {
	for _, x := range data {
		sum += x
	}
	return sum
}

// Mean gives the average of all elements.
func Mean(x any) Quantity {
	a := filled(x, "mean")
	return Quantity{pairwise(a.data) / float64(len(a.data)), a.dim}
}

// Var gives the variance of all elements: the mean square distance from the mean, with the number of elements as
// divisor.
func Var(x any) Quantity {
	a := filled(x, "variance")
	mean := Mean(a).si
	squares := make([]float64, len(a.data))
	for i, x := range a.data {
		squares[i] = (x - mean) * (x - mean)
	}
	return Quantity{pairwise(squares) / float64(len(squares)), product(a.dim, a.dim)}
}

// Std gives the standard deviation of all elements: the square root of Var.
func Std(x any) Quantity {
	a := filled(x, "standard deviation")
	return Quantity{math.Sqrt(Var(a).si), a.dim}
}

// Min gives the least element; it is NaN if there is a NaN.
func Min(x any) Quantity {
	a := filled(x, "minimum")
	return Quantity{a.data[ArgMin(a)], a.dim}
}

// Max gives the greatest element; it is NaN if there is a NaN.
func Max(x any) Quantity {
	a := filled(x, "maximum")
	return Quantity{a.data[ArgMax(a)], a.dim}
}

// ArgMin gives the position of the least element, the first of equal ones, counting row by row; a NaN counts as least.
func ArgMin(x any) int {
	return argBest(filled(x, "minimum").data, func(x, best float64) bool { return x < best })
}

// ArgMax gives the position of the greatest element, the first of equal ones; a NaN counts as greatest.
func ArgMax(x any) int {
	return argBest(filled(x, "maximum").data, func(x, best float64) bool { return x > best })
}

func argBest(data []float64, better func(x, best float64) bool) int {
	at := 0
	for i, x := range data {
		if math.IsNaN(x) {
			return i
		}
		if better(x, data[at]) {
			at = i
		}
	}
	return at
}

// Median gives the middle of all elements in order, or the mean of the two middle ones.
func Median(x any) Quantity { return percentile(filled(x, "median"), 50) }

// Percentile gives the value below which p percent of all elements lie, interpolated linearly between neighbours.
func Percentile(x any, p float64) Quantity {
	if !(p >= 0 && p <= 100) {
		panic(failure(BadIndex, "", "a percentile lies between 0 and 100, this is %s", formatNumber(p)))
	}
	return percentile(filled(x, "percentile"), p)
}

func percentile(a Array, p float64) Quantity {
	ordered := ascending(a.data)
	last := len(ordered) - 1
	if math.IsNaN(ordered[last]) {
		return Quantity{math.NaN(), a.dim}
	}
	at := p / 100 * float64(last)
	below := min(int(at), last)
	above := min(below+1, last)
	part := at - float64(below)
	switch part {
	case 0:
		return Quantity{ordered[below], a.dim}
	case 0.5:
		return Quantity{(ordered[below] + ordered[above]) / 2, a.dim}
	}
	return Quantity{ordered[below] + part*(ordered[above]-ordered[below]), a.dim}
}

// Any reports whether an element is true; of plain numbers, whether one is not 0.
func Any(x any) bool {
	for _, x := range ArrayOf(x).Floats() {
		if x != 0 {
			return true
		}
	}
	return false
}

// All reports whether every element is true; of plain numbers, whether none is 0. Of an empty array it is true.
func All(x any) bool {
	return all(ArrayOf(x).Floats(), func(x float64) bool { return x != 0 })
}

// Nonzero gives the positions of the elements that are true or not 0, counting row by row.
func Nonzero(x any) []int {
	places := []int{}
	for i, x := range ArrayOf(x).data {
		if x != 0 {
			places = append(places, i)
		}
	}
	return places
}
