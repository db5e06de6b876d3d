package units

// position turns an index that may count from the end into one from the start, and panics if there is no such element.
func (a Array) position(i int) int {
	n := a.Len()
	at := i
	if at < 0 {
		at += n
	}
	if a.scalar || at < 0 || at >= n {
		panic(failure(BadIndex, "", "index %d is out of range: the length is %d", i, n))
	}
	return at
}

// stride gives the number of elements of one step along the first axis.
func (a Array) stride() int {
	if a.shape == nil {
		return 1
	}
	return count(a.shape[1:])
}

// At gives element i of an array of one axis; -1 is the last.
func (a Array) At(i int) Quantity {
	if a.NDim() > 1 {
		panic(failure(BadShape, "", "an element of an array of shape %s needs %d indices", shapeText(a.axes()), a.NDim()))
	}
	return Quantity{a.data[a.position(i)], a.dim}
}

// Get gives what x[i] means: an element as an array without axes, or a row of a matrix as a view.
func (a Array) Get(i int) Array {
	if a.NDim() > 1 {
		return a.Row(i)
	}
	at := a.position(i)
	return Array{data: a.data[at : at+1 : at+1], dim: a.dim, kind: a.kind, scalar: true}
}

// Row gives the view of part i along the first axis: a row of a matrix. Of an array of one axis it is the element,
// without axes.
func (a Array) Row(i int) Array {
	if a.NDim() < 2 {
		return a.Get(i)
	}
	at, stride := a.position(i), a.stride()
	return a.view(a.data[at*stride:(at+1)*stride], a.shape[1:])
}

// Col gives a copy of column k of a matrix: element k of the last axis, of each row.
func (a Array) Col(k int) Array {
	if a.NDim() < 2 {
		panic(failure(BadShape, "", "an array of shape %s has no columns", shapeText(a.axes())))
	}
	width := a.shape[len(a.shape)-1]
	at := Array{data: make([]float64, width)}.position(k)
	column := make([]float64, 0, len(a.data)/width)
	for ; at < len(a.data); at += width {
		column = append(column, a.data[at])
	}
	return a.view(column, a.shape[:len(a.shape)-1])
}

// view gives an array of a's dimension and kind.
func (a Array) view(data []float64, shape []int) Array {
	result := Array{data: data, dim: a.dim, kind: a.kind}
	if len(shape) > 1 {
		result.shape = shape
	}
	return result
}

// Slice gives the view of parts lo to hi-1 along the first axis. Negative bounds count from the end, so that
// Slice(-3, a.Len()) are the last three; a bound outside the array is an error.
func (a Array) Slice(lo, hi int) Array {
	n := a.Len()
	from, to := a.bound(lo, n), a.bound(hi, n)
	if from > to {
		panic(failure(BadIndex, "", "the slice [%d:%d] ends before it begins: the length is %d", lo, hi, n))
	}
	stride := a.stride()
	data := a.data[from*stride : to*stride]
	if a.shape == nil {
		return a.view(data, nil)
	}
	shape := append([]int{to - from}, a.shape[1:]...)
	return a.view(data, shape)
}

func (a Array) bound(i, n int) int {
	at := i
	if at < 0 {
		at += n
	}
	if a.scalar || at < 0 || at > n {
		panic(failure(BadIndex, "", "slice bound %d is out of range: the length is %d", i, n))
	}
	return at
}

// Index gives a copy of the parts along the first axis that which selects: those where a mask is true, or those at a
// list of indices, which may repeat and count from the end. A mask of a's own shape selects elements instead.
func (a Array) Index(which Array) Array {
	if a.isElementMask(which) {
		flat := Array{data: a.data, dim: a.dim, kind: a.kind}
		return flat.Index(Array{data: which.data, kind: Boolean})
	}
	places, stride := a.places(which), a.stride()
	data := make([]float64, 0, len(places)*stride)
	for _, at := range places {
		data = append(data, a.data[at*stride:(at+1)*stride]...)
	}
	if a.shape == nil {
		return a.view(data, nil)
	}
	return a.view(data, append([]int{len(places)}, a.shape[1:]...))
}

func (a Array) isElementMask(which Array) bool {
	return which.kind == Boolean && a.NDim() > 1 && sameShape(a, which)
}

// places gives the positions along the first axis that a mask or a list of indices selects.
func (a Array) places(which Array) []int {
	if which.NDim() > 1 {
		panic(failure(BadShape, "", "an index of shape %s does not fit an array of shape %s", shapeText(which.axes()), shapeText(a.axes())))
	}
	if which.kind == Boolean {
		return a.truePlaces(which)
	}
	places := make([]int, len(which.data))
	for i, n := range which.wholes() {
		places[i] = a.position(n)
	}
	return places
}

func (a Array) truePlaces(mask Array) []int {
	if mask.Len() != a.Len() {
		panic(failure(BadShape, "", "a mask of %s does not fit an array of length %d", elements(mask.Len()), a.Len()))
	}
	var places []int
	for i, x := range mask.data {
		if x != 0 {
			places = append(places, i)
		}
	}
	return places
}

// wholes gives the elements as ints and refuses fractions.
func (a Array) wholes() []int {
	whole := a.Ints()
	for i, n := range whole {
		if x := a.data[i]; x-float64(n) > 1e-9*max(1, x) || float64(n)-x > 1e-9*max(1, -x) {
			panic(failure(BadIndex, "", "an index is a whole number, this is %s", formatNumber(x)))
		}
	}
	return whole
}
