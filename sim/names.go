package sim

import (
	"fmt"

	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
)

// A placer is what a symbol from outside a group refers to: it knows where its value lies.
type placer interface{ place() (lower.Place, error) }

// A Population is a lower.Names for the texts of its own rows.

// Place tells where a name of the group lies.
func (p *Population) Place(sym *lang.Symbol) (lower.Place, error) {
	if outside, ok := sym.Ref.(placer); ok {
		return outside.place()
	}
	if p.special != nil {
		if place, ok := p.special(sym); ok {
			return place, nil
		}
	}
	switch {
	case sym.Kind == lang.Constant || sym.Kind == lang.Unit:
		return lower.Place{Access: lower.Literal, Value: sym.Value, Integer: sym.Type == lang.Integer}, nil
	case sym.Kind == lang.Time:
		return lower.Place{Access: lower.Time}, nil
	case sym.Kind == lang.Step:
		return lower.Place{Access: lower.Literal, Value: p.Dt()}, nil
	case sym.Name == "t_in_timesteps":
		return lower.Place{Access: lower.StepNumber}, nil
	case sym.Kind == lang.Index:
		return lower.Place{Access: lower.RowNumber}, nil
	case sym.Kind == lang.Size:
		return whole(p.rows), nil
	}
	return p.variablePlace(sym)
}

func (p *Population) variablePlace(sym *lang.Symbol) (lower.Place, error) {
	v := p.vars[sym.Name]
	switch {
	case v == nil:
		return lower.Place{}, fmt.Errorf("%s: no place for %s", p.label(), sym.Name)
	case v.link != nil:
		return v.link.place()
	case v.sym.Kind != lang.Subexpression && v.column == nil:
		return lower.Place{}, fmt.Errorf("%s: %s has no value here", p.label(), sym.Name)
	case v.column == nil:
		return lower.Place{Access: lower.Formula, Formula: p.definition(sym.Name), Names: p}, nil
	}
	return v.place(), nil
}

func (v *variable) place() lower.Place {
	place := lower.Place{Access: lower.Own, Column: v.column, Storage: v.column.storage}
	if v.shared {
		place.Access = lower.Shared
	}
	if v.guard != nil {
		place.Guard = v.guard
	}
	return place
}

// definition is the checked expression of a subexpression.
func (p *Population) definition(name string) *lang.Expr { return p.checked.Equations.Get(name).Expr }

// Table tells where a timed array lies.
func (p *Population) Table(sym *lang.Symbol) (lower.Table, error) {
	a, ok := sym.Ref.(*TimedArray)
	if !ok {
		return lower.Table{}, fmt.Errorf("%s: %s is no timed array", p.label(), sym.Name)
	}
	return lower.Table{Column: a.values, Rows: a.rows, Columns: a.columns, Dt: a.dt}, nil
}

// Dt is the step of the group [s].
func (p *Population) Dt() float64 {
	if p.dt > 0 {
		return p.dt
	}
	return p.ws.dt
}

func whole(n int) lower.Place {
	return lower.Place{Access: lower.Literal, Value: float64(n), Integer: true}
}

// windowNames are the names of a group as its rows from lo to hi see them, each counted from lo.
type windowNames struct {
	*Population
	lo, hi int
}

// Place counts rows from the start of the window; the definitions of subexpressions count from that of the group.
func (w windowNames) Place(sym *lang.Symbol) (lower.Place, error) {
	place, err := w.Population.Place(sym)
	switch {
	case place.Access == lower.RowNumber:
		place.Offset += int64(w.lo)
	case sym.Name == "N" && sym.Kind == lang.Size && sym.Ref == nil:
		place = whole(w.hi - w.lo)
	}
	return place, err
}

// viaNames are the names of another group as a row sees them through an index column.
type viaNames struct {
	lower.Names
	index *column
}

// Place reaches a value of the other group through the index.
func (v viaNames) Place(sym *lang.Symbol) (lower.Place, error) {
	place, err := v.Names.Place(sym)
	switch place.Access {
	case lower.Own:
		place.Access, place.Index = lower.Via, v.index
	case lower.RowNumber:
		place.Access, place.Index = lower.IndexNumber, v.index
	case lower.Formula:
		place.Names = viaNames{place.Names, v.index}
	case lower.Via:
		return place, fmt.Errorf("%s is a linked variable, which synapses cannot reach: use the group that it links to", sym.Name)
	}
	return place, err
}

// remote is a variable of another group, seen through an index column.
type remote struct {
	names lower.Names
	sym   *lang.Symbol
	index *column
}

func (r remote) place() (lower.Place, error) { return viaNames{r.names, r.index}.Place(r.sym) }
