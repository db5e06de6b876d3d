package cell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// instance gives the function written out for the type arguments of a call.
func (e *emitter) instance(n *ast.Ident, f *types.Func, in types.Instance) string {
	owner := e.s.byObject[f.Origin()]
	if owner == nil {
		owner = e.s.prelude(f)
	}
	if owner == nil {
		e.fail(n, "the generic function %s.%s cannot be used in a cell", f.Pkg().Name(), f.Name())
	}
	e.uses[f.Origin()] = true
	args := typeList(in.TypeArgs)
	return e.written(owner.name, owner.inner, owner.decl, owner.cell, owner.decl.Type.TypeParams, args)
}

func typeList(l *types.TypeList) (list []types.Type) {
	for i := range l.Len() {
		list = append(list, types.Default(l.At(i)))
	}
	return list
}

// methodInstance gives the method of an instance of a generic type.
func (e *emitter) methodInstance(owner *entry, me *methodEntry, t *types.Named) string {
	return e.written(owner.name+"."+me.decl.Name.Name, me.inner, me.decl, me.cell, nil, typeList(t.TypeArgs()))
}

// written declares a generic function for the given types, once, and gives its name.
func (e *emitter) written(name, inner string, decl *ast.FuncDecl, cell *source, params *ast.FieldList, args []types.Type) string {
	key := inner
	for _, a := range args {
		key += "," + typeKey(a)
	}
	s := e.s
	if known, ok := s.instances[key]; ok {
		return known
	}
	known := s.fresh(inner + "_of")
	s.instances[key] = known
	s.undo = append(s.undo, func() { delete(s.instances, key) })
	e.unit.pending = append(e.unit.pending, func(u *unit) error {
		return s.writeOut(u, name, known, decl, cell, args)
	})
	return known
}

// writeOut checks a generic function again with its type parameters declared as the arguments, and prints it.
func (s *session) writeOut(u *unit, name, known string, decl *ast.FuncDecl, cell *source, args []types.Type) error {
	file, d := s.reread(decl, cell)
	extra := map[string]types.Object{}
	for i, id := range typeParamNames(d) {
		extra[id] = types.NewTypeName(token.NoPos, types.NewPackage(cellPath, "cell"), id, nil)
		types.NewAlias(extra[id].(*types.TypeName), args[i])
	}
	if cell.count == preludeCount {
		for id, path := range preludePackages {
			extra[id] = s.pkgName(id, path)
		}
	}
	d = plainFunc(d)
	file.Decls = []ast.Decl{d}
	c, problems := s.settle(file, extra)
	if len(problems) > 0 {
		u.problems = append(u.problems, problems...)
		return nil
	}
	e := s.emitter(c, u)
	problems = emitting(func() { e.funcDecl(d, known, c.info.Defs[d.Name].(*types.Func).Signature()) })
	u.problems = append(u.problems, problems...)
	return nil
}

// typeParamNames lists the type parameters of a function, or those of its receiver's type.
func typeParamNames(d *ast.FuncDecl) (names []string) {
	if d.Recv != nil {
		t := d.Recv.List[0].Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		switch t := t.(type) {
		case *ast.IndexExpr:
			names = append(names, t.Index.(*ast.Ident).Name)
		case *ast.IndexListExpr:
			for _, i := range t.Indices {
				names = append(names, i.(*ast.Ident).Name)
			}
		}
		return names
	}
	if d.Type.TypeParams != nil {
		for _, f := range d.Type.TypeParams.List {
			for _, id := range f.Names {
				names = append(names, id.Name)
			}
		}
	}
	return names
}

// bodyPrefix begins the names of functions while their bodies are checked, so that the names the person gave keep
// meaning what the session says.
const bodyPrefix = "k_fn_"

// plainFunc makes of a method or generic function a function whose receiver is its first parameter.
func plainFunc(d *ast.FuncDecl) *ast.FuncDecl {
	t := *d.Type
	t.TypeParams = nil
	plain := &ast.FuncDecl{Name: &ast.Ident{NamePos: d.Name.NamePos, Name: bodyPrefix + d.Name.Name}, Type: &t, Body: d.Body}
	if d.Recv == nil {
		return plain
	}
	recv := *d.Recv.List[0]
	if len(recv.Names) == 0 && len(t.Params.List) > 0 && len(t.Params.List[0].Names) > 0 {
		recv.Names = []*ast.Ident{{NamePos: recv.Pos(), Name: "_"}}
	}
	if len(recv.Names) > 0 {
		t.Params = &ast.FieldList{Opening: t.Params.Opening, List: append([]*ast.Field{&recv}, named(t.Params.List)...), Closing: t.Params.Closing}
	} else {
		t.Params = &ast.FieldList{Opening: t.Params.Opening, List: append([]*ast.Field{&recv}, t.Params.List...), Closing: t.Params.Closing}
	}
	return plain
}

// named gives unnamed parameters the blank name, since Go wants all or none named.
func named(list []*ast.Field) []*ast.Field {
	out := make([]*ast.Field, len(list))
	for i, f := range list {
		g := *f
		if len(g.Names) == 0 {
			g.Names = []*ast.Ident{{NamePos: f.Pos(), Name: "_"}}
		}
		out[i] = &g
	}
	return out
}

// reread parses a declaration again, for a tree of its own.
func (s *session) reread(d *ast.FuncDecl, cell *source) (*ast.File, *ast.FuncDecl) {
	_, start := s.locate(d.Pos())
	_, end := s.locate(d.End())
	cut := cutter{source: cell.text, decls: [][2]int{{start, end}}}
	base := s.fset.Base()
	file, _ := parser.ParseFile(s.fset, "", declsHead+cut.blank(cut.decls), parser.SkipObjectResolution)
	s.sources = append(s.sources, placed{token.Pos(base + len(declsHead)), cell})
	return file, file.Decls[0].(*ast.FuncDecl)
}

// prelude finds the cell-side source of a generic function of the standard library.
func (s *session) prelude(f *types.Func) *entry {
	key := f.Pkg().Path() + "." + f.Name()
	if e, ok := s.preludes[key]; ok {
		return e
	}
	text, ok := preludeText[key]
	if !ok {
		return nil
	}
	c := &source{text: strings.TrimSpace(text), title: key, count: preludeCount}
	p, problems := s.parse(c)
	if len(problems) > 0 {
		panic(problems[0].message)
	}
	e := &entry{name: f.Name(), kind: function, object: f, inner: "k_" + strings.ReplaceAll(f.Pkg().Name(), "/", "_") + "_" + f.Name(),
		cell: c, decl: p.decls.Decls[0].(*ast.FuncDecl)}
	s.preludes[key] = e
	return e
}
