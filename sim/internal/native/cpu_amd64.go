package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// machineCode translates a program.
func machineCode(p *ir.Program) (translation, error) {
	c := translate(p)
	return translation{c.finish(), c.sites, (c.frame + slotSize*c.slots) / 8}, nil
}

// synchronize has nothing to do: the processor sees written code by itself.
func synchronize([]byte) {}

// enter calls machine code with the context in rdi and the rows in rsi and rdx, and returns rax. The code uses no stack.
//
//go:noescape
func enter(code *byte, context *uint64, lo, hi int) int

// cpuid is the instruction of that name.
func cpuid(leaf, subleaf uint32) (a, b, c, d uint32)

// xgetbv tells which registers the system saves.
func xgetbv() uint32

// Bits of cpuid and xgetbv, from Intel's manual, volume 2.
const (
	hasFMA     = 1 << 12 // leaf 1, c
	hasXSave   = 1 << 27 // leaf 1, c: xgetbv may be used
	hasAVX     = 1 << 28 // leaf 1, c
	hasAVX2    = 1 << 5  // leaf 7, b
	savesSSE   = 1 << 1
	savesAVX   = 1 << 2
	lastLeaf   = 7
	wantOfOne  = hasFMA | hasXSave | hasAVX
	wantSaving = savesSSE | savesAVX
)

// supported reports whether processor and system have what the code uses.
func supported() bool {
	if last, _, _, _ := cpuid(0, 0); last < lastLeaf {
		return false
	}
	if _, _, c, _ := cpuid(1, 0); c&wantOfOne != wantOfOne {
		return false
	}
	_, b, _, _ := cpuid(lastLeaf, 0)
	return xgetbv()&wantSaving == wantSaving && b&hasAVX2 != 0
}
