package ir

// A pair is the unevaluated sum hi + lo of two numbers, lo at most half a unit in the last place of hi: about 106 bits.
// The sums and products below are Dekker's and Knuth's, with FMA for the error of a product.
type pair struct{ hi, lo Value }

// fastSum is x + y exactly, for |x| >= |y| or x = 0.
func (b *Builder) fastSum(x, y Value) pair {
	hi := b.Add(x, y)
	return pair{hi, b.Add(b.Sub(x, hi), y)}
}

// sum is x + y exactly.
func (b *Builder) sum(x, y Value) pair {
	hi := b.Add(x, y)
	part := b.Sub(hi, x)
	return pair{hi, b.Add(b.Sub(x, b.Sub(hi, part)), b.Sub(y, part))}
}

// product is x * y exactly, unless it underflows.
func (b *Builder) product(x, y Value) pair {
	hi := b.Mul(x, y)
	return pair{hi, b.FMA(x, y, b.Neg(hi))}
}

// pairProduct is x * y to about 2^-104 of it, not normalised.
func (b *Builder) pairProduct(x, y pair) pair {
	p := b.product(x.hi, y.hi)
	p.lo = b.Add(p.lo, b.FMA(x.hi, y.lo, b.Mul(x.lo, y.hi)))
	return p
}

// polynomial is c[0] + x*(c[1] + x*(...)) by Horner's rule.
func (b *Builder) polynomial(x Value, c ...float64) Value {
	sum := b.Float(c[len(c)-1])
	for k := len(c) - 2; k >= 0; k-- {
		sum = b.FMA(sum, x, b.Float(c[k]))
	}
	return sum
}

// shifter is 1.5 * 2^52: adding it to a number below 2^51 rounds that to an integer, which then stands in the low bits.
const shifter = 0x1.8p52

// nearest is the integer nearest to x*y: as a number, and shifted, with its low bits being the integer's.
func (b *Builder) nearest(x, y Value) (n, shifted Value) {
	shifted = b.FMA(x, y, b.Float(shifter))
	return b.Sub(shifted, b.Float(shifter)), shifted
}

// smallFloat is the integer n, |n| < 2^51, as a number. It is cheaper than FloatOfInt where that is no instruction.
func (b *Builder) smallFloat(n Value) Value {
	return b.Sub(b.FromBits(b.Add(n, b.Bits(b.Float(shifter)))), b.Float(shifter))
}

// tiny tells where |x| < 2^-54, so that f(x) with f(0) = 0, f'(0) = 1 rounds to x, the sign of a zero included.
func (b *Builder) tiny(x Value) Value { return b.Lt(b.Abs(x), b.Float(0x1p-54)) }
