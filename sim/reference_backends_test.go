package sim_test

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// onThreads makes a network use so many threads, for connecting and for its steps.
func onThreads(net *sim.Network, n int) {
	if err := net.Threads(n); err != nil {
		panic(err)
	}
	net.ShareAlways()
}

// The work of a case, its rows times its steps, that each way of running it is given; longer runs are shortened. With
// GOLGI_REFERENCE_SEEDS set nothing is shortened for the fast ones.
const (
	fastWork = 1e6
	evalWork = 40e3
)

// fewSteps is the number of steps that threads are given: those of a small network cost as much as those of a large one.
const fewSteps = 400

// Networks with more neurons in a group are made smaller, too.
const (
	fastNeurons = 2500
	evalNeurons = 800
)

// All backends run the same programs, on any number of threads, so every value of every reference case, of the random
// ones, and of models made for this test, whose events do not commute, has the same bits on each.
func TestEveryModelHasTheSameBitsOnEveryBackendAndNumberOfThreads(t *testing.T) {
	first := fastest(t)
	for _, c := range sameBitsCases(t) {
		if len(missing(c)) > 0 {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			usual := shortened(smaller(c, fastNeurons), fastWork, math.Inf(1))
			brief := shortened(usual, fastWork, fewSteps)
			if os.Getenv("GOLGI_REFERENCE_SEEDS") != "" {
				usual, brief = c, c
			}
			want := bitsOn(t, first, 1, usual)
			for _, m := range usual.Monitors {
				if m.Kind == "spike" && c.Expect == nil && !c.Random && len(want[m.Name+".t"]) == 0 {
					t.Errorf("%s recorded no spike: the model shows nothing", m.Name)
				}
			}
			compareBits(t, "vm", 1, want, bitsOn(t, "vm", 1, usual))
			if runs(t, "avx512") { // which is the fastest then
				compareBits(t, "avx2", 1, want, bitsOn(t, "avx2", 1, usual))
			}
			want = bitsOn(t, first, 1, brief)
			for _, threads := range []int{2, 3} {
				compareBits(t, first, threads, want, bitsOn(t, first, threads, brief))
				compareBits(t, "vm", threads, want, bitsOn(t, "vm", threads, brief))
			}
			small := shortened(smaller(c, evalNeurons), evalWork, math.Inf(1))
			compareBits(t, "eval", 1, bitsOn(t, first, 3, small), bitsOn(t, "eval", 1, small))
		})
	}
}

// sameBitsCases are the reference cases, those of statistics.json, and those of testdata/samebits.
func sameBitsCases(t *testing.T) []*referenceCase {
	t.Helper()
	cases := readCases(t)
	var random []*referenceCase
	if err := strictly(readReference(t, "statistics.json"), &random); err != nil {
		t.Fatal(err)
	}
	cases = append(cases, random...)
	own := os.DirFS("testdata/samebits")
	names, err := fs.Glob(own, "*.json")
	if err != nil || len(names) < 6 {
		t.Fatalf("found %d models in testdata/samebits, want 6 or more: %v", len(names), err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(own, name)
		if err != nil {
			t.Fatal(err)
		}
		c := &referenceCase{}
		if err := strictly(data, c); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cases = append(cases, c)
	}
	return cases
}

// shortened is a case whose runs take as much work, and as many steps, as allowed, each at least some steps.
func shortened(c *referenceCase, work, steps float64) *referenceCase {
	factor := min(work/c.work(), steps/c.steps())
	if !(factor < 1) {
		return c
	}
	short := *c
	short.Script = nil
	dt := c.Dt
	for _, step := range c.Script {
		if step.Dt != nil {
			dt = *step.Dt
		}
		if step.Run != nil {
			duration, _ := units.Parse(*step.Run)
			length, _ := units.Parse(dt)
			steps := max(math.Ceil(factor*duration.SI()/length.SI()), 10)
			if text := fmt.Sprintf("%g*second", steps*length.SI()); steps*length.SI() < duration.SI() {
				step.Run = &text
			}
		}
		short.Script = append(short.Script, step)
	}
	return &short
}

// smaller is a case with at most so many neurons in a group, unless it lists some by number.
func smaller(c *referenceCase, neurons int) *referenceCase {
	most := 0
	for _, g := range c.Groups {
		most = max(most, g.N)
	}
	divisor := (most + neurons - 1) / neurons
	lists := slices.ContainsFunc(c.Synapses, func(s synapsesText) bool {
		return slices.ContainsFunc(s.Connect, func(call connectText) bool {
			_, i := call.I.value.([]float64)
			_, j := call.J.value.([]float64)
			return i || j
		})
	})
	lists = lists || slices.ContainsFunc(c.Groups, func(g groupText) bool {
		_, rates := g.Rates.value.([]float64)
		return rates
	})
	if divisor < 2 || lists {
		return c
	}
	small := *c
	small.Groups, small.Subgroups = slices.Clone(c.Groups), slices.Clone(c.Subgroups)
	for k := range small.Groups {
		if small.Groups[k].N > 1 {
			small.Groups[k].N /= divisor
		}
	}
	for k := range small.Subgroups {
		small.Subgroups[k].Start /= divisor
		small.Subgroups[k].Stop /= divisor
	}
	return &small
}

// fastest is native, or vm where the processor or system has no machine code.
func fastest(t *testing.T) string {
	if runs(t, "native") {
		return "native"
	}
	return "vm"
}

// runs reports whether processor and system have what a backend needs.
func runs(t *testing.T, backend string) bool {
	t.Setenv("GOLGI_BACKEND", backend)
	err := sim.NewNetwork().Run(context.Background(), units.Millisecond)
	return err == nil || !strings.Contains(err.Error(), "this processor or system")
}

func TestAnUnknownBackendIsRefused(t *testing.T) {
	t.Setenv("GOLGI_BACKEND", "turbo")
	err := sim.NewNetwork().Run(context.Background(), units.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "expected native, avx512, avx2, vm or eval") {
		t.Errorf("a run on turbo: %v", err)
	}
}

func TestAFormThatTheMachineLacksIsRefused(t *testing.T) {
	if runs(t, "avx512") {
		t.Skip("this machine has all forms")
	}
	t.Setenv("GOLGI_BACKEND", "avx512")
	err := sim.NewNetwork().Run(context.Background(), units.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "has no avx512: unset it, or use native or vm") {
		t.Errorf("a run on avx512: %v", err)
	}
}

func compareBits(t *testing.T, backend string, threads int, want, got map[string][]uint64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s on %d threads has %d variables, the fastest on one %d", backend, threads, len(got), len(want))
	}
	for name, bits := range want {
		if !slices.Equal(got[name], bits) {
			t.Errorf("%s on %d threads: %s differs from the fastest on one", backend, threads, name)
		}
	}
}

// bitsOn runs a case on a backend and gives the bits of all that can be read from its objects. The payload of what is no
// number says nothing.
func bitsOn(t *testing.T, backend string, threads int, c *referenceCase) map[string][]uint64 {
	t.Helper()
	t.Setenv("GOLGI_BACKEND", backend)
	m, err := makeModel(c, 1, func(net *sim.Network) { onThreads(net, threads) })
	if err == nil {
		err = m.run()
	}
	if err != nil {
		t.Fatal(err)
	}
	bits := map[string][]uint64{}
	for object, o := range m.objects {
		v, ok := o.(sim.Variables)
		if !ok {
			continue
		}
		for _, name := range v.VariableNames() {
			a, err := v.Read(name)
			if err != nil {
				continue // a name that has no value here, on any backend
			}
			list := make([]uint64, 0, a.Size())
			for _, x := range a.SI() {
				if x != x {
					x = math.NaN()
				}
				list = append(list, math.Float64bits(x))
			}
			bits[object+"."+name] = list
		}
	}
	if len(bits) == 0 {
		t.Error("nothing to compare")
	}
	return bits
}
