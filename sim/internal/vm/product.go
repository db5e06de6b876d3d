package vm

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A product that is only added, or subtracted, or subtracted from, is computed in the loop of that sum, with both
// roundings. Kernels of such pairs have numbers of their own, plus the form of a, b and c.
const (
	mulAdd = 1<<14 + 8*iota // r = a*b + c
	mulSub                  // r = a*b - c
	subMul                  // r = c - a*b
)

// A product is a multiplication taken over by the sum of it and another value.
type product struct {
	kernel  int
	a, b, c ir.Value
}

// findProducts marks the multiplications that a sum takes over.
func (c *compiler) findProducts(uses []int) {
	for i, in := range c.p.Code {
		switch {
		case c.done[i] || c.isUniform[i]:
		case in.Op == ir.Add && c.isLoneProduct(in.B, uses):
			c.takeOver(i, mulAdd, in.B, in.A)
		case in.Op == ir.Add && c.isLoneProduct(in.A, uses):
			c.takeOver(i, mulAdd, in.A, in.B)
		case in.Op == ir.Sub && c.isLoneProduct(in.A, uses):
			c.takeOver(i, mulSub, in.A, in.B)
		case in.Op == ir.Sub && c.isLoneProduct(in.B, uses):
			c.takeOver(i, subMul, in.B, in.A)
		}
	}
}

func (c *compiler) isLoneProduct(v ir.Value, uses []int) bool {
	return c.p.Code[v].Op == ir.Mul && !c.isUniform[v] && uses[v] == 1
}

func (c *compiler) takeOver(sum, kernel int, multiplication, other ir.Value) {
	in := c.p.Code[multiplication]
	if c.isUniform[in.A] {
		in.A, in.B = in.B, in.A
	}
	c.done[multiplication] = true
	c.products[ir.Value(sum)] = product{kernel, in.A, in.B, other}
}

// productStep adds the step of a product and a sum.
func (c *compiler) productStep(i ir.Value, found product) {
	s := step{op: ir.Add, kernel: found.kernel, a: c.placed[found.a], b: c.placed[found.b], c: c.placed[found.c]}
	if s.b.place == uniform {
		s.kernel += 2
	}
	if s.c.place == uniform {
		s.kernel += 4
	}
	c.release(i)
	s.d = c.destination(i)
	c.steps = append(c.steps, s)
}
