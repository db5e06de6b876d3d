package session_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/kernel/cell"
)

// A page collects what a cell shows, as text.
type page struct{ stdout, stderr, shown string }

func (p *page) Stream(name string, text []byte) {
	if name == "stderr" {
		p.stderr += string(text)
	} else {
		p.stdout += string(text)
	}
}
func (p *page) Display(b kernel.Bundle, id string) {
	p.shown += fmt.Sprintln(b.Data["text/plain"], len(b.Data) > 1)
}
func (p *page) Update(kernel.Bundle, string)       {}
func (p *page) Clear(bool)                         {}
func (p *page) Input(string, bool) (string, error) { return "", kernel.ErrNoInput }

// typed is a notebook as a person types it: each cell with a part of its result, of its error, of what it shows or
// prints; "" for nothing to see.
var typed = []struct{ cell, want string }{
	{`g_L := 10*nS; C_m := 200*pF; E_leak := -70*mV; V_th := -55*mV; I_ext := 1*nA
	  eqs := "dVm/dt = (g_L*(E_leak - Vm) + I_ext)/C_m : volt"`, ""},
	{`neurons := NeuronGroup(1, eqs, Threshold("Vm > V_th"), Reset("Vm = E_leak"))`, "exact"},
	{`monitor := StateMonitor(neurons, "Vm"); spikes := SpikeMonitor(neurons)`, ""},
	{`Run(100*ms); neurons.Vm`, "[-65.59974818] mV"},
	{`spikes.NumSpikes()`, "31"},
	{`Plot(monitor.t, monitor.Vm)`, `"Vm (mV)" against "time (ms)" true`},
	{`Plot(monitor.t, monitor.Vm[0]); XLim(0*ms, 20*ms)`, `"Vm (mV)" against "time (ms)" true`},
	{`len(monitor.Vm[0][Between(0*ms, 10*ms)])`, "100"},
	{`fig := Figure(Size(4, 3)); Raster(spikes); fig`, `"neuron" against "time (ms)"`},
	{`Voltage(monitor, "Vm", spikes)`, `"Vm (mV)"`},
	{`neurons := NeuronGroup(1, eqs, Threshold("Vm > V_th"), Reset("Vm = E_leak"))`, "exact"},
	{`Run(10*ms)`, "run cell 3 again"},
	{`monitor := StateMonitor(neurons, "Vm"); spikes := SpikeMonitor(neurons)`, ""},
	{`neurons.Vm = E_leak; Run(100*ms); neurons.Vm`, "[-65.12294245] mV"},
	{`func count(I_ext Quantity) int {
		g := NeuronGroup(1, eqs, Threshold("Vm > V_th"), Reset("Vm = E_leak"))
		g.Vm = E_leak
		s := SpikeMonitor(g)
		Run(100*ms)
		return s.NumSpikes()
	}
	[]int{count(0.1*nA), count(0.25*nA), count(0.5*nA), count(1*nA)}`, "[0 5 13 30]"},
	{`spikes.NumSpikes()`, "30"},
	{`StartScope(); inputs := PoissonGroup(10, 100*Hz)
	  tau_syn := 5*ms; w := 1*nA
	  target := NeuronGroup(10, "dI_syn/dt = -I_syn/tau_syn : amp")
	  synapses := Synapses(inputs, target, OnPre("I_syn += w")); synapses.Connect(If("i == j"))
	  currents := StateMonitor(target, "I_syn"); synapses.N`, "10"},
	{`Run(1*second); m := Mean(currents.I_syn)/(100*Hz*w*tau_syn); m > 0.8 && m < 1.2`, "true"},
	{`x := 0; NetworkOperation(func() { x++ }, Dt(1*ms));`, ""},
	{`Run(10*ms); x`, "10"},
	{`Store("a"); Run(10*ms); Restore("a"); currents.t[-1]`, "1.0099 s"},
	{`Connectivity(synapses)`, "2 panels"},
	{`StateMonitor(target, "I_syn", 5)`, "found the int 5 as argument 3"},
	{`XLabel("nothing")`, "no plot"},
	{`NeuronGroup(1, "dv/dt = -v/later : volt"); later := 10*ms`, "later is 0 without a unit"},
	{`Seed(1); a := Rand(3); Seed(1); b := Rand(3); All(a == b)`, "true"},
	{`Table("tau", []float64{1, 2}*ms, "n", []int{3, 4})`, "tau (ms)  n\n       1  3\n       2  4"},
	{`NeuronGroup(1, "v : 1", Treshold("v > 1"))`, "did you mean Threshold?"},
	{`NeuronGroup(1, "dv/dt = -v : volt")`, "has unit volt, expected volt/second"},
	{`NeuronGroup(1, "dv/dt = (1 - v/(10*ms) : 1")`, "not closed"},
	{`NeuronGroup(1, "dv/dt = -v/tau_x : 1")`, "there is no tau_x"},
	{`E_leak + 3*nA`, "cannot add -70 mV and 3 nA"},
	{`neurons.Vm`, "[-65.12294245] mV"},
	{`ms := 2; NeuronGroup(1, "dv/dt = -v/(10*ms) : volt");`, "ms in the equations is the unit"},
}

func TestANotebookAsAPersonTypesIt(t *testing.T) {
	in, err := cell.New(cell.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k, c := range typed {
		p := &page{}
		result, err := in.Eval(context.Background(), kernel.Cell{Source: c.cell, Count: k + 1}, p)
		got := p.stdout + p.stderr + p.shown
		if err != nil {
			got += err.Error()
			if failed, ok := errors.AsType[*kernel.CellError](err); ok {
				got += strings.Join(failed.Traceback, "\n")
			}
		}
		if result.Value != nil {
			got += fmt.Sprint(result.Value.Data["text/plain"])
		}
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("In[%d] %s\n gives %q\n want  %q", k+1, c.cell, got, c.want)
		}
	}
}
