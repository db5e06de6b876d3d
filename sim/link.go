package sim

import (
	"fmt"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// A Linked variable is one of another group, to be assigned to a variable with the flag (linked).
type Linked struct {
	source   Group
	variable string
	index    any
}

// LinkedVar is a variable of a group to link to: neuron k of the linking group sees row k of the source, or the only
// row of a source of one. With an index, a list or the name of an integer variable of the linking group, it sees the
// row that the index names.
func LinkedVar(source Group, variable string, index ...any) *Linked {
	l := &Linked{source: source, variable: variable}
	if len(index) > 0 {
		l.index = index[0]
	}
	return l
}

// Link makes a variable with the flag (linked) show that of another group.
func (g *NeuronGroup) Link(variable string, to *Linked) (err error) {
	defer recoverUnits(&err)
	v := g.vars[variable]
	if v == nil || v.sym.Equation == nil || !v.sym.Equation.Has(lang.LinkedFlag) {
		return fmt.Errorf("%s: %s cannot be linked: write `%s : … (linked)` in its model", g.label(), variable, variable)
	}
	source := to.source.view()
	found, err := source.variable(to.variable)
	if err != nil {
		return fmt.Errorf("%s: link of %s: %w", g.label(), variable, err)
	}
	if found.sym.Dim != v.sym.Dim {
		return fmt.Errorf("%s: %s has the unit %v, but %s of %s has the unit %v", g.label(), variable, v.sym.Dim, to.variable, source.p.label(), found.sym.Dim)
	}
	if found.shared { // every row sees the one value
		v.link = &remote{source.names(), found.sym, nil}
		return nil
	}
	index, err := g.linkIndex(variable, source, to.index)
	if err == nil {
		v.link = &remote{source.names(), found.sym, index}
	}
	return err
}

// linkIndex is a column with the source's row for each row of the group.
func (g *NeuronGroup) linkIndex(variable string, source view, index any) (*column, error) {
	n := source.hi - source.lo
	if name, ok := index.(string); ok {
		by := g.vars[name]
		if by == nil || by.column == nil || by.column.storage != ir.Int32 || source.lo != 0 {
			return nil, fmt.Errorf("%s: link of %s: found the index %q, expected an integer variable of the group", g.label(), variable, name)
		}
		return by.column, nil
	}
	rows := make([]int, g.rows)
	for k := range rows {
		rows[k] = min(k, n-1)
	}
	switch {
	case index != nil:
		var err error
		if rows, err = indicesOf(index); err != nil {
			return nil, fmt.Errorf("%s: link of %s: %w", g.label(), variable, err)
		}
	case n != 1 && n != g.rows:
		return nil, fmt.Errorf("%s: link of %s: the source has %d rows and the group %d: give an index", g.label(), variable, n, g.rows)
	}
	if len(rows) != g.rows {
		return nil, fmt.Errorf("%s: link of %s: found %d indices for %d rows", g.label(), variable, len(rows), g.rows)
	}
	c := newColumn(ir.Int32, g.rows)
	for k, row := range rows {
		if row < 0 || row >= n {
			return nil, fmt.Errorf("%s: link of %s: found the index %d, expected one of 0 to %d", g.label(), variable, row, n-1)
		}
		c.data.X[k] = int32(source.lo + row)
	}
	return c, nil
}

// checkLinks looks for variables that were never linked.
func (g *NeuronGroup) checkLinks() error {
	for _, name := range g.listed {
		if v := g.vars[name]; v.sym.Equation != nil && v.sym.Equation.Has(lang.LinkedFlag) && v.link == nil {
			return g.fail("model", fmt.Errorf("%s was never linked: assign LinkedVar(group, %q) to it", name, name))
		}
	}
	return nil
}
