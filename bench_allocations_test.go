package main

import (
	"cmp"
	"math"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// smallSizes are numbers of neurons for which a few thousand steps take no time, where they are not 400.
var smallSizes = map[string]int{"cobahh": 100, "brunel": 300, "stdp": 200, "synapses": 300, "hh": 50, "poisson": 1000}

// A step of a bench case allocates nothing but room for its events. After so many steps, as many again, with monitors of
// all kinds, let each list that grows with the events, those of spike monitors and of events on their way, move a few times,
// as lists do that double; what allocates in a step, or for an event, would do so thousands of times.
func TestAStepOfABenchCaseAllocatesNothingButRoomForEvents(t *testing.T) {
	const (
		steps = 3000
		moves = 4 // to grow to the double by a quarter at a time
	)
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the collector allocates for itself
	for _, b := range benchCases {
		t.Run(b.name, func(t *testing.T) {
			m, err := newModel(cmp.Or(smallSizes[b.name], 400), execution{threads: 1, seed: usualSeed})
			if err != nil {
				t.Fatal(err)
			}
			counted := b.build(m)
			if m.err != nil {
				t.Fatal(m.err)
			}
			lists := recordAll(t, m.net) + 2 // those of the monitor that is there
			runtime.GC()
			var before, after runtime.MemStats
			step, spikes := 0, 0
			if _, err := m.net.NetworkOperation(func(units.Quantity) {
				switch step++; step {
				case steps:
					spikes = counted.NumSpikes()
					runtime.ReadMemStats(&before)
				case 2 * steps:
					runtime.ReadMemStats(&after)
				}
			}, sim.Order(math.MinInt32)); err != nil {
				t.Fatal(err)
			}
			if _, _, err := m.run(2 * steps * m.net.Step().SI()); err != nil {
				t.Fatal(err)
			}
			allocations, events := int(after.Mallocs-before.Mallocs), counted.NumSpikes()-spikes
			t.Logf("%d allocations in %d steps with %d spikes; %d lists grow", allocations, steps, events, lists)
			if allocations > moves*lists {
				t.Errorf("%d allocations, want at most %d", allocations, moves*lists)
			}
			if !strings.HasPrefix(b.name, "synapses") && events < 100 {
				t.Errorf("%d spikes show nothing", events)
			}
		})
	}
}

// recordAll puts a monitor of each kind on every group, and gives the number of lists that grow with the events.
func recordAll(t *testing.T, net *sim.Network) (lists int) {
	t.Helper()
	for _, o := range net.Objects() {
		g, ok := o.(sim.Group)
		if !ok {
			continue
		}
		if _, err := net.StateMonitor(g, nil, sim.Record(0, g.Len()-1)); err != nil {
			t.Fatal(err)
		}
		if _, isSynapses := o.(*sim.Synapses); isSynapses {
			lists += longestDelay + 1
			continue
		}
		variables := o.(sim.Variables).VariableNames()
		if _, err := net.SpikeMonitor(g, variables); err != nil {
			t.Fatal(err)
		}
		if _, err := net.PopulationRateMonitor(g); err != nil {
			t.Fatal(err)
		}
		lists += 2 + len(variables)
	}
	return lists
}

// longestDelay is the longest of the bench cases [steps].
const longestDelay = 20
