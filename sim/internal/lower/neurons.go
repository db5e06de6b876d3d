package lower

import (
	"math"

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
	Kept      bool  // the engine keeps not_refractory, the program reads it; see LeastRest
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
func Update(name string, u *method.Update, r *Refractory, prop *Propagator, names Names, fill NewColumn) (*Code, error) {
	return translateFilled(name, ir.All, names, fill, func(t *translation) { t.update(u, r, prop) })
}

// Step is Update and then Threshold in one program. Its random numbers are those of the two: the threshold draws with
// UniformSecondKey.
func Step(name string, u *method.Update, r *Refractory, prop *Propagator, condition *lang.Expr, free *Place, names Names, fill NewColumn) (*Code, error) {
	return translateFilled(name, ir.All, names, fill, func(t *translation) {
		t.update(u, r, prop)
		t.locals, t.key, t.draws = map[string]ir.Value{}, UniformSecondKey, 0
		t.threshold(condition, free)
	})
}

func (t *translation) update(u *method.Update, r *Refractory, prop *Propagator) {
	if r != nil {
		t.locals[method.NotRefractory] = t.refractoriness(r)
	}
	for _, a := range u.Assign {
		t.advance(a)
	}
	if u.Linear != nil {
		t.propagate(u.Linear, prop)
	}
}

// refractoriness sets not_refractory at the start of a step and returns it.
func (t *translation) refractoriness(r *Refractory) ir.Value {
	if r.Kept {
		return t.read(r.Free)
	}
	var free ir.Value
	if r.Period != nil {
		free = t.elapsed(t.Sub(t.Uniform(UniformTime, ir.F64), t.read(r.Last)), t.expr(r.Period))
	} else {
		free = t.Or(t.read(r.Free), t.Not(t.ToMask(t.expr(r.Condition))))
	}
	t.write(r.Free, free)
	return free
}

// elapsed tells whether a time since the last spike is a refractory period or more, both in whole steps:
// timestep(since, dt) >= timestep(period, dt). For a constant period of at least a step it compares with the least time
// that counts as so many steps, which gives the same answers without a division.
func (t *translation) elapsed(since, period ir.Value) ir.Value {
	dt := t.names.Dt()
	steps := t.function("timestep", t.ToFloat(period), t.Float(dt))
	if bits, constant := t.Constant(steps); constant && int64(bits) >= 1 {
		return t.Ge(t.Add(since, t.Float(1e-3*dt)), t.Float(leastQuotient(float64(int64(bits)), dt)))
	}
	return t.Ge(t.function("timestep", since, t.Float(dt)), steps)
}

// LeastRest is the time [s] that ends refractoriness for a period that is the same for all rows and steps: a row is free
// as soon as t - lastspike + dt/1000, computed in this order, reaches it. A period of another kind has none.
func LeastRest(period *lang.Expr, names Names) (least float64, ok bool) {
	_, err := translate("refractory", ir.All, names, func(t *translation) {
		dt := t.names.Dt()
		steps, constant := t.Constant(t.function("timestep", t.ToFloat(t.expr(period)), t.Float(dt)))
		if ok = constant && int64(steps) >= 1; ok {
			least = leastQuotient(float64(int64(steps)), dt)
		}
	})
	return least, ok && err == nil
}

// leastQuotient is the least number whose quotient by dt is rounded to n or more.
func leastQuotient(n, dt float64) float64 {
	x := n * dt
	for x/dt >= n {
		x = math.Float64frombits(math.Float64bits(x) - 1)
	}
	for x/dt < n {
		x = math.Float64frombits(math.Float64bits(x) + 1)
	}
	return x
}

func (t *translation) advance(a method.Assign) {
	v := t.continuously(a.Expr)
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
		switch {
		case l.Held[i]:
			next[i] = t.Select(t.locals[method.NotRefractory], next[i], x[i])
		case prop.HeldP != nil && actsOn(prop.P[i], l.Held):
			held := t.combine(prop.HeldP[i], prop.HeldPhi[i], prop.Shared, x, b)
			next[i] = t.Select(t.locals[method.NotRefractory], next[i], held)
		}
	}
	for i, v := range next {
		t.write(places[i], v)
	}
}

// actsOn tells whether one of the held variables acts on a variable with this row of the propagator.
func actsOn(row []any, held []bool) bool {
	for j, ref := range row {
		if ref != nil && held[j] {
			return true
		}
	}
	return false
}

// combine is the sum of Phi b and P x for one variable.
func (t *translation) combine(p, phi []any, shared bool, x, b []ir.Value) ir.Value {
	total, empty := t.Float(0), true
	add := func(row []any, values []ir.Value) {
		for j, ref := range row {
			switch {
			case ref == nil:
			case empty:
				total, empty = t.Mul(t.coefficient(ref, shared), values[j]), false
			default:
				total = t.FMA(t.coefficient(ref, shared), values[j], total)
			}
		}
	}
	add(phi, b)
	add(p, x)
	return total
}

func (t *translation) coefficient(ref any, shared bool) ir.Value {
	access := Own
	if shared {
		access = Shared
	}
	return t.element(ref, ir.Float64, Place{Access: access})
}

// Threshold emits the rows whose condition holds and that are not refractory. Free is nil for a group without
// refractoriness.
func Threshold(name string, condition *lang.Expr, free *Place, names Names, fill NewColumn) (*Code, error) {
	return translateFilled(name, ir.All, names, fill, func(t *translation) { t.threshold(condition, free) })
}

func (t *translation) threshold(condition *lang.Expr, free *Place) {
	spike := t.ToMask(t.expr(condition))
	if free != nil {
		spike = t.And(spike, t.read(*free))
	}
	t.Emit(spike)
}

// Mark notes a spike in the rows of a list: lastspike becomes the time, and not_refractory false. Free is nil for a group
// without refractoriness.
func Mark(name string, last Place, free *Place, names Names) (*Code, error) {
	return translate(name, ir.List, names, func(t *translation) {
		t.write(last, t.Uniform(UniformTime, ir.F64))
		if free != nil {
			t.write(*free, t.Bool(false))
		}
	})
}
