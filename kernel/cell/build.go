package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"

	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// A build makes of one cell what the interpreter needs to run it.
type build struct {
	s         *session
	source    *source
	functions []declaration
	replaced  map[string]bool
	remethod  map[*entry]bool // types whose methods changed
	oldKinds  int             // how many types were known before
	unit      *unit
	top       map[types.Object]*entry
	fresh     []*entry // variables that are new
	changed   []*entry // variables the cell declares
	lost      []types.Object
	warnings  []string
	name      string // of the function that holds the statements
}

// prepare takes a cell from text to a unit for the interpreter. Names are in the session when it succeeds; after a
// failure the session is as it was.
func (s *session) prepare(c *source) (*build, []problem) {
	p, problems := s.parse(c)
	if len(problems) > 0 {
		return nil, problems
	}
	entries, packages := maps.Clone(s.entries), maps.Clone(s.packages)
	s.undo = nil
	s.rollback = func() {
		s.entries, s.packages = entries, packages
		s.takeBack()
	}
	b := &build{oldKinds: len(s.kindList), s: s, source: c, replaced: map[string]bool{}, remethod: map[*entry]bool{}, top: map[types.Object]*entry{},
		unit: &unit{packages: s.inner}}
	if problems = b.all(p); len(problems) > 0 {
		s.rollback()
		return nil, problems
	}
	return b, nil
}

func (s *session) takeBack() {
	for i := len(s.undo) - 1; i >= 0; i-- {
		s.undo[i]()
	}
	s.undo = nil
}

func (b *build) all(p *program) []problem {
	if problems := b.imports(p.imports); len(problems) > 0 {
		return problems
	}
	if problems := b.declare(p.decls); len(problems) > 0 {
		return problems
	}
	body, problems := b.statements(p)
	if len(problems) > 0 {
		return problems
	}
	b.follow()
	if problems := b.bodies(); len(problems) > 0 {
		return problems
	}
	return b.print(body)
}

func (b *build) imports(specs []*ast.ImportSpec) (problems []problem) {
	for _, spec := range specs {
		path, name := importPath(spec), ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." || name == "_" {
			name = ""
		}
		if err := b.s.importAs(name, path); err != nil {
			problems = append(problems, problem{pos: spec.Pos(), message: fmt.Sprintf("there is no package %q in this kernel", path), hint: nearestPackage(path, symbols.Paths())})
		}
	}
	return problems
}

// statements types the cell's statements as the body of one function and makes its variables those of the session.
func (b *build) statements(p *program) (*checked, []problem) {
	if len(p.body.List) == 0 {
		return nil, nil
	}
	wrapLast(p.body, p.shown)
	p.body.List = nestRedeclared(p.body.List)
	c, problems := b.s.settle(p.stmts, nil)
	if len(problems) > 0 {
		return nil, problems
	}
	b.enterVars(p.body.List, c)
	return c, nil
}

// wrapLast marks the last expression as the one to show.
func wrapLast(body *ast.BlockStmt, shown bool) {
	last := len(body.List) - 1
	x, ok := body.List[last].(*ast.ExprStmt)
	if !ok {
		return
	}
	_, call := ast.Unparen(x.X).(*ast.CallExpr)
	switch {
	case shown:
		body.List[last] = &ast.ExprStmt{X: word("k_show", x.X.Pos(), x.X)}
	case !call:
		body.List[last] = &ast.AssignStmt{Lhs: []ast.Expr{ast.NewIdent("_")}, TokPos: x.Pos(), Tok: token.ASSIGN, Rhs: []ast.Expr{x.X}}
	}
}

// word makes a call of a native.
func word(name string, pos token.Pos, args ...ast.Expr) *ast.CallExpr {
	end := pos
	if len(args) > 0 {
		end = args[len(args)-1].End()
	}
	return &ast.CallExpr{Fun: &ast.Ident{NamePos: pos, Name: name}, Lparen: pos, Args: args, Rparen: end}
}

// nestRedeclared lets x := … stand twice: from the second on, the rest of the cell is a block of its own.
func nestRedeclared(list []ast.Stmt) []ast.Stmt {
	seen := map[string]bool{}
	for i, s := range list {
		names := definedBy(s)
		again, fresh := false, false
		for _, n := range names {
			again = again || seen[n]
			fresh = fresh || !seen[n]
		}
		_, isVar := s.(*ast.DeclStmt)
		if again && (!fresh || isVar) {
			rest := append([]ast.Stmt(nil), list[i:]...)
			inner := &ast.BlockStmt{Lbrace: s.Pos(), List: nestRedeclared(rest), Rbrace: list[len(list)-1].End()}
			return append(list[:i:i], inner)
		}
		for _, n := range names {
			seen[n] = true
		}
	}
	return list
}

func definedBy(s ast.Stmt) (names []string) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, l := range s.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Name != "_" {
					names = append(names, id.Name)
				}
			}
		}
	case *ast.DeclStmt:
		if g, ok := s.Decl.(*ast.GenDecl); ok && g.Tok == token.VAR {
			for _, spec := range g.Specs {
				for _, id := range spec.(*ast.ValueSpec).Names {
					if id.Name != "_" {
						names = append(names, id.Name)
					}
				}
			}
		}
	case *ast.LabeledStmt:
		return definedBy(s.Stmt)
	}
	return names
}

// enterVars makes entries of the variables that the cell's own statements declare. A variable declared again with the
// same type keeps its storage.
func (b *build) enterVars(list []ast.Stmt, c *checked) {
	for i, s := range list {
		if block, ok := s.(*ast.BlockStmt); ok && i == len(list)-1 && block.Rbrace == block.List[len(block.List)-1].End() {
			b.enterVars(block.List, c)
			continue
		}
		if l, ok := s.(*ast.LabeledStmt); ok {
			s = l.Stmt
		}
		for _, id := range definedIdents(s) {
			if o, ok := c.info.Defs[id].(*types.Var); ok && o != nil {
				b.enterVar(o)
			}
		}
	}
}

func definedIdents(s ast.Stmt) (ids []*ast.Ident) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, l := range s.Lhs {
				ids = append(ids, l.(*ast.Ident))
			}
		}
	case *ast.DeclStmt:
		if g, ok := s.Decl.(*ast.GenDecl); ok && g.Tok == token.VAR {
			for _, spec := range g.Specs {
				ids = append(ids, spec.(*ast.ValueSpec).Names...)
			}
		}
	}
	return ids
}

func (b *build) enterVar(o *types.Var) {
	old := b.s.entries[o.Name()]
	if old != nil && old.kind == variable && typeKey(old.object.Type()) == typeKey(o.Type()) {
		b.top[o] = old
		b.changed = append(b.changed, old)
		return
	}
	v := types.NewVar(token.NoPos, b.s.cellPkg, o.Name(), o.Type())
	e := &entry{name: o.Name(), kind: variable, object: v, inner: b.s.fresh("v_" + o.Name()), cell: b.source}
	if old != nil {
		b.lost = append(b.lost, old.object)
	}
	b.enter(e)
	b.top[o] = e
	b.fresh = append(b.fresh, e)
	b.changed = append(b.changed, e)
}

// follow has the functions that use a variable which now has another type written out again.
func (b *build) follow() {
	old := map[types.Object]bool{}
	for _, o := range b.lost {
		old[o] = true
	}
	own := map[string]bool{}
	for _, d := range b.functions {
		name := d.decl.Name.Name
		if d.owner != "" {
			name = d.owner + "." + name
		}
		own[name] = true
	}
	for _, d := range b.dependents(old, own) {
		_, f := b.s.reread(d.decl, d.cell)
		again := declaration{f, d.cell, d.owner}
		if d.owner != "" {
			b.enterMethod(again)
		} else {
			e := *b.s.entries[d.decl.Name.Name]
			e.decl, e.inner = f, b.s.fresh("f_"+e.name)
			b.enter(&e)
		}
		b.functions = append(b.functions, again)
	}
}

// bodies checks the bodies of functions and methods, and prints them.
func (b *build) bodies() (problems []problem) {
	for _, d := range b.functions {
		file := &ast.File{Name: ast.NewIdent("cell"), Package: d.decl.Pos(), FileStart: d.decl.Pos(), FileEnd: d.decl.End()}
		plain := plainFunc(d.decl)
		generic := b.isGeneric(d)
		if generic {
			plain.Type.TypeParams = b.typeParams(d)
		}
		file.Decls = []ast.Decl{plain}
		c, found := b.s.settle(file, nil)
		if len(found) > 0 {
			if d.cell != b.source {
				b.warnings = append(b.warnings, fmt.Sprintf("%s keeps its earlier meaning: %s", d.decl.Name.Name, found[0].message))
				b.keepOld(d)
				continue
			}
			problems = append(problems, found...)
			continue
		}
		if !generic {
			problems = append(problems, b.printFunction(d, plain, c)...)
		}
	}
	return problems
}

// keepOld leaves an earlier function that no longer fits as it is.
func (b *build) keepOld(d declaration) {
	if e := b.s.entries[d.decl.Name.Name]; d.owner == "" && e != nil {
		for _, old := range b.s.byObject {
			if old.name == e.name && old.kind == function && old != e && old.object == e.object {
				b.enter(old)
			}
		}
	}
}

func (b *build) isGeneric(d declaration) bool {
	if d.owner == "" {
		return d.decl.Type.TypeParams != nil
	}
	owner := b.s.entries[d.owner]
	return owner != nil && owner.spec != nil && owner.spec.TypeParams != nil
}

// typeParams gives the type parameters under which a generic body is checked.
func (b *build) typeParams(d declaration) *ast.FieldList {
	if d.owner == "" {
		return d.decl.Type.TypeParams
	}
	list := &ast.FieldList{}
	names := typeParamNames(d.decl)
	i := 0
	for _, f := range b.s.entries[d.owner].spec.TypeParams.List {
		for range f.Names {
			if i < len(names) {
				list.List = append(list.List, &ast.Field{Names: []*ast.Ident{{NamePos: d.decl.Pos(), Name: names[i]}}, Type: f.Type})
				i++
			}
		}
	}
	return list
}

func (b *build) printFunction(d declaration, plain *ast.FuncDecl, c *checked) []problem {
	e := b.s.emitter(c, b.unit)
	inner := ""
	var note func()
	if d.owner == "" {
		entry := b.s.entries[d.decl.Name.Name]
		if entry == nil {
			return nil
		}
		inner, note = entry.inner, func() { entry.uses = e.uses }
	} else {
		m := b.s.entries[d.owner].method[d.decl.Name.Name]
		inner, note = m.inner, func() { m.uses = e.uses }
	}
	problems := emitting(func() { e.funcDecl(plain, inner, c.info.Defs[plain.Name].(*types.Func).Signature()) })
	for _, o := range c.info.Uses {
		if b.s.byObject[o] != nil {
			e.uses[o] = true
		}
	}
	note()
	if d.owner == "" && numeric(c.info.Defs[plain.Name].(*types.Func).Signature(), b.s.quantity()) {
		b.unit.setup = append(b.unit.setup, fmt.Sprintf("%s.Global(%q, %s)", wordsName, inner, inner))
	}
	return problems
}

// numeric reports whether a function takes and gives quantities and plain numbers only, so that equations may use it.
func numeric(sig *types.Signature, quantity types.Type) bool {
	if sig.Results().Len() != 1 || sig.Params().Len() == 0 || sig.Variadic() {
		return false
	}
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for i := range tuple.Len() {
			t := tuple.At(i).Type()
			b, basic := t.Underlying().(*types.Basic)
			if !types.Identical(t, quantity) && !(basic && b.Info()&(types.IsNumeric|types.IsBoolean) != 0) {
				return false
			}
		}
	}
	return true
}

// print makes the text of the cell's function and of what it needs.
func (b *build) print(c *checked) []problem {
	b.name = b.s.fresh("k_cell")
	e := b.s.emitter(c, b.unit)
	e.top = b.top
	problems := emitting(func() {
		for _, v := range b.fresh {
			b.unit.vars = append(b.unit.vars, "var "+v.inner+" "+e.spell(v.object.Type()))
			b.unit.setup = append(b.unit.setup, fmt.Sprintf("%s.Global(%q, &%s)", wordsName, v.inner, v.inner))
		}
		text := "() {\n}"
		if c != nil {
			d := c.file.Decls[0].(*ast.FuncDecl)
			text = e.function(d.Type, d.Body, types.NewSignatureType(nil, nil, nil, nil, nil, false))
		}
		b.registerAgain(e)
		for i := 0; i < len(b.unit.pending); i++ {
			_ = b.unit.pending[i](b.unit)
		}
		b.unit.funcs = append(b.unit.funcs, "func "+b.name+text)
		if len(b.unit.setup) > 0 {
			b.unit.funcs = append(b.unit.funcs, "func "+b.name+"_setup() {\n"+strings.Join(b.unit.setup, "\n")+"\n}")
		}
	})
	return append(problems, b.unit.problems...)
}

// registerAgain renews the methods of boxed types whose methods changed.
func (b *build) registerAgain(e *emitter) {
	for owner := range b.remethod {
		for _, id := range b.s.kinds {
			if id >= b.oldKinds {
				continue // it is being registered anyhow
			}
			t := b.s.kindList[id]
			if p, ok := t.(*types.Pointer); ok {
				t = p.Elem()
			}
			if n, ok := t.(*types.Named); ok && n.Origin().Obj() == owner.object {
				t := b.s.kindList[id]
				b.unit.pending = append(b.unit.pending, func(*unit) error { e.register(id, t); return nil })
			}
		}
	}
}
