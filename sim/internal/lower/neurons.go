package lower

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/method"
)

// Refractory is how a group's rows leave refractoriness: by a time since the last spike or by a condition that ends.
type Refractory struct {
	Period    *lang.Expr // [s]
	Condition *lang.Expr
	Last      Place // lastspike [s]
	Free      Place // not_refractory
}

// A Propagator is where the engine keeps the step matrices of a linear system: next x = P x + Phi B, entry by entry,
// nil where an entry is zero by its form. Held are those with the held variables standing still. Shared propagators
// have one row for all.
type Propagator struct {
	P, Phi, HeldP, HeldPhi [][]any
	Shared                 bool
}

// Update advances a group by one step: refractoriness first, then the state variables. Refractory is nil for a group
// without.
func Update(name string, u *method.Update, r *Refractory, prop *Propagator, names Names) (*Code, error) {
	return translate(name, ir.All, names, func(t *translation) {
		if r != nil {
			t.locals[method.NotRefractory] = t.refractoriness(r)
		}
		for _, a := range u.Assign {
			t.advance(a)
		}
		if u.Linear != nil {
			t.propagate(u.Linear, prop)
		}
	})
}

// refractoriness sets not_refractory at the start of a step and returns it.
func (t *translation) refractoriness(r *Refractory) ir.Value {
	var free ir.Value
	if r.Period != nil {
		dt := t.Float(t.names.Dt())
		since := t.Sub(t.Uniform(UniformTime, ir.F64), t.read(r.Last))
		free = t.Ge(t.function("timestep", since, dt), t.function("timestep", t.ToFloat(t.expr(r.Period)), dt))
	} else {
		free = t.Or(t.read(r.Free), t.Not(t.ToMask(t.expr(r.Condition))))
	}
	t.write(r.Free, free)
	return free
}

func (t *translation) advance(a method.Assign) {
	v := t.expr(a.Expr)
	if a.Symbol == nil {
		t.locals[a.Target] = v
		return
	}
	place, err := t.names.Place(a.Symbol)
	t.fail(err)
	t.write(place, v)
}

// propagate writes x_i = sum_j P_ij x_j + sum_j Phi_ij b_j for every variable i, from old values.
func (t *translation) propagate(l *method.Linear, prop *Propagator) {
	n := len(l.Symbols)
	places := make([]Place, n)
	x, b := make([]ir.Value, n), make([]ir.Value, n)
	for i, sym := range l.Symbols {
		place, err := t.names.Place(sym)
		t.fail(err)
		places[i], x[i] = place, t.read(place)
		if l.B[i] != nil {
			b[i] = t.ToFloat(t.expr(l.B[i]))
		}
	}
	next := make([]ir.Value, n)
	for i := range next {
		next[i] = t.combine(prop.P[i], prop.Phi[i], prop.Shared, x, b)
		if prop.HeldP != nil {
			held := t.combine(prop.HeldP[i], prop.HeldPhi[i], prop.Shared, x, b)
			next[i] = t.Select(t.locals[method.NotRefractory], next[i], held)
		}
	}
	for i, v := range next {
		t.write(places[i], v)
	}
}

func (t *translation) combine(p, phi []any, shared bool, x, b []ir.Value) ir.Value {
	inputs := t.Float(0)
	for j, ref := range phi {
		if ref != nil {
			inputs = t.FMA(t.coefficient(ref, shared), b[j], inputs)
		}
	}
	for j, ref := range p {
		if ref != nil {
			inputs = t.FMA(t.coefficient(ref, shared), x[j], inputs)
		}
	}
	return inputs
}

func (t *translation) coefficient(ref any, shared bool) ir.Value {
	access := Own
	if shared {
		access = Shared
	}
	return t.element(ref, ir.Float64, Place{Access: access})
}

// Threshold emits the rows whose condition holds and that are not refractory, and notes the spike: lastspike becomes
// the time, and not_refractory false where spike starts a refractory time. Last and free may be nil.
func Threshold(name string, condition *lang.Expr, last, free *Place, marks bool, names Names) (*Code, error) {
	return translate(name, ir.All, names, func(t *translation) {
		spike := t.ToMask(t.expr(condition))
		if free != nil {
			spike = t.And(spike, t.read(*free))
		}
		t.Emit(spike)
		if last != nil {
			t.StoreIf(t.column(last.Column, ir.Float64), spike, t.Uniform(UniformTime, ir.F64))
		}
		if free != nil && marks {
			t.StoreIf(t.column(free.Column, ir.Bool), spike, t.Bool(false))
		}
	})
}
