package irtest

import (
	"math"
	"math/rand/v2"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// numbers are values at which operations change their ways: zeros, subnormals, integers and halves, the limits of
// integers, infinities, NaN.
var numbers = []float64{
	0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, 0.1, -7.25, 1 - 0x1p-53, 1 + 0x1p-52,
	math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64, 0x1p-1022, 0x1.fffffffffffffp-1023, 1e-300, 1e300,
	0x1p52, 0x1p52 + 1, 0x1p53, -0x1p53, 0x1p62, 0x1p63, -0x1p63, 0x1.fffffffffffffp62, -0x1.0000000000001p63, 0x1p64,
	math.MaxFloat64, -math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), math.Pi, 700, -745,
}

var integers = []int64{
	0, 1, -1, 2, -2, 3, 7, 31, 32, 33, 52, 63, 64, 65, -64, 1000, 1 << 31, 1<<31 - 1, -1 << 31, 1<<32 - 1, 1 << 32,
	1<<53 - 1, 1 << 53, 1<<53 + 1, 0x3ff0000000000000, 0x7ff8000000000000, math.MaxInt64, math.MinInt64, math.MinInt64 + 1,
}

// edges are the bits of the edge values of a type.
func edges(t ir.Type) []uint64 {
	var list []uint64
	switch t {
	case ir.F64:
		for _, x := range numbers {
			list = append(list, math.Float64bits(x))
		}
	case ir.I64:
		for _, n := range integers {
			list = append(list, uint64(n))
		}
	case ir.Mask:
		list = []uint64{0, 1}
	}
	return list
}

// storageOf is the class that keeps every value of a type.
func storageOf(t ir.Type) ir.Storage {
	return [...]ir.Storage{ir.NoStorage, ir.Float64, ir.Int64, ir.Bool}[t]
}

// column makes a column of a class from the bits of values.
func column(s ir.Storage, values []uint64) ir.Column {
	var c ir.Column
	for _, v := range values {
		switch s {
		case ir.Float64:
			c.F = append(c.F, math.Float64frombits(v))
		case ir.Int64:
			c.I = append(c.I, int64(v))
		case ir.Int32:
			c.X = append(c.X, int32(v))
		case ir.Bool:
			c.B = append(c.B, v&1 != 0)
		}
	}
	return c
}

// randomBits is a value of the type: an edge now and then, else of a middling size.
func randomBits(r *rand.Rand, t ir.Type) uint64 {
	if list := edges(t); r.IntN(4) == 0 {
		return list[r.IntN(len(list))]
	}
	switch t {
	case ir.F64:
		return math.Float64bits(r.NormFloat64() * math.Ldexp(1, r.IntN(20)-10))
	case ir.I64:
		return uint64(int64(r.Uint64()) >> r.IntN(64))
	}
	return r.Uint64() & 1
}

func randomColumn(r *rand.Rand, s ir.Storage, rows int) ir.Column {
	values := make([]uint64, rows)
	for i := range values {
		values[i] = randomBits(r, s.Type())
	}
	return column(s, values)
}
