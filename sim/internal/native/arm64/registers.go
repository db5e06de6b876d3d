package arm64

import (
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

const (
	vectorRegisters = 32
	slotSize        = 16
)

// What a vector register holds, if not a value.
const (
	free      ir.Value = -1
	temporary ir.Value = -2
)

const noRegister = 255

type place uint8

const (
	nowhere place = iota
	inSlot        // of the context
	inPool
)

// A home is where a value lies in memory: at an offset in the context, or a number in the pool.
type home struct {
	place  place
	number int
}

// registers is the choice of vector registers. The program is a straight line, so each is given to a value when that is
// computed and taken away after its last use; when none is free, the value whose next use is furthest goes to memory
// (Belady's rule), once, since values do not change.
type registers struct {
	holds  [vectorRegisters]ir.Value
	where  []register // of each value, or noRegister
	home   []home     // of each value
	next   []int      // of each value, the first of its uses that is not over
	locked uint32     // registers that the instruction at hand needs
	pinned uint32     // registers that hold a uniform value in all passes
	slots  int        // slots of the context so far
	spare  []home     // slots of spilled values that are over
	frame  int        // offset of the first slot
	shared []bool     // uniform values keep their slots
}

// start gives each uniform value its place in memory.
func (r *registers) start(c *compiler) {
	r.where = make([]register, len(c.p.Code))
	r.home = make([]home, len(c.p.Code))
	r.next = make([]int, len(c.p.Code))
	r.frame = (c.columnBase(len(c.p.Columns)).offset + slotSize - 1) / slotSize * slotSize
	r.shared = c.uniform
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

// filled is the home of a constant with one word in all lanes.
func (c *compiler) filled(w uint64) home { return home{inPool, c.pooledNumber([lanes]uint64{w, w})} }

// restart forgets what the registers hold.
func (r *registers) restart() {
	for i := range r.where {
		if r.where[i] != noRegister && r.pinned>>r.where[i]&1 == 1 && r.holds[r.where[i]] == ir.Value(i) {
			continue
		}
		r.where[i] = noRegister
		r.next[i] = 0
		if !r.shared[i] {
			r.home[i] = home{}
		}
	}
	for k := range r.holds {
		if r.pinned>>k&1 == 0 {
			r.holds[k] = free
		}
	}
	r.locked = r.pinned
}

func (r *registers) slot() home {
	if n := len(r.spare); n > 0 {
		s := r.spare[n-1]
		r.spare = r.spare[:n-1]
		return s
	}
	r.slots++
	return home{inSlot, r.frame + slotSize*(r.slots-1)}
}

// take finds a register that the instruction at hand does not need.
func (c *compiler) take() register {
	best, furthest := register(noRegister), ir.Value(-1)
	for k, v := range c.holds {
		if c.locked>>k&1 == 1 {
			continue
		}
		if v == free {
			best = register(k)
			break
		}
		if next := c.nextUse(v); next > furthest {
			best, furthest = register(k), next
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
		c.toHome(v, r)
	}
	c.where[v] = noRegister
	c.holds[r] = free
}

// toHome stores a value into its slot.
func (c *compiler) toHome(v ir.Value, r register) {
	c.move(strQ, r, address{context, c.home[v].number})
}

// fetch loads what lies in memory.
func (c *compiler) fetch(r register, from home) {
	if from.place == inPool {
		c.constant(r, from.number)
	} else {
		c.move(ldrQ, r, address{context, from.number})
	}
}

// temporary is a register for the instruction at hand alone.
func (c *compiler) temporary() register {
	r := c.take()
	c.holds[r] = temporary
	return r
}

// filledWith is a temporary register with one word in all lanes.
func (c *compiler) filledWith(w uint64) register {
	r := c.temporary()
	c.fetch(r, c.filled(w))
	return r
}

// result is the register of the value of the instruction at hand.
func (c *compiler) result() register {
	r := c.take()
	c.holds[r], c.where[c.at] = c.at, r
	return r
}

// use is the register of a value, loaded if it is in memory.
func (c *compiler) use(v ir.Value) register {
	r := c.where[v]
	if r == noRegister {
		r = c.take()
		c.fetch(r, c.home[v])
		c.holds[r], c.where[v] = v, r
	}
	c.locked |= 1 << r
	return r
}

// copyOf is the register of the result, with a value in it that goes on: one in memory costs no other register.
func (c *compiler) copyOf(v ir.Value) register {
	from := c.where[v]
	if from != noRegister {
		c.locked |= 1 << from
	}
	r := c.result()
	if from == noRegister {
		c.fetch(r, c.home[v])
	} else {
		c.three(orr, r, from, from)
	}
	return r
}

// keep makes the register of a value that dies that of the result.
func (c *compiler) keep(v ir.Value, r register) {
	c.where[v] = noRegister
	c.holds[r], c.where[c.at] = c.at, r
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
			c.toHome(i, r)
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
			c.home[v] = home{}
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
func temporaries(in ir.Instr) int {
	switch in.Op {
	case ir.IMul, ir.MulU32, ir.IntOfFloat, ir.IShr, ir.ScatterAdd, ir.ScatterMul:
		return 2
	case ir.IShl, ir.IUshr, ir.BitsOfFloat, ir.Row, ir.Store, ir.Emit:
		return 1
	}
	return 0
}

// pinUniforms keeps the uniform values that are used most in registers that the loops do not need.
func (c *compiler) pinUniforms() {
	c.registers.restart()
	spare := min(vectorRegisters-momentary, vectorRegisters-1-c.pressure()) // one for a uniform value that has none
	uses := make([]int, len(c.p.Code))
	var list []ir.Value
	for v, readers := range c.uses {
		for _, i := range readers {
			if c.uniform[v] && !c.uniform[i] {
				uses[v]++
			}
		}
		if uses[v] > 0 {
			list = append(list, ir.Value(v))
		}
	}
	slices.SortStableFunc(list, func(x, y ir.Value) int { return uses[y] - uses[x] })
	for k, v := range list[:max(0, min(len(list), spare))] {
		r := register(vectorRegisters - 1 - k)
		c.fetch(r, c.home[v])
		c.holds[r], c.where[v] = v, r
		c.pinned |= 1 << r
	}
}

// pressure is the greatest number of registers that values other than uniform ones and temporaries need at once.
func (c *compiler) pressure() int {
	ends := make([]int, len(c.p.Code)+1)
	alive, most := 0, 0
	for i, in := range c.p.Code {
		if !c.live[i] || c.uniform[i] {
			continue
		}
		if !c.putOff[i] && len(c.uses[i]) > 0 {
			alive++
			ends[c.uses[i][len(c.uses[i])-1]]++
		}
		most = max(most, alive+temporaries(in))
		alive -= ends[i]
	}
	return most
}
