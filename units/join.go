package units

import "slices"

// Concat puts arrays after one another along the first axis; quantities and numbers count as lists of one. The other
// axes and the units are the same.
func Concat(parts ...any) Array {
	arrays := make([]Array, len(parts))
	for i, part := range parts {
		arrays[i] = ArrayOf(part)
		arrays[i].scalar = false
	}
	joined := join(arrays)
	if len(arrays) == 0 || arrays[0].shape == nil && all1(arrays) {
		return joined
	}
	rows := 0
	for _, a := range arrays {
		if a.NDim() != arrays[0].NDim() || !slices.Equal(a.shape[1:], arrays[0].shape[1:]) {
			panic(failure(BadShape, "", "cannot put arrays of shapes %s and %s after one another",
				shapeText(arrays[0].axes()), shapeText(a.axes())))
		}
		rows += a.Len()
	}
	joined.shape = append([]int{rows}, arrays[0].shape[1:]...)
	return joined
}

// all1 reports whether all arrays have one axis.
func all1(arrays []Array) bool {
	return !slices.ContainsFunc(arrays, func(a Array) bool { return a.shape != nil })
}

// Repeat gives every element n times, neighbours together, in one axis.
func Repeat(x any, n int) Array {
	a := ArrayOf(x)
	if n < 0 {
		panic(failure(BadShape, "", "cannot repeat %d times", n))
	}
	data := make([]float64, 0, n*len(a.data))
	for _, x := range a.data {
		for range n {
			data = append(data, x)
		}
	}
	return a.view(data, nil)
}

// Transpose gives a copy with the axes in reverse order: of a matrix, rows become columns. An array of one axis stays.
func Transpose(x any) Array {
	a := ArrayOf(x)
	if a.shape == nil {
		return a
	}
	n := len(a.shape)
	reversed := slices.Clone(a.shape)
	slices.Reverse(reversed)
	result := NewKind(make([]float64, len(a.data)), a.dim, a.kind, reversed...)
	place := make([]int, n) // of the current element, in a
	for _, x := range a.data {
		at := 0
		for axis := n - 1; axis >= 0; axis-- {
			at = at*a.shape[axis] + place[axis]
		}
		result.data[at] = x
		for axis := n - 1; axis >= 0; axis-- {
			if place[axis]++; place[axis] < a.shape[axis] {
				break
			}
			place[axis] = 0
		}
	}
	return result
}

// Dot gives the product of two matrices, of a matrix and a list, or the sum of the products of two lists. The inner
// lengths are the same. Cost is the product of the three lengths.
func Dot(x, y any) Array {
	a, b := ArrayOf(x), ArrayOf(y)
	if a.scalar || b.scalar {
		return a.Mul(b)
	}
	rows, inner := matrixOf(a, true)
	inner2, columns := matrixOf(b, false)
	if inner != inner2 || a.NDim() > 2 || b.NDim() > 2 {
		panic(failure(BadShape, "", "cannot multiply arrays of shapes %s and %s", shapeText(a.axes()), shapeText(b.axes())))
	}
	result := Array{data: make([]float64, rows*columns), dim: product(a.dim, b.dim), kind: resultKind(opMul, a, b, product(a.dim, b.dim))}
	for i := range rows {
		multiplyRow(result.data[i*columns:(i+1)*columns], a.data[i*inner:(i+1)*inner], b.data)
	}
	switch {
	case a.shape != nil && b.shape != nil:
		result.shape = []int{rows, columns}
	case a.shape == nil && b.shape == nil:
		result.scalar = true
	}
	return result
}

// multiplyRow is: dst[k] = sum over j of row[j] * matrix[j*len(dst)+k].
func multiplyRow(dst, row, matrix []float64) {
	for j, x := range row {
		for k, y := range matrix[j*len(dst) : (j+1)*len(dst)] {
			dst[k] += float64(x * y)
		}
	}
}

// matrixOf gives the rows and columns of a list that stands as a row or as a column.
func matrixOf(a Array, asRow bool) (rows, columns int) {
	switch {
	case a.shape != nil:
		return a.shape[0], a.stride()
	case asRow:
		return 1, len(a.data)
	}
	return len(a.data), 1
}
