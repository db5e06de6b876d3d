package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// interleave returns the program for two groups of rows at once: each instruction that is not uniform stands twice, one
// for either group, so that the processor has something to do while a long chain of one group waits. The group of each
// instruction is returned too, 0 or 1.
func interleave(p *ir.Program) (*ir.Program, []int) {
	var code []ir.Instr
	var group []int
	uniform := p.Uniform()
	var renamed [2][]ir.Value
	for i, in := range p.Code {
		for g := range renamed {
			if g == 1 && uniform[i] {
				renamed[1] = append(renamed[1], renamed[0][i])
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

// longChain is the number of instructions from which on two groups of rows pay: shorter loops overlap in the processor
// by themselves. It was found by measuring: exp (40 instructions) gains 20 %, tanh and normal numbers 12 %, although
// values go to memory then; the update of a neuron (20) loses 10 %.
const longChain = 32

// worthTwo reports whether a program should run for two groups of rows at once.
func (c *compiler) worthTwo() bool {
	length := 0
	for i := range c.p.Code {
		if c.live[i] && !c.uniform[i] {
			length++
		}
	}
	return c.p.RowsMayMix() && length >= longChain
}
