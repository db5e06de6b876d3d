package sim

import (
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// A column is where the values of one variable lie, in SI units. Programs refer to columns by their addresses; the
// storage behind one may be replaced between runs, as when synapses are added.
type column struct {
	storage ir.Storage
	data    ir.Column
	derive  func() // brings the data up to date, where they follow from other things; nil for none
}

// ready makes sure that the data are those of now.
func (c *column) ready() *column {
	if c.derive != nil {
		c.derive()
	}
	return c
}

func newColumn(s ir.Storage, rows int) *column {
	c := &column{storage: s}
	c.resize(rows)
	return c
}

// resize keeps the values of the first rows.
func (c *column) resize(rows int) {
	switch c.storage {
	case ir.Float64:
		c.data.F = resized(c.data.F, rows)
	case ir.Int64:
		c.data.I = resized(c.data.I, rows)
	case ir.Int32:
		c.data.X = resized(c.data.X, rows)
	case ir.Bool:
		c.data.B = resized(c.data.B, rows)
	}
}

func resized[T any](x []T, n int) []T {
	if n <= len(x) {
		return x[:n]
	}
	if n <= cap(x) {
		clear(x[len(x):n])
		return x[:n]
	}
	room := n
	if len(x) > 0 { // it grows: perhaps not for the last time
		room = max(n, len(x)+len(x)/4)
	}
	grown := make([]T, n, room) // fresh memory costs nothing until it is written
	copy(grown, x)
	return grown
}

// set writes a number to one row.
func (c *column) set(row int, x float64) {
	switch c.storage {
	case ir.Float64:
		c.data.F[row] = x
	case ir.Int64:
		c.data.I[row] = int64(x)
	case ir.Int32:
		c.data.X[row] = int32(x)
	case ir.Bool:
		c.data.B[row] = x != 0
	}
}

func storageOf(t lang.Type) ir.Storage {
	switch t {
	case lang.Integer:
		return ir.Int32
	case lang.Boolean:
		return ir.Bool
	}
	return ir.Float64
}

// A variable is a named column of a group, or a subexpression, which has none unless it is constant over dt.
type variable struct {
	name   string
	sym    *lang.Symbol
	shared bool
	column *column
	guard  *column // true where the variable is free to change; nil for always
	link   *remote // what a linked variable shows
	// assigned is how often it was assigned from outside, that is, not by code that runs in a step.
	assigned int
}

// rows is the number of values, for a group of n rows.
func (v *variable) rows(n int) int {
	if v.shared {
		return 1
	}
	return n
}
