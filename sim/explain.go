package sim

import (
	"fmt"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/sim/internal/method"
)

// Explain shows the stages from the equations of a group to the program of its state update: the equations as they
// were read, the integrator's assignments or the linear system that it solves, and the program in SI units, a line an
// operation.
func Explain(g *NeuronGroup) (string, error) {
	if err := g.check(); err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "-- equations --\n%s\n", strings.TrimSpace(g.checked.Equations.String()))
	if g.updated {
		fmt.Fprintf(&b, "-- %s --\n%s", g.model.update.Method, updateText(g.model.update))
		listing, err := g.updateListing()
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "-- program --\n%s", listing)
	}
	return b.String(), nil
}

func (g *NeuronGroup) updateListing() (string, error) {
	b := &build{ws: g.ws, clocks: map[float64]*engine.Clock{}, written: map[*column]bool{}}
	var prop *lower.Propagator
	if l := g.model.update.Linear; l != nil {
		var err error
		if prop, err = g.buildPropagator(b, l); err != nil {
			return "", err
		}
	}
	code, err := lower.Update(g.name+" update", g.model.update, g.refractoryCode(), prop, g, nil)
	if err != nil {
		return "", g.fail("model", err)
	}
	return code.Program.String(), nil
}

func updateText(u *method.Update) string {
	var b strings.Builder
	for _, a := range u.Assign {
		fmt.Fprintf(&b, "%s = %v\n", a.Target, a.Expr)
	}
	if u.Linear != nil {
		for i, sym := range u.Linear.Symbols {
			fmt.Fprintf(&b, "d%s/dt = %s\n", sym.Name, linearText(u.Linear, i))
		}
	}
	return b.String()
}

func linearText(l *method.Linear, i int) string {
	var terms []string
	for j, factor := range l.M[i] {
		if factor != nil {
			terms = append(terms, lang.Product(factor, lang.Variable(l.Symbols[j])).String())
		}
	}
	if l.B[i] != nil {
		terms = append(terms, l.B[i].String())
	}
	if len(terms) == 0 {
		return "0"
	}
	return strings.Join(terms, " + ")
}
