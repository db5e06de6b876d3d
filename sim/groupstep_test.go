package sim

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// stepped is a group with noise, random thresholds and refractoriness, its update and threshold in one task or, with an
// operation between them, in two.
func stepped(t *testing.T, equations string, apart bool, options ...Option) (*NeuronGroup, *SpikeMonitor) {
	t.Helper()
	net := NewNetwork()
	net.Seed(11)
	options = append(options, Threshold("v + 0.1*rand() > 1"), Reset("v = 0"), Refractory("1.3*ms"))
	g := must[*NeuronGroup](t)(net.NeuronGroup(300, equations, options...))
	if err := g.Write("v", nil, "rand()"); err != nil {
		t.Fatal(err)
	}
	if apart {
		must[*NetworkOperation](t)(net.NetworkOperation(func(units.Quantity) {}, When("before_thresholds")))
	}
	m := must[*SpikeMonitor](t)(net.SpikeMonitor(g, nil))
	run100(t, net)
	return g, m
}

func TestUpdateAndThresholdInOneTaskGiveTheBitsOfTwo(t *testing.T) {
	for name, c := range map[string]struct {
		equations string
		options   []Option
	}{
		"noise":    {"dv/dt = (1.1 - v)/(5*ms) + 0.4*xi*ms**-0.5 : 1 (unless refractory)", []Option{Method("euler")}},
		"exact":    {"dv/dt = (1.5 - v + u)/(5*ms) : 1 (unless refractory)\ndu/dt = -u/(3*ms) : 1", nil},
		"own rate": {"dv/dt = (1.5 - v)*a : 1 (unless refractory)\na = 0.2/ms : Hz (constant over dt)", []Option{Method("exponential_euler")}},
	} {
		one, spikesOfOne := stepped(t, c.equations, false, c.options...)
		two, spikesOfTwo := stepped(t, c.equations, true, c.options...)
		for _, variable := range []string{"v", "lastspike", "not_refractory"} {
			if !slices.Equal(read(t, one, variable), read(t, two, variable)) {
				t.Errorf("%s: %s differs", name, variable)
			}
		}
		if !slices.Equal(read(t, spikesOfOne, "t"), read(t, spikesOfTwo, "t")) || spikesOfOne.NumSpikes() < 1000 {
			t.Errorf("%s: %d and %d spikes at the same times, expected many", name, spikesOfOne.NumSpikes(), spikesOfTwo.NumSpikes())
		}
	}
}

func TestCodeBetweenUpdateAndThresholdSeesTheNewValues(t *testing.T) {
	net := NewNetwork()
	a := must[*NeuronGroup](t)(net.NeuronGroup(2, "dv/dt = 1/ms : 1", Threshold("v > 100"), Reset("v = 0"), Method("euler")))
	b := must[*NeuronGroup](t)(net.NeuronGroup(2, "v : 1 (linked)\nseen : 1"))
	if err := b.Write("v", nil, LinkedVar(a, "v")); err != nil {
		t.Fatal(err)
	}
	must[*RegularOperation](t)(b.RunRegularly("seen = v", When("groups"), Order(5)))
	run100(t, net)
	// 1000 steps of 0.1: v is 100 after the last update, and every earlier value is less by 0.1 or more
	if seen := read(t, b, "seen")[0]; math.Abs(seen-100) > 1e-9 {
		t.Errorf("found %v, expected 100", seen)
	}
}

func TestRefractorinessFollowsAnOperationThatWritesLastspike(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(2, "v : 1", Threshold("v > 1"), Reset("v = 0"), Refractory("2*ms")))
	must[*NetworkOperation](t)(net.NetworkOperation(func(now units.Quantity) {
		if math.Abs(now.SI()-0.05) < 1e-9 {
			if err := g.Write("lastspike", 1, now); err != nil {
				t.Error(err)
			}
		}
	}))
	m := must[*StateMonitor](t)(net.StateMonitor(g, []string{"not_refractory"}, When("end")))
	run100(t, net)
	for row, held := range []int{0, 20} { // the row written is held from 50 to 51.9 ms
		values := must[units.Array](t)(m.ReadRow("not_refractory", row)).SI()
		for step, free := range values {
			if want := !(step >= 500 && step < 500+held); (free != 0) != want {
				t.Fatalf("row %d, step %d: not_refractory is %v, expected %v", row, step, free, want)
			}
		}
	}
}

func TestNumbersDrawnForSeveralStepsAtOnceAreThoseOfASingleStep(t *testing.T) {
	same := func(x float64) float64 { return x } // a program with a host function draws for itself
	for _, equations := range []string{
		"dv/dt = (1.1 - same(v))/(5*ms) + 0.4*xi_1*ms**-0.5 + 0.1*xi_2*ms**-0.5 : 1 (unless refractory)",
		"dv/dt = (1.1 - same(v))*(0.5 + rand() + 0.1*randn())/(5*ms) : 1",
	} {
		alone, spikesAlone := stepped(t, equations, false, Method("euler"), Namespace{"same": same})
		filled, spikesFilled := stepped(t, strings.ReplaceAll(equations, "same(v)", "v"), false, Method("euler"))
		if !slices.Equal(read(t, alone, "v"), read(t, filled, "v")) || !slices.Equal(read(t, spikesAlone, "t"), read(t, spikesFilled, "t")) {
			t.Errorf("%s: the numbers differ", equations)
		}
		if spikesAlone.NumSpikes() < 500 {
			t.Errorf("%s: %d spikes show little", equations, spikesAlone.NumSpikes())
		}
	}
}
