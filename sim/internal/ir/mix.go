package ir

// RowsMayMix reports whether rows may be taken in blocks, instruction after instruction within a block, with the bits of
// row after row. That is so if at most one instruction emits and each column is
//
//   - only read, by Load and Gather; or
//   - read and written by Load and Store alone, so that no row sees another's element; or
//   - touched by a single Scatter, ScatterAdd or ScatterMul, whose rows keep their order.
//
// In domain List the second case needs rows that are distinct within a block (see NeedsDistinctRows).
func (p *Program) RowsMayMix() bool {
	emits := 0
	uses := make([]columnUse, len(p.Columns))
	for _, in := range p.Code {
		if in.Op == Emit {
			emits++
		}
		if in.Op.UsesColumn() {
			uses[in.Imm].note(in.Op)
		}
	}
	for _, use := range uses {
		if !use.mixes() {
			return false
		}
	}
	return emits <= 1
}

// NeedsDistinctRows reports whether a column is both loaded and stored, so that a block of domain List must not hold a
// row twice.
func (p *Program) NeedsDistinctRows() bool {
	uses := make([]columnUse, len(p.Columns))
	for _, in := range p.Code {
		if in.Op.UsesColumn() {
			uses[in.Imm].note(in.Op)
		}
	}
	for _, use := range uses {
		if use.stores > 1 || use.stores > 0 && use.loads > 0 {
			return p.Domain == List
		}
	}
	return false
}

// Scatters reports whether the program writes to rows other than its own, so that calls on disjoint rows must not run at
// once.
func (p *Program) Scatters() bool {
	for _, in := range p.Code {
		if in.Op.Scatters() {
			return true
		}
	}
	return false
}

// RowsApart tells whether no row sees or writes what another row writes, so that calls on disjoint rows may run at once.
func (p *Program) RowsApart() bool { return p.RowsMayMix() && !p.Scatters() }

// RowsApartBy tells whether rows with different elements in a column of indices do not meet: what they write, or read while
// others write it, is their own, or is the element that the index of the row names. Calls on rows of different indices may
// run at once then, if each keeps the order of its rows.
func (p *Program) RowsApartBy(index int) bool {
	uses := make([]columnUse, len(p.Columns))
	for _, in := range p.Code {
		if in.Op == Emit {
			return false
		}
		if in.Op.UsesColumn() {
			uses[in.Imm].note(in.Op)
		}
	}
	for _, use := range uses {
		own, other := use.loads+use.stores > 0, use.gathers+use.scatters > 0
		if own && other && use.stores+use.scatters > 0 {
			return false
		}
	}
	for _, in := range p.Code {
		if in.Op.Scatters() || in.Op == Gather && uses[in.Imm].scatters > 0 {
			if at := p.Code[in.A]; at.Op != Load || at.Column() != index {
				return false
			}
		}
	}
	return true
}

// columnUse counts what a program does to one column.
type columnUse struct{ loads, stores, gathers, scatters int }

func (u *columnUse) note(op Op) {
	switch op {
	case Load:
		u.loads++
	case Store:
		u.stores++
	case Gather:
		u.gathers++
	default:
		u.scatters++
	}
}

func (u columnUse) mixes() bool {
	switch {
	case u.scatters > 0:
		return u.scatters == 1 && u.loads+u.stores+u.gathers == 0
	case u.stores > 0:
		return u.gathers == 0
	}
	return true
}
