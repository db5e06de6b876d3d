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
	update *engine.Sweep  // nil for none
	detect *engine.Detect // nil for none
	drafts []*draft       // of the two
}

// stepCode is what the programs of a step are made from.
type stepCode struct {
	update     *method.Update
	refractory *lower.Refractory // nil for none
	propagator *lower.Propagator // nil for none
	threshold  *lang.Expr        // nil for none
	free       *lower.Place      // not_refractory, nil for none
}

// buildStep enters the state update and the threshold, each for itself; planned may make them one and compiles them.
func (g *NeuronGroup) buildStep(b *build) (err error) {
	s := &groupStep{group: g, code: stepCode{update: g.model.update, threshold: g.model.threshold}}
	if s.code.refractory = g.refractoryCode(); s.code.refractory != nil {
		s.code.free = &s.code.refractory.Free
	}
	rest := g.rest(b, s.code.refractory)
	if g.updated {
		var d *draft
		if s.update, d, err = g.enterUpdate(b, &s.code); err != nil {
			return err
		}
		s.update.Rest, s.drafts = rest, append(s.drafts, d)
	}
	if steady, err := g.buildGaps(b); steady || err != nil {
		return err
	}
	if g.model.threshold != nil {
		if err := g.buildThreshold(b, s); err != nil {
			return err
		}
		s.detect.Rest = rest
	}
	b.steps = append(b.steps, s)
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
	last, free := g.vars["lastspike"], g.vars["not_refractory"]
	least, constant := lower.LeastRest(r.Period, g)
	if !constant || b.written[last.column] || b.written[free.column] {
		return nil
	}
	r.Kept = true
	return &engine.Rest{
		Last: last.column.data.F, Free: free.column.data.B, Margin: 1e-3 * g.Dt(), Least: least,
		Writes: engine.Writes{&last.assigned, &free.assigned},
	}
}

// noiseColumn is a column of random numbers that the engine fills.
func noiseColumn() any { return newColumn(ir.Float64, 0) }

// integrate enters the update of the state variables.
func (p *Population) integrate(b *build, s *stepCode) (*engine.Sweep, error) {
	task, d, err := p.enterUpdate(b, s)
	if err != nil {
		return nil, err
	}
	return task, b.compile(d)
}

// enterUpdate is integrate, the program still to be compiled.
func (p *Population) enterUpdate(b *build, s *stepCode) (task *engine.Sweep, d *draft, err error) {
	if s.update.Linear != nil {
		if s.propagator, err = p.buildPropagator(b, s.update.Linear); err != nil {
			return nil, nil, err
		}
	}
	code, err := lower.Update(p.name+" update", s.update, s.refractory, s.propagator, p, noiseColumn)
	if err != nil {
		return nil, nil, p.fail("model", err)
	}
	task, d = b.sweep(code, p, "update", "groups", p.order)
	return task, d, nil
}

func (g *NeuronGroup) buildThreshold(b *build, s *groupStep) error {
	code, err := lower.Threshold(g.name+" threshold", s.code.threshold, s.code.free, g, noiseColumn)
	if err != nil {
		return g.fail("threshold", err)
	}
	mark, err := lower.Mark(g.name+" spike", g.vars["lastspike"].place(), s.code.free, g)
	if err != nil {
		return g.fail("threshold", err)
	}
	call, err := b.call(mark, &g.Population, "spike")
	if err != nil {
		return err
	}
	var d *draft
	s.detect, d = b.detect(code, &g.Population, "threshold", "spike", "thresholds", call)
	s.drafts = append(s.drafts, d)
	return nil
}

// planned is the plan of the run, update and threshold of a group as one task where nothing can tell.
func (b *build) planned() (*engine.Plan, error) {
	plan := engine.NewPlan(b.entries, b.allClocks()...)
	for _, s := range b.steps {
		one, err := s.fuse(b, plan)
		if err != nil {
			return nil, err
		}
		if one {
			continue
		}
		for _, d := range s.drafts {
			if err := b.compile(d); err != nil {
				return nil, err
			}
		}
	}
	return plan, nil
}

// fuse makes update and threshold one task if that can be done.
func (s *groupStep) fuse(b *build, plan *engine.Plan) (one bool, err error) {
	if s.update == nil || s.detect == nil {
		return false, nil
	}
	g, c := s.group, &s.code
	code, err := lower.Step(g.name+" step", c.update, c.refractory, c.propagator, c.threshold, c.free, g, noiseColumn)
	if err != nil {
		return false, g.fail("model", err)
	}
	if len(code.Before) > 0 || !code.Program.RowsApart() {
		return false, nil
	}
	d := g.draft(code, b.ws.key(g.name, "update"), g.rows, "step")
	d.second = b.ws.key(g.name, "threshold")
	if !plan.Fuse(&engine.Step{Update: s.update, Detect: s.detect, Call: d.call}) {
		return false, nil
	}
	return true, b.compile(d)
}
