package symbols

import (
	"encoding/json"
	"fmt"
)

// A Type is the run-time face of a type that a cell declared: what the interpreter does not keep of it.
type Type struct {
	Name    string
	ID      int            // its number in the session
	Methods map[string]any // name -> func(receiver any, arguments…) results…
	Print   func(f fmt.State, verb rune, value any)
}

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
	if own, ok := b.Kind.Methods["MarshalJSON"].(func(any) ([]byte, error)); ok {
		return own(b.Held)
	}
	return json.Marshal(b.Held)
}

func (b Box) method(name string) any {
	if m, ok := b.Kind.Methods[name]; ok {
		return m
	}
	panic(fmt.Errorf("type %s has no method %s", b.Kind.Name, name))
}

// errorBox carries a cell's error type through the interface error.
type errorBox struct{ Box }

func (e errorBox) Error() string { return e.method("Error").(func(any) string)(e.Held) }

// Unwrap, Is and As are looked for by package errors on every error; without a method of its own it has none.
func (e errorBox) Unwrap() error {
	if own, ok := e.Kind.Methods["Unwrap"].(func(any) error); ok {
		return own(e.Held)
	}
	return nil
}

func (e errorBox) Is(target error) bool {
	own, ok := e.Kind.Methods["Is"].(func(any, error) bool)
	return ok && own(e.Held, target)
}

// AsError gives the box as an error; its type has the method Error.
func AsError(b Box) error { return errorBox{b} }
