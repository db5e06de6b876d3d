package native

import (
	"encoding/binary"
	"github.com/golgi-sim/golgi/sim/internal/native/registers"
	"math/bits"
)

// A register is a general or a vector register, by its number in machine code.
type register = registers.Register

// The general registers that the code uses.
const (
	rax register = 0
	rcx register = 1
	rdx register = 2
	rbx register = 3
	rsi register = 6
	rdi register = 7
	r8  register = 8
	r9  register = 9
	r10 register = 10
	r11 register = 11
	r12 register = 12
	r13 register = 13
)

type place uint8

const (
	nowhere place = iota
	inRegister
	inMemory // base + index*scale + disp; scale 0: no index
	inPool   // constant number disp of the pool
)

// An operand is what the last operand of an instruction may be.
type operand struct {
	place place
	reg   register // of inRegister; the base of inMemory
	index register
	scale uint8
	disp  int32
}

func direct(r register) operand { return operand{place: inRegister, reg: r} }

func memory(base register, disp int) operand {
	return operand{place: inMemory, reg: base, disp: int32(disp)}
}

func indexed(base, index register, scale, disp int) operand {
	return operand{place: inMemory, reg: base, index: index, scale: uint8(scale), disp: int32(disp)}
}

// A label is a place in the code that jumps name before it is known.
type label int

// An assembler appends instructions to a buffer. Constants of the pool are as wide as a register, addressed relative to the
// instruction; they and the jumps are filled in by finish.
type assembler struct {
	form
	code   []byte
	labels []int // where each label is
	jumps  []patch
	pooled []patch
	pool   [][maxLanes]uint64
	known  map[[maxLanes]uint64]int // number in the pool
}

// A patch is a displacement of four bytes to fill in: where it is, where the instruction ends (from there it counts), and
// the number of what it leads to.
type patch struct{ at, end, to int }

// vex appends a vector instruction. Which operand reg, v and rm are is the instruction's matter: most have
// reg = operation(v, rm); what an instruction does not have is 0. The prefix is that of the form; instructions on masks
// have but one.
func (a *assembler) vex(m mnemonic, reg, v register, rm operand, imm ...byte) {
	if a.opmasks && evexTable[m].opcode != 0 {
		a.masked(m, 0, reg, v, rm, imm...)
		return
	}
	c := vexTable[m]
	r, x, b := reg>>3&1, register(0), rm.reg>>3&1
	if rm.place == inMemory && rm.scale > 0 {
		x = rm.index >> 3
	}
	tail := byte(^v&15)<<3 | c.long<<2 | c.prefix
	if c.table == 1 && c.wide == 0 && x == 0 && b == 0 {
		a.code = append(a.code, 0xc5, byte(r^1)<<7|tail)
	} else {
		a.code = append(a.code, 0xc4, byte(r^1)<<7|byte(x^1)<<6|byte(b^1)<<5|c.table, c.wide<<7|tail)
	}
	a.code = append(a.code, c.opcode)
	a.address(reg, rm, 1, imm...)
}

// address appends the bytes that name a register and an operand, and what follows them. Displacements of one byte count in
// units.
func (a *assembler) address(reg register, rm operand, unit int32, imm ...byte) {
	field := byte(reg&7) << 3
	switch rm.place {
	case inRegister:
		a.code = append(a.code, 0xc0|field|byte(rm.reg&7))
	case inPool:
		a.code = append(a.code, 0x05|field)
		a.pooled = append(a.pooled, patch{len(a.code), len(a.code) + 4 + len(imm), int(rm.disp)})
		a.code = append(a.code, 0, 0, 0, 0)
	default:
		a.memoryBytes(field, rm, unit)
	}
	a.code = append(a.code, imm...)
}

func (a *assembler) memoryBytes(field byte, rm operand, unit int32) {
	mode, size, units := byte(0x80), 4, rm.disp
	switch {
	case rm.disp == 0 && rm.reg&7 != 5:
		mode, size = 0, 0
	case rm.disp%unit == 0 && int32(int8(rm.disp/unit)) == rm.disp/unit:
		mode, size, units = 0x40, 1, rm.disp/unit
	}
	switch {
	case rm.scale > 0:
		scale := byte(bits.TrailingZeros8(rm.scale)) << 6
		a.code = append(a.code, mode|field|4, scale|byte(rm.index&7)<<3|byte(rm.reg&7))
	case rm.reg&7 == 4:
		a.code = append(a.code, mode|field|4, 0x24)
	default:
		a.code = append(a.code, mode|field|byte(rm.reg&7))
	}
	var disp [4]byte
	binary.LittleEndian.PutUint32(disp[:], uint32(units))
	a.code = append(a.code, disp[:size]...)
}

// Forms of general instructions: the opcode, with wide for 64-bit operands and 0x0f00 for the second opcode table.
const (
	wide = 1 << 16

	load64       = wide | 0x8b
	store64      = wide | 0x89
	load32sign   = wide | 0x63
	store32      = 0x89
	store8       = 0x88
	load8        = 0x0fb6
	load32       = 0x8b
	compare64    = wide | 0x3b
	addTo64      = wide | 0x01
	subtract64   = wide | 0x2b
	addTo32      = 0x01
	multiply64   = wide | 0x0faf
	multiply32   = 0x0faf
	lea64        = wide | 0x8d
	and32        = 0x23
	test32       = 0x85
	lowestBit    = 0x0fbc // bsf
	moveIfMore   = wide | 0x0f4f
	prefetch     = 0x0f18 // how near is told by the register field
	timesImm32   = 0x69
	immediate    = 0x81 // the operation is told by the register field
	immediate8   = 0x83 // the same, with one byte that has a sign
	unary64      = wide | 0xf7
	shiftByCount = 0xd3 // by cl; which shift is told by the register field
)

// The register field of immediate, unary64, shiftByCount and prefetch.
const (
	addImm     = 0
	andImm     = 4
	compareImm = 7
	shiftUp    = 4
	negate     = 3
	nearest    = 1 // of prefetch: into all levels of the cache
)

// general appends an instruction on general registers.
func (a *assembler) general(form int, reg register, rm operand, imm ...byte) {
	rex := byte(0x40)
	if form&wide != 0 {
		rex |= 8
	}
	rex |= byte(reg>>3)<<2 | byte(rm.reg>>3)
	if rm.place == inMemory && rm.scale > 0 {
		rex |= byte(rm.index>>3) << 1
	}
	if rex != 0x40 {
		a.code = append(a.code, rex)
	}
	if form&0xff00 != 0 {
		a.code = append(a.code, 0x0f)
	}
	a.code = append(a.code, byte(form))
	a.address(reg, rm, 1, imm...)
}

func word32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

// addNumber adds n to a register.
func (a *assembler) addNumber(r register, n int) {
	if int(int8(n)) == n {
		a.general(wide|immediate8, addImm, direct(r), byte(n))
		return
	}
	a.general(wide|immediate, addImm, direct(r), word32(n)...)
}

// setNumber sets the low half of rax to n and clears the rest.
func (a *assembler) setNumber(n int) { a.code = append(append(a.code, 0xb8), word32(n)...) }

// Conditions of jumps.
const (
	always         = 0
	ifZero         = 0x84
	ifNotZero      = 0x85
	ifNotBelow     = 0x83 // unsigned
	ifGreater      = 0x8f
	ifGreaterEqual = 0x8d
	ifLessEqual    = 0x8e
	ifLess         = 0x8c
)

func (a *assembler) newLabel() label {
	a.labels = append(a.labels, -1)
	return label(len(a.labels) - 1)
}

// bind says that the label is here.
func (a *assembler) bind(l label) { a.labels[l] = len(a.code) }

func (a *assembler) jump(condition byte, to label) {
	if condition == always {
		a.code = append(a.code, 0xe9)
	} else {
		a.code = append(a.code, 0x0f, condition)
	}
	a.jumps = append(a.jumps, patch{len(a.code), len(a.code) + 4, int(to)})
	a.code = append(a.code, 0, 0, 0, 0)
}

// leave ends the code: the upper halves of the vector registers are cleared, since mixing them with old instructions is
// slow.
func (a *assembler) leave() { a.code = append(a.code, 0xc5, 0xf8, 0x77, 0xc3) }

// constant is a pool operand of a word for each lane.
func (a *assembler) constant(w [maxLanes]uint64) operand {
	n, ok := a.known[w]
	if !ok {
		n = len(a.pool)
		a.pool = append(a.pool, w)
		a.known[w] = n
	}
	return operand{place: inPool, disp: int32(n)}
}

// filled is a pool operand with one word in all lanes.
func (a *assembler) filled(w uint64) operand {
	var words [maxLanes]uint64
	for l := range a.lanes {
		words[l] = w
	}
	return a.constant(words)
}

// finish appends the pool and fills in all displacements.
func (a *assembler) finish() []byte {
	for len(a.code)%a.width() != 0 {
		a.code = append(a.code, 0xcc)
	}
	start := len(a.code)
	for _, words := range a.pool {
		for _, w := range words[:a.lanes] {
			a.code = binary.LittleEndian.AppendUint64(a.code, w)
		}
	}
	for _, p := range a.jumps {
		a.fill(p, a.labels[p.to])
	}
	for _, p := range a.pooled {
		a.fill(p, start+p.to*a.width())
	}
	return a.code
}

func (a *assembler) fill(p patch, target int) {
	binary.LittleEndian.PutUint32(a.code[p.at:], uint32(target-p.end))
}
