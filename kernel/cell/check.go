package cell

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A checked is a file with its types.
type checked struct {
	file     *ast.File
	info     *types.Info
	pkg      *types.Package
	problems []problem
}

// check types a file against the session. extra holds names that come before the session's.
func (s *session) check(file *ast.File, extra map[string]types.Object, bodies bool) (c *checked) {
	c = &checked{file: file, pkg: s.cellPkg, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
	}}
	defer func() {
		if r := recover(); r != nil {
			c.problems = append(c.problems, problem{pos: file.Pos(), message: fmt.Sprintf("this cell cannot be checked: %v", r)})
		}
	}()
	// All checks share one package, for the sake of unexported fields, but each has a package scope of its own.
	*c.pkg.Scope() = *types.NewScope(types.Universe, noPos, noPos, "cell")
	s.fill(c, file, extra)
	conf := types.Config{IgnoreFuncBodies: !bodies, Error: func(err error) { c.add(err) }}
	_ = types.NewChecker(&conf, s.fset, c.pkg, c.info).Files([]*ast.File{file})
	return c
}

// fill puts the objects that the file may mean into its package scope, except those it declares itself.
func (s *session) fill(c *checked, file *ast.File, extra map[string]types.Object) {
	own, scope := declaredNames(file), c.pkg.Scope()
	ast.Inspect(file, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || own[id.Name] || scope.Lookup(id.Name) != nil {
			return true
		}
		object := extra[id.Name]
		if object == nil {
			object = s.lookup(id.Name)
		}
		if p, ok := object.(*types.PkgName); ok { // the checker wants package names of its own package
			object = types.NewPkgName(noPos, c.pkg, p.Name(), p.Imported())
		}
		if object != nil && object.Name() == id.Name {
			scope.Insert(object)
		}
		return true
	})
}

// declaredNames lists what a file declares at its top.
func declaredNames(file *ast.File) map[string]bool {
	own := map[string]bool{"_": true}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				own[d.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					own[spec.Name.Name] = true
				case *ast.ValueSpec:
					for _, id := range spec.Names {
						own[id.Name] = true
					}
				}
			}
		}
	}
	return own
}

// add keeps an error of the checker, unless cells allow what it refuses.
func (c *checked) add(err error) {
	var e types.Error
	if !errors.As(err, &e) {
		return
	}
	if strings.HasPrefix(e.Msg, "\t") { // where the other of two things stands
		return
	}
	if e.Soft && (strings.HasPrefix(e.Msg, "declared and not used") || strings.Contains(e.Msg, "imported and not used")) {
		return
	}
	c.problems = append(c.problems, problem{pos: e.Pos, message: e.Msg})
}

// typ is the type of an expression; nil where it has none or an invalid one.
func (c *checked) typ(e ast.Expr) types.Type {
	if tv, ok := c.info.Types[e]; ok && tv.Type != nil && tv.Type != types.Typ[types.Invalid] {
		return tv.Type
	}
	if id, ok := e.(*ast.Ident); ok {
		if o := c.object(id); o != nil && o.Type() != nil && o.Type() != types.Typ[types.Invalid] {
			return o.Type()
		}
	}
	return nil
}

// object is what an identifier means.
func (c *checked) object(id *ast.Ident) types.Object {
	if o := c.info.Uses[id]; o != nil {
		return o
	}
	return c.info.Defs[id]
}

func isError(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

var noPos = token.NoPos
