package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
)

func (d *desugarer) call(cursor *astutil.Cursor, n *ast.CallExpr) {
	fun := ast.Unparen(n.Fun)
	if id, ok := fun.(*ast.Ident); ok {
		if b, ok := d.c.info.Uses[id].(*types.Builtin); ok {
			d.builtin(cursor, n, b.Name())
			return
		}
		if strings.HasPrefix(id.Name, "k_") {
			d.showError(n, id.Name)
			return
		}
	}
	if tv, ok := d.c.info.Types[fun]; ok && tv.IsType() {
		d.convert(cursor, n, tv.Type)
		return
	}
	sig, ok := under(d.typ(fun)).(*types.Signature)
	if !ok {
		return
	}
	d.arguments(n, sig)
	d.resultType(n, sig)
	d.errorInside(cursor, n)
	d.scalarCall(cursor, n)
}

// resultType notes the type of a call whose arguments were wrong for Go before this pass.
func (d *desugarer) resultType(n *ast.CallExpr, sig *types.Signature) {
	if d.c.typ(n) != nil || sig.TypeParams() != nil {
		return
	}
	switch r := sig.Results(); r.Len() {
	case 0:
	case 1:
		d.types[n] = r.At(0).Type()
	default:
		d.types[n] = r
	}
}

func (d *desugarer) arguments(n *ast.CallExpr, sig *types.Signature) {
	if len(n.Args) == 1 {
		if t, ok := d.typ(n.Args[0]).(*types.Tuple); ok {
			if leavesOutError(sig, t) {
				d.takeError(n.Args, t.Len()-1)
			}
			return
		}
	}
	for i := range n.Args {
		if i >= sig.Params().Len() && !sig.Variadic() || n.Ellipsis.IsValid() && i == len(n.Args)-1 {
			return
		}
		t := paramType(sig, i)
		if _, generic := t.(*types.TypeParam); !generic {
			n.Args[i] = d.coerce(n.Args[i], t)
		}
	}
}

// leavesOutError reports whether f(g()) is no Go as it stands, but is without the last result of g.
func leavesOutError(sig *types.Signature, results *types.Tuple) bool {
	taken := results.Len() - 1
	if !sig.Variadic() {
		return sig.Params().Len() == taken
	}
	fixed := sig.Params().Len() - 1
	return taken >= fixed && !types.AssignableTo(results.At(taken).Type(), paramType(sig, taken))
}

// convert rewrites conversions of quantities and arrays to plain numbers and lists.
func (d *desugarer) convert(cursor *astutil.Cursor, n *ast.CallExpr, t types.Type) {
	if len(n.Args) != 1 {
		return
	}
	c := d.class(n.Args[0])
	if c == other || !physical(c) && !physical(d.classOf(t)) {
		return
	}
	if y := d.coerce(n.Args[0], t); y != n.Args[0] {
		cursor.Replace(y)
	}
}

func (d *desugarer) builtin(cursor *astutil.Cursor, n *ast.CallExpr, name string) {
	switch name {
	case "len":
		if len(n.Args) == 1 && physical(d.class(n.Args[0])) {
			cursor.Replace(d.native("k_len", n.Pos(), types.Typ[types.Int], n.Args[0]))
		}
	case "append":
		if len(n.Args) == 0 || n.Ellipsis.IsValid() {
			return
		}
		if s, ok := under(d.typ(n.Args[0])).(*types.Slice); ok {
			for i := range n.Args[1:] {
				n.Args[i+1] = d.coerce(n.Args[i+1], s.Elem())
			}
			if d.c.typ(n) == nil {
				d.types[n] = d.typ(n.Args[0])
			}
		}
	case "make":
		for i := range n.Args {
			if i > 0 && physical(d.class(n.Args[i])) {
				n.Args[i] = d.native("k_int", n.Args[i].Pos(), types.Typ[types.Int], n.Args[i])
			}
		}
	case "min", "max":
		d.extreme(cursor, n, name)
	}
}

// extreme gives min and max of quantities.
func (d *desugarer) extreme(cursor *astutil.Cursor, n *ast.CallExpr, name string) {
	any, all := false, true
	for _, a := range n.Args {
		c := d.class(a)
		any = any || c == quantityClass || c == arrayClass
		all = all && (c == quantityClass || c == number || c == arrayClass)
	}
	if !any || !all {
		return
	}
	y := d.coerce(n.Args[0], d.quantity)
	for _, a := range n.Args[1:] {
		y = d.native("k_"+name, n.Pos(), d.quantity, y, d.coerce(a, d.quantity))
	}
	cursor.Replace(y)
}

// elementwise are the functions of arrays that give a quantity for a quantity.
var elementwise = map[string]bool{"Abs": true, "Sqrt": true, "Exp": true, "Log": true, "Log10": true, "Sin": true, "Cos": true, "Tan": true,
	"Tanh": true, "Atan2": true, "Pow": true, "Mod": true, "Round": true, "Floor": true, "Ceil": true, "Clip": true}

// scalarCall makes a quantity of what an elementwise function gives for quantities and plain numbers.
func (d *desugarer) scalarCall(cursor *astutil.Cursor, n *ast.CallExpr) {
	f := d.called(n)
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != unitsPath || !elementwise[f.Name()] || f.Signature().Recv() != nil {
		return
	}
	for _, a := range n.Args {
		if c := d.class(a); c != quantityClass && c != number {
			return
		}
	}
	if p, ok := cursor.Parent().(*ast.CallExpr); ok && wordCall(p, "k_quantity") != nil {
		return
	}
	cursor.Replace(d.native("k_quantity", n.Pos(), d.quantity, n))
}

// takeError lets a call leave out its trailing error where want values are taken: a native then stops the cell.
func (d *desugarer) takeError(list []ast.Expr, want int) {
	call, ok := ast.Unparen(list[0]).(*ast.CallExpr)
	if !ok {
		return
	}
	if t, ok := d.typ(call).(*types.Tuple); ok && t.Len() == want+1 && isError(t.At(want).Type()) {
		list[0] = d.must(call, t)
	}
}

func (d *desugarer) must(call *ast.CallExpr, t *types.Tuple) ast.Expr {
	y := word(fmt.Sprintf("k_must%d", t.Len()-1), call.Pos(), call)
	switch t.Len() {
	case 2:
		return d.made(y, t.At(0).Type())
	default:
		var rest []*types.Var
		for i := range t.Len() - 1 {
			rest = append(rest, t.At(i))
		}
		return d.made(y, types.NewTuple(rest...))
	}
}

// errorInside lets a call inside an expression leave out its trailing error.
func (d *desugarer) errorInside(cursor *astutil.Cursor, n *ast.CallExpr) {
	t, ok := d.typ(n).(*types.Tuple)
	if !ok || t.Len() != 2 || !isError(t.At(1).Type()) {
		return
	}
	switch p := cursor.Parent().(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr, *ast.IndexExpr, *ast.SelectorExpr, *ast.ParenExpr, *ast.SliceExpr, *ast.KeyValueExpr, *ast.CompositeLit, *ast.StarExpr, *ast.TypeAssertExpr:
		if _, sel := p.(*ast.SelectorExpr); sel || cursor.Name() != "Fun" {
			cursor.Replace(d.must(n, t))
		}
	case *ast.CallExpr:
		if tv := d.c.info.Types[p.Fun]; cursor.Name() == "Args" && (len(p.Args) > 1 || tv.IsType() || tv.IsBuiltin()) {
			cursor.Replace(d.must(n, t))
		}
	case *ast.RangeStmt:
		cursor.Replace(d.must(n, t))
	case *ast.AssignStmt:
		if len(p.Rhs) > 1 {
			cursor.Replace(d.must(n, t))
		}
	}
}

// showError takes the trailing error of the last expression.
func (d *desugarer) showError(n *ast.CallExpr, name string) {
	if name != "k_show" || len(n.Args) != 1 {
		return
	}
	call, ok := ast.Unparen(n.Args[0]).(*ast.CallExpr)
	if !ok || d.silent(call) {
		return
	}
	if t, ok := d.typ(call).(*types.Tuple); ok && isError(t.At(t.Len()-1).Type()) {
		n.Args[0] = d.must(call, t)
	}
}

// ours reports whether a function is one of this project's.
func (d *desugarer) ours(f *types.Func) bool {
	return f.Pkg() != nil && (f.Pkg() == d.s.words || strings.HasPrefix(f.Pkg().Path(), home))
}

// exprStmt has errors of golgi's own functions stop the cell where nobody takes them.
func (d *desugarer) exprStmt(n *ast.ExprStmt) {
	call, ok := ast.Unparen(n.X).(*ast.CallExpr)
	if !ok {
		return
	}
	f := d.called(call)
	if f == nil || !d.ours(f) || strings.HasPrefix(f.Name(), "k_") {
		return
	}
	r := f.Signature().Results()
	if r.Len() == 0 || !isError(r.At(r.Len()-1).Type()) {
		return
	}
	if r.Len() == 1 {
		n.X = d.made(word("k_must0", call.Pos(), call), types.NewTuple())
		return
	}
	n.X = d.made(word(fmt.Sprintf("k_must%d", r.Len()-1), call.Pos(), call), nil)
}
