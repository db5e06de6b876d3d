package sim_test

import (
	"errors"

	"github.com/golgi-sim/golgi/sim"
)

// errNotBuilt is the answer for a part of the format that the simulator cannot take yet.
var errNotBuilt = errors.New("not built")

// A linker can take a variable's values from another object: from sourceVariable of source, through index (whole
// numbers, or the name of an integer variable; nil for row by row).
type linker interface {
	Link(variable string, source sim.Group, sourceVariable string, index any) error
}

func linkVariable(g *sim.NeuronGroup, variable string, source sim.Group, name string, index any) error {
	if l, ok := any(g).(linker); ok {
		return l.Link(variable, source, name, index)
	}
	return errNotBuilt
}
