package lang

import (
	"strings"
)

// typeAll types every equation. A mistake in the unit of a subexpression is told once, not again where it is used.
func (m *modelChecker) typeAll() {
	before := m.errs
	faulty := map[string]*Error{} // by the name of the equation
	var order []*Equation
	for k := range m.eqs.List {
		q := &m.eqs.List[k]
		m.errs = nil
		m.try(func() { m.typeEquation(q) })
		if len(m.errs) > 0 {
			faulty[q.Name] = m.errs[0]
			order = append(order, q)
		}
	}
	m.errs = before
	for _, q := range order {
		if fault := faulty[q.Name]; len(m.errs) < maxErrors && !(fault.Reason == ReasonUnits && m.usesFaulty(q, faulty)) {
			m.errs.Add(fault)
		}
	}
	if len(order) > 0 && len(m.errs) == 0 {
		m.errs.Add(faulty[order[0].Name]) // each of them uses another
	}
}

// usesFaulty tells whether a subexpression with a mistake stands in the equation.
func (m *modelChecker) usesFaulty(q *Equation, faulty map[string]*Error) bool {
	return Any(q.Expr, func(n *Expr) bool {
		own := m.scope.own[n.Text]
		return n.Op == Name && n.Text != q.Name && faulty[n.Text] != nil && own != nil && own.Kind == Subexpression
	})
}

// typeEquation types the expression of one equation and compares it with the unit after the colon.
func (m *modelChecker) typeEquation(q *Equation) {
	if q.Form == Declaration {
		return
	}
	if q.Form == Differential && q.Type != Float {
		fail(m.text, q.UnitPos, q.End, ReasonType, "d"+shorten(q.Name)+"/dt needs a variable with a real value, found "+q.Type.String(), "give "+shorten(q.Name)+" a unit, such as 1")
	}
	q.Expr = m.typed(q.Expr)
	want := Want{Type: q.Type, Dim: &q.Dim, What: q.Name}
	if q.Form == Differential {
		d := q.Dim.Div(seconds)
		want.Dim, want.What = &d, "d"+q.Name+"/dt"
	}
	q.Expr = m.fit(q.Expr, want)
	if q.Form == Definition {
		m.checkDefinition(q)
	}
}

// checkDefinition looks for what a subexpression may not hold.
func (m *modelChecker) checkDefinition(q *Equation) {
	Walk(q.Expr, func(n *Expr) bool {
		switch {
		case n.Op == Call && n.Sym.Random && !q.Has(ConstantOverDt):
			m.fail(n, ReasonRandom, shorten(q.Name)+" draws a random number with "+n.Text+", so it would change at each use", "hold it for a step: "+shorten(q.Name)+" = … : "+q.unit()+" (constant over dt)")
		case n.Op == Name && n.Sym.Kind == Noise && q.Has(ConstantOverDt):
			m.fail(n, ReasonType, "white noise ("+n.Text+") cannot be held constant over dt", "use it in the differential equation itself, or hold randn()")
		}
		return true
	})
}

// sort puts the subexpressions in an order in which each follows those it uses.
func (m *modelChecker) sort() {
	const (
		open = 1
		done = 2
	)
	state := map[*Equation]int{}
	var path []*Equation
	var visit func(q *Equation)
	visit = func(q *Equation) {
		state[q] = open
		path = append(path, q)
		Walk(q.Expr, func(n *Expr) bool {
			if r := m.definitionOf(n); r != nil && state[r] == open {
				m.failCycle(n, r, path)
			} else if r != nil && state[r] == 0 {
				visit(r)
			}
			return true
		})
		path = path[:len(path)-1]
		state[q] = done
		m.out.order = append(m.out.order, q)
	}
	for k := range m.eqs.List {
		if q := &m.eqs.List[k]; q.Form == Definition && !q.Has(SummedFlag) && state[q] == 0 {
			visit(q)
		}
	}
}

// definitionOf gives the model's own subexpression that n names, nil when it names none.
func (m *modelChecker) definitionOf(n *Expr) *Equation {
	if n.Op != Name || n.Sym == nil || m.scope.own[n.Text] != n.Sym || n.Sym.Kind != Subexpression {
		return nil
	}
	return n.Sym.Equation
}

func (m *modelChecker) failCycle(at *Expr, r *Equation, path []*Equation) {
	for path[0] != r {
		path = path[1:]
	}
	if len(path) == 1 {
		m.fail(at, ReasonCycle, shorten(r.Name)+" is defined by itself", "a value that depends on its past is a differential equation: d"+shorten(r.Name)+"/dt = …")
	}
	var names []string
	for _, q := range path[:min(len(path), 10)] {
		names = append(names, shorten(q.Name))
	}
	m.fail(at, ReasonCycle, "subexpressions that need each other: "+strings.Join(names, ", "), "one of them must not use the others")
}

// inline substitutes the subexpressions in each other.
func (m *modelChecker) inline() {
	sizes := map[string]int{}
	grown := func(e *Expr) int {
		total := 0
		Walk(e, func(n *Expr) bool {
			total = min(total+max(1, sizes[n.Text]), maxInlined+1)
			return true
		})
		return total
	}
	for k := range m.eqs.List {
		if q := &m.eqs.List[k]; q.Form == Definition && !q.Has(SummedFlag) {
			sizes[q.Name] = 0
		}
	}
	for _, q := range m.out.order {
		m.try(func() { m.inlineOne(q, grown, sizes) })
	}
	m.each(func(q *Equation) {
		if q.Form != Declaration && grown(q.Expr) > maxInlined {
			m.failAt(q, ReasonSyntax, shorten(q.Name)+" becomes too long when its subexpressions are put in", "hold some of them: (constant over dt)")
		}
	})
}

func (m *modelChecker) inlineOne(q *Equation, grown func(*Expr) int, sizes map[string]int) {
	if q.Has(ConstantOverDt) {
		return
	}
	sizes[q.Name] = grown(q.Expr)
	if sizes[q.Name] > maxInlined {
		return
	}
	e := SubstNames(q.Expr, m.out.inlined)
	if q.Type == Float && e.Type != Float {
		e = Product(Number(1), e) // the declared type must survive: i//2 and x//2 with x = i : 1 differ in type
	}
	m.out.inlined[q.Name] = e
}

// checkShared refuses values of rows in a subexpression that is one for all rows.
func (m *modelChecker) checkShared(q *Equation) {
	if q.Form != Definition || !q.Has(SharedFlag) {
		return
	}
	Walk(q.Expr, func(n *Expr) bool {
		if n.Op == Name && !n.Sym.Shared {
			m.fail(n, ReasonShared, shorten(q.Name)+" is shared, but "+shorten(n.Text)+" has a value for each row", "take the flag shared out, or make "+shorten(n.Text)+" shared")
		}
		return true
	})
}

// checkMixed keeps event-driven variables, which are out of date between events, apart from what is updated each step.
func (m *modelChecker) checkMixed(q *Equation) {
	event := q.Has(EventDriven)
	if m.place != Synapse || q.Form == Declaration || q.Form == Definition && !q.Has(SummedFlag) {
		return
	}
	Walk(m.out.Inline(q.Expr), func(n *Expr) bool {
		if n.Op != Name || n.Sym.Kind != State || n.Sym.Owner != "" || n.Sym.Equation == nil {
			return true
		}
		other := n.Sym.Equation.Has(EventDriven)
		if other == event {
			return true
		}
		kinds := map[bool]string{true: "event-driven", false: "clock-driven"}
		what := shorten(q.Name) + " is " + kinds[event]
		if q.Has(SummedFlag) {
			what = "the summed variable " + shorten(q.Name) + " is computed each step"
		}
		m.failAt(q, ReasonMixed, what+", but "+shorten(n.Text)+" is "+kinds[other], "make both clock-driven")
		return true
	})
}

// checkNoise refuses an unnamed source in two equations: it would be unclear whether they share it.
func (m *modelChecker) checkNoise() {
	first := ""
	for k := range m.eqs.List {
		q := &m.eqs.List[k]
		if q.Form != Differential || !Uses(m.out.Inline(q.Expr), "xi") {
			continue
		}
		if first != "" {
			at := &Expr{Pos: q.NamePos, End: q.NamePos + len(q.Name)}
			Walk(q.Expr, func(n *Expr) bool {
				if n.Op == Name && n.Text == "xi" {
					at = n
				}
				return true
			})
			m.fail(at, ReasonNoise, "xi stands in the equations of both "+shorten(first)+" and "+shorten(q.Name), "name the sources: xi_1 and xi_2 are independent, the same name twice is one source")
		}
		first = q.Name
	}
}
