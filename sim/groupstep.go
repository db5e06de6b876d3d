package sim

import (
	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/sim/internal/method"
)

// A groupStep is what a group does in every step, as code and as tasks: its state update, and the search for spikes.
type groupStep struct {
	group  *NeuronGroup
	code   stepCode
	update *engine.Sweep
	detect *engine.Detect
}

// stepCode is what the programs of a step are made from.
type stepCode struct {
	update     *method.Update
	refractory *lower.Refractory // nil for none
	propagator *lower.Propagator // nil for none
	threshold  *lang.Expr        // nil for none
	free       *lower.Place      // not_refractory, nil for none
}

// buildStep enters the state update and the threshold, each for itself; planned may make them one.
func (g *NeuronGroup) buildStep(b *build) (err error) {
	s := &groupStep{group: g, code: stepCode{update: g.model.update, threshold: g.model.threshold}}
	if s.code.refractory = g.refractoryCode(); s.code.refractory != nil {
		s.code.free = &s.code.refractory.Free
	}
	rest := g.rest(b, s.code.refractory)
	if g.updated {
		if s.update, err = g.integrate(b, &s.code); err != nil {
			return err
		}
		s.update.Rest = rest
	}
	if g.model.threshold != nil {
		if err := g.buildThreshold(b, s); err != nil {
			return err
		}
		s.detect.Rest = rest
	}
	if g.updated && g.model.threshold != nil {
		b.steps = append(b.steps, s)
	}
	return nil
}

// refractoryCode is how rows leave refractoriness, nil for a group without.
func (g *NeuronGroup) refractoryCode() *lower.Refractory {
	e := g.model.refractory
	if e == nil {
		return nil
	}
	r := &lower.Refractory{Last: g.vars["lastspike"].place(), Free: g.vars["not_refractory"].place()}
	if e.Type == lang.Boolean {
		r.Condition = e
	} else {
		r.Period = e
	}
	return r
}

// rest makes the engine keep not_refractory where the period is the same for all rows and steps and no code touches
// what it is computed from; it is nil elsewhere.
func (g *NeuronGroup) rest(b *build, r *lower.Refractory) *engine.Rest {
	if r == nil || r.Period == nil || g.model.threshold == nil {
		return nil
	}
	last, free := g.vars["lastspike"].column, g.vars["not_refractory"].column
	least, constant := lower.LeastRest(r.Period, g)
	if !constant || b.written[last] || b.written[free] {
		return nil
	}
	r.Kept = true
	return &engine.Rest{Last: last.data.F, Free: free.data.B, Margin: 1e-3 * g.Dt(), Least: least, Writes: &g.assigned}
}

// integrate enters the update of the state variables.
func (p *Population) integrate(b *build, s *stepCode) (task *engine.Sweep, err error) {
	if s.update.Linear != nil {
		if s.propagator, err = p.buildPropagator(b, s.update.Linear); err != nil {
			return nil, err
		}
	}
	code, err := lower.Update(p.name+" update", s.update, s.refractory, s.propagator, p)
	if err != nil {
		return nil, p.fail("model", err)
	}
	return b.sweep(code, p, "update", "groups", p.order)
}

func (g *NeuronGroup) buildThreshold(b *build, s *groupStep) error {
	code, err := lower.Threshold(g.name+" threshold", s.code.threshold, s.code.free, g)
	if err != nil {
		return g.fail("threshold", err)
	}
	mark, err := lower.Mark(g.name+" spike", g.vars["lastspike"].place(), s.code.free, g)
	if err != nil {
		return g.fail("threshold", err)
	}
	call, err := b.call(mark, &g.Population, "spike")
	if err == nil {
		s.detect, err = b.detect(code, &g.Population, "threshold", "spike", "thresholds", call)
	}
	return err
}

// planned is the plan of the run, update and threshold of a group as one task where nothing can tell.
func (b *build) planned() (*engine.Plan, error) {
	plan := engine.NewPlan(b.entries, b.allClocks()...)
	for _, s := range b.steps {
		code, err := lower.Step(s.group.name+" step", s.code.update, s.code.refractory, s.code.propagator, s.code.threshold, s.code.free, s.group)
		if err != nil {
			return nil, s.group.fail("model", err)
		}
		if len(code.Before) > 0 || !rowsApart(code.Program) {
			continue
		}
		if _, err := plan.Fuse(&engine.Step{Update: s.update, Detect: s.detect}, func() (*engine.Call, error) { return s.together(b, code) }); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// rowsApart tells whether no row sees or writes what another row writes.
func rowsApart(p *ir.Program) bool { return p.RowsMayMix() && !p.Scatters() }

func (s *groupStep) together(b *build, code *lower.Code) (*engine.Call, error) {
	p := &s.group.Population
	call, err := b.bind(p, code, b.ws.key(p.name, "update"), p.rows, "step")
	if err == nil {
		call.SecondKey(b.ws.key(p.name, "threshold"))
	}
	return call, err
}
