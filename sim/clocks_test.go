package sim

import (
	"math"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// The code of synapses sees their own time, also when their step is not that of the groups and they do nothing by
// themselves: a trace that decays between two events shows it.
func TestTheTimeOfSynapsesGoesOnWithoutTasksOfTheirOwn(t *testing.T) {
	for _, step := range []string{"0.2*ms", "0.05*ms"} {
		net := NewNetwork()
		in := must[*SpikeGeneratorGroup](t)(net.SpikeGeneratorGroup(1, []int{0, 0}, units.NewArray([]float64{2e-3, 12e-3}, second), Dt(quantity(t, step))))
		g := must[*NeuronGroup](t)(net.NeuronGroup(1, "v : 1", Dt(quantity(t, step))))
		s := must[*Synapses](t)(net.Synapses(in, g, "dx/dt = -x/(10*ms) : 1 (event-driven)", OnPre("x += 1\nv_post = x")))
		if err := s.Connect(); err != nil {
			t.Fatal(err)
		}
		run100(t, net)
		if got, want := read(t, g, "v")[0], 1+math.Exp(-1); math.Abs(got-want) > 1e-12 {
			t.Errorf("step %s: the trace is %v at the second event, want %v", step, got, want)
		}
		if got := read(t, s, "t")[0]; math.Abs(got-0.1) > 1e-12 {
			t.Errorf("step %s: the synapses are at %v s after 0.1 s", step, got)
		}
	}
}

// A run that was stopped before its first step, or refused, leaves no trace: the next one draws what it would have drawn,
// and so does what is assigned at random afterwards.
func TestARunThatNeverBeganLeavesTheRandomNumbersAlone(t *testing.T) {
	result := func(disturb func(*Network)) []float64 {
		net, neurons, _ := noisy(t, 3)
		disturb(net)
		run100(t, net)
		values := read(t, neurons, "v")
		if err := neurons.Write("u", nil, "rand()"); err != nil {
			t.Fatal(err)
		}
		return append(values, read(t, neurons, "u")...)
	}
	want := result(func(*Network) {})
	for name, disturb := range map[string]func(*Network){
		"a run of no time": func(net *Network) {
			if err := net.Run(t.Context(), quantity(t, "0*ms")); err != nil {
				t.Fatal(err)
			}
		},
		"a refused run": func(net *Network) {
			refused(t, "the run", net.Run(t.Context(), quantity(t, "1e300*second")), "expected")
		},
	} {
		if !equalBits(result(disturb), want) {
			t.Errorf("%s changes the random numbers", name)
		}
	}
}

func equalBits(a, b []float64) bool {
	for k := range a {
		if math.Float64bits(a[k]) != math.Float64bits(b[k]) {
			return false
		}
	}
	return len(a) == len(b)
}
