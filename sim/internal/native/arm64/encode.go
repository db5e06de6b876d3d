package arm64

import (
	"encoding/binary"
	"errors"
	"github.com/golgi-sim/golgi/sim/internal/native/registers"
)

// A register is a general or a vector register, by its number in machine code.
type register = registers.Register

// An address is a general register and a number of bytes.
type address struct {
	base   register
	offset int
}

// A label is a place in the code that jumps name before it is known.
type label int

// An assembler appends instructions to a buffer. Constants of the pool are two words each, addressed relative to the
// instruction; they and the jumps are filled in by finish.
type assembler struct {
	code   []byte
	labels []int // where each label is
	jumps  []patch
	pooled []patch
	pool   [][lanes]uint64
	known  map[[lanes]uint64]int // number in the pool
	tooFar bool                  // a number did not fit into its instruction
}

// A patch is a distance to fill in, counted in instructions: the instruction that it starts from, the number of what it
// leads to, and the bits that take it.
type patch struct {
	at, to int
	width  int
	shift  int
}

var errTooLong = errors.New("arm64: found a program of which jumps or numbers do not fit into instructions, expected a shorter one")

func (a *assembler) put(word uint32) { a.code = binary.LittleEndian.AppendUint32(a.code, word) }

// three appends an instruction of three registers, d = m(x, y) for most.
func (a *assembler) three(m mnemonic, d, x, y register) {
	a.put(opcodes[m] | uint32(y)<<16 | uint32(x)<<5 | uint32(d))
}

// two appends an instruction of two registers, d = m(x). Those of one lane in memory have the register of the address last.
func (a *assembler) two(m mnemonic, d, x register) { a.put(opcodes[m] | uint32(x)<<5 | uint32(d)) }

// shift appends a shift by 0 to 63 to the left, or by 1 to 64 to the right.
func (a *assembler) shift(m mnemonic, d, x register, by int) {
	field := 128 - by
	if m == shl {
		field = 64 + by
	}
	a.put(opcodes[m] | uint32(field)<<16 | uint32(x)<<5 | uint32(d))
}

// lowestBits turns bytes of ones into 1: it shifts them by 7 to the right.
func (a *assembler) lowestBits(r register) {
	a.put(opcodes[ushr8] | (16-7)<<16 | uint32(r)<<5 | uint32(r))
}

// move appends a load or a store. The offset must be a multiple of the bytes that are moved.
func (a *assembler) move(m mnemonic, t register, at address) {
	n := at.offset / scales[m]
	a.put(opcodes[m] | a.field(n, 12)<<10 | uint32(at.base)<<5 | uint32(t))
}

// field is a number from 0 that must fit into some bits.
func (a *assembler) field(n, width int) uint32 {
	if n < 0 || n >= 1<<width {
		a.tooFar = true
	}
	return uint32(n) & (1<<width - 1)
}

// scaled is d = x + y<<by, on general registers.
func (a *assembler) scaled(d, x, y register, by int) {
	a.put(opcodes[addX] | uint32(y)<<16 | uint32(by)<<10 | uint32(x)<<5 | uint32(d))
}

// advance is d = x + n, on general registers.
func (a *assembler) advance(d, x register, n int) {
	m := addNumber
	if n < 0 {
		m, n = subNumber, -n
	}
	a.put(opcodes[m] | a.field(n, 12)<<10 | uint32(x)<<5 | uint32(d))
}

// setNumber sets a general register to n.
func (a *assembler) setNumber(d register, n int) {
	a.put(opcodes[movz] | uint32(n&0xffff)<<5 | uint32(d))
	if n>>16 != 0 {
		a.put(opcodes[movk] | a.field(n>>16, 16)<<5 | uint32(d))
	}
}

func (a *assembler) compare(x, y register) { a.three(cmpX, 0, x, y) }

func (a *assembler) newLabel() label {
	a.labels = append(a.labels, -1)
	return label(len(a.labels) - 1)
}

// bind says that the label is here.
func (a *assembler) bind(l label) { a.labels[l] = len(a.code) }

func (a *assembler) jump(to label) {
	a.jumps = append(a.jumps, patch{len(a.code), int(to), 26, 0})
	a.put(opcodes[jump])
}

func (a *assembler) jumpIf(condition uint32, to label) {
	a.jumps = append(a.jumps, patch{len(a.code), int(to), 19, 5})
	a.put(opcodes[jumpIf] | condition)
}

func (a *assembler) jumpIfZero(x register, to label) {
	a.jumps = append(a.jumps, patch{len(a.code), int(to), 19, 5})
	a.put(opcodes[jumpIfZero] | uint32(x))
}

func (a *assembler) jumpIfBitClear(x register, bit int, to label) {
	a.jumps = append(a.jumps, patch{len(a.code), int(to), 14, 5})
	a.put(opcodes[jumpIfBitClear] | uint32(bit>>5)<<31 | uint32(bit&31)<<19 | uint32(x))
}

// constant loads a constant of the pool.
func (a *assembler) constant(t register, number int) {
	a.pooled = append(a.pooled, patch{len(a.code), number, 19, 5})
	a.put(opcodes[ldrLiteral] | uint32(t))
}

// pooledNumber is the number in the pool of some words.
func (a *assembler) pooledNumber(w [lanes]uint64) int {
	n, ok := a.known[w]
	if !ok {
		n = len(a.pool)
		a.pool = append(a.pool, w)
		a.known[w] = n
	}
	return n
}

const (
	instructionSize = 4
	poolAlignment   = 16
)

// finish appends the pool and fills in all distances.
func (a *assembler) finish() ([]byte, error) {
	for len(a.code)%poolAlignment != 0 {
		a.put(0) // is no instruction
	}
	start := len(a.code)
	for _, words := range a.pool {
		for _, w := range words {
			a.code = binary.LittleEndian.AppendUint64(a.code, w)
		}
	}
	for _, p := range a.jumps {
		a.fill(p, a.labels[p.to])
	}
	for _, p := range a.pooled {
		a.fill(p, start+p.to*poolAlignment)
	}
	if a.tooFar {
		return nil, errTooLong
	}
	return a.code, nil
}

func (a *assembler) fill(p patch, target int) {
	distance := (target - p.at) / instructionSize
	half := 1 << (p.width - 1)
	if distance < -half || distance >= half {
		a.tooFar = true
	}
	word := binary.LittleEndian.Uint32(a.code[p.at:])
	word |= uint32(distance&(1<<p.width-1)) << p.shift
	binary.LittleEndian.PutUint32(a.code[p.at:], word)
}
