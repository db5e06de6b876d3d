//go:build !(amd64 || arm64)

package native

import (
	"errors"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

func forms() []form { return nil }

func machineCode(form, *ir.Program) (translation, error) {
	return translation{}, errors.New("native: no machine code for this processor")
}

func synchronize([]byte) {}

func enter(code *byte, context *uint64, lo, hi int) int {
	panic("native: no machine code for this processor")
}
