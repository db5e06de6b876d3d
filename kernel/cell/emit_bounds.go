package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"math"
)

// The interpreter's own message for an index out of range has no numbers. Where the operands are plain, a check before
// the statement gives Go's message; loops whose bounds make it needless go without. Elsewhere, in conditions that may
// not be evaluated at all, the message stays short.

// A pair is a list and a variable that surely indexes it.
type pair struct{ list, index types.Object }

// checkIndex prints the check of x[i].
func (e *emitter) checkIndex(x *ast.IndexExpr, list string) {
	if e.called || e.unsure > 0 || !plainOperand(x.X) || !plainOperand(x.Index) || e.isSafe(x) {
		return
	}
	if tv := e.c.info.Types[x.Index]; tv.Value != nil {
		if _, array := e.typeOf(x.X).Underlying().(*types.Array); !array {
			e.line("if len(%s) <= %s {\n%s.OutOfRange(%s, len(%s))\n}", list, tv.Value.ExactString(), wordsName, tv.Value.ExactString(), list)
		}
		return
	}
	i := e.expr(x.Index)
	if e.spell(e.typeOf(x.Index)) != "int" {
		i = "int(" + i + ")"
	}
	e.line("if %s < 0 || %s >= len(%s) {\n%s.OutOfRange(%s, len(%s))\n}", i, i, list, wordsName, i, list)
}

// checkSlice prints the check of x[lo:hi].
func (e *emitter) checkSlice(x *ast.SliceExpr, list string) {
	if e.called || e.unsure > 0 || x.Slice3 || !plainOperand(x.X) || x.Low != nil && !plainOperand(x.Low) || x.High != nil && !plainOperand(x.High) {
		return
	}
	lo, hi, size, what := "0", "len("+list+")", "cap("+list+")", "capacity"
	if x.Low != nil {
		lo = e.to(x.Low, types.Typ[types.Int])
	}
	if x.High != nil {
		hi = e.to(x.High, types.Typ[types.Int])
	}
	if _, isSlice := e.typeOf(x.X).Underlying().(*types.Slice); !isSlice {
		size, what = "len("+list+")", "length"
	}
	e.line("if %s < 0 || %s > %s || %s > %s {\n%s.BadSlice(%s, %s, %s, %q, %t)\n}", lo, lo, hi, hi, size, wordsName, lo, hi, size, what, x.High != nil)
}

// plainOperand reports whether an expression can be evaluated twice: names, fields, constants, sums of them, and elements
// of lists.
func plainOperand(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident, *ast.BasicLit:
		return true
	case *ast.ParenExpr:
		return plainOperand(x.X)
	case *ast.SelectorExpr:
		return plainOperand(x.X)
	case *ast.StarExpr:
		return plainOperand(x.X)
	case *ast.UnaryExpr:
		return x.Op == token.SUB && plainOperand(x.X)
	case *ast.IndexExpr:
		return plainOperand(x.X) && plainOperand(x.Index)
	case *ast.BinaryExpr:
		return (x.Op == token.ADD || x.Op == token.SUB || x.Op == token.MUL) && plainOperand(x.X) && plainOperand(x.Y)
	case *ast.CallExpr:
		id, ok := x.Fun.(*ast.Ident)
		return ok && id.Name == "len" && len(x.Args) == 1 && plainOperand(x.Args[0])
	}
	return false
}

func (e *emitter) isSafe(x *ast.IndexExpr) bool {
	list, ok := ast.Unparen(x.X).(*ast.Ident)
	index, is := ast.Unparen(x.Index).(*ast.Ident)
	return ok && is && e.safe[pair{e.c.object(list), e.c.object(index)}]
}

// boundedBy finds the pair that a loop makes safe: range over the list, or an index that stays below its length.
func (e *emitter) boundedBy(s ast.Stmt) (p pair, ok bool) {
	var list, index ast.Expr
	var body ast.Node
	switch s := s.(type) {
	case *ast.RangeStmt:
		list, index, body = s.X, s.Key, s.Body
	case *ast.ForStmt:
		cond, is := s.Cond.(*ast.BinaryExpr)
		a, def := s.Init.(*ast.AssignStmt)
		step, inc := s.Post.(*ast.IncDecStmt)
		if !is || !def || !inc || cond.Op != token.LSS || step.Tok != token.INC || len(a.Rhs) != 1 || !e.isWhole(a.Rhs[0]) {
			return p, false
		}
		call, is := cond.Y.(*ast.CallExpr)
		if !is || len(call.Args) != 1 || !isIdent(call.Fun, "len") {
			return p, false
		}
		list, index, body = call.Args[0], cond.X, s.Body
	}
	x, okX := list.(*ast.Ident)
	i, okI := index.(*ast.Ident)
	if !okX || !okI || isBlank(i) {
		return p, false
	}
	p = pair{e.c.object(x), e.c.object(i)}
	return p, p.list != nil && p.index != nil && !e.changes(body, p)
}

// isWhole reports whether x is a constant of at least 0.
func (e *emitter) isWhole(x ast.Expr) bool {
	tv := e.c.info.Types[x]
	return tv.Value != nil && len(tv.Value.ExactString()) > 0 && tv.Value.ExactString()[0] != '-'
}

func isIdent(x ast.Expr, name string) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == name
}

// changes reports whether a body may change the list or the index.
func (e *emitter) changes(body ast.Node, p pair) (found bool) {
	hits := func(x ast.Expr) {
		if id, ok := ast.Unparen(x).(*ast.Ident); ok {
			o := e.c.object(id)
			found = found || o == p.list || o == p.index
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				hits(l)
			}
		case *ast.IncDecStmt:
			hits(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				hits(n.X)
			}
		}
		return !found
	})
	return found
}

// inside prints the body of a loop with what the loop makes safe.
func (e *emitter) inside(s ast.Stmt, print func()) {
	p, ok := e.boundedBy(s)
	if ok && !e.safe[p] {
		e.safe[p] = true
		defer delete(e.safe, p)
	}
	print()
}

// outOfRange is Go's panic for an index.
func outOfRange(i, n int) {
	if i < 0 {
		panic(runtimeError(fmt.Sprintf("runtime error: index out of range [%d]", i)))
	}
	panic(runtimeError(fmt.Sprintf("runtime error: index out of range [%d] with length %d", i, n)))
}

// badSlice is Go's panic for the bounds of a slice.
func badSlice(lo, hi, size int, what string, given bool) {
	switch {
	case given && (hi < 0 || hi > size):
		if hi < 0 {
			panic(runtimeError(fmt.Sprintf("runtime error: slice bounds out of range [:%d]", hi)))
		}
		panic(runtimeError(fmt.Sprintf("runtime error: slice bounds out of range [:%d] with %s %d", hi, what, size)))
	case lo < 0:
		panic(runtimeError(fmt.Sprintf("runtime error: slice bounds out of range [%d:]", lo)))
	}
	panic(runtimeError(fmt.Sprintf("runtime error: slice bounds out of range [%d:%d]", lo, min(hi, math.MaxInt))))
}
