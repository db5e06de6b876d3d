package ir

// A Type is what a value is.
type Type uint8

// The types. Void is that of an instruction without a result.
const (
	Void Type = iota
	F64
	I64
	Mask
)

// String names the type as listings do.
func (t Type) String() string {
	return [...]string{"void", "f64", "i64", "mask"}[min(t, Mask)]
}

// A Storage is how a column keeps its elements.
type Storage uint8

// The storage classes: which slice of a Column is set.
const (
	NoStorage Storage = iota
	Float64           // F, loads as F64
	Int64             // I, loads as I64
	Int32             // X, loads as I64; stores keep the low 32 bits
	Bool              // B, loads as Mask
)

// String names the storage class as listings do.
func (s Storage) String() string {
	return [...]string{"none", "float64", "int64", "int32", "bool"}[min(s, Bool)]
}

// Type is the type of a value loaded from a column of this class.
func (s Storage) Type() Type {
	return [...]Type{Void, F64, I64, I64, Mask}[min(s, Bool)]
}

// A Domain says which rows a call visits.
type Domain uint8

// The domains.
const (
	All   Domain = iota // rows lo to hi-1
	List                // rows f.Rows[lo] to f.Rows[hi-1], in that order
	Spans               // rows f.Rows[2*k] to f.Rows[2*k+1]-1, for each k from lo to hi-1
)

// String names the domain as listings do.
func (d Domain) String() string {
	return [...]string{"all", "list", "spans"}[min(d, Spans)]
}

// A Value is the result of an instruction, by the instruction's number.
type Value int32

// An Instr is one instruction. Operands that its operation does not have are 0.
type Instr struct {
	Op      Op
	Type    Type    // of the result
	Storage Storage // of the column, where the operation uses one
	A, B, C Value
	Imm     uint64 // Const: the bits; Uniform: its number; column operations: the column's number
}

// Operands are the values that the instruction reads.
func (in Instr) Operands() []Value {
	return []Value{in.A, in.B, in.C}[:in.Op.Arity()]
}

// Column is the number of the column that a column operation uses.
func (in Instr) Column() int { return int(in.Imm) }

// A Program is a straight line of instructions, run for each row of its domain. Columns holds the storage class of each
// column by number, NoStorage for a number the program does not use. Two numbers never stand for overlapping storage.
type Program struct {
	Name    string
	Domain  Domain
	Columns []Storage
	Code    []Instr
}

// A Column is one variable of all rows. Exactly one slice is set.
type Column struct {
	F []float64
	I []int64
	X []int32
	B []bool
}

// Len is the number of rows.
func (c Column) Len() int { return len(c.F) + len(c.I) + len(c.X) + len(c.B) }

// A Frame is what a program works on. Frames of one program may share Columns, Uniforms and Rows, and run at once on
// disjoint rows if the program does not scatter; Out and Scratch belong to one call at a time.
type Frame struct {
	Columns  []Column
	Uniforms []uint64 // bits of float64, int64, or 0 and 1
	Rows     []int32  // the rows of domain List; of Spans the first row of each and the one past its last
	Out      []int32  // Emit appends here; with room for all rows of the call nothing is allocated
	Scratch  []uint64 // the loop's own; it grows once
}

// A Backend turns programs into loops.
type Backend interface{ Compile(*Program) (Loop, error) }

// A Loop runs its program for rows lo to hi-1 of f (in domain List f.Rows[lo] to f.Rows[hi-1], in Spans those of the spans
// lo to hi-1). It keeps no state and allocates nothing once f.Scratch has grown. An index outside its column is a panic with an [*IndexError].
type Loop interface{ Run(f *Frame, lo, hi int) }
