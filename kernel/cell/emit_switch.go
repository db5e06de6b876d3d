package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// switchStmt prints a switch without tag: each case is a condition.
func (e *emitter) switchStmt(s *ast.SwitchStmt, label string) {
	e.line("{")
	defer e.line("}")
	if s.Init != nil {
		e.stmt(s.Init)
	}
	tag, t := "", types.Type(types.Typ[types.Bool])
	if s.Tag != nil {
		tag = e.temp()
		t = types.Default(e.typeOf(s.Tag))
		e.newVar(tag, e.to(s.Tag, t), t)
	}
	e.head(label, "switch {")
	e.loops = append(e.loops, loop{label: label})
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		e.caseHead(clause, tag, t)
		e.stmts(clause.Body)
	}
	e.loops = e.loops[:len(e.loops)-1]
	e.line("}")
}

func (e *emitter) caseHead(c *ast.CaseClause, tag string, t types.Type) {
	if c.List == nil {
		e.line("default:")
		return
	}
	var conditions []string
	for _, x := range c.List {
		switch {
		case tag == "":
			conditions = append(conditions, e.lazy(x))
		case e.c.info.Types[x].IsNil():
			conditions = append(conditions, tag+" == nil")
		default:
			conditions = append(conditions, e.equal(tag, t, e.to(x, sameUnlessInterface(t, e.typeOf(x))), e.typeOf(x), token.EQL))
		}
	}
	e.line("case %s:", strings.Join(conditions, " || "))
}

// sameUnlessInterface is the type a case is printed in: that of the tag, but its own beside an interface.
func sameUnlessInterface(tag, own types.Type) types.Type {
	if types.IsInterface(tag) {
		return own
	}
	return tag
}

// typeSwitch prints a type switch as a switch over questions to a native.
func (e *emitter) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	e.line("{")
	defer e.line("}")
	if s.Init != nil {
		e.stmt(s.Init)
	}
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X.(*ast.TypeAssertExpr).X
	case *ast.AssignStmt:
		x = a.Rhs[0].(*ast.TypeAssertExpr).X
	}
	held := e.temp()
	e.newVar(held, e.expr(x), types.NewInterfaceType(nil, nil))
	e.head(label, "switch {")
	e.loops = append(e.loops, loop{label: label})
	for _, c := range s.Body.List {
		e.typeClause(c.(*ast.CaseClause), held, e.typeOf(x))
	}
	e.loops = e.loops[:len(e.loops)-1]
	e.line("}")
}

func (e *emitter) typeClause(c *ast.CaseClause, held string, t types.Type) {
	var conditions []string
	for _, x := range c.List {
		if e.c.info.Types[x].IsNil() {
			conditions = append(conditions, held+" == nil")
			continue
		}
		conditions = append(conditions, fmt.Sprintf("%s.Is(%s, %d)", wordsName, held, e.kind(e.typeOf(x))))
	}
	if c.List == nil {
		e.line("default:")
	} else {
		e.line("case %s:", strings.Join(conditions, " || "))
	}
	if o := e.c.info.Implicits[c]; o != nil {
		e.clauseVar(o, c, held, t)
	}
	e.stmts(c.Body)
}

// clauseVar declares the variable of a clause.
func (e *emitter) clauseVar(o types.Object, c *ast.CaseClause, held string, t types.Type) {
	name := e.local(o)
	if len(c.List) == 1 && !e.c.info.Types[c.List[0]].IsNil() {
		e.newVar(name, e.unpack(fmt.Sprintf("%s.Assert(%s, %d, %d)", wordsName, held, e.kind(o.Type()), e.kind(t)), o.Type()), o.Type())
	} else {
		e.newVar(name, e.unpack(held, t), t)
	}
	e.line("_ = %s", name)
}
