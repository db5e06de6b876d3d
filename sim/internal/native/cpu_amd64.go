package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// machineCode translates a program.
func machineCode(f form, p *ir.Program) (translation, error) {
	c := translate(f, p)
	return translation{c.finish(), c.sites, c.Words()}, nil
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
	hasF       = 1 << 16 // leaf 7, b: AVX-512, the foundation
	hasDQ      = 1 << 17 // leaf 7, b: AVX-512, words of 32 and 64 bits
	hasBW      = 1 << 30 // leaf 7, b: AVX-512, bytes and words of 16 bits
	hasVL      = 1 << 31 // leaf 7, b: AVX-512, shorter vectors
	savesSSE   = 1 << 1
	savesAVX   = 1 << 2
	savesMasks = 1 << 5
	savesUpper = 1 << 6 // halves of the first sixteen registers
	savesMore  = 1 << 7 // the other sixteen
	lastLeaf   = 7
	wantOfOne  = hasFMA | hasXSave | hasAVX
	wantSaving = savesSSE | savesAVX
	wantWide   = hasF | hasDQ | hasBW | hasVL
	wantMore   = savesMasks | savesUpper | savesMore
)

// forms are those that processor and system have what they use for, the widest first.
func forms() []form {
	if last, _, _, _ := cpuid(0, 0); last < lastLeaf {
		return nil
	}
	if _, _, c, _ := cpuid(1, 0); c&wantOfOne != wantOfOne {
		return nil
	}
	_, b, _, _ := cpuid(lastLeaf, 0)
	saves := xgetbv()
	switch {
	case saves&wantSaving != wantSaving || b&hasAVX2 == 0:
		return nil
	case saves&wantMore != wantMore || b&wantWide != wantWide:
		return []form{avx2}
	}
	return []form{avx512, avx2}
}
