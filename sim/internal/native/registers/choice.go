package registers

import (
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// A Register is one of a processor's, by a number of the translator's choice below 64.
type Register = uint8

// None is no register.
const None Register = 255

// What a register holds, if not a value.
const (
	free      ir.Value = -1
	temporary ir.Value = -2
)

// A Home is where a value lies in memory.
type Home struct {
	Place  Place
	Number int // the offset of a slot, or the number of a constant
}

// A Place is a kind of memory.
type Place uint8

// The places. Nowhere is that of a value which is in no memory.
const (
	Nowhere Place = iota
	InSlot        // of the context that the code works on
	InPool        // of constants
)

// A Machine is what a choice has to know of a processor, and what it makes it write.
type Machine interface {
	// Class is the registers that masks, or other values, may have: from the first on, up to the last but one.
	Class(mask bool) (first, end Register)
	// Constant is the home of a constant with one word in all lanes.
	Constant(word uint64) Home
	Save(r Register, to Home)
	Restore(r Register, from Home)
	// Temporaries is the number of registers that an instruction needs beyond its operands and its result, at most.
	Temporaries(in ir.Instr) int
}

// A Choice gives registers to values. The program is a straight line, so each is given to a value when that is computed and
// taken away after its last use; when none is free, the value whose next use is furthest goes to memory (Belady's rule),
// once, since values do not change.
type Choice struct {
	Values
	At ir.Value // the instruction at hand

	machine  Machine
	holds    [64]ir.Value
	where    []Register // of each value, or None
	home     []Home     // of each value
	next     []int      // of each value, the first of its uses that is not over
	locked   uint64     // registers that the instruction at hand needs
	pinned   uint64     // registers that hold a uniform value in all passes
	slots    int        // slots of the context so far
	spare    []Home     // slots of spilled values that are over
	frame    int        // offset of the first slot
	slotSize int
}

// Start gives each uniform value its place in memory. Slots of so many bytes begin at the frame.
func (c *Choice) Start(v Values, m Machine, frame, slotSize int) {
	n := len(v.Program.Code)
	*c = Choice{Values: v, machine: m, where: make([]Register, n), home: make([]Home, n), next: make([]int, n), frame: frame, slotSize: slotSize}
	for i, in := range v.Program.Code {
		switch {
		case !v.Live[i] || !v.Uniform[i]:
		case in.Op != ir.Const:
			c.home[i] = c.slot()
		case in.Type == ir.Mask:
			c.home[i] = m.Constant(-in.Imm)
		default:
			c.home[i] = m.Constant(in.Imm)
		}
	}
}

// Words is the length of the context with all slots [words of 8 bytes].
func (c *Choice) Words() int { return (c.frame + c.slotSize*c.slots) / 8 }

// Restart forgets what the registers hold, but for pinned values.
func (c *Choice) Restart() {
	for i := range c.where {
		if c.where[i] != None && c.isPinned(c.where[i]) && c.holds[c.where[i]] == ir.Value(i) {
			continue
		}
		c.where[i] = None
		c.next[i] = 0
		if !c.Uniform[i] {
			c.home[i] = Home{}
		}
	}
	for k := range c.holds {
		if !c.isPinned(Register(k)) {
			c.holds[k] = free
		}
	}
	c.locked = c.pinned
}

func (c *Choice) isPinned(r Register) bool { return c.pinned>>r&1 == 1 }

func (c *Choice) slot() Home {
	if n := len(c.spare); n > 0 {
		s := c.spare[n-1]
		c.spare = c.spare[:n-1]
		return s
	}
	c.slots++
	return Home{InSlot, c.frame + c.slotSize*(c.slots-1)}
}

// take finds a register that the instruction at hand does not need.
func (c *Choice) take(mask bool) Register {
	best, furthest := None, ir.Value(-1)
	first, end := c.machine.Class(mask)
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
func (c *Choice) nextUse(v ir.Value) ir.Value {
	uses := c.Uses[v]
	n := c.next[v]
	for n < len(uses) && uses[n] < c.At {
		n++
	}
	c.next[v] = n
	if n == len(uses) {
		return ir.Value(len(c.Program.Code))
	}
	return uses[n]
}

// spill takes a value out of its register, into memory if it is not there.
func (c *Choice) spill(v ir.Value, r Register) {
	if c.home[v].Place == Nowhere {
		c.home[v] = c.slot()
		c.machine.Save(r, c.home[v])
	}
	c.where[v] = None
	c.holds[r] = free
}

// Temporary is a register for the instruction at hand alone.
func (c *Choice) Temporary() Register { return c.TemporaryOf(ir.I64) }

// TemporaryOf is one that may hold a value of a type.
func (c *Choice) TemporaryOf(t ir.Type) Register {
	r := c.take(t == ir.Mask)
	c.holds[r] = temporary
	return r
}

// Result is the register of the value of the instruction at hand.
func (c *Choice) Result() Register {
	r := c.take(c.isMask(c.At))
	c.holds[r], c.where[c.At] = c.At, r
	return r
}

// Use is the register of a value, loaded if it is in memory.
func (c *Choice) Use(v ir.Value) Register {
	r := c.where[v]
	if r == None {
		r = c.take(c.isMask(v))
		c.machine.Restore(r, c.home[v])
		c.holds[r], c.where[v] = v, r
	}
	c.locked |= 1 << r
	return r
}

// Source is a value where it is: in a register, which is kept for the instruction at hand, or, for None, in memory.
func (c *Choice) Source(v ir.Value) (Register, Home) {
	if r := c.where[v]; r != None {
		c.locked |= 1 << r
		return r, Home{}
	}
	return None, c.home[v]
}

// Where is the register of a value, None if it is in memory.
func (c *Choice) Where(v ir.Value) Register { return c.where[v] }

// Keep makes the register of a value that dies that of the result.
func (c *Choice) Keep(v ir.Value, r Register) {
	c.where[v] = None
	c.holds[r], c.where[c.At] = c.At, r
}

// Dies reports whether the instruction at hand is the last to use a value that has a register.
func (c *Choice) Dies(v ir.Value) bool {
	uses := c.Uses[v]
	r := c.where[v]
	return r != None && !c.isPinned(r) && uses[len(uses)-1] == c.At
}

// Release frees the registers of operands that are not needed after the instruction at hand. The result may take one of
// them, so an instruction calls it before Result only if it reads all its operands before it writes.
func (c *Choice) Release() {
	for _, v := range c.Program.Code[c.At].Operands() {
		if c.Dies(v) {
			r := c.where[v]
			c.holds[r], c.where[v] = free, None
			c.locked &^= 1 << r
		}
	}
}

// Settle ends an instruction: it frees what is not needed any more, and puts a uniform value into its slot.
func (c *Choice) Settle(i ir.Value) {
	if r := c.where[i]; r != None && !c.isPinned(r) {
		if c.Uniform[i] {
			c.machine.Save(r, c.home[i])
		}
		if len(c.Uses[i]) == 0 {
			c.holds[r], c.where[i] = free, None
		}
	}
	c.Release()
	for _, v := range c.Program.Code[i].Operands() {
		uses := c.Uses[v]
		if !c.Uniform[v] && c.home[v].Place != Nowhere && uses[len(uses)-1] == i {
			c.spare = append(c.spare, c.home[v])
			c.home[v] = Home{}
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

// PinUniforms keeps the uniform values that are used most in registers that the loops do not need.
func (c *Choice) PinUniforms() {
	c.Restart()
	_, end := c.machine.Class(false)
	spare := min(int(end)-momentary, int(end)-1-c.pressure()) // one for a uniform value that has none
	uses := make([]int, len(c.Program.Code))
	var list []ir.Value
	for v, readers := range c.Uses {
		for _, i := range readers {
			if c.Uniform[v] && !c.Uniform[i] {
				uses[v]++
			}
		}
		if uses[v] > 0 && !c.apart(ir.Value(v)) {
			list = append(list, ir.Value(v))
		}
	}
	slices.SortStableFunc(list, func(x, y ir.Value) int { return uses[y] - uses[x] })
	for k, v := range list[:max(0, min(len(list), spare))] {
		r := end - 1 - Register(k)
		c.machine.Restore(r, c.home[v])
		c.holds[r], c.where[v] = v, r
		c.pinned |= 1 << r
	}
}

// apart reports whether a value is a mask, and masks have registers of their own.
func (c *Choice) apart(v ir.Value) bool {
	first, _ := c.machine.Class(c.isMask(v))
	return first > 0
}

// pressure is the greatest number of registers that values other than uniform ones and temporaries need at once.
func (c *Choice) pressure() int {
	ends := make([]int, len(c.Program.Code)+1)
	alive, most := 0, 0
	for i, in := range c.Program.Code {
		if !c.Live[i] || c.Uniform[i] {
			continue
		}
		if !c.PutOff[i] && len(c.Uses[i]) > 0 && !c.apart(ir.Value(i)) {
			alive++
			ends[c.Uses[i][len(c.Uses[i])-1]]++
		}
		most = max(most, alive+c.machine.Temporaries(in))
		alive -= ends[i]
	}
	return most
}
