package vm

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A machine is one call: the frame and the block at hand. It lives on the stack.
type machine struct {
	*loop
	f     *ir.Frame
	u     []uint64  // uniform values
	wide  []uint64  // registers of words, seen as
	reals []float64 // numbers
	ints  []int64   // and integers
	flag  []uint8   // registers of masks
	lo, n int       // the block's first row (in List: its place in Rows) and number of rows
}

// Run runs the program for rows lo to hi-1.
func (l *loop) Run(f *ir.Frame, lo, hi int) {
	if lo >= hi {
		return
	}
	m := machine{loop: l, f: f}
	m.layout()
	m.uniformValues()
	if l.domain != ir.Spans {
		m.rows(lo, hi)
		return
	}
	for k := lo; k < hi; k++ {
		m.rows(int(f.Rows[2*k]), int(f.Rows[2*k+1]))
	}
}

// rows runs the steps for rows lo to hi-1, block by block.
func (m *machine) rows(lo, hi int) {
	m.checkRows(lo, hi)
	for m.lo = lo; m.lo < hi; m.lo += m.n {
		m.n = min(m.block, hi-m.lo)
		if m.distinct {
			m.n = ascending(m.f.Rows[m.lo : m.lo+m.n])
		}
		for i := range m.steps {
			m.step(&m.steps[i])
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

// Scratch is the length of the frame's scratch memory that the loop wants.
func (l *loop) Scratch() int { return len(l.uniforms) + l.words*l.block + (l.masks*l.block+7)/8 }

// layout divides the scratch memory: uniforms, registers of words, registers of masks.
func (m *machine) layout() {
	nu, nw, need := len(m.uniforms), m.words*m.block, m.Scratch()
	if len(m.f.Scratch) < need {
		m.f.Scratch = make([]uint64, need)
	}
	scratch := m.f.Scratch[:need]
	m.u, m.wide = scratch[:nu], scratch[nu:nu+nw]
	m.reals, m.ints = asFloats(m.wide), asInts(m.wide)
	m.flag = asMasks(scratch[nu+nw:])
}

// checkRows makes sure that the columns hold rows that follow each other.
func (m *machine) checkRows(lo, hi int) {
	if m.domain == ir.List || lo >= hi {
		return
	}
	for _, in := range m.own {
		n := m.f.Columns[in.Imm].Len()
		if lo < 0 {
			m.outside(in.Op, in.Column(), int64(lo), n)
		}
		if hi > n {
			m.outside(in.Op, in.Column(), int64(hi-1), n)
		}
	}
}

// uniformValues computes what is the same for all rows.
func (m *machine) uniformValues() {
	for i, in := range m.uniforms {
		m.u[i] = m.uniformValue(in)
	}
}

func (m *machine) uniformValue(in ir.Instr) uint64 {
	a, b, c := m.u[in.A], m.u[in.B], m.u[in.C]
	switch in.Op {
	case ir.Const:
		return in.Imm
	case ir.Uniform:
		return m.f.Uniforms[in.Imm]
	case ir.Gather:
		column := m.f.Columns[in.Imm]
		if a >= uint64(column.Len()) {
			m.outside(ir.Gather, in.Column(), int64(a), column.Len())
		}
		return column.Bits(in.Storage, int64(a))
	}
	return ir.Scalar(in.Op, a, b, c)
}

func (m *machine) outside(op ir.Op, column int, index int64, n int) {
	panic(&ir.IndexError{Program: m.name, Op: op, Column: column, Index: index, Len: n})
}

// The block's part of an operand, as the kernels want it.

func (m *machine) vector(o operand) []float64 {
	if o.place == inColumn {
		return m.f.Columns[o.at].F[m.lo : m.lo+m.n]
	}
	return m.reals[o.at*m.block:][:m.n]
}

func (m *machine) integers(o operand) []int64 {
	if o.place == inColumn {
		return m.f.Columns[o.at].I[m.lo : m.lo+m.n]
	}
	return m.ints[o.at*m.block:][:m.n]
}

func (m *machine) flags(o operand) []uint8 {
	if o.place == inColumn {
		return masksOfBools(m.f.Columns[o.at].B[m.lo : m.lo+m.n])
	}
	return m.flag[o.at*m.block:][:m.n]
}

// raw is either numbers or integers, as words.
func (m *machine) raw(o operand) []uint64 {
	if o.place != inColumn {
		return m.wide[o.at*m.block:][:m.n]
	}
	if c := m.f.Columns[o.at]; c.F != nil {
		return wordsOfFloats(c.F[m.lo : m.lo+m.n])
	}
	return wordsOfInts(m.f.Columns[o.at].I[m.lo : m.lo+m.n])
}
