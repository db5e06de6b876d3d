package native

import (
	"runtime"
	"slices"
	"unsafe"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// chunkRows is the number of rows after which the scheduler and the collector get a chance: half a millisecond of a large
// model, some microseconds of a small one. No loop has a rest of rows at the end of a chunk.
const chunkRows = maxLanes * manyGroups * fewGroups << 8

// contextAlignment keeps a slot within a line of the cache.
const contextAlignment = 64

// A loop is a compiled program. It is read only: calls on several goroutines share it.
type loop struct {
	name     string
	code     []byte // executable
	domain   ir.Domain
	columns  []column
	own      []ir.Instr // one instruction of each column that is loaded or stored, to name it in an error
	sites    []site
	distinct bool // the rows of a pass must be distinct
	emits    int  // rows that a row may emit
	uniforms int  // uniforms that the frame must have
	words    int  // length of the context
}

// A column is one that the program uses: where it is in the frame, where in the context, in words, and whether rows have
// elements of their own in it.
type column struct {
	number  int
	context int
	storage ir.Storage
	own     bool
}

func newLoop(p *ir.Program, t translation, pages []byte) *loop {
	l := &loop{
		name: p.Name, code: pages, domain: p.Domain, own: ownAccesses(p), sites: t.sites,
		distinct: p.NeedsDistinctRows() && p.RowsMayMix(), words: t.words,
	}
	used := make([]bool, len(p.Columns))
	for _, in := range p.Code {
		switch in.Op {
		case ir.Emit:
			l.emits++
		case ir.Uniform:
			l.uniforms = max(l.uniforms, int(in.Imm)+1)
		}
		if in.Op.UsesColumn() && !used[in.Imm] {
			used[in.Imm] = true
			k := in.Column()
			own := slices.ContainsFunc(l.own, func(o ir.Instr) bool { return o.Imm == in.Imm })
			l.columns = append(l.columns, column{k, (columnsAt + columnSize*k) / 8, in.Storage, own})
		}
	}
	return l
}

// Run runs the program for rows lo to hi-1.
func (l *loop) Run(f *ir.Frame, lo, hi int) {
	if lo >= hi {
		return
	}
	words := l.context(f)
	least := l.fill(f, words)
	if l.domain == ir.Spans {
		l.spans(f, words, least, lo, hi)
		return
	}
	if l.domain == ir.List {
		_ = f.Rows[lo:hi]
		words[lastAt/8] = uint64(hi - 1)
		for lane := range 4 {
			words[leastAt/8+lane] = min(least, 1<<31) // no row is as much, unless it is less than 0
		}
	} else if lo < 0 {
		l.failOwn(f, int64(lo))
	} else if uint64(hi) > least {
		l.failOwn(f, int64(hi-1))
	}
	for lo < hi {
		n := min(chunkRows, hi-lo)
		if l.distinct {
			n = ascending(f.Rows[lo : lo+n])
		}
		l.call(f, words, lo, lo+n, n)
		lo += n
	}
	runtime.KeepAlive(l)
}

// Scratch is the length of the frame's scratch memory that the loop wants.
func (l *loop) Scratch() int { return l.words + contextAlignment/8 }

// context is the part of the scratch memory that the code works on.
func (l *loop) context(f *ir.Frame) []uint64 {
	if need := l.Scratch(); len(f.Scratch) < need {
		f.Scratch = make([]uint64, need)
	}
	skip := -uintptr(unsafe.Pointer(unsafe.SliceData(f.Scratch))) % contextAlignment / 8
	return f.Scratch[skip:][:l.words]
}

// fill writes what the code needs to know of the frame, and returns the length of the shortest column that rows have
// elements of their own in.
func (l *loop) fill(f *ir.Frame, words []uint64) uint64 {
	least := uint64(1) << 62
	for _, c := range l.columns {
		start, n := extent(&f.Columns[c.number], c.storage)
		words[c.context], words[c.context+lengthAt/8] = start, n
		if c.own {
			least = min(least, n)
		}
	}
	words[rowsAt/8] = address(f.Rows)
	words[uniformsAt/8] = address(f.Uniforms[:l.uniforms])
	return least
}

// extent is the address of a column's first element and the number of its elements.
func extent(c *ir.Column, s ir.Storage) (start, n uint64) {
	switch s {
	case ir.Float64:
		return address(c.F), uint64(len(c.F))
	case ir.Int64:
		return address(c.I), uint64(len(c.I))
	case ir.Int32:
		return address(c.X), uint64(len(c.X))
	}
	return address(c.B), uint64(len(c.B))
}

// address is where a slice begins, as a number. The frame keeps the slice alive, and what lies on the heap stays where it
// is: a frame does, since Run is called through an interface.
func address[T any](s []T) uint64 { return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(s)))) }

// call runs the code for some rows, or for spans of so many, and takes over what it emitted.
func (l *loop) call(f *ir.Frame, words []uint64, lo, hi, rows int) {
	f.Out = slices.Grow(f.Out, l.emits*rows)
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
	if s.own {
		l.failOwn(f, index)
	}
	l.outside(s.in, index, f.Columns[s.in.Imm].Len())
}

// failOwn panics for the first column that is too short for a row.
func (l *loop) failOwn(f *ir.Frame, row int64) {
	for _, in := range l.own {
		if n := f.Columns[in.Imm].Len(); uint64(row) >= uint64(n) {
			l.outside(in, row, n)
		}
	}
}

func (l *loop) outside(in ir.Instr, index int64, n int) {
	panic(&ir.IndexError{Program: l.name, Op: in.Op, Column: in.Column(), Index: index, Len: n})
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
