package arm64

import (
	"math/bits"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// size is the bytes of an element.
func size(s ir.Storage) int {
	return [...]int{ir.Float64: 8, ir.Int64: 8, ir.Int32: 4, ir.Bool: 1}[s]
}

// An elementAccess is how elements of a storage class go between memory and the low bytes of a vector register: the rows of
// a pass together, the first alone, the second alone.
type elementAccess struct {
	loadBoth, loadFirst, loadSecond    mnemonic
	storeBoth, storeFirst, storeSecond mnemonic
}

func accessOf(s ir.Storage) elementAccess {
	switch s {
	case ir.Int32:
		return elementAccess{ldrD, ldrS, ld1S, strD, strS, st1S}
	case ir.Bool:
		return elementAccess{ldrH, ldrB, ld1B, strH, strB, st1B}
	}
	return elementAccess{ldrQ, ldrD, ld1D, strQ, strD, st1D}
}

// widen makes lanes of elements that lie side by side.
func (c *compiler) widen(s ir.Storage, r register) {
	switch s {
	case ir.Int32:
		c.two(sshll2, r, r)
	case ir.Bool:
		c.two(ushll8, r, r)
		c.two(ushll4, r, r)
		c.two(ushll2, r, r)
		c.two(neg, r, r)
	}
}

// narrowed is a register with the lanes of x as elements that lie side by side.
func (c *compiler) narrowed(s ir.Storage, x register) register {
	switch s {
	case ir.Int32:
		t := c.Temporary()
		c.two(xtn2, t, x)
		return t
	case ir.Bool:
		t := c.Temporary()
		c.two(xtn2, t, x)
		c.two(xtn4, t, t)
		c.two(xtn8, t, t)
		c.lowestBits(t)
		return t
	}
	return x
}

// readUniform spreads a uniform of the frame over all lanes.
func (c *compiler) readUniform(in ir.Instr) {
	r := c.Result()
	c.move(ldrX, element, address{context, c.layout.Uniforms})
	c.move(ldrD, r, address{element, 8 * int(in.Imm)})
	c.two(dupLane, r, r)
	if in.Type == ir.Mask {
		c.three(cmtst, r, r, r)
	}
}

// rowNumbers are the rows.
func (c *compiler) rowNumbers() {
	switch {
	case c.Program.Domain == ir.List:
		r := c.Result()
		a := accessOf(ir.Int32)
		if c.rows == lanes {
			c.move(a.loadBoth, r, c.listedAt(0))
		} else {
			c.move(a.loadFirst, r, c.listedAt(0))
		}
		c.widen(ir.Int32, r)
	case c.rows == 1:
		c.two(dupGeneral, c.Result(), rowNow)
	default:
		from := uint64(c.first())
		t, r := c.Temporary(), c.Result()
		c.constant(t, c.pooledNumber([lanes]uint64{from, from + 1}))
		c.two(dupGeneral, r, rowNow)
		c.three(add, r, r, t)
	}
}

// listedAt is row l of the instruction at hand in Rows.
func (c *compiler) listedAt(l int) address { return address{listed, 4 * (c.first() + l)} }

// own is the element of row l, counted from the first of the instruction. Groups of rows that follow each other share the
// address of the first.
func (c *compiler) own(in ir.Instr, l int) address {
	if c.Program.Domain == ir.List {
		c.move(ldrsw, element, c.listedAt(l))
		return c.elementAt(in, element)
	}
	if c.begins != in.Column() {
		c.elementAt(in, rowNow)
		c.begins = in.Column()
	}
	return address{element, (c.first() + l) * size(in.Storage)}
}

// elementAt is the element of a column that a register is the number of.
func (c *compiler) elementAt(in ir.Instr, number register) address {
	c.scaled(element, c.base(in.Column()), number, bits.TrailingZeros(uint(size(in.Storage))))
	c.begins = noColumn
	return address{element, 0}
}

// load is the rows' own elements: consecutive ones but in domain List.
func (c *compiler) load(in ir.Instr) {
	r := c.Result()
	a := accessOf(in.Storage)
	switch {
	case c.rows == 1:
		c.move(a.loadFirst, r, c.own(in, 0))
	case c.Program.Domain == ir.List:
		c.move(a.loadFirst, r, c.own(in, 0))
		c.own(in, 1)
		c.two(a.loadSecond, r, element)
	default:
		c.move(a.loadBoth, r, c.own(in, 0))
	}
	c.widen(in.Storage, r)
}

// store writes the rows' own elements.
func (c *compiler) store(in ir.Instr) {
	x := c.narrowed(in.Storage, c.Use(in.A))
	a := accessOf(in.Storage)
	switch {
	case c.rows == 1:
		c.move(a.storeFirst, x, c.own(in, 0))
	case c.Program.Domain == ir.List:
		c.move(a.storeFirst, x, c.own(in, 0))
		c.own(in, 1)
		c.two(a.storeSecond, x, element)
	default:
		c.move(a.storeBoth, x, c.own(in, 0))
	}
}

// gather loads elements whose numbers were computed. One that is the same for all rows goes into all lanes.
func (c *compiler) gather(in ir.Instr) {
	from := c.lanesOf(in.A)
	r := c.Result()
	a := accessOf(in.Storage)
	outside := c.trap(in, false)
	c.index(from, 0, in, outside)
	c.move(a.loadFirst, r, c.elementAt(in, index))
	if c.rows == lanes {
		c.index(from, 1, in, outside)
		c.elementAt(in, index)
		c.two(a.loadSecond, r, element)
	}
	c.widen(in.Storage, r)
	if c.Uniform[c.At] {
		c.two(dupLane, r, r)
	}
}

// index puts an index into its register, or leaves if it is outside the column.
func (c *compiler) index(s spread, l int, in ir.Instr, outside label) {
	c.lane(s, l, index)
	c.move(ldrX, value, c.columnLength(in.Column()))
	c.compare(index, value)
	c.jumpIf(ifNotBelow, outside)
}
