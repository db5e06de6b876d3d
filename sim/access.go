package sim

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/units"
)

// Variables are what can be read by name from an object: the variables of a group, the results of a monitor.
type Variables interface {
	Name() string
	// VariableNames lists the names, the most interesting first.
	VariableNames() []string
	// Read is a copy of the values of a variable.
	Read(name string) (units.Array, error)
}

// Writable are variables that can be written too. An index picks rows: nil for all, an int or []int, an array of
// indices or truth values, a Slice, a Pair of synapses, or a text with a condition such as "i < 50". An int picks a
// single value.
type Writable interface {
	Variables
	ReadAt(name string, index any) (units.Array, error)
	Write(name string, index, value any) error
}

// A Slice is a range of rows as an index; negative bounds count from the end, and Hi may be End.
type Slice struct{ Lo, Hi int }

// A Pair as an index of synapses picks those from source I to target J.
type Pair struct{ I, J int }

// End as the upper bound of a Slice means: to the last row.
const End = math.MaxInt

// A view is the rows lo to hi-1 of a population: a whole group, or a part of one.
type view struct {
	p      *Population
	lo, hi int
}

func (v view) names() lower.Names { return windowNames{v.p, v.lo, v.hi} }

// VariableNames lists the variables of the model, then those of the simulator.
func (p *Population) VariableNames() []string { return slices.Clone(p.listed) }

// Read gives the values of a variable, one a row, or one for a shared variable.
func (p *Population) Read(name string) (units.Array, error) { return p.ReadAt(name, nil) }

// ReadAt gives the values of a variable in the rows of an index.
func (p *Population) ReadAt(name string, index any) (units.Array, error) {
	return view{p, 0, p.rows}.read(name, index)
}

// Write sets a variable: value is a quantity, a number, an array or slice with one value a row, or a text that is
// evaluated for each row.
func (p *Population) Write(name string, index, value any) error {
	return view{p, 0, p.rows}.write(name, index, value)
}

func (v view) variable(name string) (*variable, error) {
	if found := v.p.vars[name]; found != nil {
		return found, nil
	}
	hint := ""
	if near := lang.Nearest(name, v.p.listed); near != "" {
		hint = fmt.Sprintf(": did you mean %s?", near)
	}
	return nil, fmt.Errorf("%s has no variable %s%s", v.p.label(), name, hint)
}

func (v view) read(name string, index any) (units.Array, error) {
	found, err := v.variable(name)
	if err != nil {
		return units.Array{}, err
	}
	sym := found.sym
	if found.column == nil {
		return v.evaluate(found, index)
	}
	if found.shared {
		return kinded([]float64{engine.Number(found.column.data, 0)}, sym)
	}
	rows, err := v.rows(index)
	if err != nil {
		return units.Array{}, err
	}
	a, err := kinded(engine.AppendRows(make([]float64, 0, len(rows)), found.column.data, rows), sym)
	return picked(a, index), err
}

// picked is a single value where the index picks a single row.
func picked(a units.Array, index any) units.Array {
	switch index.(type) {
	case int:
		return a.Get(0)
	case Pair:
		if a.Len() == 1 {
			return a.Get(0)
		}
	}
	return a
}

// kinded is an array of a variable's type and dimension.
func kinded(data []float64, sym *lang.Symbol) (units.Array, error) {
	return units.NewKind(data, sym.Dim, kindOf(sym.Type)), nil
}

func kindOf(t lang.Type) units.Kind {
	switch t {
	case lang.Integer:
		return units.Integer
	case lang.Boolean:
		return units.Boolean
	}
	return units.Float
}

// evaluate computes a subexpression, or a name of the simulator, for the rows of an index as things are now.
func (v view) evaluate(found *variable, index any) (units.Array, error) {
	rows, err := v.rows(index)
	if err != nil {
		return units.Array{}, err
	}
	if found.sym.Shared && len(rows) > 0 {
		rows = rows[:1]
	}
	values, err := v.values(lang.Variable(found.sym), rows, found.name)
	if err != nil {
		return units.Array{}, err
	}
	a, err := kinded(values, found.sym)
	return picked(a, index), err
}

// values computes a checked expression for some rows, in SI units.
func (v view) values(e *lang.Expr, rows []int32, use string) ([]float64, error) {
	into := newColumn(ir.Float64, v.p.rows)
	code, err := lower.Value(use, ir.List, e, v.names(), into, ir.Float64)
	if err != nil {
		return nil, v.p.fail(use, err)
	}
	if err := v.p.visit(code, picks{list: rows}, use); err != nil {
		return nil, err
	}
	return engine.AppendRows(nil, into.data, rows), nil
}

// manyRows is the number of rows from which on code that runs once is worth machine code.
const manyRows = 1 << 14

// visit runs code once for some rows, at the group's time.
func (p *Population) visit(code *lower.Code, rows picks, use string) (err error) {
	defer recoverIndex(p, use, &err)
	backend := p.ws.once
	if rows.len() > manyRows {
		backend = p.ws.steps
	}
	call, err := p.bind(backend, code, p.ws.drawKey(p.name, use), 0, use)
	if err != nil {
		return err
	}
	if now := p.now(); rows.spans != nil {
		call.SpansAt(now.Time(), now.Step, rows.spans)
	} else {
		call.List(now, rows.list)
	}
	return nil
}

// rows are the absolute rows that an index picks, in its order.
func (v view) rows(index any) ([]int32, error) {
	n := v.hi - v.lo
	switch x := index.(type) {
	case nil:
		return v.span(0, n), nil
	case int:
		row, err := rowIn(x, n)
		return []int32{int32(v.lo + row)}, err
	case Slice:
		lo, hi := bound(x.Lo, n), bound(x.Hi, n)
		return v.span(lo, max(lo, hi)), nil
	case string:
		return v.where(x)
	case Pair:
		return v.where(fmt.Sprintf("i == %d and j == %d", x.I, x.J))
	}
	return v.listed(index, n)
}

func (v view) span(lo, hi int) []int32 {
	rows := make([]int32, hi-lo)
	for k := range rows {
		rows[k] = int32(v.lo + lo + k)
	}
	return rows
}

func rowIn(row, n int) (int, error) {
	if row < -n || row >= n {
		return 0, fmt.Errorf("the index %d is out of range for %d rows", row, n)
	}
	return (row + n) % n, nil
}

func bound(at, n int) int {
	if at < 0 {
		at += n
	}
	return min(max(at, 0), n)
}

func (v view) listed(index any, n int) (rows []int32, err error) {
	defer recoverUnits(&err)
	a := units.ArrayOf(index)
	if a.Kind() == units.Boolean {
		if a.Size() != n {
			return nil, fmt.Errorf("found a mask of %d values for %d rows", a.Size(), n)
		}
		for k, yes := range a.Bools() {
			if yes {
				rows = append(rows, int32(v.lo+k))
			}
		}
		return rows, nil
	}
	whole, err := indicesOf(a)
	if err != nil {
		return nil, err
	}
	for _, k := range whole {
		row, err := rowIn(k, n)
		if err != nil {
			return nil, err
		}
		rows = append(rows, int32(v.lo+row))
	}
	return rows, nil
}

// where are the rows for which a condition holds.
func (v view) where(condition string) ([]int32, error) {
	e, err := v.p.condition("index", condition)
	if err != nil {
		return nil, err
	}
	all := v.span(0, v.hi-v.lo)
	values, err := v.values(e, all, "index")
	if err != nil {
		return nil, err
	}
	var rows []int32
	for k, row := range all {
		if values[k] != 0 {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func (v view) write(name string, index, value any) (err error) {
	found, err := v.variable(name)
	if err != nil {
		return err
	}
	if found.column == nil || found.sym.Kind == lang.Subexpression {
		return fmt.Errorf("%s: %s cannot be written: %s", v.p.label(), name, whatItIs(found.sym))
	}
	defer func() { found.assigned++ }()
	picked, err := v.picks(index)
	if err != nil {
		return err
	}
	if found.shared {
		picked = picks{spans: []int32{0, 1}}
	}
	if text, ok := value.(string); ok {
		return v.writeText(found, picked, text)
	}
	return v.writeValues(found, picked, value)
}

// picks are the rows that an index picks: a span of them, or a list.
type picks struct{ spans, list []int32 }

func (v view) picks(index any) (p picks, err error) {
	n := v.hi - v.lo
	switch x := index.(type) {
	case nil:
		return picks{spans: []int32{int32(v.lo), int32(v.hi)}}, nil
	case Slice:
		lo, hi := bound(x.Lo, n), bound(x.Hi, n)
		return picks{spans: []int32{int32(v.lo + lo), int32(v.lo + max(lo, hi))}}, nil
	}
	p.list, err = v.rows(index)
	return p, err
}

func (p picks) len() int {
	if p.spans != nil {
		return int(p.spans[1] - p.spans[0])
	}
	return len(p.list)
}

// row is the k-th of the rows.
func (p picks) row(k int) int {
	if p.spans != nil {
		return int(p.spans[0]) + k
	}
	return int(p.list[k])
}

func whatItIs(sym *lang.Symbol) string {
	if sym.Kind == lang.Subexpression {
		return "it is a subexpression, computed from its definition"
	}
	return "it belongs to the simulator"
}

// writeText is code like any other: it leaves alone what stands still while refractory.
func (v view) writeText(found *variable, picked picks, text string) error {
	dim := found.sym.Dim
	e, err := v.p.expression(found.name, text, lang.Want{Type: found.sym.Type, Dim: &dim, What: "the value of " + found.name})
	if err != nil {
		return err
	}
	if found.shared && !lang.IsShared(e) {
		return fmt.Errorf("%s: %s is shared, but %s has a value for each row", v.p.label(), found.name, text)
	}
	domain := ir.List
	if picked.spans != nil {
		domain = ir.Spans
	}
	code, err := lower.Assign(found.name, domain, e, found.place(), v.names())
	if err != nil {
		return v.p.fail(found.name, err)
	}
	return v.p.visit(code, picked, found.name)
}

func (v view) writeValues(found *variable, picked picks, value any) (err error) {
	defer recoverUnits(&err)
	a := units.ArrayOf(value)
	if err := v.p.fits(found, a); err != nil {
		return err
	}
	n := picked.len()
	if a.Size() != 1 && a.Size() != n {
		return fmt.Errorf("%s: found %d values for %s, expected 1 or %d", v.p.label(), a.Size(), found.name, n)
	}
	data := a.SI()
	for k := range n {
		found.column.set(picked.row(k), data[k%len(data)])
	}
	return nil
}

// unitWords says which unit something has.
func unitWords(d units.Dimension) string {
	if d.IsOne() {
		return "is a plain number"
	}
	return "has the unit " + d.String()
}

// fits tells whether values have the unit and type of a variable. A plain 0 has any unit.
func (p *Population) fits(found *variable, a units.Array) error {
	zero := a.Dim().IsOne() && !slices.ContainsFunc(a.SI(), func(x float64) bool { return x != 0 })
	if a.Dim() != found.sym.Dim && !zero {
		return fmt.Errorf("%s: %s %s, but the value %s", p.label(), found.name, unitWords(found.sym.Dim), unitWords(a.Dim()))
	}
	if found.sym.Type == lang.Integer && slices.ContainsFunc(a.SI(), func(x float64) bool { return x != math.Trunc(x) }) {
		return fmt.Errorf("%s: %s takes whole numbers", p.label(), found.name)
	}
	return nil
}

// Set gives row k the values of several variables: from a Namespace, or from the fields of a struct that have the
// names of variables.
func (p *Population) Set(k int, parameters any) error {
	values, ok := parameters.(Namespace)
	if !ok {
		values = Namespace{}
		fields := reflect.Indirect(reflect.ValueOf(parameters))
		if fields.Kind() != reflect.Struct {
			return fmt.Errorf("%s: Set: found a %T, expected a struct or a Namespace", p.label(), parameters)
		}
		for n := range fields.NumField() {
			if name := fields.Type().Field(n).Name; p.vars[name] != nil {
				values[name] = fields.Field(n).Interface()
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := p.Write(name, k, values[name]); err != nil {
			return err
		}
	}
	return nil
}
