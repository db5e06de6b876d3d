package sim_test

import "github.com/golgi-sim/golgi/sim"

// linkVariable makes a variable of g show sourceVariable of source, through index (whole numbers, or the name of an
// integer variable; nil for row by row).
func linkVariable(g *sim.NeuronGroup, variable string, source sim.Group, name string, index any) error {
	if index == nil {
		return g.Link(variable, sim.LinkedVar(source, name))
	}
	return g.Link(variable, sim.LinkedVar(source, name, index))
}
