package session

import (
	"reflect"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim"
)

// held are the simulation objects that the variables of the session hold, in slices, maps and structs too.
func (s *Session) held() []sim.Object { return objectsIn(s.host.Globals()) }

// objectsIn are the simulation objects that variables hold, each once, in the order in which they are found. The cost
// is that of the values that can hold an object: numbers are not looked at.
func objectsIn(variables []Variable) []sim.Object {
	w := walker{seen: map[visit]bool{}}
	for _, v := range variables {
		w.value(reflect.ValueOf(v.Value))
	}
	return w.found
}

// A visit is a pointer, map or slice that was met.
type visit struct {
	at     uintptr
	length int // of a slice
	kind   reflect.Type
}

// A walker collects simulation objects from values, cyclic ones too.
type walker struct {
	found []sim.Object
	seen  map[visit]bool
}

var objectType = reflect.TypeFor[sim.Object]()

func (w *walker) value(v reflect.Value) {
	if !v.IsValid() || w.object(v) || closed(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		w.value(v.Elem())
	case reflect.Pointer:
		if !v.IsNil() && w.first(v) {
			w.value(v.Elem())
		}
	case reflect.Map:
		if (mayHold(v.Type().Key()) || mayHold(v.Type().Elem())) && w.first(v) {
			w.entries(v)
		}
	case reflect.Slice:
		if mayHold(v.Type().Elem()) && !v.IsNil() && w.first(v) {
			w.elements(v)
		}
	case reflect.Array:
		if mayHold(v.Type().Elem()) {
			w.elements(v)
		}
	case reflect.Struct:
		for k := range v.NumField() {
			w.value(v.Field(k))
		}
	}
}

// object takes a value that is a simulation object itself. Fields of structs that are not exported give their pointers
// too: only their values are out of reach.
func (w *walker) object(v reflect.Value) bool {
	if v.Kind() != reflect.Pointer || !v.Type().Implements(objectType) {
		return false
	}
	if v.IsNil() {
		return true
	}
	if !v.CanInterface() {
		v = reflect.NewAt(v.Type().Elem(), v.UnsafePointer())
	}
	o := v.Interface().(sim.Object)
	if !slices.Contains(w.found, o) {
		w.found = append(w.found, o)
	}
	return true
}

// first tells whether a pointer, map or slice is met for the first time.
func (w *walker) first(v reflect.Value) bool {
	key := visit{at: v.Pointer(), kind: v.Type()}
	if v.Kind() == reflect.Slice {
		key.length = v.Len()
	}
	known := w.seen[key]
	w.seen[key] = true
	return !known
}

func (w *walker) entries(v reflect.Value) {
	for it := v.MapRange(); it.Next(); {
		w.value(it.Key())
		w.value(it.Value())
	}
}

func (w *walker) elements(v reflect.Value) {
	for k := range v.Len() {
		w.value(v.Index(k))
	}
}

// mayHold tells whether values of a type can hold an object: numbers, texts and functions cannot.
func mayHold(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice, reflect.Array, reflect.Struct:
		return !closed(t) || reflect.PointerTo(t).Implements(objectType) || t.Implements(objectType)
	}
	return false
}

// closed are structs of compiled packages, which hold no variables of a cell, but for the boxes that an interpreter
// makes around its own values.
func closed(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	path := t.PkgPath()
	if t.Kind() != reflect.Struct || path == "" {
		return false
	}
	return !strings.Contains(path, ".") || slices.ContainsFunc([]string{"/units", "/sim", "/plotting", "/session"}, func(end string) bool { return strings.HasSuffix(path, end) })
}

// dependent objects need others in their network.
type dependent interface{ DependsOn() []sim.Object }

// needs are the whole objects that o refers to.
func needs(o sim.Object) []sim.Object {
	d, ok := o.(dependent)
	if !ok {
		return nil
	}
	var all []sim.Object
	for _, n := range d.DependsOn() {
		if n = wholeOf(n); n != nil {
			all = append(all, n)
		}
	}
	return all
}

// wholeOf is the group of a subgroup, and every other object itself.
func wholeOf(o sim.Object) sim.Object {
	if part, ok := o.(interface{ Whole() sim.Object }); ok {
		return part.Whole()
	}
	return o
}
