package arm64

import "github.com/golgi-sim/golgi/sim/internal/ir"

// Rows of a list must be elements of the columns that are loaded and stored. All rows of a pass are compared with the
// length of the shortest such column; in a pass of many, the greatest of all as unsigned numbers, and which row is wrong
// is found out aside.

// beginRows finds the rows of a list for the pass that is to begin.
func (c *compiler) beginRows() {
	if c.Program.Domain != ir.List {
		return
	}
	c.scaled(listed, rowsBase, rowNow, 2)
	if c.groups > 1 {
		c.prefetchRows()
	}
	if len(ownAccesses(c.Program)) == 0 {
		return
	}
	outside := c.trap(ir.Instr{}, true)
	c.move(ldrX, value, address{context, c.layout.Least})
	if c.groups == together {
		c.checkTogether(outside)
	} else {
		c.checkEach(c.rows*c.groups, outside)
	}
}

// together is the number of groups whose rows are compared at once.
const together = 4

// checkTogether compares eight rows.
func (c *compiler) checkTogether(outside label) {
	const rows, more = 0, 1 // vector registers: the pass has not begun
	wrong := c.newLabel()
	c.move(ldrQ, rows, address{listed, 0})
	c.move(ldrQ, more, address{listed, 16})
	c.three(umax4, rows, rows, more)
	c.two(umaxv4, rows, rows)
	c.two(fmovOut32, index, rows)
	c.compare(index, value)
	c.jumpIf(ifNotBelow, wrong)
	c.aside = append(c.aside, func() {
		c.bind(wrong)
		c.checkEach(lanes*together, outside)
	})
}

func (c *compiler) checkEach(rows int, outside label) {
	for l := range rows {
		c.move(ldrsw, index, address{listed, 4 * l})
		c.compare(index, value)
		c.jumpIf(ifNotBelow, outside)
	}
}

// rowsAhead is how many rows of a list before their turn their elements are asked for, as on other processors.
const rowsAhead = 192

// prefetchRows asks for the elements of a row to come. Rows of one spike lie side by side, so one in a pass will do; past
// the end of the list it is the last row that is asked for.
func (c *compiler) prefetchRows() {
	c.advance(index, rowNow, rowsAhead)
	c.move(ldrX, value, address{context, c.layout.Last})
	c.compare(index, value)
	c.three(cselGreater, index, value, index)
	c.three(ldrswIndexed, index, rowsBase, index)
	c.ask()
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
