package cell

import (
	"go/types"
	"reflect"

	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// fields gives a struct of a cell to the simulator as what it understands: a Namespace with the fields' own names, which
// the interpreter's struct does not have.
func (n *natives) fields(kind int, v any) any {
	table, ok := symbols.Lookup(simPath)
	space, known := table.Values["Namespace"]
	if !ok || !known {
		return v
	}
	t, value := n.session.kindList[kind], reflect.ValueOf(v)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t, value = p.Elem(), value.Elem()
	}
	if !value.IsValid() {
		return v
	}
	m := reflect.MakeMap(space.Type().Elem())
	addNamed(m, t.Underlying().(*types.Struct), value)
	return m.Interface()
}

func addNamed(m reflect.Value, u *types.Struct, v reflect.Value) {
	for i := range u.NumFields() {
		f := u.Field(i)
		if inner, ok := f.Type().Underlying().(*types.Struct); ok && f.Embedded() {
			addNamed(m, inner, v.Field(i))
			continue
		}
		m.SetMapIndex(reflect.ValueOf(f.Name()), v.Field(i))
	}
}
