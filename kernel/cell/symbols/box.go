package symbols

import (
	"encoding/json"
	"fmt"
	"sync"
)

// A Type is the run-time face of a type that a cell declared: what the interpreter does not keep of it.
type Type struct {
	Name  string
	ID    int // its number in the session
	Print func(f fmt.State, verb rune, value any)
	Check func() // called before each method that compiled code calls: panics when the cell was stopped

	methods sync.Map // name -> func(receiver any, arguments…) results…
}

// Method is the function of a method, which takes the receiver first; nil where there is none.
func (t *Type) Method(name string) any {
	m, _ := t.methods.Load(name)
	return m
}

// SetMethod gives the type a method, in place of one of the same name.
func (t *Type) SetMethod(name string, f any) { t.methods.Store(name, f) }

// A Box is a value of a cell's own type inside an interface. Two boxes are equal when type and value are.
type Box struct {
	Kind *Type
	Held any
}

// Unwrapped gives the box inside any of the wrappers that carry one through an interface of a compiled package.
func (b Box) Unwrapped() Box { return b }

// Format prints the value as its own type says.
func (b Box) Format(f fmt.State, verb rune) { b.Kind.Print(f, verb, b.Held) }

// MarshalJSON is the value's own method, or what its fields say.
func (b Box) MarshalJSON() ([]byte, error) {
	if own, ok := b.Kind.Method("MarshalJSON").(func(any) ([]byte, error)); ok {
		return own(b.Held)
	}
	return json.Marshal(b.Held)
}

func (b Box) method(name string) any {
	if b.Kind.Check != nil {
		b.Kind.Check()
	}
	if m := b.Kind.Method(name); m != nil {
		return m
	}
	panic(fmt.Errorf("type %s has no method %s", b.Kind.Name, name))
}

// errorBox carries a cell's error type through the interface error.
type errorBox struct{ Box }

func (e errorBox) Error() string { return e.method("Error").(func(any) string)(e.Held) }

// Unwrap, Is and As are looked for by package errors on every error; without a method of its own it has none.
func (e errorBox) Unwrap() error {
	if own, ok := e.Kind.Method("Unwrap").(func(any) error); ok {
		return own(e.Held)
	}
	return nil
}

func (e errorBox) Is(target error) bool {
	own, ok := e.Kind.Method("Is").(func(any, error) bool)
	return ok && own(e.Held, target)
}

// AsError gives the box as an error; its type has the method Error.
func AsError(b Box) error { return errorBox{b} }
