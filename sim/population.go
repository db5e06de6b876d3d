package sim

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
)

// A Population is what all groups have: rows, variables, a clock and events that rows may emit.
type Population struct {
	ws      *Workspace
	kind    string // "neurongroup", "synapses", …
	name    string
	rows    int
	dt      float64 // own step [s], 0 for the default
	order   int
	outside *external
	eqs     *lang.Equations
	checked *lang.Checked
	vars    map[string]*variable
	listed  []string // names of variables in the order of the model, then those of the simulator
	clock   engine.Clock
	events  map[string]*engine.Spikes
	object  Object
	regular []*RegularOperation
	wraps   func(lang.Scope) lang.Scope            // adds names between the own ones and the external ones; may be nil
	special func(*lang.Symbol) (lower.Place, bool) // places of names that other groups do not have; may be nil
}

func newPopulation(w *Workspace, kind string, rows int, s *settings) Population {
	p := Population{
		ws: w, kind: kind, name: w.nameFor(kind, s.name), rows: rows, dt: s.dt,
		outside: &external{namespace: s.namespace, resolve: s.resolve},
		vars:    map[string]*variable{},
		events:  map[string]*engine.Spikes{},
	}
	if s.order != nil {
		p.order = *s.order
	}
	return p
}

// Name is the name of the object.
func (p *Population) Name() string { return p.name }

// Len is the number of rows.
func (p *Population) Len() int { return p.rows }

// label begins the object's messages: neurongroup "exc".
func (p *Population) label() string {
	if p.name == p.kind {
		return p.kind
	}
	return fmt.Sprintf("%s %q", p.kind, p.name)
}

// fail says which object and which of its texts an error is about.
func (p *Population) fail(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %s: %w", p.label(), what, p.outside.explain(err))
}

func asLangError(err error, to **lang.Error) bool { return errors.As(err, to) }

// scope is what texts of the group see.
func (p *Population) externalScope() lang.Scope {
	if p.wraps != nil {
		return p.wraps(p.outside)
	}
	return p.outside
}

// declare makes a column for each variable of the checked model that has none yet. Columns that the machine has no
// memory for are an error.
func (p *Population) declare() error {
	if err := p.fitsNew(); err != nil {
		return err
	}
	for _, name := range p.ownNames() {
		sym := p.checked.Lookup(name)
		v := p.vars[name]
		if name == "delay" && v != nil {
			continue // the delay of the first pathway, which has a variable of its own
		}
		if v == nil {
			v = &variable{name: name}
			p.vars[name] = v
			p.listed = append(p.listed, name)
		}
		v.sym = sym
		v.shared = sym.Shared && sym.Kind != lang.Subexpression || sym.Kind == lang.Subexpression && sym.Shared
		if v.column == nil && p.isStored(sym) {
			v.column = newColumn(storageOf(sym.Type), v.rows(p.rows))
		}
	}
	return nil
}

// ownNames are the names of the model's own variables in its order, then those that the simulator adds.
func (p *Population) ownNames() []string {
	var names []string
	for _, equation := range p.checked.Equations.List {
		names = append(names, equation.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(p.checked.Own())) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// isStored tells whether a symbol is a variable with a column of its own.
func (p *Population) isStored(sym *lang.Symbol) bool {
	switch sym.Kind {
	case lang.State, lang.Parameter:
		return !sym.Equation.Has(lang.LinkedFlag)
	case lang.Subexpression:
		return sym.Equation.Has(lang.ConstantOverDt)
	}
	switch sym.Name {
	case "lastspike", "not_refractory":
		return true
	case "lastupdate":
		return slices.ContainsFunc(p.checked.Equations.List, func(q lang.Equation) bool { return q.Has(lang.EventDriven) })
	}
	return false
}

// now is the clock of the group at the end of the last run, with the step it has at present.
func (p *Population) now() *engine.Clock {
	c := p.clock
	if dt := p.Dt(); c.Dt != dt {
		c = engine.Clock{Dt: dt, Step: engine.StepAt(c.Time(), dt)}
	}
	return &c
}

func columnsOf(refs []any) []ir.Column {
	columns := make([]ir.Column, len(refs))
	for k, ref := range refs {
		columns[k] = ref.(*column).ready().data
	}
	return columns
}
