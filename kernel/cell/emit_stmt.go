package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (e *emitter) stmts(list []ast.Stmt) {
	for _, s := range list {
		e.stmt(s)
	}
}

func (e *emitter) block(list []ast.Stmt) {
	e.line("{")
	e.stmts(list)
	e.line("}")
}

func (e *emitter) stmt(s ast.Stmt) {
	label := e.label
	e.label, e.called = "", false
	if _, block := s.(*ast.BlockStmt); !block {
		e.mark(s.Pos())
	}
	switch s := s.(type) {
	case *ast.EmptyStmt:
	case *ast.ExprStmt:
		e.exprStmt(s)
	case *ast.AssignStmt:
		e.assign(s)
	case *ast.IncDecStmt:
		e.incDec(s)
	case *ast.DeclStmt:
		e.declStmt(s)
	case *ast.BlockStmt:
		e.block(s.List)
	case *ast.IfStmt:
		e.ifStmt(s)
	case *ast.ForStmt:
		e.forStmt(s, label)
	case *ast.RangeStmt:
		e.rangeStmt(s, label)
	case *ast.SwitchStmt:
		e.switchStmt(s, label)
	case *ast.TypeSwitchStmt:
		e.typeSwitch(s, label)
	case *ast.SelectStmt:
		e.selectStmt(s, label)
	case *ast.LabeledStmt:
		e.labeled(s)
	case *ast.BranchStmt:
		e.branch(s)
	case *ast.ReturnStmt:
		e.returnStmt(s)
	case *ast.GoStmt:
		e.goStmt(s)
	case *ast.DeferStmt:
		e.deferStmt(s)
	case *ast.SendStmt:
		elem := e.typeOf(s.Chan).Underlying().(*types.Chan).Elem()
		e.line("%s.Send(%s, %s)", wordsName, e.expr(s.Chan), e.to(s.Value, elem))
	default:
		e.fail(s, "this statement cannot be run in a cell")
	}
}

func (e *emitter) exprStmt(s *ast.ExprStmt) {
	e.alone = true
	text := e.expr(s.X)
	e.alone = false
	if call, ok := s.X.(*ast.CallExpr); ok {
		if id, ok := call.Fun.(*ast.Ident); ok && strings.HasPrefix(id.Name, "k_must") {
			return
		}
	}
	if strings.HasPrefix(text, "func") {
		text = "(" + text + ")"
	}
	if text != "" {
		e.line("%s", text)
	}
}

func (e *emitter) labeled(s *ast.LabeledStmt) {
	switch s.Stmt.(type) {
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
		e.label = s.Label.Name
	default:
		e.line("%s:", s.Label.Name)
	}
	e.stmt(s.Stmt)
}

// labelled prints the head of a statement that break and continue may name.
func (e *emitter) head(label, format string, args ...any) {
	if label != "" {
		e.line("%s:", label)
	}
	e.line(format, args...)
}

func (e *emitter) ifStmt(s *ast.IfStmt) {
	if s.Init != nil {
		e.line("{")
		e.stmt(s.Init)
		defer e.line("}")
	}
	e.line("if %s {", e.expr(s.Cond))
	e.stmts(s.Body.List)
	switch other := s.Else.(type) {
	case nil:
		e.line("}")
	case *ast.BlockStmt:
		e.line("} else {")
		e.stmts(other.List)
		e.line("}")
	default:
		e.line("} else {")
		e.stmt(other)
		e.line("}")
	}
}

func (e *emitter) declStmt(s *ast.DeclStmt) {
	d := s.Decl.(*ast.GenDecl)
	if d.Tok != token.VAR {
		e.localTypes(d)
		return
	}
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		lhs := make([]ast.Expr, len(v.Names))
		for i, id := range v.Names {
			lhs[i] = id
		}
		if len(v.Values) == 0 {
			for _, id := range v.Names {
				e.zeroVar(id)
			}
			continue
		}
		e.assignTo(s, lhs, v.Values, true)
	}
}

func (e *emitter) zeroVar(id *ast.Ident) {
	o := e.c.info.Defs[id]
	if id.Name == "_" || o == nil {
		return
	}
	if entry := e.top[o]; entry != nil {
		z := e.temp()
		e.line("var %s %s", z, e.spell(o.Type()))
		e.line("%s = %s", entry.inner, z)
		return
	}
	e.line("var %s %s", e.local(o), e.spell(o.Type()))
}

// localTypes declares types inside functions: only their methods' owner has to be known, structs declare themselves.
func (e *emitter) localTypes(d *ast.GenDecl) {
	if d.Tok != token.TYPE {
		return
	}
	for _, spec := range d.Specs {
		if o := e.c.info.Defs[spec.(*ast.TypeSpec).Name]; o != nil {
			if e.s.byObject[o] == nil {
				e.s.byObject[o] = &entry{name: o.Name(), kind: typeName, object: o}
			}
		}
	}
}

func (e *emitter) returnStmt(s *ast.ReturnStmt) {
	if e.fn == nil || e.fn.results.Len() == 0 {
		e.giveBack(nil)
		return
	}
	e.giveBack(append([]string(nil), e.returned(s)...))
}

// returned prints the values of a return statement.
func (e *emitter) returned(s *ast.ReturnStmt) []string {
	fn := e.fn
	if len(s.Results) == 0 {
		return fn.names
	}
	if len(s.Results) == 1 && fn.results.Len() > 1 {
		tuple := e.typeOf(s.Results[0]).(*types.Tuple)
		names, values := make([]string, tuple.Len()), make([]string, tuple.Len())
		for i := range names {
			names[i] = e.temp()
			values[i] = e.convert(names[i], tuple.At(i).Type(), fn.results.At(i).Type())
		}
		e.line("%s := %s", strings.Join(names, ", "), e.expr(s.Results[0]))
		return values
	}
	values := make([]string, len(s.Results))
	for i, r := range s.Results {
		values[i] = e.to(r, fn.results.At(i).Type())
	}
	return values
}
