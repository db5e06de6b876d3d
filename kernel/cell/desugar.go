package cell

import (
	"go/ast"
	"go/types"
)

// settle checks a file and turns what is not Go into calls, again and again until nothing changes.
func (s *session) settle(file *ast.File, extra map[string]types.Object) (*checked, []problem) {
	for range 50 {
		c := s.check(file, extra, true)
		d := desugarer{s: s, c: c}
		if !d.file(file) {
			return c, c.problems
		}
	}
	return nil, []problem{{pos: file.Pos(), message: "this cell is too deep to be understood"}}
}

type desugarer struct {
	s       *session
	c       *checked
	changed bool
}

func (d *desugarer) file(file *ast.File) bool {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
			d.last(f.Body)
		}
	}
	return d.changed
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
		if b, ok := d.c.info.Uses[id].(*types.Builtin); ok && (b.Name() == "copy" || b.Name() == "recover") {
			return true
		}
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
		if f, ok := d.c.info.Uses[sel.Sel].(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == "fmt" {
			return f.Signature().Results().Len() == 2
		}
	}
	return false
}
