package session

import (
	"reflect"
	"weak"

	"github.com/golgi-sim/golgi/sim"
)

// A weakMap knows something about objects without keeping them alive: a session must not hold every network that its
// cells ever made. Entries of objects that are gone are swept whenever the map has doubled.
type weakMap[T any] struct {
	entries map[weak.Pointer[byte]]T
	sweepAt int
}

// keyOf is the identity of an object, which is a pointer.
func keyOf(o sim.Object) weak.Pointer[byte] {
	return weak.Make((*byte)(reflect.ValueOf(o).UnsafePointer()))
}

func (m *weakMap[T]) get(o sim.Object) (T, bool) {
	value, ok := m.entries[keyOf(o)]
	return value, ok
}

func (m *weakMap[T]) set(o sim.Object, value T) {
	if m.entries == nil {
		m.entries = map[weak.Pointer[byte]]T{}
	}
	m.entries[keyOf(o)] = value
	if len(m.entries) > max(m.sweepAt, 64) {
		m.sweep()
	}
}

func (m *weakMap[T]) sweep() {
	for key := range m.entries {
		if key.Value() == nil {
			delete(m.entries, key)
		}
	}
	m.sweepAt = 2 * len(m.entries)
}

func isNil(o any) bool {
	v := reflect.ValueOf(o)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}
