package lower

import (
	"math"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// Where a result depends continuously on its parts, as the next value of a state variable does on the terms of its
// equation, a rounding more or less means nothing, and a division means time. There constants are gathered: a division by a
// constant is a multiplication by its reciprocal, constant factors are multiplied and constant terms added beforehand, and
// the sum of a product and a number is rounded once. Constants are never multiplied into a sum: (v - a)/b vanishes at v = a
// as it is written, beside whatever else does. Below a step (a comparison, int, floor, a timed array) all is computed as
// it is written, for there a rounding may decide: int(49*(1/49)) is 0.

// smooth are the functions without steps.
var smooth = map[string]bool{
	"exp": true, "expm1": true, "exprel": true, "log": true, "log10": true, "log1p": true, "sqrt": true, "sin": true,
	"cos": true, "tan": true, "sinh": true, "cosh": true, "tanh": true, "arctan": true, "abs": true, "min": true,
	"max": true, "clip": true, "where": true, "rand": true, "randn": true,
}

// isSmooth tells whether the value of e depends continuously on its operands, apart from poles. (The condition of where
// does not, but is a comparison itself.)
func isSmooth(e *lang.Expr) bool {
	switch e.Op {
	case lang.Num, lang.Name, lang.Neg, lang.Plus, lang.Add, lang.Sub, lang.Mul, lang.Div:
		return true
	case lang.Pow:
		return e.Args[1].Op == lang.Num
	case lang.Call:
		return smooth[e.Text] && (e.Sym == nil || e.Sym.Ref == nil && e.Sym.Kind == lang.Function)
	}
	return false
}

// continuously translates e, whose value the program uses as a whole.
func (t *translation) continuously(e *lang.Expr) ir.Value { return t.within(true, e) }

// within translates e with or without the liberties of a continuous result.
func (t *translation) within(continuous bool, e *lang.Expr) ir.Value {
	before := t.continuous
	t.continuous = continuous
	v := t.expr(e)
	t.continuous = before
	return v
}

// number is the value of a constant. All values here are numbers.
func (t *translation) number(v ir.Value) (float64, bool) {
	bits, constant := t.Constant(v)
	return math.Float64frombits(bits), constant
}

// isNormal tells whether a constant that was computed has all its digits.
func isNormal(x float64) bool { return math.Abs(x) >= 0x1p-1022 && math.Abs(x) <= math.MaxFloat64 }

// parts are the operands of v if that is the operation op.
func (t *translation) parts(op ir.Op, v ir.Value) (x, y ir.Value, ok bool) {
	in := t.Instr(v)
	return in.A, in.B, in.Op == op
}

// quotient is a/b.
func (t *translation) quotient(a, b ir.Value) ir.Value {
	if c, constant := t.number(b); constant && isNormal(1/c) {
		return t.product(a, t.Float(1/c))
	}
	if c, constant := t.number(a); constant {
		if v, ok := t.inverse(c, b); ok {
			return v
		}
	}
	return t.Div(a, b)
}

// inverse is c/v for a v that is a quotient, or is one but for a constant instead of it, as functions with a removable
// singularity are.
func (t *translation) inverse(c float64, v ir.Value) (ir.Value, bool) {
	in := t.Instr(v)
	switch in.Op {
	case ir.Div:
		return t.Div(t.product(in.B, t.Float(c)), in.A), true
	case ir.Select:
		d, constant := t.number(in.B)
		if !constant || !isNormal(c/d) {
			return 0, false
		}
		w, ok := t.inverse(c, in.C)
		return t.Select(in.A, t.Float(c/d), w), ok
	}
	return 0, false
}

// product is a*b.
func (t *translation) product(a, b ir.Value) ir.Value {
	if _, constant := t.number(a); constant {
		a, b = b, a
	}
	if c, constant := t.number(b); constant {
		if v, ok := t.multiple(a, c); ok {
			return v
		}
	}
	return t.Mul(a, b)
}

// multiple is c*v for a v that has a constant factor or divisor already, or is so but for a constant instead of it.
func (t *translation) multiple(v ir.Value, c float64) (ir.Value, bool) {
	if x, d, ok := t.scaled(v); ok {
		return t.Mul(x, t.Float(c*d)), isNormal(c * d)
	}
	in := t.Instr(v)
	switch in.Op {
	case ir.Div:
		if d, constant := t.number(in.A); constant {
			return t.Div(t.Float(c*d), in.B), isNormal(c * d)
		}
		if x, d, ok := t.scaled(in.B); ok && isNormal(d/c) {
			return t.Div(in.A, t.Mul(x, t.Float(d/c))), true
		}
	case ir.Select:
		d, constant := t.number(in.B)
		if !constant || !isNormal(c*d) {
			return 0, false
		}
		w, ok := t.multiple(in.C, c)
		return t.Select(in.A, t.Float(c*d), w), ok
	}
	return 0, false
}

// scaled takes v apart if it is x*c for a constant c.
func (t *translation) scaled(v ir.Value) (x ir.Value, c float64, ok bool) {
	x, y, ok := t.parts(ir.Mul, v)
	if !ok {
		return 0, 0, false
	}
	if c, constant := t.number(x); constant {
		return y, c, true
	}
	c, ok = t.number(y)
	return x, c, ok
}

// sum is a + b.
func (t *translation) sum(a, b ir.Value) ir.Value {
	if _, constant := t.number(a); constant {
		a, b = b, a
	}
	if c, constant := t.number(b); constant {
		if v, ok := t.shifted(a, c); ok {
			return v
		}
	}
	if x, y, ok := t.parts(ir.Mul, b); ok {
		return t.FMA(x, y, a)
	}
	if x, y, ok := t.parts(ir.Mul, a); ok {
		return t.FMA(x, y, b)
	}
	return t.Add(a, b)
}

// shifted is v + c for a v that has a constant term already: x + d, x - d or d - x.
func (t *translation) shifted(v ir.Value, c float64) (ir.Value, bool) {
	x, y, ok := t.parts(ir.Add, v)
	if ok {
		if d, constant := t.number(x); constant {
			return t.Add(y, t.Float(c+d)), true
		}
		d, constant := t.number(y)
		return t.Add(x, t.Float(c+d)), constant
	}
	x, y, ok = t.parts(ir.Sub, v)
	if !ok {
		return 0, false
	}
	if d, constant := t.number(x); constant {
		return t.Sub(t.Float(c+d), y), true
	}
	d, constant := t.number(y)
	return t.Add(x, t.Float(c-d)), constant
}

// difference is a - b.
func (t *translation) difference(a, b ir.Value) ir.Value {
	if c, constant := t.number(b); constant {
		return t.sum(a, t.Float(-c))
	}
	if x, c, ok := t.scaled(b); ok {
		return t.FMA(x, t.Float(-c), a)
	}
	return t.Sub(a, b)
}
