package cell

import (
	"strings"
	"testing"
)

// The numbers are those of the course (Brian 2): see the table in the design of the tutorial.
func TestTheCourseInCells(t *testing.T) {
	n := open(t)
	must := func(text, want string) {
		t.Helper()
		if got := n.run(text); !strings.Contains(got, want) || strings.Contains(got, "Error") {
			t.Errorf("cell %q\n gives %q\n  want %q", text, got, want)
		}
	}
	must(`C_m := 200*pF; g_L := 10*nS; E_leak := -70*mV; I_ext := 1*nA; V_th := -55*mV
eqs := "dVm/dt = (g_L*(E_leak - Vm) + I_ext)/C_m : volt"
neurons := NeuronGroup(1, eqs, Threshold("Vm > V_th"), Reset("Vm = E_leak"))
spikes := SpikeMonitor(neurons)
Run(100*ms)`, "exact")
	must("neurons.Vm", "[-65.59974818] mV")
	must("len(spikes.t)", "31")
	must("spikes.count[0] > 5", "true")
	must(`StartScope()
neurons := NeuronGroup(1, eqs, Threshold("Vm > V_th"), Reset("Vm = E_leak"))
neurons.Vm = E_leak
spikes := SpikeMonitor(neurons)
monitor := StateMonitor(neurons, "Vm")
Run(100*ms)
neurons.Vm`, "[-65.12294245] mV")
	must("spikes.t[0]", "3.2 ms")
	must("monitor.Vm[0][0:2]", "mV")
	must("Plot(monitor.t, monitor.Vm[0], Label(\"v\"))", "")
	if len(n.out.shown) != 1 || n.out.shown[0].Data["image/png"] == nil {
		t.Errorf("the plot is shown as %d outputs", len(n.out.shown))
	}
	must(`StartScope()
lif := "dVm/dt = (g_L*(E_leak - Vm) + I_ext)/C_m : volt\nI_ext : amp"
neurons := NeuronGroup(100, lif, Threshold("Vm > V_th"), Reset("Vm = E_leak"))
neurons.Vm = E_leak
neurons.I_ext = Linspace(0, 0.5, 100)*nA
spikes := SpikeMonitor(neurons)
Run(100*ms)
Sum(spikes.count)`, "525")
	must("spikes.count[50]", "5")
	must("Nonzero(spikes.count > 0)[0]", "30")
	must(`func count(C_m Quantity) Quantity {
	neurons := NeuronGroup(100, lif, Threshold("Vm > V_th"), Reset("Vm = E_leak"))
	neurons.Vm = E_leak
	neurons.I_ext = Linspace(0, 0.5, 100)*nA
	spikes := SpikeMonitor(neurons)
	Run(1*second)
	return Sum(spikes.count)
}
for _, c := range []Quantity{100*pF, 200*pF, 400*pF} { fmt.Print("<", count(c), ">") }`, "<11077>")
	for _, want := range []string{"<5547>", "<2765>"} {
		if got := n.out.stdout(); !strings.Contains(got, want) {
			t.Errorf("no %s in %q", want, got)
		}
	}
	must("neurons[0:10].I_ext[\"i < 2\"]", "pA")
	must("groups := make([]*NeuronGroup, 2); for i := range groups { groups[i] = NeuronGroup(i+1, \"dx/dt = -x/(1*ms) : 1\") }; len(groups[1])", "2")
	must("type Cell struct { gain, Vr Quantity }; c := Cell{2*nS, -60*mV}; pop := NeuronGroup(2, \"dx/dt = -x/(1*ms) : 1\\ngain : siemens\\nVr : volt\"); pop.Set(1, c); pop.Set(0, &c); pop.gain", "[2 2] nS")
	must("pop.Vr[1]", "-60 mV")
	must("Show(3*mV);", "")
	if len(n.out.shown) != 1 || n.out.shown[0].Data["text/plain"] != "3 mV" || n.out.shown[0].Data["text/latex"] == nil {
		t.Errorf("Show gives %v", n.out.shown)
	}
	if got := n.run("neurons.Vmm"); !strings.Contains(got, "did you mean") && !strings.Contains(got, "no variable Vmm") {
		t.Errorf("got %q", got)
	}
	if got := n.run("NeuronGroup(3, \"dv/dt = v : volt\")"); !strings.Contains(got, "Error") {
		t.Errorf("got %q", got)
	}
}
