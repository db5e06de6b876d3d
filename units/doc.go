// Package units holds what a number of neuroscience is: a value together with its physical dimension.
//
// Numbers are always in SI units; a prefix exists only where text becomes a quantity (Parse, Lookup) and where a
// quantity becomes text (String, LaTeX, Best). The phases, each in files of its own:
//
//	dimension.go spelling.go   seven exponents in twelfths, their algebra, their names
//	quantity.go power.go       one value with a dimension
//	names.go constants.go      unit names and physical constants
//	parse.go spec.go suggest.go  text -> Quantity, text -> Dimension, what was probably meant
//	best.go format.go print.go latex.go  Quantity and Array -> text
//	array.go convert.go        values of one dimension and kind, with a shape; anything -> Array
//	operate.go broadcast.go    operators on arrays
//	index.go write.go          reading and writing elements, rows, slices, masks
//	make.go elementwise.go reduce.go order.go join.go samples.go   the array vocabulary of a cell
//
// Arithmetic that has no answer (adding volts to amps, shapes that do not fit, an index out of range) panics with an
// *Error, whose text is meant for the person who wrote the expression; callers that run a person's code recover it.
// Functions that take text return the *Error instead.
//
// A plain 0 takes any unit in sums, differences and comparisons, and so does an array of plain zeros; an infinity may
// be compared with anything. The zero values of Quantity and Array are a plain 0 and an empty array.
//
// The package imports nothing of golgi and has no state.
package units
