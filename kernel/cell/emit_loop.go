package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// escapes reports whether the body may keep a reference to a variable of its loop: it has function literals, takes
// addresses or starts calls that run later.
func escapes(nodes ...ast.Node) bool {
	found := false
	for _, n := range nodes {
		if n == nil {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
				found = true
			case *ast.UnaryExpr:
				found = found || n.Op == token.AND
			}
			return !found
		})
	}
	return found
}

func (e *emitter) forStmt(s *ast.ForStmt, label string) {
	e.line("{")
	defer e.line("}")
	var vars []types.Object
	if s.Init != nil {
		e.stmt(s.Init)
		if a, ok := s.Init.(*ast.AssignStmt); ok && a.Tok == token.DEFINE && escapes(s.Body) {
			for _, l := range a.Lhs {
				if o := e.c.info.Defs[l.(*ast.Ident)]; o != nil && !isBlank(l) {
					vars = append(vars, o)
				}
			}
		}
	}
	cond, before, post := "", "", ""
	if s.Cond != nil {
		e.unsure++
		before = e.capture(func() { cond = e.expr(s.Cond) })
		e.unsure--
	}
	if s.Post != nil {
		post = strings.TrimSpace(e.capture(func() { e.postStmt(s.Post) }))
	}
	tail := e.loopHead(label, cond, before, post)
	again := e.copyVars(vars)
	e.loops = append(e.loops, loop{label: label, again: again, repeats: true})
	e.inside(s, func() { e.stmts(s.Body.List) })
	e.loops = e.loops[:len(e.loops)-1]
	if again != "" {
		e.line("%s", again)
	}
	e.line("}%s", tail)
}

func (e *emitter) postStmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.IncDecStmt:
		e.incDec(s)
	case *ast.AssignStmt:
		e.assign(s)
	default:
		e.stmt(s)
	}
}

// loopHead prints the head of a loop. A condition or step that takes more than an expression moves into the body.
func (e *emitter) loopHead(label, cond, before, post string) (tail string) {
	if before == "" && !strings.Contains(post, "\n") {
		if cond == "" && post == "" {
			e.head(label, "for {")
		} else {
			e.head(label, "for ; %s; %s {", cond, post)
		}
		return ""
	}
	first := e.temp()
	e.line("%s := true", first)
	e.head(label, "for {")
	e.line("if %s {\n%s = false\n} else {\n%s\n}", first, first, post)
	if cond != "" {
		e.line("%sif !(%s) {\nbreak\n}", before, cond)
	}
	return ""
}

// copyVars gives each iteration its own loop variables, and the line that carries their values on.
func (e *emitter) copyVars(vars []types.Object) (again string) {
	var lines []string
	for _, o := range vars {
		outer := e.names[o]
		inner := e.unused(o.Name())
		e.line("%s := %s", inner, outer)
		e.names[o] = inner
		lines = append(lines, outer+" = "+inner)
	}
	return strings.Join(lines, "\n")
}

func (e *emitter) rangeStmt(s *ast.RangeStmt, label string) {
	t := e.typeOf(s.X)
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsInteger != 0 {
			e.rangeInt(s, label)
			return
		}
		e.rangeString(s, label)
		return
	case *types.Signature:
		e.rangeFunc(s, u, label)
		return
	case *types.Chan:
		e.rangeChan(s, u, label)
		return
	}
	e.line("{")
	defer e.line("}")
	over := e.temp()
	key, value := rangeTypes(t)
	text := e.expr(s.X)
	if _, ok := t.Underlying().(*types.Pointer); ok { // the array itself, not a copy
		array := e.temp()
		e.line("%s := %s", array, text)
		text = "(*" + array + ")[:]"
	}
	e.line("%s := %s", over, text)
	k, v := e.rangeName(s.Key), e.rangeName(s.Value)
	switch {
	case v != "":
		e.head(label, "for %s, %s := range %s {", blankIfEmpty(k), v, over)
	case k != "":
		e.head(label, "for %s := range %s {", k, over)
	default:
		k = e.temp()
		e.head(label, "for %s := range %s {", k, over)
		e.line("_ = %s", k)
	}
	e.bind(s, s.Key, k, key)
	e.bind(s, s.Value, v, value)
	e.inside(s, func() { e.body(s.Body, label) })
}

// rangeString has a native take the text apart: the interpreter miscounts bytes that are no UTF-8.
func (e *emitter) rangeString(s *ast.RangeStmt, label string) {
	e.line("{")
	defer e.line("}")
	runes, offsets, i, r := e.temp(), e.temp(), e.temp(), e.temp()
	e.line("%s, %s := %s.Runes(%s)", runes, offsets, wordsName, e.to(s.X, types.Typ[types.String]))
	e.head(label, "for %s, %s := range %s {", i, r, runes)
	e.line("_ = %s", r)
	at := e.temp()
	e.line("%s := %s[%s]", at, offsets, i)
	e.line("_ = %s", at)
	e.bind(s, s.Key, pick(s.Key == nil || isBlank(s.Key), "", at), types.Typ[types.Int])
	e.bind(s, s.Value, pick(s.Value == nil || isBlank(s.Value), "", r), types.Typ[types.Rune])
	e.inside(s, func() { e.body(s.Body, label) })
}

func blankIfEmpty(name string) string {
	if name == "" {
		return "_"
	}
	return name
}

func (e *emitter) rangeName(x ast.Expr) string {
	if x == nil || isBlank(x) {
		return ""
	}
	return e.temp()
}

// bind gives an iteration's value to the variable of the range statement.
func (e *emitter) bind(s *ast.RangeStmt, x ast.Expr, name string, t types.Type) {
	if name == "" || x == nil || isBlank(x) {
		return
	}
	if s.Tok == token.DEFINE {
		o := e.c.info.Defs[x.(*ast.Ident)]
		e.line("%s := %s", e.local(o), name)
		return
	}
	e.store(x, e.convert(name, t, e.targetType(x)))
}

func (e *emitter) body(b *ast.BlockStmt, label string) {
	e.loops = append(e.loops, loop{label: label, repeats: true})
	e.stmts(b.List)
	e.loops = e.loops[:len(e.loops)-1]
	e.line("}")
}

func rangeTypes(t types.Type) (key, value types.Type) {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return types.Typ[types.Int], u.Elem()
	case *types.Array:
		return types.Typ[types.Int], u.Elem()
	case *types.Pointer:
		return rangeTypes(u.Elem())
	case *types.Map:
		return u.Key(), u.Elem()
	case *types.Chan:
		return u.Elem(), nil
	}
	return types.Typ[types.Int], types.Typ[types.Rune]
}

func (e *emitter) rangeInt(s *ast.RangeStmt, label string) {
	t := types.Default(e.typeOf(s.X))
	if s.Key != nil && !isBlank(s.Key) {
		t = e.targetType(s.Key)
	}
	kind := e.spell(t)
	n, i := e.temp(), e.temp()
	e.line("%s := %s", n, e.to(s.X, t))
	e.head(label, "for %s := %s(0); %s < %s; %s++ {", i, kind, i, n, i)
	if s.Key != nil && !isBlank(s.Key) {
		e.bind(s, s.Key, i, t)
	}
	e.body(s.Body, label)
}
