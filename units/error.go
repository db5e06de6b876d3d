package units

import "fmt"

// Reason says what kind of mistake an Error reports.
type Reason string

// The reasons of an Error.
const (
	Mismatch    Reason = "dimension" // two dimensions differ, or a plain number was needed
	BadSyntax   Reason = "syntax"    // a text that is no quantity or no dimension
	BadUnit     Reason = "unit"      // an unknown unit, or a scaled one where only an unscaled one may stand
	BadIndex    Reason = "index"     // an index outside its array
	BadShape    Reason = "shape"     // shapes or lengths that do not fit
	BadKind     Reason = "type"      // a value of a kind that cannot be used here
	BadExponent Reason = "exponent"  // a power that has no dimension
)

// Error is what arithmetic panics with and what the parsers return. Message is a sentence about what was found and
// what was expected; Hint, which may be empty, is one thing to try.
type Error struct {
	Message string
	Hint    string
	Reason  Reason
}

// Error gives the message, followed by the hint if there is one.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + ": " + e.Hint
}

func failure(reason Reason, hint, format string, args ...any) *Error {
	return &Error{Message: fmt.Sprintf(format, args...), Hint: hint, Reason: reason}
}

// mismatch is the error of an operation (a verb and the word between its operands) on two dimensions that differ.
func mismatch(verb, joint string, x, y fmt.Stringer, dx, dy Dimension) *Error {
	return failure(Mismatch, "", "cannot %s %s %s %s: the units do not match (%s and %s)",
		verb, x, joint, y, dx.inWords(), dy.inWords())
}
