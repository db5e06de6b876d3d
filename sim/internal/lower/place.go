package lower

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// Uniform numbers that every program may use; the engine sets them before each call.
const (
	UniformTime      = iota // t [s], f64
	UniformStep             // number of the step, i64
	UniformKey              // random key of the object and use, i64
	UniformSecondKey        // that of the threshold, in a program that is update and threshold, i64
	FirstFree               // the first number free for others
)

// An Access is the way to a value.
type Access uint8

const (
	// Literal values are constants of the program: Value.
	Literal Access = iota
	// Own values are a column's element in the row at hand.
	Own
	// Shared values are a column's element 0.
	Shared
	// Via values are a column's element that the row's entry in Index names.
	Via
	// RowNumber is the number of the row, less Offset.
	RowNumber
	// IndexNumber is the row's entry in Index, less Offset.
	IndexNumber
	// Time and StepNumber are those of the clock.
	Time
	StepNumber
	// Formula values are computed from Formula, whose names are those of Names.
	Formula
)

// A Place says where the value of a name lies. Column, Index and Guard are references that the caller understands.
type Place struct {
	Access  Access
	Column  any
	Storage ir.Storage
	Index   any // int32 column, for Via and IndexNumber; nil for IndexNumber when the row's number is meant
	Offset  int64
	Value   float64
	Integer bool // a Literal that is a whole number
	// Guard is the boolean column, reached like the value itself, that must hold true where code other than resets
	// writes; nil for none.
	Guard   any
	Formula *lang.Expr
	Names   Names
}

// A Table is the place of a timed array: Rows samples of Columns values each, one after the other, Dt apart.
type Table struct {
	Column  any
	Rows    int
	Columns int     // 0 for a one-dimensional array
	Dt      float64 // [s]
}

// Names tells where the values of symbols lie.
type Names interface {
	Place(*lang.Symbol) (Place, error)
	Table(*lang.Symbol) (Table, error)
	Dt() float64 // length of the step [s]
	// Inverse takes a uniform number in [0, 1) and the parameters of the named distribution to a number of it.
	Inverse(distribution string) HostFunction
}

// Code is a program with what its columns stand for, the random columns among these, and the calls of host functions that
// come before it.
type Code struct {
	Program *ir.Program
	Columns []any
	Noise   []Noise
	Before  []HostCall
}

// NewColumn makes a column of numbers. A program that is given one reads its random numbers from columns, which the
// engine fills for several steps at once; a program that is given none draws for itself. The numbers are the same.
type NewColumn func() any

// Noise is a column of Rand or, where Normal is true, Randn: the draws of one occurrence, keyed by uniform number Key.
type Noise struct {
	Column     any
	Normal     bool
	Key        int
	Occurrence int
}

// A HostFunction is a function of the host language that equations call, the Ref of its symbol. NewColumn makes a
// column of numbers for its arguments or results.
type HostFunction interface {
	Call(args []float64) float64
	NewColumn() any
}

// A HostCall is a program that computes arguments, and the function that takes them to results, row by row.
type HostCall struct {
	Program   *ir.Program
	Columns   []any
	Function  HostFunction
	Arguments []any
	Result    any
}
