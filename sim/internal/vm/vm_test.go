package vm_test

import (
	"math"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// words are the bits of numbers, integers and conditions, as a frame's uniforms hold them.
func words(values ...any) []uint64 {
	var list []uint64
	for _, v := range values {
		switch v := v.(type) {
		case float64:
			list = append(list, math.Float64bits(v))
		case int64:
			list = append(list, uint64(v))
		}
	}
	return list
}

func TestRunAllocatesNothingAfterTheFirstCall(t *testing.T) {
	loop, f := compile(t, lif()), lifFrame(1000)
	loop.Run(f, 0, 1000)
	got := testing.AllocsPerRun(20, func() {
		f.Out = f.Out[:0]
		loop.Run(f, 0, 1000)
	})
	if got != 0 {
		t.Errorf("found %v allocations a call, expected none", got)
	}
}

var _ ir.Backend
