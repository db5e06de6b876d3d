package session

import (
	"reflect"
	"slices"

	"github.com/golgi-sim/golgi/sim"
)

// A Variable is a name of a cell with its present value.
type Variable struct {
	Name  string
	Value any
}

// A scope is what the texts of one object see: the local variables of the function that made it, and the session. It
// implements sim.Resolver.
//
// When the texts are read again at a Run, the function that calls Run has local variables too. They come first where it
// is the same function, whose variables may have changed since, and after those of the maker elsewhere.
type scope struct {
	s      *Session
	locals []Variable // innermost first, as they were when the object was made
}

// here is the scope of an object that is made now.
func (s *Session) here() *scope { return &scope{s, slices.Clone(s.host.Locals())} }

func (c *scope) Resolve(name string) (any, bool) {
	for _, v := range c.inner() {
		if v.Name == name {
			return plainValue(v.Value), true
		}
	}
	value, ok := c.s.host.Lookup(name)
	if !ok || isNil(value) { // a variable before its line has run
		return nil, false
	}
	return plainValue(value), true
}

// inner are the local variables that come before the session.
func (c *scope) inner() []Variable {
	calling := c.s.host.Locals()
	if sameFunction(c.locals, calling) {
		return append(slices.Clip(calling), c.locals...)
	}
	return append(slices.Clip(c.locals), calling...)
}

// sameFunction tells whether a call seems to come from the function that had these variables: all of them are there.
func sameFunction(made, calling []Variable) bool {
	for _, v := range made {
		if !slices.ContainsFunc(calling, func(w Variable) bool { return w.Name == v.Name }) {
			return false
		}
	}
	return true
}

func (c *scope) Names() []string {
	var names []string
	for _, v := range c.inner() {
		names = append(names, v.Name)
	}
	return append(names, globalNames(c.s.host)...)
}

// plainValue turns numbers of all Go types into those that equations know.
func plainValue(value any) any {
	v := reflect.ValueOf(value)
	switch {
	case !v.IsValid():
		return value
	case v.CanInt():
		return int(v.Int())
	case v.CanUint():
		return int(v.Uint())
	case v.CanFloat():
		return v.Float()
	case v.Kind() == reflect.Bool:
		return v.Bool()
	}
	return value
}

// seeing adds to the options of an object what its texts see.
func (s *Session) seeing(options []sim.Option) []sim.Option {
	return append(slices.Clip(options), sim.Resolve(s.here()))
}

func globalNames(host Host) []string {
	var names []string
	for _, v := range host.Globals() {
		names = append(names, v.Name)
	}
	return names
}
