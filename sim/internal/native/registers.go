package native

import (
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// What a vector register holds, if not a value.
const (
	free      ir.Value = -1
	temporary ir.Value = -2
)

const noRegister = 255

// registers is the choice of vector registers, and of those of masks. The program is a straight line, so each is given to a value when that is
// computed and taken away after its last use; when none is free, the value whose next use is furthest goes to memory
// (Belady's rule), once, since values do not change.
type registers struct {
	holds    [registerCount]ir.Value
	where    []register // of each value, or noRegister
	home     []operand  // where each value lies in memory, if it does
	next     []int      // of each value, the first of its uses that is not over
	locked   uint64     // registers that the instruction at hand needs
	pinned   uint64     // registers that hold a uniform value in all passes
	slots    int        // slots of the context so far
	spare    []operand  // slots of spilled values that are over
	frame    int        // offset of the first slot
	slotSize int
	shared   []bool // uniform values keep their slots
}

// start gives each uniform value its place in memory.
func (r *registers) start(c *compiler) {
	r.where = make([]register, len(c.p.Code))
	r.home = make([]operand, len(c.p.Code))
	r.next = make([]int, len(c.p.Code))
	r.frame = (columnsAt + columnSize*len(c.p.Columns) + c.width() - 1) / c.width() * c.width()
	r.shared, r.slotSize = c.uniform, c.width()
	for i, in := range c.p.Code {
		switch {
		case !c.live[i] || !c.uniform[i]:
		case in.Op != ir.Const:
			r.home[i] = r.slot()
		case in.Type == ir.Mask:
			r.home[i] = c.filled(-in.Imm)
		default:
			r.home[i] = c.filled(in.Imm)
		}
	}
}

// restart forgets what the registers hold.
func (r *registers) restart() {
	for i := range r.where {
		if r.where[i] != noRegister && r.pinned>>r.where[i]&1 == 1 && r.holds[r.where[i]] == ir.Value(i) {
			continue
		}
		r.where[i] = noRegister
		r.next[i] = 0
		if !r.shared[i] {
			r.home[i] = operand{}
		}
	}
	for k := range r.holds {
		if r.pinned>>k&1 == 0 {
			r.holds[k] = free
		}
	}
	r.locked = r.pinned
}

func (r *registers) slot() operand {
	if n := len(r.spare); n > 0 {
		s := r.spare[n-1]
		r.spare = r.spare[:n-1]
		return s
	}
	r.slots++
	return memory(context, r.frame+r.slotSize*(r.slots-1))
}

// take finds a register that the instruction at hand does not need, for a value of a type.
func (c *compiler) take(t ir.Type) register {
	best, furthest := register(noRegister), ir.Value(-1)
	first, end := c.class(t == ir.Mask)
	for k := first; k < end; k++ {
		v := c.holds[k]
		if c.locked>>k&1 == 1 {
			continue
		}
		if v == free {
			best = k
			break
		}
		if next := c.nextUse(v); next > furthest {
			best, furthest = k, next
		}
	}
	if v := c.holds[best]; v != free {
		c.spill(v, best)
	}
	c.locked |= 1 << best
	return best
}

// nextUse is the instruction that reads the value next, far away if none does.
func (c *compiler) nextUse(v ir.Value) ir.Value {
	uses := c.uses[v]
	n := c.next[v]
	for n < len(uses) && uses[n] < c.at {
		n++
	}
	c.next[v] = n
	if n == len(uses) {
		return ir.Value(len(c.p.Code))
	}
	return uses[n]
}

// spill takes a value out of its register, into memory if it is not there.
func (c *compiler) spill(v ir.Value, r register) {
	if c.home[v].place == nowhere {
		c.home[v] = c.slot()
		c.save(r, c.home[v])
	}
	c.where[v] = noRegister
	c.holds[r] = free
}

// save puts a register into memory. Of a mask register one byte is kept, which is the first of the slot or constant.
func (c *compiler) save(r register, to operand) {
	m := vmovupdStore
	if isMask(r) {
		m = kmovbStore
	}
	c.vex(m, r, 0, to)
}

// restore takes a register from memory.
func (c *compiler) restore(r register, from operand) {
	m := vmovupd
	if isMask(r) {
		m = kmovb
	}
	c.vex(m, r, 0, from)
}

// temporary is a register for the instruction at hand alone.
func (c *compiler) temporary() register { return c.temporaryOf(ir.I64) }

// temporaryOf is one that may hold a value of a type.
func (c *compiler) temporaryOf(t ir.Type) register {
	r := c.take(t)
	c.holds[r] = temporary
	return r
}

// result is the register of the value of the instruction at hand.
func (c *compiler) result() register {
	r := c.take(c.p.Code[c.at].Type)
	c.holds[r], c.where[c.at] = c.at, r
	return r
}

// use is the register of a value, loaded if it is in memory.
func (c *compiler) use(v ir.Value) register {
	r := c.where[v]
	if r == noRegister {
		r = c.take(c.p.Code[v].Type)
		c.restore(r, c.home[v])
		c.holds[r], c.where[v] = v, r
	}
	c.locked |= 1 << r
	return r
}

// source is a value where it is, in a register or in memory.
func (c *compiler) source(v ir.Value) operand {
	if r := c.where[v]; r != noRegister {
		c.locked |= 1 << r
		return direct(r)
	}
	return c.home[v]
}

// dies reports whether the instruction at hand is the last to use a value that has a register.
func (c *compiler) dies(v ir.Value) bool {
	uses := c.uses[v]
	r := c.where[v]
	return r != noRegister && c.pinned>>r&1 == 0 && uses[len(uses)-1] == c.at
}

// release frees the registers of operands that are not needed after the instruction at hand. The result may take one of
// them, so an instruction calls it before result only if it reads all its operands before it writes.
func (c *compiler) release() {
	for _, v := range c.p.Code[c.at].Operands() {
		if c.dies(v) {
			r := c.where[v]
			c.holds[r], c.where[v] = free, noRegister
			c.locked &^= 1 << r
		}
	}
}

// settle ends an instruction: it frees what is not needed any more, and puts a uniform value into its slot.
func (c *compiler) settle(i ir.Value) {
	if r := c.where[i]; r != noRegister && c.pinned>>r&1 == 0 {
		if c.uniform[i] {
			c.save(r, c.home[i])
		}
		if len(c.uses[i]) == 0 {
			c.holds[r], c.where[i] = free, noRegister
		}
	}
	c.release()
	for _, v := range c.p.Code[i].Operands() {
		uses := c.uses[v]
		if !c.uniform[v] && c.home[v].place != nowhere && uses[len(uses)-1] == i {
			c.spare = append(c.spare, c.home[v])
			c.home[v] = operand{}
		}
	}
	for k, v := range c.holds {
		if v == temporary {
			c.holds[k] = free
		}
	}
	c.locked = c.pinned
}

// momentary is the number of registers that an instruction needs for itself, at most.
const momentary = 6

// temporaries is the number of registers that an instruction needs beyond its operands and its result, at most.
func temporaries(in ir.Instr, d ir.Domain) int {
	switch in.Op {
	case ir.Scatter, ir.ScatterAdd, ir.ScatterMul, ir.IntOfFloat:
		return 3
	case ir.Gather:
		return 2
	case ir.IMul, ir.IShr, ir.INeg, ir.MaskOfInt, ir.FloatOfInt, ir.BitsOfFloat:
		return 1
	case ir.Load, ir.Store:
		if d == ir.List || in.Storage == ir.Bool || in.Storage == ir.Int32 {
			return 1
		}
	}
	return 0
}

// pinUniforms keeps the uniform values that are used most in registers that the loops do not need.
func (c *compiler) pinUniforms() {
	c.registers.restart()
	spare := min(c.vectors-momentary, c.vectors-1-c.pressure()) // one for a uniform value that has none
	uses := make([]int, len(c.p.Code))
	var list []ir.Value
	for v, readers := range c.uses {
		for _, i := range readers {
			if c.uniform[v] && !c.uniform[i] {
				uses[v]++
			}
		}
		if uses[v] > 0 && !c.inMaskRegister(ir.Value(v)) {
			list = append(list, ir.Value(v))
		}
	}
	slices.SortStableFunc(list, func(x, y ir.Value) int { return uses[y] - uses[x] })
	for k, v := range list[:max(0, min(len(list), spare))] {
		r := register(c.vectors - 1 - k)
		c.vex(vmovupd, r, 0, c.home[v])
		c.holds[r], c.where[v] = v, r
		c.pinned |= 1 << r
	}
}

// inMaskRegister reports whether a value is one of those that take no vector register.
func (c *compiler) inMaskRegister(v ir.Value) bool {
	return c.opmasks && c.p.Code[v].Type == ir.Mask
}

// pressure is the greatest number of registers that values other than uniform ones and temporaries need at once.
func (c *compiler) pressure() int {
	ends := make([]int, len(c.p.Code)+1)
	alive, most := 0, 0
	for i, in := range c.p.Code {
		if !c.live[i] || c.uniform[i] {
			continue
		}
		if !c.putOff[i] && len(c.uses[i]) > 0 && !c.inMaskRegister(ir.Value(i)) {
			alive++
			ends[c.uses[i][len(c.uses[i])-1]]++
		}
		most = max(most, alive+temporaries(in, c.p.Domain))
		alive -= ends[i]
	}
	return most
}
