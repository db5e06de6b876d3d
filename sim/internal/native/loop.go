package native

import (
	"runtime"
	"slices"
	"unsafe"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// chunkRows is the number of rows after which the scheduler and the collector get a chance: some ten microseconds.
const chunkRows = 1 << 13

// contextAlignment keeps a slot within a line of the cache.
const contextAlignment = 64

// A loop is a compiled program. It is read only: calls on several goroutines share it.
type loop struct {
	name     string
	code     []byte // executable
	domain   ir.Domain
	storage  []ir.Storage // of each column
	own      []ir.Instr   // one instruction of each column that is loaded or stored, to check its length
	sites    []site
	distinct bool // the rows of a pass must be distinct
	emits    int  // rows that a row may emit
	slots    int  // offset of the first slot in the context, in words
	words    int  // length of the context
}

func newLoop(c *compiler, pages []byte) *loop {
	l := &loop{
		name: c.p.Name, code: pages, domain: c.p.Domain, storage: c.p.Columns, own: ownAccesses(c.p), sites: c.sites,
		distinct: c.p.NeedsDistinctRows() && c.p.RowsMayMix(), slots: c.frame / 8, words: (c.frame + slotSize*c.slots) / 8,
	}
	for _, in := range c.p.Code {
		if in.Op == ir.Emit {
			l.emits++
		}
	}
	return l
}

// Run runs the program for rows lo to hi-1.
func (l *loop) Run(f *ir.Frame, lo, hi int) {
	if lo >= hi {
		return
	}
	if l.domain == ir.All {
		l.checkRows(f, hi)
	} else {
		_ = f.Rows[lo:hi]
	}
	words := l.context(f)
	l.fill(f, words)
	for lo < hi {
		n := min(chunkRows, hi-lo)
		if l.distinct {
			n = ascending(f.Rows[lo : lo+n])
		}
		l.call(f, words, lo, lo+n)
		lo += n
	}
	runtime.KeepAlive(l)
}

// checkRows makes sure that the columns hold all rows of a call over All.
func (l *loop) checkRows(f *ir.Frame, hi int) {
	for _, in := range l.own {
		if n := f.Columns[in.Imm].Len(); hi > n {
			l.outside(in, int64(hi-1), n)
		}
	}
}

func (l *loop) outside(in ir.Instr, index int64, n int) {
	panic(&ir.IndexError{Program: l.name, Op: in.Op, Column: in.Column(), Index: index, Len: n})
}

// context is the part of the scratch memory that the code works on.
func (l *loop) context(f *ir.Frame) []uint64 {
	need := l.words + contextAlignment/8
	if len(f.Scratch) < need {
		f.Scratch = make([]uint64, need)
	}
	skip := -uintptr(unsafe.Pointer(unsafe.SliceData(f.Scratch))) % contextAlignment / 8
	return f.Scratch[skip:][:l.words]
}

// fill writes what the code needs to know of the frame.
func (l *loop) fill(f *ir.Frame, words []uint64) {
	words[rowsAt/8] = address(f.Rows)
	words[uniformsAt/8] = address(f.Uniforms)
	for k, s := range l.storage {
		if s != ir.NoStorage {
			at := (columnsAt + columnSize*k) / 8
			words[at], words[at+lengthAt/8] = start(f.Columns[k], s), uint64(f.Columns[k].Len())
		}
	}
	least := uint64(1) << 32
	for _, in := range l.own {
		least = min(least, uint64(f.Columns[in.Imm].Len()))
	}
	words[leastAt/8] = least
}

// start is the address of a column's first element.
func start(c ir.Column, s ir.Storage) uint64 {
	switch s {
	case ir.Float64:
		return address(c.F)
	case ir.Int64:
		return address(c.I)
	case ir.Int32:
		return address(c.X)
	}
	return address(c.B)
}

// address is where a slice begins, as a number. The frame keeps the slice alive, and what lies on the heap stays where it
// is: a frame does, since Run is called through an interface.
func address[T any](s []T) uint64 { return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(s)))) }

// call runs the code for some rows and takes over what it emitted.
func (l *loop) call(f *ir.Frame, words []uint64, lo, hi int) {
	f.Out = slices.Grow(f.Out, l.emits*(hi-lo))
	first := address(f.Out) + 4*uint64(len(f.Out))
	words[outAt/8] = first
	site := enter(unsafe.SliceData(l.code), unsafe.SliceData(words), lo, hi)
	runtime.KeepAlive(f)
	emitted := int(words[outAt/8]-first) / 4
	f.Out = f.Out[:len(f.Out)+emitted]
	if site != 0 {
		l.fail(f, l.sites[site-1], int64(words[foundAt/8]))
	}
}

// fail panics with the error of a site, given the index that was found there.
func (l *loop) fail(f *ir.Frame, s site, index int64) {
	if !s.own {
		l.outside(s.in, index, f.Columns[s.in.Imm].Len())
	}
	for _, in := range l.own {
		if n := f.Columns[in.Imm].Len(); uint64(index) >= uint64(n) {
			l.outside(in, index, n)
		}
	}
}

// ascending is how many rows from the first on ascend: so many are surely distinct.
func ascending(rows []int32) int {
	for i := 1; i < len(rows); i++ {
		if rows[i] <= rows[i-1] {
			return i
		}
	}
	return len(rows)
}
