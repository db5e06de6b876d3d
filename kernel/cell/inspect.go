package cell

import (
	"fmt"
	"go/types"
	"html"
	"strings"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// Inspect describes the name at pos.
func (in *Interpreter) Inspect(text string, pos, detail int) (b kernel.Bundle, found bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	defer func() {
		if recover() != nil { // a value may fail to print itself
			b, found = kernel.Bundle{}, false
		}
	}()
	path := nameAt(text, pos)
	if len(path) == 0 {
		return kernel.Bundle{}, false
	}
	if doc, ok := commands[path[0]]; ok {
		return page(path[0], doc, ""), true
	}
	o, _ := in.resolve(path)
	if o == nil {
		return in.inspectVariable(path)
	}
	value, code := "", ""
	if e := in.session.byObject[o]; e != nil {
		if v, ok := in.natives.value(e); ok && e.kind == variable {
			value = fmt.Sprint(v)
		}
		if detail > 0 {
			code = e.text
		}
	}
	if len(path) == 1 && o.Pkg() == in.session.words {
		value = in.unitValue(path[0])
	}
	doc := in.doc(o)
	return page(in.session.signature(o), join(value, doc), code), true
}

// inspectVariable describes a variable of a model: group.v.
func (in *Interpreter) inspectVariable(path []string) (kernel.Bundle, bool) {
	e := in.session.entries[path[0]]
	if len(path) != 2 || e == nil || e.kind != variable {
		return kernel.Bundle{}, false
	}
	v, _ := in.natives.value(e)
	r, ok := v.(reader)
	if !ok || isNilPointer(v) {
		return kernel.Bundle{}, false
	}
	a, err := r.Read(path[1])
	if err != nil {
		return kernel.Bundle{}, false
	}
	return page("variable "+path[1]+" of "+path[0], fmt.Sprint(a), ""), true
}

func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n")
}

func page(head, text, code string) kernel.Bundle {
	plain := join(head, text, code)
	return kernel.Bundle{Data: map[string]any{"text/plain": plain,
		"text/html": "<pre>" + html.EscapeString(head) + "</pre><p>" + strings.ReplaceAll(html.EscapeString(text), "\n\n", "</p><p>") + "</p>" + pre(code)}}
}

func pre(code string) string {
	if code == "" {
		return ""
	}
	return "<pre>" + html.EscapeString(code) + "</pre>"
}

// nameAt gives the selector around pos, as its names.
func nameAt(text string, pos int) []string {
	pos = min(max(pos, 0), len(text))
	start, end := pos, pos
	for start > 0 && (isNameByte(text[start-1]) || text[start-1] == '.' || text[start-1] == '%') {
		start--
	}
	for end < len(text) && isNameByte(text[end]) {
		end++
	}
	word := strings.Trim(text[start:end], ".")
	if word == "" {
		if open := strings.LastIndexByte(text[:pos], '('); open > 0 { // inside a call: its function
			return nameAt(text[:open], open)
		}
		return nil
	}
	return strings.Split(word, ".")
}

func isNameByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// resolve follows names through packages, fields and methods, and gives the type that holds the last.
func (in *Interpreter) resolve(path []string) (o types.Object, holder types.Type) {
	s := in.session
	if o = s.lookup(path[0]); o == nil {
		o = types.Universe.Lookup(path[0])
	}
	for _, name := range path[1:] {
		switch x := o.(type) {
		case nil:
			return nil, nil
		case *types.PkgName:
			o = x.Imported().Scope().Lookup(name)
		default:
			holder = x.Type()
			o, _, _ = types.LookupFieldOrMethod(holder, true, s.cellPkg, name)
		}
	}
	return o, holder
}

// signature is the head line of a description.
func (s *session) signature(o types.Object) string {
	if p, ok := o.(*types.PkgName); ok {
		return fmt.Sprintf("package %s (%q)", p.Imported().Name(), p.Imported().Path())
	}
	q := func(p *types.Package) string {
		if p == s.words {
			return ""
		}
		return short(p)
	}
	text := types.ObjectString(o, q)
	text = strings.ReplaceAll(text, "units.Quantity", "Quantity")
	return strings.ReplaceAll(text, "units.Array", "Array")
}

// doc is the documentation of a compiled name.
func (in *Interpreter) doc(o types.Object) string {
	switch o := o.(type) {
	case *types.PkgName:
		return symbols.Doc(o.Imported().Path(), "")
	case *types.Func:
		if o.Pkg() == in.session.words {
			return symbols.Doc(sessionPath, "Session."+o.Name())
		}
		if recv := o.Signature().Recv(); recv != nil && o.Pkg() != nil {
			t := recv.Type()
			if p, ok := t.(*types.Pointer); ok {
				t = p.Elem()
			}
			if n, ok := t.(*types.Named); ok {
				return symbols.Doc(o.Pkg().Path(), n.Obj().Name()+"."+o.Name())
			}
		}
	}
	if o.Pkg() == nil {
		return ""
	}
	return symbols.Doc(o.Pkg().Path(), o.Name())
}
