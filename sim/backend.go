package sim

import (
	"fmt"
	"os"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/native"
	"github.com/golgi-sim/golgi/sim/internal/vm"
)

// backends are what compiles the programs that run at every step, and those that run once, which are not worth machine
// code. GOLGI_BACKEND forces one for all: native, one of its forms (avx2, avx512), vm, or eval, the slow truth that the
// others are held against.
func backends() (steps, once ir.Backend, err error) {
	return chosen(os.Getenv("GOLGI_BACKEND"), native.New)
}

// chosen is backends for a name. Machine gives the backend of this machine, or its argument where there is none.
func chosen(name string, machine func(fallback ir.Backend) ir.Backend) (steps, once ir.Backend, err error) {
	interpreter := vm.New()
	switch name {
	case "":
		return machine(interpreter), interpreter, nil
	case "vm":
		return interpreter, interpreter, nil
	case "eval":
		return evaluator{}, evaluator{}, nil
	case "native":
		forced := machine(refusal{})
		if _, lacks := forced.(refusal); lacks {
			return forced, forced, errNoMachineCode
		}
		return forced, forced, nil
	case "avx2", "avx512":
		forced := native.Only(name, refusal{})
		if _, lacks := forced.(refusal); lacks {
			return forced, forced, fmt.Errorf("GOLGI_BACKEND=%s: this processor or system has no %s: unset it, or use native or vm", name, name)
		}
		return forced, forced, nil
	default:
		return interpreter, interpreter, fmt.Errorf("found GOLGI_BACKEND=%s, expected native, avx512, avx2, vm or eval", name)
	}
}

var errNoMachineCode = fmt.Errorf("GOLGI_BACKEND=native: this processor or system cannot run golgi's machine code: unset it, or use vm")

// A refusal compiles nothing.
type refusal struct{}

// Compile refuses.
func (refusal) Compile(*ir.Program) (ir.Loop, error) { return nil, errNoMachineCode }

// An evaluator runs programs by their definition, one row and operation at a time.
type evaluator struct{}

// Compile keeps the program.
func (evaluator) Compile(p *ir.Program) (ir.Loop, error) { return evaluated{p}, nil }

type evaluated struct{ program *ir.Program }

// Run evaluates the rows.
func (e evaluated) Run(f *ir.Frame, lo, hi int) { ir.Eval(e.program, f, lo, hi) }
