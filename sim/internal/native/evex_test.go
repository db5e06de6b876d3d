package native

import "fmt"

// Texts of the registers of AVX-512.

func zmm(r register) string  { return fmt.Sprintf("zmm%d", r) }
func mask(r register) string { return fmt.Sprintf("k%d", r-k0) }

// evex is an example in the form with masks. xmm registers keep the EVEX prefix, which the assembler is told.
func evex(text string, m mnemonic, reg, v register, rm operand, imm ...byte) example {
	return evexMasked(text, m, 0, reg, v, rm, imm...)
}

func evexMasked(text string, m mnemonic, lanes opmask, reg, v register, rm operand, imm ...byte) example {
	return example{"{evex} " + text, func(a *assembler) {
		a.form = avx512
		a.masked(m, lanes, reg, v, rm, imm...)
	}}
}

// wideExamples are all instructions with the EVEX prefix, with registers of all four quarters, with masks where they are
// used with any, and with addresses whose displacement is a multiple of the operand's size and not.
func wideExamples() []example {
	var list []example
	for _, r := range [][3]register{{0, 1, 2}, {9, 19, 28}, {21, 14, 6}, {7, 24, 15}, {30, 11, 17}} {
		list = append(list, wideThree(r[0], r[1], r[2])...)
		list = append(list, wideTwo(r[0], r[2])...)
		list = append(list, wideMasks(r[0], r[1], r[2])...)
	}
	list = append(list, example{"vaddpd zmm20, zmm10, [rip+100]", func(a *assembler) {
		a.form = avx512
		fromPool(vaddpd, 20, 10)(a)
	}})
	for text, m := range addresses() {
		list = append(list, wideAddressed(text, m)...)
	}
	for text, m := range map[string]operand{
		"[rdi+8128]": memory(rdi, 8128), "[rdi-8192]": memory(rdi, -8192), "[r9+8192]": memory(r9, 8192),
		"[rbx+r12*8+1024]": indexed(rbx, r12, 8, 1024), "[r13+96]": memory(r13, 96),
	} {
		list = append(list, wideAddressed(text, m)...)
	}
	return append(list, maskExamples()...)
}

func wideThree(d, x, y register) []example {
	var list []example
	for name, m := range map[string]mnemonic{"vaddpd": vaddpd, "vsubpd": vsubpd, "vmulpd": vmulpd, "vdivpd": vdivpd, "vminpd": vminpd,
		"vmaxpd": vmaxpd, "vandpd": vandpd, "vxorpd": vxorpd, "vfmadd213pd": vfmadd213pd, "vfmadd231pd": vfmadd231pd, "vpaddq": vpaddq,
		"vpsubq": vpsubq, "vpandq": vpand, "vporq": vpor, "vpxorq": vpxor, "vpmuludq": vpmuludq, "vpmullq": vpmullq, "vpsllvq": vpsllvq,
		"vpsrlvq": vpsrlvq, "vpsravq": vpsravq} {
		list = append(list, evex(fmt.Sprintf("%s %s, %s, %s", name, zmm(d), zmm(x), zmm(y)), m, d, x, direct(y)))
	}
	return append(list,
		evex(fmt.Sprintf("vinserti64x2 %s, %s, %s, 3", zmm(d), zmm(x), xmm(y)), vinserti128, d, x, direct(y), 3),
		evex(fmt.Sprintf("vpinsrq %s, %s, %s, 1", xmm(d), xmm(x), gpr(y&15)), vpinsrq, d, x, direct(y&15), 1),
		evex(fmt.Sprintf("vaddsd %s, %s, %s", xmm(d), xmm(x), xmm(y)), vaddsd, d, x, direct(y)),
		evex(fmt.Sprintf("vmulsd %s, %s, %s", xmm(d), xmm(x), xmm(y)), vmulsd, d, x, direct(y)),
		evex(fmt.Sprintf("vpsrlq %s, %s, 32", zmm(d), zmm(x)), vpshiftq, shiftRight, d, direct(x), 32),
		evex(fmt.Sprintf("vpsraq %s, %s, 63", zmm(d), zmm(x)), vpsraq, shiftSigned, d, direct(x), 63),
		evex(fmt.Sprintf("vpsllq %s, %s, 52", zmm(d), zmm(x)), vpshiftq, shiftLeft, d, direct(x), 52),
	)
}

// wideTwo are the instructions with one source.
func wideTwo(d, y register) []example {
	return []example{
		evex(fmt.Sprintf("vsqrtpd %s, %s", zmm(d), zmm(y)), vsqrtpd, d, 0, direct(y)),
		evex(fmt.Sprintf("vrndscalepd %s, %s, 9", zmm(d), zmm(y)), vroundpd, d, 0, direct(y), roundDown),
		evex(fmt.Sprintf("vcvtqq2pd %s, %s", zmm(d), zmm(y)), vcvtqq2pd, d, 0, direct(y)),
		evex(fmt.Sprintf("vcvttpd2qq %s, %s", zmm(d), zmm(y)), vcvttpd2qq, d, 0, direct(y)),
		evex(fmt.Sprintf("vmovapd %s, %s", zmm(d), zmm(y)), vmovapd, d, 0, direct(y)),
		evex(fmt.Sprintf("vpermilpd %s, %s, 1", xmm(d), xmm(y)), vpermilpd, d, 0, direct(y), 1),
		evex(fmt.Sprintf("vpbroadcastq %s, %s", zmm(d), xmm(y)), vpbroadcastq, d, 0, direct(y)),
		evex(fmt.Sprintf("vextracti64x2 %s, %s, 2", xmm(d), zmm(y)), vextracti128, y, 0, direct(d), 2),
		evex(fmt.Sprintf("vmovq %s, %s", xmm(d), gpr(y&15)), vmovqIn, d, 0, direct(y&15)),
		evex(fmt.Sprintf("vmovq %s, %s", gpr(d&15), xmm(y)), vmovqOut, y, 0, direct(d&15)),
		evex(fmt.Sprintf("vpextrq %s, %s, 1", gpr(d&15), xmm(y)), vpextrq, y, 0, direct(d&15), 1),
	}
}

// wideMasks are the instructions that make or take a mask.
func wideMasks(d, x, y register) []example {
	k := k0 + d%7 + 1
	return []example{
		evex(fmt.Sprintf("vcmppd %s, %s, %s, 17", mask(k), zmm(x), zmm(y)), vcmppd, k, x, direct(y), lessThan),
		evex(fmt.Sprintf("vpcmpq %s, %s, %s, 6", mask(k), zmm(x), zmm(y)), vpcmpq, k, x, direct(y), greater),
		evex(fmt.Sprintf("vptestmq %s, %s, %s", mask(k), zmm(x), zmm(y)), vptestmq, k, x, direct(y)),
		evex(fmt.Sprintf("vpmovm2q %s, %s", zmm(d), mask(k)), vpmovm2q, d, 0, direct(k)),
		evexMasked(fmt.Sprintf("vblendmpd %s{%s}, %s, %s", zmm(d), mask(k), zmm(x), zmm(y)), vblendmpd, only(k), d, x, direct(y)),
		evexMasked(fmt.Sprintf("vmovupd %s{%s}{z}, [rdi+64]", zmm(d), mask(k)), vmovupd, only(k)|zeroing, d, 0, memory(rdi, 64)),
		evexMasked(fmt.Sprintf("vmovupd [rdi+64]{%s}, %s", mask(k), zmm(d)), vmovupdStore, only(k), d, 0, memory(rdi, 64)),
	}
}

func wideAddressed(text string, m operand) []example {
	return []example{
		evex("vmovupd zmm29, "+text, vmovupd, 29, 0, m),
		evex("vmovupd "+text+", zmm1", vmovupdStore, 1, 0, m),
		evex("vmovsd "+text+", xmm18", vmovsdStore, 18, 0, m),
		evex("vmovsd xmm7, "+text, vmovsd, 7, 0, m),
		evex("vbroadcastsd zmm23, qword ptr "+text, vbroadcastsd, 23, 0, m),
		evex("vpmovsxdq zmm11, "+text, vpmovsxdq, 11, 0, m),
		evex("vpmovzxdq zmm30, "+text, vpmovzxdq, 30, 0, m),
		evex("vpmovzxbq zmm4, qword ptr "+text, vpmovzxbq, 4, 0, m),
		evex("vpmovqd "+text+", zmm25", vpmovqdStore, 25, 0, m),
		evex("vpmovqb qword ptr "+text+", zmm16", vpmovqbStore, 16, 0, m),
		evex("vmulpd zmm5, zmm31, "+text, vmulpd, 5, 31, m),
		evex("vfmadd231pd zmm20, zmm12, "+text, vfmadd231pd, 20, 12, m),
		evex("vaddsd xmm14, xmm22, "+text, vaddsd, 14, 22, m),
		evex("vcmppd k3, zmm2, "+text+", 4", vcmppd, k0+3, 2, m, notEqual),
		evexMasked("vblendmpd zmm6{k5}, zmm17, "+text, vblendmpd, only(k0+5), 6, 17, m),
	}
}

// maskExamples are the instructions on masks, which have the older prefix.
func maskExamples() []example {
	list := []example{
		vector("kandb k1, k2, k3", kandb, k0+1, k0+2, direct(k0+3)),
		vector("kandnb k4, k7, k5", kandnb, k0+4, k0+7, direct(k0+5)),
		vector("korb k6, k1, k7", korb, k0+6, k0+1, direct(k0+7)),
		vector("kxorb k2, k3, k1", kxorb, k0+2, k0+3, direct(k0+1)),
		vector("knotb k5, k6", knotb, k0+5, 0, direct(k0+6)),
		vector("kortestb k0, k7", kortestb, k0, 0, direct(k0+7)),
		vector("kmovb k7, eax", kmovbIn, tailMask, 0, direct(rax)),
		vector("kmovb ecx, k3", kmovbOut, rcx, 0, direct(k0+3)),
	}
	for text, m := range addresses() {
		list = append(list, vector("kmovb k4, "+text, kmovb, k0+4, 0, m), vector("kmovb "+text+", k2", kmovbStore, k0+2, 0, m))
	}
	return list
}
