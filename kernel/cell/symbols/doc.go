// Package symbols holds what a cell may call: for each package, its functions, variables and types as reflect values, its
// type information as export data, and its documentation text.
//
// Phases: generate.go writes the z files (`go generate ./kernel/cell/symbols`); at run time a package is unpacked when a
// cell first names it, so that starting costs nothing.
//
// Generic functions have no reflect value and are absent from the tables; constants are absent too, since a cell's
// constants are folded before it runs. Nothing here knows what a cell is.
package symbols

//go:generate go run generate.go
