package arm64

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A loop over long programs takes several groups of rows at once, so that the processor has something to do while the
// chain of operations of one group waits. Over lists all programs do, so that rows are compared and asked for in advance
// once for all groups.
const (
	longChain  = 32 // instructions from which on several groups pay
	manyGroups = 4
)

// interleave returns the program for several groups of rows: each instruction that is not uniform stands once for every
// group, one after the other. The group of each instruction is returned too.
func interleave(p *ir.Program) (*ir.Program, []int) {
	var code []ir.Instr
	var group []int
	uniform := p.Uniform()
	var renamed [manyGroups][]ir.Value
	for i, in := range p.Code {
		for g := range renamed {
			if g > 0 && uniform[i] {
				renamed[g] = append(renamed[g], renamed[0][i])
				continue
			}
			own := in
			for k, operand := range []*ir.Value{&own.A, &own.B, &own.C}[:in.Op.Arity()] {
				*operand = renamed[g][in.Operands()[k]]
			}
			renamed[g] = append(renamed[g], ir.Value(len(code)))
			code, group = append(code, own), append(group, g)
		}
	}
	return &ir.Program{Name: p.Name, Domain: p.Domain, Columns: p.Columns, Code: code}, group
}

// takesMany reports whether a program should run for several groups of rows at once.
func (c *compiler) takesMany() bool {
	length := 0
	for i := range c.p.Code {
		if c.live[i] && !c.uniform[i] {
			length++
		}
	}
	return c.p.RowsMayMix() && (length >= longChain || c.p.Domain == ir.List)
}
