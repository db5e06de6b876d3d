package native

import (
	"runtime"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// New returns the backend in the widest form that processor and system can run. Where they can run none, it is the
// fallback.
func New(fallback ir.Backend) ir.Backend { return Only("", fallback) }

// Only returns the backend in a form, avx2 or avx512, or the fallback where that cannot be run. "" is the widest form.
func Only(name string, fallback ir.Backend) ir.Backend {
	for _, f := range forms() {
		if name == "" || name == f.name {
			return backend{f, fallback, executable}
		}
	}
	return fallback
}

type backend struct {
	form     form
	fallback ir.Backend
	place    func(code []byte) (pages []byte, err error)
}

// Compile translates the program and puts the code into memory of its own, which is returned when the loop is.
func (b backend) Compile(p *ir.Program) (ir.Loop, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	c := translate(b.form, p)
	pages, err := b.place(c.finish())
	if err != nil {
		return b.fallback.Compile(p)
	}
	l := newLoop(p, c, pages)
	runtime.AddCleanup(l, unmap, pages)
	return l, nil
}
