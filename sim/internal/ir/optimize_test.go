package ir_test

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/ir/irtest"
)

// optimizing is a backend that evaluates what Optimize leaves.
type optimizing struct{ p *ir.Program }

func (optimizing) Compile(p *ir.Program) (ir.Loop, error) { return optimizing{ir.Optimize(p)}, nil }
func (o optimizing) Run(f *ir.Frame, lo, hi int)          { ir.Eval(o.p, f, lo, hi) }

func TestOptimizeKeepsWhatEvalGives(t *testing.T) {
	for seed := range uint64(300) {
		if err := irtest.CompareRandom(optimizing{}, seed+5000); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}
