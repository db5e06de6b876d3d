#include "textflag.h"

// func enter(code *byte, context *uint64, lo, hi int) int
TEXT ·enter(SB), NOSPLIT, $0-40
	MOVQ code+0(FP), AX
	MOVQ context+8(FP), DI
	MOVQ lo+16(FP), SI
	MOVQ hi+24(FP), DX
	CALL AX
	MOVQ AX, ret+32(FP)
	RET

// func cpuid(leaf, subleaf uint32) (a, b, c, d uint32)
TEXT ·cpuid(SB), NOSPLIT, $0-24
	MOVL leaf+0(FP), AX
	MOVL subleaf+4(FP), CX
	CPUID
	MOVL AX, a+8(FP)
	MOVL BX, b+12(FP)
	MOVL CX, c+16(FP)
	MOVL DX, d+20(FP)
	RET

// func xgetbv() uint32
TEXT ·xgetbv(SB), NOSPLIT, $0-4
	XORL CX, CX
	XGETBV
	MOVL AX, ret+0(FP)
	RET
