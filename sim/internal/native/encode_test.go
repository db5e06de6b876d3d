package native

import (
	"bytes"
	"debug/elf"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An example is an instruction as the encoder and as the system's assembler are told it.
type example struct {
	text   string // in Intel's order
	encode func(a *assembler)
}

// vector is an example of a vector instruction.
func vector(text string, m mnemonic, reg, v register, rm operand, imm ...byte) example {
	return example{text, func(a *assembler) { a.vex(m, reg, v, rm, imm...) }}
}

// opcodeOf is where the opcode of a vector instruction stands, with the table and prefix before it, as a vexCode without
// the width and length, in which some instructions do not differ.
func opcodeOf(code []byte) vexCode {
	switch code[0] {
	case 0x62:
		return vexCode{prefix: code[2] & 3, table: code[1] & 7, opcode: code[4]}
	case 0xc5:
		return vexCode{prefix: code[1] & 3, table: 1, opcode: code[2]}
	}
	return vexCode{prefix: code[2] & 3, table: code[1] & 31, opcode: code[3]}
}

// A vector instruction without an example would be compared with nothing.
func TestEveryVectorInstructionHasAnExample(t *testing.T) {
	seen := map[vexCode]bool{}
	for _, e := range append(vectorExamples(), maskExamples()...) {
		seen[opcodeOf(encoded(e))] = true
	}
	seenWide := map[vexCode]bool{}
	for _, e := range wideExamples() {
		seenWide[opcodeOf(encoded(e))] = true
	}
	for m := noInstruction + 1; m < mnemonicCount; m++ {
		c, w := vexTable[m], evexTable[m]
		if c.wide, c.long = 0, 0; c.opcode != 0 && !seen[c] {
			t.Errorf("instruction %d of the table, opcode %#x, has no example", m, c.opcode)
		}
		if w.opcode != 0 && !seenWide[vexCode{prefix: w.prefix, table: w.table, opcode: w.opcode}] {
			t.Errorf("instruction %d of the table of AVX-512, opcode %#x, has no example", m, w.opcode)
		}
		if c.opcode == 0 && w.opcode == 0 {
			t.Errorf("instruction %d is in no table", m)
		}
	}
}

// exampleSize is the room that each example is padded to, so that one that differs does not move the others.
const exampleSize = 16

func TestBytesAreThoseOfTheSystemAssembler(t *testing.T) {
	as, err := exec.LookPath("as")
	if err != nil {
		t.Skip("no assembler (binutils) on this machine: the encoder is not compared")
	}
	list := slices.Concat(vectorExamples(), wideExamples(), generalExamples())
	var mine []byte
	var source strings.Builder
	source.WriteString(".intel_syntax noprefix\n")
	for _, e := range list {
		code := encoded(e)
		if code[0] == 0xc4 {
			source.WriteString("{vex3} ") // the assembler would look for a shorter form with the operands exchanged
		}
		fmt.Fprintf(&source, "%s\n.balign %d, 0xcc\n", e.text, exampleSize)
		mine = append(mine, padded(code)...)
	}
	want := assembled(t, as, source.String())
	for n, e := range list {
		lo, hi := n*exampleSize, (n+1)*exampleSize
		if hi > len(want) || !bytes.Equal(mine[lo:hi], want[lo:hi]) {
			t.Errorf("%s: found % x, as gives % x", e.text, mine[lo:hi], want[lo:min(hi, len(want))])
		}
	}
}

func encoded(e example) []byte {
	a := &assembler{}
	e.encode(a)
	return a.code
}

func padded(code []byte) []byte {
	return append(code, bytes.Repeat([]byte{0xcc}, exampleSize-len(code))...)
}

func assembled(t *testing.T, as, source string) []byte {
	t.Helper()
	object := filepath.Join(t.TempDir(), "examples.o")
	cmd := exec.Command(as, "--64", "-o", object)
	cmd.Stdin, cmd.Stderr = strings.NewReader(source), os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	file, err := elf.Open(object)
	if err != nil {
		t.Skipf("the assembler of this system makes no ELF objects: %v", err)
	}
	defer file.Close()
	text, err := file.Section(".text").Data()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Texts of registers, by width.

func ymm(r register) string { return fmt.Sprintf("ymm%d", r) }
func xmm(r register) string { return fmt.Sprintf("xmm%d", r) }

func gpr(r register) string {
	return [...]string{"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"}[r]
}

// addresses are operands in memory with their texts, one for each way to write an address.
func addresses() map[string]operand {
	return map[string]operand{
		"[rdi]":             memory(rdi, 0),
		"[rdi+32]":          memory(rdi, 32),
		"[rdi+128]":         memory(rdi, 128),
		"[rdi-128]":         memory(rdi, -128),
		"[r12+64]":          memory(r12, 64),
		"[r13]":             memory(r13, 0),
		"[rbx+rsi*8]":       indexed(rbx, rsi, 8, 0),
		"[r13+rsi*4]":       indexed(r13, rsi, 4, 0),
		"[r12+r9*1+7]":      indexed(r12, r9, 1, 7),
		"[r8+rsi*4+12]":     indexed(r8, rsi, 4, 12),
		"[rax+r12*2+70000]": indexed(rax, r12, 2, 70000),
	}
}

// vectorExamples are all vector instructions with low and high registers, and with every kind of address where the last
// operand may be in memory.
func vectorExamples() []example {
	var list []example
	add := func(text string, m mnemonic, reg, v register, rm operand, imm ...byte) {
		list = append(list, vector(text, m, reg, v, rm, imm...))
	}
	three := map[string]mnemonic{"vaddpd": vaddpd, "vsubpd": vsubpd, "vmulpd": vmulpd, "vdivpd": vdivpd, "vminpd": vminpd, "vmaxpd": vmaxpd,
		"vandpd": vandpd, "vxorpd": vxorpd, "vfmadd213pd": vfmadd213pd, "vfmadd231pd": vfmadd231pd, "vpaddq": vpaddq, "vpsubq": vpsubq, "vpand": vpand,
		"vpor": vpor, "vpxor": vpxor, "vpmuludq": vpmuludq, "vpcmpeqq": vpcmpeqq, "vpcmpgtq": vpcmpgtq, "vpsllvq": vpsllvq, "vpsrlvq": vpsrlvq}
	for _, r := range [][3]register{{0, 1, 2}, {9, 3, 4}, {5, 14, 6}, {7, 8, 15}, {10, 11, 12}} {
		d, x, y := r[0], r[1], r[2]
		for name, m := range three {
			add(fmt.Sprintf("%s %s, %s, %s", name, ymm(d), ymm(x), ymm(y)), m, d, x, direct(y))
		}
		add(fmt.Sprintf("vcmppd %s, %s, %s, 17", ymm(d), ymm(x), ymm(y)), vcmppd, d, x, direct(y), lessThan)
		add(fmt.Sprintf("vblendvpd %s, %s, %s, %s", ymm(d), ymm(x), ymm(y), ymm(d)), vblendvpd, d, x, direct(y), byte(d<<4))
		add(fmt.Sprintf("vpblendd %s, %s, %s, 85", ymm(d), ymm(x), ymm(y)), vpblendd, d, x, direct(y), 0x55)
		add(fmt.Sprintf("vinserti128 %s, %s, %s, 1", ymm(d), ymm(x), xmm(y)), vinserti128, d, x, direct(y), 1)
		add(fmt.Sprintf("vshufps %s, %s, %s, 136", xmm(d), xmm(x), xmm(y)), vshufps, d, x, direct(y), 0x88)
		add(fmt.Sprintf("vpinsrq %s, %s, %s, 1", xmm(d), xmm(x), gpr(y)), vpinsrq, d, x, direct(y), 1)
		add(fmt.Sprintf("vaddsd %s, %s, %s", xmm(d), xmm(x), xmm(y)), vaddsd, d, x, direct(y))
		add(fmt.Sprintf("vpsrlq %s, %s, 32", ymm(d), ymm(x)), vpshiftq, shiftRight, d, direct(x), 32)
		add(fmt.Sprintf("vpsllq %s, %s, 52", ymm(d), ymm(x)), vpshiftq, shiftLeft, d, direct(x), 52)
		list = append(list, twoRegisters(d, y)...)
	}
	list = append(list, example{"vaddpd ymm1, ymm10, [rip+100]", fromPool(vaddpd, 1, 10)},
		example{"vblendvpd ymm9, ymm2, [rip+100], ymm3", fromPool(vblendvpd, 9, 2, 3<<4)})
	for text, m := range addresses() {
		add("vmovupd ymm9, "+text, vmovupd, 9, 0, m)
		add("vmovupd "+text+", ymm1", vmovupdStore, 1, 0, m)
		add("vmovups "+text+", xmm10", vmovupsStore, 10, 0, m)
		add("vmovsd "+text+", xmm2", vmovsdStore, 2, 0, m)
		add("vmovsd xmm7, "+text, vmovsd, 7, 0, m)
		add("vbroadcastsd ymm3, qword ptr "+text, vbroadcastsd, 3, 0, m)
		add("vpmovsxdq ymm11, "+text, vpmovsxdq, 11, 0, m)
		add("vpmovzxdq ymm3, "+text, vpmovzxdq, 3, 0, m)
		add("vpmovzxbq ymm4, dword ptr "+text, vpmovzxbq, 4, 0, m)
		add("vmulpd ymm5, ymm12, "+text, vmulpd, 5, 12, m)
		add("vfmadd213pd ymm5, ymm12, "+text, vfmadd213pd, 5, 12, m)
		add("vblendvpd ymm6, ymm7, "+text+", ymm13", vblendvpd, 6, 7, m, 13<<4)
		add("vmulsd xmm14, xmm8, "+text, vmulsd, 14, 8, m)
		add("vcmppd ymm1, ymm2, "+text+", 4", vcmppd, 1, 2, m, notEqual)
	}
	return list
}

func jumpToItself(a *assembler, condition byte) {
	l := a.newLabel()
	a.bind(l)
	a.jump(condition, l)
	a.fill(a.jumps[0], a.labels[l])
}

// fromPool is an instruction with a constant that lies 100 bytes behind it.
func fromPool(m mnemonic, reg, v register, imm ...byte) func(*assembler) {
	return func(a *assembler) {
		a.vex(m, reg, v, operand{place: inPool}, imm...)
		a.fill(a.pooled[0], len(a.code)+100)
	}
}

// twoRegisters are the instructions with one source.
func twoRegisters(d, y register) []example {
	return []example{
		vector(fmt.Sprintf("vsqrtpd %s, %s", ymm(d), ymm(y)), vsqrtpd, d, 0, direct(y)),
		vector(fmt.Sprintf("vroundpd %s, %s, 9", ymm(d), ymm(y)), vroundpd, d, 0, direct(y), roundDown),
		vector(fmt.Sprintf("vmovapd %s, %s", ymm(d), ymm(y)), vmovapd, d, 0, direct(y)),
		vector(fmt.Sprintf("vpermilpd %s, %s, 1", xmm(d), xmm(y)), vpermilpd, d, 0, direct(y), 1),
		vector(fmt.Sprintf("vpbroadcastq %s, %s", ymm(d), xmm(y)), vpbroadcastq, d, 0, direct(y)),
		vector(fmt.Sprintf("vextracti128 %s, %s, 1", xmm(d), ymm(y)), vextracti128, y, 0, direct(d), 1),
		vector(fmt.Sprintf("vmovq %s, %s", xmm(d), gpr(y)), vmovqIn, d, 0, direct(y)),
		vector(fmt.Sprintf("vmovq %s, %s", gpr(d), xmm(y)), vmovqOut, y, 0, direct(d)),
		vector(fmt.Sprintf("vpextrq %s, %s, 1", gpr(d), xmm(y)), vpextrq, y, 0, direct(d), 1),
		vector(fmt.Sprintf("vcvttsd2si %s, %s", gpr(d), xmm(y)), vcvttsd2si, d, 0, direct(y)),
		vector(fmt.Sprintf("vmovmskpd %s, %s", gpr(d), ymm(y)), vmovmskpd, d, 0, direct(y)),
	}
}

// generalExamples are the instructions on general registers.
func generalExamples() []example {
	form := func(f int, reg register, rm operand, imm ...byte) func(*assembler) {
		return func(a *assembler) { a.general(f, reg, rm, imm...) }
	}
	list := []example{
		{"add r13, 70000", func(a *assembler) { a.addNumber(r13, 70000) }},
		{"mov eax, 258", func(a *assembler) { a.setNumber(258) }},
		{"vzeroupper; ret", (*assembler).leave},
		{"{load} sub rcx, rsi", form(subtract64, rcx, direct(rsi))},
		{"shl eax, cl", form(shiftByCount, shiftUp, direct(rax))},
		{"neg rax", form(unary64, negate, direct(rax))},
		{"and ecx, 16843009", form(immediate, andImm, direct(rcx), word32(0x01010101)...)},
		{"imul eax, eax, 2113665", form(timesImm32, rax, direct(rax), word32(0x204081)...)},
		{"bsf ecx, eax", form(lowestBit, rcx, direct(rax))},
		{"test eax, eax", form(test32, rax, direct(rax))},
		{"add rcx, rsi", form(addTo64, rsi, direct(rcx))},
		{"add rsi, 4", func(a *assembler) { a.addNumber(rsi, 4) }},
		{"add rdx, -4", func(a *assembler) { a.addNumber(rdx, -4) }},
		{"cmp eax, 15", form(immediate8, compareImm, direct(rax), 15)},
		{"cmovg rcx, [rdi+64]", form(moveIfMore, rcx, memory(rdi, 64))},
		{"{load} and eax, ecx", form(and32, rax, direct(rcx))},
		{"{load} cmp rsi, rdx", form(compare64, rsi, direct(rdx))},
		{"lea rcx, [rax-1]", form(lea64, rcx, memory(rax, -1))},
	}
	for text, condition := range map[string]byte{"jmp": always, "jz": ifZero, "jnz": ifNotZero, "jae": ifNotBelow, "jg": ifGreater, "jge": ifGreaterEqual, "jle": ifLessEqual, "jl": ifLess} {
		list = append(list, example{"{disp32} " + text + " .", func(a *assembler) { jumpToItself(a, condition) }})
	}
	for text, m := range addresses() {
		list = append(list, []example{
			{"prefetcht0 " + text, form(prefetch, nearest, m)},
			{"mov rbx, " + text, form(load64, rbx, m)},
			{"mov " + text + ", r13", form(store64, r13, m)},
			{"mov " + text + ", ecx", form(store32, rcx, m)},
			{"mov " + text + ", cl", form(store8, rcx, m)},
			{"mov ecx, " + text, form(load32, rcx, m)},
			{"movsxd rax, dword ptr " + text, form(load32sign, rax, m)},
			{"movzx eax, byte ptr " + text, form(load8, rax, m)},
			{"cmp rax, " + text, form(compare64, rax, m)},
			{"add " + text + ", rcx", form(addTo64, rcx, m)},
			{"add " + text + ", ecx", form(addTo32, rcx, m)},
			{"imul rcx, " + text, form(multiply64, rcx, m)},
			{"imul ecx, " + text, form(multiply32, rcx, m)},
		}...)
	}
	return list
}
