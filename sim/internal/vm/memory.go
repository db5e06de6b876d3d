package vm

import "github.com/golgi-sim/golgi/sim/internal/ir"

// access runs one step that touches a column, or knows the row.
func (m *machine) access(s *step) {
	switch s.op {
	case ir.Row:
		m.rowNumbers(m.integers(s.d))
	case ir.Emit:
		m.emit(m.flags(s.a))
	case ir.Load:
		m.load(s)
	case ir.Store:
		m.store(s)
	case ir.Gather:
		m.gather(s)
	case ir.Scatter:
		m.scatter(s)
	case ir.ScatterAdd:
		m.scatterAdd(s)
	case ir.ScatterMul:
		m.scatterMul(s)
	}
}

func (m *machine) rowNumbers(d []int64) {
	if m.domain == ir.List {
		for i, row := range m.f.Rows[m.lo:][:len(d)] {
			d[i] = int64(row)
		}
		return
	}
	for i := range d {
		d[i] = int64(m.lo + i)
	}
}

// emit appends the rows whose flag is set. Spikes are rare, so eight flags are looked at together.
func (m *machine) emit(flags []uint8) {
	i := 0
	for ; i+8 <= len(flags); i += 8 {
		f := flags[i : i+8 : i+8]
		if f[0]|f[1]|f[2]|f[3]|f[4]|f[5]|f[6]|f[7] != 0 {
			m.emitEach(f, i)
		}
	}
	m.emitEach(flags[i:], i)
}

func (m *machine) emitEach(flags []uint8, first int) {
	for i, flag := range flags {
		if flag == 0 {
			continue
		}
		row := int32(m.lo + first + i)
		if m.domain == ir.List {
			row = m.f.Rows[row]
		}
		m.f.Out = append(m.f.Out, row)
	}
}

// load fills a register with the rows' own elements: a copy where rows are consecutive.
func (m *machine) load(s *step) {
	c := m.f.Columns[s.column]
	if m.domain == ir.List {
		m.loadListed(s, c)
		return
	}
	switch s.storage {
	case ir.Float64:
		copy(m.vector(s.d), c.F[m.lo:])
	case ir.Int64:
		copy(m.integers(s.d), c.I[m.lo:])
	case ir.Int32:
		widen(m.integers(s.d), c.X[m.lo:])
	case ir.Bool:
		copy(m.flags(s.d), masksOfBools(c.B[m.lo:]))
	}
}

func widen(d []int64, x []int32) {
	x = x[:len(d)]
	for i := range d {
		d[i] = int64(x[i])
	}
}

func (m *machine) loadListed(s *step, c ir.Column) {
	rows := m.f.Rows[m.lo:][:m.n]
	switch s.storage {
	case ir.Float64:
		gather(m, s, m.vector(s.d), c.F, rows)
	case ir.Int64:
		gather(m, s, m.integers(s.d), c.I, rows)
	case ir.Int32:
		gatherWide(m, s, m.integers(s.d), c.X, rows)
	case ir.Bool:
		gather(m, s, m.flags(s.d), masksOfBools(c.B), rows)
	}
}

func (m *machine) store(s *step) {
	c := m.f.Columns[s.column]
	if m.domain == ir.List {
		m.storeListed(s, c)
		return
	}
	switch s.storage {
	case ir.Float64:
		copy(c.F[m.lo:], m.vector(s.a))
	case ir.Int64:
		copy(c.I[m.lo:], m.integers(s.a))
	case ir.Int32:
		x := c.X[m.lo:]
		for i, v := range m.integers(s.a) {
			x[i] = int32(v)
		}
	case ir.Bool:
		copy(masksOfBools(c.B[m.lo:]), m.flags(s.a))
	}
}

func (m *machine) storeListed(s *step, c ir.Column) {
	rows := m.f.Rows[m.lo:][:m.n]
	switch s.storage {
	case ir.Float64:
		scatter(m, s, c.F, rows, m.vector(s.a))
	case ir.Int64:
		scatter(m, s, c.I, rows, m.integers(s.a))
	case ir.Int32:
		scatterNarrow(m, s, c.X, rows, m.integers(s.a))
	case ir.Bool:
		scatter(m, s, masksOfBools(c.B), rows, m.flags(s.a))
	}
}

func (m *machine) gather(s *step) {
	c, at := m.f.Columns[s.column], m.integers(s.a)
	switch s.storage {
	case ir.Float64:
		gather(m, s, m.vector(s.d), c.F, at)
	case ir.Int64:
		gather(m, s, m.integers(s.d), c.I, at)
	case ir.Int32:
		gatherWide(m, s, m.integers(s.d), c.X, at)
	case ir.Bool:
		gather(m, s, m.flags(s.d), masksOfBools(c.B), at)
	}
}

func (m *machine) scatter(s *step) {
	c, at := m.f.Columns[s.column], m.integers(s.a)
	switch s.storage {
	case ir.Float64:
		scatter(m, s, c.F, at, m.vector(s.b))
	case ir.Int64:
		scatter(m, s, c.I, at, m.integers(s.b))
	case ir.Int32:
		scatterNarrow(m, s, c.X, at, m.integers(s.b))
	case ir.Bool:
		scatter(m, s, masksOfBools(c.B), at, m.flags(s.b))
	}
}

// An index is a row number, of a list or computed.
type index interface{ int32 | int64 }

// gather: d[i] = x[at[i]].
func gather[T float64 | int64 | uint8, I index](m *machine, s *step, d, x []T, at []I) {
	d = d[:len(at)]
	for i, k := range at {
		if uint64(k) >= uint64(len(x)) {
			m.outside(s.op, s.column, int64(k), len(x))
		}
		d[i] = x[k]
	}
}

// gatherWide: d[i] = x[at[i]] of int32.
func gatherWide[I index](m *machine, s *step, d []int64, x []int32, at []I) {
	d = d[:len(at)]
	for i, k := range at {
		if uint64(k) >= uint64(len(x)) {
			m.outside(s.op, s.column, int64(k), len(x))
		}
		d[i] = int64(x[k])
	}
}

// scatter: x[at[i]] = v[i].
func scatter[T float64 | int64 | uint8, I index](m *machine, s *step, x []T, at []I, v []T) {
	v = v[:len(at)]
	for i, k := range at {
		if uint64(k) >= uint64(len(x)) {
			m.outside(s.op, s.column, int64(k), len(x))
		}
		x[k] = v[i]
	}
}

// scatterNarrow: x[at[i]] = v[i], the low 32 bits.
func scatterNarrow[I index](m *machine, s *step, x []int32, at []I, v []int64) {
	v = v[:len(at)]
	for i, k := range at {
		if uint64(k) >= uint64(len(x)) {
			m.outside(s.op, s.column, int64(k), len(x))
		}
		x[k] = int32(v[i])
	}
}

func (m *machine) scatterAdd(s *step) {
	c, at := m.f.Columns[s.column], m.integers(s.a)
	switch s.storage {
	case ir.Float64:
		add(m, s, c.F, at, m.vector(s.b))
	case ir.Int64:
		add(m, s, c.I, at, m.integers(s.b))
	case ir.Int32:
		x, v := c.X, m.integers(s.b)
		for i, k := range at {
			if uint64(k) >= uint64(len(x)) {
				m.outside(s.op, s.column, k, len(x))
			}
			x[k] += int32(v[i])
		}
	}
}

// add: x[at[i]] += v[i].
func add[T float64 | int64](m *machine, s *step, x []T, at []int64, v []T) {
	v = v[:len(at)]
	for i, k := range at {
		if uint64(k) >= uint64(len(x)) {
			m.outside(s.op, s.column, k, len(x))
		}
		x[k] += v[i]
	}
}

func (m *machine) scatterMul(s *step) {
	c, at := m.f.Columns[s.column], m.integers(s.a)
	switch s.storage {
	case ir.Float64:
		multiply(m, s, c.F, at, m.vector(s.b))
	case ir.Int64:
		multiply(m, s, c.I, at, m.integers(s.b))
	case ir.Int32:
		x, v := c.X, m.integers(s.b)
		for i, k := range at {
			if uint64(k) >= uint64(len(x)) {
				m.outside(s.op, s.column, k, len(x))
			}
			x[k] *= int32(v[i])
		}
	}
}

// multiply: x[at[i]] *= v[i].
func multiply[T float64 | int64](m *machine, s *step, x []T, at []int64, v []T) {
	v = v[:len(at)]
	for i, k := range at {
		if uint64(k) >= uint64(len(x)) {
			m.outside(s.op, s.column, k, len(x))
		}
		x[k] *= v[i]
	}
}
