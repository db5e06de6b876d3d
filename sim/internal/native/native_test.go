package native

import (
	"errors"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// refusing is a fallback that must not be needed.
type refusing struct{}

func (refusing) Compile(*ir.Program) (ir.Loop, error) {
	return nil, errors.New("went to the fallback")
}

// needMachine skips a test that runs machine code where that is not possible.
func needMachine(t testing.TB) {
	if !supported() {
		t.Skip("this processor has no AVX2 and FMA: programs go to the fallback")
	}
}
