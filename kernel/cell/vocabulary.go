package cell

import (
	"context"
	"reflect"

	"github.com/golgi-sim/golgi/kernel"
)

// A Vocabulary gives a session its words: functions that cells call without a package, and types with variables. The
// front end knows nothing else of the simulator.
type Vocabulary interface {
	// Symbols are functions, and pointers to variables, by the name a cell uses. A last result of type error may be left
	// out by cells and then stops them. The types they use come from packages with a symbol table (package symbols).
	Symbols() map[string]reflect.Value

	// HasVariables reports whether values of a type have variables that cells read and write like fields. The type is
	// named by package path and name, without the star of a pointer: "github.com/golgi-sim/golgi/sim.NeuronGroup".
	HasVariables(typeName string) bool

	// Start is called once, before the first cell, with the way to see the session's names.
	Start(Names)

	// BeginCell and EndCell are called around each cell, in this order and never for two cells at once. ctx ends when
	// the cell has to stop: what runs long watches it. EndCell gives what is to be shown at the end of the cell.
	BeginCell(ctx context.Context, cell kernel.Cell, out kernel.Output)
	EndCell(err error) []kernel.Bundle

	// Read gives the variable name of a value with variables: a units.Array, or anything units.ArrayOf takes. at is nil
	// for all of it, an int, a Span, a units.Array of numbers or truth values, a []int, a text (a condition on the
	// model's own names), or a value that cells got from another word, such as At(3, 7).
	Read(object any, name string, at any) (any, error)

	// Write gives a variable new values. at is as for Read. op is "" for =, else the operator of +=, -=, …; the value is
	// a units.Quantity, units.Array, number, slice of numbers, truth value, or a text to evaluate for each row.
	Write(object any, name string, at any, op string, value any) error

	// Part gives object[at], of the same type as object: at is an int, a Span, a []int or a units.Array.
	Part(object any, at any) (any, error)
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

// A Span is the bounds of g.v[lo:hi]; nil stands for one left out.
type Span struct{ Low, High any }
