package sim

import (
	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/sim/internal/method"
)

// buildPropagator adds the task that keeps the step matrices of a linear system, and says where it keeps them. The
// matrices are shared by all rows where the coefficients are; they are computed once a run where nothing that runs can
// change a coefficient, and looked at every step otherwise.
func (p *Population) buildPropagator(b *build, l *method.Linear) (*lower.Propagator, error) {
	n := len(l.Symbols)
	if n == 0 {
		return nil, nil
	}
	shared, fixed := p.coefficientsAre(b, l)
	rows := p.rows
	if shared {
		rows = 1
	}
	task := &engine.Propagate{N: n, Rows: rows, M: make([][]float64, n*n)}
	var err error
	if task.Coefficients, err = p.buildCoefficients(b, l, task, rows); err != nil {
		return nil, err
	}
	where := &lower.Propagator{Shared: shared}
	where.P, where.Phi = matrices(task, l, rows, nil)
	if holdsAny(l.Held) {
		where.HeldP, where.HeldPhi = matrices(task, l, rows, l.Held)
	}
	if fixed {
		b.atStart = append(b.atStart, func() { task.Do(&p.clock) })
	} else {
		b.add(p, "groups", p.order, engine.KindRegular, task)
	}
	return where, nil
}

func holdsAny(held []bool) bool {
	for _, h := range held {
		if h {
			return true
		}
	}
	return false
}

// coefficientsAre tells whether the coefficients are shared by all rows, and whether they stay what they are during
// the run.
func (p *Population) coefficientsAre(b *build, l *method.Linear) (shared, fixed bool) {
	shared, fixed = true, true
	for _, row := range l.M {
		for _, e := range row {
			if e == nil {
				continue
			}
			lang.Walk(e, func(part *lang.Expr) bool {
				shared = shared && isSharedPart(part)
				fixed = fixed && p.isFixedPart(b, part)
				return true
			})
		}
	}
	return shared, fixed
}

func isSharedPart(e *lang.Expr) bool {
	return e.Op != lang.Name || e.Sym != nil && e.Sym.Shared
}

func (p *Population) isFixedPart(b *build, e *lang.Expr) bool {
	switch {
	case e.Op == lang.Call:
		return e.Sym == nil || e.Sym.Kind == lang.Function && !e.Sym.Random && e.Sym.Ref == nil
	case e.Op != lang.Name || e.Sym == nil || e.Sym.Fixed:
		return true
	}
	v := p.vars[e.Sym.Name]
	return e.Sym.Kind == lang.Parameter && v != nil && !b.written[v.column]
}

// buildCoefficients compiles the entries of M into columns.
func (p *Population) buildCoefficients(b *build, l *method.Linear, task *engine.Propagate, rows int) (*engine.Call, error) {
	var exprs []*lang.Expr
	var columns []any
	for i, row := range l.M {
		for j, e := range row {
			if e == nil {
				continue
			}
			c := newColumn(ir.Float64, rows)
			task.M[i*task.N+j] = c.data.F
			exprs, columns = append(exprs, e), append(columns, c)
		}
	}
	if len(exprs) == 0 {
		return nil, nil
	}
	code, err := lower.Values(p.name+" coefficients", ir.All, exprs, p, columns)
	if err != nil {
		return nil, p.fail("model", err)
	}
	return b.call(code, p, "coefficients")
}

// matrices makes columns for the entries of P and Phi that can differ from zero: those on a path of nonzero entries.
func matrices(task *engine.Propagate, l *method.Linear, rows int, held []bool) (power, phi [][]any) {
	n := task.N
	reach := paths(l, held)
	set := &engine.StepMatrix{Held: held, P: make([][]float64, n*n), Phi: make([][]float64, n*n)}
	power, phi = make([][]any, n), make([][]any, n)
	for i := range n {
		power[i], phi[i] = make([]any, n), make([]any, n)
		for j := range n {
			if !reach[i][j] {
				continue
			}
			c := newColumn(ir.Float64, rows)
			set.P[i*n+j], power[i][j] = c.data.F, c
			if l.B[j] != nil && !(held != nil && held[j]) {
				c := newColumn(ir.Float64, rows)
				set.Phi[i*n+j], phi[i][j] = c.data.F, c
			}
		}
	}
	task.Sets = append(task.Sets, set)
	return power, phi
}

// paths tells for each pair whether variable j can act on variable i within a step.
func paths(l *method.Linear, held []bool) [][]bool {
	n := len(l.Symbols)
	reach := make([][]bool, n)
	for i := range n {
		reach[i] = make([]bool, n)
		for j := range n {
			reach[i][j] = i == j || l.M[i][j] != nil && !(held != nil && held[i])
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
			}
		}
	}
	return reach
}
