package sim

import (
	"fmt"
	"math"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/units"
)

// A PoissonGroup is a NeuronGroup whose rows spike at random, each at its rate.
type PoissonGroup = NeuronGroup

// PoissonGroup makes n inputs that spike with the given rates: a quantity, an array with one rate a row, or a text
// that is evaluated at every step. A row spikes at most once a step. Options are Dt, Order and Name.
func (w *Workspace) PoissonGroup(n int, rates any, options ...Option) (*PoissonGroup, error) {
	s, err := readOptions("PoissonGroup", options, "Dt", "Order", "Resolve")
	if err != nil {
		return nil, err
	}
	s.threshold = "rand() < rates*dt"
	text, isText := rates.(string)
	if isText {
		return w.neuronGroup("poissongroup", n, "rates = "+text+" : hertz", s)
	}
	g, err := w.neuronGroup("poissongroup", n, "rates : hertz", s)
	if err != nil {
		return nil, err
	}
	if err := g.Write("rates", nil, rates); err != nil {
		return nil, err
	}
	if k := slices.IndexFunc(g.vars["rates"].column.data.F, func(r float64) bool { return !(r >= 0) }); k >= 0 {
		return nil, fmt.Errorf("PoissonGroup: found a rate of %v in row %d, expected 0 Hz or more", units.New(g.vars["rates"].column.data.F[k], g.vars["rates"].sym.Dim), k)
	}
	return g, nil
}

// buildGaps enters a PoissonGroup whose rates nothing changes during a run but assignments from outside: its rows draw
// the gaps between spikes instead of a number a step.
func (g *NeuronGroup) buildGaps(b *build) (steady bool, err error) {
	if g.kind != "poissongroup" || !g.ratesAreSteady(b) {
		return false, nil
	}
	rates := g.vars["rates"].column
	var fill *engine.Call
	if rates == nil {
		rates = newColumn(ir.Float64, g.rows)
		code, err := lower.Value("rates", ir.All, lang.Variable(g.vars["rates"].sym), g, rates, ir.Float64)
		if err != nil {
			return false, g.fail("rates", err)
		}
		if fill, err = b.call(code, &g.Population, "rates"); err != nil {
			return false, err
		}
	}
	clock := b.clockOf(&g.Population)
	task, err := engine.NewGaps(b.ws.steps, rates.data.F, g.vars["lastspike"].column.data.F, clock.Dt, b.ws.key(g.name, "gaps"), &g.gaps)
	if err != nil {
		return false, g.fail("threshold", err)
	}
	task.Rates, task.Spikes, task.Writes = fill, g.events["spike"], engine.Writes{&g.vars["rates"].assigned}
	b.add(&g.Population, "thresholds", g.order, engine.KindObject, task)
	return true, nil
}

// ratesAreSteady tells whether no code of the run changes the rates.
func (g *NeuronGroup) ratesAreSteady(b *build) bool {
	v := g.vars["rates"]
	if v.column != nil {
		return v.sym.Kind == lang.Parameter && !b.written[v.column]
	}
	steady := true
	lang.Walk(v.sym.Equation.Expr, func(part *lang.Expr) bool {
		steady = steady && g.isFixedPart(b, part)
		return true
	})
	return steady
}

// A SpikeGeneratorGroup emits spikes at given times.
type SpikeGeneratorGroup struct {
	Population
	indices []int32
	times   []float64 // [s]
	period  float64   // [s], 0 for none
}

// Period repeats the spikes of a SpikeGeneratorGroup for good.
func Period(period units.Quantity) Option {
	return with("Period", func(s *settings) { s.period = period })
}

// SpikeGeneratorGroup makes n inputs; input indices[k] spikes at times[k]. Options are Period, Dt, Order and Name.
func (w *Workspace) SpikeGeneratorGroup(n int, indices, times any, options ...Option) (*SpikeGeneratorGroup, error) {
	s, err := readOptions("SpikeGeneratorGroup", options, "Period", "Dt", "Order", "Resolve")
	if err != nil {
		return nil, err
	}
	if n < 1 {
		return nil, fmt.Errorf("SpikeGeneratorGroup: found %d inputs, expected at least 1", n)
	}
	g := &SpikeGeneratorGroup{Population: newPopulation(w, "spikegeneratorgroup", n, s)}
	g.object = g
	if g.eqs, err = lang.Parse(""); err != nil {
		return nil, err
	}
	if g.checked, err = lang.Check(g.eqs, lang.Neurons, false, g.outside); err != nil {
		return nil, err
	}
	if err := g.declare(); err != nil {
		return nil, err
	}
	g.events["spike"] = &engine.Spikes{}
	return g, g.SetSpikes(indices, times, options...)
}

// SetSpikes replaces the spikes. The option is Period.
func (g *SpikeGeneratorGroup) SetSpikes(indices, times any, options ...Option) (err error) {
	defer recoverUnits(&err)
	s, err := readOptions("SetSpikes", options, "Period", "Dt", "Order", "Resolve")
	if err != nil {
		return err
	}
	t := units.ArrayOf(times)
	if t.Dim() != second && t.Size() > 0 && slices.Max(t.SI()) > 0 {
		return fmt.Errorf("%s: found spike times with the unit %v, expected a time", g.label(), t.Dim())
	}
	rows, err := indicesOf(indices)
	if err != nil {
		return fmt.Errorf("%s: %w", g.label(), err)
	}
	if len(rows) == 1 && t.Size() > 1 {
		rows = slices.Repeat(rows, t.Size())
	}
	if len(rows) != t.Size() {
		return fmt.Errorf("%s: found %d indices and %d times, expected as many", g.label(), len(rows), t.Size())
	}
	g.indices, g.times, g.period = nil, slices.Clone(t.SI()), s.period.SI()
	for k, row := range rows {
		if row < 0 || row >= g.rows {
			return fmt.Errorf("%s: found the index %d, expected one of 0 to %d", g.label(), row, g.rows-1)
		}
		if !(t.SI()[k] >= 0 && t.SI()[k] <= math.MaxFloat64) {
			return fmt.Errorf("%s: found a spike at %v, expected a time of 0 s or later", g.label(), units.New(t.SI()[k], second))
		}
		g.indices = append(g.indices, int32(row))
	}
	return g.checkPeriod(s.period)
}

func (g *SpikeGeneratorGroup) checkPeriod(period units.Quantity) error {
	if g.period == 0 && period.SI() == 0 {
		return nil
	}
	if period.Dim() != second || !(g.period > 0) {
		return fmt.Errorf("%s: found a period of %v, expected a time", g.label(), period)
	}
	if len(g.times) > 0 && slices.Max(g.times) >= g.period {
		return fmt.Errorf("%s: found a spike at %v, expected all before the period of %v ends", g.label(), units.New(slices.Max(g.times), second), period)
	}
	return nil
}

func (g *SpikeGeneratorGroup) view() view { return view{&g.Population, 0, g.rows} }

// Subgroup is the inputs lo to hi-1.
func (g *SpikeGeneratorGroup) Subgroup(lo, hi int) (*Subgroup, error) { return g.view().part(lo, hi) }

func (g *SpikeGeneratorGroup) build(b *build) error {
	clock := b.clockOf(&g.Population)
	task := &engine.Generator{Spikes: g.events["spike"]}
	order := make([]int, len(g.times))
	bins := make([]int64, len(g.times))
	for k, t := range g.times {
		order[k], bins[k] = k, binOf(t, clock.Dt)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return int(2*sign(bins[a]-bins[b]) + sign(int64(g.indices[a]-g.indices[b])))
	})
	for n, k := range order {
		if n > 0 && bins[k] == bins[order[n-1]] && g.indices[k] == g.indices[order[n-1]] {
			return fmt.Errorf("%s: input %d has two spikes in the step at %v: use a smaller Dt", g.label(), g.indices[k], units.New(float64(bins[k])*clock.Dt, second))
		}
		task.Steps, task.Rows = append(task.Steps, bins[k]), append(task.Rows, g.indices[k])
	}
	if g.period > 0 {
		if task.Period = binOf(g.period, clock.Dt); math.Abs(float64(task.Period)*clock.Dt-g.period) > 1e-4*clock.Dt {
			return fmt.Errorf("%s: the period %v is no multiple of the step %v", g.label(), units.New(g.period, second), units.New(clock.Dt, second))
		}
	}
	b.add(&g.Population, "thresholds", g.order, engine.KindObject, task)
	return nil
}

func binOf(t, dt float64) int64 { return int64((t + 1e-3*dt) / dt) }

func sign(x int64) int64 {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// A PoissonInput adds to a variable what a number of independent Poisson inputs of one weight would.
type PoissonInput struct {
	ws       *Workspace
	name     string
	target   Group
	variable string
	n        int
	rate     any
	weight   any
	order    int
	when     string
}

// PoissonInput makes n inputs of the given rate to each row of target, each of which adds weight to the variable when
// it spikes. Options are When (default synapses), Order and Name.
func (w *Workspace) PoissonInput(target Group, variable string, n int, rate, weight any, options ...Option) (*PoissonInput, error) {
	s, err := readOptions("PoissonInput", options, "When", "Order", "Resolve")
	if err != nil {
		return nil, err
	}
	in := &PoissonInput{ws: w, name: w.nameFor("poissoninput", s.name), target: target, variable: variable, n: n, rate: rate, weight: weight, when: "synapses"}
	if s.when != "" {
		in.when = s.when
	}
	if s.order != nil {
		in.order = *s.order
	}
	if n < 0 {
		return nil, fmt.Errorf("PoissonInput: found %d inputs, expected 0 or more", n)
	}
	if _, _, err := in.check(); err != nil {
		return nil, err
	}
	return in, nil
}

// Name is the name of the input.
func (in *PoissonInput) Name() string { return in.name }

// DependsOn lists the target.
func (in *PoissonInput) DependsOn() []Object { return []Object{in.target} }

// check gives the rate [Hz] and what one event adds.
func (in *PoissonInput) check() (rate float64, weight *lang.Expr, err error) {
	v := in.target.view()
	found, err := v.variable(in.variable)
	if err != nil {
		return 0, nil, fmt.Errorf("PoissonInput: %w", err)
	}
	hertz, _, _ := units.ParseDimension("hertz")
	e, err := in.typed("rate", in.rate, hertz)
	if err != nil {
		return 0, nil, err
	}
	rates, err := v.values(e, v.span(0, 1), "PoissonInput rate")
	if err != nil {
		return 0, nil, err
	}
	if !(rates[0] >= 0) {
		return 0, nil, fmt.Errorf("PoissonInput: found a rate of %v, expected 0 Hz or more", units.New(rates[0], hertz))
	}
	weight, err = in.typed("weight", in.weight, found.sym.Dim)
	return rates[0], weight, err
}

func (in *PoissonInput) typed(what string, value any, dim units.Dimension) (*lang.Expr, error) {
	text, err := asText(value)
	if err != nil {
		return nil, fmt.Errorf("PoissonInput: %s: %w", what, err)
	}
	return in.target.view().p.expression("PoissonInput "+what, text, lang.Want{Type: lang.Float, Dim: &dim, What: "the " + what})
}

func (in *PoissonInput) build(b *build) error {
	rate, weight, err := in.check()
	if err != nil {
		return err
	}
	v := in.target.view()
	found := v.p.vars[in.variable]
	counts := newColumn(ir.Float64, v.p.rows)
	clock := b.clockOf(v.p)
	events := &lang.Symbol{Name: "events", Kind: lang.Parameter, Type: lang.Float, Ref: ownColumn{counts}}
	add := lang.Statement{Target: in.variable, Op: lang.Add, Expr: lang.Product(lang.Variable(events), weight), Sym: found.sym}
	apply, err := lower.Statements(in.name, ir.All, []lang.Statement{add}, v.names(), true)
	if err != nil {
		return err
	}
	task := &engine.Shower{Counts: counts.data.F, Bound: newInverse().binomialBounds(in.n, rate*clock.Dt), Lo: v.lo, Hi: v.hi}
	if task.Noise, err = engine.NewNoise(b.ws.steps, false, b.ws.key(in.name, "draw"), 0, v.lo, v.hi); err != nil {
		return v.p.fail(in.name, err)
	}
	if task.Apply, err = b.callFor(in.name, apply, v.p, "apply"); err != nil {
		return err
	}
	b.enter(in.name, clock, in.when, in.order, engine.KindObject, task)
	return nil
}

func (in *PoissonInput) writes(f func(*column)) {
	if v := in.target.view().p.vars[in.variable]; v != nil && v.column != nil {
		f(v.column)
	}
}

// ownColumn is a column of numbers with one value a row.
type ownColumn struct{ *column }

func (c ownColumn) place() (lower.Place, error) {
	return lower.Place{Access: lower.Own, Column: c.column, Storage: c.storage}, nil
}
