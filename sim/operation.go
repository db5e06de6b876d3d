package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/units"
)

// A RegularOperation is code that a group runs at regular times.
type RegularOperation struct {
	group *Population
	code  string
	name  string
	dt    float64
	when  string
	order int
	list  []lang.Statement
}

// RunRegularly makes the group run code for each row at every step, or every Dt. Options are Dt, When (default start),
// Order and Name.
func (p *Population) RunRegularly(code string, options ...Option) (*RegularOperation, error) {
	s, err := readOptions("RunRegularly", options, "Dt", "When", "Order")
	if err != nil {
		return nil, err
	}
	if _, err := p.statements("run_regularly", code); err != nil {
		return nil, err
	}
	r := &RegularOperation{group: p, code: code, dt: s.dt, when: "start", name: p.ws.nameFor(p.name+" run_regularly", s.name)}
	if s.when != "" {
		r.when = s.when
	}
	if s.order != nil {
		r.order = *s.order
	}
	p.regular = append(p.regular, r)
	return r, nil
}

// Remove takes the operation away from its group.
func (r *RegularOperation) Remove() {
	r.group.regular = slices.DeleteFunc(r.group.regular, func(other *RegularOperation) bool { return other == r })
}

func (r *RegularOperation) check() (err error) {
	r.list, err = r.group.statements("run_regularly", r.code)
	return err
}

// build enters the operation. Code that writes shared variables alone runs once, not once a row.
func (r *RegularOperation) build(b *build) error {
	p := r.group
	if err := r.check(); err != nil {
		return err
	}
	code, err := lower.Statements(r.name, ir.All, r.list, p, true)
	if err != nil {
		return p.fail("run_regularly", err)
	}
	call, err := b.call(code, p, fmt.Sprintf("run_regularly %d", slices.Index(p.regular, r)))
	if err != nil {
		return err
	}
	clock := b.clockOf(p)
	if r.dt > 0 {
		clock = b.clockFor(r.dt)
	}
	rows := p.rows
	if onlyShared(r.list) {
		rows = 1
	}
	b.enter(r.name, clock, r.when, r.order, engine.KindRegular, &engine.Sweep{Call: call, Hi: rows})
	return nil
}

func onlyShared(list []lang.Statement) bool {
	for _, s := range list {
		if s.Sym == nil || s.Sym.Kind == lang.Local || !s.Sym.Shared {
			return false
		}
	}
	return true
}

// An eventCode runs for the rows of an event.
type eventCode struct{ event, code string }

// RunOnEvent makes the group run code for each row that has an event, after the resets.
func (g *NeuronGroup) RunOnEvent(event, code string) error {
	if g.events[event] == nil {
		return fmt.Errorf("RunOnEvent: %s", g.noEvent(event))
	}
	if _, err := g.statements("on event "+event, code); err != nil {
		return err
	}
	g.onEvent = append(g.onEvent, &eventCode{event, code})
	return nil
}

func (g *NeuronGroup) buildOnEvent(b *build) error {
	byName := slices.SortedStableFunc(slices.Values(g.onEvent), func(a, b *eventCode) int { return strings.Compare(a.event, b.event) })
	for _, on := range byName {
		what := "on event " + on.event
		list, err := g.statements(what, on.code)
		if err != nil {
			return err
		}
		code, err := lower.Statements(what, ir.List, list, g, false) // like a reset, as in Brian
		if err != nil {
			return g.fail(what, err)
		}
		call, err := b.call(code, &g.Population, what)
		if err != nil {
			return err
		}
		b.add(&g.Population, "after_resets", g.order, engine.KindObject, &engine.Visit{Call: call, Spikes: g.events[on.event]})
	}
	return nil
}

// A NetworkOperation calls a Go function at regular times.
type NetworkOperation struct {
	ws    *Workspace
	name  string
	f     func(units.Quantity)
	dt    float64
	when  string
	order int
}

// NetworkOperation makes an operation that calls f with the time at every step, or every Dt. Options are Dt, When
// (default start), Order and Name.
func (w *Workspace) NetworkOperation(f func(t units.Quantity), options ...Option) (*NetworkOperation, error) {
	s, err := readOptions("NetworkOperation", options, "Dt", "When", "Order")
	if err != nil {
		return nil, err
	}
	o := &NetworkOperation{ws: w, name: w.nameFor("networkoperation", s.name), f: f, dt: s.dt, when: "start"}
	if s.when != "" {
		o.when = s.when
	}
	if s.order != nil {
		o.order = *s.order
	}
	return o, nil
}

// Name is the name of the operation.
func (o *NetworkOperation) Name() string { return o.name }

func (o *NetworkOperation) build(b *build) error {
	dt := o.dt
	if dt == 0 {
		dt = o.ws.dt
	}
	b.enter(o.name, b.clockFor(dt), o.when, o.order, engine.KindOperation, engine.Operation(func(t float64) { o.f(units.New(t, second)) }))
	return nil
}
