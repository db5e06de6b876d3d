package ir

// Random numbers come from Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// 2011): a function of a key and a counter, so that a draw depends on what it is for and not on what was drawn before.
//
//	key word 0      key, bits 0 to 31
//	key word 1      key, bits 32 to 63
//	counter word 0  row, low 32 bits
//	counter word 1  step, bits 0 to 31
//	counter word 2  step, bits 32 to 63
//	counter word 3  bit 31: 0 for Rand, 1 for Randn; bits 0 to 30: occurrence/2
//
// One call gives four words w0 to w3 and serves two occurrences: an even one takes words 0 and 1, an odd one 2 and 3 for
// Rand; for Randn the two are the normals of one pair.
const (
	philoxM0 = 0xd2511f53
	philoxM1 = 0xcd9e8d57
	philoxW0 = 0x9e3779b9
	philoxW1 = 0xbb67ae85

	philoxRounds = 10
	normalFlag   = 1 << 31
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

// words draws the four words for an occurrence.
func (b *Builder) words(key, step, row Value, word3 int) [4]Value {
	counter := [4]Value{row, step, b.Ushr(step, 32), b.Int(int64(word3))}
	return b.philox(counter, [2]Value{key, b.Ushr(key, 32)})
}

// fraction53 is the integer of 53 bits at the top of two words.
func (b *Builder) fraction53(high, low Value) Value {
	low = b.BitAnd(low, b.Int(0xffffffff))
	return b.Ushr(b.BitOr(b.Shl(high, 32), low), 11)
}

// Rand is uniform in [0, 1), a multiple of 2^-53: the draw of this key, step and row (all i64) for one occurrence of
// rand() in a program.
func (b *Builder) Rand(key, step, row Value, occurrence int) Value {
	w := b.words(key, step, row, occurrence/2)
	n := b.fraction53(w[0], w[1])
	if occurrence%2 != 0 {
		n = b.fraction53(w[2], w[3])
	}
	return b.Mul(b.ToFloat(n), b.Float(0x1p-53))
}

// Coefficients for z = w^2, |w| <= 1/2, by interpolation at Chebyshev points with 60 digits: of sin(pi*w)/w, error
// 1.2e-16, and of cos(pi*w), error 1e-16.
var (
	sinPiCoefficients = []float64{3.141592653589793, -5.167712780049969, 2.5501640398773007, -0.5992645293189447,
		0.0821458865731029, -0.007370430505916944, 0.0004662998161898394, -2.1903497074626018e-05, 7.697826768224191e-07}
	cosPiCoefficients = []float64{1, -4.934802200544676, 4.058712126416497, -1.335262768843447, 0.23533063012953284,
		-0.025806888737002202, 0.0019295562724817132, -0.00010456655338748738, 4.149564353942586e-06}
)

// Randn is a normal number of mean 0 and variance 1, up to 8.57 from 0, by the method of Box and Muller with the angle
// folded: for w uniform in [-1/2, 1/2) the pair is R*sin(pi*w) and R*cos(pi*w), the second with a random sign (a bit that
// w does not use), R = sqrt(-2*log(u)), u in (0, 1].
func (b *Builder) Randn(key, step, row Value, occurrence int) Value {
	w := b.words(key, step, row, normalFlag|occurrence/2)
	u := b.Mul(b.Add(b.ToFloat(b.fraction53(w[0], w[1])), b.Float(1)), b.Float(0x1p-53))
	radius := b.Sqrt(b.Mul(b.logPositive(u), b.Float(-2)))
	angle := b.Sub(b.Mul(b.ToFloat(b.fraction53(w[2], w[3])), b.Float(0x1p-53)), b.Float(0.5))
	z := b.Mul(angle, angle)
	if occurrence%2 == 0 {
		return b.Mul(radius, b.Mul(angle, b.polynomial(z, sinPiCoefficients...)))
	}
	sign := b.Shl(w[3], 63) // its lowest bit
	cosine := b.polynomial(z, cosPiCoefficients...)
	return b.Mul(radius, b.FromBits(b.BitXor(b.Bits(cosine), sign)))
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
	counter := [4]uint32{uint32(row), uint32(step), uint32(step >> 32), uint32(occurrence / 2)}
	w := Philox4x32(counter, [2]uint32{uint32(key), uint32(key >> 32)})
	at := occurrence % 2 * 2
	return float64((uint64(w[at])<<32|uint64(w[at+1]))>>11) * 0x1p-53
}

// RandnAt is the number that Randn gives in a program, for set-up; it is slow.
func RandnAt(key uint64, step, row int64, occurrence int) float64 {
	b := NewBuilder("randn", All)
	v := b.Randn(b.Int(int64(key)), b.Int(step), b.Int(row), occurrence)
	return b.float(v)
}
