package units

import "slices"

// Kind is what the elements of an Array are.
type Kind uint8

// The kinds of elements. All are stored as float64; booleans as 0 and 1.
const (
	Float Kind = iota
	Integer
	Boolean
)

// String names the kind as an equation does.
func (k Kind) String() string {
	switch k {
	case Integer:
		return "integer"
	case Boolean:
		return "boolean"
	}
	return "float"
}

// Array is a block of values, in SI units, of one dimension and kind. Its shape has any number of axes, none included,
// and elements lie in row-major order. As with a Go slice, copying an Array and slicing it share the elements.
// The zero value is an empty one-dimensional array.
type Array struct {
	data   []float64
	shape  []int // of two and more axes; nil with one or none
	dim    Dimension
	kind   Kind
	scalar bool // no axis
}

// NewArray gives an array of these values in SI units. It keeps the slice. Without a shape it has one axis.
func NewArray(si []float64, d Dimension, shape ...int) Array {
	return NewKind(si, d, Float, shape...)
}

// NewKind is NewArray for values of kind k.
func NewKind(data []float64, d Dimension, k Kind, shape ...int) Array {
	if len(shape) > 0 && count(shape) != len(data) {
		panic(failure(BadShape, "", "%d values do not fill the shape %s", len(data), shapeText(shape)))
	}
	a := Array{data: data, dim: d, kind: k}
	if len(shape) > 1 {
		a.shape = slices.Clone(shape)
	}
	return a
}

// IntArray gives an array of integers, a copy of x.
func IntArray(x []int) Array {
	data := make([]float64, len(x))
	for i, n := range x {
		data[i] = float64(n)
	}
	return Array{data: data, kind: Integer}
}

// BoolArray gives a mask, a copy of x.
func BoolArray(x []bool) Array {
	data := make([]float64, len(x))
	for i, b := range x {
		data[i] = number(b)
	}
	return Array{data: data, kind: Boolean}
}

// number is the stored form of a boolean.
func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Of gives q as an array without axes.
func Of(q Quantity) Array { return Array{data: []float64{q.si}, dim: q.dim, scalar: true} }

// count gives the number of elements of a shape.
func count(shape []int) int {
	n := 1
	for _, length := range shape {
		n *= length
	}
	return n
}

// Len gives the length of the first axis: the elements of a list, the rows of a matrix. Without axes it is 1.
func (a Array) Len() int {
	if a.shape != nil {
		return a.shape[0]
	}
	return len(a.data)
}

// Size gives the number of elements.
func (a Array) Size() int { return len(a.data) }

// NDim gives the number of axes.
func (a Array) NDim() int {
	switch {
	case a.scalar:
		return 0
	case a.shape == nil:
		return 1
	}
	return len(a.shape)
}

// Shape gives the length of each axis.
func (a Array) Shape() []int {
	switch {
	case a.scalar:
		return []int{}
	case a.shape == nil:
		return []int{len(a.data)}
	}
	return slices.Clone(a.shape)
}

// axes is Shape without a copy where there is one already.
func (a Array) axes() []int {
	if a.shape != nil {
		return a.shape
	}
	return a.Shape()
}

// Dim gives the dimension of the elements.
func (a Array) Dim() Dimension { return a.dim }

// Kind gives the kind of the elements.
func (a Array) Kind() Kind { return a.kind }

// SI gives the elements in SI units, row by row. It is the array's own storage.
func (a Array) SI() []float64 { return a.data }

// Quantity gives the element of an array of one element.
func (a Array) Quantity() Quantity {
	if len(a.data) != 1 {
		panic(failure(BadShape, "", "an array of %s is no single quantity", elements(len(a.data))))
	}
	return Quantity{a.data[0], a.dim}
}

// Copy gives an array with elements of its own.
func (a Array) Copy() Array {
	a.data = slices.Clone(a.data)
	return a
}

// Reshape gives a view of the same elements in another shape.
func (a Array) Reshape(shape ...int) Array { return NewKind(a.data, a.dim, a.kind, shape...) }

// Floats gives the elements of an array of plain numbers: its own storage.
func (a Array) Floats() []float64 {
	if !a.dim.IsOne() {
		_, unit := BestPrefix(a)
		panic(notPlain(brief{a}, a.dim, unit))
	}
	return a.data
}

// Ints gives the elements of an array of plain numbers as ints, each by the rule of Quantity.Int.
func (a Array) Ints() []int {
	whole := make([]int, len(a.data))
	for i, x := range a.Floats() {
		whole[i] = wholeNumber(x)
	}
	return whole
}

// Bools gives the elements of a mask; of plain numbers, those that are not 0 are true.
func (a Array) Bools() []bool {
	truth := make([]bool, len(a.data))
	for i, x := range a.Floats() {
		truth[i] = x != 0
	}
	return truth
}

// Bool gives the truth of an array of one element, as a condition needs it. A longer one has none.
func (a Array) Bool() bool {
	if len(a.data) != 1 {
		panic(failure(BadKind, "use Any(x) or All(x)", "a condition is one true or false, this is an array of %s", elements(len(a.data))))
	}
	return a.Floats()[0] != 0
}

// Elements gives every element as a quantity, row by row.
func (a Array) Elements() []Quantity {
	list := make([]Quantity, len(a.data))
	for i, x := range a.data {
		list[i] = Quantity{x, a.dim}
	}
	return list
}

// takesAnyUnit reports whether a holds plain zeros only. It costs a look at every element of an array of plain numbers.
func (a Array) takesAnyUnit() bool {
	if a.dim != (Dimension{}) {
		return false
	}
	for _, x := range a.data {
		if x != 0 {
			return false
		}
	}
	return true
}
