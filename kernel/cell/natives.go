package cell

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"github.com/golgi-sim/golgi/kernel"
)

// words are the natives that checked cells name; the desugarer writes some of them, all have a signature.
func (n *natives) words() map[string]reflect.Value {
	m := map[string]reflect.Value{"k_show": reflect.ValueOf(func(...any) {})}
	for _, more := range []map[string]reflect.Value{arithmetic(), n.conversions(), n.modelNatives()} {
		maps.Copy(m, more)
	}
	return m
}

// all are the natives that the interpreter gets.
func (n *natives) all() map[string]reflect.Value {
	all := n.symbols()
	for name, v := range n.words() {
		all[exportedWord(name)] = v
	}
	for name, v := range n.session.vocab {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		all[exportedWord(name)] = v
	}
	all["Locals"], all["Global"], all["Check"], all["Keep"] = reflect.ValueOf(n.locals), reflect.ValueOf(n.global), reflect.ValueOf(n.check), reflect.ValueOf(n.keep)
	all["Show"] = reflect.ValueOf(n.show)
	all["Recv"], all["RecvOK"], all["Send"], all["Select"] = reflect.ValueOf(n.recv), reflect.ValueOf(n.recvOK), reflect.ValueOf(n.send), reflect.ValueOf(n.choose)
	all["WaitGroupWait"], all["MutexRLock"] = reflect.ValueOf(n.waitGroup), reflect.ValueOf(n.rlock)
	all["MutexLock"] = reflect.ValueOf(func(m any) { n.lock(m.(interface{ TryLock() bool })) })
	all["Any"] = reflect.ValueOf(func(v any) any { return v })
	all["OutOfRange"], all["BadSlice"] = reflect.ValueOf(outOfRange), reflect.ValueOf(badSlice)
	all["Runes"] = reflect.ValueOf(runes)
	all["Fields"] = reflect.ValueOf(n.fields)
	all["Parameters"] = reflect.ValueOf(n.parameters)
	all["OwnLine"] = reflect.ValueOf(n.ownLine)
	all["Receive"] = reflect.ValueOf(receive{})
	all["ErrorsAs"] = reflect.ValueOf(n.errorsAs)
	all["Print"] = reflect.ValueOf(func(a ...any) { fmt.Fprint(&stream{n, "stderr"}, a...) })
	all["Println"] = reflect.ValueOf(func(a ...any) { fmt.Fprintln(&stream{n, "stderr"}, a...) })
	return all
}

func (n *natives) show(values ...any) {
	r := n.current()
	r.shown = values
}

// errorsAs is errors.As for a target that may point to a type of a cell.
func (n *natives) errorsAs(err error, target any) bool {
	b, ok := unbox(target)
	if !ok {
		return errors.As(err, target)
	}
	want := n.session.kindList[b.Kind.ID].(*types.Pointer).Elem()
	place := reflect.ValueOf(b.Held).Elem()
	for ; err != nil; err = errors.Unwrap(err) {
		have := n.typeOf(err)
		if types.Identical(have, want) {
			if box, ok := unbox(err); ok {
				place.Set(reflect.ValueOf(box.Held))
				return true
			}
		}
		if i, ok := want.Underlying().(*types.Interface); ok && types.Implements(have, i) {
			place.Set(reflect.ValueOf(err))
			return true
		}
	}
	return false
}

// sortedKeys gives the keys of a map in the order fmt prints them.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, compareKeys)
	return keys
}

func compareKeys(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compareKeys(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case reflect.Array:
		for i := range a.Len() {
			if c := compareKeys(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	}
	return 0
}

// ownLine notes where a goroutine remembers its place.
func (n *natives) ownLine(line *int) { n.lines.Store(goroutine(), line) }

func (n *natives) keep(v any) { n.vocabulary.Keep(v) }

// Output implements Host.
func (n *natives) Output() kernel.Output { return n.current().out }

// Do implements Host.
func (n *natives) Do(ctx context.Context, out kernel.Output, f func()) error {
	return n.between(ctx, out, f)
}

// Bundle implements Host.
func (n *natives) Bundle(v any) kernel.Bundle { return kernel.DisplayBundle(faced(v)) }

// runes takes a text apart as range does: the characters, and where each begins.
func runes(text string) (list []rune, offsets []int) {
	for i, r := range text {
		list, offsets = append(list, r), append(offsets, i)
	}
	return list, offsets
}
