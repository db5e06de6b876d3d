package cell

import (
	"fmt"
	"go/token"
	"go/types"
	"math"
	"reflect"

	"github.com/golgi-sim/golgi/kernel/cell/symbols"
	"github.com/golgi-sim/golgi/units"
)

// Values with variables are those with the methods of reader; cells use the variables like fields. Those with the
// methods of writer can be written too, and understand more indices than arrays do.
type (
	reader interface {
		VariableNames() []string
		Read(name string) (units.Array, error)
	}
	writer interface {
		reader
		ReadAt(name string, index any) (units.Array, error)
		Write(name string, index, value any) error
	}
)

// A rowReader gives one row of a matrix without a copy of the others.
type rowReader interface {
	ReadRow(name string, k int) (units.Array, error)
}

// hasVariables reports whether t has the methods of reader.
func (s *session) hasVariables(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok && !types.IsInterface(t) {
		return false
	}
	elem := t
	if ok {
		elem = p.Elem()
	}
	n, ok := types.Unalias(elem).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() == cellPath {
		return false
	}
	key := n.Obj()
	if known, ok := s.models[key]; ok {
		return known
	}
	read, _, _ := types.LookupFieldOrMethod(t, true, nil, "Read")
	names, _, _ := types.LookupFieldOrMethod(t, true, nil, "VariableNames")
	f, isFunc := read.(*types.Func)
	yes := isFunc && names != nil && f.Signature().Results().Len() == 2 && types.Identical(f.Signature().Results().At(0).Type(), s.array())
	s.models[key] = yes
	return yes
}

// readAt gives a variable, or a part of it.
func readAt(object any, name string, index any) (units.Array, error) {
	if w, ok := object.(writer); ok {
		return w.ReadAt(name, rows(index))
	}
	if k, ok := index.(int); ok {
		if r, ok := object.(rowReader); ok {
			return r.ReadRow(name, k)
		}
	}
	a, err := object.(reader).Read(name)
	if err != nil || index == nil {
		return a, err
	}
	return element(a, index), nil
}

// rows translates a slice's bounds to the simulator's own type for them.
func rows(index any) any {
	s, ok := index.(Span)
	if !ok {
		return index
	}
	bound := func(v any, missing int) int {
		if v == nil {
			return missing
		}
		return plainNumber(units.QuantityOf(v)).Int()
	}
	lo, hi := bound(s.Low, 0), bound(s.High, math.MaxInt)
	if table, ok := symbols.Lookup(simPath); ok {
		if t, ok := table.Values["Slice"]; ok {
			v := reflect.New(t.Type().Elem()).Elem()
			v.FieldByName("Lo").SetInt(int64(lo))
			v.FieldByName("Hi").SetInt(int64(hi))
			return v.Interface()
		}
	}
	return Span{lo, hi}
}

// write sets a variable, or a part of it.
func write(object any, name string, index any, op string, value any) error {
	w, ok := object.(writer)
	if !ok {
		return fmt.Errorf("%s of this %s can be read only", name, typeWord(object))
	}
	if op == "" {
		return w.Write(name, rows(index), value)
	}
	if text, ok := value.(string); ok {
		return w.Write(name, rows(index), name+" "+op+" ("+text+")")
	}
	old, err := w.ReadAt(name, rows(index))
	if err != nil {
		return err
	}
	return w.Write(name, rows(index), apply(op, old, units.ArrayOf(value)))
}

// typeWord names the type of a value without its package.
func typeWord(v any) string {
	t := reflect.TypeOf(v)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

// placedError gives an error the place of an operator.
func placedError(pos int, err error) {
	if err != nil {
		panic(&opError{token.Pos(pos), err})
	}
}

// modelNatives are the natives that read and write variables of models.
func (n *natives) modelNatives() map[string]reflect.Value {
	read := func(pos int, object any, name string, index any) units.Array {
		return at(pos, func() units.Array {
			a, err := readAt(object, name, index)
			placedError(pos, err)
			n.vocabulary.Remember(object, name, a)
			return a
		})
	}
	return map[string]reflect.Value{
		"k_get":   reflect.ValueOf(func(pos int, object any, name string) units.Array { return read(pos, object, name, nil) }),
		"k_getAt": reflect.ValueOf(read),
		"k_count": reflect.ValueOf(func(pos int, object any) int {
			if l, ok := object.(interface{ Len() int }); ok {
				return l.Len()
			}
			return read(pos, object, "N", nil).Quantity().Int()
		}),
		"k_set": reflect.ValueOf(func(pos int, object any, name string, index any, op string, v any) {
			at(pos, func() bool { placedError(pos, write(object, name, index, op, v)); return true })
		}),
		"k_next": reflect.ValueOf(func(_ int, i int) int { return pick(i == -1, math.MaxInt, i+1) }),
	}
}

// check stops the cell for an error that nobody takes.
func (n *natives) check(pos int, err error) { placedError(pos, err) }

// generic makes the natives whose type follows their arguments.
func (s *session) generic(name string) types.Object {
	var count int
	if _, err := fmt.Sscanf(name, "k_must%d", &count); err != nil {
		return nil
	}
	var params []*types.TypeParam
	var kinds []types.Type
	for i := range count {
		params = append(params, types.NewTypeParam(types.NewTypeName(token.NoPos, s.words, fmt.Sprint("T", i), nil), types.Universe.Lookup("any").Type()))
		kinds = append(kinds, params[i])
	}
	results := s.tuple(kinds...)
	kinds = append(kinds, types.Universe.Lookup("error").Type())
	return types.NewFunc(token.NoPos, s.words, name, types.NewSignatureType(nil, nil, params, s.tuple(kinds...), results, false))
}

func (s *session) tuple(kinds ...types.Type) *types.Tuple {
	vars := make([]*types.Var, len(kinds))
	for i, t := range kinds {
		vars[i] = types.NewParam(token.NoPos, s.words, "", t)
	}
	return types.NewTuple(vars...)
}
