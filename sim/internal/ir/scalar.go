package ir

import "math"

// NaNBits is the pattern that BitsOfFloat gives for every NaN.
const NaNBits = 0x7ff8000000000000

// Scalar computes one operation that touches no memory, on the bits of its operands. It is the meaning of the
// operations: Eval runs it, the builder folds constants with it, and a backend may use it for uniform values.
func Scalar(op Op, a, b, c uint64) uint64 {
	switch {
	case op >= Add && op <= Ne:
		return floatScalar(op, math.Float64frombits(a), math.Float64frombits(b), math.Float64frombits(c))
	case op >= IAdd && op <= INe:
		return intScalar(op, int64(a), int64(b))
	case op >= And && op <= Not:
		return maskScalar(op, a != 0, b != 0)
	case op == Select:
		if a != 0 {
			return b
		}
		return c
	}
	return convert(op, a)
}

func floatScalar(op Op, a, b, c float64) uint64 {
	switch op {
	case Add:
		return bits(float64(a + b))
	case Sub:
		return bits(float64(a - b))
	case Mul:
		return bits(float64(a * b))
	case Div:
		return bits(float64(a / b))
	case Neg:
		return bits(-a)
	case Abs:
		return bits(math.Abs(a))
	case Sqrt:
		return bits(math.Sqrt(a))
	case FMA:
		return bits(math.FMA(a, b, c))
	case Floor:
		return bits(math.Floor(a))
	case Ceil:
		return bits(math.Ceil(a))
	case Trunc:
		return bits(math.Trunc(a))
	case RoundEven:
		return bits(math.RoundToEven(a))
	case Min:
		if a < b {
			return bits(a)
		}
		return bits(b)
	case Max:
		if a > b {
			return bits(a)
		}
		return bits(b)
	}
	return truth(compareFloat(op, a, b))
}

func compareFloat(op Op, a, b float64) bool {
	switch op {
	case Lt:
		return a < b
	case Le:
		return a <= b
	case Eq:
		return a == b
	}
	return a != b
}

func intScalar(op Op, a, b int64) uint64 {
	switch op {
	case IAdd:
		return uint64(a + b)
	case ISub:
		return uint64(a - b)
	case IMul:
		return uint64(a * b)
	case INeg:
		return uint64(-a)
	case IAnd:
		return uint64(a & b)
	case IOr:
		return uint64(a | b)
	case IXor:
		return uint64(a ^ b)
	case IShl:
		return uint64(a) << uint64(b)
	case IShr:
		return uint64(a >> uint64(b))
	case IUshr:
		return uint64(a) >> uint64(b)
	case MulU32:
		return uint64(uint32(a)) * uint64(uint32(b))
	case ILt:
		return truth(a < b)
	case ILe:
		return truth(a <= b)
	case IEq:
		return truth(a == b)
	}
	return truth(a != b)
}

func maskScalar(op Op, a, b bool) uint64 {
	switch op {
	case And:
		return truth(a && b)
	case Or:
		return truth(a || b)
	case Xor:
		return truth(a != b)
	}
	return truth(!a)
}

func convert(op Op, a uint64) uint64 {
	switch op {
	case FloatOfInt:
		return bits(float64(int64(a)))
	case IntOfFloat:
		return uint64(TruncateToInt(math.Float64frombits(a)))
	case BitsOfFloat:
		if x := math.Float64frombits(a); x != x {
			return NaNBits
		}
		return a
	case MaskOfInt:
		return truth(a != 0)
	}
	return a // FloatOfBits, IntOfMask: the same bits
}

// TruncateToInt is IntOfFloat: x without its fraction, and the least int64 for NaN and for what does not fit. Go leaves
// that last case to the processor, so it is spelled out.
func TruncateToInt(x float64) int64 {
	if x >= -0x1p63 && x < 0x1p63 {
		return int64(x)
	}
	return math.MinInt64
}

func bits(x float64) uint64 { return math.Float64bits(x) }

func truth(m bool) uint64 {
	if m {
		return 1
	}
	return 0
}
