package cell

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// spell gives the interpreter's form of a type: declared types other than structs are erased to what they are made of,
// interfaces without a compiled name to the empty interface.
func (e *emitter) spell(t types.Type) string { return e.spellDeep(t, 0) }

func (e *emitter) spellDeep(t types.Type, depth int) string {
	if depth > 40 {
		panic(unsupported{problem{message: fmt.Sprintf("the type %s refers to itself in a way that cells cannot run; put a struct in between", types.TypeString(t, short))}})
	}
	next := func(t types.Type) string { return e.spellDeep(t, depth+1) }
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return spellBasic(t)
	case *types.Named:
		return e.spellNamed(t, depth)
	case *types.Pointer:
		return "*" + next(t.Elem())
	case *types.Slice:
		return "[]" + next(t.Elem())
	case *types.Array:
		return "[" + strconv.FormatInt(t.Len(), 10) + "]" + next(t.Elem())
	case *types.Map:
		return "map[" + next(t.Key()) + "]" + next(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + next(t.Elem())
	case *types.Signature:
		return "func" + e.spellSignature(t, depth+1)
	case *types.Struct:
		return e.spellStruct(t, t, depth+1)
	case *types.Interface:
		return "interface{}"
	}
	panic(unsupported{problem{message: fmt.Sprintf("the type %s cannot be used in a cell", t)}})
}

func spellBasic(t *types.Basic) string {
	switch t.Kind() {
	case types.UntypedBool:
		return "bool"
	case types.UntypedInt:
		return "int"
	case types.UntypedRune:
		return "int32"
	case types.UntypedFloat:
		return "float64"
	case types.UntypedComplex:
		return "complex128"
	case types.UntypedString:
		return "string"
	case types.UntypedNil:
		return "interface{}"
	}
	return t.Name()
}

func (e *emitter) spellNamed(t *types.Named, depth int) string {
	o := t.Obj()
	if o.Pkg() == nil {
		if o.Name() == "error" {
			return "error"
		}
		return "interface{}"
	}
	if o.Pkg().Path() != cellPath {
		if t.TypeArgs().Len() > 0 {
			if sig, ok := t.Underlying().(*types.Signature); ok {
				return "func" + e.spellSignature(sig, depth+1)
			}
			panic(unsupported{problem{message: fmt.Sprintf("the generic type %s of a compiled package cannot be used in a cell", types.TypeString(t, short))}})
		}
		return e.pkg(o.Pkg().Path()) + "." + o.Name()
	}
	if _, ok := t.Underlying().(*types.Struct); ok {
		return e.structName(t)
	}
	return e.spellDeep(t.Underlying(), depth+1)
}

func (e *emitter) spellSignature(t *types.Signature, depth int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range t.Params().Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		p := t.Params().At(i).Type()
		if t.Variadic() && i == t.Params().Len()-1 {
			b.WriteString("..." + e.spellDeep(p.(*types.Slice).Elem(), depth))
		} else {
			b.WriteString(e.spellDeep(p, depth))
		}
	}
	return b.String() + ")" + e.spellResults(t.Results(), depth)
}

func (e *emitter) spellResults(t *types.Tuple, depth int) string {
	var kinds []string
	for i := range t.Len() {
		kinds = append(kinds, e.spellDeep(t.At(i).Type(), depth))
	}
	switch len(kinds) {
	case 0:
		return ""
	case 1:
		return " " + kinds[0]
	}
	return " (" + strings.Join(kinds, ", ") + ")"
}

// spellStruct prints a struct; owner is the declared type it belongs to, or itself.
func (e *emitter) spellStruct(t *types.Struct, owner types.Type, depth int) string {
	var b strings.Builder
	b.WriteString("struct {")
	for i := range t.NumFields() {
		f := t.Field(i)
		kind := "interface{}"
		if !e.isErased(owner, i) {
			kind = e.spellDeep(f.Type(), depth)
		}
		fmt.Fprintf(&b, " %s %s", fieldName(t, i), kind)
		if tag := fieldTag(t, i); tag != "" {
			b.WriteString(" " + strconv.Quote(tag))
		}
		b.WriteByte(';')
	}
	return b.String() + " }"
}

// fieldName is the name of a field inside the interpreter, which exports all of them.
func fieldName(t *types.Struct, i int) string {
	f := t.Field(i)
	switch {
	case f.Name() == "_":
		return fmt.Sprintf("X_%d", i)
	case f.Exported():
		return f.Name()
	}
	return "X_" + f.Name()
}

// fieldTag hides from encoders the fields that only the interpreter exports.
func fieldTag(t *types.Struct, i int) string {
	if !t.Field(i).Exported() {
		return `json:"-" xml:"-"`
	}
	return t.Tag(i)
}

// structName declares the struct once and gives its name inside the interpreter.
func (e *emitter) structName(t *types.Named) string {
	s := e.s
	key := typeKey(t)
	if name, ok := s.structs[key]; ok {
		return name
	}
	name := s.fresh("T_" + t.Obj().Name())
	s.structs[key] = name
	s.undo = append(s.undo, func() { delete(s.structs, key) })
	at := len(e.unit.types)
	e.unit.types = append(e.unit.types, "")
	e.unit.types[at] = "type " + name + " " + e.spellStruct(t.Underlying().(*types.Struct), t, 0)
	return name
}

// typeKey is equal for identical types only: the address of a declared type's origin, and its arguments.
func typeKey(t types.Type) string {
	t = types.Unalias(t)
	switch t := t.(type) {
	case *types.Named:
		if t.Obj().Pkg() == nil || t.Obj().Pkg().Path() != cellPath {
			break
		}
		key := fmt.Sprintf("%s@%p", t.Obj().Name(), t.Origin().Obj())
		for i := range t.TypeArgs().Len() {
			key += "," + typeKey(t.TypeArgs().At(i))
		}
		return key
	case *types.Pointer:
		return "*" + typeKey(t.Elem())
	case *types.Slice:
		return "[]" + typeKey(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), typeKey(t.Elem()))
	case *types.Map:
		return "map[" + typeKey(t.Key()) + "]" + typeKey(t.Elem())
	case *types.Chan:
		return fmt.Sprintf("chan%d ", t.Dir()) + typeKey(t.Elem())
	case *types.Signature:
		return "func" + tupleKey(t.Params()) + tupleKey(t.Results()) + strconv.FormatBool(t.Variadic())
	case *types.Struct:
		key := "struct{"
		for i := range t.NumFields() {
			key += t.Field(i).Name() + " " + typeKey(t.Field(i).Type()) + t.Tag(i) + ";"
		}
		return key + "}"
	}
	return types.TypeString(t, nil)
}

func tupleKey(t *types.Tuple) string {
	key := "("
	for i := range t.Len() {
		key += typeKey(t.At(i).Type()) + ","
	}
	return key + ")"
}

// short qualifies compiled types by their package's name and a cell's own by nothing.
func short(p *types.Package) string {
	if p.Path() == cellPath {
		return ""
	}
	return p.Name()
}

// isOwn reports whether a type needs a box inside an interface: compiled code would not know what it is.
func isOwn(t types.Type) bool { return own(t, 0) }

func own(t types.Type, depth int) bool {
	if depth > 8 {
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == cellPath {
			return true
		}
		for i := range t.TypeArgs().Len() {
			if own(t.TypeArgs().At(i), depth+1) {
				return true
			}
		}
		return false
	case *types.Pointer:
		return own(t.Elem(), depth+1)
	case *types.Slice:
		return own(t.Elem(), depth+1)
	case *types.Array:
		return own(t.Elem(), depth+1)
	case *types.Chan:
		return own(t.Elem(), depth+1)
	case *types.Map:
		return own(t.Key(), depth+1) || own(t.Elem(), depth+1)
	case *types.Signature:
		return ownTuple(t.Params(), depth) || ownTuple(t.Results(), depth)
	case *types.Struct:
		for i := range t.NumFields() {
			if f := t.Field(i); !f.Exported() || f.Embedded() || own(f.Type(), depth+1) {
				return true
			}
		}
	case *types.Interface:
		return t.NumMethods() > 0
	}
	return false
}

func ownTuple(t *types.Tuple, depth int) bool {
	for i := range t.Len() {
		if own(t.At(i).Type(), depth+1) {
			return true
		}
	}
	return false
}

// compiledInterface reports whether t is an interface with methods that compiled code declares.
func compiledInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || !types.IsInterface(n) || n.TypeArgs().Len() > 0 {
		return false
	}
	if n.Obj().Pkg() == nil {
		return n.Obj().Name() == "error"
	}
	return n.Obj().Pkg().Path() != cellPath && n.Underlying().(*types.Interface).NumMethods() > 0
}
