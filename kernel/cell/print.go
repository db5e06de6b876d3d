package cell

import (
	"fmt"
	"go/types"
	"io"
	"reflect"

	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// printOwn prints a value of a cell's own type as fmt would if the type were compiled.
func printOwn(n *natives, f fmt.State, verb rune, t types.Type, k *symbols.Type, v any) {
	if verb != 'T' && verb != 'p' && !(verb == 'v' && f.Flag('#')) {
		switch m := k.Method("Error").(type) {
		case func(any) string:
			if textVerb(verb) {
				fmt.Fprintf(f, fmt.FormatString(f, verb), m(v))
				return
			}
		}
		if m, ok := k.Method("String").(func(any) string); ok && textVerb(verb) {
			fmt.Fprintf(f, fmt.FormatString(f, verb), m(v))
			return
		}
	}
	p := printer{n: n, f: f, verb: verb}
	p.value(t, reflect.ValueOf(v), 0)
}

func textVerb(verb rune) bool {
	return verb == 'v' || verb == 's' || verb == 'q' || verb == 'x' || verb == 'X'
}

type printer struct {
	n    *natives
	f    fmt.State
	verb rune
}

func (p *printer) leaf(v any) { fmt.Fprintf(p.f, fmt.FormatString(p.f, p.verb), v) }

func (p *printer) value(t types.Type, v reflect.Value, depth int) {
	if !v.IsValid() {
		p.leaf(nil)
		return
	}
	if v.Kind() == reflect.Interface && !types.IsInterface(t) { // a field that is kept as one
		v = v.Elem()
	}
	if !v.IsValid() {
		p.leaf(reflect.Zero(reflect.TypeFor[[]int]()).Interface())
		return
	}
	if depth > 0 && p.methods(t, v) {
		return
	}
	if !isOwn(t) {
		p.leaf(v.Interface())
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		p.structure(u, v, depth)
	case *types.Slice:
		p.list(u.Elem(), v, depth)
	case *types.Array:
		p.list(u.Elem(), v, depth)
	case *types.Map:
		p.mapping(u, v, depth)
	case *types.Pointer:
		p.pointer(u, v, depth)
	case *types.Interface:
		p.leaf(v.Interface())
	default:
		p.leaf(v.Interface())
	}
}

// methods prints a part through its own String or Error, when the session knows them.
func (p *printer) methods(t types.Type, v reflect.Value) bool {
	id, ok := p.n.session.kinds[typeKey(t)]
	if !ok || !textVerb(p.verb) {
		return false
	}
	k := p.n.kind(id)
	for _, name := range []string{"Error", "String"} {
		if m, ok := k.Method(name).(func(any) string); ok {
			if t, pointer := t.(*types.Pointer); pointer && v.IsNil() {
				_ = t
				return false
			}
			p.leaf(m(v.Interface()))
			return true
		}
	}
	return false
}

func (p *printer) structure(u *types.Struct, v reflect.Value, depth int) {
	io.WriteString(p.f, "{")
	for i := range u.NumFields() {
		if i > 0 {
			io.WriteString(p.f, " ")
		}
		if p.f.Flag('+') {
			io.WriteString(p.f, u.Field(i).Name()+":")
		}
		p.value(u.Field(i).Type(), v.Field(i), depth+1)
	}
	io.WriteString(p.f, "}")
}

func (p *printer) list(elem types.Type, v reflect.Value, depth int) {
	io.WriteString(p.f, "[")
	for i := range v.Len() {
		if i > 0 {
			io.WriteString(p.f, " ")
		}
		p.value(elem, v.Index(i), depth+1)
	}
	io.WriteString(p.f, "]")
}

func (p *printer) mapping(u *types.Map, v reflect.Value, depth int) {
	io.WriteString(p.f, "map[")
	for i, key := range sortedKeys(v) {
		if i > 0 {
			io.WriteString(p.f, " ")
		}
		p.value(u.Key(), key, depth+1)
		io.WriteString(p.f, ":")
		p.value(u.Elem(), v.MapIndex(key), depth+1)
	}
	io.WriteString(p.f, "]")
}

func (p *printer) pointer(u *types.Pointer, v reflect.Value, depth int) {
	if depth > 0 || v.IsNil() {
		if v.IsNil() {
			io.WriteString(p.f, "<nil>")
			return
		}
		fmt.Fprintf(p.f, "%#x", v.Pointer())
		return
	}
	switch u.Elem().Underlying().(type) {
	case *types.Struct, *types.Slice, *types.Array, *types.Map:
		io.WriteString(p.f, "&")
		p.value(u.Elem(), v.Elem(), depth+1)
	default:
		fmt.Fprintf(p.f, "%#x", v.Pointer())
	}
}
