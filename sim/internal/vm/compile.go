package vm

import (
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// blockRows is the number of rows of a block: a register of numbers takes 2 KiB, so that a dozen of them and the columns
// of the block fit the first-level cache.
const blockRows = 256

// A place is where a value lies while a block runs.
type place uint8

const (
	nowhere  place = iota
	uniform        // one word, the same for all rows
	register       // a buffer of the block, of words or of masks
	inColumn       // the block's part of a column
)

// An operand is a place and its number: of the uniform, the register or the column.
type operand struct {
	place place
	at    int
}

// A step is an instruction with its operands placed. Form says which of them are uniform, bit 0 the first.
type step struct {
	kernel  int // for arithmetic: kernelOf(op, form), Select of masks apart
	op      ir.Op
	storage ir.Storage
	column  int
	d       operand
	a, b, c operand
	add     [hornerMost]int // of a chain of Horner's steps: the uniforms, so many as
	terms   int
}

// A loop is a compiled program. It is read only: calls on several goroutines share it.
type loop struct {
	name     string
	domain   ir.Domain
	block    int        // rows a block
	distinct bool       // a block of domain List must not hold a row twice
	uniforms []ir.Instr // what computes the uniform values; operands are numbers of uniform values
	steps    []step
	own      []ir.Instr // one instruction of each column that is loaded or stored, to check its length
	words    int        // registers of 8 bytes a row
	masks    int        // registers of 1 byte a row
}

type backend struct{}

// New returns the backend.
func New() ir.Backend { return backend{} }

// Compile checks the program and places its values. Its cost grows with the square of the number of column operations.
func (backend) Compile(p *ir.Program) (ir.Loop, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	c := newCompiler(p)
	uses := useCounts(p)
	c.findChains(uses)
	c.findProducts(uses)
	c.lastUses()
	c.placeUniforms()
	c.aliasLoads()
	c.writeThrough()
	for i := range p.Code {
		c.instruction(ir.Value(i))
	}
	return c.loop, nil
}

// A compiler holds what is known of a program's values while it is compiled.
type compiler struct {
	*loop
	p         *ir.Program
	isUniform []bool
	last      []ir.Value // the last instruction that uses the value, itself if none does
	placed    []operand
	chains    map[ir.Value]chain   // Horner's steps, by the last one
	products  map[ir.Value]product // multiplications, by the sum that takes them over
	done      []bool               // instructions that need no step of their own
	freeWords []int
	freeMasks []int
}

func newCompiler(p *ir.Program) *compiler {
	c := &compiler{
		loop: &loop{name: p.Name, domain: p.Domain, block: 1, distinct: p.NeedsDistinctRows()},
		p:    p, isUniform: p.Uniform(), chains: map[ir.Value]chain{}, products: map[ir.Value]product{}, last: make([]ir.Value, len(p.Code)),
		placed: make([]operand, len(p.Code)), done: make([]bool, len(p.Code)),
	}
	if p.RowsMayMix() {
		c.block = blockRows
	}
	seen := map[uint64]bool{}
	for _, in := range p.Code {
		if (in.Op == ir.Load || in.Op == ir.Store) && !seen[in.Imm] {
			seen[in.Imm] = true
			c.own = append(c.own, in)
		}
	}
	return c
}

func useCounts(p *ir.Program) []int {
	uses := make([]int, len(p.Code))
	for _, in := range p.Code {
		for _, v := range in.Operands() {
			uses[v]++
		}
	}
	return uses
}

// reads are the values that instruction i needs when it runs: none if another has taken it over.
func (c *compiler) reads(i ir.Value) []ir.Value {
	if found, ok := c.chains[i]; ok {
		return append([]ir.Value{found.first, found.x}, found.add...)
	}
	if found, ok := c.products[i]; ok {
		return []ir.Value{found.a, found.b, found.c}
	}
	if c.done[i] {
		return nil
	}
	return c.p.Code[i].Operands()
}

func (c *compiler) lastUses() {
	for i := range c.p.Code {
		c.last[i] = ir.Value(i)
		for _, v := range c.reads(ir.Value(i)) {
			c.last[v] = ir.Value(i)
		}
	}
}

func (c *compiler) placeUniforms() {
	for i, in := range c.p.Code {
		if !c.isUniform[i] {
			continue
		}
		for k := range in.Operands() {
			v := []*ir.Value{&in.A, &in.B, &in.C}[k]
			*v = ir.Value(c.placed[*v].at)
		}
		c.placed[i] = operand{uniform, len(c.uniforms)}
		c.uniforms = append(c.uniforms, in)
	}
}

// inPlace reports whether the block's part of a column can be used as a buffer.
func (c *compiler) inPlace(in ir.Instr) bool { return c.domain != ir.List && in.Storage != ir.Int32 }

// aliasLoads reads a column in place where nothing writes it before the last use of what was read.
func (c *compiler) aliasLoads() {
	for i, in := range c.p.Code {
		if in.Op == ir.Load && c.inPlace(in) && !c.touched(in.Imm, ir.Value(i), c.last[i], ir.Op.Writes) {
			c.placed[i] = operand{inColumn, in.Column()}
			c.done[i] = true
		}
	}
}

// touched reports whether an operation on the column that a condition holds for stands between two instructions.
func (c *compiler) touched(column uint64, after, before ir.Value, condition func(ir.Op) bool) bool {
	for i := after + 1; i < before; i++ {
		if in := c.p.Code[i]; in.Op.UsesColumn() && in.Imm == column && condition(in.Op) {
			return true
		}
	}
	return false
}

// writeThrough computes a value that is stored straight into its column where no one can tell.
func (c *compiler) writeThrough() {
	for i, in := range c.p.Code {
		if in.Op == ir.Store && c.mayWriteThrough(ir.Value(i), in) {
			c.placed[in.A] = operand{inColumn, in.Column()}
			c.done[i] = true
		}
	}
}

// mayWriteThrough: the value has no place yet; between its computation and the store nothing uses the column, neither an
// operation nor a value read from it in place; and between the store and the value's last use nothing writes it.
func (c *compiler) mayWriteThrough(store ir.Value, in ir.Instr) bool {
	v := in.A
	if !c.inPlace(in) || c.placed[v].place != nowhere {
		return false
	}
	always := func(ir.Op) bool { return true }
	if c.touched(in.Imm, v, store, always) || c.touched(in.Imm, store, c.last[v], ir.Op.Writes) {
		return false
	}
	for i := range v {
		if c.placed[i] == (operand{inColumn, in.Column()}) && c.last[i] > v {
			return false
		}
	}
	return true
}

// instruction adds the steps of one instruction.
func (c *compiler) instruction(i ir.Value) {
	in := c.p.Code[i]
	if c.isUniform[i] || c.done[i] {
		return
	}
	if found, ok := c.chains[i]; ok {
		c.hornerStep(i, found)
		return
	}
	if found, ok := c.products[i]; ok {
		c.productStep(i, found)
		return
	}
	s := step{op: in.Op, storage: in.Storage, column: in.Column()}
	s.a, s.b, s.c = c.placed[in.A], c.placed[in.B], c.placed[in.C]
	var a, b operand // registers filled for this instruction alone
	if in.Op.Writes() || in.Op == ir.Gather {
		s.a, a = c.spread(s.a, in, 0)
		s.b, b = c.spread(s.b, in, 1)
	}
	c.release(i)
	c.free(a, c.p.Code[in.A].Type)
	c.free(b, c.p.Code[in.B].Type)
	s.d = c.destination(i)
	c.add(s, in)
}

// spread fills a register with operand k if that is uniform, for a step that wants a buffer. It returns where the
// operand is now, and the register that was taken.
func (c *compiler) spread(o operand, in ir.Instr, k int) (now, taken operand) {
	if k >= in.Op.Arity() || o.place != uniform {
		return o, operand{}
	}
	t := c.p.Code[in.Operands()[k]].Type
	to := c.allocate(t)
	c.steps = append(c.steps, step{kernel: spreadKernel(t), d: to, a: o})
	return to, to
}

// release frees the registers whose value is not needed after instruction i. The result may take one of them: every
// kernel reads a row before it writes it.
func (c *compiler) release(i ir.Value) {
	reads := c.reads(i)
	for k, v := range reads {
		if c.last[v] == i && !slices.Contains(reads[:k], v) {
			c.free(c.placed[v], c.p.Code[v].Type)
		}
	}
}

// destination is where the result of instruction i goes.
func (c *compiler) destination(i ir.Value) operand {
	in := c.p.Code[i]
	if in.Type == ir.Void || c.placed[i].place != nowhere {
		return c.placed[i]
	}
	o := c.allocate(in.Type)
	c.placed[i] = o
	if c.last[i] == i {
		c.free(o, in.Type)
	}
	return o
}

func (c *compiler) allocate(t ir.Type) operand {
	free, count := &c.freeWords, &c.words
	if t == ir.Mask {
		free, count = &c.freeMasks, &c.masks
	}
	if n := len(*free); n > 0 {
		at := (*free)[n-1]
		*free = (*free)[:n-1]
		return operand{register, at}
	}
	*count++
	return operand{register, *count - 1}
}

func (c *compiler) free(o operand, t ir.Type) {
	if o.place != register {
		return
	}
	if t == ir.Mask {
		c.freeMasks = append(c.freeMasks, o.at)
	} else {
		c.freeWords = append(c.freeWords, o.at)
	}
}

// add appends a step, with its kernel if it is arithmetic.
func (c *compiler) add(s step, in ir.Instr) {
	if !in.Op.UsesColumn() && in.Op != ir.Row && in.Op != ir.Emit {
		if in.Op.Commutes() && s.a.place == uniform && s.b.place != uniform {
			s.a, s.b = s.b, s.a
		}
		s.kernel = kernelOf(in.Op, in.Type, s.a.place == uniform, s.b.place == uniform, s.c.place == uniform)
	}
	c.steps = append(c.steps, s)
}
