package lang

import (
	"math"

	"github.com/golgi-sim/golgi/units"
)

// The constructors build checked trees from checked trees: Type and Dim of what they give are right when those of the
// arguments are. They do not simplify; see Simplify.

// Number is a plain number.
func Number(x float64) *Expr { return &Expr{Op: Num, Value: x, Type: Float} }

// Whole is a plain whole number, of type Integer.
func Whole(n int) *Expr { return &Expr{Op: Num, Value: float64(n), Type: Integer} }

// Zero is the number 0 with a dimension.
func Zero(d units.Dimension) *Expr { return &Expr{Op: Num, Type: Float, Dim: d} }

// Truth is True or False.
func Truth(b bool) *Expr {
	if b {
		return &Expr{Op: Bool, Value: 1, Type: Boolean}
	}
	return &Expr{Op: Bool, Type: Boolean}
}

// Variable is the name of a symbol.
func Variable(s *Symbol) *Expr {
	return &Expr{Op: Name, Text: s.Name, Type: s.Type, Dim: s.Dim, Sym: s}
}

// Unary gives Neg, Plus or Not of a.
func Unary(op Op, a *Expr) *Expr {
	t := a.Type
	if op == Not {
		t = Boolean
	} else if t == Boolean {
		t = Integer
	}
	return &Expr{Op: op, Args: []*Expr{a}, Type: t, Dim: a.Dim}
}

// Binary gives op of a and b.
func Binary(op Op, a, b *Expr) *Expr {
	return &Expr{Op: op, Args: []*Expr{a, b}, Type: binaryType(op, a, b), Dim: binaryDim(op, a, b)}
}

// Negative is -a.
func Negative(a *Expr) *Expr { return Unary(Neg, a) }

// Sum is a + b.
func Sum(a, b *Expr) *Expr { return Binary(Add, a, b) }

// Difference is a - b.
func Difference(a, b *Expr) *Expr { return Binary(Sub, a, b) }

// Product is a*b.
func Product(a, b *Expr) *Expr { return Binary(Mul, a, b) }

// Quotient is a/b.
func Quotient(a, b *Expr) *Expr { return Binary(Div, a, b) }

// Power is a**b.
func Power(a, b *Expr) *Expr { return Binary(Pow, a, b) }

// Apply calls one of the built-in functions; it panics with a message when there is no such function or the arguments
// do not fit, which is a mistake of the caller.
func Apply(name string, args ...*Expr) *Expr {
	f := builtins[name]
	if f == nil {
		panic("lang: no function " + name)
	}
	t, d, fault := f.rule(args)
	if fault != nil {
		panic("lang: " + name + ": " + fault.message)
	}
	return &Expr{Op: Call, Text: name, Args: args, Type: t, Dim: d, Sym: f.symbol}
}

func binaryType(op Op, a, b *Expr) Type {
	switch {
	case op == And || op == Or || op.isComparison():
		return Boolean
	case op == Div:
		return Float
	case op == Pow && isNegative(b):
		return Float
	}
	return promote(a.Type, b.Type)
}

// promote gives the numeric type that holds both; booleans count as the integers 0 and 1.
func promote(a, b Type) Type {
	if a == Float || b == Float || a == Unknown || b == Unknown {
		return Float
	}
	return Integer
}

func binaryDim(op Op, a, b *Expr) units.Dimension {
	switch op {
	case Mul:
		return a.Dim.Mul(b.Dim)
	case Div:
		return a.Dim.Div(b.Dim)
	case FloorDiv, Pow:
		if op == Pow {
			if x, ok := constantValue(b); ok {
				d, _ := powDim(a.Dim, x)
				return d
			}
		}
		return units.Dimension{}
	case Add, Sub, Mod:
		if isZero(a) {
			return b.Dim
		}
		return a.Dim
	}
	return units.Dimension{}
}

// powDim raises a dimension to a number, when the exponents that come out are twelfths.
func powDim(d units.Dimension, x float64) (units.Dimension, bool) {
	if d.IsOne() {
		return d, true
	}
	for den := 1; den <= 12; den++ {
		num := math.Round(x * float64(den))
		if math.Abs(num) < 1000 && math.Abs(x*float64(den)-num) < 1e-9*float64(den) {
			return d.Pow(int(num), den)
		}
	}
	return units.Dimension{}, false
}

// isZero tells whether e is a literal 0, perhaps with signs.
func isZero(e *Expr) bool {
	for e.Op == Neg || e.Op == Plus {
		e = e.Args[0]
	}
	return e.Op == Num && e.Value == 0
}

func isNegative(e *Expr) bool {
	x, ok := constantValue(e)
	return ok && x < 0
}
