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

// lanesOf prepares a value of which lanes are wanted, for the instruction at hand.
func (c *compiler) lanesOf(v ir.Value) spread {
	if c.PutOff[v] {
		return spread{load: c.Program.Code[v], putOff: true}
	}
	return spread{register: c.Use(v), same: c.Uniform[v]}
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
