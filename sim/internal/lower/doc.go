// Package lower is the bridge from words to numbers: it turns checked expressions, statements and integrator updates
// into programs of package ir. Names become column numbers here, and units disappear: every value is in SI units.
//
// Where the value of a name lies is told by the caller through Names; columns are opaque references that come back in
// Code.Columns, in the order of their numbers in the program.
//
// The package runs nothing and knows neither clocks nor groups.
package lower
