package native

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/native/registers"
)

// The context that the code works on, in bytes from rdi, which is a multiple of 32: addresses and numbers of the call, a
// base address and a length for each column, then slots of the width of a register for uniform and spilled values.
const (
	outAt      = 0  // address of the next emitted row
	rowsAt     = 8  // address of the frame's Rows
	foundAt    = 16 // the index that was outside its column
	uniformsAt = 24 // address of the frame's Uniforms
	leastAt    = 32 // length of the shortest column that a row of a list is an element of, in four lanes
	lastAt     = 64 // place in Rows of the last row of all that are to come; in domain Spans the address where they end
	columnsAt  = 72
	columnSize = 16
	lengthAt   = 8 // of a column
)

// What the general registers hold while the code runs. rax, rcx and r13 are for the moment.
const (
	context  = rdi
	rowNow   = rsi // the first row of the pass; in domain List its place in Rows
	rowEnd   = rdx
	rowsBase = r8
	spanNow  = r8 // in domain Spans the address of the span after the one at hand
	moment   = r13
)

// columnRegisters keep the bases of the columns that are used most.
var columnRegisters = []register{rbx, r9, r10, r11, r12}

// A site is a place in the code that finds an index outside a column: the instruction, or any of those that use the
// row's own element, if own is set.
type site struct {
	in  ir.Instr
	own bool
	at  label
}

// A compiler translates one program.
type compiler struct {
	assembler
	registers.Choice
	bases   []register // of each column, rax if it has none
	rows    int        // of an instruction in the pass at hand: lanes, or 1
	group   []int      // the group of rows that each instruction is for
	groups  int        // of rows in the pass at hand
	partial bool       // the pass at hand has fewer rows than lanes
	sites   []site
	aside   []func() // writes code that is seldom run, behind the rest

	neverNaN []bool // numbers that are surely not
}

// translate makes the machine code of a program in a form. Cost: linear in the length of the program, but for spilled values.
func translate(f form, p *ir.Program) *compiler {
	c := newCompiler(f, p, make([]int, len(p.Code)))
	long, many := c.isLong(), 1
	if long {
		many = groupsOf(p)
		several, group := scheduled(interleave(p, many))
		c = newCompiler(f, several, group)
	}
	c.chooseBases()
	c.prologue()
	c.PinUniforms()
	c.eachSpan(func() {
		if long {
			c.loop(c.lanes, many)
		}
		if p.RowsMayMix() {
			c.loop(c.lanes, 1)
		}
		if c.masksTail() {
			c.tail()
		} else {
			c.loop(1, 1)
		}
	})
	c.epilogue()
	return c
}

func newCompiler(f form, p *ir.Program, group []int) *compiler {
	c := &compiler{group: group, neverNaN: p.NeverNaN(), bases: make([]register, len(p.Columns))}
	c.form, c.known = f, map[[maxLanes]uint64]int{}
	frame := (columnsAt + columnSize*len(p.Columns) + c.width() - 1) / c.width() * c.width()
	c.Start(registers.Analyse(p, laneByLane(p.Domain)), c, frame, c.width())
	return c
}

// laneByLane tells which operations want the lanes of operands one by one.
func laneByLane(d ir.Domain) func(ir.Op) bool {
	return func(op ir.Op) bool { return op == ir.Gather || op.Scatters() || op == ir.Store && d == ir.List }
}

// chooseBases gives the columns that are used most a register.
func (c *compiler) chooseBases() {
	columns := c.MostUsed()
	for n, k := range columns[:min(len(columns), len(columnRegisters))] {
		c.bases[k] = columnRegisters[n]
		c.general(load64, c.bases[k], columnBase(k))
	}
}

func columnBase(k int) operand   { return memory(context, columnsAt+columnSize*k) }
func columnLength(k int) operand { return memory(context, columnsAt+columnSize*k+lengthAt) }

// base is a register with the base address of column k.
func (c *compiler) base(k int) register {
	if r := c.bases[k]; r != rax {
		return r
	}
	c.general(load64, moment, columnBase(k))
	return moment
}

// prologue computes the uniform values into their slots. Constants lie in the pool.
func (c *compiler) prologue() {
	if c.Program.Domain == ir.List {
		c.general(load64, rowsBase, memory(context, rowsAt))
	}
	c.rows = 1
	c.pass(func(i ir.Value) bool { return c.Uniform[i] })
}

// loop takes some groups of rows at a time while there are so many.
func (c *compiler) loop(rows, groups int) {
	c.rows, c.groups = rows, groups
	top, rest := c.newLabel(), c.newLabel()
	c.addNumber(rowEnd, -rows*groups)
	c.general(compare64, rowNow, direct(rowEnd))
	c.jump(ifGreater, rest)
	c.bind(top)
	c.prefetchRows()
	c.checkRows()
	c.pass(func(i ir.Value) bool { return !c.Uniform[i] && c.group[i] < groups })
	c.addNumber(rowNow, rows*groups)
	c.general(compare64, rowNow, direct(rowEnd))
	c.jump(ifLessEqual, top)
	c.bind(rest)
	c.addNumber(rowEnd, rows*groups)
}

// epilogue returns 0, or the number of the site that found an index outside its column.
func (c *compiler) epilogue() {
	leave := c.newLabel()
	c.setNumber(0)
	c.bind(leave)
	c.leave()
	for _, write := range c.aside {
		write()
	}
	for n, s := range c.sites {
		c.bind(s.at)
		c.general(store64, rax, memory(context, foundAt))
		c.setNumber(n + 1)
		c.jump(always, leave)
	}
}

// pass translates the live instructions that a condition holds for.
func (c *compiler) pass(holds func(ir.Value) bool) {
	c.Restart()
	for i := range ir.Value(len(c.Program.Code)) {
		if !c.Live[i] || !holds(i) {
			continue
		}
		c.At = i
		if !c.PutOff[i] {
			c.instruction(c.Program.Code[i])
		}
		c.Settle(i)
	}
}

// trap is where to go from here with an index in rax that is outside the column.
func (c *compiler) trap(in ir.Instr, own bool) label {
	l := c.newLabel()
	c.sites = append(c.sites, site{in, own, l})
	return l
}

// first is the first row of the instruction at hand, counted from the first of the pass.
func (c *compiler) first() int { return c.rows * c.group[c.At] }

// listed is row l of the instruction at hand in Rows.
func (c *compiler) listed(l int) operand { return indexed(rowsBase, rowNow, 4, 4*(c.first()+l)) }
