package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// A Network is a set of objects that run together, and no others, with a time of its own.
type Network struct {
	s       *Session
	network *sim.Network
	objects []sim.Object
}

// NewNetwork is a network of objects, which may stand in slices, maps and structs too.
func (s *Session) NewNetwork(objects ...any) (*Network, error) {
	n := &Network{s: s, network: s.ws.NewNetwork()}
	return n, n.Add(objects...)
}

// Add puts objects into the network; one that is there already changes nothing.
func (n *Network) Add(objects ...any) error {
	objects, err := taken(objects)
	if err != nil {
		return err
	}
	for _, value := range objects {
		found := objectsIn([]Variable{{Value: value}})
		if len(found) == 0 {
			return fmt.Errorf("Network: found %s, expected a group, synapses, a monitor or an operation", describe(value))
		}
		for _, o := range found {
			if o = wholeOf(o); !slices.Contains(n.objects, o) {
				n.objects = append(n.objects, o)
			}
		}
	}
	return nil
}

// Remove takes objects out of the network.
func (n *Network) Remove(objects ...any) {
	for _, value := range objects {
		for _, o := range objectsIn([]Variable{{Value: value}}) {
			n.objects = slices.DeleteFunc(n.objects, func(other sim.Object) bool { return other == wholeOf(o) })
		}
	}
}

// Run simulates the network for a duration. The option is Report.
func (n *Network) Run(duration units.Quantity, options ...sim.Option) error {
	n.network.SetObjects(n.objects...)
	n.s.mu.Lock()
	for _, o := range n.objects {
		n.s.clocks.set(o, n.network)
	}
	n.s.mu.Unlock()
	defer n.network.SetObjects()
	err := n.s.runNetwork(n.network, duration, options)
	var missing *sim.MissingError
	if errors.As(err, &missing) {
		return fmt.Errorf("Run: %s needs %s, which is not part of the network: add it too", missing.Object.Name(), missing.Needs.Name())
	}
	return err
}

// Stop ends the run that goes on, after the step at hand.
func (n *Network) Stop() { n.network.Stop() }

// Time is how far the network has run.
func (n *Network) Time() units.Quantity { return n.network.Time() }

// Store keeps the state of the network under a name.
func (n *Network) Store(name ...string) error {
	n.network.SetObjects(n.objects...)
	defer n.network.SetObjects()
	return n.network.Store(nameOr(name))
}

// Restore brings back what Store kept.
func (n *Network) Restore(name ...string) error {
	n.network.SetObjects(n.objects...)
	defer n.network.SetObjects()
	return n.network.Restore(nameOr(name))
}

// String lists the objects.
func (n *Network) String() string {
	if len(n.objects) == 0 {
		return "network without objects"
	}
	var names []string
	for _, o := range n.objects {
		names = append(names, o.Name())
	}
	return fmt.Sprintf("network of %s, at %v", strings.Join(names, ", "), n.Time())
}
