package arm64

// A mnemonic is an instruction in one of its forms, with registers and numbers left out.
type mnemonic uint8

// Vector instructions work on two lanes of 64 bits where their name does not say otherwise.
const (
	noInstruction mnemonic = iota

	fadd
	fsub
	fmul
	fdiv
	fsqrt
	fneg
	fabs
	fmla // d += n*m, rounded once
	frintn
	frintm
	frintp
	frintz
	fcmeq
	fcmge
	fcmgt
	scvtf
	fcvtzs

	add
	sub
	neg
	and
	orr
	eor
	not
	bsl // d = d ? n : m, bit by bit
	bit // d = m ? n : d
	bif // d = m ? d : n
	cmeq
	cmge
	cmgt
	cmhs // as unsigned numbers
	cmtst
	sshl // by the signed lowest byte of m
	ushl
	shl // by a number in the instruction, as sshr and ushr
	sshr
	ushr
	ushr8 // of 8 bytes

	xtn2 // the low halves of two words
	xtn4
	xtn8
	sshll2 // two halves widened to words
	ushll2
	ushll4
	ushll8
	umull      // of two halves
	umullFirst // of two halves and the first of another register
	umlal
	rev64 // the halves of each word exchanged
	mul4  // of halves
	uaddlp
	umax4
	umaxv4

	dupGeneral // to all lanes
	dupLane    // lane 0 to all
	upperLane  // lane 1 to lane 0
	umovUpper  // lane 1 to a general register
	fmovOut    // lane 0 to a general register
	fmovOut32
	faddOne // of lane 0 alone
	fmulOne

	ldrQ
	strQ
	ldrD
	strD
	ldrS
	strS
	ldrH
	strH
	ldrB
	strB
	ld1D // into lane 1, as ld1S and ld1B
	st1D
	ld1S
	st1S
	ld1B
	st1B
	ldrLiteral

	ldrX
	strX
	ldrW
	strW
	ldrsw
	ldrb
	strb
	prfm // into all levels of the cache
	ldrswIndexed
	strWNext // and adds 4 to the address

	addX
	addW
	addNumber
	subNumber
	andOne
	mulX
	mulW
	cmpX
	movz
	movk
	cselGreater

	jump
	jumpIf
	jumpIfZero
	jumpIfBitClear
	ret

	mnemonicCount
)

// opcodes are the fixed bits of each instruction, as in Arm's manual of the architecture, part C.
var opcodes = [mnemonicCount]uint32{
	fadd: 0x4e60d400, fsub: 0x4ee0d400, fmul: 0x6e60dc00, fdiv: 0x6e60fc00, fsqrt: 0x6ee1f800, fneg: 0x6ee0f800, fabs: 0x4ee0f800,
	fmla: 0x4e60cc00, frintn: 0x4e618800, frintm: 0x4e619800, frintp: 0x4ee18800, frintz: 0x4ee19800,
	fcmeq: 0x4e60e400, fcmge: 0x6e60e400, fcmgt: 0x6ee0e400, scvtf: 0x4e61d800, fcvtzs: 0x4ee1b800,

	add: 0x4ee08400, sub: 0x6ee08400, neg: 0x6ee0b800, and: 0x4e201c00, orr: 0x4ea01c00, eor: 0x6e201c00, not: 0x6e205800,
	bsl: 0x6e601c00, bit: 0x6ea01c00, bif: 0x6ee01c00, cmeq: 0x6ee08c00, cmge: 0x4ee03c00, cmgt: 0x4ee03400, cmhs: 0x6ee03c00,
	cmtst: 0x4ee08c00, sshl: 0x4ee04400, ushl: 0x6ee04400, shl: 0x4f005400, sshr: 0x4f000400, ushr: 0x6f000400, ushr8: 0x2f000400,

	xtn2: 0x0ea12800, xtn4: 0x0e612800, xtn8: 0x0e212800, sshll2: 0x0f20a400, ushll2: 0x2f20a400, ushll4: 0x2f10a400, ushll8: 0x2f08a400,
	umull: 0x2ea0c000, umullFirst: 0x2f80a000, umlal: 0x2ea08000, rev64: 0x4ea00800, mul4: 0x4ea09c00, uaddlp: 0x6ea02800, umax4: 0x6ea06400, umaxv4: 0x6eb0a800,

	dupGeneral: 0x4e080c00, dupLane: 0x4e080400, upperLane: 0x5e180400, umovUpper: 0x4e183c00, fmovOut: 0x9e660000, fmovOut32: 0x1e260000,
	faddOne: 0x1e602800, fmulOne: 0x1e600800,

	ldrQ: 0x3dc00000, strQ: 0x3d800000, ldrD: 0xfd400000, strD: 0xfd000000, ldrS: 0xbd400000, strS: 0xbd000000,
	ldrH: 0x7d400000, strH: 0x7d000000, ldrB: 0x3d400000, strB: 0x3d000000,
	ld1D: 0x4d408400, st1D: 0x4d008400, ld1S: 0x0d409000, st1S: 0x0d009000, ld1B: 0x0d400400, st1B: 0x0d000400, ldrLiteral: 0x9c000000,

	ldrX: 0xf9400000, strX: 0xf9000000, ldrW: 0xb9400000, strW: 0xb9000000, ldrsw: 0xb9800000, ldrb: 0x39400000, strb: 0x39000000,
	prfm: 0xf9800000, ldrswIndexed: 0xb8a07800, strWNext: 0xb8004400,

	addX: 0x8b000000, addW: 0x0b000000, addNumber: 0x91000000, subNumber: 0xd1000000, andOne: 0x12000000, mulX: 0x9b007c00, mulW: 0x1b007c00,
	cmpX: 0xeb00001f, movz: 0xd2800000, movk: 0xf2a00000, cselGreater: 0x9a80c000,

	jump: 0x14000000, jumpIf: 0x54000000, jumpIfZero: 0xb4000000, jumpIfBitClear: 0x36000000, ret: 0xd65f03c0,
}

// scales of the instructions that name an address: the bytes that they move, by which the offset is counted.
var scales = [mnemonicCount]int{
	ldrQ: 16, strQ: 16, ldrD: 8, strD: 8, ldrS: 4, strS: 4, ldrH: 2, strH: 2, ldrB: 1, strB: 1,
	ldrX: 8, strX: 8, ldrW: 4, strW: 4, ldrsw: 4, ldrb: 1, strb: 1, prfm: 8,
}

// Conditions of jumpIf.
const (
	ifNotBelow  = 2 // unsigned
	ifGreater   = 12
	ifLessEqual = 13
)
