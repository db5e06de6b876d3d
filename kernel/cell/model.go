package cell

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"

	"github.com/golgi-sim/golgi/units"
)

// hasVariables reports whether t is a type whose variables cells use like fields.
func (s *session) hasVariables(t types.Type) bool {
	if s.model == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() == cellPath {
		return false
	}
	return s.model(n.Obj().Pkg().Path() + "." + n.Obj().Name())
}

// modelNatives are the natives that read and write variables of models.
func (n *natives) modelNatives() map[string]reflect.Value {
	read := func(pos int, object any, name string, at any) any {
		v, err := n.model.Read(object, name, at)
		if err != nil {
			panic(&opError{token.Pos(pos), err})
		}
		return v
	}
	return map[string]reflect.Value{
		"k_get": reflect.ValueOf(func(pos int, object any, name string) units.Array { return units.ArrayOf(read(pos, object, name, nil)) }),
		"k_getAt": reflect.ValueOf(func(pos int, object any, name string, i any) units.Array {
			return units.ArrayOf(read(pos, object, name, i))
		}),
		"k_count": reflect.ValueOf(func(pos int, object any) int { return units.QuantityOf(read(pos, object, "N", nil)).Int() }),
		"k_set": reflect.ValueOf(func(pos int, object any, name string, i any, op string, v any) {
			if err := n.model.Write(object, name, i, op, v); err != nil {
				panic(&opError{token.Pos(pos), err})
			}
		}),
	}
}

func (n *natives) part(pos int, object, i any) any {
	v, err := n.model.Part(object, i)
	if err != nil {
		panic(&opError{token.Pos(pos), err})
	}
	return v
}

// check stops the cell for an error that nobody takes.
func (n *natives) check(pos int, err error) {
	if err != nil {
		panic(&opError{token.Pos(pos), err})
	}
}

// generic makes the natives whose type follows their arguments.
func (s *session) generic(name string) types.Object {
	if name == "k_part" {
		t := typeParam(s, "T")
		return types.NewFunc(token.NoPos, s.words, name, types.NewSignatureType(nil, nil, []*types.TypeParam{t},
			tuple(s, types.Typ[types.Int], t, types.NewInterfaceType(nil, nil)), tuple(s, t), false))
	}
	var count int
	if _, err := fmt.Sscanf(name, "k_must%d", &count); err != nil {
		return nil
	}
	var params []*types.TypeParam
	var kinds []types.Type
	for i := range count {
		params = append(params, typeParam(s, fmt.Sprint("T", i)))
		kinds = append(kinds, params[i])
	}
	results := tuple(s, kinds...)
	kinds = append(kinds, types.Universe.Lookup("error").Type())
	return types.NewFunc(token.NoPos, s.words, name, types.NewSignatureType(nil, nil, params, tuple(s, kinds...), results, false))
}

func typeParam(s *session, name string) *types.TypeParam {
	return types.NewTypeParam(types.NewTypeName(token.NoPos, s.words, name, nil), types.Universe.Lookup("any").Type())
}

func tuple(s *session, kinds ...types.Type) *types.Tuple {
	vars := make([]*types.Var, len(kinds))
	for i, t := range kinds {
		vars[i] = types.NewParam(token.NoPos, s.words, "", t)
	}
	return types.NewTuple(vars...)
}
