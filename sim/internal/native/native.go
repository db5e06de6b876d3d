package native

import (
	"runtime"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// New returns the backend. Where the processor, or the system, cannot run the code, it is the fallback.
func New(fallback ir.Backend) ir.Backend {
	if !supported() {
		return fallback
	}
	return backend{fallback, executable}
}

type backend struct {
	fallback ir.Backend
	place    func(code []byte) (pages []byte, err error)
}

// Compile translates the program and puts the code into memory of its own, which is returned when the loop is.
func (b backend) Compile(p *ir.Program) (ir.Loop, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	c := translate(p)
	pages, err := b.place(c.finish())
	if err != nil {
		return b.fallback.Compile(p)
	}
	l := newLoop(p, c, pages)
	runtime.AddCleanup(l, unmap, pages)
	return l, nil
}
