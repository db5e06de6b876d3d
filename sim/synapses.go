package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/sim/internal/method"
	"github.com/golgi-sim/golgi/units"
)

// Synapses are the connections from a source to a target group. Each spike of the source runs the code of the pathways
// on "pre" for its synapses, after their delay; each spike of the target that of the pathways on "post".
type Synapses struct {
	Population
	source, target     Group
	bundles            []*bundle
	pre, post          *column // rows of source and target, absolute; pre is derived
	incoming, outgoing *column // number of synapses of each target and source row, derived
	pathways           []*pathway
	connected          bool
	method             string
	clocked, driven    *method.Update // nil for none
	multi              string         // name of the index among the synapses of a pair
}

// A pathway is code that runs for synapses when a spike reaches them.
type pathway struct {
	name, on, code, event string
	order                 int
	delay                 *variable // [s]
	queue                 engine.Queue
	reach                 *reach
}

// pathwaySpec is a pathway as the options say it.
type pathwaySpec struct {
	name, code string
	on, event  string
	delay      any
	order      *int
}

// OnPre is the code that runs when a spike of the source arrives.
func OnPre(code string) Option { return Pathway("pre", code) }

// OnPost is the code that runs when a spike of the target arrives back at its synapses.
func OnPost(code string) Option { return Pathway("post", code, On("post")) }

// Pathway is further code with its own name, and its own Delay, Order and Event. On says whether spikes of the source
// ("pre", the default) or of the target ("post") run it.
func Pathway(name, code string, options ...Option) Option {
	return option{"Pathway", func(s *settings) error {
		own, err := readOptions("Pathway", options, "On", "Delay", "Order", "Event")
		if err != nil {
			return err
		}
		spec := pathwaySpec{name: name, code: code, on: own.on, event: own.event, delay: own.delays["pre"], order: own.order}
		s.pathways = append(s.pathways, spec)
		return nil
	}}
}

// On says whose spikes run a pathway: "pre" or "post".
func On(side string) Option {
	return option{"On", func(s *settings) error {
		if side != "pre" && side != "post" {
			return fmt.Errorf("found On(%q), expected \"pre\" or \"post\"", side)
		}
		s.on = side
		return nil
	}}
}

// Event makes a pathway run on another event than the spike.
func Event(name string) Option { return with("Event", func(s *settings) { s.event = name }) }

// Delay is the time from a spike to its effect: Delay(2*ms) for the pathway "pre", Delay("post", 1*ms) for another.
func Delay(delay ...any) Option {
	return option{"Delay", func(s *settings) error {
		switch name, isName := delay[0].(string); {
		case len(delay) == 1:
			s.delays["pre"] = delay[0]
		case len(delay) == 2 && isName:
			s.delays[name] = delay[1]
		default:
			return fmt.Errorf("Delay takes a time, or the name of a pathway and a time")
		}
		return nil
	}}
}

// MultisynapticIndex names the variable that counts the synapses of a pair from 0.
func MultisynapticIndex(name string) Option {
	return with("MultisynapticIndex", func(s *settings) { s.multi = name })
}

// Synapses makes synapses from source to target, none of them yet: see Connect. The model may be empty. Options are
// OnPre, OnPost, Pathway, Delay, Method, Dt, Order, MultisynapticIndex, Name and Namespace.
func (w *Workspace) Synapses(source, target Group, model string, options ...Option) (*Synapses, error) {
	s, err := readOptions("Synapses", options, "OnPre", "OnPost", "Pathway", "Delay", "Method", "Dt", "Order", "MultisynapticIndex", "Resolve")
	if err != nil {
		return nil, err
	}
	n := &Synapses{Population: newPopulation(w, "synapses", 0, s), source: source, target: target, multi: s.multi, method: s.method}
	n.object, n.wraps, n.special = n, n.names, n.place
	n.pre, n.post, n.incoming, n.outgoing = derived(), newColumn(ir.Int32, 0), derived(), derived()
	n.deriveColumns()
	if s.multi != "" {
		model += "\n" + s.multi + " : integer (constant)"
	}
	if n.eqs, err = lang.Parse(model); err != nil {
		return nil, n.fail("model", err)
	}
	if err := n.check(); err != nil {
		return nil, err
	}
	if err := n.makePathways(s); err != nil {
		return nil, err
	}
	return n, n.checkPathways()
}

func (s *Synapses) check() (err error) {
	s.checked, err = lang.Check(s.eqs, lang.Synapse, false, s.externalScope())
	if err != nil {
		return s.fail("model", err)
	}
	if err := s.declare(); err != nil {
		return err
	}
	return s.checkUpdates()
}

// checkUpdates chooses how differential equations are integrated: event-driven ones exactly, from event to event, the
// others at every step.
func (s *Synapses) checkUpdates() (err error) {
	s.clocked, s.driven = nil, nil
	isDriven := func(q *lang.Equation) bool { return q.Has(lang.EventDriven) }
	if s.differential(isDriven) {
		s.driven, err = method.Integrate(s.checked, "exact", method.Options{Held: func(*lang.Symbol) bool { return false }, Takes: isDriven})
		if err != nil {
			return s.fail("model", fmt.Errorf("event-driven equations: %w", err))
		}
	}
	isClocked := func(q *lang.Equation) bool { return !isDriven(q) }
	if s.differential(isClocked) {
		s.clocked, err = method.Integrate(s.checked, s.method, method.Options{Held: s.held, Takes: isClocked})
	}
	return s.fail("method", err)
}

func (s *Synapses) differential(takes func(*lang.Equation) bool) bool {
	return slices.ContainsFunc(s.eqs.List, func(q lang.Equation) bool { return q.Form == lang.Differential && takes(&q) })
}

// makePathways makes the pathways in the order of the options; the names of two may not be the same.
func (s *Synapses) makePathways(given *settings) error {
	for _, spec := range given.pathways {
		if slices.ContainsFunc(s.pathways, func(p *pathway) bool { return p.name == spec.name }) {
			return fmt.Errorf("%s: there are two pathways %q", s.label(), spec.name)
		}
		p := &pathway{name: spec.name, on: spec.on, code: spec.code, event: "spike", order: -1}
		if p.on == "" {
			p.on = "pre"
		}
		if p.on == "post" {
			p.order = 1
		}
		if spec.order != nil {
			p.order = *spec.order
		}
		if spec.event != "" {
			p.event = spec.event
		}
		if group := s.side(p.on).view().p; group.events[p.event] == nil {
			return fmt.Errorf("%s: pathway %q: %s", s.label(), p.name, group.noEvent(p.event))
		}
		s.pathways = append(s.pathways, p)
		if err := s.makeDelay(p, spec, given); err != nil {
			return err
		}
	}
	for name := range given.delays {
		if s.pathway(name) == nil {
			return fmt.Errorf("%s: there is no pathway %q for Delay", s.label(), name)
		}
	}
	return nil
}

func (s *Synapses) pathway(name string) *pathway {
	for _, p := range s.pathways {
		if p.name == name {
			return p
		}
	}
	return nil
}

func (s *Synapses) side(on string) Group {
	if on == "post" {
		return s.target
	}
	return s.source
}

// makeDelay makes the variable of a pathway's delays: "pre.delay", for the first pathway on pre "delay" too. It has
// one value for all synapses until they are given their own.
func (s *Synapses) makeDelay(p *pathway, spec pathwaySpec, given *settings) error {
	sym := &lang.Symbol{Name: "delay", Kind: lang.Auto, Type: lang.Float, Dim: second}
	p.delay = &variable{name: p.name + ".delay", sym: sym, shared: true, column: newColumn(ir.Float64, 1)}
	s.vars[p.delay.name] = p.delay
	if p.name == "pre" || s.vars["delay"].column == nil && p.on == "pre" {
		s.vars["delay"] = p.delay
	}
	delay := spec.delay
	if d, ok := given.delays[p.name]; ok {
		delay = d
	}
	if delay == nil {
		return nil
	}
	return s.Write(p.delay.name, nil, delay)
}

// names adds the variables of both groups: x_pre, x_post, and x for the target's.
func (s *Synapses) names(outside lang.Scope) lang.Scope { return &pairScope{s, outside} }

type pairScope struct {
	synapses *Synapses
	outside  lang.Scope
}

// Lookup finds a variable of one of the groups before a name from outside.
func (p *pairScope) Lookup(name string) *lang.Symbol {
	s := p.synapses
	if own, ok := strings.CutSuffix(name, "_pre"); ok {
		if sym := s.variableOf(s.source, s.pre, own, "pre", name); sym != nil {
			return sym
		}
	}
	if own, ok := strings.CutSuffix(name, "_post"); ok {
		if sym := s.variableOf(s.target, s.post, own, "post", name); sym != nil {
			return sym
		}
	}
	if sym := s.variableOf(s.target, s.post, name, "post", name); sym != nil {
		return sym
	}
	return p.outside.Lookup(name)
}

// variableOf is a variable of a group as synapses see it.
func (s *Synapses) variableOf(g Group, index *column, own, owner, name string) *lang.Symbol {
	v := g.view()
	sym := v.p.checked.Own()[own]
	if sym == nil || sym.Kind == lang.Time || sym.Kind == lang.Step || sym.Kind == lang.Size {
		return nil
	}
	seen := *sym
	seen.Name, seen.Owner, seen.Ref = name, owner, remote{v.names(), sym, index}
	return &seen
}

// Names lists the variables of both groups, then the names from outside.
func (p *pairScope) Names() []string {
	var names []string
	for _, own := range p.synapses.target.view().p.recordable() {
		names = append(names, own, own+"_post")
	}
	for _, own := range p.synapses.source.view().p.recordable() {
		names = append(names, own+"_pre")
	}
	return append(names, p.outside.Names()...)
}

// place tells where the names lie that only synapses have.
func (s *Synapses) place(sym *lang.Symbol) (lower.Place, bool) {
	source, target := s.source.view(), s.target.view()
	switch sym.Name {
	case "i":
		return lower.Place{Access: lower.IndexNumber, Index: s.pre, Offset: int64(source.lo)}, true
	case "j":
		return lower.Place{Access: lower.IndexNumber, Index: s.post, Offset: int64(target.lo)}, true
	case "N_pre":
		return whole(source.hi - source.lo), true
	case "N_post":
		return whole(target.hi - target.lo), true
	case "N_incoming":
		return lower.Place{Access: lower.Via, Column: s.incoming, Storage: ir.Int32, Index: s.post}, true
	case "N_outgoing":
		return lower.Place{Access: lower.Via, Column: s.outgoing, Storage: ir.Int32, Index: s.pre}, true
	}
	return lower.Place{}, false
}

func (s *Synapses) view() view { return view{&s.Population, 0, s.rows} }

// DependsOn lists source and target.
func (s *Synapses) DependsOn() []Object { return []Object{s.source, s.target} }

// Write sets a variable of the synapses, or the delay of a pathway; see [Writable].
func (s *Synapses) Write(name string, index, value any) error {
	v := s.vars[name]
	for _, p := range s.pathways {
		if v == p.delay {
			return s.writeDelay(p, index, value)
		}
	}
	if v != nil && !v.shared && !s.connected {
		return fmt.Errorf("%s: %s has no values before Connect: call Connect first", s.label(), name)
	}
	return s.Population.Write(name, index, value)
}

// writeDelay gives each synapse its own delay, unless value is the same for all.
func (s *Synapses) writeDelay(p *pathway, index, value any) error {
	d := p.delay
	_, isText := value.(string)
	single := !isText && units.ArrayOf(value).Size() == 1
	if d.shared && !(index == nil && single) {
		if !s.connected {
			return fmt.Errorf("%s: the delays of %s have no values before Connect: call Connect first, or give one delay for all", s.label(), p.name)
		}
		d.shared = false
		all := d.column.data.F[0]
		d.column.resize(s.rows)
		for k := range d.column.data.F {
			d.column.data.F[k] = all
		}
	}
	if err := s.Population.Write(d.name, index, value); err != nil {
		return err
	}
	if k := slices.IndexFunc(d.column.data.F, func(x float64) bool { return !(x >= 0) }); k >= 0 {
		negative := d.column.data.F[k]
		d.column.data.F[k] = 0
		return fmt.Errorf("%s: found a delay of %v, expected 0 s or more", s.label(), units.New(negative, second))
	}
	return nil
}

func (s *Synapses) checkPathways() error {
	for _, p := range s.pathways {
		if _, err := s.statements("on_"+p.name, p.code); err != nil {
			return err
		}
	}
	return nil
}

func (s *Synapses) writes(f func(*column)) {
	for _, p := range s.pathways {
		if list, err := s.statements("on_"+p.name, p.code); err == nil {
			s.written(list, f)
		}
	}
	for _, q := range s.eqs.List {
		if q.Has(lang.SummedFlag) {
			if target := s.checked.Lookup(q.Name); target != nil {
				f(s.summedTarget(q.Name).column)
			}
		}
	}
	s.writtenRegularly(f)
}

func (s *Synapses) build(b *build) error {
	if err := s.check(); err != nil {
		return err
	}
	if !s.connected && (len(s.pathways) > 0 || s.sums()) {
		return fmt.Errorf("%s: no synapses were made: call Connect", s.label())
	}
	if err := s.buildHeld(b); err != nil {
		return err
	}
	if s.clocked != nil {
		if _, err := s.integrate(b, &stepCode{update: s.clocked}); err != nil {
			return err
		}
	}
	byName := slices.SortedStableFunc(slices.Values(s.pathways), func(p, q *pathway) int { return strings.Compare(p.name, q.name) })
	for _, p := range byName { // as Brian breaks the tie between pathways of one side and order
		if err := s.buildPathway(b, p); err != nil {
			return err
		}
	}
	if err := s.buildSums(b); err != nil {
		return err
	}
	return s.buildRegular(b)
}

func (s *Synapses) buildPathway(b *build, p *pathway) error {
	what := "on_" + p.name
	list, err := s.statements(what, p.code)
	if err != nil {
		return err
	}
	var advance *lower.Advance
	if s.driven != nil {
		advance = &lower.Advance{Last: s.vars["lastupdate"].place()}
		if s.driven.Linear.Diagonal() {
			advance.Linear = s.driven.Linear
		}
	}
	side := s.side(p.on).view()
	clock := b.clockOf(side.p)
	fan, order, longest := s.fan(p, clock.Dt)
	p.queue.Rescale(clock.Dt)
	p.queue.Follow(order, s.rows)
	p.queue.Reach(longest)
	task := &engine.Pathway{
		Spikes: side.p.events[p.event], Lo: side.lo, Hi: side.hi, Own: b.clockOf(&s.Population), Fan: fan, Queue: &p.queue,
	}
	if advance != nil && advance.Linear == nil {
		if task.Before, err = s.relax(b); err != nil {
			return err
		}
	}
	domain := ir.Spans
	if task.Listed = p.queue.Order != nil || task.Before != nil; task.Listed {
		domain, task.List = ir.List, make([]int32, 0, s.rows)
	}
	code, err := lower.Pathway(s.name+" "+what, domain, list, advance, s)
	if err != nil {
		return s.fail(what, err)
	}
	if task.Call, err = b.call(code, &s.Population, what); err != nil {
		return err
	}
	b.enter(s.name, clock, "synapses", p.order, engine.KindObject, s.sharded(b, p, task, code))
	return nil
}

// relax is the task that advances event-driven variables that act on each other.
func (s *Synapses) relax(b *build) (*engine.Relax, error) {
	l := s.driven.Linear
	n := len(l.Symbols)
	r := &engine.Relax{M: make([][]float64, n*n), B: make([][]float64, n), Last: s.vars["lastupdate"].column.data.F}
	var exprs []*lang.Expr
	var columns []any
	keep := func(e *lang.Expr) []float64 {
		if e == nil {
			return nil
		}
		c := newColumn(ir.Float64, s.rows)
		exprs, columns = append(exprs, e), append(columns, c)
		return c.data.F
	}
	for i, sym := range l.Symbols {
		r.X = append(r.X, s.vars[sym.Name].column.data.F)
		r.B[i] = keep(l.B[i])
		for j, e := range l.M[i] {
			r.M[i*n+j] = keep(e)
		}
	}
	code, err := lower.Values(s.name+" coefficients", ir.List, exprs, s, columns)
	if err != nil {
		return nil, s.fail("model", err)
	}
	r.Coefficients, err = b.call(code, &s.Population, "coefficients")
	return r, err
}

// sums tells whether the model has summed variables.
func (s *Synapses) sums() bool {
	return slices.ContainsFunc(s.eqs.List, func(q lang.Equation) bool { return q.Has(lang.SummedFlag) })
}

// summedTarget is the variable of a group that a summed equation sets.
func (s *Synapses) summedTarget(name string) *variable {
	if own, ok := strings.CutSuffix(name, "_pre"); ok {
		return s.source.view().p.vars[own]
	}
	return s.target.view().p.vars[strings.TrimSuffix(name, "_post")]
}

// buildSums sums the summed variables before the state update of their target.
func (s *Synapses) buildSums(b *build) error {
	for i := range s.checked.Equations.List {
		q := &s.checked.Equations.List[i]
		if !q.Has(lang.SummedFlag) {
			continue
		}
		group, index := s.target.view(), s.post
		if strings.HasSuffix(q.Name, "_pre") {
			group, index = s.source.view(), s.pre
		}
		target := s.summedTarget(q.Name)
		if b.summed[target.column] {
			return fmt.Errorf("%s: %s of %s is summed by other synapses already: sum into two variables and add them", s.label(), target.name, group.p.label())
		}
		b.summed[target.column] = true
		if err := s.buildSum(b, q, group, index, target); err != nil {
			return err
		}
	}
	return nil
}

func (s *Synapses) buildSum(b *build, q *lang.Equation, group view, index *column, target *variable) error {
	sym := &lang.Symbol{Name: target.name, Kind: lang.Parameter, Type: lang.Float, Dim: target.sym.Dim, Ref: remote{group.names(), target.sym, index}}
	add := lang.Statement{Target: q.Name, Op: lang.Add, Expr: q.Expr, Sym: sym}
	code, err := lower.Statements(q.Name, ir.All, []lang.Statement{add}, s, false)
	if err != nil {
		return s.fail(q.Name, err)
	}
	call, err := b.call(code, &s.Population, "sum "+q.Name)
	if err != nil {
		return err
	}
	task := &engine.Sum{Target: target.column.data.F, Lo: group.lo, Hi: group.hi, Call: call, N: s.rows}
	b.enter(s.name, b.clockOf(group.p), "groups", group.p.order-1, engine.KindObject, task)
	return nil
}
