package sim

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/vm"
	"github.com/golgi-sim/golgi/units"
)

// poissonInputs are inputs with a rate of each row, and one group whose rates are a text.
func poissonInputs(t *testing.T) (net *Network, own *PoissonGroup, monitors []*SpikeMonitor) {
	t.Helper()
	net = NewNetwork()
	net.Seed(6)
	rates := make([]float64, 50)
	for k := range rates {
		rates[k] = float64(10 * k)
	}
	own = must[*PoissonGroup](t)(net.PoissonGroup(50, units.NewArray(rates, hertz)))
	text := must[*PoissonGroup](t)(net.PoissonGroup(50, "10*Hz*i + fast", Namespace{"fast": quantity(t, "5*Hz")}))
	for _, g := range []*PoissonGroup{own, text} {
		monitors = append(monitors, must[*SpikeMonitor](t)(net.SpikeMonitor(g, nil)))
	}
	return net, own, monitors
}

func trains(t *testing.T, monitors []*SpikeMonitor) (all []float64) {
	t.Helper()
	for _, m := range monitors {
		all = append(append(all, read(t, m, "t")...), read(t, m, "i")...)
	}
	return all
}

func TestPoissonInputsInPartsEqualOneRun(t *testing.T) {
	whole, _, a := poissonInputs(t)
	run100(t, whole)
	parts, _, b := poissonInputs(t)
	op := must[*NetworkOperation](t)(parts.NetworkOperation(func(now units.Quantity) {
		if now.SI() > 0.0371 {
			parts.Stop()
		}
	}))
	run100(t, parts)
	parts.SetObjects(slices.DeleteFunc(parts.Objects(), func(o Object) bool { return o == Object(op) })...)
	for _, until := range []float64{0.05, 0.1} {
		if err := parts.Run(context.Background(), units.New(until-parts.Time().SI(), second)); err != nil {
			t.Fatal(err)
		}
	}
	if x, y := trains(t, a), trains(t, b); !slices.Equal(x, y) || len(x) < 2000 {
		t.Errorf("the parts differ from the whole (%d and %d numbers)", len(x), len(y))
	}
}

func TestPoissonInputsAreTheSameOnAllBackends(t *testing.T) {
	var first []float64
	for _, backend := range []ir.Backend{nil, vm.New(), evaluator{}} {
		net, _, monitors := poissonInputs(t)
		if backend != nil {
			net.steps, net.once = backend, backend
		}
		run100(t, net)
		if found := trains(t, monitors); first == nil {
			first = found
		} else if !slices.Equal(first, found) {
			t.Errorf("%T differs", backend)
		}
	}
}

func TestTrialsFromOneStoredStateHavePoissonInputsOfTheirOwn(t *testing.T) {
	net, _, monitors := poissonInputs(t)
	run100(t, net)
	if err := net.Store("a"); err != nil {
		t.Fatal(err)
	}
	before := len(read(t, monitors[0], "t"))
	var firsts [2][]float64 // the first spike of each input after the state
	for trial := range firsts {
		if err := net.Restore("a"); err != nil {
			t.Fatal(err)
		}
		run100(t, net)
		firsts[trial] = make([]float64, 50)
		times, rows := read(t, monitors[0], "t")[before:], read(t, monitors[0], "i")[before:]
		for k := range times {
			if row := int(rows[k]); firsts[trial][row] == 0 {
				firsts[trial][row] = times[k]
			}
		}
	}
	same := 0
	for row, at := range firsts[0] {
		if at > 0 && at == firsts[1][row] {
			same++
		}
	}
	if same > 10 { // by chance it is hardly one
		t.Errorf("%d inputs begin both trials with the same spike", same)
	}
}

func TestATrialWithASeedOfItsOwnRepeats(t *testing.T) {
	net, _, monitors := poissonInputs(t)
	run100(t, net)
	if err := net.Store("a"); err != nil {
		t.Fatal(err)
	}
	var found [2][]float64
	for trial := range found {
		if err := net.Restore("a"); err != nil {
			t.Fatal(err)
		}
		net.Seed(77)
		run100(t, net)
		found[trial] = trains(t, monitors)
	}
	if !slices.Equal(found[0], found[1]) || len(found[0]) < 4000 {
		t.Errorf("the trials differ (%d and %d numbers)", len(found[0]), len(found[1]))
	}
}

func TestRatesWrittenDuringARunHoldFromTheNextStep(t *testing.T) {
	net := NewNetwork()
	g := must[*PoissonGroup](t)(net.PoissonGroup(100, quantity(t, "0*Hz")))
	must[*NetworkOperation](t)(net.NetworkOperation(func(now units.Quantity) {
		rate, step := "0*Hz", int(now.SI()/1e-4+0.5)
		switch step {
		case 300:
			rate = "20*kHz" // more than one a step is one a step
		case 310:
		default:
			return
		}
		if err := g.Write("rates", nil, quantity(t, rate)); err != nil {
			t.Error(err)
		}
	}))
	m := must[*SpikeMonitor](t)(net.SpikeMonitor(g, nil))
	run100(t, net)
	if times := read(t, m, "t"); len(times) != 1000 || math.Abs(times[0]-0.03) > 1e-9 || math.Abs(times[999]-0.0309) > 1e-9 {
		t.Errorf("found %d spikes, expected 1000 from 30 to 30.9 ms", len(times))
	}
}

func TestRatesThatFollowTheTimeOrCodeAreLookedAtInEveryStep(t *testing.T) {
	net := NewNetwork()
	text := must[*PoissonGroup](t)(net.PoissonGroup(10, "20*kHz*int(t >= 50*ms)"))
	coded := must[*PoissonGroup](t)(net.PoissonGroup(10, quantity(t, "0*Hz")))
	must[*RegularOperation](t)(coded.RunRegularly("rates = 20*kHz*int(t >= 50*ms)"))
	for _, g := range []*PoissonGroup{text, coded} {
		m := must[*SpikeMonitor](t)(net.SpikeMonitor(g, nil))
		defer func() {
			if times := read(t, m, "t"); len(times) != 5000 || math.Abs(times[0]-0.05) > 1e-9 {
				t.Errorf("%s: found %d spikes, expected 5000 from 50 ms on", g.Name(), len(times))
			}
		}()
	}
	run100(t, net)
}
