package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// expr prints an expression as a value of its own type.
func (e *emitter) expr(x ast.Expr) string {
	if tv, ok := e.c.info.Types[x]; ok && tv.Value != nil && tv.Type != nil {
		return e.literal(tv.Value, tv.Type)
	}
	switch x := x.(type) {
	case *ast.Ident:
		return e.ident(x)
	case *ast.ParenExpr:
		return "(" + e.expr(x.X) + ")"
	case *ast.FuncLit:
		return e.funcLit(x)
	case *ast.CompositeLit:
		return e.composite(x, e.typeOf(x))
	case *ast.SelectorExpr:
		return e.selector(x)
	case *ast.IndexExpr:
		return e.index(x)
	case *ast.IndexListExpr:
		return e.ident(x.X.(*ast.Ident))
	case *ast.SliceExpr:
		return e.slice(x)
	case *ast.TypeAssertExpr:
		return e.assertion(x)
	case *ast.CallExpr:
		return e.call(x)
	case *ast.StarExpr:
		return "*" + e.operand(x.X)
	case *ast.UnaryExpr:
		return e.unary(x)
	case *ast.BinaryExpr:
		return e.binary(x)
	}
	e.fail(x, "this expression cannot be run in a cell")
	return ""
}

func (e *emitter) typeOf(x ast.Expr) types.Type {
	t := e.c.typ(x)
	if t == nil {
		e.fail(x, "the type of this expression is not known")
	}
	return t
}

// operand prints an expression so that a prefix or postfix operator may follow.
func (e *emitter) operand(x ast.Expr) string {
	text := e.expr(x)
	switch x.(type) {
	case *ast.Ident, *ast.ParenExpr, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr, *ast.CallExpr:
		return text // brackets around a function would confuse the interpreter
	}
	return "(" + text + ")"
}

// to prints an expression as a value of type t.
func (e *emitter) to(x ast.Expr, t types.Type) string {
	if tv, ok := e.c.info.Types[x]; ok {
		if tv.Value != nil && !types.IsInterface(t) {
			return e.literal(tv.Value, t)
		}
		if tv.IsNil() {
			return "nil"
		}
	}
	return e.convert(e.expr(x), e.typeOf(x), t)
}

// convert prints a value of type from as one of type to, where assigning it may need a box.
func (e *emitter) convert(text string, from, to types.Type) string {
	if !types.IsInterface(to) || isNil(from) {
		return text
	}
	if types.IsInterface(from) {
		if compiledInterface(to) && !compiledInterface(from) {
			return e.wrap(text, to)
		}
		return text
	}
	if !isOwn(from) {
		if isFunc(from) && !compiledInterface(to) { // a native has the interpreter make a real function of it
			return wordsName + ".Any(" + text + ")"
		}
		return text
	}
	box := e.box(text, from)
	if compiledInterface(to) {
		return e.wrap(box, to)
	}
	return box
}

func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

func (e *emitter) box(text string, t types.Type) string {
	return fmt.Sprintf("%s.Box(%d, %s)", wordsName, e.kind(t), text)
}

// wrap gives what an interface of compiled code wants for a value that may be a box.
func (e *emitter) wrap(text string, to types.Type) string {
	if isError(to) {
		return wordsName + ".AsError(" + text + ")"
	}
	o := to.(*types.Named).Obj()
	return fmt.Sprintf("%s.Wrap(%q, %q, %s).(%s)", wordsName, o.Pkg().Path(), o.Name(), text, e.spell(to))
}

func (e *emitter) ident(x *ast.Ident) string {
	switch x.Name {
	case "nil", "true", "false":
		if e.c.object(x).Pkg() == nil {
			return x.Name
		}
	case "_":
		return "_"
	}
	o := e.c.object(x)
	if instance, ok := e.c.info.Instances[x]; ok {
		return e.instance(x, o.(*types.Func), instance)
	}
	return e.object(x, o)
}

// object prints a reference to a variable or function.
func (e *emitter) object(n ast.Node, o types.Object) string {
	if o == nil {
		e.fail(n, "this name means nothing here")
	}
	if entry := e.top[o]; entry != nil {
		return entry.inner
	}
	if entry := e.s.byObject[o]; entry != nil {
		e.uses[o] = true
		return entry.inner
	}
	if o.Pkg() == e.s.words {
		e.unit.words = append(e.unit.words, o.Name())
		return e.word(o.Name())
	}
	if o.Pkg() != nil && o.Pkg().Path() != cellPath {
		return e.pkg(o.Pkg().Path()) + "." + o.Name()
	}
	return e.local(o)
}

func (e *emitter) composite(x *ast.CompositeLit, t types.Type) string {
	prefix := ""
	if p, ok := t.Underlying().(*types.Pointer); ok {
		prefix, t = "&", p.Elem()
	}
	var parts []string
	switch u := t.Underlying().(type) {
	case *types.Struct:
		parts = e.structElements(x, t, u)
	case *types.Map:
		for _, item := range x.Elts {
			kv := item.(*ast.KeyValueExpr)
			parts = append(parts, e.element(kv.Key, u.Key())+": "+e.element(kv.Value, u.Elem()))
		}
	case *types.Slice:
		parts = e.listElements(x, u.Elem())
	case *types.Array:
		parts = e.listElements(x, u.Elem())
	}
	return prefix + e.spell(t) + "{" + strings.Join(parts, ", ") + "}"
}

func (e *emitter) structElements(x *ast.CompositeLit, t types.Type, u *types.Struct) (parts []string) {
	for i, item := range x.Elts {
		value := item
		if kv, ok := item.(*ast.KeyValueExpr); ok {
			value = kv.Value
			i = fieldIndex(u, kv.Key.(*ast.Ident).Name)
		}
		text := e.element(value, u.Field(i).Type())
		if e.isErased(t, i) && text != "nil" {
			text = e.kept(text)
		}
		parts = append(parts, e.fieldOf(u, i)+": "+text)
	}
	return parts
}

func fieldIndex(u *types.Struct, name string) int {
	for i := range u.NumFields() {
		if u.Field(i).Name() == name {
			return i
		}
	}
	return -1
}

// fieldOf is the name of a field: compiled structs have their own.
func (e *emitter) fieldOf(u *types.Struct, i int) string {
	if f := u.Field(i); f.Pkg() == nil || f.Pkg().Path() != cellPath {
		return f.Name()
	}
	return fieldName(u, i)
}

func (e *emitter) listElements(x *ast.CompositeLit, elem types.Type) (parts []string) {
	for _, item := range x.Elts {
		if kv, ok := item.(*ast.KeyValueExpr); ok {
			parts = append(parts, e.c.info.Types[kv.Key].Value.ExactString()+": "+e.element(kv.Value, elem))
		} else {
			parts = append(parts, e.element(item, elem))
		}
	}
	return parts
}

// element prints a part of a composite literal, whose own type may be left out.
func (e *emitter) element(x ast.Expr, t types.Type) string {
	if lit, ok := x.(*ast.CompositeLit); ok && lit.Type == nil {
		return e.composite(lit, t)
	}
	return e.to(x, t)
}

func (e *emitter) selector(x *ast.SelectorExpr) string {
	selection := e.c.info.Selections[x]
	if selection == nil { // a name of a package
		if instance, ok := e.c.info.Instances[x.Sel]; ok {
			return e.instance(x.Sel, e.c.object(x.Sel).(*types.Func), instance)
		}
		return e.object(x, e.c.object(x.Sel))
	}
	switch selection.Kind() {
	case types.FieldVal:
		text, _ := e.path(e.operand(x.X), e.typeOf(x.X), selection.Index())
		return text
	case types.MethodVal:
		return e.methodValue(x, selection)
	}
	return e.methodExpr(x, selection)
}

// path follows fields, those of embedded structs too, and gives the type of the last.
func (e *emitter) path(text string, t types.Type, index []int) (string, types.Type) {
	for _, i := range index {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		u := t.Underlying().(*types.Struct)
		text += "." + e.fieldOf(u, i)
		if e.isErased(t, i) {
			text = e.readErased(text, u.Field(i).Type())
		}
		t = u.Field(i).Type()
	}
	return text, t
}

func (e *emitter) index(x *ast.IndexExpr) string {
	if tv := e.c.info.Types[x.Index]; tv.IsType() { // an explicit instance
		switch f := x.X.(type) {
		case *ast.Ident:
			return e.ident(f)
		case *ast.SelectorExpr:
			return e.selector(f)
		}
	}
	t := e.typeOf(x.X)
	if m, ok := t.Underlying().(*types.Map); ok {
		return e.operand(x.X) + "[" + e.to(x.Index, m.Key()) + "]"
	}
	text := e.operand(x.X)
	if _, ok := t.Underlying().(*types.Pointer); ok {
		text = "(*" + text + ")"
	}
	e.checkIndex(x, text)
	return text + "[" + e.expr(x.Index) + "]"
}

func (e *emitter) slice(x *ast.SliceExpr) string {
	part := func(i ast.Expr) string {
		if i == nil {
			return ""
		}
		return e.expr(i)
	}
	text := e.operand(x.X)
	if _, ok := e.typeOf(x.X).Underlying().(*types.Pointer); ok {
		text = "(*" + text + ")"
	}
	e.checkSlice(x, text)
	text += "[" + part(x.Low) + ":" + part(x.High)
	if x.Slice3 {
		text += ":" + part(x.Max)
	}
	return text + "]"
}

func (e *emitter) assertion(x *ast.TypeAssertExpr) string {
	t := e.typeOf(x)
	return e.unpack(fmt.Sprintf("%s.Assert(%s, %d, %d)", wordsName, e.expr(x.X), e.kind(t), e.kind(e.typeOf(x.X))), t)
}

// unpack takes a value out of the empty interface that a native gave.
func (e *emitter) unpack(text string, t types.Type) string {
	if types.IsInterface(t) && !compiledInterface(t) {
		return text
	}
	if isError(t) {
		return wordsName + ".AsError(" + text + ")"
	}
	if u, ok := t.Underlying().(*types.Struct); ok && u.NumFields() == 0 { // the interpreter looks for a first field
		e.line("%s", text)
		return e.spell(t) + "{}"
	}
	return text + ".(" + e.spell(t) + ")"
}

func (e *emitter) unary(x *ast.UnaryExpr) string {
	switch x.Op {
	case token.AND:
		if lit, ok := ast.Unparen(x.X).(*ast.CompositeLit); ok {
			return "&" + e.composite(lit, e.typeOf(lit))
		}
		return "&" + e.operand(x.X)
	case token.ADD:
		return e.operand(x.X)
	case token.ARROW:
		return e.receive(x)
	}
	return x.Op.String() + e.operand(x.X)
}

func (e *emitter) binary(x *ast.BinaryExpr) string {
	switch x.Op {
	case token.EQL, token.NEQ:
		return e.equality(x)
	case token.SHL, token.SHR:
		return "(" + e.expr(x.X) + " " + x.Op.String() + " " + e.shiftCount(x.Y) + ")"
	}
	left := e.expr(x.X)
	if x.Op == token.LAND || x.Op == token.LOR {
		return "(" + left + " " + x.Op.String() + " " + e.lazy(x.Y) + ")"
	}
	right := e.expr(x.Y)
	return "(" + left + " " + x.Op.String() + " " + right + ")"
}

func (e *emitter) shiftCount(x ast.Expr) string {
	if tv := e.c.info.Types[x]; tv.Value != nil {
		return e.literal(tv.Value, types.Typ[types.Uint])
	}
	return "uint(" + e.expr(x) + ")"
}

func (e *emitter) equality(x *ast.BinaryExpr) string {
	left, right := e.typeOf(x.X), e.typeOf(x.Y)
	if e.c.info.Types[x.X].IsNil() || e.c.info.Types[x.Y].IsNil() {
		return "(" + e.expr(x.X) + " " + x.Op.String() + " " + e.expr(x.Y) + ")"
	}
	return e.equal(e.expr(x.X), left, e.expr(x.Y), right, x.Op)
}

// equal prints a comparison; interfaces are compared by a native, which looks into boxes.
func (e *emitter) equal(a string, left types.Type, b string, right types.Type, op token.Token) string {
	if types.IsInterface(left) || types.IsInterface(right) {
		empty := types.NewInterfaceType(nil, nil)
		text := fmt.Sprintf("%s.Same(%s, %s)", wordsName, e.convert(a, left, empty), e.convert(b, right, empty))
		if op == token.NEQ {
			return "!" + text
		}
		return text
	}
	return "(" + a + " " + op.String() + " " + b + ")"
}

// lazy prints a condition that may not be evaluated at all, so what it needs before it goes into a function.
func (e *emitter) lazy(x ast.Expr) string {
	var text string
	e.unsure++
	defer func() { e.unsure-- }()
	if before := e.capture(func() { text = e.expr(x) }); before != "" {
		return "func() bool {\n" + before + "return " + text + "\n}()"
	}
	return text
}
