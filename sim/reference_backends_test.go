package sim_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// All backends run the same programs, so every value of every reference case, random ones too, has the same bits on each
// of them.
func TestReferenceCasesHaveTheSameBitsOnEveryBackend(t *testing.T) {
	cases := readCases(t)
	var random []*referenceCase
	if err := strictly(readReference(t, "statistics.json"), &random); err != nil {
		t.Fatal(err)
	}
	first := fastest(t)
	for _, c := range append(cases, random...) {
		if len(missing(c)) > 0 || c.work() > longCase {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			want := bitsOn(t, first, c)
			compareBits(t, "vm", want, bitsOn(t, "vm", c))
			if runs(t, "avx512") { // which is the fastest then
				compareBits(t, "avx2", want, bitsOn(t, "avx2", c))
			}
			if c.work() < slowCase {
				compareBits(t, "eval", want, bitsOn(t, "eval", c))
			}
		})
	}
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

// longCase is the number of row-steps beyond which a case takes too long for every day.
const longCase = 10e6

// slowCase is the number of row-steps beyond which the slow evaluator is left out.
const slowCase = 20000

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

func compareBits(t *testing.T, backend string, want, got map[string][]uint64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d variables, the fastest %d", backend, len(got), len(want))
	}
	for name, bits := range want {
		if !slices.Equal(got[name], bits) {
			t.Errorf("%s: %s differs from the fastest", backend, name)
		}
	}
}

// bitsOn runs a case on a backend and gives the bits of all that can be read from its objects.
func bitsOn(t *testing.T, backend string, c *referenceCase) map[string][]uint64 {
	t.Helper()
	t.Setenv("GOLGI_BACKEND", backend)
	m, err := makeModel(c, 1)
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
			for _, x := range a.SI() {
				bits[object+"."+name] = append(bits[object+"."+name], math.Float64bits(x))
			}
		}
	}
	if len(bits) == 0 {
		t.Error("nothing to compare")
	}
	return bits
}
