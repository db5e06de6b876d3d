package native

// An opmask is the part of an EVEX instruction that says which lanes count: the number of a mask register, and whether
// the other lanes become 0 instead of staying. 0 is all lanes.
type opmask byte

const zeroing opmask = 0x80

// only is a mask for the lanes that register k has set.
func only(k register) opmask { return opmask(k - k0) }

// An evexCode is the fixed part of an instruction: prefix and table as in a vexCode, W, L (2: 64 bytes), opcode, and the
// bytes of the operand in memory, in which short displacements are counted.
type evexCode struct{ prefix, table, wide, long, opcode, unit byte }

var evexTable = [mnemonicCount]evexCode{
	vaddpd:      {1, 1, 1, 2, 0x58, 64},
	vsubpd:      {1, 1, 1, 2, 0x5c, 64},
	vmulpd:      {1, 1, 1, 2, 0x59, 64},
	vdivpd:      {1, 1, 1, 2, 0x5e, 64},
	vminpd:      {1, 1, 1, 2, 0x5d, 64},
	vmaxpd:      {1, 1, 1, 2, 0x5f, 64},
	vsqrtpd:     {1, 1, 1, 2, 0x51, 64},
	vandpd:      {1, 1, 1, 2, 0x54, 64},
	vxorpd:      {1, 1, 1, 2, 0x57, 64},
	vcmppd:      {1, 1, 1, 2, 0xc2, 64}, // to a mask register
	vroundpd:    {1, 3, 1, 2, 0x09, 64}, // by the name of vrndscalepd
	vblendmpd:   {1, 2, 1, 2, 0x65, 64},
	vfmadd213pd: {1, 2, 1, 2, 0xa8, 64},
	vfmadd231pd: {1, 2, 1, 2, 0xb8, 64},
	vcvtqq2pd:   {2, 1, 1, 2, 0xe6, 64},
	vcvttpd2qq:  {1, 1, 1, 2, 0x7a, 64},
	vaddsd:      {3, 1, 1, 0, 0x58, 8},
	vmulsd:      {3, 1, 1, 0, 0x59, 8},

	vpaddq:   {1, 1, 1, 2, 0xd4, 64},
	vpsubq:   {1, 1, 1, 2, 0xfb, 64},
	vpand:    {1, 1, 1, 2, 0xdb, 64},
	vpor:     {1, 1, 1, 2, 0xeb, 64},
	vpxor:    {1, 1, 1, 2, 0xef, 64},
	vpmuludq: {1, 1, 1, 2, 0xf4, 64},
	vpmullq:  {1, 2, 1, 2, 0x40, 64},
	vpcmpq:   {1, 3, 1, 2, 0x1f, 64},
	vptestmq: {1, 2, 1, 2, 0x27, 64},
	vpsllvq:  {1, 2, 1, 2, 0x47, 64},
	vpsrlvq:  {1, 2, 1, 2, 0x45, 64},
	vpsravq:  {1, 2, 1, 2, 0x46, 64},
	vpshiftq: {1, 1, 1, 2, 0x73, 64},
	vpsraq:   {1, 1, 1, 2, 0x72, 64},

	vmovapd:      {1, 1, 1, 2, 0x28, 64},
	vmovupd:      {1, 1, 1, 2, 0x10, 64},
	vmovupdStore: {1, 1, 1, 2, 0x11, 64},
	vmovsd:       {3, 1, 1, 0, 0x10, 8},
	vmovsdStore:  {3, 1, 1, 0, 0x11, 8},
	vbroadcastsd: {1, 2, 1, 2, 0x19, 8},
	vpbroadcastq: {1, 2, 1, 2, 0x59, 8},
	vpmovsxdq:    {1, 2, 0, 2, 0x25, 32},
	vpmovzxdq:    {1, 2, 0, 2, 0x35, 32},
	vpmovzxbq:    {1, 2, 0, 2, 0x32, 8},
	vpmovqdStore: {2, 2, 0, 2, 0x35, 32},
	vpmovqbStore: {2, 2, 0, 2, 0x32, 8},
	vpmovm2q:     {2, 2, 1, 2, 0x38, 0},
	vmovqIn:      {1, 1, 1, 0, 0x6e, 8},
	vmovqOut:     {1, 1, 1, 0, 0x7e, 8},
	vpinsrq:      {1, 3, 1, 0, 0x22, 8},
	vpextrq:      {1, 3, 1, 0, 0x16, 8},
	vinserti128:  {1, 3, 1, 2, 0x38, 16}, // by the name of vinserti64x2
	vextracti128: {1, 3, 1, 2, 0x39, 16}, // by the name of vextracti64x2
	vpermilpd:    {1, 3, 1, 0, 0x05, 16},
}

// masked appends a vector instruction with the EVEX prefix, for the lanes of a mask.
func (a *assembler) masked(m mnemonic, lanes opmask, reg, v register, rm operand, imm ...byte) {
	c := evexTable[m]
	x, b := rm.reg>>4, rm.reg>>3 // a register takes both bits
	if rm.place == inMemory {
		x = 0
		if rm.scale > 0 {
			x = rm.index >> 3
		}
	}
	first := absent(reg, 3)<<7 | byte(^x&1)<<6 | byte(^b&1)<<5 | absent(reg, 4)<<4 | c.table
	second := c.wide<<7 | byte(^v&15)<<3 | 4 | c.prefix
	third := byte(lanes) | c.long<<5 | absent(v, 4)<<3
	a.code = append(a.code, 0x62, first, second, third, c.opcode)
	a.address(reg, rm, int32(c.unit), imm...)
}

// absent is 1 if the bit of a register's number is not set.
func absent(r register, bit int) byte { return byte(^(r >> bit)) & 1 }
