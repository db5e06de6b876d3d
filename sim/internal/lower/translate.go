package lower

import (
	"fmt"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// A translation is one program on its way.
type translation struct {
	*ir.Builder
	names      Names
	numbers    map[any]int // column numbers by reference
	columns    []any
	locals     map[string]ir.Value
	guarded    bool // writes respect the guards of their places
	continuous bool // a rounding more or less means nothing
	key        int  // number of the uniform with the random key
	draws      int  // random occurrences of that key so far
	fill       NewColumn
	noise      []Noise
	calls      []HostCall
	met        int // calls of host functions met so far
}

// unmet ends a translation at a call whose arguments are in the columns of the last of calls now.
type unmet struct{}

// failure carries an error out of the recursion; translate recovers it.
type failure struct{ error }

// translate runs build and returns its program. A call of a host function cannot be part of a straight line: each is
// cut out as a program of its own, all that comes before the call with the arguments as its only result, and the
// translation starts again with the result of the call as a column.
func translate(name string, domain ir.Domain, names Names, build func(*translation)) (*Code, error) {
	return translateFilled(name, domain, names, nil, build)
}

// translateFilled is translate with random columns, which programs with host functions do without.
func translateFilled(name string, domain ir.Domain, names Names, fill NewColumn, build func(*translation)) (*Code, error) {
	var calls []HostCall
	for {
		t := &translation{
			Builder: ir.NewBuilder(name, domain),
			names:   names,
			numbers: map[any]int{},
			locals:  map[string]ir.Value{},
			key:     UniformKey,
			fill:    fill,
			calls:   calls,
		}
		whole, err := t.attempt(build)
		if err != nil {
			return nil, err
		}
		if whole {
			return &Code{Program: ir.Optimize(t.Program()), Columns: t.columns, Noise: t.noise, Before: calls}, nil
		}
		if fill != nil {
			fill = nil
			continue
		}
		calls = t.calls
		last := &calls[len(calls)-1]
		last.Program = ir.Optimize(onlyStores(t.Program(), len(last.Arguments)))
		last.Columns = t.columns
	}
}

// attempt runs build up to its end or to a call of a host function.
func (t *translation) attempt(build func(*translation)) (whole bool, err error) {
	defer func() {
		switch stop := recover().(type) {
		case nil:
		case failure:
			err = stop.error
		case unmet:
		default:
			panic(stop)
		}
	}()
	build(t)
	return true, nil
}

// onlyStores drops every effect of a program but its last n.
func onlyStores(p *ir.Program, n int) *ir.Program {
	effects := 0
	for _, in := range p.Code {
		if in.Op.Writes() {
			effects++
		}
	}
	for k := range p.Code {
		if !p.Code[k].Op.Writes() {
			continue
		}
		if effects > n {
			p.Code[k] = ir.Instr{Op: ir.Const, Type: ir.I64}
		}
		effects--
	}
	return p
}

// hostCall is the result of a function of the host language.
func (t *translation) hostCall(e *lang.Expr, f HostFunction) ir.Value {
	args := make([]ir.Value, len(e.Args))
	for k, a := range e.Args {
		args[k] = t.ToFloat(t.expr(a))
	}
	if t.met < len(t.calls) {
		t.met++
		return t.Load(t.column(t.calls[t.met-1].Result, ir.Float64))
	}
	call := HostCall{Function: f, Result: f.NewColumn()}
	for _, v := range args {
		ref := f.NewColumn()
		call.Arguments = append(call.Arguments, ref)
		t.Store(t.column(ref, ir.Float64), v)
	}
	t.calls = append(t.calls, call)
	panic(unmet{})
}

func (t *translation) fail(err error) {
	if err != nil {
		panic(failure{err})
	}
}

// column is the number of a column in this program.
func (t *translation) column(ref any, storage ir.Storage) int {
	k, known := t.numbers[ref]
	if !known {
		k = len(t.columns)
		t.numbers[ref] = k
		t.columns = append(t.columns, ref)
		t.Column(k, storage)
	}
	return k
}

// indices is the row's entry in an index column.
func (t *translation) indices(ref any) ir.Value { return t.Load(t.column(ref, ir.Int32)) }

// read is the value at a place.
func (t *translation) read(p Place) ir.Value {
	switch p.Access {
	case Literal:
		return t.literal(p)
	case RowNumber:
		return t.less(t.Row(), p.Offset)
	case IndexNumber:
		return t.less(t.indices(p.Index), p.Offset)
	case Time:
		return t.Uniform(UniformTime, ir.F64)
	case StepNumber:
		return t.Uniform(UniformStep, ir.I64)
	case Formula:
		return t.elsewhere(p)
	}
	return t.element(p.Column, p.Storage, p)
}

// elsewhere computes a formula in the names of another object, out of sight of the locals here.
func (t *translation) elsewhere(p Place) ir.Value {
	names, locals := t.names, t.locals
	t.names, t.locals = p.Names, nil
	v := t.expr(p.Formula)
	t.names, t.locals = names, locals
	return v
}

// element reads a column the way p says.
func (t *translation) element(ref any, storage ir.Storage, p Place) ir.Value {
	k := t.column(ref, storage)
	switch p.Access {
	case Own:
		return t.Load(k)
	case Shared:
		return t.Gather(k, t.Int(0))
	case Via:
		return t.Gather(k, t.indices(p.Index))
	}
	panic(fmt.Sprintf("lower: access %d has no column", p.Access))
}

func (t *translation) literal(p Place) ir.Value {
	if p.Integer {
		return t.Int(int64(p.Value))
	}
	return t.Float(p.Value)
}

func (t *translation) less(v ir.Value, offset int64) ir.Value {
	if offset == 0 {
		return v
	}
	return t.Sub(v, t.Int(offset))
}

// write sets the value at a place, where its guard allows.
func (t *translation) write(p Place, v ir.Value) {
	k := t.column(p.Column, p.Storage)
	guard, guarded := t.guard(p)
	switch {
	case p.Access == Own && guarded:
		t.StoreIf(k, guard, v)
	case p.Access == Own:
		t.Store(k, t.fit(v, p.Storage))
	case guarded:
		t.ScatterIf(k, t.target(p), guard, v)
	default:
		t.Scatter(k, t.target(p), t.fit(v, p.Storage))
	}
}

// accumulate is x += v or x *= v at a place that other rows may write too.
func (t *translation) accumulate(op lang.Op, p Place, v ir.Value) {
	k := t.column(p.Column, p.Storage)
	guard, guarded := t.guard(p)
	v = t.fit(v, p.Storage)
	switch {
	case op == lang.Add && guarded:
		t.ScatterAddIf(k, t.target(p), guard, v)
	case op == lang.Add:
		t.ScatterAdd(k, t.target(p), v)
	case guarded:
		t.ScatterMulIf(k, t.target(p), guard, v)
	default:
		t.ScatterMul(k, t.target(p), v)
	}
}

func (t *translation) target(p Place) ir.Value {
	if p.Access == Shared {
		return t.Int(0)
	}
	return t.indices(p.Index)
}

func (t *translation) guard(p Place) (ir.Value, bool) {
	if !t.guarded || p.Guard == nil {
		return 0, false
	}
	return t.element(p.Guard, ir.Bool, p), true
}

// fit makes v what a column of this storage keeps.
func (t *translation) fit(v ir.Value, storage ir.Storage) ir.Value {
	switch storage.Type() {
	case ir.F64:
		return t.ToFloat(v)
	case ir.I64:
		return t.ToInt(v)
	}
	return t.ToMask(v)
}
