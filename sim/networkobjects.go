package sim

import "github.com/golgi-sim/golgi/units"

// The constructors of a network make an object of its workspace and add it.

// NeuronGroup makes neurons in the network; see [Workspace.NeuronGroup].
func (n *Network) NeuronGroup(size int, equations string, options ...Option) (*NeuronGroup, error) {
	g, err := n.Workspace.NeuronGroup(size, equations, options...)
	return g, n.adding(g, err)
}

// adding puts an object that was made without error into the network.
func (n *Network) adding(o Object, err error) error {
	if err == nil {
		n.Add(o)
	}
	return err
}

// StateMonitor makes a monitor in the network; see [Workspace.StateMonitor].
func (n *Network) StateMonitor(source Group, variables []string, options ...Option) (*StateMonitor, error) {
	m, err := n.Workspace.StateMonitor(source, variables, options...)
	return m, n.adding(m, err)
}

// SpikeMonitor makes a monitor in the network; see [Workspace.SpikeMonitor].
func (n *Network) SpikeMonitor(source Group, variables []string, options ...Option) (*SpikeMonitor, error) {
	m, err := n.Workspace.SpikeMonitor(source, variables, options...)
	return m, n.adding(m, err)
}

// EventMonitor makes a monitor in the network; see [Workspace.EventMonitor].
func (n *Network) EventMonitor(source Group, event string, variables []string, options ...Option) (*SpikeMonitor, error) {
	m, err := n.Workspace.EventMonitor(source, event, variables, options...)
	return m, n.adding(m, err)
}

// PopulationRateMonitor makes a monitor in the network; see [Workspace.PopulationRateMonitor].
func (n *Network) PopulationRateMonitor(source Group, options ...Option) (*PopulationRateMonitor, error) {
	m, err := n.Workspace.PopulationRateMonitor(source, options...)
	return m, n.adding(m, err)
}

// PoissonGroup makes inputs in the network; see [Workspace.PoissonGroup].
func (n *Network) PoissonGroup(size int, rates any, options ...Option) (*PoissonGroup, error) {
	g, err := n.Workspace.PoissonGroup(size, rates, options...)
	return g, n.adding(g, err)
}

// SpikeGeneratorGroup makes inputs in the network; see [Workspace.SpikeGeneratorGroup].
func (n *Network) SpikeGeneratorGroup(size int, indices, times any, options ...Option) (*SpikeGeneratorGroup, error) {
	g, err := n.Workspace.SpikeGeneratorGroup(size, indices, times, options...)
	return g, n.adding(g, err)
}

// PoissonInput makes an input in the network; see [Workspace.PoissonInput].
func (n *Network) PoissonInput(target Group, variable string, inputs int, rate, weight any, options ...Option) (*PoissonInput, error) {
	in, err := n.Workspace.PoissonInput(target, variable, inputs, rate, weight, options...)
	return in, n.adding(in, err)
}

// Synapses makes synapses in the network; see [Workspace.Synapses].
func (n *Network) Synapses(source, target Group, model string, options ...Option) (*Synapses, error) {
	s, err := n.Workspace.Synapses(source, target, model, options...)
	return s, n.adding(s, err)
}

// NetworkOperation makes an operation in the network; see [Workspace.NetworkOperation].
func (n *Network) NetworkOperation(f func(t units.Quantity), options ...Option) (*NetworkOperation, error) {
	o, err := n.Workspace.NetworkOperation(f, options...)
	return o, n.adding(o, err)
}
