package cell

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"
)

func (d *desugarer) assign(cursor *astutil.Cursor, n *ast.AssignStmt) {
	if n.Tok != token.DEFINE && len(n.Lhs) == 1 && len(n.Rhs) == 1 {
		if t, ok := d.target(n.Lhs[0]); ok {
			cursor.Replace(&ast.ExprStmt{X: d.write(t, n)})
			return
		}
	}
	if op, ok := assignOps[n.Tok]; ok {
		d.opAssign(n, op)
		return
	}
	if len(n.Rhs) == 1 {
		d.takeError(n.Rhs, len(n.Lhs))
	}
	if len(n.Lhs) != len(n.Rhs) {
		d.bindResults(n)
		return
	}
	for i, l := range n.Lhs {
		id, ok := l.(*ast.Ident)
		if ok && n.Tok == token.DEFINE {
			if o := d.c.info.Defs[id]; o != nil {
				d.bind(o, n.Rhs[i])
				continue
			}
		}
		if !isBlank(l) {
			n.Rhs[i] = d.coerce(n.Rhs[i], d.typ(l))
		}
	}
}

// bind gives a variable the type of its rewritten value for the rest of this pass.
func (d *desugarer) bind(o types.Object, value ast.Expr) {
	if t := d.typ(value); t != nil && (o.Type() == nil || o.Type() == types.Typ[types.Invalid]) {
		if _, tuple := t.(*types.Tuple); !tuple {
			d.vars[o] = types.Default(t)
		}
	}
}

func (d *desugarer) bindResults(n *ast.AssignStmt) {
	if n.Tok != token.DEFINE || len(n.Rhs) != 1 {
		return
	}
	t, ok := d.typ(n.Rhs[0]).(*types.Tuple)
	if !ok || t.Len() != len(n.Lhs) {
		return
	}
	for i, l := range n.Lhs {
		if id, ok := l.(*ast.Ident); ok {
			if o := d.c.info.Defs[id]; o != nil && (o.Type() == nil || o.Type() == types.Typ[types.Invalid]) {
				d.vars[o] = t.At(i).Type()
			}
		}
	}
}

// opAssign turns x += y into x = x + y where one of them is a quantity or array.
func (d *desugarer) opAssign(n *ast.AssignStmt, op token.Token) {
	y := d.operate(op, n.TokPos, n.Lhs[0], n.Rhs[0])
	if y == nil {
		return
	}
	n.Tok = token.ASSIGN
	n.Rhs[0] = d.coerce(y, d.typ(n.Lhs[0]))
}

// write makes the call that writes to a part of an array or to a model's variable.
func (d *desugarer) write(t target, n *ast.AssignStmt) ast.Expr {
	at := t.at
	switch {
	case t.low != nil:
		at = d.native("k_span", n.Lhs[0].Pos(), nil, t.low, t.high)
	case at == nil:
		at = &ast.Ident{NamePos: n.TokPos, Name: "nil"}
	}
	op := &ast.BasicLit{ValuePos: n.TokPos, Kind: token.STRING, Value: `"` + assignSign(n.Tok) + `"`}
	value := n.Rhs[0]
	if d.class(value) == number {
		value = d.operand(value, number)
	}
	if t.name == nil {
		return d.native("k_put", n.TokPos, nil, t.object, at, op, value)
	}
	return d.native("k_set", n.TokPos, nil, t.object, t.name, at, op, value)
}

// assignSign is the operator of an assignment, "" for the plain one.
func assignSign(tok token.Token) string {
	if op, ok := assignOps[tok]; ok {
		return op.String()
	}
	return ""
}

func (d *desugarer) valueSpec(n *ast.ValueSpec) {
	if len(n.Values) == 1 {
		d.takeError(n.Values, len(n.Names))
	}
	if len(n.Values) != len(n.Names) {
		return
	}
	for i, id := range n.Names {
		o := d.c.info.Defs[id]
		if o == nil {
			continue
		}
		if n.Type != nil {
			n.Values[i] = d.coerce(n.Values[i], o.Type())
		} else {
			d.bind(o, n.Values[i])
		}
	}
}

func (d *desugarer) returns(n *ast.ReturnStmt) {
	sig := d.funcs[len(d.funcs)-1]
	if sig == nil {
		return
	}
	if len(n.Results) == 1 && sig.Results().Len() > 0 {
		d.takeError(n.Results, sig.Results().Len())
	}
	if len(n.Results) == sig.Results().Len() {
		for i := range n.Results {
			n.Results[i] = d.coerce(n.Results[i], sig.Results().At(i).Type())
		}
	}
}

func (d *desugarer) composite(n *ast.CompositeLit) {
	switch u := under(d.typ(n)).(type) {
	case *types.Slice:
		d.elements(n, u.Elem())
	case *types.Array:
		d.elements(n, u.Elem())
	case *types.Map:
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				kv.Key, kv.Value = d.coerce(kv.Key, u.Key()), d.coerce(kv.Value, u.Elem())
			}
		}
	case *types.Struct:
		for i, e := range n.Elts {
			kv, keyed := e.(*ast.KeyValueExpr)
			if !keyed && i < u.NumFields() {
				n.Elts[i] = d.coerce(e, u.Field(i).Type())
			} else if keyed {
				if id, ok := kv.Key.(*ast.Ident); ok {
					if f := fieldIndex(u, id.Name); f >= 0 {
						kv.Value = d.coerce(kv.Value, u.Field(f).Type())
					}
				}
			}
		}
	}
}

func (d *desugarer) elements(n *ast.CompositeLit, elem types.Type) {
	for i, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			kv.Value = d.coerce(kv.Value, elem)
		} else {
			n.Elts[i] = d.coerce(e, elem)
		}
	}
}
