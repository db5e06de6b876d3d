package units

import "math"

// SetAt writes v to element i, or to row i of a matrix: a[i] = v. Negative indices count from the end. Like all the
// writers it changes the storage that a shares with its views, stretches v by broadcasting, and takes only values of
// a's unit and kind; a plain 0 fits any unit.
func (a Array) SetAt(i int, v Array) {
	at, stride := a.position(i), a.stride()
	place := Array{data: a.data[at*stride : (at+1)*stride], dim: a.dim, kind: a.kind, scalar: a.shape == nil}
	if len(a.shape) > 2 {
		place.shape = a.shape[1:]
	}
	place.write(v)
}

// SetSlice writes v to parts lo to hi-1 along the first axis: a[lo:hi] = v.
func (a Array) SetSlice(lo, hi int, v Array) { a.Slice(lo, hi).write(v) }

// SetMask writes v where mask is true: a[mask] = v. A longer v has one part for each true element.
func (a Array) SetMask(mask, v Array) {
	if mask.kind != Boolean {
		panic(failure(BadKind, "compare first, as in x > 0", "a mask is needed, this is %s", brief{mask}))
	}
	a.SetIndex(mask, v)
}

// SetIndex writes v to the parts that a list of indices (or a mask) selects: a[which] = v. Where an index repeats, the
// last value stays.
func (a Array) SetIndex(which, v Array) {
	if a.isElementMask(which) {
		a.shape, which.shape = nil, nil
	}
	selected := a.Index(which)
	selected.write(v)
	stride := a.stride()
	for n, at := range a.places(which) {
		copy(a.data[at*stride:(at+1)*stride], selected.data[n*stride:(n+1)*stride])
	}
}

// write copies v, stretched to a's shape, into a's elements.
func (a Array) write(v Array) {
	a.mayHold(v)
	if len(v.data) == 1 {
		v.shape, v.scalar = nil, true
	}
	if v.NDim() == a.NDim() && len(v.data) == len(a.data) && sameShape(a, v) {
		copy(a.data, v.data)
		return
	}
	shape, ok := broadcast(a.axes(), v.axes())
	if ok && v.NDim() <= a.NDim() && count(shape) == len(a.data) {
		stretched := a.alike(a.dim, a.kind).operate(opAdd, v, a.dim)
		copy(a.data, stretched.data)
		return
	}
	panic(failure(BadShape, "", "values of shape %s do not fit a place of shape %s", shapeText(v.axes()), shapeText(a.axes())))
}

// mayHold panics if a's elements cannot be v's.
func (a Array) mayHold(v Array) {
	switch {
	case a.dim != v.dim && !v.takesAnyUnit():
		panic(failure(Mismatch, a.unitHint(), "cannot put %s into an array of another unit (%s and %s)",
			brief{v}, v.dim.inWords(), a.dim.inWords()))
	case a.kind == Boolean && v.kind != Boolean && !all(v.data, func(x float64) bool { return x == 0 || x == 1 }):
		panic(failure(BadKind, "", "cannot put %s into an array of booleans", brief{v}))
	case a.kind == Integer && !all(v.data, func(x float64) bool { return x == math.Trunc(x) }):
		panic(failure(BadKind, "make it one of floats first, as in x*1.0", "cannot put %s into an array of integers", brief{v}))
	}
}

func (a Array) unitHint() string {
	if a.dim.IsOne() {
		return "make the array with a unit, as in Zeros(10)*mV"
	}
	return ""
}

func all(data []float64, holds func(float64) bool) bool {
	for _, x := range data {
		if !holds(x) {
			return false
		}
	}
	return true
}
