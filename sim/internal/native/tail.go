package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// Where masks have registers, the rows that are left at the end, fewer than lanes, go through one pass in which the
// others are not there: what they would load is 0, and nothing of them is stored, scattered or emitted. Rows of a list go
// one by one, as they do in other forms: lists are short.

func (c *compiler) masksTail() bool {
	return c.opmasks && c.Program.RowsMayMix() && c.Program.Domain != ir.List
}

// tail takes the rows that are left.
func (c *compiler) tail() {
	over := c.newLabel()
	c.rows, c.groups = c.lanes, 1
	c.general(load64, rcx, direct(rowEnd))
	c.general(subtract64, rcx, direct(rowNow))
	c.jump(ifLessEqual, over)
	c.setNumber(1)
	c.general(shiftByCount, shiftUp, direct(rax))
	c.addNumber(rax, -1)
	c.vex(kmovbIn, tailMask, 0, direct(rax))
	c.partial = true
	c.pass(func(i ir.Value) bool { return !c.Uniform[i] && c.group[i] == 0 })
	c.partial = false
	c.bind(over)
}

// touch loads or stores elements of a lane's width, or stores narrower ones, of the rows that there are. For the others zeroing puts 0 into the register.
func (c *compiler) touch(m mnemonic, others opmask, r register, rm operand) {
	if c.partial {
		c.masked(m, only(tailMask)|others, r, 0, rm)
		return
	}
	c.vex(m, r, 0, rm)
}

// widen loads elements that are narrower than a lane. Of a pass that is not full they are loaded as they are before, so
// that nothing behind them is touched: not every emulator keeps to that when it widens.
func (c *compiler) widen(m, narrow mnemonic, r register, from operand) {
	if !c.partial {
		c.vex(m, r, 0, from)
		return
	}
	c.masked(narrow, only(tailMask)|zeroing, r, 0, from)
	c.vex(m, r, 0, direct(r))
}

// endRows leads away from what is written for row l if there is no such row. It uses rcx.
func (c *compiler) endRows(l int, over label) {
	if !c.partial || l == 0 {
		return
	}
	c.general(lea64, rcx, memory(rowNow, l))
	c.general(compare64, rcx, direct(rowEnd))
	c.jump(ifGreaterEqual, over)
}

// harmless makes the indices of rows that are not there 0, which is inside a column if any index is.
func (c *compiler) harmless(s spread) spread {
	if c.partial && !s.same {
		t := c.Temporary()
		c.masked(vmovapd, only(tailMask)|zeroing, t, 0, direct(s.register))
		s.register = t
	}
	return s
}
