package cell

import (
	"context"
	"reflect"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/units"
)

// A Vocabulary gives a session its words. The front end knows nothing else of the simulator, except that values with
// the methods VariableNames() []string and Read(name string) (units.Array, error) have variables, which cells read like
// fields; that those with ReadAt(name string, index any) (units.Array, error) and Write(name string, index, value any)
// error have variables which cells assign; and that Subgroup(lo, hi int) makes g[lo:hi].
type Vocabulary interface {
	// Symbols are functions, and pointers to variables, by the name a cell uses. A last result of type error may be left
	// out by cells and then stops them.
	Symbols() map[string]reflect.Value

	// BeginCell and EndCell are called around each cell, in this order and never for two cells at once. ctx ends when
	// the cell has to stop: what runs long watches it. EndCell gets the values of the last expression and gives what else
	// is to be shown at the end of the cell.
	BeginCell(ctx context.Context, cell kernel.Cell)
	EndCell(shown []any) []any

	// Keep takes the value of a call of a word that stands alone as a statement.
	Keep(value any)

	// Remember takes what a cell read as object.name.
	Remember(object any, name string, a units.Array)
}

// A Host is what a Vocabulary may ask for while one of its functions runs.
type Host interface {
	// Output is that of the running cell.
	Output() kernel.Output

	// Bundle gives the forms in which a cell shows a value.
	Bundle(v any) kernel.Bundle

	// Do runs f as a cell runs: after the cell that runs now, with its output going to out, stoppable through ctx, its
	// panics as the error. Functions of a cell that are called from outside of cells, as sliders call them, go this way.
	Do(ctx context.Context, out kernel.Output, f func()) error

	// Locals are the parameters and local variables around the call that runs, innermost first, with the values they
	// have at the call. At the top of a cell there are none.
	Locals() []Variable

	// Parameters are the names of the parameters of the first function among the arguments of the call that runs.
	Parameters() []string

	// Lookup finds a variable, constant or function of the session, with its present value. Functions are those of
	// quantities and plain numbers, as Go functions.
	Lookup(name string) (value any, ok bool)

	// Globals lists the session's variables with their present values.
	Globals() []Variable
}

// A Variable is a name with its value. Values of types that a cell declared are as the interpreter keeps them: structs
// whose unexported fields begin with X_.
type Variable struct {
	Name  string
	Value any
}

// A Span is the bounds of x[lo:hi]; nil stands for one left out.
type Span struct{ Low, High any }
