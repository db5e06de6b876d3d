package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A loop over long programs takes several groups of rows at once, so that the processor has something to do while a chain
// of operations of one group waits: three if the program is little more than one chain, as functions and normal numbers
// are, two if several of its own run beside each other, as in the equations of a neuron. The update of an integrate-and-fire
// neuron (20 instructions) loses with two: short loops overlap by themselves.
const (
	longChain  = 32 // instructions from which on several groups pay
	manyGroups = 3
	fewGroups  = 2
	broad      = 3 // times the cycles of the longest chain that all instructions take, from which on a few do
)

// groupsOf is the number of groups of rows for a long program.
func groupsOf(p *ir.Program) int {
	s := newSchedule(p)
	all, longest := 0, 0
	for i, in := range p.Code {
		if !s.uniform[i] {
			all, longest = all+latency(in.Op), max(longest, s.way[i])
		}
	}
	if all > broad*longest {
		return fewGroups
	}
	return manyGroups
}

// interleave returns the program for several groups of rows: each instruction that is not uniform stands once for every
// group, one after the other. The group of each instruction is returned too.
func interleave(p *ir.Program, groups int) (*ir.Program, []int) {
	var code []ir.Instr
	var group []int
	uniform := p.Uniform()
	renamed := make([][]ir.Value, groups)
	for i, in := range p.Code {
		for g := range renamed {
			if g > 0 && uniform[i] {
				renamed[g] = append(renamed[g], renamed[0][i])
				continue
			}
			own := in
			rename(&own, renamed[g])
			renamed[g] = append(renamed[g], ir.Value(len(code)))
			code, group = append(code, own), append(group, g)
		}
	}
	return &ir.Program{Name: p.Name, Domain: p.Domain, Columns: p.Columns, Code: code}, group
}

// isLong reports whether a program should run for several groups of rows at once.
func (c *compiler) isLong() bool {
	length := 0
	for i := range c.Program.Code {
		if c.Live[i] && !c.Uniform[i] {
			length++
		}
	}
	return c.Program.RowsMayMix() && length >= longChain
}
