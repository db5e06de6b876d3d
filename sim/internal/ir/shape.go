package ir

// Uniform says of each value whether it is the same for every row of a call: constants, uniforms, what is computed from
// them alone, and elements gathered at such an index from a column that the program does not write (a shared variable is
// a column of one element).
func (p *Program) Uniform() []bool {
	written := make([]bool, len(p.Columns))
	for _, in := range p.Code {
		if in.Op.UsesColumn() && in.Op.Writes() {
			written[in.Imm] = true
		}
	}
	uniform := make([]bool, len(p.Code))
	for i, in := range p.Code {
		switch {
		case in.Op == Row || in.Op == Load || in.Op.Writes():
		case in.Op == Gather && written[in.Imm]:
		default:
			uniform[i] = allOf(uniform, in.Operands())
		}
	}
	return uniform
}

func allOf(set []bool, values []Value) bool {
	for _, v := range values {
		if !set[v] {
			return false
		}
	}
	return true
}
