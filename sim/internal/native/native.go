package native

import (
	"runtime"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// New returns the backend in the widest form that processor and system can run. Where they can run none, it is the
// fallback.
func New(fallback ir.Backend) ir.Backend { return Only("", fallback) }

// Only returns the backend in a form, avx2, avx512 or neon, or the fallback where that cannot be run. "" is the widest form.
func Only(name string, fallback ir.Backend) ir.Backend {
	for _, f := range forms() {
		if name == "" || name == f.name {
			return backend{f, fallback, executable}
		}
	}
	return fallback
}

// A translation is the machine code of a program, the places in it that find an index outside its column, and the length
// of the context that it works on.
type translation struct {
	code  []byte
	sites []site
	words int
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
	t, err := machineCode(b.form, p)
	if err != nil {
		return b.fallback.Compile(p)
	}
	pages, err := b.place(t.code)
	if err != nil {
		return b.fallback.Compile(p)
	}
	synchronize(pages)
	l := newLoop(p, t, pages)
	runtime.AddCleanup(l, unmap, pages)
	return l, nil
}
