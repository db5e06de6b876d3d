package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// funcLit prints a function literal.
func (e *emitter) funcLit(x *ast.FuncLit) string {
	sig := e.typeOf(x).Underlying().(*types.Signature)
	if x == e.started {
		return "func" + e.goroutine(x, sig)
	}
	return "func" + e.function(x.Type, x.Body, sig)
}

// goroutine prints the function of a go statement, which remembers its place in a variable of its own.
func (e *emitter) goroutine(x *ast.FuncLit, sig *types.Signature) string {
	old := e.marker
	e.marker, e.started = e.temp(), nil
	text := e.function(x.Type, x.Body, sig)
	head, body, _ := strings.Cut(text, "{\n")
	text = fmt.Sprintf("%s{\nvar %s int\n%s.OwnLine(&%s)\n%s", head, e.marker, wordsName, e.marker, body)
	e.marker = old
	return text
}

// function prints parameters, results and body of a function. Results are never named: those the cell names are
// variables, which a deferred call may still change.
func (e *emitter) function(t *ast.FuncType, body *ast.BlockStmt, sig *types.Signature) string {
	oldFn, oldLoops, called := e.fn, e.loops, e.called
	defer func() { e.fn, e.loops, e.called = oldFn, oldLoops, called }()
	e.fn, e.loops = &frameContext{results: sig.Results()}, nil
	head := "(" + e.params(t.Params, sig) + ")" + e.spellResults(sig.Results(), 0)
	text := e.capture(func() {
		e.resultVars(t.Results, sig, deferring(body))
		if !deferring(body) {
			e.stmts(body.List)
			return
		}
		e.framed(body)
	})
	return head + " {\n" + text + "}"
}

// framed prints a body inside a frame of deferred calls.
func (e *emitter) framed(body *ast.BlockStmt) {
	frame := e.temp()
	e.fn.frame = frame
	e.line("%s := %s.NewFrame()", frame, wordsName)
	e.line("%s.Run(func() {", frame)
	e.stmts(body.List)
	e.line("})")
	if len(e.fn.names) > 0 {
		e.line("return %s", strings.Join(e.fn.names, ", "))
	}
}

// params prints parameters with their names.
func (e *emitter) params(list *ast.FieldList, sig *types.Signature) string {
	var parts []string
	i := 0
	for _, field := range list.List {
		names := field.Names
		if len(names) == 0 {
			names = []*ast.Ident{nil}
		}
		for _, id := range names {
			kind := e.spell(sig.Params().At(i).Type())
			if sig.Variadic() && i == sig.Params().Len()-1 {
				kind = "..." + e.spell(sig.Params().At(i).Type().(*types.Slice).Elem())
			}
			parts = append(parts, e.paramName(id)+" "+kind)
			i++
		}
	}
	return strings.Join(parts, ", ")
}

func (e *emitter) paramName(id *ast.Ident) string {
	if id == nil || id.Name == "_" {
		return e.temp()
	}
	return e.local(e.c.info.Defs[id])
}

// resultVars declares named results, and unnamed ones of a function that defers.
func (e *emitter) resultVars(list *ast.FieldList, sig *types.Signature, deferring bool) {
	if list == nil {
		return
	}
	i := 0
	for _, field := range list.List {
		names := field.Names
		if len(names) == 0 {
			if !deferring {
				return
			}
			names = []*ast.Ident{nil}
		}
		for _, id := range names {
			name := e.paramName(id)
			e.line("var %s %s", name, e.spell(sig.Results().At(i).Type()))
			e.fn.names = append(e.fn.names, name)
			i++
		}
	}
}

// deferring reports whether a body has a defer statement of its own.
func deferring(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

// deferStmt prints a deferred call: function and arguments are evaluated now.
func (e *emitter) deferStmt(s *ast.DeferStmt) {
	e.line("%s.Defer(%s)", e.fn.frame, e.later(s.Call))
}

// goStmt prints the start of a goroutine through a native, which catches its panics. It stands in a function of its own:
// when a function literal returns, the interpreter writes to the frame that made it, which another goroutine may be
// using by then.
func (e *emitter) goStmt(s *ast.GoStmt) {
	e.line("func() {")
	defer e.line("}()")
	e.started, _ = ast.Unparen(s.Call.Fun).(*ast.FuncLit)
	call := e.later(s.Call)
	e.started = nil
	e.line("%s.Go(%s)", wordsName, call)
}

// later prints a function without parameters that makes the call with what it evaluates to now.
func (e *emitter) later(call *ast.CallExpr) string {
	name := e.temp()
	text := ""
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok && len(call.Args) == 0 && e.typeOf(lit).Underlying().(*types.Signature).Results().Len() == 0 {
		text = e.funcLit(lit)
	} else {
		text = "func() {\n" + e.frozenCall(call) + "\n}"
	}
	e.newVar(name, text, types.NewSignatureType(nil, nil, nil, nil, nil, false))
	return name
}

// frozenCall evaluates what a call needs into variables and gives the call that uses them.
func (e *emitter) frozenCall(call *ast.CallExpr) string {
	c := *call
	c.Args = nil
	e.c.info.Types[&c] = e.c.info.Types[call]
	fun := ast.Unparen(call.Fun)
	_, isFunc := e.typeOf(fun).Underlying().(*types.Signature)
	for _, a := range call.Args {
		if tv := e.c.info.Types[a]; tv.IsType() || tv.Value != nil || tv.IsNil() || !isFunc && tv.IsBuiltin() {
			c.Args = append(c.Args, a)
			continue
		}
		t := types.Default(e.typeOf(a))
		if _, tuple := t.(*types.Tuple); tuple {
			c.Args = append(c.Args, a)
			continue
		}
		c.Args = append(c.Args, e.freeze(a, t))
	}
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		if selection := e.c.info.Selections[f]; selection != nil && selection.Kind() == types.MethodVal {
			c.Fun = e.frozenMethod(f, selection)
		} else if selection != nil {
			c.Fun = e.freeze(f, e.typeOf(f))
		}
	case *ast.Ident:
		if _, variable := e.c.object(f).(*types.Var); variable {
			c.Fun = e.freeze(f, e.typeOf(f))
		}
	case *ast.FuncLit, *ast.CallExpr, *ast.IndexExpr:
		if !e.c.info.Types[fun].IsType() {
			if _, instance := fun.(*ast.IndexExpr); !instance || e.c.info.Types[fun.(*ast.IndexExpr).Index].IsValue() {
				c.Fun = e.freeze(fun, e.typeOf(fun))
			}
		}
	}
	return e.exprText(&c)
}

// exprText prints an expression as a statement, with what it needs before it.
func (e *emitter) exprText(x ast.Expr) string {
	var text string
	before := e.capture(func() { text = e.expr(x) })
	return before + text
}

// frozenMethod evaluates the receiver of a method now.
func (e *emitter) frozenMethod(f *ast.SelectorExpr, selection *types.Selection) ast.Expr {
	t := e.typeOf(f.X)
	_, pointer := selection.Obj().(*types.Func).Signature().Recv().Type().Underlying().(*types.Pointer)
	if _, has := t.Underlying().(*types.Pointer); pointer && !has && !types.IsInterface(t) {
		g := *f
		g.X = e.freezeText("&"+e.operand(f.X), types.NewPointer(t))
		e.c.info.Selections[&g] = selection
		e.c.info.Types[&g] = e.c.info.Types[f]
		return &g
	}
	g := *f
	g.X = e.freeze(f.X, t)
	e.c.info.Selections[&g] = selection
	e.c.info.Types[&g] = e.c.info.Types[f]
	return &g
}

// freeze evaluates an expression into a variable and gives an expression that means it.
func (e *emitter) freeze(x ast.Expr, t types.Type) ast.Expr { return e.freezeText(e.expr(x), t) }

func (e *emitter) freezeText(text string, t types.Type) ast.Expr {
	name := e.temp()
	e.newVar(name, text, t)
	id := ast.NewIdent(name)
	o := types.NewVar(noPos, e.c.pkg, name, t)
	e.names[o] = name
	e.c.info.Uses[id] = o
	e.c.info.Types[id] = types.TypeAndValue{Type: t}
	return id
}

// funcDecl prints a declared function under the name it has inside the interpreter.
func (e *emitter) funcDecl(d *ast.FuncDecl, inner string, sig *types.Signature) {
	e.unit.funcs = append(e.unit.funcs, fmt.Sprintf("func %s%s", inner, e.function(d.Type, d.Body, sig)))
}
