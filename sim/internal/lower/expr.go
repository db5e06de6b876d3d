package lower

import (
	"fmt"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
)

func (t *translation) expr(e *lang.Expr) ir.Value {
	if t.continuous && !isSmooth(e) {
		return t.within(false, e)
	}
	switch e.Op {
	case lang.Num:
		if e.Type == lang.Integer {
			return t.Int(int64(e.Value))
		}
		return t.Float(e.Value)
	case lang.Bool:
		return t.Bool(e.Value != 0)
	case lang.Name:
		return t.name(e)
	case lang.Call:
		return t.call(e)
	case lang.Neg:
		return t.Neg(t.arithmetic(e.Args[0]))
	case lang.Plus:
		return t.arithmetic(e.Args[0])
	case lang.Not:
		return t.Not(t.ToMask(t.expr(e.Args[0])))
	case lang.And:
		return t.And(t.ToMask(t.expr(e.Args[0])), t.ToMask(t.expr(e.Args[1])))
	case lang.Or:
		return t.Or(t.ToMask(t.expr(e.Args[0])), t.ToMask(t.expr(e.Args[1])))
	}
	return t.binary(e.Op, t.arithmetic(e.Args[0]), t.arithmetic(e.Args[1]), e.Type)
}

// arithmetic is the value of an operand, a truth value as 0 or 1.
func (t *translation) arithmetic(e *lang.Expr) ir.Value {
	v := t.expr(e)
	if t.Type(v) == ir.Mask {
		return t.ToInt(v)
	}
	return v
}

func (t *translation) binary(op lang.Op, a, b ir.Value, result lang.Type) ir.Value {
	if t.continuous && (op == lang.Div || t.Type(a) == ir.F64 || t.Type(b) == ir.F64) {
		a, b = t.ToFloat(a), t.ToFloat(b)
		switch op {
		case lang.Add:
			return t.sum(a, b)
		case lang.Sub:
			return t.difference(a, b)
		case lang.Mul:
			return t.product(a, b)
		case lang.Div:
			return t.quotient(a, b)
		}
	}
	switch op {
	case lang.Add:
		return t.Add(a, b)
	case lang.Sub:
		return t.Sub(a, b)
	case lang.Mul:
		return t.Mul(a, b)
	case lang.Div:
		return t.Div(a, b)
	case lang.FloorDiv:
		return t.function("floordiv", a, b)
	case lang.Mod:
		return t.function("mod", a, b)
	case lang.Pow:
		v := t.function("pow", a, b)
		if result == lang.Integer {
			return t.ToInt(v)
		}
		return v
	}
	return t.comparison(op, a, b)
}

func (t *translation) comparison(op lang.Op, a, b ir.Value) ir.Value {
	switch op {
	case lang.Lt:
		return t.Lt(a, b)
	case lang.Le:
		return t.Le(a, b)
	case lang.Gt:
		return t.Gt(a, b)
	case lang.Ge:
		return t.Ge(a, b)
	case lang.Eq:
		return t.Eq(a, b)
	case lang.Ne:
		return t.Ne(a, b)
	}
	panic(fmt.Sprintf("lower: no operator %d", op))
}

func (t *translation) function(name string, args ...ir.Value) ir.Value {
	v, err := t.Call(name, args...)
	t.fail(err)
	return v
}

func (t *translation) name(e *lang.Expr) ir.Value {
	if v, ok := t.locals[e.Text]; ok {
		return v
	}
	if e.Sym == nil {
		t.fail(fmt.Errorf("the name %s was never resolved", e.Text))
	}
	return t.symbol(e.Sym)
}

// symbol is the value of a resolved name.
func (t *translation) symbol(sym *lang.Symbol) ir.Value {
	place, err := t.names.Place(sym)
	t.fail(err)
	return t.read(place)
}

func (t *translation) call(e *lang.Expr) ir.Value {
	if e.Sym != nil && e.Sym.Kind == lang.TimedArray {
		return t.timedArray(e)
	}
	if e.Sym != nil && e.Sym.Ref != nil {
		if f, ok := e.Sym.Ref.(HostFunction); ok {
			return t.hostCall(e, f)
		}
	}
	switch e.Text {
	case "rand", "randn":
		return t.draw(e.Text == "randn")
	case "where":
		return t.where(e)
	case "poisson", "binomial":
		return t.drawn(e)
	}
	args := make([]ir.Value, len(e.Args))
	for i, a := range e.Args {
		args[i] = t.arithmetic(a)
	}
	return t.function(e.Text, args...)
}

// draw is the next random number of the program.
func (t *translation) draw(normal bool) ir.Value {
	t.draws++
	if t.fill != nil {
		n := Noise{Column: t.fill(), Normal: normal, Key: t.key, Occurrence: t.draws}
		t.noise = append(t.noise, n)
		return t.Load(t.column(n.Column, ir.Float64))
	}
	draw := t.Rand
	if normal {
		draw = t.Randn
	}
	return draw(t.Uniform(t.key, ir.I64), t.Uniform(UniformStep, ir.I64), t.Row(), t.draws)
}

// drawn is a whole number that a host function draws from a uniform one by inversion.
func (t *translation) drawn(e *lang.Expr) ir.Value {
	uniform := lang.Apply("rand")
	inverse := *e
	inverse.Args = append([]*lang.Expr{uniform}, e.Args...)
	return t.ToInt(t.hostCall(&inverse, t.names.Inverse(e.Text)))
}

func (t *translation) where(e *lang.Expr) ir.Value {
	condition := t.ToMask(t.expr(e.Args[0]))
	a, b := t.expr(e.Args[1]), t.expr(e.Args[2])
	if t.Type(a) != t.Type(b) {
		a, b = t.ToFloat(a), t.ToFloat(b)
	}
	return t.Select(condition, a, b)
}

// timedArray reads a timed array at a time: sample k holds for k*dt <= t < (k+1)*dt, the first and last beyond the
// ends. The time is counted in parts of a sample that are a step or less, half a part added, so that rounding of t
// never picks the neighbour.
func (t *translation) timedArray(e *lang.Expr) ir.Value {
	table, err := t.names.Table(e.Sym)
	t.fail(err)
	parts := partsOfSample(t.names.Dt(), table.Dt)
	at := t.Add(t.Div(t.ToFloat(t.expr(e.Args[0])), t.Float(table.Dt/parts)), t.Float(0.5))
	index := t.clampedIndex(t.Div(at, t.Float(parts)), table.Rows)
	if table.Columns > 0 {
		column := t.clampedIndex(t.ToFloat(t.expr(e.Args[1])), table.Columns)
		index = t.Add(t.Mul(index, t.Int(int64(table.Columns))), column)
	}
	return t.Gather(t.column(table.Column, ir.Float64), index)
}

// partsOfSample is the number of parts, a power of two, that a sample of length sample is divided into for a step dt.
func partsOfSample(dt, sample float64) float64 {
	parts := 1.0
	for parts < 8/dt*sample {
		parts *= 2
	}
	return parts
}

// clampedIndex is x as an index into n elements.
func (t *translation) clampedIndex(x ir.Value, n int) ir.Value {
	return t.ToInt(t.Max(t.Float(0), t.Min(x, t.Float(float64(n-1)))))
}
