package sim

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// noisy is a network with everything that draws random numbers, seeded.
func noisy(t *testing.T, seed int) (*Network, *NeuronGroup, *SpikeMonitor) {
	t.Helper()
	net := NewNetwork()
	net.Seed(seed)
	inputs := must[*PoissonGroup](t)(net.PoissonGroup(20, quantity(t, "200*Hz")))
	neurons := must[*NeuronGroup](t)(net.NeuronGroup(10, "dv/dt = -v/(10*ms) + 0.2*xi*ms**-0.5 : 1 (unless refractory)\nu : 1", Threshold("v > 1"), Reset("v = 0"), Refractory("2*ms"), Method("euler")))
	if err := neurons.Write("v", nil, "rand()"); err != nil {
		t.Fatal(err)
	}
	synapses := must[*Synapses](t)(net.Synapses(inputs, neurons, "w : 1", OnPre("v_post += w*rand()"), Delay(quantity(t, "0.5*ms"))))
	if err := synapses.Connect(Prob(0.3)); err != nil {
		t.Fatal(err)
	}
	if err := synapses.Write("w", nil, "0.1 + 0.1*rand()"); err != nil {
		t.Fatal(err)
	}
	must[*PoissonInput](t)(net.PoissonInput(neurons, "u", 100, quantity(t, "5*Hz"), 0.1))
	return net, neurons, must[*SpikeMonitor](t)(net.SpikeMonitor(neurons, nil))
}

func must[T any](t *testing.T) func(T, error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func read(t *testing.T, v Variables, name string) []float64 {
	t.Helper()
	a, err := v.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	return a.SI()
}

func run100(t *testing.T, net *Network) {
	t.Helper()
	if err := net.Run(context.Background(), quantity(t, "100*ms")); err != nil {
		t.Fatal(err)
	}
}

func TestTheSameSeedGivesTheSameBits(t *testing.T) {
	a, na, sa := noisy(t, 7)
	b, nb, sb := noisy(t, 7)
	c, nc, _ := noisy(t, 8)
	for _, net := range []*Network{a, b, c} {
		run100(t, net)
	}
	if !slices.Equal(read(t, na, "v"), read(t, nb, "v")) || !slices.Equal(read(t, na, "u"), read(t, nb, "u")) || !slices.Equal(read(t, sa, "t"), read(t, sb, "t")) {
		t.Error("the same seed gave different values")
	}
	if slices.Equal(read(t, na, "v"), read(t, nc, "v")) {
		t.Error("another seed gave the same values")
	}
	if sa.NumSpikes() == 0 {
		t.Error("no spikes: the test shows nothing")
	}
}

func TestARunStoppedInItsMiddleAndContinuedEqualsOneRun(t *testing.T) {
	whole, nw, sw := noisy(t, 3)
	run100(t, whole)
	parts, np, sp := noisy(t, 3)
	op := must[*NetworkOperation](t)(parts.NetworkOperation(func(now units.Quantity) {
		if now.SI() > 0.0371 {
			parts.Stop()
		}
	}))
	run100(t, parts)
	if at := parts.Time().SI(); !(at > 0.037 && at < 0.0375) {
		t.Fatalf("stopped at %v", parts.Time())
	}
	parts.SetObjects(slices.DeleteFunc(parts.Objects(), func(o Object) bool { return o == Object(op) })...)
	if err := parts.Run(context.Background(), units.New(0.1-parts.Time().SI(), second)); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(read(t, nw, "v"), read(t, np, "v")) || !slices.Equal(read(t, sw, "t"), read(t, sp, "t")) {
		t.Error("the parts differ from the whole")
	}
}

func TestACancelledContextEndsARunWithItsError(t *testing.T) {
	net, _, _ := noisy(t, 3)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := net.Run(ctx, quantity(t, "100*ms")); err != context.Canceled {
		t.Errorf("the run ended with %v", err)
	}
}

func TestRestoreBringsBackEverythingButTheRandomNumbers(t *testing.T) {
	net, neurons, spikes := noisy(t, 5)
	run100(t, net)
	if err := net.Store("a"); err != nil {
		t.Fatal(err)
	}
	v, n := read(t, neurons, "v"), spikes.NumSpikes()
	run100(t, net)
	first := read(t, neurons, "v")
	if err := net.Restore("a"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(v, read(t, neurons, "v")) || spikes.NumSpikes() != n || math.Abs(net.Time().SI()-0.1) > 1e-12 {
		t.Error("the state was not brought back")
	}
	run100(t, net)
	if slices.Equal(first, read(t, neurons, "v")) {
		t.Error("two trials from one state are the same")
	}
	must[*SpikeMonitor](t)(net.SpikeMonitor(neurons, nil))
	if err := net.Restore("a"); err == nil || !strings.Contains(err.Error(), "after Store") {
		t.Errorf("Restore with a new object: %v", err)
	}
}

func TestEveryIntegratorConvergesWithItsOrder(t *testing.T) {
	// The Hopf oscillator turns on the unit circle with frequency 1/s: after t the angle is t.
	for _, c := range []struct {
		method string
		order  float64
	}{{"euler", 1}, {"rk2", 2}, {"rk4", 4}, {"heun", 1}, {"milstein", 1}} {
		failure := func(dt float64) float64 {
			net := NewNetwork()
			g := must[*NeuronGroup](t)(net.NeuronGroup(1, "dx/dt = (x*(1 - x**2 - y**2) - y)/second : 1\ndy/dt = (y*(1 - x**2 - y**2) + x)/second : 1", Method(c.method), Dt(units.New(dt, second))))
			if err := g.Write("x", nil, 1); err != nil {
				t.Fatal(err)
			}
			if err := net.Run(context.Background(), units.New(2, second)); err != nil {
				t.Fatal(err)
			}
			return math.Hypot(read(t, g, "x")[0]-math.Cos(2), read(t, g, "y")[0]-math.Sin(2))
		}
		if order := math.Log2(failure(0.04) / failure(0.02)); math.Abs(order-c.order) > 0.2 {
			t.Errorf("%s converges with order %.2f, want %g", c.method, order, c.order)
		}
	}
}

func TestExponentialEulerIsExactForOneLinearEquation(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(2, "dv/dt = (i - a*v)/(5*ms) : 1\na : 1", Method("exponential_euler")))
	if err := g.Write("a", nil, "i"); err != nil {
		t.Fatal(err)
	}
	run100(t, net)
	v := read(t, g, "v")
	if v[0] != 0 || math.Abs(v[1]-(1-math.Exp(-20))) > 1e-12 {
		t.Errorf("v = %v", v)
	}
}

func TestExactSolvesWhatHasNoSymbolicSolution(t *testing.T) {
	net := NewNetwork()
	// A constant right-hand side, an undamped oscillator and equal time constants in one group.
	g := must[*NeuronGroup](t)(net.NeuronGroup(1, `
		dc/dt = 3*Hz : 1
		dx/dt = y*100*Hz : 1
		dy/dt = -x*100*Hz : 1
		du/dt = (w - u)/(10*ms) : 1
		dw/dt = -w/(10*ms) : 1`, Method("exact")))
	for name, value := range map[string]any{"x": 1, "w": 1} {
		if err := g.Write(name, nil, value); err != nil {
			t.Fatal(err)
		}
	}
	run100(t, net)
	for name, want := range map[string]float64{"c": 0.3, "x": math.Cos(10), "y": -math.Sin(10), "u": 10 * math.Exp(-10), "w": math.Exp(-10)} {
		if got := read(t, g, name)[0]; math.Abs(got-want) > 1e-12 {
			t.Errorf("%s = %.15g, want %.15g", name, got, want)
		}
	}
}

func TestAStepAllocatesNothing(t *testing.T) {
	net, neurons, _ := noisy(t, 1)
	must[*StateMonitor](t)(net.StateMonitor(neurons, nil))
	must[*PopulationRateMonitor](t)(net.PopulationRateMonitor(neurons))
	run100(t, net)
	objects := func(steps string) float64 {
		return testing.AllocsPerRun(5, func() {
			if err := net.Run(context.Background(), quantity(t, steps)); err != nil {
				t.Fatal(err)
			}
		})
	}
	// What a run allocates is its plan; a hundred times the steps add the growth of the spike record alone.
	if few, many := objects("1*ms"), objects("100*ms"); many > few+10 {
		t.Errorf("%v allocations for 10 steps, %v for 1000", few, many)
	}
}

func TestConstantsAreReadAgainAtEveryRun(t *testing.T) {
	net := NewNetwork()
	constants := Namespace{"rate": quantity(t, "10*Hz")}
	g := must[*NeuronGroup](t)(net.NeuronGroup(1, "dx/dt = rate : 1", constants))
	run100(t, net)
	g.outside.namespace["rate"] = quantity(t, "20*Hz")
	run100(t, net)
	if x := read(t, g, "x")[0]; math.Abs(x-3) > 1e-12 {
		t.Errorf("x = %v, want 3", x)
	}
}

func TestWrongUseIsOneClearError(t *testing.T) {
	w := NewWorkspace()
	group := must[*NeuronGroup](t)(w.NeuronGroup(3, "dv/dt = -v/(10*ms) : volt\nw : 1 (shared)\ns = v/2 : volt"))
	source := must[*NeuronGroup](t)(w.NeuronGroup(3, "v : 1", Threshold("v > 1"), Reset("v = 0")))
	synapses := must[*Synapses](t)(w.Synapses(source, group, "g : volt", OnPre("v += g")))
	net := w.NewNetwork(source)
	for _, c := range []struct {
		what string
		err  error
		says []string
	}{
		{"a misspelt variable", group.Write("vv", nil, 1), []string{"no variable vv"}},
		{"a wrong unit", group.Write("v", nil, 5.0), []string{"v has the unit volt"}},
		{"too many values", group.Write("v", nil, units.NewArray([]float64{1, 2}, quantity(t, "1*mV").Dim())), []string{"2 values", "1 or 3"}},
		{"a subexpression", group.Write("s", nil, 3), []string{"subexpression"}},
		{"a row value for a shared variable", group.Write("w", nil, "i*1.0"), []string{"shared"}},
		{"values before Connect", synapses.Write("g", nil, quantity(t, "1*mV")), []string{"Connect"}},
		{"a probability", synapses.Connect(Prob(1.5)), []string{"1.5", "0 to 1"}},
		{"a missing target", synapses.Connect(Pairs([]int{0}, []int{9})), []string{"target 9", "0 to 2"}},
		{"a negative duration", net.Run(context.Background(), quantity(t, "-1*ms")), []string{"-1 ms"}},
		{"a duration without unit", net.Run(context.Background(), units.Scalar(10)), []string{"100*ms"}},
		{"an option of something else", errorOf(w.NeuronGroup(1, "v : 1", Record(1))), []string{"does not take Record"}},
		{"no threshold", errorOf(w.SpikeMonitor(group, nil)), []string{"never spikes"}},
		{"an unknown constant", errorOf(w.NeuronGroup(1, "dv/dt = -v/tauu : 1", Namespace{"tau": quantity(t, "1*ms")})), []string{"tauu", "tau", "^"}},
		{"an array as a constant", errorOf(w.NeuronGroup(1, "dv/dt = -v/tau : 1", Namespace{"tau": units.NewArray([]float64{1, 2}, second)})), []string{"2 values", "parameter"}},
	} {
		if c.err == nil {
			t.Errorf("%s was accepted", c.what)
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(c.err.Error(), part) {
				t.Errorf("%s: the message lacks %q: %v", c.what, part, c.err)
			}
		}
	}
}

func errorOf[T any](_ T, err error) error { return err }

func TestGoFunctionsWorkInEquations(t *testing.T) {
	net := NewNetwork()
	gain := func(x float64) float64 { return 2 * x }
	sum := func(a, b, c float64) float64 { return a + b + c }
	// With rk4 the function sees every stage: the solution is that of the equation with the function written out.
	with := must[*NeuronGroup](t)(net.NeuronGroup(3, "dv/dt = (1 + i - gain(gain(v)))/(10*ms) : 1", Method("rk4"), Namespace{"gain": gain}, Threshold("sum(v, v, 0) > 0.9"), Reset("v = gain(-0.1)"), Namespace{"sum": sum}))
	without := must[*NeuronGroup](t)(net.NeuronGroup(3, "dv/dt = (1 + i - 4*v)/(10*ms) : 1", Method("rk4"), Threshold("2*v > 0.9"), Reset("v = -0.2")))
	run100(t, net)
	if a, b := read(t, with, "v"), read(t, without, "v"); !slices.Equal(a, b) {
		t.Errorf("with functions %v, written out %v", a, b)
	}
	if err := errorOf(net.NeuronGroup(1, "dv/dt = gain(v)/ms : volt", Namespace{"gain": gain})); err == nil || !strings.Contains(err.Error(), "^") {
		t.Errorf("a volt as a plain number: %v", err)
	}
}

func TestACellWithSeedGivesTheSameWhenItRunsAgain(t *testing.T) {
	w := NewWorkspace()
	counts := func() []float64 {
		w.Seed(1)
		net := w.NewNetwork()
		other := must[*PoissonGroup](t)(net.PoissonGroup(5, quantity(t, "100*Hz")))
		inputs := must[*PoissonGroup](t)(net.PoissonGroup(5, quantity(t, "100*Hz")))
		a, b := must[*SpikeMonitor](t)(net.SpikeMonitor(other, nil)), must[*SpikeMonitor](t)(net.SpikeMonitor(inputs, nil))
		run100(t, net)
		if slices.Equal(read(t, a, "t"), read(t, b, "t")) {
			t.Error("two groups draw the same numbers")
		}
		return read(t, b, "t")
	}
	if first, second := counts(), counts(); !slices.Equal(first, second) {
		t.Errorf("first %v, then %v", first, second)
	}
}

func TestARowOfAMonitorIsThatOfItsMatrix(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(4, "dv/dt = -(v - i)/(10*ms) : 1"))
	m := must[*StateMonitor](t)(net.StateMonitor(g, nil, Record(1, 3)))
	run100(t, net)
	whole := must[units.Array](t)(m.Read("v"))
	for k, row := range map[int]int{0: 0, 1: 1, -1: 1} {
		if got := must[units.Array](t)(m.ReadRow("v", k)); !slices.Equal(got.SI(), whole.Row(row).SI()) {
			t.Errorf("row %d differs", k)
		}
	}
	if one := must[units.Array](t)(g.ReadAt("v", 2)); one.NDim() != 0 {
		t.Errorf("one value has %d dimensions", one.NDim())
	}
}

func TestDrawsInEquationsHaveTheirMeansAndVariances(t *testing.T) {
	net := NewNetwork()
	net.Seed(2)
	g := must[*NeuronGroup](t)(net.NeuronGroup(4000, "a : integer\nb : integer\nc : integer\nd : integer"))
	must[*RegularOperation](t)(g.RunRegularly("a = poisson(2.5); b = binomial(20, 0.3); c = poisson(900); d = poisson(5000)"))
	if err := net.Run(context.Background(), quantity(t, "0.1*ms")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]float64{"a": {2.5, 2.5}, "b": {6, 4.2}, "c": {900, 900}, "d": {5000, 5000}} {
		mean, square := 0.0, 0.0
		values := read(t, g, name)
		for _, x := range values {
			mean += x / 4000
		}
		for _, x := range values {
			square += (x - mean) * (x - mean) / 3999
		}
		if math.Abs(mean-want[0]) > 4*math.Sqrt(want[1]/4000) || math.Abs(square/want[1]-1) > 4*math.Sqrt(3.0/4000) {
			t.Errorf("%s has the mean %v and the variance %v, want %v", name, mean, square, want)
		}
	}
}
