package native

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A spread is a value whose lanes are wanted one by one, as indices and scattered values are. There are three kinds: the
// same number in all lanes, in a register; different numbers, in a register, with another to take two of them at a time; and a
// load that was put off, whose elements are fetched when they are wanted.
type spread struct {
	load     ir.Instr
	putOff   bool
	same     bool
	register register
	upper    register
}

// lanesOf prepares a value of which lanes are wanted, for the instruction at hand.
func (c *compiler) lanesOf(v ir.Value) spread {
	if c.PutOff[v] && !c.partial {
		return spread{load: c.Program.Code[v], putOff: true}
	}
	s := spread{same: c.Uniform[v] || c.rows == 1}
	if c.PutOff[v] {
		s.register = c.TemporaryOf(c.Program.Code[v].Type)
		c.loadRows(s.register, c.Program.Code[v])
	} else {
		s.register = c.Use(v)
	}
	if isMask(s.register) {
		mask := s.register
		s.register = c.Temporary()
		c.vex(vpmovm2q, s.register, 0, direct(mask))
	}
	if !s.same {
		s.upper = c.Temporary()
	}
	return s
}

// lane puts lane l into a general register. Where other lanes than the first two are taken out they must be wanted in their order.
func (c *compiler) lane(s spread, l int, to register) {
	from := s.register
	if !s.same && l >= 2 {
		from = s.upper
	}
	switch {
	case s.putOff:
		c.element(s.load.Storage, to, c.own(s.load, l, to))
	case s.same || l == 0:
		c.vex(vmovqOut, from, 0, direct(to))
	case l%2 == 0:
		c.vex(vextracti128, s.register, 0, direct(s.upper), byte(l/2))
		c.vex(vmovqOut, from, 0, direct(to))
	default:
		c.vex(vpextrq, from, 0, direct(to), 1)
	}
}

// number is a register whose lowest lane is lane l, t if it has to be made, on the same terms. It uses rcx.
func (c *compiler) number(s spread, l int, t register) register {
	switch {
	case s.putOff:
		c.vex(vmovsd, t, 0, c.own(s.load, l, rcx))
		return t
	case s.same || l == 0:
		return s.register
	case l == 1:
		c.vex(vpermilpd, t, 0, direct(s.register), 1)
		return t
	case l%2 == 0:
		c.vex(vextracti128, s.register, 0, direct(s.upper), byte(l/2))
		return s.upper
	}
	c.vex(vpermilpd, t, 0, direct(s.upper), 1)
	return t
}

// collect fills r with what lane puts into rax for each lane of the pass; a single row goes into all lanes. It uses upper.
func (c *compiler) collect(r, upper register, lane func(l int)) {
	if c.rows == 1 {
		lane(0)
		c.vex(vmovqIn, r, 0, direct(rax))
		c.vex(vpbroadcastq, r, 0, direct(r))
		return
	}
	for l := 0; l < c.lanes; l += 2 {
		two := upper
		if l == 0 {
			two = r
		}
		lane(l)
		c.vex(vmovqIn, two, 0, direct(rax))
		lane(l + 1)
		c.vex(vpinsrq, two, two, direct(rax), 1)
		if l > 0 {
			c.vex(vinserti128, r, r, direct(upper), byte(l/2))
		}
	}
}

// collected is the result of the instruction at hand, made of what lane puts into rax.
func (c *compiler) collected(lane func(l int)) {
	r, upper := c.Result(), c.Temporary()
	if !isMask(r) {
		c.collect(r, upper, lane)
		return
	}
	t := c.Temporary()
	c.collect(t, upper, lane)
	c.vex(vptestmq, r, t, direct(t))
}
