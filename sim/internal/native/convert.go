package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

func (c *compiler) notZero(in ir.Instr) {
	a := c.source(in.A)
	zero := c.zero()
	c.release()
	r := c.result()
	c.vex(vpcmpeqq, r, zero, a)
	c.inverted(r)
}

func (c *compiler) bitOfMask(in ir.Instr) {
	a := c.use(in.A)
	c.release()
	c.vex(vpshiftq, shiftRight, c.result(), direct(a), 63)
}

// Bits of numbers by which floatOfInt works: 2^52, whose low half takes an unsigned half as it is; 2^84 + 2^63, whose low
// half takes a signed upper half turned round at the sign; and 2^84 + 2^63 + 2^52.
const (
	lowMagic  = 0x4330000000000000
	highMagic = 0x4530000080000000
	bothMagic = 0x4530000080100000
)

// floatOfInt makes two exact numbers of the halves of the integer and adds them, which rounds once.
func (c *compiler) floatOfInt(in ir.Instr) {
	a := c.use(in.A)
	r, low := c.result(), c.temporary()
	c.vex(vmovupd, low, 0, c.filled(lowMagic))
	c.vex(vpblendd, low, low, direct(a), 0x55)
	c.vex(vpshiftq, shiftRight, r, direct(a), 32)
	c.vex(vpxor, r, r, c.filled(highMagic))
	c.vex(vsubpd, r, r, c.filled(bothMagic))
	c.vex(vaddpd, r, r, direct(low))
}

// intOfFloat converts lane after lane: AVX2 has no such conversion, and the scalar one gives the least integer for NaN
// and for what does not fit, as it must be.
func (c *compiler) intOfFloat(in ir.Instr) {
	x := c.lanesOf(in.A)
	r, t, upper := c.result(), c.temporary(), c.temporary()
	c.collect(r, upper, func(l int) { c.vex(vcvttsd2si, rax, 0, direct(c.number(x, l, t))) })
}

// bitsOfFloat replaces every NaN by one.
func (c *compiler) bitsOfFloat(in ir.Instr) {
	a := c.use(in.A)
	strange := c.temporary()
	c.release()
	c.vex(vcmppd, strange, a, direct(a), unordered)
	c.vex(vblendvpd, c.result(), a, c.filled(ir.NaNBits), byte(strange<<4))
}

// sameBits is the operand under another type.
func (c *compiler) sameBits(in ir.Instr) {
	if c.dies(in.A) {
		c.keep(in.A, c.where[in.A])
		return
	}
	a := c.source(in.A)
	c.copyTo(c.result(), a)
}
