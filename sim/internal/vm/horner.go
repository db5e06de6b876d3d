package vm

import (
	"math"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// Polynomials are most of what functions cost. Horner's steps fma(acc, x, c), one after another with the same x and
// uniform c, run up to four in one loop: the sum stays in a processor register. The roundings are the same.

// hornerMost is the greatest number of steps in one loop.
const hornerMost = 4

// A chain is Horner's steps done in one loop.
type chain struct {
	first, x ir.Value   // the sum it starts from, and the variable
	add      []ir.Value // the coefficients in order
}

// findChains marks the steps that a later one takes over. It goes backwards, so that chains are as long as they can be at
// their end.
func (c *compiler) findChains(uses []int) {
	for i := len(c.p.Code) - 1; i >= 0; i-- {
		in := c.p.Code[i]
		if c.done[i] || !c.isHorner(ir.Value(i)) {
			continue
		}
		for _, pair := range [][2]ir.Value{{in.A, in.B}, {in.B, in.A}} {
			if found := c.chainFrom(ir.Value(i), pair[0], pair[1], uses); len(found.add) > 1 {
				c.chains[ir.Value(i)] = found
				break
			}
		}
	}
}

func (c *compiler) isHorner(v ir.Value) bool {
	in := c.p.Code[v]
	return in.Op == ir.FMA && !c.isUniform[v] && c.isUniform[in.C]
}

// chainFrom follows the sum backwards from step i while each sum is used by the next step alone.
func (c *compiler) chainFrom(i, sum, x ir.Value, uses []int) chain {
	if c.isUniform[x] {
		return chain{}
	}
	found := chain{sum, x, []ir.Value{c.p.Code[i].C}}
	for len(found.add) < hornerMost && c.isHorner(found.first) && uses[found.first] == 1 {
		in := c.p.Code[found.first]
		if in.A != x && in.B != x {
			break
		}
		c.done[found.first] = true
		found.first = in.A
		if in.A == x {
			found.first = in.B
		}
		found.add = append([]ir.Value{in.C}, found.add...)
	}
	return found
}

// hornerStep adds the step of a chain.
func (c *compiler) hornerStep(i ir.Value, found chain) {
	s := step{op: ir.FMA, kernel: hornerKernel, a: c.placed[found.first], b: c.placed[found.x], terms: len(found.add)}
	for k, v := range found.add {
		s.add[k] = c.placed[v].at
	}
	c.release(i)
	s.d = c.destination(i)
	c.steps = append(c.steps, s)
}

// horner: r = fma(... fma(a, x, add[0]) ..., x, add[n-1]).
func (m *machine) horner(s *step) {
	var k [hornerMost]float64
	for i := range s.terms {
		k[i] = math.Float64frombits(m.u[s.add[i]])
	}
	d, x := m.vector(s.d), m.vector(s.b)
	if s.a.place == uniform {
		hornerFrom(d, m.real(s.a), x, s.terms, k)
	} else {
		hornerOf(d, m.vector(s.a), x, s.terms, k)
	}
}

func hornerOf(d, a, x []float64, terms int, k [hornerMost]float64) {
	a, x = a[:len(d)], x[:len(d)]
	switch terms {
	case 2:
		for i, x := range x {
			d[i] = math.FMA(math.FMA(a[i], x, k[0]), x, k[1])
		}
	case 3:
		for i, x := range x {
			d[i] = math.FMA(math.FMA(math.FMA(a[i], x, k[0]), x, k[1]), x, k[2])
		}
	case 4:
		for i, x := range x {
			d[i] = math.FMA(math.FMA(math.FMA(math.FMA(a[i], x, k[0]), x, k[1]), x, k[2]), x, k[3])
		}
	}
}

func hornerFrom(d []float64, a float64, x []float64, terms int, k [hornerMost]float64) {
	x = x[:len(d)]
	switch terms {
	case 2:
		for i, x := range x {
			d[i] = math.FMA(math.FMA(a, x, k[0]), x, k[1])
		}
	case 3:
		for i, x := range x {
			d[i] = math.FMA(math.FMA(math.FMA(a, x, k[0]), x, k[1]), x, k[2])
		}
	case 4:
		for i, x := range x {
			d[i] = math.FMA(math.FMA(math.FMA(math.FMA(a, x, k[0]), x, k[1]), x, k[2]), x, k[3])
		}
	}
}
