package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Channel operations are calls of natives, which an interrupt reaches.

// receive prints <-ch.
func (e *emitter) receive(x *ast.UnaryExpr) string {
	t := e.typeOf(x.X).Underlying().(*types.Chan).Elem()
	return e.unpack(fmt.Sprintf("%s.Recv(%s)", wordsName, e.expr(x.X)), t)
}

// receiveOK prints v, ok := <-ch into variables of its own.
func (e *emitter) receiveOK(x *ast.UnaryExpr) (value, ok string, t types.Type) {
	t = e.typeOf(x.X).Underlying().(*types.Chan).Elem()
	held := e.temp()
	value, ok = e.temp(), e.temp()
	e.line("%s, %s := %s.RecvOK(%s)", held, ok, wordsName, e.expr(x.X))
	e.received(value, held, t)
	return value, ok, t
}

// received declares a variable of type t with what a native received.
func (e *emitter) received(value, held string, t types.Type) {
	e.line("var %s %s", value, e.spell(t))
	e.line("if %s != nil {\n%s = %s\n}", held, value, e.unpack(held, t))
}

func (e *emitter) rangeChan(s *ast.RangeStmt, t *types.Chan, label string) {
	over, held, ok := e.temp(), e.temp(), e.temp()
	e.line("{\n%s := %s", over, e.expr(s.X))
	e.head(label, "for {")
	e.line("%s, %s := %s.RecvOK(%s)", held, ok, wordsName, over)
	e.line("if !%s {\nbreak\n}", ok)
	if s.Key != nil && !isBlank(s.Key) {
		value := e.temp()
		e.received(value, held, t.Elem())
		e.bind(s, s.Key, value, t.Elem())
	} else {
		e.line("_ = %s", held)
	}
	e.body(s.Body, label)
	e.line("}")
}

func (e *emitter) selectStmt(s *ast.SelectStmt, label string) {
	var channels, values []string
	hasDefault := false
	numbers := make([]int, len(s.Body.List))
	for i, c := range s.Body.List {
		comm := c.(*ast.CommClause).Comm
		if comm == nil {
			hasDefault, numbers[i] = true, -1
			continue
		}
		numbers[i] = len(channels)
		channel, value := e.commCase(comm)
		channels, values = append(channels, channel), append(values, value)
	}
	chosen, held, ok := e.temp(), e.temp(), e.temp()
	e.line("%s, %s, %s := %s.Select(%t, []interface{}{%s}, []interface{}{%s})", chosen, held, ok, wordsName, hasDefault, strings.Join(channels, ", "), strings.Join(values, ", "))
	e.line("_, _ = %s, %s", held, ok)
	e.head(label, "switch {")
	e.loops = append(e.loops, loop{label: label})
	for i, c := range s.Body.List {
		clause := c.(*ast.CommClause)
		e.line("case %s == %d:", chosen, numbers[i])
		e.commAssign(clause.Comm, held, ok)
		e.stmts(clause.Body)
	}
	e.loops = e.loops[:len(e.loops)-1]
	e.line("}")
}

// commCase gives the channel of a case and the value it sends, or the mark of a receive.
func (e *emitter) commCase(comm ast.Stmt) (channel, value string) {
	var x ast.Expr
	switch comm := comm.(type) {
	case *ast.SendStmt:
		elem := e.typeOf(comm.Chan).Underlying().(*types.Chan).Elem()
		return e.expr(comm.Chan), e.to(comm.Value, elem)
	case *ast.ExprStmt:
		x = comm.X
	case *ast.AssignStmt:
		x = comm.Rhs[0]
	}
	return e.expr(ast.Unparen(x).(*ast.UnaryExpr).X), wordsName + ".Receive"
}

// commAssign gives what a case received to its variables.
func (e *emitter) commAssign(comm ast.Stmt, held, ok string) {
	s, is := comm.(*ast.AssignStmt)
	if !is {
		return
	}
	t := e.typeOf(ast.Unparen(s.Rhs[0]).(*ast.UnaryExpr).X).Underlying().(*types.Chan).Elem()
	value := e.temp()
	e.received(value, held, t)
	e.finishOK(s.Lhs, value, t, ok, s.Tok == token.DEFINE)
	for _, l := range s.Lhs {
		if id, plain := l.(*ast.Ident); plain && !isBlank(l) && s.Tok == token.DEFINE {
			e.line("_ = %s", e.place(id))
		}
	}
}
