package sim

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
