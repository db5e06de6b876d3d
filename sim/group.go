package sim

import (
	"fmt"
	"maps"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/sim/internal/method"
)

// A NeuronGroup is a number of neurons with the same equations.
type NeuronGroup struct {
	Population
	threshold, reset, refractory string
	method                       string // as asked for, "" for the automatic choice
	conditions                   Events
	onEvent                      []*eventCode
	gaps                         engine.GapState // of a PoissonGroup whose rates stay the same
	updated                      bool            // the model has a state update: equations or refractoriness
	model                        *model
	told                         bool // the choice of the integrator was told
}

// A model is a group's texts, checked.
type model struct {
	threshold  *lang.Expr
	reset      []lang.Statement
	refractory *lang.Expr
	events     map[string]*lang.Expr
	update     *method.Update
}

// NeuronGroup makes n neurons. The model may be a text; options are Threshold, Reset, Refractory, Method, Events, Dt,
// Order, Name and Namespace. All that can be checked is checked now.
func (w *Workspace) NeuronGroup(n int, equations string, options ...Option) (*NeuronGroup, error) {
	s, err := readOptions("NeuronGroup", options, "Threshold", "Reset", "Refractory", "Method", "Events", "Dt", "Order", "Resolve")
	if err != nil {
		return nil, err
	}
	return w.neuronGroup("neurongroup", n, equations, s)
}

func (w *Workspace) neuronGroup(kind string, n int, equations string, s *settings) (*NeuronGroup, error) {
	if n < 1 {
		return nil, fmt.Errorf("%s: found %d neurons, expected at least 1", kind, n)
	}
	g := &NeuronGroup{Population: newPopulation(w, kind, n, s), threshold: s.threshold, reset: s.reset, method: s.method, conditions: s.events}
	g.object = g
	var err error
	if s.refractory != nil {
		if g.refractory, err = asText(s.refractory); err != nil {
			return nil, g.fail("refractory", err)
		}
	}
	if g.eqs, err = lang.Parse(equations); err != nil {
		return nil, g.fail("model", err)
	}
	if err := g.check(); err != nil {
		return nil, err
	}
	g.guardHeld()
	g.initRefractory()
	g.makeEvents()
	g.warnAboutThreshold()
	return g, nil
}

// check types all texts of the group with the names as they are now.
func (g *NeuronGroup) check() (err error) {
	g.checked, err = lang.Check(g.eqs, lang.Neurons, g.threshold != "", g.externalScope())
	if err != nil {
		return g.fail("model", err)
	}
	if err := g.declare(); err != nil {
		return err
	}
	m := &model{events: map[string]*lang.Expr{}}
	if m.threshold, err = g.condition("threshold", g.threshold); err != nil {
		return err
	}
	if m.refractory, err = g.checkRefractory(); err != nil {
		return err
	}
	if m.reset, err = g.statements("reset", g.reset); err != nil {
		return err
	}
	for _, event := range slices.Sorted(maps.Keys(g.conditions)) {
		text := g.conditions[event]
		if m.events[event], err = g.condition("event "+event, text); err != nil {
			return err
		}
	}
	m.update, err = method.Integrate(g.checked, g.method, method.Options{Refractory: g.refractory != "", Held: g.held})
	if err != nil {
		return g.fail("method", err)
	}
	g.model = m
	g.updated = len(m.update.Assign) > 0 || m.update.Linear != nil && len(m.update.Linear.Symbols) > 0 || m.refractory != nil
	g.tellMethod()
	return nil
}

// tellMethod says once which integrator was chosen, when none was named and there is something to integrate.
func (g *NeuronGroup) tellMethod() {
	if g.told || g.method != "" || g.Integrator() == "" {
		return
	}
	g.told = true
	g.ws.info("%s: the equations are integrated with the method %q", g.label(), g.Integrator())
}

// Integrator is the method that integrates the equations, "" when there are none.
func (g *NeuronGroup) Integrator() string {
	u := g.model.update
	if len(u.Assign) == 0 && (u.Linear == nil || len(u.Linear.Symbols) == 0) {
		return ""
	}
	return u.Method
}

// held tells whether a timed array keeps its value during a step of the group.
func (g *Population) held(sym *lang.Symbol) bool {
	a, ok := sym.Ref.(*TimedArray)
	if !ok {
		return false
	}
	ratio := a.dt / g.Dt()
	nearest := float64(int64(ratio + 0.5))
	return nearest >= 1 && ratio-nearest < 1e-6 && nearest-ratio < 1e-6
}

func (p *Population) condition(what, text string) (*lang.Expr, error) {
	if text == "" {
		return nil, nil
	}
	return p.expression(what, text, lang.Want{Type: lang.Boolean, What: "the " + what})
}

func (p *Population) expression(what, text string, want lang.Want) (*lang.Expr, error) {
	e, err := lang.ParseExpr(text)
	if err == nil {
		e, err = lang.CheckExpr(text, e, p.checked.Scope(), want)
	}
	return e, p.fail(what, err)
}

func (g *NeuronGroup) checkRefractory() (*lang.Expr, error) {
	if g.refractory == "" {
		return nil, nil
	}
	e, err := lang.ParseExpr(g.refractory)
	if err == nil {
		e, err = lang.CheckRefractory(g.refractory, e, g.checked.Scope())
	}
	return e, g.fail("refractory", err)
}

func (p *Population) statements(what, text string) ([]lang.Statement, error) {
	list, err := lang.ParseStatements(text)
	if err != nil {
		return nil, p.fail(what, err)
	}
	list, warnings, err := lang.CheckStatements(text, list, p.checked.Scope())
	if err != nil {
		return nil, p.fail(what, err)
	}
	for _, warning := range warnings {
		p.ws.warn("%s: %s: %s", p.label(), what, warning)
	}
	return list, nil
}

// guardHeld makes writers other than resets skip the rows in which a variable stands still.
func (g *NeuronGroup) guardHeld() {
	free := g.vars["not_refractory"]
	if g.refractory == "" || free == nil {
		return
	}
	for _, v := range g.vars {
		if v.sym.Equation != nil && v.sym.Equation.Has(lang.UnlessRefractory) {
			v.guard = free.column
		}
	}
}

// longAgo is the time of the spike that no neuron had yet [s].
const longAgo = -1e4

func (g *NeuronGroup) initRefractory() {
	if last := g.vars["lastspike"]; last != nil {
		for k := range last.column.data.F {
			last.column.data.F[k] = longAgo
		}
	}
	if free := g.vars["not_refractory"]; free != nil {
		for k := range free.column.data.B {
			free.column.data.B[k] = true
		}
	}
}

func (g *NeuronGroup) makeEvents() {
	if g.threshold != "" {
		g.events["spike"] = &engine.Spikes{}
	}
	for event := range g.conditions {
		g.events[event] = &engine.Spikes{}
	}
}

// Write sets a variable; see [Writable]. A Linked value links it.
func (g *NeuronGroup) Write(name string, index, value any) error {
	if to, ok := value.(*Linked); ok {
		return g.Link(name, to)
	}
	return g.Population.Write(name, index, value)
}

func (g *NeuronGroup) warnAboutThreshold() {
	if g.kind == "neurongroup" && g.threshold != "" && g.reset == "" && g.refractory == "" && !lang.IsRandom(g.model.threshold) {
		g.ws.warn("%s has a threshold, but neither reset nor refractoriness: a neuron above threshold spikes at every step", g.label())
	}
}

// build adds what the group does in a step to a run.
func (g *NeuronGroup) build(b *build) error {
	if err := g.check(); err != nil {
		return err
	}
	if err := g.checkLinks(); err != nil {
		return err
	}
	b.clockOf(&g.Population)
	for _, step := range []func(*build) error{g.buildHeld, g.buildStep, g.buildEvents, g.buildReset, g.buildOnEvent, g.buildRegular} {
		if err := step(b); err != nil {
			return err
		}
	}
	return nil
}

// buildHeld computes the subexpressions that are constant over dt at the start of each step.
func (p *Population) buildHeld(b *build) error {
	for _, equation := range p.checked.Order() {
		if !equation.Has(lang.ConstantOverDt) {
			continue
		}
		v := p.vars[equation.Name]
		code, err := lower.Value(equation.Name, ir.All, equation.Expr, p, v.column, v.column.storage)
		if err != nil {
			return err
		}
		call, err := b.call(code, p, "held "+equation.Name)
		if err != nil {
			return err
		}
		b.add(p, "before_start", p.order, engine.KindObject, &engine.Sweep{Call: call, Hi: v.rows(p.rows)})
	}
	return nil
}

func (g *NeuronGroup) buildReset(b *build) error {
	if len(g.model.reset) == 0 || g.events["spike"] == nil {
		return nil
	}
	code, err := lower.Statements(g.name+" reset", ir.List, g.model.reset, g, false)
	if err != nil {
		return g.fail("reset", err)
	}
	call, err := b.call(code, &g.Population, "reset")
	if err == nil {
		b.add(&g.Population, "resets", g.order, engine.KindObject, &engine.Visit{Call: call, Spikes: g.events["spike"]})
	}
	return err
}

func (g *NeuronGroup) buildEvents(b *build) error {
	for _, event := range slices.Sorted(maps.Keys(g.model.events)) {
		condition := g.model.events[event]
		code, err := lower.Condition(g.name+" "+event, condition, g)
		if err != nil {
			return g.fail("event "+event, err)
		}
		_, draft := b.detect(code, &g.Population, "event "+event, event, "after_thresholds", nil)
		if err := b.compile(draft); err != nil {
			return err
		}
	}
	return nil
}

// writes tells f the columns that code of the group writes, apart from the state update.
func (g *NeuronGroup) writes(f func(*column)) {
	g.written(g.model.reset, f)
	for _, on := range g.onEvent {
		if list, err := g.statements("on event", on.code); err == nil {
			g.written(list, f)
		}
	}
	g.writtenRegularly(f)
}

func (p *Population) writtenRegularly(f func(*column)) {
	for _, r := range p.regular {
		if r.check() == nil {
			p.written(r.list, f)
		}
	}
}

func (p *Population) buildRegular(b *build) error {
	for _, r := range p.regular {
		if err := r.build(b); err != nil {
			return err
		}
	}
	return nil
}

func (p *Population) written(list []lang.Statement, f func(*column)) {
	for _, s := range list {
		if s.Sym == nil || s.Sym.Kind == lang.Local {
			continue
		}
		if place, err := p.Place(s.Sym); err == nil && place.Column != nil {
			f(place.Column.(*column))
		}
	}
}
