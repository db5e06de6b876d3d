package sim_test

import (
	"fmt"
	"maps"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// An allocationCount counts what a network allocates in the second half of a run's steps. It looks from an operation at
// the start of a step, so that planning a run does not count, and makes room first for what grows with the number of
// events.
type allocationCount struct {
	net          *sim.Network
	step, steps  int
	before, last runtime.MemStats
}

// count is the operation.
func (a *allocationCount) count(units.Quantity) {
	switch a.step++; a.step {
	case 1:
		a.net.MakeRoom(10000)
	case a.steps/2 + 1:
		runtime.ReadMemStats(&a.before)
	case a.steps:
		runtime.ReadMemStats(&a.last)
	}
}

// expect begins the count for a run.
func (a *allocationCount) expect(duration, dt float64) {
	a.step, a.steps = 0, int(math.Round(duration/dt))
	a.before, a.last = runtime.MemStats{}, runtime.MemStats{}
}

// found is the number of allocations since the middle of the run.
func (a *allocationCount) found() int { return int(a.last.Mallocs - a.before.Mallocs) }

// A step allocates nothing, in any reference case, with monitors of all kinds on all that can be recorded: between the
// starts of two steps of a run there is not one allocation, once there is room for the events that are recorded and on
// their way.
func TestAStepAllocatesNothing(t *testing.T) {
	eachCaseAllocates(t, 1, func(int) int { return 0 })
}

// On several threads some lists grow to the greatest number of events of a step, and who waits may be given memory by the
// runtime; what allocated in every step would be seen.
func TestAStepOnSeveralThreadsAllocatesAlmostNothing(t *testing.T) {
	eachCaseAllocates(t, 2, func(steps int) int { return max(20, steps/20) })
}

// eachCaseAllocates runs all cases on some threads and compares the allocations in a number of steps with what is allowed.
func eachCaseAllocates(t *testing.T, threads int, allowed func(steps int) int) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the collector allocates for itself
	for _, c := range sameBitsCases(t) {
		if len(missing(c)) > 0 {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			runtime.GC()
			m, err := makeModel(shortened(smaller(c, evalNeurons), evalWork, 2*fewSteps), 1, func(net *sim.Network) { onThreads(net, threads) })
			if err == nil {
				err = m.recordAll()
			}
			if err != nil {
				t.Fatal(err)
			}
			a := &allocationCount{net: m.net}
			if _, err := m.net.NetworkOperation(a.count, sim.Order(-1000)); err != nil {
				t.Fatal(err)
			}
			for k, step := range m.text.Script {
				if step.Run != nil {
					duration, _ := units.Parse(*step.Run)
					a.expect(duration.SI(), m.net.Step().SI())
				}
				if err := m.take(step); err != nil {
					t.Fatal(err)
				}
				if n, steps := a.found(), a.steps-a.steps/2; step.Run != nil && a.steps >= 4 && n > allowed(steps) {
					t.Errorf("step %d of the script: %d allocations in %d steps, expected at most %d", k, n, steps, allowed(steps))
				}
			}
		})
	}
}

// recordAll puts a monitor of each kind on every group.
func (m *referenceModel) recordAll() error {
	for _, name := range slices.Sorted(maps.Keys(m.objects)) {
		g, ok := m.objects[name].(sim.Group)
		if !ok {
			continue
		}
		rows := []int{}
		if n := g.Len(); n > 0 {
			rows = append(rows, 0, n-1)
		}
		if _, err := m.net.StateMonitor(g, nil, sim.Record(rows...), sim.Name("all of "+name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		events := []string{"spike"}
		for _, text := range m.text.Groups {
			if text.Name == name {
				events = append(events, slices.Sorted(maps.Keys(text.Events))...)
			}
		}
		for _, event := range events {
			m.net.EventMonitor(g, event, m.recordable(g)) // not all groups have spikes
		}
		m.net.PopulationRateMonitor(g)
	}
	return nil
}

// recordable are the variables of a group that a spike monitor can record.
func (m *referenceModel) recordable(g sim.Group) []string {
	if v, ok := g.(sim.Variables); ok {
		return slices.DeleteFunc(v.VariableNames(), func(name string) bool { return name == "N" })
	}
	return nil
}

// The count sees a single allocation of a single step.
func TestTheCountOfAllocationsCanFail(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	net := sim.NewNetwork()
	a := &allocationCount{net: net}
	var kept []byte
	for _, f := range []func(units.Quantity){a.count, func(now units.Quantity) {
		if math.Abs(now.SI()-8e-3) < 1e-6 {
			kept = make([]byte, 100)
		}
	}} {
		if _, err := net.NetworkOperation(f); err != nil {
			t.Fatal(err)
		}
	}
	a.expect(10e-3, 1e-4)
	if err := net.Run(t.Context(), units.New(10e-3, dimension("second"))); err != nil {
		t.Fatal(err)
	}
	if n := a.found(); n != 1 || len(kept) == 0 {
		t.Errorf("found %d allocations, want 1", n)
	}
}
