package units

import "math"

// operator is one of the operations on two arrays.
type operator uint8

const (
	opAdd operator = iota
	opSub
	opMul
	opDiv
	opMod
	opPow
	opAtan2
	opLt
	opLe
	opGt
	opGe
	opEq
	opNe
	opAnd
	opOr
)

// verbs are the words of an error about an operator: "cannot add 1 and 2".
var verbs = [...][2]string{
	opAdd: {"add", "and"}, opSub: {"subtract", "from"}, opMul: {"multiply", "and"}, opDiv: {"divide", "by"},
	opMod: {"divide", "by"}, opPow: {"raise", "to"}, opAtan2: {"take the angle of", "and"},
	opLt: {"compare", "with"}, opLe: {"compare", "with"}, opGt: {"compare", "with"}, opGe: {"compare", "with"},
	opEq: {"compare", "with"}, opNe: {"compare", "with"}, opAnd: {"combine", "and"}, opOr: {"combine", "and"},
}

func (op operator) compares() bool { return op >= opLt }

// Add gives a + b, element by element.
func (a Array) Add(b Array) Array { return a.operate(opAdd, b, a.sumDim(opAdd, b)) }

// Sub gives a - b, element by element.
func (a Array) Sub(b Array) Array { return a.operate(opSub, b, a.sumDim(opSub, b)) }

// Mul gives a * b, element by element.
func (a Array) Mul(b Array) Array { return a.operate(opMul, b, product(a.dim, b.dim)) }

// Div gives a / b, element by element; a division by 0 gives an infinity or NaN.
func (a Array) Div(b Array) Array { return a.operate(opDiv, b, quotient(a.dim, b.dim)) }

// Mod gives the remainder of a divided by b, with the sign of b.
func (a Array) Mod(b Array) Array { return a.operate(opMod, b, a.sumDim(opMod, b)) }

// Lt gives the mask of a < b.
func (a Array) Lt(b Array) Array { return a.compare(opLt, b) }

// Le gives the mask of a <= b.
func (a Array) Le(b Array) Array { return a.compare(opLe, b) }

// Gt gives the mask of a > b.
func (a Array) Gt(b Array) Array { return a.compare(opGt, b) }

// Ge gives the mask of a >= b.
func (a Array) Ge(b Array) Array { return a.compare(opGe, b) }

// Eq gives the mask of a == b.
func (a Array) Eq(b Array) Array { return a.compare(opEq, b) }

// Ne gives the mask of a != b.
func (a Array) Ne(b Array) Array { return a.compare(opNe, b) }

// And gives the mask of a && b.
func (a Array) And(b Array) Array { return a.mask().operate(opAnd, b.mask(), Dimension{}) }

// Or gives the mask of a || b.
func (a Array) Or(b Array) Array { return a.mask().operate(opOr, b.mask(), Dimension{}) }

// Not gives the mask of !a.
func (a Array) Not() Array {
	result := a.mask().alike(Dimension{}, Boolean)
	for i, x := range a.data {
		result.data[i] = number(x == 0)
	}
	return result
}

// mask gives a itself, after a look at its kind.
func (a Array) mask() Array {
	if a.kind != Boolean {
		panic(failure(BadKind, "compare first, as in x > 0", "&&, || and ! combine masks, this is %s", brief{a}))
	}
	return a
}

// Neg gives -a.
func (a Array) Neg() Array {
	result := a.alike(a.dim, a.numeric())
	for i, x := range a.data {
		result.data[i] = -x
	}
	return result
}

// Pow gives every element to the power exponent.
func (a Array) Pow(exponent float64) Array {
	kind := Float
	if a.kind != Float && exponent >= 0 && exponent == math.Trunc(exponent) {
		kind = Integer
	}
	result := a.alike(powerDimension(brief{a}, a.dim, exponent), kind)
	for i, x := range a.data {
		result.data[i] = powerOf(x, exponent)
	}
	return result
}

// alike gives an array of zeros of a's shape.
func (a Array) alike(d Dimension, k Kind) Array {
	return Array{data: make([]float64, len(a.data)), shape: a.shape, scalar: a.scalar, dim: d, kind: k}
}

// numeric is the kind that elements have in arithmetic, where booleans count as integers.
func (a Array) numeric() Kind {
	if a.kind == Float {
		return Float
	}
	return Integer
}

// sumDim gives the dimension of a sum, a difference or a remainder.
func (a Array) sumDim(op operator, b Array) Dimension {
	switch {
	case a.dim == b.dim || b.takesAnyUnit():
		return a.dim
	case a.takesAnyUnit():
		return b.dim
	}
	words := verbs[op]
	if op == opSub {
		panic(mismatch(words[0], words[1], brief{b}, brief{a}, b.dim, a.dim))
	}
	panic(mismatch(words[0], words[1], brief{a}, brief{b}, a.dim, b.dim))
}

func (a Array) compare(op operator, b Array) Array {
	if a.dim != b.dim && !a.infinite() && !b.infinite() {
		a.sumDim(op, b)
	}
	return a.operate(op, b, Dimension{})
}

// infinite reports whether all elements are infinities, which may be compared with anything.
func (a Array) infinite() bool {
	for _, x := range a.data {
		if !math.IsInf(x, 0) {
			return false
		}
	}
	return len(a.data) > 0
}

// operate applies op to elements that belong together by broadcasting; d is the dimension of the result.
func (a Array) operate(op operator, b Array, d Dimension) Array {
	result := a.room(op, b)
	result.dim, result.kind = d, resultKind(op, a, b, d)
	if result.shape == nil || sameShape(a, b) || len(a.data) == 1 || len(b.data) == 1 {
		apply(op, result.data, a.data, b.data, step(a.data), step(b.data))
		return result
	}
	for row := range rows(result, a, b) {
		apply(op, row.result, row.a, row.b, row.stepA, row.stepB)
	}
	return result
}

// step is 0 where the one element of data stands for all.
func step(data []float64) int {
	if len(data) == 1 {
		return 0
	}
	return 1
}

func resultKind(op operator, a, b Array, d Dimension) Kind {
	switch {
	case op.compares():
		return Boolean
	case op <= opMul || op == opMod:
		if a.kind != Float && b.kind != Float && d.IsOne() {
			return Integer
		}
	}
	return Float
}

// apply is: for each i, dst[i] = x[i*sx] op y[i*sy], with steps of 0 or 1.
func apply(op operator, dst, x, y []float64, sx, sy int) {
	if sx == 1 && sy == 1 && op <= opDiv {
		dense(op, dst, x[:len(dst)], y[:len(dst)])
		return
	}
	switch op {
	case opAdd:
		for i := range dst {
			dst[i] = x[i*sx] + y[i*sy]
		}
	case opSub:
		for i := range dst {
			dst[i] = x[i*sx] - y[i*sy]
		}
	case opMul:
		for i := range dst {
			dst[i] = x[i*sx] * y[i*sy]
		}
	case opDiv:
		for i := range dst {
			dst[i] = x[i*sx] / y[i*sy]
		}
	default:
		f := functions[op]
		for i := range dst {
			dst[i] = f(x[i*sx], y[i*sy])
		}
	}
}

// dense is: for each i, dst[i] = x[i] op y[i], for the four operations and three slices of one length.
func dense(op operator, dst, x, y []float64) {
	x, y = x[:len(dst)], y[:len(dst)]
	switch op {
	case opAdd:
		for i := range dst {
			dst[i] = x[i] + y[i]
		}
	case opSub:
		for i := range dst {
			dst[i] = x[i] - y[i]
		}
	case opMul:
		for i := range dst {
			dst[i] = x[i] * y[i]
		}
	case opDiv:
		for i := range dst {
			dst[i] = x[i] / y[i]
		}
	}
}

// functions are the operators that are too rare for loops of their own.
var functions = [...]func(x, y float64) float64{
	opMod:   floorMod,
	opPow:   powerOf,
	opAtan2: math.Atan2,
	opLt:    func(x, y float64) float64 { return number(x < y) },
	opLe:    func(x, y float64) float64 { return number(x <= y) },
	opGt:    func(x, y float64) float64 { return number(x > y) },
	opGe:    func(x, y float64) float64 { return number(x >= y) },
	opEq:    func(x, y float64) float64 { return number(x == y) },
	opNe:    func(x, y float64) float64 { return number(x != y) },
	opAnd:   func(x, y float64) float64 { return number(x != 0 && y != 0) },
	opOr:    func(x, y float64) float64 { return number(x != 0 || y != 0) },
}
