package sim_test

import (
	"errors"

	"github.com/golgi-sim/golgi/sim"
)

// The parts of the format that the simulator cannot take yet. Each becomes the call that its comment shows.

// errNotBuilt is the answer of a part that is missing.
var errNotBuilt = errors.New("not built")

// g.Link(variable, source, name, index)
func linkVariable(g *sim.NeuronGroup, variable string, source sim.Group, name string, index any) error {
	return errNotBuilt
}

// net.PopulationRateMonitor(of, options...)
func rateMonitor(net *sim.Network, of sim.Group, options []sim.Option) (sim.Object, error) {
	return nil, errNotBuilt
}

// net.Store(name)
func store(net *sim.Network, name string) error { return errNotBuilt }

// net.Restore(name)
func restore(net *sim.Network, name string) error { return errNotBuilt }
