package sim

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// onEveryBackend runs a test with each backend that this machine has.
func onEveryBackend(t *testing.T, f func(*testing.T)) {
	for _, backend := range []string{"native", "vm", "eval"} {
		t.Run(backend, func(t *testing.T) {
			t.Setenv("GOLGI_BACKEND", backend)
			if _, _, err := backends(); err == errNoMachineCode {
				t.Skip(err)
			}
			f(t)
		})
	}
}

// Whatever a user lists, machine code gets indices of rows that exist: anything else is an error, and no synapse of that
// call is made.
func TestABadIndexThroughPairsIsAnErrorAndMakesNoSynapse(t *testing.T) {
	onEveryBackend(t, func(t *testing.T) {
		net := NewNetwork()
		g := must[*NeuronGroup](t)(net.NeuronGroup(4, "v : 1", Threshold("i == 0"), Reset("v += 0")))
		part := must[*Subgroup](t)(g.Subgroup(1, 3))
		s := must[*Synapses](t)(net.Synapses(g, part, "w : 1", OnPre("v_post += w")))
		if err := s.Connect(Pairs([]int{0, 3}, []int{0, 1})); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			is, js any
			words  string
		}{
			{[]int{0, -1}, []int{0, 0}, "found the source -1, expected one of 0 to 3"},
			{[]int{0, 4}, []int{0, 0}, "found the source 4, expected one of 0 to 3"},
			{[]int{0, 0}, []int{0, -1}, "found the target -1, expected one of 0 to 1"},
			{[]int{0, 0}, []int{0, 2}, "found the target 2, expected one of 0 to 1"}, // a row of the group, but not of its part
			{[]int{0, 1 << 31}, []int{0, 0}, "found the source 2147483648"},
			{[]int{0, 1 << 32}, []int{0, 0}, "found the source 4294967296"}, // 0 in 32 bits
			{[]int{0, 1<<32 + 1}, []int{0, 0}, "found the source 4294967297"},
			{[]int{0, -1 << 32}, []int{0, 0}, "found the source -4294967296"},
			{[]int{0, math.MinInt}, []int{0, 0}, "found the source -9223372036854775808"},
			{[]int{0, 0}, []int{0, 1 << 33}, "found the target 8589934592"},
			{[]float64{0, math.NaN()}, []int{0, 0}, "NaN"},
			{[]float64{0, math.Inf(1)}, []int{0, 0}, "Inf"},
			{[]float64{0, math.Inf(-1)}, []int{0, 0}, "Inf"},
			{[]float64{0, 0.5}, []int{0, 0}, "0.5"},
			{[]float64{0, 1e300}, []int{0, 0}, "1e+300"},
			{[]float64{0, 18446744073709551616}, []int{0, 0}, "1.8446744073709552e+19"}, // 0 in 64 bits
			{units.NewArray([]float64{0, 1}, second), []int{0, 0}, "second"},
			{[]int{0, 1, 2}, []int{0, 0}, "found 3 sources and 2 targets"},
			{[]int{}, []int{0}, "found 0 sources and 1 targets"},
			{"0", []int{0}, ""},
			{nil, []int{0}, "Pairs needs sources and targets"},
		} {
			err := s.Connect(Pairs(c.is, c.js))
			if err == nil || !strings.Contains(err.Error(), c.words) {
				t.Errorf("Pairs(%v, %v): found the error %v, expected one with %q", c.is, c.js, err, c.words)
			}
			if s.Len() != 2 {
				t.Fatalf("Pairs(%v, %v): %d synapses, want the 2 from before", c.is, c.js, s.Len())
			}
		}
		if err := s.Write("w", nil, 1); err != nil {
			t.Fatal(err)
		}
		run100(t, net)
		if got := read(t, g, "v"); !slices.Equal(got, []float64{0, 1000, 0, 0}) {
			t.Errorf("v is %v after 1000 spikes, want only those through the good pair", got)
		}
	})
}

// Pairs that do not exist are left out on request, wherever their indices lie.
func TestSkippedPairsNeverReachTheRun(t *testing.T) {
	onEveryBackend(t, func(t *testing.T) {
		net := NewNetwork()
		g := must[*NeuronGroup](t)(net.NeuronGroup(3, "v : 1", Threshold("True"), Reset("v += 0")))
		s := must[*Synapses](t)(net.Synapses(g, g, "", OnPre("v_post += 1")))
		if err := s.Connect(Pairs([]int{-1, 0, 1 << 32, 2, 3}, []int{0, 1, 1, -1 << 40, 2}), SkipIfInvalid()); err != nil {
			t.Fatal(err)
		}
		run100(t, net)
		if got := read(t, g, "v"); s.Len() != 1 || !slices.Equal(got, []float64{0, 1000, 0}) {
			t.Errorf("%d synapses gave %v", s.Len(), got)
		}
	})
}

// The other places where a user lists rows take whole numbers of rows that exist, too.
func TestListedRowsAreWholeNumbersOfRowsThatExist(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(3, "v : 1\nx : 1 (linked)", Threshold("v > 1"), Reset("v = 0")))
	for _, bad := range []any{[]float64{math.NaN()}, []float64{0.5}, []float64{math.Inf(1)}, []float64{1e300}, []int{3}, []int{-4}, []int{1 << 32}, math.NaN()} {
		if err := g.Write("v", bad, 7); err == nil {
			t.Errorf("v was written at %v", bad)
		}
		if _, err := g.ReadAt("v", bad); err == nil {
			t.Errorf("v was read at %v", bad)
		}
		if _, err := net.SpikeGeneratorGroup(3, bad, []float64{0}); err == nil {
			t.Errorf("a generator takes the index %v", bad)
		}
		if err := g.Link("x", LinkedVar(g, "v", bad)); err == nil {
			t.Errorf("x was linked by %v", bad)
		}
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), -1, 1e300} {
		if _, err := net.SpikeGeneratorGroup(3, []int{0}, []float64{bad}); err == nil {
			t.Errorf("a generator takes the time %v", bad)
		}
	}
	if got := read(t, g, "v"); !slices.Equal(got, []float64{0, 0, 0}) {
		t.Errorf("v is %v", got)
	}
}

func TestCodeCannotWriteTheIndicesOfSynapses(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(3, "v : 1", Threshold("v > 1"), Reset("v = 0")))
	for _, code := range []string{"i = 5", "j = 5", "i += 1", "N_incoming = 3", "N_pre = 7"} {
		if _, err := net.Synapses(g, g, "w : 1", OnPre(code)); err == nil {
			t.Errorf("on_pre %q is accepted", code)
		}
	}
	for _, code := range []string{"i = 5", "N = 7"} {
		if _, err := g.RunRegularly(code); err == nil {
			t.Errorf("run_regularly %q is accepted", code)
		}
	}
	s := must[*Synapses](t)(net.Synapses(g, g, "w : 1", OnPre("v_post += w")))
	if err := s.Connect(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"i", "j", "N_incoming", "N_outgoing"} {
		if err := s.Write(name, nil, 1); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

// A computed index decides what a linked variable shows and what a timed array gives. One outside is an error of the run,
// after which everything goes on as it was.
func TestAComputedIndexOutsideIsAnErrorOfTheRun(t *testing.T) {
	onEveryBackend(t, func(t *testing.T) {
		for _, bad := range []float64{-1, 3, math.MaxInt32, math.MinInt32} {
			net := NewNetwork()
			source := must[*NeuronGroup](t)(net.NeuronGroup(3, "x : 1", Name("source")))
			g := must[*NeuronGroup](t)(net.NeuronGroup(70, "x : 1 (linked)\nat : integer\ny : 1", Name("g")))
			if err := g.Link("x", LinkedVar(source, "x", "at")); err != nil {
				t.Fatal(err)
			}
			must[*RegularOperation](t)(g.RunRegularly("y = x"))
			if err := g.Write("at", 69, bad); err != nil {
				continue // refused already: as good
			}
			err := net.Run(t.Context(), quantity(t, "1*ms"))
			refused(t, "the run", err, "index")
			_, err = g.Read("x")
			refused(t, "reading", err, "neurongroup \"g\": x: ", "index")
			refused(t, "writing", g.Write("y", nil, "2*x"), "index")
			if err := g.Write("at", 69, 2); err != nil {
				t.Fatal(err)
			}
			if err := net.Run(t.Context(), quantity(t, "1*ms")); err != nil {
				t.Errorf("a run after the index was put right: %v", err)
			}
		}
	})
}

// A timed array is held at its ends, for whatever time and column, even for none.
func TestATimedArrayNeverReachesBeyondItsEnds(t *testing.T) {
	onEveryBackend(t, func(t *testing.T) {
		net := NewNetwork()
		table := must[*TimedArray](t)(NewTimedArray(units.NewArray([]float64{1, 2, 3, 4, 5, 6}, units.Dimension{}, 2, 3), quantity(t, "1*ms")))
		g := must[*NeuronGroup](t)(net.NeuronGroup(5, "y = table(at, column) : 1\nat : second\ncolumn : integer\nz : 1", Namespace{"table": table}))
		for name, values := range map[string]any{
			"at":     units.NewArray([]float64{-1e300, 0, 1e-3, 1e300, math.Inf(1)}, second),
			"column": []int{-5, 0, 1, math.MaxInt32, math.MinInt32},
		} {
			if err := g.Write(name, nil, values); err != nil {
				t.Fatal(err)
			}
		}
		want := []float64{1, 1, 5, 6, 4}
		if got := read(t, g, "y"); !slices.Equal(got, want) {
			t.Errorf("the table gives %v, want %v", got, want)
		}
		must[*RegularOperation](t)(g.RunRegularly("z = y"))
		run100(t, net)
		if got := read(t, g, "z"); !slices.Equal(got, want) {
			t.Errorf("in a run the table gives %v, want %v", got, want)
		}
		if err := g.Write("at", 3, units.New(math.NaN(), second)); err != nil {
			t.Fatal(err)
		}
		if got := read(t, g, "y")[3]; got != 3 && got != 6 {
			t.Errorf("at no time the table gives %v, which is not in that column", got)
		}
		run100(t, net)
	})
}

// What a Go function returns is a number of the model and no more, whatever it is.
func TestAGoFunctionThatReturnsNoNumberNeverBecomesAnAddress(t *testing.T) {
	onEveryBackend(t, func(t *testing.T) {
		for _, returned := range []float64{math.NaN(), math.Inf(1), -1e300, 1e300, -1} {
			net := NewNetwork()
			source := must[*NeuronGroup](t)(net.NeuronGroup(3, "x : 1", Name("source")))
			g := must[*NeuronGroup](t)(net.NeuronGroup(70, "x : 1 (linked)\nat : integer\ny : 1", Name("g"),
				Namespace{"f": func(k float64) float64 { return returned }}))
			if err := g.Link("x", LinkedVar(source, "x", "at")); err != nil {
				t.Fatal(err)
			}
			must[*RegularOperation](t)(g.RunRegularly("at = int(f(i))\ny = x"))
			if err := net.Run(t.Context(), quantity(t, "1*ms")); err != nil {
				refused(t, "the run", err, "index")
			} else if at := read(t, g, "at"); slices.ContainsFunc(at, func(k float64) bool { return k < 0 || k > 2 }) {
				t.Errorf("the variable was linked by %v", at)
			}
			s := must[*Synapses](t)(net.Synapses(source, g, "", Namespace{"f": func(k float64) float64 { return returned }}))
			if err := s.Connect(Targets("int(f(i))")); err == nil {
				t.Errorf("synapses were made with the target %v", returned)
			}
			if s.Len() != 0 {
				t.Errorf("%d synapses", s.Len())
			}
		}
	})
}
