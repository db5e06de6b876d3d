package lower

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/method"
)

// Value computes an expression for each row and keeps it in a column.
func Value(name string, domain ir.Domain, e *lang.Expr, names Names, column any, storage ir.Storage) (*Code, error) {
	return translate(name, domain, names, func(t *translation) {
		k := t.column(column, storage)
		t.Store(k, t.fit(t.expr(e), storage))
	})
}

// Assign sets a variable to an expression for each row, where its guard allows.
func Assign(name string, domain ir.Domain, e *lang.Expr, place Place, names Names) (*Code, error) {
	return translate(name, domain, names, func(t *translation) {
		t.guarded = true
		t.write(place, t.expr(e))
	})
}

// Condition emits the rows for which a condition holds.
func Condition(name string, e *lang.Expr, names Names) (*Code, error) {
	return translate(name, ir.All, names, func(t *translation) {
		t.Emit(t.ToMask(t.expr(e)))
	})
}

// Values computes several expressions for each row and keeps each in its column of numbers.
func Values(name string, domain ir.Domain, exprs []*lang.Expr, names Names, columns []any) (*Code, error) {
	return translate(name, domain, names, func(t *translation) {
		values := make([]ir.Value, len(exprs))
		for i, e := range exprs {
			values[i] = t.ToFloat(t.expr(e))
		}
		for i, v := range values {
			t.Store(t.column(columns[i], ir.Float64), v)
		}
	})
}

// Statements runs code for each row. Guarded code skips what is held while refractory; a reset is not guarded.
func Statements(name string, domain ir.Domain, list []lang.Statement, names Names, guarded bool) (*Code, error) {
	return translate(name, domain, names, func(t *translation) {
		t.guarded = guarded
		for _, s := range list {
			t.statement(s)
		}
	})
}

// An Advance brings event-driven variables from the time Last [s] of the last event to now, before code runs: each
// follows dx/dt = a x + b by itself. Last becomes the time after the code.
type Advance struct {
	Linear *method.Linear // diagonal; nil where the engine advances the variables itself
	Last   Place
}

// Pathway runs code for synapses, a list or spans of them. Advance is nil where nothing is event-driven.
func Pathway(name string, domain ir.Domain, list []lang.Statement, advance *Advance, names Names) (*Code, error) {
	return translate(name, domain, names, func(t *translation) {
		t.guarded = true
		if advance != nil && advance.Linear != nil {
			t.advanceTo(advance)
		}
		for _, s := range list {
			t.statement(s)
		}
		if advance != nil {
			t.write(advance.Last, t.Uniform(UniformTime, ir.F64))
		}
	})
}

func (t *translation) advanceTo(a *Advance) {
	since := t.Sub(t.Uniform(UniformTime, ir.F64), t.read(a.Last))
	places, next := make([]Place, len(a.Linear.Symbols)), make([]ir.Value, len(a.Linear.Symbols))
	for i, sym := range a.Linear.Symbols {
		place, err := t.names.Place(sym)
		t.fail(err)
		places[i], next[i] = place, t.relaxed(t.read(place), a.Linear.M[i][i], a.Linear.B[i], since)
	}
	for i, v := range next {
		t.write(places[i], v)
	}
}

// relaxed is x after a time under dx/dt = rate x + input; either may be nil.
func (t *translation) relaxed(x ir.Value, rate, input *lang.Expr, since ir.Value) ir.Value {
	growth := t.Float(0)
	if rate != nil {
		growth = t.Mul(t.ToFloat(t.expr(rate)), since)
		x = t.Mul(x, t.function("exp", growth))
	}
	if input != nil {
		x = t.Add(x, t.Mul(t.ToFloat(t.expr(input)), t.Mul(since, t.function("exprel", growth))))
	}
	return x
}

func (t *translation) statement(s lang.Statement) {
	v := t.expr(s.Expr)
	if s.Sym == nil || s.Sym.Kind == lang.Local {
		if s.Op != lang.Num {
			v = t.binary(s.Op, t.locals[s.Target], v, lang.Unknown)
		}
		t.locals[s.Target] = v
		return
	}
	place, err := t.names.Place(s.Sym)
	t.fail(err)
	t.assign(place, s.Op, v)
}

// assign is x = v or x op= v. What other rows may reach too is accumulated in place, so that rows need not wait for
// each other.
func (t *translation) assign(p Place, op lang.Op, v ir.Value) {
	if t.Type(v) == ir.Mask && op != lang.Num {
		v = t.ToInt(v)
	}
	numbers := p.Storage == ir.Float64 || t.Type(v) == ir.I64
	switch {
	case op == lang.Num:
		t.write(p, v)
	case p.Access != Own && op == lang.Add && numbers:
		t.accumulate(lang.Add, p, v)
	case p.Access != Own && op == lang.Sub && numbers:
		t.accumulate(lang.Add, p, t.Neg(v))
	case p.Access != Own && op == lang.Mul && numbers:
		t.accumulate(lang.Mul, p, v)
	default:
		t.write(p, t.binary(op, t.read(p), v, lang.Unknown))
	}
}
