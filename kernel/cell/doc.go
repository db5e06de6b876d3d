// Package cell is the language of a cell: Go, with arithmetic on quantities and arrays, the fields of models, and what a
// notebook needs. It implements kernel.Interpreter on yaegi.
//
// Phases, a file or a few each: split cuts the text into declarations and statements; parse makes trees of them; check
// types them against the session (go/types); desugar turns what is not Go into calls, as the types say, and checks
// again until nothing changes; emit prints a plain subset of Go that yaegi executes exactly; run executes it, stops it
// and turns its panics into errors with line and caret.
//
// The subset is small on purpose. Types that a cell declares are erased: their methods are functions, their interfaces
// are empty interfaces with boxes (symbols.Box) inside, generic functions are written out for each type, constants are
// folded, deferred calls run from a list of our own. So the interpreter sees compiled types, structs and functions only,
// and another interpreter can take its place.
//
// The package knows no message protocol and no simulator: the words of a session come through Vocabulary.
package cell
