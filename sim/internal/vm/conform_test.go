package vm_test

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir/irtest"
	"github.com/golgi-sim/golgi/sim/internal/vm"
)

func TestConforms(t *testing.T) { irtest.TestBackend(t, vm.New()) }

// FuzzBackends holds the machine against Eval on programs made from a seed.
func FuzzBackends(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed + 1000)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		if err := irtest.CompareRandom(vm.New(), seed); err != nil {
			t.Fatal(err)
		}
	})
}
