package ir

import "math"

// Random numbers come from Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// 2011): a function of a key and a counter, so that a draw depends on what it is for and not on what was drawn before.
//
//	key word 0      key, bits 0 to 31
//	key word 1      key, bits 32 to 63
//	counter word 0  row, low 32 bits
//	counter word 1  block, bits 0 to 31
//	counter word 2  block, bits 32 to 63
//	counter word 3  bit 31: 0 for Rand, 1 for Randn; bits 0 to 30: occurrence
//
// One call gives four words w0 to w3 and serves one occurrence in consecutive steps: two of Rand (block = step/2; the
// even step takes words 0 and 1, the odd one 2 and 3), four of Randn (block = step/4; words 0 and 1 make the normals of
// the first two steps, 2 and 3 those of the others). A step that draws for itself throws the rest away; code that draws
// at every step lets RandPair and RandnFour draw for several, which gives the same numbers at a fraction of the cost.
const (
	philoxM0 = 0xd2511f53
	philoxM1 = 0xcd9e8d57
	philoxW0 = 0x9e3779b9
	philoxW1 = 0xbb67ae85

	philoxRounds = 10
	normalFlag   = 1 << 31
)

// Steps that one call of the generator serves.
const (
	RandSteps  = 2
	RandnSteps = 4
)

// philox is the generator: four 32-bit words from a counter and a key. Of the arguments the low 32 bits count; the words
// returned have anything in their high bits.
func (b *Builder) philox(counter [4]Value, key [2]Value) [4]Value {
	for range philoxRounds {
		p0 := b.MulU32(b.Int(philoxM0), counter[0])
		p1 := b.MulU32(b.Int(philoxM1), counter[2])
		counter = [4]Value{
			b.BitXor(b.Ushr(p1, 32), b.BitXor(counter[1], key[0])),
			p1,
			b.BitXor(b.Ushr(p0, 32), b.BitXor(counter[3], key[1])),
			p0,
		}
		key[0] = b.Add(key[0], b.Int(philoxW0))
		key[1] = b.Add(key[1], b.Int(philoxW1))
	}
	return counter
}

// words draws the four words of a block for an occurrence.
func (b *Builder) words(key, block, row Value, word3 int) [4]Value {
	counter := [4]Value{row, block, b.Ushr(block, 32), b.Int(int64(word3))}
	return b.philox(counter, [2]Value{key, b.Ushr(key, 32)})
}

// bit tells whether bit k of an integer is set.
func (b *Builder) bit(n Value, k int64) Value { return b.ToMask(b.BitAnd(n, b.Int(1<<k))) }

// later takes words 2 and 3 where m is true and else 0 and 1.
func (b *Builder) later(m Value, w [4]Value) (first, second Value) {
	return b.Select(m, w[2], w[0]), b.Select(m, w[3], w[1])
}

// fraction53 is the number from 0 to 1 with the 53 bits at the top of two words.
func (b *Builder) fraction53(high, low Value) Value {
	low = b.BitAnd(low, b.Int(0xffffffff))
	n := b.Ushr(b.BitOr(b.Shl(high, 32), low), 11)
	return b.Mul(b.ToFloat(n), b.Float(0x1p-53))
}

// Rand is uniform in [0, 1), a multiple of 2^-53: the draw of this key, step and row (all i64) for one occurrence of
// rand() in a program.
func (b *Builder) Rand(key, step, row Value, occurrence int) Value {
	w := b.words(key, b.Ushr(step, 1), row, occurrence)
	return b.fraction53(b.later(b.bit(step, 0), w))
}

// RandPair is Rand in the steps 2*pair and 2*pair+1.
func (b *Builder) RandPair(key, pair, row Value, occurrence int) (even, odd Value) {
	w := b.words(key, pair, row, occurrence)
	return b.fraction53(w[0], w[1]), b.fraction53(w[2], w[3])
}

// Randn is a normal number of mean 0 and variance 1, up to 6.66 from 0.
func (b *Builder) Randn(key, step, row Value, occurrence int) Value {
	even, odd := b.RandnPair(key, b.Ushr(step, 1), row, occurrence)
	return b.Select(b.bit(step, 0), odd, even)
}

// RandnPair is Randn in the steps 2*pair and 2*pair+1.
func (b *Builder) RandnPair(key, pair, row Value, occurrence int) (even, odd Value) {
	w := b.words(key, b.Ushr(pair, 1), row, normalFlag|occurrence)
	return b.normals(b.later(b.bit(pair, 0), w))
}

// RandnFour is Randn in the steps 4*four to 4*four+3.
func (b *Builder) RandnFour(key, four, row Value, occurrence int) [4]Value {
	w := b.words(key, four, row, normalFlag|occurrence)
	n0, n1 := b.normals(w[0], w[1])
	n2, n3 := b.normals(w[2], w[3])
	return [4]Value{n0, n1, n2, n3}
}

// Coefficients by interpolation at Chebyshev points with 70 digits. For z = s^2, s = f/(2+f), 1+f between sqrt(1/2) and
// sqrt(2): of -2*log(1+f)/s, error 1.7e-11. For z = w^2, |w| <= 1/2: of sin(pi*w)/w, error 5.4e-11, and of cos(pi*w),
// error 7.5e-13. More would be lost: the uniforms beneath are multiples of 2^-32.
var (
	radiusCoefficients = []float64{-4.000000000016719, -1.3333333049497504, -0.8000076934475038, -0.5707010207563262,
		-0.4723271819829197}
	sinPiCoefficients = []float64{3.141592653536132, -5.167712764593, 2.550163317938427, -0.599252186531583,
		0.08205035020147247, -0.007028303855203096}
	cosPiCoefficients = []float64{0.9999999999992479, -4.93480220024985, 4.0587121075374375, -1.33526231526157,
		0.2353254365877112, -0.02577631642731586, 0.0018399894372694043}
)

// normals makes two independent normal numbers of two words, by the method of Box and Muller with the angle folded: for w
// uniform in [-1/2, 1/2) they are R*sin(pi*w) and R*cos(pi*w), the second with a random sign (the lowest bit of w's
// word), R = sqrt(-2*log(u)), u = 1 - word/2^32. Only what every vector unit does at full speed is used: no shift that
// copies a sign, no conversion.
func (b *Builder) normals(radius, angle Value) (sine, cosine Value) {
	r := b.Sqrt(b.radiusSquared(b.Sub(b.Float(2), b.oneToTwo(radius))))
	w := b.Sub(b.oneToTwo(angle), b.Float(1.5-0x1p-33)) // (word + 1/2)/2^32 - 1/2
	z := b.Mul(w, w)
	sign := b.FromBits(b.BitOr(b.Shl(angle, 63), b.Int(0x3ff<<52))) // 1 or -1
	sine = b.Mul(b.Mul(r, w), b.polynomial(z, sinPiCoefficients...))
	return sine, b.Mul(b.Mul(r, sign), b.polynomial(z, cosPiCoefficients...))
}

// oneToTwo is 1 + word/2^32.
func (b *Builder) oneToTwo(word Value) Value {
	return b.FromBits(b.BitOr(b.Ushr(b.Shl(word, 32), 12), b.Int(0x3ff<<52)))
}

// radiusSquared is -2*log(u) for u from 2^-32 to 1, where it is 0.
func (b *Builder) radiusSquared(u Value) Value {
	const root, bias = 0x3fe6a09e667f3bcd, 64 // the bits of sqrt(1/2); what keeps the exponent above 0
	shifted := b.Add(b.Bits(u), b.Int(bias<<52-root))
	m := b.FromBits(b.Add(b.BitAnd(shifted, b.Int(1<<52-1)), b.Int(root)))
	k := b.Sub(b.FromBits(b.BitOr(b.Ushr(shifted, 52), b.Int(0x433<<52))), b.Float(0x1p52+bias))
	s := b.Div(b.Sub(m, b.Float(1)), b.Add(m, b.Float(1)))
	return b.FMA(s, b.polynomial(b.Mul(s, s), radiusCoefficients...), b.Mul(k, b.Float(-2*math.Ln2)))
}

// Philox4x32 is Philox4x32-10 as a Go function, for set-up.
func Philox4x32(counter [4]uint32, key [2]uint32) [4]uint32 {
	for range philoxRounds {
		p0 := uint64(philoxM0) * uint64(counter[0])
		p1 := uint64(philoxM1) * uint64(counter[2])
		counter = [4]uint32{
			uint32(p1>>32) ^ counter[1] ^ key[0], uint32(p1),
			uint32(p0>>32) ^ counter[3] ^ key[1], uint32(p0),
		}
		key[0] += philoxW0
		key[1] += philoxW1
	}
	return counter
}

// RandAt is the number that Rand gives in a program, for set-up.
func RandAt(key uint64, step, row int64, occurrence int) float64 {
	counter := [4]uint32{uint32(row), uint32(step >> 1), uint32(step >> 33), uint32(occurrence)}
	w := Philox4x32(counter, [2]uint32{uint32(key), uint32(key >> 32)})
	at := step % 2 * 2
	return float64((uint64(w[at])<<32|uint64(w[at+1]))>>11) * 0x1p-53
}

// RandnAt is the number that Randn gives in a program, for set-up; it is slow.
func RandnAt(key uint64, step, row int64, occurrence int) float64 {
	b := NewBuilder("randn", All)
	v := b.Randn(b.Int(int64(key)), b.Int(step), b.Int(row), occurrence)
	return b.float(v)
}
