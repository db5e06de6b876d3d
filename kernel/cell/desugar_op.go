package cell

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"
)

// opNames are the natives of the operators; letters for the operands follow: Q quantity, F plain number, A array.
var opNames = map[token.Token]string{
	token.ADD: "k_add", token.SUB: "k_sub", token.MUL: "k_mul", token.QUO: "k_div", token.REM: "k_mod",
	token.LSS: "k_lt", token.LEQ: "k_le", token.GTR: "k_gt", token.GEQ: "k_ge", token.EQL: "k_eq", token.NEQ: "k_ne",
	token.LAND: "k_and", token.LOR: "k_or",
}

func isComparison(op token.Token) bool {
	switch op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ:
		return true
	}
	return false
}

func (d *desugarer) binary(cursor *astutil.Cursor, n *ast.BinaryExpr) {
	if y := d.operate(n.Op, n.OpPos, n.X, n.Y); y != nil {
		cursor.Replace(y)
	}
}

// operate makes the call for an operator with a quantity or array beside it; nil where Go's own operator is meant.
func (d *desugarer) operate(op token.Token, pos token.Pos, x, y ast.Expr) ast.Expr {
	cx, cy := d.class(x), d.class(y)
	lists := op != token.EQL && op != token.NEQ && (cx == listClass && (cy == number || cy == listClass) || cx == number && cy == listClass)
	if !physical(cx) && !physical(cy) && !lists || d.isNil(x) || d.isNil(y) || cx == modelClass || cy == modelClass {
		return nil
	}
	name, ok := opNames[op]
	if !ok {
		hint := ""
		if op == token.XOR {
			hint = "a power is Pow(x, 2) or x.Pow(2)"
		}
		d.refuse(pos, hint, "the operator %s does not work on quantities and arrays", op)
		return nil
	}
	if cx != arrayClass && cy != arrayClass && cx != listClass && cy != listClass {
		if op == token.LAND || op == token.LOR || cx == other || cy == other || cx == boolean || cy == boolean {
			return nil
		}
		return d.quantities(name, op, pos, x, y, cx, cy)
	}
	if cx == other || cy == other {
		return nil
	}
	return d.native(name+"A", pos, d.array, d.operand(x, cx), d.operand(y, cy))
}

func (d *desugarer) quantities(name string, op token.Token, pos token.Pos, x, y ast.Expr, cx, cy class) ast.Expr {
	t := d.quantity
	if isComparison(op) {
		t = types.Typ[types.Bool]
	}
	switch {
	case cx == number:
		return d.native(name+"FQ", pos, t, d.float(x), y)
	case cy == number:
		return d.native(name+"QF", pos, t, x, d.float(y))
	}
	return d.native(name+"QQ", pos, t, x, y)
}

// operand makes the divisions of a plain number true.
func (d *desugarer) operand(x ast.Expr, c class) ast.Expr {
	if c == number && hasDivision(x) {
		return d.float(x)
	}
	return x
}

func hasDivision(x ast.Expr) bool {
	switch n := x.(type) {
	case *ast.ParenExpr:
		return hasDivision(n.X)
	case *ast.UnaryExpr:
		return hasDivision(n.X)
	case *ast.BinaryExpr:
		return n.Op == token.QUO || hasDivision(n.X) || hasDivision(n.Y)
	}
	return false
}

func (d *desugarer) isNil(x ast.Expr) bool {
	tv, ok := d.c.info.Types[x]
	return ok && tv.IsNil()
}

func (d *desugarer) unary(cursor *astutil.Cursor, n *ast.UnaryExpr) {
	c := d.class(n.X)
	if c != quantityClass && c != arrayClass {
		return
	}
	t, suffix := d.quantity, "Q"
	if c == arrayClass {
		t, suffix = d.array, "A"
	}
	switch n.Op {
	case token.SUB:
		cursor.Replace(d.native("k_neg"+suffix, n.OpPos, t, n.X))
	case token.ADD:
		d.made(n.X, t)
		cursor.Replace(n.X)
	case token.NOT:
		if c == arrayClass {
			cursor.Replace(d.native("k_notA", n.OpPos, t, n.X))
		}
	case token.XOR:
		d.refuse(n.OpPos, "a power is Pow(x, 2) or x.Pow(2)", "the operator ^ does not work on quantities and arrays")
	}
}

// condition makes a truth value of a mask without axes; one with axes stops the cell when it runs.
func (d *desugarer) condition(x ast.Expr) ast.Expr {
	if x != nil && d.class(x) == arrayClass {
		return d.native("k_bool", x.Pos(), types.Typ[types.Bool], x)
	}
	return x
}

func (d *desugarer) ranges(n *ast.RangeStmt) {
	switch d.class(n.X) {
	case arrayClass:
		n.X = d.native("k_elements", n.X.Pos(), types.NewSlice(d.array), n.X)
		d.bindRange(n)
	case quantityClass:
		n.X = d.native("k_int", n.X.Pos(), types.Typ[types.Int], n.X)
	}
}

// bindRange gives the variables of a range over an array their types for the rest of this pass.
func (d *desugarer) bindRange(n *ast.RangeStmt) {
	if n.Tok != token.DEFINE {
		return
	}
	for i, x := range []ast.Expr{n.Key, n.Value} {
		if id, ok := x.(*ast.Ident); ok {
			if o := d.c.info.Defs[id]; o != nil {
				d.vars[o] = []types.Type{types.Typ[types.Int], d.array}[i]
			}
		}
	}
}

func (d *desugarer) incDec(cursor *astutil.Cursor, n *ast.IncDecStmt) {
	if c := d.class(n.X); c != quantityClass && c != arrayClass {
		return
	}
	op := token.ADD_ASSIGN
	if n.Tok == token.DEC {
		op = token.SUB_ASSIGN
	}
	one := &ast.BasicLit{ValuePos: n.TokPos, Kind: token.INT, Value: "1"}
	d.types[one] = types.Typ[types.UntypedInt]
	s := &ast.AssignStmt{Lhs: []ast.Expr{n.X}, TokPos: n.TokPos, Tok: op, Rhs: []ast.Expr{one}}
	d.changed = true
	cursor.Replace(s)
}
