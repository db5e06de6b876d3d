package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

func (c *compiler) notZero(in ir.Instr) {
	a := c.source(in.A)
	zero := c.zero()
	c.Release()
	r := c.Result()
	c.vex(vpcmpeqq, r, zero, a)
	c.inverted(r)
}

func (c *compiler) bitOfMask(in ir.Instr) {
	a := c.Use(in.A)
	c.Release()
	c.vex(vpshiftq, shiftRight, c.Result(), direct(a), 63)
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
	a := c.Use(in.A)
	r, low := c.Result(), c.Temporary()
	c.vex(vmovupd, low, 0, c.filled(lowMagic))
	c.vex(vpblendd, low, low, direct(a), 0x55)
	c.vex(vpshiftq, shiftRight, r, direct(a), 32)
	c.vex(vpxor, r, r, c.filled(highMagic))
	c.vex(vsubpd, r, r, c.filled(bothMagic))
	c.vex(vaddpd, r, r, direct(low))
}

// Bits of numbers by which intOfFloat works: 2^51, and 3 * 2^51, whose low bits take an integer below 2^51 as it is.
const (
	smallLimit = 0x4320000000000000
	smallMagic = 0x4338000000000000
)

// intOfFloat converts numbers below 2^51 together, since AVX2 has no instruction for it; if one is not, or is a NaN, it
// goes aside and takes lane after lane.
func (c *compiler) intOfFloat(in ir.Instr) {
	a := c.Use(in.A)
	r, whole := c.Result(), c.Temporary()
	x := spread{register: a, upper: c.Temporary(), same: c.rows == 1}
	upper := c.Temporary()
	if c.rows == 1 {
		c.intOfEach(r, x, whole, upper)
		return
	}
	large, done := c.newLabel(), c.newLabel()
	c.vex(vandpd, r, a, c.filled(allBits^signBit))
	c.vex(vcmppd, r, r, c.filled(smallLimit), lessThan)
	c.jumpUnlessAll(r, large)
	c.vex(vroundpd, whole, 0, direct(a), roundTruncated)
	c.vex(vaddpd, r, whole, c.filled(smallMagic))
	c.vex(vpsubq, r, r, c.filled(smallMagic))
	c.bind(done)
	c.aside = append(c.aside, func() {
		c.bind(large)
		c.rows = c.lanes
		c.intOfEach(r, x, whole, upper)
		c.jump(always, done)
	})
}

// jumpUnlessAll jumps if any lane of a mask is not set.
func (c *compiler) jumpUnlessAll(mask register, to label) {
	c.vex(vmovmskpd, rax, 0, direct(mask))
	c.general(immediate8, compareImm, direct(rax), byte(1<<c.lanes-1))
	c.jump(ifNotZero, to)
}

// intOfEach converts the lanes of x by the scalar instruction, which gives the least integer for NaN and for what does not
// fit, as it must be.
func (c *compiler) intOfEach(r register, x spread, t, upper register) {
	c.collect(r, upper, func(l int) { c.vex(vcvttsd2si, rax, 0, direct(c.number(x, l, t))) })
}

// bitsOfFloat replaces every NaN by one, where there may be any.
func (c *compiler) bitsOfFloat(in ir.Instr) {
	if c.neverNaN[in.A] {
		c.sameBits(in)
		return
	}
	a := c.Use(in.A)
	strange := c.TemporaryOf(ir.Mask)
	c.Release()
	c.vex(vcmppd, strange, a, direct(a), unordered)
	c.blend(c.Result(), a, c.filled(ir.NaNBits), strange)
}

// sameBits is the operand under another type.
func (c *compiler) sameBits(in ir.Instr) {
	if c.Dies(in.A) {
		c.Keep(in.A, c.Where(in.A))
		return
	}
	a := c.source(in.A)
	c.copyTo(c.Result(), a)
}
