package sim

import (
	"context"
	"math"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

func quantity(t *testing.T, text string) units.Quantity {
	t.Helper()
	q, err := units.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// The course's first neuron: its end value, number and steps of spikes, as its table has them.
func TestTheFirstNeuronOfTheCourseShowsItsNumbers(t *testing.T) {
	net := NewNetwork()
	constants := Namespace{"g_L": quantity(t, "10*nS"), "C_m": quantity(t, "200*pF"), "E_leak": quantity(t, "-70*mV"), "I_ext": quantity(t, "1*nA"), "V_th": quantity(t, "-55*mV")}
	neurons, err := net.NeuronGroup(1, "dVm/dt = (g_L*(E_leak - Vm) + I_ext)/C_m : volt", Threshold("Vm > V_th"), Reset("Vm = E_leak"), constants)
	if err != nil {
		t.Fatal(err)
	}
	spikes, err := net.SpikeMonitor(neurons, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := net.Run(context.Background(), quantity(t, "100*ms")); err != nil {
		t.Fatal(err)
	}
	vm, _ := neurons.Read("Vm")
	if got := vm.SI()[0] * 1e3; math.Abs(got+65.59974818) > 1e-8 {
		t.Errorf("Vm = %.10f mV", got)
	}
	times, _ := spikes.Read("t")
	if times.Len() != 31 {
		t.Fatalf("%d spikes", times.Len())
	}
	for k, want := range []float64{0, 3.3e-3, 6.6e-3} {
		if math.Abs(times.SI()[k]-want) > 1e-12 {
			t.Errorf("spike %d at %g s, want %g", k, times.SI()[k], want)
		}
	}
	if neurons.Integrator() != "exact" {
		t.Errorf("integrated with %s", neurons.Integrator())
	}
}
