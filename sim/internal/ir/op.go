package ir

// An Op is what an instruction does. In the table below a, b and c are the values of the operands A, B and C, r is the
// result, row is the number of the row and k is the number in Imm.
type Op uint8

// The operations. Their meaning is in the table.
const (
	Invalid Op = iota

	Const
	Uniform
	Row

	Load
	Store
	Gather
	Scatter
	ScatterAdd
	ScatterMul
	Emit

	Add
	Sub
	Mul
	Div
	Neg
	Abs
	Sqrt
	FMA
	Floor
	Ceil
	Trunc
	RoundEven
	Min
	Max
	Lt
	Le
	Eq
	Ne

	IAdd
	ISub
	IMul
	INeg
	IAnd
	IOr
	IXor
	IShl
	IShr
	IUshr
	MulU32
	ILt
	ILe
	IEq
	INe

	And
	Or
	Xor
	Not

	Select

	FloatOfInt
	IntOfFloat
	BitsOfFloat
	FloatOfBits
	IntOfMask
	MaskOfInt

	opCount
)

// NumOps is one more than the greatest operation; valid operations are 1 to NumOps-1.
const NumOps = int(opCount)

// anyType stands in the table for the type of the instruction itself.
const anyType Type = 255

// columnType stands in the table for the type that the storage class of the column loads.
const columnType Type = 254

// opInfo describes one operation: its name in listings, its operands, its result and the scalar code it equals.
type opInfo struct {
	name   string
	args   []Type
	result Type
	doc    string
}

var opTable = [opCount]opInfo{
	Const:   {"const", nil, anyType, "r = the bits of Imm (a mask: 0 or 1)"},
	Uniform: {"uniform", nil, anyType, "r = the bits of uniforms[k], the same for every row of a call"},
	Row:     {"row", nil, I64, "r = row"},

	Load:       {"load", nil, columnType, "r = column[k][row]"},
	Store:      {"store", []Type{columnType}, Void, "column[k][row] = a (an int32 column keeps the low 32 bits)"},
	Gather:     {"gather", []Type{I64}, columnType, "r = column[k][a]"},
	Scatter:    {"scatter", []Type{I64, columnType}, Void, "column[k][a] = b"},
	ScatterAdd: {"scatteradd", []Type{I64, columnType}, Void, "column[k][a] = column[k][a] + b (no masks)"},
	ScatterMul: {"scattermul", []Type{I64, columnType}, Void, "column[k][a] = column[k][a] * b (no masks)"},
	Emit:       {"emit", []Type{Mask}, Void, "if a { out = append(out, row) }"},

	Add:       {"add", []Type{F64, F64}, F64, "r = a + b"},
	Sub:       {"sub", []Type{F64, F64}, F64, "r = a - b"},
	Mul:       {"mul", []Type{F64, F64}, F64, "r = a * b"},
	Div:       {"div", []Type{F64, F64}, F64, "r = a / b"},
	Neg:       {"neg", []Type{F64}, F64, "r = -a (the sign bit flipped)"},
	Abs:       {"abs", []Type{F64}, F64, "r = |a| (the sign bit cleared)"},
	Sqrt:      {"sqrt", []Type{F64}, F64, "r = square root of a, correctly rounded"},
	FMA:       {"fma", []Type{F64, F64, F64}, F64, "r = a*b + c, rounded once"},
	Floor:     {"floor", []Type{F64}, F64, "r = greatest integer <= a"},
	Ceil:      {"ceil", []Type{F64}, F64, "r = least integer >= a"},
	Trunc:     {"trunc", []Type{F64}, F64, "r = a without its fraction"},
	RoundEven: {"roundeven", []Type{F64}, F64, "r = integer nearest to a, the even one of two"},
	Min:       {"min", []Type{F64, F64}, F64, "r = a < b ? a : b"},
	Max:       {"max", []Type{F64, F64}, F64, "r = a > b ? a : b"},
	Lt:        {"lt", []Type{F64, F64}, Mask, "r = a < b"},
	Le:        {"le", []Type{F64, F64}, Mask, "r = a <= b"},
	Eq:        {"eq", []Type{F64, F64}, Mask, "r = a == b"},
	Ne:        {"ne", []Type{F64, F64}, Mask, "r = a != b"},

	IAdd:   {"iadd", []Type{I64, I64}, I64, "r = a + b"},
	ISub:   {"isub", []Type{I64, I64}, I64, "r = a - b"},
	IMul:   {"imul", []Type{I64, I64}, I64, "r = a * b"},
	INeg:   {"ineg", []Type{I64}, I64, "r = -a"},
	IAnd:   {"iand", []Type{I64, I64}, I64, "r = a & b"},
	IOr:    {"ior", []Type{I64, I64}, I64, "r = a | b"},
	IXor:   {"ixor", []Type{I64, I64}, I64, "r = a ^ b"},
	IShl:   {"ishl", []Type{I64, I64}, I64, "r = a << uint64(b)"},
	IShr:   {"ishr", []Type{I64, I64}, I64, "r = a >> uint64(b), copying the sign"},
	IUshr:  {"iushr", []Type{I64, I64}, I64, "r = uint64(a) >> uint64(b)"},
	MulU32: {"mulu32", []Type{I64, I64}, I64, "r = uint64(uint32(a)) * uint64(uint32(b))"},
	ILt:    {"ilt", []Type{I64, I64}, Mask, "r = a < b"},
	ILe:    {"ile", []Type{I64, I64}, Mask, "r = a <= b"},
	IEq:    {"ieq", []Type{I64, I64}, Mask, "r = a == b"},
	INe:    {"ine", []Type{I64, I64}, Mask, "r = a != b"},

	And: {"and", []Type{Mask, Mask}, Mask, "r = a && b"},
	Or:  {"or", []Type{Mask, Mask}, Mask, "r = a || b"},
	Xor: {"xor", []Type{Mask, Mask}, Mask, "r = a != b"},
	Not: {"not", []Type{Mask}, Mask, "r = !a"},

	Select: {"select", []Type{Mask, anyType, anyType}, anyType, "r = a ? b : c"},

	FloatOfInt:  {"floatofint", []Type{I64}, F64, "r = float64(a), to nearest even"},
	IntOfFloat:  {"intoffloat", []Type{F64}, I64, "r = int64(a), truncated; the least int64 for NaN and overflow"},
	BitsOfFloat: {"bitsoffloat", []Type{F64}, I64, "r = the bits of a; 0x7ff8000000000000 for every NaN"},
	FloatOfBits: {"floatofbits", []Type{I64}, F64, "r = the number with the bits a"},
	IntOfMask:   {"intofmask", []Type{Mask}, I64, "r = a ? 1 : 0"},
	MaskOfInt:   {"maskofint", []Type{I64}, Mask, "r = a != 0"},
}

// String is the operation's name in listings.
func (op Op) String() string {
	if op == Invalid || int(op) >= NumOps {
		return "invalid"
	}
	return opTable[op].name
}

// Doc is the scalar code the operation equals, row by row.
func (op Op) Doc() string { return opTable[op].doc }

// Arity is the number of operands.
func (op Op) Arity() int { return len(opTable[op].args) }

// Signature gives the types of result and operands of an operation for which they are fixed: arithmetic but Select.
func (op Op) Signature() (result Type, args []Type) { return opTable[op].result, opTable[op].args }

// UsesColumn reports whether the operation reads or writes a column.
func (op Op) UsesColumn() bool { return op >= Load && op <= ScatterMul }

// Writes reports whether the operation has an effect beyond its result.
func (op Op) Writes() bool {
	return op == Store || op == Emit || op.Scatters()
}

// Scatters reports whether the operation writes to rows other than its own.
func (op Op) Scatters() bool { return op == Scatter || op == ScatterAdd || op == ScatterMul }

// Commutes reports whether the first two operands may change places.
func (op Op) Commutes() bool {
	switch op {
	case Add, Mul, FMA, Eq, Ne, IAdd, IMul, IAnd, IOr, IXor, MulU32, IEq, INe, And, Or, Xor:
		return true
	}
	return false
}
