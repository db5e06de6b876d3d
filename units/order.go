package units

import (
	"math"
	"slices"
)

// ascending gives a sorted copy, NaN last.
func ascending(data []float64) []float64 {
	ordered := slices.Clone(data)
	slices.SortStableFunc(ordered, func(x, y float64) int {
		switch {
		case x < y || math.IsNaN(y) && !math.IsNaN(x):
			return -1
		case x > y || math.IsNaN(x) && !math.IsNaN(y):
			return 1
		}
		return 0
	})
	return ordered
}

// lastRows gives the parts of a along its last axis.
func (a Array) lastRows() [][]float64 {
	shape := a.axes()
	width := 1
	if len(shape) > 0 {
		width = shape[len(shape)-1]
	}
	var rows [][]float64
	for start := 0; start+width <= len(a.data) && width > 0; start += width {
		rows = append(rows, a.data[start:start+width])
	}
	return rows
}

// Sort gives the elements in ascending order, NaN last; of a matrix each row. Cost n log n.
func Sort(x any) Array {
	a := ArrayOf(x)
	result := a.alike(a.dim, a.kind)
	place := result.lastRows()
	for i, row := range a.lastRows() {
		copy(place[i], ascending(row))
	}
	return result
}

// Unique gives every value that occurs, once, in ascending order. Cost n log n.
func Unique(x any) Array {
	a := ArrayOf(x)
	return a.view(slices.Compact(ascending(a.data)), nil)
}

// Diff gives the differences of neighbours along the last axis: x[i+1] - x[i], one fewer than there are elements.
func Diff(x any) Array {
	a := ArrayOf(x)
	if a.scalar {
		panic(failure(BadShape, "", "a single value has no differences"))
	}
	shape := a.Shape()
	width := shape[len(shape)-1]
	shape[len(shape)-1] = max(0, width-1)
	data := make([]float64, 0, count(shape))
	for _, row := range a.lastRows() {
		for i := 1; i < len(row); i++ {
			data = append(data, row[i]-row[i-1])
		}
	}
	return NewKind(data, a.dim, a.numeric(), shape...)
}

// Cumsum gives the running sums of all elements, row by row, in one axis.
func Cumsum(x any) Array {
	a := ArrayOf(x)
	result := Array{data: make([]float64, len(a.data)), dim: a.dim, kind: a.numeric()}
	sum := 0.0
	for i, x := range a.data {
		sum += x
		result.data[i] = sum
	}
	return result
}
