package cell

import (
	"context"
	"reflect"

	"github.com/golgi-sim/golgi/kernel"
)

// A Vocabulary gives a session its words. The front end knows nothing else of the simulator, except that values with
// the methods VariableNames() []string and Read(name string) (units.Array, error) have variables, which cells read like
// fields; that those with ReadAt(name string, index any) (units.Array, error) and Write(name string, index, value any)
// error have variables which cells assign; and that Subgroup(lo, hi int) makes g[lo:hi].
type Vocabulary interface {
	// Symbols are functions, and pointers to variables, by the name a cell uses. A last result of type error may be left
	// out by cells and then stops them.
	Symbols() map[string]reflect.Value

	// Start is called once, before the first cell, with the way to see the session's names.
	Start(Names)

	// BeginCell and EndCell are called around each cell, in this order and never for two cells at once. ctx ends when
	// the cell has to stop: what runs long watches it. EndCell gives what is to be shown at the end of the cell.
	BeginCell(ctx context.Context, cell kernel.Cell, out kernel.Output)
	EndCell(err error) []kernel.Bundle
}

// Names is how a Vocabulary sees the names of the session while one of its functions runs.
type Names interface {
	// Locals are the parameters and local variables around the call that runs, innermost first, with the values they
	// have at the call. At the top of a cell there are none.
	Locals() []Variable

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
