#include "textflag.h"

// func enter(code *byte, context *uint64, lo, hi int) int
TEXT ·enter(SB), NOSPLIT, $0-40
	MOVD code+0(FP), R4
	MOVD context+8(FP), R0
	MOVD lo+16(FP), R1
	MOVD hi+24(FP), R2
	CALL (R4)
	MOVD R0, ret+32(FP)
	RET

// func writeBack(code *byte, n int)
//
// The data cache is written back to where code is fetched, then old code is dropped, then what was fetched already. The
// step is the smallest line of a cache that the architecture knows, so that its size need not be asked for.
TEXT ·writeBack(SB), NOSPLIT, $0-16
	MOVD code+0(FP), R0
	MOVD n+8(FP), R1
	ADD  R0, R1, R1
	MOVD R0, R2

clean:
	WORD $0xd50b7b22  // DC CVAU, R2
	ADD  $16, R2
	CMP  R1, R2
	BLO  clean
	DSB  $11          // of the inner shareable domain
	MOVD R0, R2

drop:
	WORD $0xd50b7522  // IC IVAU, R2
	ADD  $16, R2
	CMP  R1, R2
	BLO  drop
	DSB  $11
	ISB  $15
	RET
