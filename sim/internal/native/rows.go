package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// Rows of a list must be elements of the columns that are loaded and stored. All rows of a pass are compared with the
// length of the shortest such column, all lanes at once; which row is wrong is found out aside.

// checkRows compares the rows of the pass that is to begin.
func (c *compiler) checkRows() {
	if c.Program.Domain != ir.List || len(ownAccesses(c.Program)) == 0 {
		return
	}
	outside := c.trap(ir.Instr{}, true)
	if c.rows == 1 {
		c.checkRow(0, outside)
		return
	}
	for group := range c.groups {
		wrong := c.newLabel()
		const least, rows = 0, 1 // vector registers: the pass has not begun
		c.vex(vbroadcastsd, least, 0, memory(context, leastAt))
		c.vex(vpmovzxdq, rows, 0, indexed(rowsBase, rowNow, 4, 4*c.lanes*group))
		c.unlessGreater(least, rows, wrong)
		c.aside = append(c.aside, func() {
			c.bind(wrong)
			for l := range c.lanes {
				c.checkRow(c.lanes*group+l, outside)
			}
		})
	}
}

// unlessGreater jumps if x is not greater than y in any lane. It changes y.
func (c *compiler) unlessGreater(x, y register, to label) {
	if c.opmasks {
		c.vex(vpcmpq, k0, x, direct(y), greater)
		c.vex(kortestb, k0, 0, direct(k0))
		c.jump(ifNotBelow, to) // the carry tells that all bits are set
		return
	}
	c.vex(vpcmpgtq, y, x, direct(y))
	c.jumpUnlessAll(y, to)
}

// checkRow compares row l of the pass.
func (c *compiler) checkRow(l int, outside label) {
	c.general(load32sign, rax, indexed(rowsBase, rowNow, 4, 4*l))
	c.general(compare64, rax, memory(context, leastAt))
	c.jump(ifNotBelow, outside)
}

// rowsAhead is how many rows of a list before their turn their elements are asked for: two or three spikes, where the
// list is of the synapses of spikes.
const rowsAhead = 192

// prefetchRows asks for the elements of a row to come. Rows of one spike lie side by side, so one in a pass will do; past
// the end of the list it is the last row that is asked for.
func (c *compiler) prefetchRows() {
	if c.Program.Domain != ir.List || c.rows == 1 {
		return
	}
	c.general(lea64, rcx, memory(rowNow, rowsAhead))
	c.general(compare64, rcx, memory(context, lastAt))
	c.general(moveIfMore, rcx, memory(context, lastAt))
	c.general(load32sign, rcx, indexed(rowsBase, rcx, 4, 0))
	for _, in := range ownAccesses(c.Program) {
		if base := c.bases[in.Imm]; base != rax {
			c.general(prefetch, nearest, indexed(base, rcx, size(in.Storage), 0))
		}
	}
}

// ownAccesses is one instruction of each column that is loaded or stored.
func ownAccesses(p *ir.Program) []ir.Instr {
	var list []ir.Instr
	seen := make([]bool, len(p.Columns))
	for _, in := range p.Code {
		if (in.Op == ir.Load || in.Op == ir.Store) && !seen[in.Imm] {
			seen[in.Imm] = true
			list = append(list, in)
		}
	}
	return list
}
