package arm64

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/native/registers"
)

// A Layout is where things lie in the context that the code works on, in bytes from its start, which is a multiple of 16.
// For each column it has a base address and a length. Behind the columns the code keeps values of its own.
type Layout struct {
	Out        int // address of the next emitted row
	Rows       int // address of the frame's Rows
	Found      int // the index that was outside its column
	Uniforms   int // address of the frame's Uniforms
	Least      int // length of the shortest column that a row of a list is an element of, at most 2^31
	Last       int // place in Rows of the last row of all that are to come; domain Spans: the code keeps there where they end
	Columns    int // base address of column 0
	ColumnSize int
	Length     int // of a column, from its base address on
}

// Code is the machine code of a program.
type Code struct {
	Bytes []byte // at any address that is a multiple of 16
	Sites []Site
	Words int // length of the context in words
}

// A Site is a place in the code that finds an index outside a column: the instruction, or any of those that use the row's
// own element, if Own is set.
type Site struct {
	Instr ir.Instr
	Own   bool
}

// lanes is the number of rows in a vector register.
const lanes = 2

// What the general registers hold while the code runs. The last three are for the moment.
const (
	context  register = 0
	rowNow   register = 1 // the first row of the pass; in domain List its place in Rows
	rowEnd   register = 2
	rowsBase register = 3
	spanNow  register = 3 // in domain Spans the address of the span after the one at hand
	listed   register = 7 // address of the first row of the pass in Rows
	index    register = 4 // the index at hand, where sites look for it
	value    register = 5
	element  register = 6 // its address
	moment   register = 17
)

// columnRegisters keep the bases of the columns that are used most.
var columnRegisters = []register{8, 9, 10, 11, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 24, 25, 26}

const noColumn = -1

// A compiler translates one program.
type compiler struct {
	assembler
	registers.Choice
	layout Layout
	bases  []register // of each column, context if it has none
	rows   int        // of an instruction in the pass at hand: lanes, or 1
	group  []int      // the group of rows that each instruction is for
	groups int        // of rows in the pass at hand
	begins int        // the column of which element is the address of the first row of the pass, or noColumn
	sites  []Site
	exits  []label  // of the sites
	aside  []func() // writes code that is seldom run, behind the rest

	neverNaN []bool // numbers that are surely not
}

// Translate makes the machine code of a program that passes Check. Where rows may mix, the program holds each instruction
// that is not uniform once for every group of rows that is taken at a time, and group says which; groups is their number, 3
// or 4. Where they may not mix it is 1. The error is of a program that is too long for it, some ten thousand instructions,
// or of numbers beyond what instructions take (4096 uniforms, 2000 columns). Cost: linear in the length of the program, but
// for spilled values.
func Translate(p *ir.Program, group []int, groups int, layout Layout) (Code, error) {
	c := translate(p, group, groups, layout)
	bytes, err := c.finish()
	return Code{bytes, c.sites, c.Words()}, err
}

// translate writes all instructions.
func translate(p *ir.Program, group []int, groups int, layout Layout) *compiler {
	c := newCompiler(p, group, layout)
	c.chooseBases()
	c.prologue()
	c.PinUniforms()
	c.eachSpan(func() {
		if groups > 1 {
			c.loop(lanes, groups)
			c.loop(lanes, 1)
		}
		c.loop(1, 1)
	})
	c.epilogue()
	return c
}

func newCompiler(p *ir.Program, group []int, layout Layout) *compiler {
	c := &compiler{group: group, layout: layout, neverNaN: p.NeverNaN(), bases: make([]register, len(p.Columns))}
	c.known = map[[lanes]uint64]int{}
	frame := (c.columnBase(len(p.Columns)).offset + slotSize - 1) / slotSize * slotSize
	c.Start(registers.Analyse(p, laneByLane), c, frame, slotSize)
	return c
}

// laneByLane tells which operations want the lanes of operands one by one.
func laneByLane(op ir.Op) bool { return op == ir.Gather || op.Scatters() }

// chooseBases gives the columns that are used most a register.
func (c *compiler) chooseBases() {
	columns := c.MostUsed()
	for n, k := range columns[:min(len(columns), len(columnRegisters))] {
		c.bases[k] = columnRegisters[n]
		c.move(ldrX, c.bases[k], c.columnBase(k))
	}
}

func (c *compiler) columnBase(k int) address {
	return address{context, c.layout.Columns + c.layout.ColumnSize*k}
}

func (c *compiler) columnLength(k int) address {
	return address{context, c.layout.Columns + c.layout.ColumnSize*k + c.layout.Length}
}

// base is a register with the base address of column k.
func (c *compiler) base(k int) register {
	if r := c.bases[k]; r != context {
		return r
	}
	c.move(ldrX, moment, c.columnBase(k))
	return moment
}

// prologue computes the uniform values into their slots. Constants lie in the pool.
func (c *compiler) prologue() {
	if c.Program.Domain == ir.List {
		c.move(ldrX, rowsBase, address{context, c.layout.Rows})
	}
	c.rows = 1
	c.pass(func(i ir.Value) bool { return c.Uniform[i] })
}

// loop takes some groups of rows at a time while there are so many.
func (c *compiler) loop(rows, groups int) {
	c.rows, c.groups = rows, groups
	top, rest := c.newLabel(), c.newLabel()
	c.advance(rowEnd, rowEnd, -rows*groups)
	c.compare(rowNow, rowEnd)
	c.jumpIf(ifGreater, rest)
	c.bind(top)
	c.beginRows()
	c.pass(func(i ir.Value) bool { return !c.Uniform[i] && c.group[i] < groups })
	c.advance(rowNow, rowNow, rows*groups)
	c.compare(rowNow, rowEnd)
	c.jumpIf(ifLessEqual, top)
	c.bind(rest)
	c.advance(rowEnd, rowEnd, rows*groups)
}

// epilogue returns 0, or the number of the site that found an index outside its column.
func (c *compiler) epilogue() {
	leave := c.newLabel()
	c.setNumber(context, 0)
	c.bind(leave)
	c.put(opcodes[ret])
	for _, write := range c.aside {
		write()
	}
	for n, l := range c.exits {
		c.bind(l)
		c.move(strX, index, address{context, c.layout.Found})
		c.setNumber(context, n+1)
		c.jump(leave)
	}
}

// pass translates the live instructions that a condition holds for.
func (c *compiler) pass(holds func(ir.Value) bool) {
	c.Restart()
	c.begins = noColumn
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

// trap is where to go from here with an index that is outside the column.
func (c *compiler) trap(in ir.Instr, own bool) label {
	l := c.newLabel()
	c.sites, c.exits = append(c.sites, Site{in, own}), append(c.exits, l)
	return l
}

// first is the first row of the instruction at hand, counted from the first of the pass.
func (c *compiler) first() int { return c.rows * c.group[c.At] }
