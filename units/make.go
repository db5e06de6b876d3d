package units

import "math"

// Linspace gives n values from a to b, both included, evenly spaced: a + i*(b-a)/(n-1). With n = 1 it is a alone.
func Linspace(a, b any, n int) Array {
	first, last := QuantityOf(a), QuantityOf(b)
	if n < 0 {
		panic(failure(BadShape, "", "cannot make %d values", n))
	}
	result := Array{data: make([]float64, n), dim: first.common(last, "space values between", "and")}
	step := (last.si - first.si) / float64(max(1, n-1))
	for i := range result.data {
		result.data[i] = float64(float64(i)*step) + first.si // the conversion keeps the product from being fused
	}
	if n > 1 {
		result.data[n-1] = last.si
	}
	return result
}

// Arange gives the values from a start (0 if left out) up to but without an end, a step (1 if left out) apart:
// Arange(end), Arange(start, end), Arange(start, end, step). There are ceil((end-start)/step) of them, integers if all
// that was given are integers.
func Arange(bounds ...any) Array {
	kind := Integer
	var q []Quantity
	for _, bound := range bounds {
		a := ArrayOf(bound)
		kind = generalKind(kind, a.kind)
		q = append(q, a.Quantity())
	}
	switch len(q) {
	case 1:
		return arange(Quantity{}, q[0], Scalar(1), kind)
	case 2:
		return arange(q[0], q[1], Scalar(1), kind)
	case 3:
		return arange(q[0], q[1], q[2], kind)
	}
	panic(failure(BadShape, "write Arange(end), Arange(start, end) or Arange(start, end, step)", "Arange takes 1 to 3 numbers, these are %d", len(q)))
}

func arange(start, end, step Quantity, kind Kind) Array {
	if step.si == 0 {
		panic(failure(BadShape, "", "cannot step by 0"))
	}
	d := start.common(end, "step from", "to")
	Quantity{end.si, d}.common(step, "step to", "by")
	n := math.Max(0, math.Ceil((end.si-start.si)/step.si))
	if !(n < 1<<40) {
		panic(failure(BadShape, "", "cannot step from %s to %s by %s: there is no end", start, end, step))
	}
	result := Array{data: make([]float64, int(n)), dim: d, kind: kind}
	if !d.IsOne() {
		result.kind = Float
	}
	for i := range result.data {
		result.data[i] = start.si + float64(float64(i)*step.si)
	}
	return result
}

// Zeros gives an array of plain zeros: Zeros(5), Zeros(2, 3).
func Zeros(shape ...int) Array { return Full(shape, 0.0) }

// Ones gives an array of plain ones.
func Ones(shape ...int) Array { return Full(shape, 1.0) }

// Full gives an array of this shape, a number or a list of numbers, whose elements are all v.
func Full(shape, v any) Array {
	value, lengths := ArrayOf(v), ArrayOf(shape).wholes()
	for _, length := range lengths {
		if length < 0 {
			panic(failure(BadShape, "", "no array has the shape %s", shapeText(lengths)))
		}
	}
	if len(lengths) == 0 {
		lengths = []int{1}
	}
	result := NewKind(make([]float64, count(lengths)), value.dim, value.kind, lengths...)
	q := value.Quantity()
	for i := range result.data {
		result.data[i] = q.si
	}
	return result
}
