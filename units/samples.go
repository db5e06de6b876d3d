package units

import (
	"math"
	"sort"
)

// Interp gives, at each x, the line through the neighbouring points (xs[i], ys[i]); outside them, the first or last
// value. xs ascends. Cost is a binary search for each x.
func Interp(x, xs, ys any) Array {
	at, places, values := ArrayOf(x), filled(xs, "points to interpolate"), ArrayOf(ys)
	if len(places.data) != len(values.data) {
		panic(failure(BadShape, "", "%d places and %d values make no points", len(places.data), len(values.data)))
	}
	at.sumDim(opLt, places)
	for i := 1; i < len(places.data); i++ {
		if !(places.data[i] > places.data[i-1]) {
			panic(failure(BadShape, "sort them first", "the places of an interpolation ascend, element %d does not", i))
		}
	}
	return at.each(values.dim, Float, func(x float64) float64 { return interpolate(x, places.data, values.data) })
}

func interpolate(x float64, xs, ys []float64) float64 {
	last := len(xs) - 1
	switch above := sort.SearchFloat64s(xs, x); {
	case math.IsNaN(x):
		return x
	case x >= xs[last]:
		return ys[last]
	case above == 0:
		return ys[0]
	case x == xs[above]:
		return ys[above]
	default:
		slope := (ys[above] - ys[above-1]) / (xs[above] - xs[above-1])
		return ys[above-1] + slope*(x-xs[above-1])
	}
}

// Histogram counts how many elements fall between neighbouring edges. Bins is a number of equal bins between least and
// greatest element, or the ascending edges themselves. An element on an edge belongs to the bin above it, on the last
// edge to the last bin; there is one edge more than counts.
func Histogram(x, bins any) (counts, edges Array) {
	a, edges := ArrayOf(x), ArrayOf(bins)
	if edges.scalar {
		edges = equalBins(a, edges.Quantity().Int())
	}
	a.sumDim(opLt, edges)
	n := len(edges.data) - 1
	if n < 1 {
		panic(failure(BadShape, "", "a histogram has two edges at least"))
	}
	counts = Array{data: make([]float64, n), kind: Integer}
	for _, x := range a.data {
		if bin := binOf(x, edges.data); bin >= 0 {
			counts.data[bin]++
		}
	}
	return counts, edges
}

// binOf gives the bin that x falls in, or -1.
func binOf(x float64, edges []float64) int {
	last := len(edges) - 1
	if !(x >= edges[0] && x <= edges[last]) {
		return -1
	}
	return min(sort.Search(len(edges), func(i int) bool { return edges[i] > x }), last) - 1
}

// equalBins gives the edges of n equal bins over the elements of a; equal elements stand in the middle of a width of 1.
func equalBins(a Array, n int) Array {
	if n < 1 {
		panic(failure(BadShape, "", "a histogram has one bin at least, this asks for %d", n))
	}
	low, high := Quantity{0, a.dim}, Quantity{1, a.dim}
	if len(a.data) > 0 {
		low, high = Min(a), Max(a)
	}
	if math.IsNaN(low.si) || math.IsInf(low.si, 0) || math.IsInf(high.si, 0) {
		panic(failure(BadShape, "give the edges", "there are no equal bins between %s and %s", low, high))
	}
	if low.si == high.si {
		low.si, high.si = low.si-0.5, high.si+0.5
	}
	return Linspace(low, high, n+1)
}

// Corrcoef gives the matrix of the correlation coefficients of lists, or of the rows of a matrix: 1 on the diagonal,
// NaN for what does not vary.
func Corrcoef(x ...any) Array {
	rows := samplesOf(x)
	n := len(rows)
	result := NewArray(make([]float64, n*n), Dimension{}, n, n)
	for i := range rows {
		for j := range i + 1 {
			r := correlation(rows[i], rows[j])
			result.data[i*n+j], result.data[j*n+i] = r, r
		}
	}
	return result
}

// samplesOf gives the lists of numbers, all of one length, less their means.
func samplesOf(x []any) [][]float64 {
	var rows [][]float64
	for _, list := range x {
		a := filled(list, "correlation")
		for _, row := range a.lastRows() {
			if len(rows) > 0 && len(row) != len(rows[0]) {
				panic(failure(BadShape, "", "cannot correlate %d values with %d", len(rows[0]), len(row)))
			}
			rows = append(rows, centred(row))
		}
	}
	return rows
}

func centred(row []float64) []float64 {
	mean := pairwise(row) / float64(len(row))
	result := make([]float64, len(row))
	for i, x := range row {
		result[i] = x - mean
	}
	return result
}

// correlation gives the cosine of the angle between two lists, kept within -1 and 1.
func correlation(x, y []float64) float64 {
	xy, xx, yy := 0.0, 0.0, 0.0
	for i := range x {
		xy += float64(x[i] * y[i])
		xx += float64(x[i] * x[i])
		yy += float64(y[i] * y[i])
	}
	return math.Max(-1, math.Min(xy/(math.Sqrt(xx)*math.Sqrt(yy)), 1))
}
