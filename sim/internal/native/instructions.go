package native

// A mnemonic is a vector instruction, in the one width that a form uses.
type mnemonic uint8

const (
	noInstruction mnemonic = iota

	vaddpd
	vsubpd
	vmulpd
	vdivpd
	vminpd
	vmaxpd
	vsqrtpd
	vandpd
	vxorpd
	vcmppd
	vroundpd
	vblendvpd
	vblendmpd // by a mask register
	vfmadd213pd
	vfmadd231pd
	vcvtqq2pd
	vcvttpd2qq
	vaddsd
	vmulsd
	vcvttsd2si

	vpaddq
	vpsubq
	vpand
	vpor
	vpxor
	vpmuludq
	vpmullq
	vpcmpeqq
	vpcmpgtq
	vpcmpq   // to a mask register
	vptestmq // to a mask register: which lanes of the conjunction are not 0
	vpsllvq
	vpsrlvq
	vpsravq
	vpshiftq // by a number in the instruction; which shift is told by the register field
	vpsraq   // by a number in the instruction, shiftSigned in the register field
	vpblendd

	vmovapd
	vmovupd
	vmovupdStore
	vmovupsStore // of 16 bytes
	vmovsd
	vmovsdStore
	vbroadcastsd
	vpbroadcastq
	vpmovsxdq
	vpmovzxdq
	vpmovzxbq
	vpmovqdStore
	vpmovqbStore
	vpmovm2q // all ones where a mask register has a bit
	vmovqIn  // from a general register
	vmovqOut // to a general register
	vpinsrq
	vpextrq
	vinserti128
	vextracti128
	vmovmskpd
	vpermilpd
	vshufps

	// On masks of eight lanes.
	kandb
	kandnb // with the first operand inverted
	korb
	kxorb
	knotb
	kortestb
	kmovb
	kmovbStore
	kmovbIn  // from a general register
	kmovbOut // to a general register

	mnemonicCount
)

// The register field of vpshiftq.
const (
	shiftRight  = 2
	shiftSigned = 4 // of vpsraq
	shiftLeft   = 6
)

// Conditions of vcmppd, none of which raises on a quiet NaN.
const (
	equal          = 0x00
	unordered      = 0x03
	notEqual       = 0x04
	lessThan       = 0x11
	lessOrEqual    = 0x12
	greater        = 0x06 // of vpcmpq, which has equal and notEqual too
	less           = 0x01 // of vpcmpq
	notGreater     = 0x02 // of vpcmpq
	roundSuppress  = 8    // of vroundpd: no exception for an inexact result
	roundNearest   = 0 | roundSuppress
	roundDown      = 1 | roundSuppress
	roundUp        = 2 | roundSuppress
	roundTruncated = 3 | roundSuppress
)

// A vexCode is the fixed part of an instruction: implied prefix (1: 66, 2: F3, 3: F2), opcode table (1: 0F, 2: 0F38,
// 3: 0F3A), W, L (1: 32 bytes) and opcode, as in Intel's manual, volume 2.
type vexCode struct{ prefix, table, wide, long, opcode byte }

var vexTable = [mnemonicCount]vexCode{
	vaddpd:      {1, 1, 0, 1, 0x58},
	vsubpd:      {1, 1, 0, 1, 0x5c},
	vmulpd:      {1, 1, 0, 1, 0x59},
	vdivpd:      {1, 1, 0, 1, 0x5e},
	vminpd:      {1, 1, 0, 1, 0x5d},
	vmaxpd:      {1, 1, 0, 1, 0x5f},
	vsqrtpd:     {1, 1, 0, 1, 0x51},
	vandpd:      {1, 1, 0, 1, 0x54},
	vxorpd:      {1, 1, 0, 1, 0x57},
	vcmppd:      {1, 1, 0, 1, 0xc2},
	vroundpd:    {1, 3, 0, 1, 0x09},
	vblendvpd:   {1, 3, 0, 1, 0x4b},
	vfmadd213pd: {1, 2, 1, 1, 0xa8},
	vfmadd231pd: {1, 2, 1, 1, 0xb8},
	vaddsd:      {3, 1, 0, 0, 0x58},
	vmulsd:      {3, 1, 0, 0, 0x59},
	vcvttsd2si:  {3, 1, 1, 0, 0x2c},

	vpaddq:   {1, 1, 0, 1, 0xd4},
	vpsubq:   {1, 1, 0, 1, 0xfb},
	vpand:    {1, 1, 0, 1, 0xdb},
	vpor:     {1, 1, 0, 1, 0xeb},
	vpxor:    {1, 1, 0, 1, 0xef},
	vpmuludq: {1, 1, 0, 1, 0xf4},
	vpcmpeqq: {1, 2, 0, 1, 0x29},
	vpcmpgtq: {1, 2, 0, 1, 0x37},
	vpsllvq:  {1, 2, 1, 1, 0x47},
	vpsrlvq:  {1, 2, 1, 1, 0x45},
	vpshiftq: {1, 1, 0, 1, 0x73},
	vpblendd: {1, 3, 0, 1, 0x02},

	vmovapd:      {1, 1, 0, 1, 0x28},
	vmovupd:      {1, 1, 0, 1, 0x10},
	vmovupdStore: {1, 1, 0, 1, 0x11},
	vmovupsStore: {0, 1, 0, 0, 0x11},
	vmovsd:       {3, 1, 0, 0, 0x10},
	vmovsdStore:  {3, 1, 0, 0, 0x11},
	vbroadcastsd: {1, 2, 0, 1, 0x19},
	vpbroadcastq: {1, 2, 0, 1, 0x59},
	vpmovsxdq:    {1, 2, 0, 1, 0x25},
	vpmovzxdq:    {1, 2, 0, 1, 0x35},
	vpmovzxbq:    {1, 2, 0, 1, 0x32},
	vmovqIn:      {1, 1, 1, 0, 0x6e},
	vmovqOut:     {1, 1, 1, 0, 0x7e},
	vpinsrq:      {1, 3, 1, 0, 0x22},
	vpextrq:      {1, 3, 1, 0, 0x16},
	vinserti128:  {1, 3, 0, 1, 0x38},
	vextracti128: {1, 3, 0, 1, 0x39},
	vmovmskpd:    {1, 1, 0, 1, 0x50},
	vpermilpd:    {1, 3, 0, 0, 0x05},
	vshufps:      {0, 1, 0, 0, 0xc6},

	kandb:      {1, 1, 0, 1, 0x41},
	kandnb:     {1, 1, 0, 1, 0x42},
	korb:       {1, 1, 0, 1, 0x45},
	kxorb:      {1, 1, 0, 1, 0x47},
	knotb:      {1, 1, 0, 0, 0x44},
	kortestb:   {1, 1, 0, 0, 0x98},
	kmovb:      {1, 1, 0, 0, 0x90},
	kmovbStore: {1, 1, 0, 0, 0x91},
	kmovbIn:    {1, 1, 0, 0, 0x92},
	kmovbOut:   {1, 1, 0, 0, 0x93},
}
