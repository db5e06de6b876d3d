package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// A declaration is one function or method of the cell, or of an earlier one that has to follow a redefinition.
type declaration struct {
	decl  *ast.FuncDecl
	cell  *source
	owner string // type of a method
}

// declare puts the cell's types, constants and functions into the session: signatures now, bodies later.
func (b *build) declare(file *ast.File) []problem {
	decls := b.sortDecls(file.Decls)
	file.Decls = append(decls, b.stale(file.Decls)...)
	late, strangers := b.signatures(file)
	if len(strangers) > 0 {
		return strangers
	}
	if len(file.Decls) == 0 && len(late) == 0 {
		return nil
	}
	for _, m := range late {
		plain := plainFunc(m.decl)
		plain.Name.Name = bodyPrefix + m.owner + "_" + m.decl.Name.Name
		file.Decls = append(file.Decls, plain)
	}
	c := b.s.check(file, nil, false)
	if len(c.problems) > 0 {
		return c.problems
	}
	b.enterTypes(file, c)
	for _, d := range b.functions {
		b.enterFunction(d, c)
	}
	return b.enterLate(late, file, c)
}

// sortDecls drops types declared again as they were, and notes functions and methods.
func (b *build) sortDecls(decls []ast.Decl) (kept []ast.Decl) {
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			b.functions = append(b.functions, declaration{d, b.source, receiverName(d)})
			kept = append(kept, d)
		case *ast.GenDecl:
			if d.Tok == token.TYPE {
				d.Specs = b.newTypes(d.Specs)
			}
			if len(d.Specs) > 0 {
				kept = append(kept, d)
			}
		}
	}
	return kept
}

func (b *build) newTypes(specs []ast.Spec) (kept []ast.Spec) {
	for _, spec := range specs {
		t := spec.(*ast.TypeSpec)
		text := b.s.text(t)
		if old := b.s.entries[t.Name.Name]; old != nil && old.kind == typeName && old.text == text && !b.usesReplaced(t) {
			continue
		}
		kept = append(kept, spec)
	}
	return kept
}

// usesReplaced reports whether a type names another one that this cell declares anew.
func (b *build) usesReplaced(t *ast.TypeSpec) bool {
	found := false
	ast.Inspect(t.Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && b.replaced[id.Name] {
			found = true
		}
		return !found
	})
	return found
}

// text is the source of a node.
func (s *session) text(n ast.Node) string {
	c, start := s.locate(n.Pos())
	_, end := s.locate(n.End())
	if c == nil || start > end {
		return ""
	}
	return c.text[start:end]
}

func receiverName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// signatures takes out of the file the methods of types that earlier cells declared.
func (b *build) signatures(file *ast.File) (late []declaration, strangers []problem) {
	own := declaredNames(file)
	var kept []ast.Decl
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if ok && f.Recv != nil {
			name := receiverName(f)
			if old := b.s.entries[name]; !own[name] && old != nil && old.kind == typeName {
				late = append(late, declaration{f, b.cellOf(f), name})
				continue
			}
			if !own[name] {
				strangers = append(strangers, problem{pos: f.Recv.Pos(), message: "methods belong to types that a cell declares; " + name + " is none"})
				continue
			}
		}
		kept = append(kept, d)
	}
	file.Decls = kept
	return late, strangers
}

func (b *build) cellOf(n ast.Node) *source { c, _ := b.s.locate(n.Pos()); return c }

// enterTypes makes entries of types and constants.
func (b *build) enterTypes(file *ast.File, c *checked) {
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range g.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				e := &entry{name: spec.Name.Name, kind: typeName, object: c.info.Defs[spec.Name], cell: b.cellOf(spec), spec: spec, text: b.s.text(spec), method: map[string]*methodEntry{}}
				b.enter(e)
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					if o := c.info.Defs[id]; o != nil && id.Name != "_" {
						b.enter(&entry{name: id.Name, kind: constantName, object: o, cell: b.cellOf(spec)})
					}
				}
			}
		}
	}
}

func (b *build) enter(e *entry) {
	b.s.entries[e.name] = e
	b.s.byObject[e.object] = e
}

func (b *build) enterFunction(d declaration, c *checked) {
	o, ok := c.info.Defs[d.decl.Name].(*types.Func)
	if !ok {
		return
	}
	if d.owner == "" {
		if d.decl.Name.Name == "_" {
			return
		}
		b.enter(&entry{name: o.Name(), kind: function, object: o, inner: b.s.fresh("f_" + o.Name()), cell: d.cell, decl: d.decl, text: b.s.text(d.decl)})
		return
	}
	b.enterMethod(d)
}

func (b *build) enterMethod(d declaration) {
	owner := b.s.entries[d.owner]
	if owner == nil || owner.kind != typeName {
		return
	}
	methods := maps.Clone(owner.method)
	methods[d.decl.Name.Name] = &methodEntry{decl: d.decl, cell: d.cell, inner: b.s.fresh("m_" + d.owner + "_" + d.decl.Name.Name)}
	old := owner.method
	owner.method = methods
	b.s.undo = append(b.s.undo, func() { owner.method = old })
	b.remethod[owner] = true
}

// enterLate gives methods to types that exist already.
func (b *build) enterLate(late []declaration, file *ast.File, c *checked) []problem {
	first := len(file.Decls) - len(late)
	for i, d := range late {
		f := c.info.Defs[file.Decls[first+i].(*ast.FuncDecl).Name].(*types.Func)
		named, ok := b.s.entries[d.owner].object.Type().(*types.Named)
		if !ok {
			continue
		}
		if named.TypeParams().Len() > 0 {
			b.enterMethod(d)
			continue
		}
		sig := f.Signature()
		recv := sig.Params().At(0)
		rest := make([]*types.Var, 0, sig.Params().Len())
		for j := 1; j < sig.Params().Len(); j++ {
			rest = append(rest, sig.Params().At(j))
		}
		own := types.NewSignatureType(recv, nil, nil, types.NewTuple(rest...), sig.Results(), sig.Variadic())
		if old := methodOf(named, d.decl.Name.Name); old == nil {
			named.AddMethod(types.NewFunc(d.decl.Name.Pos(), c.pkg, d.decl.Name.Name, own))
		} else if typeKey(old.Signature()) != typeKey(own) && d.cell != b.source {
			b.warnings = append(b.warnings, fmt.Sprintf("the method %s of %s keeps its earlier meaning", d.decl.Name.Name, d.owner))
			continue
		} else if typeKey(old.Signature()) != typeKey(own) {
			return []problem{{pos: d.decl.Name.Pos(), message: fmt.Sprintf("the method %s of %s had another signature before", d.decl.Name.Name, d.owner),
				hint: "declare the type " + d.owner + " again in this cell, with any change, to start anew"}}
		}
		b.enterMethod(d)
	}
	return nil
}

func methodOf(t *types.Named, name string) *types.Func {
	for i := range t.NumMethods() {
		if m := t.Method(i); m.Name() == name {
			return m
		}
	}
	return nil
}

// stale gives the earlier functions that have to be declared again because they use what this cell redefines.
func (b *build) stale(decls []ast.Decl) (again []ast.Decl) {
	own := map[string]bool{}
	old := map[types.Object]bool{}
	note := func(name string) {
		own[name] = true
		if e := b.s.entries[name]; e != nil {
			old[e.object] = true
		}
	}
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if owner := receiverName(d); owner == "" {
				note(d.Name.Name)
			} else if e := b.s.entries[owner]; e != nil && e.kind == typeName {
				own[owner+"."+d.Name.Name] = true
				if n, ok := e.object.Type().(*types.Named); ok {
					if m := methodOf(n, d.Name.Name); m != nil {
						old[m] = true
					}
				}
			}
		case *ast.GenDecl:
			for name := range declaredNames(&ast.File{Decls: []ast.Decl{d}}) {
				if name != "_" && b.keeps(d, name) {
					note(name)
				}
			}
		}
	}
	for _, d := range b.dependents(old, own) {
		_, f := b.s.reread(d.decl, d.cell)
		b.functions = append(b.functions, declaration{f, d.cell, d.owner})
		again = append(again, f)
	}
	return again
}

func (b *build) keeps(d *ast.GenDecl, name string) bool {
	for _, spec := range d.Specs {
		if t, ok := spec.(*ast.TypeSpec); ok && t.Name.Name == name {
			return true
		}
		if v, ok := spec.(*ast.ValueSpec); ok && len(v.Names) > 0 {
			return true
		}
	}
	return false
}

// dependents finds the functions and methods that use any of the objects, directly or through others; not those in own,
// which are declared anew anyhow.
func (b *build) dependents(old map[types.Object]bool, own map[string]bool) (found []declaration) {
	if len(old) == 0 {
		return nil
	}
	for changed := true; changed; {
		changed = false
		for _, e := range b.s.entries {
			if e.kind == function && !own[e.name] && uses(e.uses, old) {
				own[e.name], changed = true, true
				old[e.object] = true
				found = append(found, declaration{e.decl, e.cell, ""})
			}
			if e.kind != typeName || own[e.name] {
				continue
			}
			for name, m := range e.method {
				if !own[e.name+"."+name] && uses(m.uses, old) {
					own[e.name+"."+name], changed = true, true
					found = append(found, declaration{m.decl, m.cell, e.name})
					if n, ok := e.object.Type().(*types.Named); ok {
						if f := methodOf(n, name); f != nil {
							old[f] = true
						}
					}
				}
			}
		}
	}
	return found
}

func uses(have, old map[types.Object]bool) bool {
	for o := range have {
		if old[o] {
			return true
		}
	}
	return false
}
