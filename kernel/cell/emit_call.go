package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

func (e *emitter) call(x *ast.CallExpr) string {
	fun := ast.Unparen(x.Fun)
	if tv := e.c.info.Types[fun]; tv.IsType() {
		return e.conversion(x, tv.Type)
	}
	if id, ok := fun.(*ast.Ident); ok {
		switch o := e.c.object(id).(type) {
		case *types.Builtin:
			return e.builtin(x, o.Name())
		case *types.Func:
			if o.Pkg() == e.s.words {
				if text, ok := e.special(x, o.Name()); ok {
					return text
				}
			}
		}
	}
	sig := e.typeOf(fun).Underlying().(*types.Signature)
	defer func() { e.called = true }()
	if f := e.callee(fun); f != nil && f.Pkg() == e.s.words {
		_, word := e.s.vocab[f.Name()]
		e.plainWord = word && f.Name() != "Show"
		if word {
			e.parameters(x)
		}
	}
	if e.takesScope(e.callee(fun)) {
		e.locals(x.Pos())
	}
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		selection := e.c.info.Selections[sel]
		if selection != nil && selection.Kind() == types.MethodVal {
			return e.methodCall(x, sel, selection, sig)
		}
		if selection == nil {
			if text, ok := e.shim(x, sel); ok {
				return text
			}
		}
	}
	return e.operand(fun) + "(" + e.arguments(x, sig, e.compiled(fun)) + ")"
}

// compiled gives the package path of a called function of compiled code, "" for one of a cell.
func (e *emitter) compiled(fun ast.Expr) string {
	if f := e.callee(fun); f != nil && f.Pkg() != nil && f.Pkg().Path() != cellPath {
		return f.Pkg().Path()
	}
	return ""
}

// callee is the function or method that an expression names, nil where it is a value.
func (e *emitter) callee(fun ast.Expr) *types.Func {
	var o types.Object
	switch fun := fun.(type) {
	case *ast.SelectorExpr:
		o = e.c.object(fun.Sel)
	case *ast.Ident:
		o = e.c.object(fun)
	}
	f, _ := o.(*types.Func)
	return f
}

// reflective packages look into the values they are given, so they get them without box; others hand them back to the
// cell or print them.
var reflective = map[string]bool{"reflect": true, "sort": true, "encoding/xml": true, "encoding/binary": true, "text/template": true,
	unitsPath: true, simPath: true, plottingPath: true, sessionPath: true}

// argument prints one argument of a call.
func (e *emitter) argument(x ast.Expr, t types.Type, compiled string) string {
	if compiled == "golgi/words" && e.plainWord {
		compiled = simPath
	}
	if compiled != "" && types.IsInterface(t) && !compiledInterface(t) {
		from := e.typeOf(x)
		if (compiled == simPath || compiled == sessionPath) && isOwnStruct(from) {
			return fmt.Sprintf("%s.Fields(%d, %s)", wordsName, e.kind(from), e.expr(x))
		}
		if !types.IsInterface(from) && isOwn(from) && (reflective[compiled] || compiled == "encoding/json" && !hasMethods(from)) {
			return e.expr(x)
		}
	}
	return e.to(x, t)
}

// isOwnStruct reports whether t is a struct that a cell declared, or a pointer to one.
func isOwnStruct(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != cellPath {
		return false
	}
	_, ok = n.Underlying().(*types.Struct)
	return ok
}

func hasMethods(t types.Type) bool { return types.NewMethodSet(t).Len() > 0 }

// arguments prints the arguments of a call; a call with several results as the only argument is taken apart first.
func (e *emitter) arguments(x *ast.CallExpr, sig *types.Signature, compiled string) string {
	return strings.Join(e.argumentList(x, sig, compiled), ", ")
}

func (e *emitter) argumentList(x *ast.CallExpr, sig *types.Signature, compiled string) []string {
	params := sig.Params()
	if len(x.Args) == 1 {
		if tuple, ok := e.typeOf(x.Args[0]).(*types.Tuple); ok {
			return e.spread(x.Args[0], tuple, sig)
		}
	}
	var list []string
	for i, arg := range x.Args {
		t := paramType(sig, i)
		if x.Ellipsis.IsValid() && i == len(x.Args)-1 {
			list = append(list, e.to(arg, params.At(params.Len()-1).Type())+"...")
			continue
		}
		if _, ok := ast.Unparen(arg).(*ast.FuncLit); ok {
			list = append(list, e.settled(arg, t))
			continue
		}
		list = append(list, e.argument(arg, t, compiled))
	}
	return list
}

// settled puts a function literal into a variable before it is an argument: the interpreter keeps the values of captured
// variables apart only then.
func (e *emitter) settled(arg ast.Expr, t types.Type) string {
	name, own := e.temp(), e.typeOf(arg)
	e.newVar(name, e.expr(arg), own)
	return e.convert(name, own, t)
}

func paramType(sig *types.Signature, i int) types.Type {
	params := sig.Params()
	if sig.Variadic() && i >= params.Len()-1 {
		if s, ok := params.At(params.Len() - 1).Type().(*types.Slice); ok {
			return s.Elem()
		}
		return types.Typ[types.Byte] // append([]byte, string...)
	}
	return params.At(i).Type()
}

// spread prints f(g()), where g has several results.
func (e *emitter) spread(arg ast.Expr, tuple *types.Tuple, sig *types.Signature) []string {
	names := make([]string, tuple.Len())
	list := make([]string, tuple.Len())
	for i := range names {
		names[i] = e.temp()
		list[i] = e.convert(names[i], tuple.At(i).Type(), paramType(sig, i))
	}
	e.line("%s := %s", strings.Join(names, ", "), e.expr(arg))
	return list
}

func (e *emitter) conversion(x *ast.CallExpr, t types.Type) string {
	arg := x.Args[0]
	from := e.typeOf(arg)
	if types.IsInterface(t) || isNil(from) {
		if isNil(from) {
			return "(" + e.spell(t) + ")(nil)"
		}
		if _, named := t.(*types.Named); !named && !types.IsInterface(from) && !isOwn(from) && !isFunc(from) {
			return "interface{}(" + e.expr(arg) + ")"
		}
		return e.to(arg, t)
	}
	if typeKey(from) == typeKey(t) {
		return "(" + e.expr(arg) + ")"
	}
	if tv := e.c.info.Types[arg]; tv.Value != nil {
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsString == 0 {
			return e.literal(tv.Value, t)
		}
	}
	spelled, source := e.spell(t), e.spell(from)
	if spelled == source {
		return "(" + e.expr(arg) + ")"
	}
	if strings.HasPrefix(spelled, "*") || strings.HasPrefix(spelled, "<-") || strings.HasPrefix(spelled, "func") || strings.HasPrefix(spelled, "chan") {
		spelled = "(" + spelled + ")"
	}
	return spelled + "(" + e.expr(arg) + ")"
}

func (e *emitter) builtin(x *ast.CallExpr, name string) string {
	switch name {
	case "append":
		return e.appendCall(x)
	case "copy":
		return "copy(" + e.expr(x.Args[0]) + ", " + e.expr(x.Args[1]) + ")"
	case "delete":
		m := e.typeOf(x.Args[0]).Underlying().(*types.Map)
		return "delete(" + e.expr(x.Args[0]) + ", " + e.to(x.Args[1], m.Key()) + ")"
	case "new":
		return e.newCall(x)
	case "make":
		parts := []string{e.spell(e.typeOf(x.Args[0]))}
		for _, a := range x.Args[1:] {
			parts = append(parts, e.to(a, types.Typ[types.Int]))
		}
		return "make(" + strings.Join(parts, ", ") + ")"
	case "panic":
		return wordsName + ".Panic(" + e.to(x.Args[0], types.NewInterfaceType(nil, nil)) + ")"
	case "recover":
		return wordsName + ".Recover()"
	case "print", "println":
		var parts []string
		for _, a := range x.Args {
			parts = append(parts, e.to(a, types.NewInterfaceType(nil, nil)))
		}
		return wordsName + ".P" + name[1:] + "(" + strings.Join(parts, ", ") + ")"
	case "min", "max":
		return e.extreme(x, name)
	case "clear":
		return e.clearCall(x)
	case "len", "cap":
		if p, ok := e.typeOf(x.Args[0]).Underlying().(*types.Pointer); ok {
			return fmt.Sprint(p.Elem().Underlying().(*types.Array).Len())
		}
	case "complex":
		part := types.Typ[types.Float64]
		if e.spell(e.typeOf(x)) == "complex64" {
			part = types.Typ[types.Float32]
		}
		return "complex(" + e.to(x.Args[0], part) + ", " + e.to(x.Args[1], part) + ")"
	}
	var parts []string
	for _, a := range x.Args {
		parts = append(parts, e.expr(a))
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}

func (e *emitter) appendCall(x *ast.CallExpr) string {
	slice := e.typeOf(x).Underlying().(*types.Slice)
	parts := []string{e.to(x.Args[0], e.typeOf(x))}
	if parts[0] == "nil" {
		parts[0] = e.spell(e.typeOf(x)) + "{}"
	}
	for i, a := range x.Args[1:] {
		if x.Ellipsis.IsValid() && i == len(x.Args)-2 {
			text := e.expr(a)
			if b, ok := e.typeOf(a).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
				text = "[]byte(" + text + ")"
			}
			parts = append(parts, text+"...")
			continue
		}
		parts = append(parts, e.to(a, slice.Elem()))
	}
	return "append(" + strings.Join(parts, ", ") + ")"
}

func (e *emitter) newCall(x *ast.CallExpr) string {
	if tv := e.c.info.Types[x.Args[0]]; tv.IsType() {
		return "new(" + e.spell(tv.Type) + ")"
	}
	t := e.typeOf(x).(*types.Pointer).Elem()
	return fmt.Sprintf("func() *%s { k_new := %s; return &k_new }()", e.spell(t), e.to(x.Args[0], t))
}

// extreme prints min and max as calls of a function written out for the type.
func (e *emitter) extreme(x *ast.CallExpr, name string) string {
	t := e.spell(e.typeOf(x))
	op := map[string]string{"min": "<", "max": ">"}[name]
	f := "k_" + name + "_" + strings.ReplaceAll(t, ".", "_")
	e.once(f, fmt.Sprintf("func %s(a, b %s) %s {\nif a != a || a %s b {\nreturn a\n}\nreturn b\n}", f, t, t, op))
	text := e.to(x.Args[0], e.typeOf(x))
	for _, a := range x.Args[1:] {
		text = f + "(" + text + ", " + e.to(a, e.typeOf(x)) + ")"
	}
	return text
}

func (e *emitter) clearCall(x *ast.CallExpr) string {
	t := e.typeOf(x.Args[0])
	spelled := e.spell(t)
	e.s.counter["k_clear"]++
	f := fmt.Sprintf("k_clear_%d", e.s.counter["k_clear"])
	body := "for i := range x {\ndelete(x, i)\n}"
	if s, ok := t.Underlying().(*types.Slice); ok {
		body = fmt.Sprintf("var zero %s\nfor i := range x {\nx[i] = zero\n}", e.spell(s.Elem()))
	}
	e.once(f, fmt.Sprintf("func %s(x %s) {\n%s\n}", f, spelled, body))
	return f + "(" + e.expr(x.Args[0]) + ")"
}

// once declares a function of the interpreter unless it is there.
func (e *emitter) once(name, text string) {
	if e.s.once[name] {
		return
	}
	e.s.once[name] = true
	e.s.undo = append(e.s.undo, func() { delete(e.s.once, name) })
	e.unit.funcs = append(e.unit.funcs, text)
}
