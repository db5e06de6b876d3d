package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"math"
	"strconv"

	"golang.org/x/tools/go/ast/astutil"
)

// index rewrites x[i] where x is an array, a variable of a model or a model; and an index that is a quantity or array.
func (d *desugarer) index(cursor *astutil.Cursor, n *ast.IndexExpr) {
	if tv, ok := d.c.info.Types[n.Index]; ok && tv.IsType() {
		return
	}
	if d.assigned(cursor) {
		return // the assignment rewrites the whole
	}
	switch d.class(n.X) {
	case arrayClass:
		if call := wordCall(n.X, "k_get"); call != nil { // a variable: the model may understand the index better
			cursor.Replace(d.native("k_getAt", n.Lbrack, d.array, call.Args[1], call.Args[2], n.Index))
			return
		}
		cursor.Replace(d.native("k_at", n.Lbrack, d.array, n.X, n.Index))
	case modelClass:
		next := d.native("k_next", n.Lbrack, types.Typ[types.Int], n.Index)
		cursor.Replace(d.part(n.X, n.Index, next, n.Lbrack))
	default:
		d.plainIndex(n)
	}
}

// plainIndex makes whole numbers of quantities that index plain Go values.
func (d *desugarer) plainIndex(n *ast.IndexExpr) {
	switch u := under(d.typ(n.X)).(type) {
	case *types.Map:
		n.Index = d.coerce(n.Index, u.Key())
	case *types.Slice, *types.Array, *types.Pointer, *types.Basic:
		if c := d.class(n.Index); c == quantityClass || c == arrayClass {
			n.Index = d.native("k_int", n.Index.Pos(), types.Typ[types.Int], n.Index)
		}
	}
}

// part makes g[i] and g[lo:hi] of a model a call of its method for them.
func (d *desugarer) part(x, low, high ast.Expr, pos token.Pos) ast.Expr {
	call := &ast.CallExpr{Fun: &ast.SelectorExpr{X: x, Sel: &ast.Ident{NamePos: pos, Name: "Subgroup"}}, Lparen: pos, Args: []ast.Expr{low, high}, Rparen: pos}
	o, _, _ := types.LookupFieldOrMethod(d.typ(x), true, d.c.pkg, "Subgroup")
	f, ok := o.(*types.Func)
	if !ok {
		d.refuse(pos, "", "a value of type %s has no parts", types.TypeString(d.typ(x), short))
		return x
	}
	return d.must(call, f.Signature().Results())
}

func (d *desugarer) slice(cursor *astutil.Cursor, n *ast.SliceExpr) {
	bound := func(x ast.Expr) ast.Expr {
		if x == nil {
			return &ast.Ident{NamePos: n.Lbrack, Name: "nil"}
		}
		return x
	}
	switch d.class(n.X) {
	case arrayClass:
		if d.assigned(cursor) {
			return
		}
		cursor.Replace(d.native("k_slice", n.Lbrack, d.array, n.X, bound(n.Low), bound(n.High)))
	case modelClass:
		low, high := n.Low, n.High
		if low == nil {
			low = &ast.BasicLit{ValuePos: n.Lbrack, Kind: token.INT, Value: "0"}
		}
		if high == nil {
			high = &ast.BasicLit{ValuePos: n.Lbrack, Kind: token.INT, Value: strconv.Itoa(math.MaxInt)}
		}
		cursor.Replace(d.part(n.X, low, high, n.Lbrack))
	default:
		for _, x := range []*ast.Expr{&n.Low, &n.High, &n.Max} {
			if *x != nil && physical(d.class(*x)) {
				*x = d.native("k_int", (*x).Pos(), types.Typ[types.Int], *x)
			}
		}
	}
}

// assigned reports whether the node at hand stands on the left of an assignment.
func (d *desugarer) assigned(cursor *astutil.Cursor) bool {
	s, ok := cursor.Parent().(*ast.AssignStmt)
	return ok && cursor.Name() == "Lhs" && s != nil
}

// wordCall gives the call of a native by name.
func wordCall(x ast.Expr, name string) *ast.CallExpr {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if id, ok := call.Fun.(*ast.Ident); ok && id.Name == name {
		return call
	}
	return nil
}

// selector rewrites the variables of models.
func (d *desugarer) selector(cursor *astutil.Cursor, n *ast.SelectorExpr) {
	if d.class(n.X) != modelClass || d.assigned(cursor) {
		return
	}
	if t := d.typ(n.X); d.hasMember(t, n.Sel.Name) {
		return
	}
	name := &ast.BasicLit{ValuePos: n.Sel.Pos(), Kind: token.STRING, Value: `"` + n.Sel.Name + `"`}
	if n.Sel.Name == "N" {
		cursor.Replace(d.native("k_count", n.Sel.Pos(), types.Typ[types.Int], n.X))
		return
	}
	cursor.Replace(d.native("k_get", n.Sel.Pos(), d.array, n.X, name))
}

// hasMember reports whether a type has the field or method itself.
func (d *desugarer) hasMember(t types.Type, name string) bool {
	o, _, _ := types.LookupFieldOrMethod(t, true, d.c.pkg, name)
	return o != nil
}

// target describes a place on the left of an assignment that is no place of Go.
type target struct {
	object ast.Expr // the array, or the model
	name   ast.Expr // of the model's variable, nil for an array
	at     ast.Expr // nil for all of it
	low    ast.Expr // with high, a slice
	high   ast.Expr
}

// target understands x[i], x[lo:hi], g.v, g.v[i], g.v[lo:hi].
func (d *desugarer) target(l ast.Expr) (target, bool) {
	switch n := ast.Unparen(l).(type) {
	case *ast.SelectorExpr:
		if d.class(n.X) == modelClass && !d.hasMember(d.typ(n.X), n.Sel.Name) {
			return target{object: n.X, name: &ast.BasicLit{ValuePos: n.Sel.Pos(), Kind: token.STRING, Value: `"` + n.Sel.Name + `"`}}, true
		}
	case *ast.IndexExpr:
		return d.within(n.X, target{at: n.Index})
	case *ast.SliceExpr:
		low, high := n.Low, n.High
		if low == nil {
			low = &ast.Ident{NamePos: n.Lbrack, Name: "nil"}
		}
		if high == nil {
			high = &ast.Ident{NamePos: n.Lbrack, Name: "nil"}
		}
		return d.within(n.X, target{low: low, high: high})
	}
	return target{}, false
}

func (d *desugarer) within(x ast.Expr, t target) (target, bool) {
	if call := wordCall(x, "k_get"); call != nil {
		t.object, t.name = call.Args[1], call.Args[2]
		return t, true
	}
	if d.class(x) == arrayClass {
		t.object = x
		return t, true
	}
	return target{}, false
}
