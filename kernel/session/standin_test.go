package session

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// A notebook stands in for the interpreter: variables are a map, cells are functions.
type notebook struct {
	t       *testing.T
	s       *Session
	vars    map[string]any
	locals  []Variable
	streams map[string]string
	shown   []any
	updates map[string][]any
	cleared int
	n       int
	ctx     context.Context
}

func newNotebook(t *testing.T) *notebook {
	b := &notebook{t: t, vars: map[string]any{}, streams: map[string]string{}, updates: map[string][]any{}, ctx: context.Background()}
	b.s = New(b)
	return b
}

func (b *notebook) Show(v any)              { b.shown = append(b.shown, v) }
func (b *notebook) ShowAs(id string, v any) { b.updates[id] = append(b.updates[id], v) }
func (b *notebook) Clear(bool)              { b.cleared++ }
func (b *notebook) Stream(name, text string) {
	b.streams[name] += text
}
func (b *notebook) Locals() []Variable { return b.locals }
func (b *notebook) Lookup(name string) (any, bool) {
	v, ok := b.vars[name]
	return v, ok
}
func (b *notebook) Globals() []Variable {
	var all []Variable
	for _, name := range slices.Sorted(maps.Keys(b.vars)) {
		all = append(all, Variable{name, b.vars[name]})
	}
	return all
}

// cell runs f as a cell with a text.
func (b *notebook) cell(source string, f func()) []*Figure {
	b.n++
	b.s.BeginCell(b.ctx, b.n, "", source)
	f()
	return b.s.EndCell()
}

// inside runs f as the body of a function with local variables, given as name, value, name, value.
func (b *notebook) inside(locals []any, f func()) {
	before := b.locals
	defer func() { b.locals = before }()
	b.locals = nil
	for k := 0; k < len(locals); k += 2 {
		b.locals = append(b.locals, Variable{locals[k].(string), locals[k+1]})
	}
	f()
}

func (b *notebook) try(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// must gives a value whose making has to succeed.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func q(text string) units.Quantity { return must(units.Parse(text)) }

// fails checks that an error says all of some words.
func fails(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", words)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not say %q", err, word)
		}
	}
}

func (b *notebook) wantNear(what string, got, want, tolerance float64) {
	b.t.Helper()
	if d := got - want; !(d <= tolerance && -d <= tolerance) {
		b.t.Errorf("%s is %v, want %v", what, got, want)
	}
}
