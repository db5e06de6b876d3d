package arm64

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A spread is a value whose lanes are wanted one by one, as indices and scattered values are. There are three kinds: the
// same number in all lanes, in a register; different numbers, in a register; and a load that was put off, whose elements
// are fetched when they are wanted.
type spread struct {
	load     ir.Instr
	putOff   bool
	same     bool
	register register
}

// findPutOff finds the loads that nothing needs as a vector, of columns that the program does not write.
func (c *compiler) findPutOff() {
	written := make([]bool, len(c.p.Columns))
	for _, in := range c.p.Code {
		if in.Op.UsesColumn() && in.Op.Writes() {
			written[in.Imm] = true
		}
	}
	for i, in := range c.p.Code {
		if in.Op != ir.Load || written[in.Imm] {
			continue
		}
		c.putOff[i] = true
		for _, reader := range c.uses[i] {
			op := c.p.Code[reader].Op
			c.putOff[i] = c.putOff[i] && (op == ir.Gather || op.Scatters())
		}
	}
}

// lanesOf prepares a value of which lanes are wanted, for the instruction at hand.
func (c *compiler) lanesOf(v ir.Value) spread {
	if c.putOff[v] {
		return spread{load: c.p.Code[v], putOff: true}
	}
	return spread{register: c.use(v), same: c.uniform[v]}
}

// lane puts lane l into a general register.
func (c *compiler) lane(s spread, l int, to register) {
	switch {
	case s.putOff:
		c.move(loadOne(s.load.Storage), to, c.own(s.load, l))
	case s.same || l == 0:
		c.two(fmovOut, to, s.register)
	default:
		c.two(umovUpper, to, s.register)
	}
}

// loadOne loads an element into a general register; a mask is 0 or 1 then.
func loadOne(s ir.Storage) mnemonic {
	return [...]mnemonic{ir.Float64: ldrX, ir.Int64: ldrX, ir.Int32: ldrsw, ir.Bool: ldrb}[s]
}

// number is a register whose lowest lane is lane l: t if it has to be made.
func (c *compiler) number(s spread, l int, t register) register {
	switch {
	case s.putOff:
		c.move(ldrD, t, c.own(s.load, l))
		return t
	case s.same || l == 0:
		return s.register
	}
	c.two(upperLane, t, s.register)
	return t
}
