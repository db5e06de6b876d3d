package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// size is the bytes of an element.
func size(s ir.Storage) int {
	return [...]int{ir.Float64: 8, ir.Int64: 8, ir.Int32: 4, ir.Bool: 1}[s]
}

// readUniform spreads a uniform of the frame over all lanes.
func (c *compiler) readUniform(in ir.Instr) {
	r := c.Result()
	c.general(load64, rcx, memory(context, uniformsAt))
	from := memory(rcx, 8*int(in.Imm))
	if isMask(r) {
		t := c.Temporary()
		c.vex(vbroadcastsd, t, 0, from)
		c.vex(vptestmq, r, t, direct(t))
		return
	}
	c.vex(vbroadcastsd, r, 0, from)
	if in.Type == ir.Mask {
		c.vex(vpcmpeqq, r, r, direct(c.zero()))
		c.inverted(r)
	}
}

// rowNumbers are the rows.
func (c *compiler) rowNumbers() {
	r := c.Result()
	switch {
	case c.Program.Domain == ir.List && c.rows == c.lanes:
		c.vex(vpmovsxdq, r, 0, c.listed(0))
	case c.Program.Domain == ir.List:
		c.general(load32sign, rax, c.listed(0))
		c.vex(vmovqIn, r, 0, direct(rax))
		c.vex(vpbroadcastq, r, 0, direct(r))
	default:
		c.vex(vmovqIn, r, 0, direct(rowNow))
		c.vex(vpbroadcastq, r, 0, direct(r))
		if c.rows == c.lanes {
			c.vex(vpaddq, r, r, c.constant(counted(uint64(c.first()))))
		}
	}
}

func counted(from uint64) (w [maxLanes]uint64) {
	for l := range w {
		w[l] = from + uint64(l)
	}
	return w
}

// load is the rows' own elements: consecutive ones but in domain List.
func (c *compiler) load(in ir.Instr) {
	if c.Program.Domain == ir.List || c.rows == 1 {
		c.loadEach(in)
		return
	}
	c.loadRows(c.Result(), in)
}

// loadRows loads elements that follow each other.
func (c *compiler) loadRows(r register, in ir.Instr) {
	from := c.consecutive(in)
	switch in.Storage {
	case ir.Int32:
		c.widen(vpmovsxdq, vmovdqu32, r, from)
	case ir.Bool:
		c.loadMask(r, from)
	default:
		c.touch(vmovupd, zeroing, r, from)
	}
}

// loadMask makes masks of bytes.
func (c *compiler) loadMask(r register, from operand) {
	t := c.zero()
	if isMask(r) {
		c.widen(vpmovzxbq, vmovdqu8, t, from)
		c.vex(vptestmq, r, t, direct(t))
		return
	}
	c.vex(vpmovzxbq, r, 0, from)
	c.vex(vpsubq, r, t, direct(r))
}

// consecutive is where the elements of the rows begin, where rows follow each other.
func (c *compiler) consecutive(in ir.Instr) operand {
	return indexed(c.base(in.Column()), rowNow, size(in.Storage), c.first()*size(in.Storage))
}

// own is the element of row l, counted from the first of the instruction. In domain List it uses a register.
func (c *compiler) own(in ir.Instr, l int, with register) operand {
	if c.Program.Domain != ir.List {
		return indexed(c.base(in.Column()), rowNow, size(in.Storage), (c.first()+l)*size(in.Storage))
	}
	c.general(load32sign, with, c.listed(l))
	return indexed(c.base(in.Column()), with, size(in.Storage), 0)
}

func (c *compiler) loadEach(in ir.Instr) {
	c.collected(func(l int) { c.element(in.Storage, rax, c.own(in, l, rax)) })
}

// element loads an element into a general register, as it stands in a lane.
func (c *compiler) element(s ir.Storage, to register, from operand) {
	switch s {
	case ir.Int32:
		c.general(load32sign, to, from)
	case ir.Bool:
		c.general(load8, to, from)
		c.general(unary64, negate, direct(to))
	default:
		c.general(load64, to, from)
	}
}

// gather loads elements whose numbers were computed.
func (c *compiler) gather(in ir.Instr) {
	index := c.harmless(c.lanesOf(in.A))
	outside := c.trap(in, false)
	c.collected(func(l int) {
		c.index(index, l, in, outside)
		c.element(in.Storage, rax, c.indexedElement(in))
	})
}

// index puts an index into rax, or leaves if it is outside the column.
func (c *compiler) index(s spread, l int, in ir.Instr, outside label) {
	c.lane(s, l, rax)
	c.general(compare64, rax, columnLength(in.Column()))
	c.jump(ifNotBelow, outside)
}

// indexedElement is the element of a column that rax is the number of.
func (c *compiler) indexedElement(in ir.Instr) operand {
	return indexed(c.base(in.Column()), rax, size(in.Storage), 0)
}

// store writes the rows' own elements.
func (c *compiler) store(in ir.Instr) {
	if c.Program.Domain == ir.List || c.rows == 1 {
		c.storeEach(in)
		return
	}
	x := c.Use(in.A)
	to := c.consecutive(in)
	switch {
	case in.Storage == ir.Int32 || in.Storage == ir.Bool:
		c.storeNarrow(in.Storage, x, to)
	default:
		c.touch(vmovupdStore, 0, x, to)
	}
}

// storeNarrow writes the low halves of integers, or masks as bytes.
func (c *compiler) storeNarrow(s ir.Storage, x register, to operand) {
	switch {
	case c.opmasks && s == ir.Int32:
		c.touch(vpmovqdStore, 0, x, to)
	case c.opmasks:
		t := c.Temporary()
		c.masked(vmovupd, only(x)|zeroing, t, 0, c.filled(1))
		c.touch(vpmovqbStore, 0, t, to)
	case s == ir.Int32:
		t := c.Temporary()
		c.vex(vextracti128, x, 0, direct(t), 1)
		c.vex(vshufps, t, x, direct(t), 0x88) // the low halves
		c.vex(vmovupsStore, t, 0, to)
	default:
		c.vex(vmovmskpd, rax, 0, direct(x))
		c.general(timesImm32, rax, direct(rax), word32(0x204081)...) // bits 0 to 3 to bits 0, 8, 16, 24
		c.general(immediate, andImm, direct(rax), word32(0x01010101)...)
		c.general(store32, rax, to)
	}
}

func (c *compiler) storeEach(in ir.Instr) {
	x := c.lanesOf(in.A)
	for l := range c.rows {
		c.lane(x, l, rcx)
		c.putElement(in.Storage, c.own(in, l, rax))
	}
}

// putElement stores what a lane held and rcx holds.
func (c *compiler) putElement(s ir.Storage, to operand) {
	switch s {
	case ir.Int32:
		c.general(store32, rcx, to)
	case ir.Bool:
		c.general(immediate, andImm, direct(rcx), word32(1)...)
		c.general(store8, rcx, to)
	default:
		c.general(store64, rcx, to)
	}
}
