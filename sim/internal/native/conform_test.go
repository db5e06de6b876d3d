package native

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir/irtest"
)

// Every program runs as machine code: the fallback refuses.
func TestConforms(t *testing.T) {
	needMachine(t)
	for _, f := range forms() {
		t.Run(f.name, func(t *testing.T) { irtest.TestBackend(t, Only(f.name, refusing{})) })
	}
}

// FuzzBackends holds machine code against Eval on programs made from a seed.
func FuzzBackends(f *testing.F) {
	needMachine(f)
	for seed := range uint64(20) {
		f.Add(seed + 2000)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		for _, form := range forms() {
			if err := irtest.CompareRandom(Only(form.name, refusing{}), seed); err != nil {
				t.Fatal(form.name, err)
			}
		}
	})
}
