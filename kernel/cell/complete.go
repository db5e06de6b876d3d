package cell

import (
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/units"
)

// Complete lists what may stand at pos. The matches are the last part of a name only.
func (in *Interpreter) Complete(text string, pos int) (c kernel.Completion) {
	in.mu.Lock()
	defer in.mu.Unlock()
	pos = min(max(pos, 0), len(text))
	defer func() {
		if recover() != nil { // half a line may be anything; no answer is better than none to come
			c = kernel.Completion{Start: pos, End: pos}
		}
	}()
	start := pos
	for start > 0 && isNameByte(text[start-1]) {
		start--
	}
	c = kernel.Completion{Start: start, End: pos}
	prefix := text[start:pos]
	switch {
	case start > 0 && text[start-1] == '.':
		c.Matches = in.members(text, start-1, prefix)
	case start > 0 && text[start-1] == '%' && strings.TrimSpace(lineBefore(text, start-1)) == "":
		for _, name := range slices.Sorted(mapKeys(commands)) {
			if word, ok := strings.CutPrefix(name, "%"+prefix); ok && !strings.HasPrefix(name, "%%") {
				c.Matches = append(c.Matches, kernel.Match{Text: prefix + word, Type: "magic", Signature: commands[name]})
			}
		}
	case prefix != "" || strings.TrimSpace(text[:pos]) == "":
		c.Matches = in.names(text, prefix)
	}
	return c
}

func lineBefore(text string, pos int) string {
	return text[strings.LastIndexByte(text[:pos], '\n')+1 : pos]
}

// names lists the session's names, those of the cell so far, the vocabulary, packages, units and keywords.
func (in *Interpreter) names(text, prefix string) []kernel.Match {
	s := in.session
	found := map[string]kernel.Match{}
	add := func(name string, o types.Object, fallback string) {
		if _, ok := found[name]; ok || !strings.HasPrefix(name, prefix) || strings.HasPrefix(name, "k_") {
			return
		}
		m := kernel.Match{Text: name, Type: fallback}
		if o != nil {
			m.Type, m.Signature = matchType(o), s.signature(o)
		}
		found[name] = m
	}
	for name, e := range s.entries {
		add(name, e.object, "")
	}
	for _, l := range scan(text) {
		if l.tok == token.IDENT && l.lit != prefix {
			if s.lookup(l.lit) == nil {
				add(l.lit, nil, "variable")
			}
		}
	}
	for name := range s.vocab {
		add(name, s.lookup(name), "function")
	}
	for _, path := range s.openers {
		if pkg, err := s.importer.Import(path); err == nil {
			for _, name := range pkg.Scope().Names() {
				if token.IsExported(name) && strings.HasPrefix(name, prefix) {
					add(name, s.lookup(name), "")
				}
			}
		}
	}
	for name := range s.known {
		add(name, nil, "module")
	}
	for _, name := range units.Names() {
		add(name, nil, "unit")
	}
	for _, name := range types.Universe.Names() {
		add(name, types.Universe.Lookup(name), "")
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		add(tok.String(), nil, "keyword")
	}
	return sorted(found)
}

func sorted(found map[string]kernel.Match) (list []kernel.Match) {
	for _, name := range slices.Sorted(mapKeys(found)) {
		list = append(list, found[name])
	}
	return list
}

func matchType(o types.Object) string {
	switch o.(type) {
	case *types.Func, *types.Builtin:
		return "function"
	case *types.TypeName:
		return "class"
	case *types.PkgName:
		return "module"
	case *types.Const:
		return "constant"
	}
	return "variable"
}

// members lists the names after a dot.
func (in *Interpreter) members(text string, dot int, prefix string) []kernel.Match {
	path := nameAt(text[:dot], dot)
	if len(path) == 0 {
		return nil
	}
	o, _ := in.resolve(path)
	found := map[string]kernel.Match{}
	add := func(o types.Object) {
		if strings.HasPrefix(o.Name(), prefix) && (o.Exported() || o.Pkg() == in.session.cellPkg) {
			found[o.Name()] = kernel.Match{Text: o.Name(), Type: matchType(o), Signature: in.session.signature(o)}
		}
	}
	switch o := o.(type) {
	case nil:
		return nil
	case *types.PkgName:
		for _, name := range o.Imported().Scope().Names() {
			add(o.Imported().Scope().Lookup(name))
		}
		if prefix != "" && !typeMayFollow(text[:dot-len(path[len(path)-1])]) {
			valuesFirst(found)
		}
		return sorted(found)
	}
	t := o.Type()
	methods := types.NewMethodSet(t)
	if _, pointer := t.Underlying().(*types.Pointer); !pointer && !types.IsInterface(t) {
		methods = types.NewMethodSet(types.NewPointer(t))
	}
	for i := range methods.Len() {
		add(methods.At(i).Obj())
	}
	addFields(t, add, 0)
	in.addVariables(path, prefix, found)
	return sorted(found)
}

// valuesFirst leaves out types where a function or value begins alike: an expression is being typed, and who begins
// strings.Repl wants one of the functions. Where only types begin so, they stay.
func valuesFirst(found map[string]kernel.Match) {
	isType := func(_ string, m kernel.Match) bool { return m.Type == "class" }
	types := 0
	for name, m := range found {
		if isType(name, m) {
			types++
		}
	}
	if types < len(found) {
		maps.DeleteFunc(found, isType)
	}
}

// typeMayFollow reports whether the text before a name is one that a type follows: var x, []T, *T, &T, map[K]T, make(
// and the like.
func typeMayFollow(before string) bool {
	before = strings.TrimRight(before, " \t")
	for _, end := range []string{"*", "&", "[", "]", "make(", "new(", "chan", ".("} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	words := strings.Fields(before)
	return len(words) > 1 && (words[len(words)-2] == "var" || words[len(words)-2] == "type" || words[len(words)-2] == "func")
}

// addFields adds the fields of a struct and of the structs embedded in it.
func addFields(t types.Type, add func(types.Object), depth int) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	u, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 5 {
		return
	}
	for i := range u.NumFields() {
		add(u.Field(i))
		if u.Field(i).Embedded() {
			addFields(u.Field(i).Type(), add, depth+1)
		}
	}
}

// addVariables adds the variables of a model that a variable of the session holds.
func (in *Interpreter) addVariables(path []string, prefix string, found map[string]kernel.Match) {
	e := in.session.entries[path[0]]
	if len(path) != 1 || e == nil || e.kind != variable || !in.session.hasVariables(e.object.Type()) {
		return
	}
	v, ok := in.natives.value(e)
	if r, is := v.(reader); ok && is && !isNilPointer(v) {
		for _, name := range r.VariableNames() {
			if strings.HasPrefix(name, prefix) {
				found[name] = kernel.Match{Text: name, Type: "variable", Signature: "variable of the model"}
			}
		}
	}
}

func isNilPointer(v any) bool {
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}

// unitValue describes a unit, "" for a name that is none.
func (in *Interpreter) unitValue(name string) string {
	q, ok := units.Lookup(name)
	if !ok {
		return ""
	}
	return "unit: 1 " + name + " = " + units.New(q.SI(), q.Dim()).String() + ", dimension " + q.Dim().String()
}
