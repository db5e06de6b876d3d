package cell

import (
	"fmt"
	"go/ast"
	"go/types"
)

// A struct with a field whose functions take the struct itself, as handlers map[string]func(*Sim), is more than the
// interpreter can build. Such a field is kept as an empty interface; a function of its own reads it.

// isErased reports whether field i of a cell's struct is kept as an interface.
func (e *emitter) isErased(t types.Type, i int) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != cellPath {
		return false
	}
	u, ok := n.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	field := u.Field(i)
	known, ok := e.s.erased[field]
	if !ok {
		known = mentions(field.Type(), n, false, map[types.Type]bool{})
		e.s.erased[field] = known
	}
	return known
}

// mentions reports whether t has, inside a function type, a struct that leads back to the struct n.
func mentions(t types.Type, n *types.Named, inFunc bool, seen map[types.Type]bool) bool {
	any := func(inFunc bool, list ...types.Type) bool {
		for _, x := range list {
			if mentions(x, n, inFunc, seen) {
				return true
			}
		}
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return mentionsNamed(t, n, inFunc, seen)
	case *types.Pointer:
		return any(inFunc, t.Elem())
	case *types.Slice:
		return any(inFunc, t.Elem())
	case *types.Array:
		return any(inFunc, t.Elem())
	case *types.Chan:
		return any(inFunc, t.Elem())
	case *types.Map:
		return any(inFunc, t.Key(), t.Elem())
	case *types.Signature:
		return any(true, kindsOf(t.Params())...) || any(true, kindsOf(t.Results())...)
	case *types.Struct:
		for i := range t.NumFields() {
			if any(inFunc, t.Field(i).Type()) {
				return true
			}
		}
	}
	return false
}

func mentionsNamed(t, n *types.Named, inFunc bool, seen map[types.Type]bool) bool {
	if t.Obj().Pkg() == nil || t.Obj().Pkg().Path() != cellPath {
		return false
	}
	if typeKey(t) == typeKey(n) {
		return inFunc
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	if _, isStruct := t.Underlying().(*types.Struct); isStruct && !inFunc {
		return false // its own fields are its own matter
	}
	return mentions(t.Underlying(), n, inFunc, seen)
}

func kindsOf(t *types.Tuple) (list []types.Type) {
	for i := range t.Len() {
		list = append(list, t.At(i).Type())
	}
	return list
}

// readErased prints the value of a field that is kept as an interface.
func (e *emitter) readErased(text string, t types.Type) string {
	kind := e.spell(t)
	key := "read " + typeKey(t)
	name, ok := e.s.instances[key]
	if !ok {
		name = e.s.fresh("k_read")
		e.s.instances[key] = name
		e.s.undo = append(e.s.undo, func() { delete(e.s.instances, key) })
		e.once(name, fmt.Sprintf("func %s(x interface{}) %s {\nif x == nil {\nvar none %s\nreturn none\n}\nreturn x.(%s)\n}", name, kind, kind, kind))
	}
	return name + "(" + text + ")"
}

// erasedTarget prints a field that is kept as an interface as the left side of an assignment.
func (e *emitter) erasedTarget(l ast.Expr) (string, bool) {
	x, ok := ast.Unparen(l).(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	selection := e.c.info.Selections[x]
	if selection == nil || selection.Kind() != types.FieldVal {
		return "", false
	}
	index := selection.Index()
	last := index[len(index)-1]
	text, holder := e.path(e.operand(x.X), e.typeOf(x.X), index[:len(index)-1])
	if p, ok := holder.Underlying().(*types.Pointer); ok {
		holder = p.Elem()
	}
	if !e.isErased(holder, last) {
		return "", false
	}
	return text + "." + e.fieldOf(holder.Underlying().(*types.Struct), last), true
}

// kept prints a value for a field that is kept as an interface.
func (e *emitter) kept(value string) string { return wordsName + ".Any(" + value + ")" }
