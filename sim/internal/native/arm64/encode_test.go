package arm64

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An example is an instruction as the encoder and as an assembler of arm64 are told it.
type example struct {
	text   string
	m      mnemonic
	encode func(a *assembler)
}

// forms are the instructions of registers alone as an assembler writes them, with d, x and y for the registers.
var forms = map[mnemonic]string{
	fadd: "fadd vD.2d, vX.2d, vY.2d", fsub: "fsub vD.2d, vX.2d, vY.2d", fmul: "fmul vD.2d, vX.2d, vY.2d", fdiv: "fdiv vD.2d, vX.2d, vY.2d",
	fmla: "fmla vD.2d, vX.2d, vY.2d", fcmeq: "fcmeq vD.2d, vX.2d, vY.2d", fcmge: "fcmge vD.2d, vX.2d, vY.2d", fcmgt: "fcmgt vD.2d, vX.2d, vY.2d",
	add: "add vD.2d, vX.2d, vY.2d", sub: "sub vD.2d, vX.2d, vY.2d", and: "and vD.16b, vX.16b, vY.16b", orr: "orr vD.16b, vX.16b, vY.16b",
	eor: "eor vD.16b, vX.16b, vY.16b", bsl: "bsl vD.16b, vX.16b, vY.16b", bit: "bit vD.16b, vX.16b, vY.16b", bif: "bif vD.16b, vX.16b, vY.16b",
	cmeq: "cmeq vD.2d, vX.2d, vY.2d", cmge: "cmge vD.2d, vX.2d, vY.2d", cmgt: "cmgt vD.2d, vX.2d, vY.2d", cmhs: "cmhs vD.2d, vX.2d, vY.2d",
	cmtst: "cmtst vD.2d, vX.2d, vY.2d", sshl: "sshl vD.2d, vX.2d, vY.2d", ushl: "ushl vD.2d, vX.2d, vY.2d",
	umull: "umull vD.2d, vX.2s, vY.2s", umullFirst: "umull vD.2d, vX.2s, vY.s[0]", umlal: "umlal vD.2d, vX.2s, vY.2s", mul4: "mul vD.4s, vX.4s, vY.4s", umax4: "umax vD.4s, vX.4s, vY.4s",
	faddOne: "fadd dD, dX, dY", fmulOne: "fmul dD, dX, dY",
	addX: "add xD, xX, xY", addW: "add wD, wX, wY", mulX: "mul xD, xX, xY", mulW: "mul wD, wX, wY", cselGreater: "csel xD, xX, xY, gt",
	ldrswIndexed: "ldrsw xD, [xX, xY, lsl 2]",

	fsqrt: "fsqrt vD.2d, vX.2d", fneg: "fneg vD.2d, vX.2d", fabs: "fabs vD.2d, vX.2d",
	frintn: "frintn vD.2d, vX.2d", frintm: "frintm vD.2d, vX.2d", frintp: "frintp vD.2d, vX.2d", frintz: "frintz vD.2d, vX.2d",
	scvtf: "scvtf vD.2d, vX.2d", fcvtzs: "fcvtzs vD.2d, vX.2d", neg: "neg vD.2d, vX.2d", not: "mvn vD.16b, vX.16b",
	xtn2: "xtn vD.2s, vX.2d", xtn4: "xtn vD.4h, vX.4s", xtn8: "xtn vD.8b, vX.8h",
	sshll2: "sshll vD.2d, vX.2s, 0", ushll2: "ushll vD.2d, vX.2s, 0", ushll4: "ushll vD.4s, vX.4h, 0", ushll8: "ushll vD.8h, vX.8b, 0",
	rev64: "rev64 vD.4s, vX.4s", uaddlp: "uaddlp vD.2d, vX.4s", umaxv4: "umaxv sD, vX.4s",
	dupGeneral: "dup vD.2d, xX", dupLane: "dup vD.2d, vX.d[0]", upperLane: "mov dD, vX.d[1]", umovUpper: "mov xD, vX.d[1]",
	fmovOut: "fmov xD, dX", fmovOut32: "fmov wD, sX", andOne: "and wD, wX, 1",
	ld1D: "ld1 {vD.d}[1], [xX]", st1D: "st1 {vD.d}[1], [xX]", ld1S: "ld1 {vD.s}[1], [xX]", st1S: "st1 {vD.s}[1], [xX]",
	ld1B: "ld1 {vD.b}[1], [xX]", st1B: "st1 {vD.b}[1], [xX]", strWNext: "str wD, [xX], 4",
}

// moves are the loads and stores of a base and an offset.
var moves = map[mnemonic]string{
	ldrQ: "ldr qT", strQ: "str qT", ldrD: "ldr dT", strD: "str dT", ldrS: "ldr sT", strS: "str sT", ldrH: "ldr hT", strH: "str hT",
	ldrB: "ldr bT", strB: "str bT", ldrX: "ldr xT", strX: "str xT", ldrW: "ldr wT", strW: "str wT", ldrsw: "ldrsw xT",
	ldrb: "ldrb wT", strb: "strb wT",
}

func registerExamples() []example {
	var list []example
	for m, form := range forms {
		for _, r := range [][3]register{{0, 1, 2}, {9, 26, 4}, {25, 7, 17}, {3, 12, 24}} {
			text := strings.NewReplacer("D", fmt.Sprint(r[0]), "X", fmt.Sprint(r[1]), "Y", fmt.Sprint(r[2])).Replace(form)
			if strings.Contains(form, "Y") {
				list = append(list, example{text, m, func(a *assembler) { a.three(m, r[0], r[1], r[2]) }})
			} else {
				list = append(list, example{text, m, func(a *assembler) { a.two(m, r[0], r[1]) }})
			}
		}
	}
	return list
}

func memoryExamples() []example {
	var list []example
	for m, form := range moves {
		for _, at := range []address{{0, 0}, {9, 1}, {17, 7}, {26, 4095}} {
			offset := at.offset * scales[m]
			text := fmt.Sprintf("%s, [x%d, %d]", strings.Replace(form, "T", "21", 1), at.base, offset)
			list = append(list, example{text, m, func(a *assembler) { a.move(m, 21, address{at.base, offset}) }})
		}
	}
	return append(list, example{"prfm pldl1keep, [x6]", prfm, func(a *assembler) { a.move(prfm, 0, address{6, 0}) }})
}

func numberExamples() []example {
	list := []example{
		{"ushr v3.8b, v3.8b, 7", ushr8, func(a *assembler) { a.lowestBits(3) }},
		{"cmp x4, x25", cmpX, func(a *assembler) { a.compare(4, 25) }},
		{"add x1, x20, 4095", addNumber, func(a *assembler) { a.advance(1, 20, 4095) }},
		{"sub x2, x2, 8", subNumber, func(a *assembler) { a.advance(2, 2, -8) }},
		{"mov x5, 65535", movz, func(a *assembler) { a.setNumber(5, 65535) }},
		{"movz x5, 3; movk x5, 2, lsl 16", movk, func(a *assembler) { a.setNumber(5, 0x20003) }},
		{"ret", ret, func(a *assembler) { a.put(opcodes[ret]) }},
		{"add x6, x8, x26, lsl 3", addX, func(a *assembler) { a.scaled(6, 8, 26, 3) }},
	}
	for _, by := range []int{1, 31, 52, 63} {
		for text, m := range map[string]mnemonic{"shl": shl, "sshr": sshr, "ushr": ushr} {
			list = append(list, example{fmt.Sprintf("%s v9.2d, v30.2d, %d", text, by), m, func(a *assembler) { a.shift(m, 9, 30, by) }})
		}
	}
	return list
}

// jumpExamples lead to themselves or, as the pool, to what follows.
func jumpExamples() []example {
	here := func(write func(*assembler, label)) func(*assembler) {
		return func(a *assembler) {
			l := a.newLabel()
			a.bind(l)
			write(a, l)
			a.fill(a.jumps[0], a.labels[l])
		}
	}
	list := []example{
		{"b .", jump, here(func(a *assembler, l label) { a.jump(l) })},
		{"cbz x5, .", jumpIfZero, here(func(a *assembler, l label) { a.jumpIfZero(5, l) })},
		{"tbz w5, 0, .", jumpIfBitClear, here(func(a *assembler, l label) { a.jumpIfBitClear(5, 0, l) })},
		{"tbz x5, 32, .", jumpIfBitClear, here(func(a *assembler, l label) { a.jumpIfBitClear(5, 32, l) })},
		{"ldr q11, .+16", ldrLiteral, func(a *assembler) { a.constant(11, 0); a.fill(a.pooled[0], 16) }},
		{"ldr q11, .-32", ldrLiteral, func(a *assembler) { a.constant(11, 0); a.fill(a.pooled[0], -32) }},
	}
	for text, condition := range map[string]uint32{"b.hs": ifNotBelow, "b.gt": ifGreater, "b.le": ifLessEqual} {
		list = append(list, example{text + " .", jumpIf, here(func(a *assembler, l label) { a.jumpIf(condition, l) })})
	}
	return list
}

func examples() []example {
	return slices.Concat(registerExamples(), memoryExamples(), numberExamples(), jumpExamples())
}

// An instruction without an example would be compared with nothing.
func TestEveryInstructionHasAnExample(t *testing.T) {
	seen := map[mnemonic]bool{}
	for _, e := range examples() {
		seen[e.m] = true
	}
	for m := noInstruction + 1; m < mnemonicCount; m++ {
		if !seen[m] {
			t.Errorf("instruction %d of the table, %#x, has no example", m, opcodes[m])
		}
	}
}

// exampleSize is the room that each example is padded to.
const exampleSize = 8

func TestWordsAreThoseOfAnAssembler(t *testing.T) {
	list := examples()
	var source strings.Builder
	for _, e := range list {
		fmt.Fprintf(&source, "%s\n.balign %d, 0\n", e.text, exampleSize)
	}
	want := assembled(t, source.String())
	for n, e := range list {
		a := &assembler{}
		e.encode(a)
		found := append(a.code, make([]byte, exampleSize-len(a.code))...)
		if at := n * exampleSize; at+exampleSize > len(want) || !bytes.Equal(found, want[at:at+exampleSize]) {
			t.Errorf("%s: found %08x, the assembler gives %08x", e.text, words(found), words(want[at:min(at+exampleSize, len(want))]))
		}
	}
}

func words(code []byte) []uint32 {
	var list []uint32
	for len(code) >= instructionSize {
		list = append(list, binary.LittleEndian.Uint32(code))
		code = code[instructionSize:]
	}
	return list
}

// assembled is what the system's assembler makes of a text.
func assembled(t *testing.T, source string) []byte {
	t.Helper()
	as, err := exec.LookPath("aarch64-linux-gnu-as")
	if err != nil {
		t.Skip("no assembler of arm64 (binutils-aarch64-linux-gnu) on this machine: the encoder is not compared")
	}
	object := filepath.Join(t.TempDir(), "examples.o")
	cmd := exec.Command(as, "-o", object)
	cmd.Stdin, cmd.Stderr = strings.NewReader(source), os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	file, err := elf.Open(object)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := file.Section(".text").Data()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestDistancesThatDoNotFitAreNoticed(t *testing.T) {
	for name, write := range map[string]func(*assembler){
		"offset":     func(a *assembler) { a.move(ldrQ, 0, address{0, 16 * 4096}) },
		"negative":   func(a *assembler) { a.move(ldrX, 0, address{0, -8}) },
		"number":     func(a *assembler) { a.advance(0, 0, 4096) },
		"far number": func(a *assembler) { a.setNumber(0, 1<<32) },
		"jump": func(a *assembler) {
			a.jumpIfZero(0, a.newLabel())
			a.code = append(a.code, make([]byte, 1<<20)...)
			a.bind(0)
		},
		"constant": func(a *assembler) {
			a.known = map[[lanes]uint64]int{}
			a.constant(0, a.pooledNumber([lanes]uint64{1, 1}))
			a.code = append(a.code, make([]byte, 1<<20)...)
		},
	} {
		a := &assembler{}
		write(a)
		if _, err := a.finish(); err == nil {
			t.Errorf("%s: found no error, expected one", name)
		}
	}
}
