package units

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// room gives a result that has a place for each pair of elements of a and b that belong together. As in numpy, shapes
// are compared from their last axis; a missing axis and one of length 1 stretch to the other's.
func (a Array) room(op operator, b Array) Array {
	switch {
	case b.scalar || sameShape(a, b):
		return Array{data: make([]float64, len(a.data)), shape: a.shape, scalar: a.scalar}
	case a.scalar:
		return Array{data: make([]float64, len(b.data)), shape: b.shape}
	}
	shape, ok := broadcast(a.axes(), b.axes())
	if !ok {
		panic(failure(BadShape, "", "cannot %s arrays of shapes %s and %s",
			verbs[op][0], shapeText(a.axes()), shapeText(b.axes())))
	}
	result := Array{data: make([]float64, count(shape))}
	if len(shape) > 1 {
		result.shape = shape
	}
	return result
}

// broadcast gives the shape that x and y stretch to.
func broadcast(x, y []int) (shape []int, ok bool) {
	if len(x) < len(y) {
		x, y = y, x
	}
	shape = slices.Clone(x)
	for i := range y {
		at := len(x) - len(y) + i
		switch {
		case x[at] == y[i] || y[i] == 1:
		case x[at] == 1:
			shape[at] = y[i]
		default:
			return nil, false
		}
	}
	return shape, true
}

func sameShape(a, b Array) bool {
	return a.scalar == b.scalar && len(a.data) == len(b.data) && slices.Equal(a.shape, b.shape)
}

// pair is one row of a result along its last axis, with the elements of both operands that it is made of.
type pair struct {
	result, a, b []float64
	stepA, stepB int
}

// rows walks the rows of a result of two or more axes.
func rows(result, a, b Array) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		width := result.shape[len(result.shape)-1]
		if width == 0 {
			return
		}
		stridesA, stridesB := strides(a.axes(), len(result.shape)), strides(b.axes(), len(result.shape))
		last := len(result.shape) - 1
		for start := 0; start < len(result.data); start += width {
			atA, atB, rest := 0, 0, start/width
			for axis := last - 1; axis >= 0; axis-- {
				at := rest % result.shape[axis]
				rest /= result.shape[axis]
				atA += at * stridesA[axis]
				atB += at * stridesB[axis]
			}
			if !yield(pair{result.data[start : start+width], a.data[atA:], b.data[atB:], stridesA[last], stridesB[last]}) {
				return
			}
		}
	}
}

// strides gives the distance between neighbours along each of n axes, 0 along an axis that is stretched.
func strides(shape []int, n int) []int {
	steps := make([]int, n)
	distance := 1
	for i := len(shape) - 1; i >= 0; i-- {
		if shape[i] != 1 {
			steps[n-len(shape)+i] = distance
		}
		distance *= shape[i]
	}
	return steps
}

// shapeText writes a shape for an error: "(3)", "(2, 3)".
func shapeText(shape []int) string {
	texts := make([]string, len(shape))
	for i, length := range shape {
		texts[i] = fmt.Sprint(length)
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

// elements counts in words: "1 element", "3 elements".
func elements(n int) string {
	if n == 1 {
		return "1 element"
	}
	return fmt.Sprintf("%d elements", n)
}
