package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ast/astutil"
)

// settle checks a file and turns what is not Go into calls, again and again until nothing changes. Two passes are usual:
// types of rewritten expressions are known at once, those of variables that get them too.
func (s *session) settle(file *ast.File, extra map[string]types.Object) (*checked, []problem) {
	var d *desugarer
	for range 40 {
		c := s.check(file, extra, true)
		d = &desugarer{s: s, c: c, types: map[ast.Expr]types.Type{}, vars: map[types.Object]types.Type{}, quantity: s.quantity(), array: s.array()}
		if d.file(file); !d.changed {
			return c, d.explain(c.problems)
		}
		if len(d.problems) > 0 {
			return c, d.problems
		}
	}
	return nil, []problem{{pos: file.Pos(), message: "this cell is too deep to be understood"}}
}

// A desugarer rewrites one checked tree.
type desugarer struct {
	s               *session
	c               *checked
	changed         bool
	problems        []problem
	types           map[ast.Expr]types.Type     // of expressions made in this pass
	vars            map[types.Object]types.Type // of variables whose value was rewritten in this pass
	quantity, array types.Type
	funcs           []*types.Signature // of the functions around the node at hand
}

func (d *desugarer) file(file *ast.File) {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
			d.last(f.Body)
			if d.changed {
				return
			}
			astutil.Apply(f, d.before, d.after)
		}
	}
}

func (d *desugarer) refuse(pos token.Pos, hint, format string, args ...any) {
	d.problems = append(d.problems, problem{pos: pos, message: fmt.Sprintf(format, args...), hint: hint})
	d.changed = true
}

// typ is the type of an expression, as checked or as rewritten.
func (d *desugarer) typ(x ast.Expr) types.Type {
	if t, ok := d.types[x]; ok {
		return t
	}
	if p, ok := x.(*ast.ParenExpr); ok {
		return d.typ(p.X)
	}
	if id, ok := x.(*ast.Ident); ok {
		if t, ok := d.vars[d.c.object(id)]; ok {
			return t
		}
	}
	return d.c.typ(x)
}

func (d *desugarer) before(cursor *astutil.Cursor) bool {
	switch n := cursor.Node().(type) {
	case *ast.FuncDecl:
		sig, _ := d.c.info.Defs[n.Name].(*types.Func)
		if sig != nil {
			d.funcs = append(d.funcs, sig.Signature())
		} else {
			d.funcs = append(d.funcs, nil)
		}
	case *ast.FuncLit:
		sig, _ := d.c.typ(n).(*types.Signature)
		d.funcs = append(d.funcs, sig)
	}
	return true
}

func (d *desugarer) after(cursor *astutil.Cursor) bool {
	switch n := cursor.Node().(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		d.funcs = d.funcs[:len(d.funcs)-1]
	case *ast.BinaryExpr:
		d.binary(cursor, n)
	case *ast.UnaryExpr:
		d.unary(cursor, n)
	case *ast.IndexExpr:
		d.index(cursor, n)
	case *ast.SliceExpr:
		d.slice(cursor, n)
	case *ast.SelectorExpr:
		d.selector(cursor, n)
	case *ast.CallExpr:
		d.call(cursor, n)
	case *ast.AssignStmt:
		d.assign(cursor, n)
	case *ast.IncDecStmt:
		d.incDec(cursor, n)
	case *ast.ValueSpec:
		d.valueSpec(n)
	case *ast.ReturnStmt:
		d.returns(n)
	case *ast.RangeStmt:
		d.ranges(n)
	case *ast.IfStmt:
		n.Cond = d.condition(n.Cond)
	case *ast.ForStmt:
		n.Cond = d.condition(n.Cond)
	case *ast.CompositeLit:
		d.composite(n)
	case *ast.ExprStmt:
		d.exprStmt(n)
	case *ast.SendStmt:
		if ch, ok := under(d.typ(n.Chan)).(*types.Chan); ok {
			n.Value = d.coerce(n.Value, ch.Elem())
		}
	}
	return true
}

func under(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

// made notes the type of a new expression.
func (d *desugarer) made(x ast.Expr, t types.Type) ast.Expr {
	d.types[x] = t
	d.changed = true
	return x
}

// call of a native with the place of the operator as its first argument.
func (d *desugarer) native(name string, pos token.Pos, t types.Type, args ...ast.Expr) ast.Expr {
	place := &ast.BasicLit{ValuePos: pos, Kind: token.INT, Value: strconv.Itoa(int(pos))}
	return d.made(word(name, pos, append([]ast.Expr{place}, args...)...), t)
}

// last takes the mark off a last expression that has no value.
func (d *desugarer) last(body *ast.BlockStmt) {
	if len(body.List) == 0 {
		return
	}
	switch s := body.List[len(body.List)-1].(type) {
	case *ast.BlockStmt:
		d.last(s)
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return
		}
		if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "k_show" && d.silent(call.Args[0]) {
			s.X = call.Args[0]
			d.changed = true
		}
	}
}

// silent reports whether an expression has nothing to show: no value, or the counts that printing gives back.
func (d *desugarer) silent(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	if tv, ok := d.c.info.Types[call]; ok && tv.IsVoid() {
		return true
	}
	if id, ok := call.Fun.(*ast.Ident); ok {
		if b, ok := d.c.info.Uses[id].(*types.Builtin); ok && (b.Name() == "copy" || b.Name() == "recover" || b.Name() == "panic") {
			return true
		}
		if id.Name == "k_must0" {
			return true
		}
	}
	f := d.called(call)
	if f == nil || f.Pkg() == nil {
		return false
	}
	if f.Pkg().Path() == "fmt" {
		return f.Signature().Results().Len() == 2
	}
	return d.ours(f) && f.Signature().Results().Len() == 1 && isError(f.Signature().Results().At(0).Type())
}

// called is the function that a call names, nil where it calls a value.
func (d *desugarer) called(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	f, _ := d.c.info.Uses[id].(*types.Func)
	return f
}
