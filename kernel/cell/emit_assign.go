package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (e *emitter) assign(s *ast.AssignStmt) {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		e.opAssign(s.Lhs[0], s.Tok, s.Rhs[0])
		return
	}
	e.assignTo(s, s.Lhs, s.Rhs, s.Tok == token.DEFINE)
}

func (e *emitter) assignTo(n ast.Node, lhs, rhs []ast.Expr, define bool) {
	switch {
	case len(lhs) == 1 && len(rhs) == 1:
		e.assignOne(lhs[0], rhs[0], define)
	case len(lhs) == len(rhs):
		e.assignMany(lhs, rhs, define)
	default:
		e.assignTuple(n, lhs, rhs[0], define)
	}
}

// isNew reports whether an assignment declares the variable here.
func (e *emitter) isNew(x ast.Expr, define bool) (types.Object, bool) {
	id, ok := x.(*ast.Ident)
	if !ok || !define {
		return nil, false
	}
	o := e.c.info.Defs[id]
	return o, o != nil && e.top[o] == nil
}

func isBlank(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "_"
}

func (e *emitter) assignOne(l, r ast.Expr, define bool) {
	if isBlank(l) {
		e.line("_ = %s", e.to(r, types.Default(e.typeOf(r))))
		return
	}
	if o, fresh := e.isNew(l, define); fresh {
		text := e.to(r, o.Type())
		e.newVar(e.local(o), text, o.Type())
		return
	}
	t := e.targetType(l)
	value := e.to(r, t)
	if _, literal := ast.Unparen(r).(*ast.CompositeLit); literal { // a literal would take the variable's place, not its value
		name := e.temp()
		e.newVar(name, value, t)
		value = name
	}
	e.store(l, value)
}

func isFunc(t types.Type) bool { _, ok := t.Underlying().(*types.Signature); return ok }

func (e *emitter) targetType(l ast.Expr) types.Type {
	if id, ok := l.(*ast.Ident); ok {
		if o := e.c.object(id); o != nil {
			return o.Type()
		}
	}
	return e.typeOf(l)
}

// store prints an assignment to a place that exists.
func (e *emitter) store(l ast.Expr, value string) {
	if place, ok := e.erasedTarget(l); ok {
		e.line("%s = %s", place, pick(value == "nil", value, e.kept(value)))
		return
	}
	e.line("%s = %s", e.place(l), value)
}

// place prints the left side of an assignment.
func (e *emitter) place(l ast.Expr) string {
	l = ast.Unparen(l)
	if id, ok := l.(*ast.Ident); ok && id.Name != "_" {
		return e.object(id, e.c.object(id))
	}
	return e.expr(l)
}

// assignMany prints a, b = x, y: places and values first, then the assignments.
func (e *emitter) assignMany(lhs, rhs []ast.Expr, define bool) {
	places := make([]string, len(lhs))
	for i, l := range lhs {
		if _, fresh := e.isNew(l, define); !fresh && !isBlank(l) {
			places[i] = e.fixed(l)
		}
	}
	values := make([]string, len(rhs))
	for i, r := range rhs {
		t := types.Default(e.typeOf(r))
		if !isBlank(lhs[i]) {
			t = e.targetType(lhs[i])
		}
		values[i] = e.temp()
		e.newVar(values[i], e.to(r, t), t)
	}
	for i, l := range lhs {
		e.assignTemp(l, places[i], values[i], define)
	}
}

func (e *emitter) assignTemp(l ast.Expr, place, value string, define bool) {
	if isBlank(l) {
		return
	}
	if o, fresh := e.isNew(l, define); fresh {
		e.newVar(e.local(o), value, o.Type())
		return
	}
	if erased, ok := e.erasedTarget(l); ok {
		place, value = erased, e.kept(value)
	}
	e.line("%s = %s", place, value)
}

// fixed prints a place whose index and pointer are evaluated now.
func (e *emitter) fixed(l ast.Expr) string {
	switch x := ast.Unparen(l).(type) {
	case *ast.IndexExpr:
		t := e.typeOf(x.X).Underlying()
		index := e.temp()
		if m, ok := t.(*types.Map); ok {
			e.newVar(index, e.to(x.Index, m.Key()), m.Key())
		} else {
			e.line("%s := %s", index, e.to(x.Index, types.Default(e.typeOf(x.Index))))
			e.checkIndex(x, e.operand(x.X))
		}
		if _, array := t.(*types.Array); array {
			return e.fixed(x.X) + "[" + index + "]"
		}
		base := e.temp()
		e.line("%s := %s", base, e.expr(x.X))
		if _, pointer := t.(*types.Pointer); pointer {
			base = "(*" + base + ")"
		}
		return base + "[" + index + "]"
	case *ast.StarExpr:
		base := e.temp()
		e.line("%s := %s", base, e.expr(x.X))
		return "*" + base
	}
	return e.place(l)
}

// assignTuple prints a, b := f() and the forms with a second value that says whether there was one.
func (e *emitter) assignTuple(n ast.Node, lhs []ast.Expr, r ast.Expr, define bool) {
	r = ast.Unparen(r)
	switch x := r.(type) {
	case *ast.TypeAssertExpr:
		e.assertOK(lhs, x, define)
		return
	case *ast.UnaryExpr:
		value, ok, t := e.receiveOK(x)
		e.finishOK(lhs, value, t, ok, define)
		return
	case *ast.IndexExpr:
		e.commaOK(lhs, r, define)
		return
	}
	tuple, ok := e.typeOf(r).(*types.Tuple)
	if !ok || tuple.Len() != len(lhs) {
		e.fail(n, "%d variables but %d values", len(lhs), tuple.Len())
	}
	text := e.expr(r)
	names := make([]string, len(lhs))
	for i, l := range lhs {
		names[i] = "_"
		if !isBlank(l) {
			names[i] = e.temp()
		}
	}
	e.line("%s := %s", strings.Join(names, ", "), text)
	for i, l := range lhs {
		if isBlank(l) {
			continue
		}
		e.assignTemp(l, e.placeUnlessNew(l, define), e.convert(names[i], tuple.At(i).Type(), e.targetType(l)), define)
	}
}

func (e *emitter) placeUnlessNew(l ast.Expr, define bool) string {
	if _, fresh := e.isNew(l, define); fresh {
		return ""
	}
	return e.place(l)
}

func (e *emitter) commaOK(lhs []ast.Expr, r ast.Expr, define bool) {
	value, ok := e.temp(), e.temp()
	e.line("%s, %s := %s", value, ok, e.expr(r))
	t := e.typeOf(r)
	if tuple, is := t.(*types.Tuple); is {
		t = tuple.At(0).Type()
	}
	e.finishOK(lhs, value, t, ok, define)
}

func (e *emitter) finishOK(lhs []ast.Expr, value string, t types.Type, ok string, define bool) {
	for i, l := range lhs {
		if isBlank(l) {
			continue
		}
		text := ok
		if i == 0 {
			text = e.convert(value, t, e.targetType(l))
		}
		e.assignTemp(l, e.placeUnlessNew(l, define), text, define)
	}
}

func (e *emitter) assertOK(lhs []ast.Expr, x *ast.TypeAssertExpr, define bool) {
	t := e.typeOf(x)
	if tuple, is := t.(*types.Tuple); is {
		t = tuple.At(0).Type()
	}
	held, ok, value := e.temp(), e.temp(), e.temp()
	e.line("%s, %s := %s.AssertOK(%s, %d)", held, ok, wordsName, e.expr(x.X), e.kind(t))
	e.line("var %s %s", value, e.spell(t))
	e.line("if %s {", ok)
	e.line("%s = %s", value, e.unpack(held, t))
	e.line("}")
	e.finishOK(lhs, value, t, ok, define)
}

func (e *emitter) incDec(s *ast.IncDecStmt) {
	if _, simple := ast.Unparen(s.X).(*ast.Ident); simple {
		e.line("%s%s", e.place(s.X), s.Tok)
		return
	}
	one := &ast.BasicLit{ValuePos: s.TokPos, Kind: token.INT, Value: "1"}
	op := token.ADD_ASSIGN
	if s.Tok == token.DEC {
		op = token.SUB_ASSIGN
	}
	e.opAssign(s.X, op, one)
}

var assignOps = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO,
	token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR,
	token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

// opAssign prints x op= y.
func (e *emitter) opAssign(l ast.Expr, tok token.Token, r ast.Expr) {
	t := e.typeOf(l)
	value := ""
	switch {
	case tok == token.SHL_ASSIGN || tok == token.SHR_ASSIGN:
		value = e.shiftCount(r)
	case isOne(r):
		value = e.one(t)
	default:
		value = e.to(r, t)
	}
	if _, simple := ast.Unparen(l).(*ast.Ident); simple {
		e.line("%s %s %s", e.place(l), tok, value)
		return
	}
	place := e.fixed(l)
	e.line("%s = %s %s %s", place, place, assignOps[tok], value)
}

// isOne reports whether x is the 1 that ++ and -- stand for, which the checker has not seen.
func isOne(x ast.Expr) bool {
	lit, ok := x.(*ast.BasicLit)
	return ok && lit.Value == "1"
}

func (e *emitter) one(t types.Type) string {
	if b := t.Underlying().(*types.Basic); b.Info()&types.IsInteger == 0 {
		return spellBasic(b) + "(1)"
	}
	return e.spell(t) + "(1)"
}

// newVar prints the declaration of a variable. The interpreter gives a variable fresh storage each time, which closures
// need, for := and for a declaration without value only.
func (e *emitter) newVar(name, text string, t types.Type) {
	if text == "nil" || types.IsInterface(t) || isFunc(t) {
		e.line("var %s %s", name, e.spell(t))
		e.line("%s = %s", name, text)
		return
	}
	e.line("%s := %s", name, text)
}
