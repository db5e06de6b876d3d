package units

import "reflect"

// ArrayOf gives anything that holds numbers as an array: an Array (itself), a Quantity, a number or a boolean (without
// axes), a slice of those, a slice of such slices (a matrix), or a value with a method Array() Array. A []float64 is
// shared, other slices are copied. Integers and booleans keep their kind.
func ArrayOf(x any) Array {
	switch x := x.(type) {
	case Array:
		return x
	case Quantity:
		return Of(x)
	case float64:
		return Of(Scalar(x))
	case int:
		return Array{data: []float64{float64(x)}, kind: Integer, scalar: true}
	case bool:
		return Array{data: []float64{number(x)}, kind: Boolean, scalar: true}
	case []float64:
		return Array{data: x}
	case []int:
		return IntArray(x)
	case []bool:
		return BoolArray(x)
	case []Quantity:
		return ofQuantities(x)
	case interface{ Array() Array }:
		return x.Array()
	}
	return reflected(reflect.ValueOf(x))
}

// QuantityOf gives a quantity, a number, or an array of one element as a quantity.
func QuantityOf(x any) Quantity {
	if q, ok := x.(Quantity); ok {
		return q
	}
	return ArrayOf(x).Quantity()
}

func ofQuantities(list []Quantity) Array {
	a := Array{data: make([]float64, len(list))}
	var first Quantity
	for i, q := range list {
		a.data[i] = q.si
		switch {
		case q.takesAnyUnit() || q.dim == first.dim && !first.takesAnyUnit():
		case first.takesAnyUnit():
			first = q
		default:
			panic(mismatch("put", "and", first, q, first.dim, q.dim))
		}
	}
	a.dim = first.dim
	return a
}

// reflected converts values of the less usual types.
func reflected(v reflect.Value) Array {
	switch {
	case !v.IsValid():
	case v.CanInt():
		return Array{data: []float64{float64(v.Int())}, kind: Integer, scalar: true}
	case v.CanUint():
		return Array{data: []float64{float64(v.Uint())}, kind: Integer, scalar: true}
	case v.CanFloat():
		return Of(Scalar(v.Float()))
	case v.Kind() == reflect.Bool:
		return ArrayOf(v.Bool())
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return ArrayOf(v.Elem().Interface())
	case v.Kind() == reflect.Slice || v.Kind() == reflect.Array:
		parts := make([]Array, v.Len())
		for i := range parts {
			parts[i] = ArrayOf(v.Index(i).Interface())
		}
		if len(parts) == 0 {
			return Array{kind: emptyKind(v.Type().Elem().Kind())}
		}
		return stack(parts)
	}
	panic(failure(BadKind, "", "a number, a quantity or an array is needed, this is %s", typeName(v)))
}

func emptyKind(k reflect.Kind) Kind {
	switch {
	case k >= reflect.Int && k <= reflect.Uint64:
		return Integer
	case k == reflect.Bool:
		return Boolean
	}
	return Float
}

func typeName(v reflect.Value) string {
	switch {
	case !v.IsValid():
		return "nil"
	case v.Kind() == reflect.String:
		return "the text " + v.String()
	}
	return "a " + v.Type().String()
}

// stack puts arrays of one shape side by side along a new first axis.
func stack(parts []Array) Array {
	shape := append([]int{len(parts)}, parts[0].axes()...)
	for _, part := range parts {
		if !sameShape(part, parts[0]) {
			panic(failure(BadShape, "", "rows of shapes %s and %s make no matrix", shapeText(parts[0].axes()), shapeText(part.axes())))
		}
	}
	joined := join(parts)
	if len(shape) > 1 {
		joined.shape = shape
	}
	return joined
}

// join puts the elements of arrays after one another in one axis. Kinds become the more general one.
func join(parts []Array) Array {
	joined := Array{kind: Boolean}
	common := Array{}
	for _, part := range parts {
		d := common.sumDim(opAdd, part)
		if common.takesAnyUnit() {
			common = part // until something is not 0, any unit fits
		}
		common.dim = d
		joined.data = append(joined.data, part.data...)
		joined.kind = generalKind(joined.kind, part.kind)
	}
	joined.dim = common.dim
	if !joined.dim.IsOne() || len(parts) == 0 {
		joined.kind = Float
	}
	return joined
}

func generalKind(k, l Kind) Kind {
	switch {
	case k == l:
		return k
	case k == Float || l == Float:
		return Float
	}
	return Integer
}
