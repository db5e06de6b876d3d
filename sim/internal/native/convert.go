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
	c.vex(vmovupd, low, 0, c.spread(lowMagic))
	c.vex(vpblendd, low, low, direct(a), 0x55)
	c.vex(vpshiftq, shiftRight, r, direct(a), 32)
	c.vex(vpxor, r, r, c.spread(highMagic))
	c.vex(vsubpd, r, r, c.spread(bothMagic))
	c.vex(vaddpd, r, r, direct(low))
}

// intOfFloat converts lane after lane: AVX2 has no such conversion, and the scalar one gives the least integer for NaN
// and for what does not fit, as it must be.
func (c *compiler) intOfFloat(in ir.Instr) {
	a := c.use(in.A)
	r, t, upper := c.result(), c.temporary(), c.temporary()
	c.collect(r, upper, func(l int) {
		from := a
		if l > 0 {
			from = t
		}
		switch l {
		case 1:
			c.vex(vpermilpd, t, 0, direct(a), 1)
		case 2:
			c.vex(vextracti128, a, 0, direct(t), 1)
		case 3:
			c.vex(vpermilpd, t, 0, direct(t), 1)
		}
		c.vex(vcvttsd2si, rax, 0, direct(from))
	})
}

// bitsOfFloat replaces every NaN by one.
func (c *compiler) bitsOfFloat(in ir.Instr) {
	a := c.use(in.A)
	strange := c.temporary()
	c.release()
	c.vex(vcmppd, strange, a, direct(a), unordered)
	c.vex(vblendvpd, c.result(), a, c.spread(ir.NaNBits), byte(strange<<4))
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

// collect fills r with what lane puts into rax for each lane of the pass; a single row goes into all lanes. It uses upper.
func (c *compiler) collect(r, upper register, lane func(l int)) {
	lane(0)
	c.vex(vmovqIn, r, 0, direct(rax))
	if c.rows == 1 {
		c.vex(vpbroadcastq, r, 0, direct(r))
		return
	}
	lane(1)
	c.vex(vpinsrq, r, r, direct(rax), 1)
	lane(2)
	c.vex(vmovqIn, upper, 0, direct(rax))
	lane(3)
	c.vex(vpinsrq, upper, upper, direct(rax), 1)
	c.vex(vinserti128, r, r, direct(upper), 1)
}

// lane puts lane l of x into a general register. It uses upper, and must be called for all lanes in their order.
func (c *compiler) lane(l int, to, x, upper register) {
	if l == 2 {
		c.vex(vextracti128, x, 0, direct(upper), 1)
	}
	if l >= 2 {
		x = upper
	}
	if l%2 == 0 {
		c.vex(vmovqOut, x, 0, direct(to))
	} else {
		c.vex(vpextrq, x, 0, direct(to), 1)
	}
}
