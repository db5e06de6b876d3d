package sim_test

import (
	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// makeSynapses makes each synapses object, connects it, then sets its delays, then its variables.
func (m *referenceModel) makeSynapses() error {
	for _, text := range m.text.Synapses {
		if err := m.makeOneSynapses(text); err != nil {
			return err
		}
		for _, delay := range text.Delays {
			if err := m.assignDelay(text.Name, delay); err != nil {
				return err
			}
		}
		if err := m.assign(text.Name, text.Init, nil); err != nil {
			return err
		}
		if err := m.makeRegular(text.Name, text.RunRegularly); err != nil {
			return err
		}
	}
	return nil
}

func (m *referenceModel) makeOneSynapses(text synapsesText) error {
	source, err := m.group(text.Source)
	if err != nil {
		return err
	}
	target, err := m.group(text.Target)
	if err != nil {
		return err
	}
	options, err := m.synapsesOptions(text)
	if err != nil {
		return err
	}
	made, err := m.net.Synapses(source, target, text.Model, options...)
	if err := m.keep(text.Name, made, err); err != nil {
		return err
	}
	for _, call := range text.Connect {
		if err := made.Connect(call.options()...); err != nil {
			return err
		}
	}
	return nil
}

func (m *referenceModel) synapsesOptions(text synapsesText) ([]sim.Option, error) {
	options, err := m.options(text.Name, text.Dt, nil)
	if err != nil {
		return nil, err
	}
	options = append(options, sim.Resolve(m.names))
	if text.Method != "" {
		options = append(options, sim.Method(text.Method))
	}
	if text.Index != "" {
		options = append(options, sim.MultisynapticIndex(text.Index))
	}
	for _, p := range text.Pathways {
		pathway, err := p.option()
		if err != nil {
			return nil, err
		}
		options = append(options, pathway)
	}
	return options, nil
}

func (p pathwayText) option() (sim.Option, error) {
	options := []sim.Option{sim.On(p.On)}
	if p.Delay != "" {
		delay, err := units.Parse(p.Delay)
		if err != nil {
			return nil, err
		}
		options = append(options, sim.Delay(delay))
	}
	if p.Order != nil {
		options = append(options, sim.Order(*p.Order))
	}
	if p.Event != "" {
		options = append(options, sim.Event(p.Event))
	}
	return sim.Pathway(p.name(), p.Code, options...), nil
}

// options are a call of Connect: i and j are index lists, a single index or a text.
func (call connectText) options() []sim.Option {
	var options []sim.Option
	if call.Condition != "" {
		options = append(options, sim.If(call.Condition))
	}
	if call.P.value != nil {
		options = append(options, sim.Prob(call.P.value))
	}
	if call.N.value != nil {
		options = append(options, sim.PerPair(call.N.index()))
	}
	switch {
	case call.J.text() != "":
		options = append(options, sim.Targets(call.J.text()))
	case call.I.text() != "":
		options = append(options, sim.Sources(call.I.text()))
	case call.I.value != nil || call.J.value != nil:
		options = append(options, sim.Pairs(call.I.index(), call.J.index()))
	}
	if call.SkipIfInvalid {
		options = append(options, sim.SkipIfInvalid())
	}
	return options
}

// index is a value with whole numbers instead of real ones.
func (g given) index() any {
	switch x := g.value.(type) {
	case float64:
		return int(x)
	case []float64:
		return wholeNumbers(x)
	}
	return g.value
}

// assignDelay sets the delay of a pathway: a text, or seconds.
func (m *referenceModel) assignDelay(synapses string, delay assignment) error {
	value := delay.value.value
	switch x := value.(type) {
	case float64:
		value = units.New(x, dimension("second"))
	case []float64:
		value = units.NewArray(x, dimension("second"))
	}
	return m.objects[synapses].(*sim.Synapses).Write(delay.name+".delay", nil, value)
}
