package cell

import (
	"fmt"
	"go/token"
	"reflect"

	"github.com/golgi-sim/golgi/units"
)

// at runs an operation and gives a failure the place of its operator.
func at[T any](pos int, f func() T) T {
	defer func() {
		if r := recover(); r != nil {
			err, ok := bare(r).(error)
			if _, known := err.(*opError); !ok || known {
				panic(r)
			}
			panic(&opError{token.Pos(pos), err})
		}
	}()
	return f()
}

// arithmetic lists the natives of the operators.
func arithmetic() map[string]reflect.Value {
	m := map[string]reflect.Value{}
	for name, f := range map[string]func(a, b units.Quantity) units.Quantity{"add": units.Quantity.Add, "sub": units.Quantity.Sub,
		"mul": units.Quantity.Mul, "div": units.Quantity.Div, "mod": units.Quantity.Mod} {
		binaryNatives(m, name, f)
	}
	for name, f := range map[string]func(a, b units.Quantity) bool{"lt": units.Quantity.Lt, "le": units.Quantity.Le,
		"gt": units.Quantity.Gt, "ge": units.Quantity.Ge, "eq": units.Quantity.Eq, "ne": units.Quantity.Ne} {
		binaryNatives(m, name, f)
	}
	for name, f := range map[string]func(a, b units.Array) units.Array{"add": units.Array.Add, "sub": units.Array.Sub, "mul": units.Array.Mul,
		"div": units.Array.Div, "mod": units.Array.Mod, "lt": units.Array.Lt, "le": units.Array.Le, "gt": units.Array.Gt, "ge": units.Array.Ge,
		"eq": units.Array.Eq, "ne": units.Array.Ne, "and": units.Array.And, "or": units.Array.Or} {
		m["k_"+name+"A"] = reflect.ValueOf(func(pos int, a, b any) units.Array {
			return at(pos, func() units.Array { return f(units.ArrayOf(a), units.ArrayOf(b)) })
		})
	}
	m["k_negQ"] = reflect.ValueOf(func(_ int, q units.Quantity) units.Quantity { return q.Neg() })
	m["k_negA"] = reflect.ValueOf(func(pos int, a units.Array) units.Array { return at(pos, a.Neg) })
	m["k_notA"] = reflect.ValueOf(func(pos int, a units.Array) units.Array { return at(pos, a.Not) })
	m["k_min"] = reflect.ValueOf(func(pos int, a, b units.Quantity) units.Quantity {
		return at(pos, func() units.Quantity { return pick(b.Lt(a), b, a) })
	})
	m["k_max"] = reflect.ValueOf(func(pos int, a, b units.Quantity) units.Quantity {
		return at(pos, func() units.Quantity { return pick(b.Gt(a), b, a) })
	})
	return m
}

func pick[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

// binaryNatives adds the three forms of an operator: two quantities, and a plain number on either side.
func binaryNatives[T any](m map[string]reflect.Value, name string, f func(a, b units.Quantity) T) {
	m["k_"+name+"QQ"] = reflect.ValueOf(func(pos int, a, b units.Quantity) T { return at(pos, func() T { return f(a, b) }) })
	m["k_"+name+"QF"] = reflect.ValueOf(func(pos int, a units.Quantity, b float64) T {
		return at(pos, func() T { return f(a, units.Scalar(b)) })
	})
	m["k_"+name+"FQ"] = reflect.ValueOf(func(pos int, a float64, b units.Quantity) T {
		return at(pos, func() T { return f(units.Scalar(a), b) })
	})
}

// conversions lists the natives that turn quantities, arrays and plain values into each other, and the forms of x[i].
func (n *natives) conversions() map[string]reflect.Value {
	of := reflect.ValueOf
	return map[string]reflect.Value{
		"k_scalar": of(func(_ int, x float64) units.Quantity { return units.Scalar(x) }),
		"k_quantity": of(func(pos int, x any) units.Quantity {
			return at(pos, func() units.Quantity { return units.QuantityOf(x) })
		}),
		"k_array": of(func(pos int, x any) units.Array { return at(pos, func() units.Array { return units.ArrayOf(x) }) }),
		"k_num": of(func(pos int, x any) float64 {
			return at(pos, func() float64 { return plainNumber(units.QuantityOf(x)).Float() })
		}),
		"k_int":        of(func(pos int, x any) int { return at(pos, func() int { return plainNumber(units.QuantityOf(x)).Int() }) }),
		"k_bool":       of(func(pos int, x units.Array) bool { return at(pos, func() bool { return truth(x) }) }),
		"k_floats":     of(func(pos int, x units.Array) []float64 { return at(pos, x.Floats) }),
		"k_ints":       of(func(pos int, x units.Array) []int { return at(pos, x.Ints) }),
		"k_bools":      of(func(pos int, x units.Array) []bool { return at(pos, x.Bools) }),
		"k_quantities": of(func(pos int, x units.Array) []units.Quantity { return at(pos, x.Elements) }),
		"k_elements": of(func(pos int, x units.Array) []units.Array {
			return at(pos, func() []units.Array { return elementsOf(x) })
		}),
		"k_len": of(func(pos int, x any) int { return at(pos, func() int { return n.length(x) }) }),
		"k_at": of(func(pos int, x units.Array, i any) units.Array {
			return at(pos, func() units.Array { return element(x, i) })
		}),
		"k_slice": of(func(pos int, x units.Array, lo, hi any) units.Array {
			return at(pos, func() units.Array { l, h := bounds(x, lo, hi); return x.Slice(l, h) })
		}),
		"k_span": of(func(_ int, lo, hi any) any { return Span{lo, hi} }),
		"k_put": of(func(pos int, x units.Array, i any, op string, v any) {
			at(pos, func() bool { put(x, i, op, v); return true })
		}),
	}
}

func plainNumber(q units.Quantity) units.Quantity {
	if !q.Dim().IsOne() && q.SI() != 0 {
		panic(&units.Error{Message: fmt.Sprintf("this is %s, a plain number is needed: divide by a unit, as in x/%s", q, units.BestPrefixOf(q))})
	}
	return units.Scalar(q.SI())
}

// truth decides a condition.
func truth(x units.Array) bool {
	if x.NDim() == 0 {
		return x.SI()[0] != 0
	}
	panic(&units.Error{Message: fmt.Sprintf("a mask of %d values cannot decide a condition", x.Size()), Hint: "Any(…) is true when one of them is, All(…) when all are"})
}

// elementsOf gives the elements of an array, or the rows of a matrix.
func elementsOf(x units.Array) []units.Array {
	list := make([]units.Array, x.Len())
	for i := range list {
		list[i] = x.Get(i)
	}
	return list
}

// element is x[i] for a number, a mask, a list of numbers, or a slice.
func element(x units.Array, i any) units.Array {
	switch i := i.(type) {
	case int:
		return x.Get(i)
	case Span:
		lo, hi := bounds(x, i.Low, i.High)
		return x.Slice(lo, hi)
	case interface{ Of(units.Array) units.Array }: // Col, Between
		return i.Of(x)
	case string:
		panic(&units.Error{Message: fmt.Sprintf("an array cannot be indexed by the text %q", i), Hint: "a mask can: x[x > 0]"})
	}
	which := units.ArrayOf(i)
	if which.NDim() == 0 && which.Kind() != units.Boolean {
		return x.Get(plainNumber(which.Quantity()).Int())
	}
	return x.Index(which)
}

// bounds completes the bounds of a slice; those that count from the end become plain ones.
func bounds(x units.Array, lo, hi any) (int, int) {
	whole := func(v any, missing int) int {
		if v == nil {
			return missing
		}
		i := plainNumber(units.QuantityOf(v)).Int()
		if i < 0 {
			i += x.Len()
		}
		return i
	}
	return whole(lo, 0), whole(hi, x.Len())
}

// put is x[i] = v and x[i] op= v.
func put(x units.Array, i any, op string, v any) {
	value := units.ArrayOf(v)
	if op != "" {
		value = apply(op, element(x, i), value)
	}
	switch i := i.(type) {
	case int:
		x.SetAt(i, value)
		return
	case Span:
		lo, hi := bounds(x, i.Low, i.High)
		x.SetSlice(lo, hi, value)
		return
	}
	which := units.ArrayOf(i)
	switch {
	case which.NDim() == 0 && which.Kind() != units.Boolean:
		x.SetAt(plainNumber(which.Quantity()).Int(), value)
	case which.Kind() == units.Boolean:
		x.SetMask(which, value)
	default:
		x.SetIndex(which, value)
	}
}

// apply is one operator on arrays, by its sign.
func apply(op string, a, b units.Array) units.Array {
	switch op {
	case "+":
		return a.Add(b)
	case "-":
		return a.Sub(b)
	case "*":
		return a.Mul(b)
	case "/":
		return a.Div(b)
	case "%":
		return a.Mod(b)
	}
	panic(&units.Error{Message: "the operator " + op + "= does not work on quantities and arrays"})
}

func (n *natives) length(x any) int {
	switch x := x.(type) {
	case units.Array:
		return x.Len()
	case interface{ Len() int }:
		return x.Len()
	}
	if r, ok := x.(reader); ok {
		if a, err := r.Read("N"); err == nil {
			return a.Quantity().Int()
		}
	}
	panic(&units.Error{Message: fmt.Sprintf("a value of type %T has no length", x)})
}
