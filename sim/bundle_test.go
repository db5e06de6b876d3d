package sim

import (
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// Two futures of one network may have as many synapses; each keeps its own sources.
func TestRestoreBringsBackTheSourcesOfSynapses(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(6, "v : 1", Threshold("v > 1"), Reset("v = 0")))
	s := must[*Synapses](t)(net.Synapses(g, g, "", OnPre("v_post += 1")))
	net.Add(g, s)
	connect := func(is ...int) {
		t.Helper()
		if err := s.Connect(Pairs(is, 0)); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(want ...int) {
		t.Helper()
		if got := must[units.Array](t)(s.Read("i")).Ints(); !slices.Equal(got, want) {
			t.Errorf("sources %v, expected %v", got, want)
		}
	}
	for _, step := range []func() error{
		func() error { connect(0, 1); return net.Store("start") },
		func() error { connect(2, 3); return net.Store("one") },
		func() error { expect(0, 1, 2, 3); return net.Restore("start") },
		func() error { connect(4, 5); expect(0, 1, 4, 5); return net.Restore("one") },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	expect(0, 1, 2, 3)
}

func TestARunningNetworkIsNotRestored(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(1, "dv/dt = 1/second : 1"))
	var refused error
	o := must[*NetworkOperation](t)(net.NetworkOperation(func(units.Quantity) { refused = net.Restore("a") }))
	net.Add(g, o)
	if err := net.Store("a"); err != nil {
		t.Fatal(err)
	}
	run100(t, net)
	if refused == nil || !strings.Contains(refused.Error(), "running") {
		t.Errorf("Restore during a run: %v", refused)
	}
}
