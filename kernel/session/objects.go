package session

import (
	"errors"
	"fmt"
	"strings"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// noted notes where a new object was made.
func noted[T sim.Object](s *Session, o T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	s.enter(o)
	return o, nil
}

// NeuronGroup makes n neurons with these equations:
//
//	neurons := NeuronGroup(100, "dv/dt = -v/tau : volt", Threshold("v > v_th"), Reset("v = v_r"), Refractory(5*ms))
//
// Further options are Method, Events, Dt, Order, Name and Namespace, in any order. Names in the texts are those of the
// model, units and functions, the variables of the function that the call stands in, and those of the session. The
// model's variables are fields: neurons.v = -70*mV.
func (s *Session) NeuronGroup(n any, equations string, options ...sim.Option) (*sim.NeuronGroup, error) {
	size, err := whole("NeuronGroup", "the number of neurons", n)
	if err != nil {
		return nil, err
	}
	s.warnShadowed(equations)
	g, err := s.ws.NeuronGroup(size, equations, s.seeing(options)...)
	return noted(s, g, s.explainEmpty(equations, err))
}

// PoissonGroup makes n inputs that spike at random: PoissonGroup(10, 100*Hz), with one rate each as in
// PoissonGroup(n, Linspace(0, 100, n)*Hz), or with a text of t and i that gives the rate at each step.
func (s *Session) PoissonGroup(n, rates any, options ...sim.Option) (*sim.PoissonGroup, error) {
	size, err := whole("PoissonGroup", "the number of inputs", n)
	if err != nil {
		return nil, err
	}
	g, err := s.ws.PoissonGroup(size, rates, s.seeing(options)...)
	return noted(s, g, err)
}

// SpikeGeneratorGroup makes n inputs that spike at given times: input indices[k] at times[k]. The option Period repeats
// them; SetSpikes replaces them.
func (s *Session) SpikeGeneratorGroup(n, indices, times any, options ...sim.Option) (*sim.SpikeGeneratorGroup, error) {
	size, err := whole("SpikeGeneratorGroup", "the number of inputs", n)
	if err != nil {
		return nil, err
	}
	g, err := s.ws.SpikeGeneratorGroup(size, indices, times, s.seeing(options)...)
	return noted(s, g, err)
}

// PoissonInput adds to a variable of each neuron what n Poisson inputs of a rate and weight would:
// PoissonInput(target, "I_syn", 1000, 2*Hz, 0.1*nA). It needs no variable to hold it: it belongs to its cell.
func (s *Session) PoissonInput(target sim.Group, variable string, n, rate, weight any, options ...sim.Option) (*sim.PoissonInput, error) {
	if err := needGroup("PoissonInput", target); err != nil {
		return nil, err
	}
	inputs, err := whole("PoissonInput", "the number of inputs", n)
	if err != nil {
		return nil, err
	}
	in, err := s.ws.PoissonInput(target, variable, inputs, rate, weight, s.seeing(options)...)
	return noted(s, in, err)
}

// Synapses makes synapses from source to target, none of them yet:
//
//	synapses := Synapses(source, target, "w : amp", OnPre("I_syn += w"), Delay(2*ms))
//	synapses.Connect(If("i != j"), Prob(0.1))
//	synapses.w = "rand()*nA"
//
// The model may be left out. Further options are OnPost, Pathway, Method, Dt, Order, Name and Namespace.
func (s *Session) Synapses(source, target sim.Group, args ...any) (*sim.Synapses, error) {
	if err := errors.Join(needGroup("Synapses", source), needGroup("Synapses", target)); err != nil {
		return nil, err
	}
	a, err := sortArguments("Synapses", "the model", args)
	if err != nil {
		return nil, err
	}
	if len(a.texts) > 1 {
		return nil, fmt.Errorf("Synapses: found a second text, %q, expected one model: code that runs at spikes stands in OnPre(…) and OnPost(…)", a.texts[1])
	}
	model := strings.Join(a.texts, "")
	s.warnShadowed(model)
	n, err := s.ws.Synapses(source, target, model, s.seeing(a.options)...)
	return noted(s, n, s.explainEmpty(model, err))
}

// NetworkOperation calls a function of the cell at every step, or every Dt: a func() or a func(t Quantity). It needs no
// variable to hold it: it belongs to its cell, and goes when the cell runs again. Further options are When and Order.
func (s *Session) NetworkOperation(f any, options ...sim.Option) (*sim.NetworkOperation, error) {
	call, err := operation(f)
	if err != nil {
		return nil, err
	}
	o, err := s.ws.NetworkOperation(call, options...)
	return noted(s, o, err)
}

func operation(f any) (func(units.Quantity), error) {
	switch f := f.(type) {
	case func(units.Quantity):
		if f != nil {
			return f, nil
		}
	case func():
		if f != nil {
			return func(units.Quantity) { f() }, nil
		}
	}
	return nil, fmt.Errorf("NetworkOperation: found %s, expected a func() or a func(t Quantity)", describe(f))
}

// StateMonitor records variables of a group over time: StateMonitor(neurons, "v", "I", Record(0, 5), Dt(1*ms)). Without
// names it records all variables of the model, without Record all rows. Its results are monitor.t and monitor.v, whose
// rows are those of the neurons.
func (s *Session) StateMonitor(source sim.Group, args ...any) (*sim.StateMonitor, error) {
	a, err := s.recording("StateMonitor", source, args)
	if err != nil {
		return nil, err
	}
	m, err := s.ws.StateMonitor(source, a.texts, a.options...)
	return noted(s, m, err)
}

// SpikeMonitor records the spikes of a group, and variables at that moment: SpikeMonitor(neurons, "v"). Its results are
// spikes.t, spikes.i, spikes.count, spikes.v, NumSpikes and SpikeTrains.
func (s *Session) SpikeMonitor(source sim.Group, args ...any) (*sim.SpikeMonitor, error) {
	a, err := s.recording("SpikeMonitor", source, args)
	if err != nil {
		return nil, err
	}
	m, err := s.ws.SpikeMonitor(source, a.texts, a.options...)
	return noted(s, m, err)
}

// EventMonitor records another event of a group: EventMonitor(neurons, "burst", "v").
func (s *Session) EventMonitor(source sim.Group, event string, args ...any) (*sim.SpikeMonitor, error) {
	a, err := s.recording("EventMonitor", source, args)
	if err != nil {
		return nil, err
	}
	m, err := s.ws.EventMonitor(source, event, a.texts, a.options...)
	return noted(s, m, err)
}

// PopulationRateMonitor records the mean rate of a group.
func (s *Session) PopulationRateMonitor(source sim.Group, options ...sim.Option) (*sim.PopulationRateMonitor, error) {
	if err := needGroup("PopulationRateMonitor", source); err != nil {
		return nil, err
	}
	m, err := s.ws.PopulationRateMonitor(source, options...)
	return noted(s, m, err)
}

func (s *Session) recording(kind string, source sim.Group, args []any) (sorted, error) {
	if err := needGroup(kind, source); err != nil {
		return sorted{}, err
	}
	return sortArguments(kind, "the name of a variable", args)
}

// TimedArray makes a function of time from values that are dt apart; equations use it by the name of its variable.
func (s *Session) TimedArray(values any, dt units.Quantity) (*sim.TimedArray, error) {
	return sim.NewTimedArray(values, dt)
}

// DefaultDt sets the step of all objects that have none of their own.
func (s *Session) DefaultDt(dt units.Quantity) error { return s.ws.DefaultDt(dt) }

// CurrentDt is the step of all objects that have none of their own.
func (s *Session) CurrentDt() units.Quantity { return s.ws.Step() }
