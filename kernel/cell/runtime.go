package cell

import (
	"bytes"
	"context"
	"fmt"
	"go/types"
	"reflect"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// natives are the functions of compiled code that printed cells call. Those whose names a cell may use too stand in
// words; the rest only the emitter names.
type natives struct {
	session *session
	tables  map[string]symbols.Table

	mu         sync.Mutex
	boxKinds   map[int]*symbols.Type
	lines      sync.Map // goroutine -> *int, its place
	frames     sync.Map // goroutine -> *Frame whose deferred calls run
	started    func(fn func())
	between    func(context.Context, kernel.Output, func()) error
	runs       sync.Map    // goroutine -> *run
	halted     atomic.Bool // while a cell is being stopped
	latest     *atomic.Pointer[run]
	paramNames []string // of the function among the arguments of a word that runs
	vocabulary Vocabulary
	scope      []Variable               // around the call of a word that runs
	globals    map[string]reflect.Value // by the name inside the interpreter: pointers to variables, functions
}

// symbols lists them for the interpreter.
func (n *natives) symbols() map[string]reflect.Value {
	return map[string]reflect.Value{
		"Box": reflect.ValueOf(n.box), "Method": reflect.ValueOf(n.method), "Bound": reflect.ValueOf(n.bound), "Same": reflect.ValueOf(same),
		"Is": reflect.ValueOf(n.is), "Assert": reflect.ValueOf(n.assert), "AssertOK": reflect.ValueOf(n.assertOK),
		"AsError": reflect.ValueOf(asError), "Wrap": reflect.ValueOf(n.wrap), "Panic": reflect.ValueOf(raise), "Recover": reflect.ValueOf(n.recovered),
		"NewFrame": reflect.ValueOf(func() *Frame { return &Frame{natives: n} }), "Frame": reflect.ValueOf((*Frame)(nil)), "Go": reflect.ValueOf(n.start),
	}
}

// unbox gives the box of a value that is one, or carries one as a compiled interface.
func unbox(v any) (symbols.Box, bool) {
	b, ok := v.(interface{ Unwrapped() symbols.Box })
	if !ok {
		return symbols.Box{}, false
	}
	return b.Unwrapped(), true
}

// proceed stops compiled code that calls methods of a cell which was stopped: those give zero values from then on, and
// a loop that waits for the end of a reader would never see it.
func (n *natives) proceed() {
	if n.halted.Load() {
		panic(stopped{})
	}
}

func (n *natives) box(kind int, v any) any { return symbols.Box{Kind: n.kind(kind), Held: v} }

func (n *natives) kind(id int) *symbols.Type {
	n.mu.Lock()
	defer n.mu.Unlock()
	if k := n.boxKinds[id]; k != nil {
		return k
	}
	t := n.session.kindList[id]
	k := &symbols.Type{Name: types.TypeString(t, inMain), ID: id, Check: n.proceed}
	k.Print = func(f fmt.State, verb rune, v any) { printOwn(n, f, verb, t, k, v) }
	n.boxKinds[id] = k
	return k
}

// inMain qualifies a cell's types as Go would in a program.
func inMain(p *types.Package) string {
	if p.Path() == cellPath {
		return "main"
	}
	return p.Name()
}

func (n *natives) method(kind int, name string, f any) { n.kind(kind).SetMethod(name, f) }

// bound gives a method of a dynamic value as a function.
func (n *natives) bound(v any, name string) any {
	b, ok := unbox(v)
	if !ok {
		m := reflect.ValueOf(v)
		if !m.IsValid() {
			panic(nilPointer{})
		}
		return m.MethodByName(name).Interface()
	}
	f := reflect.ValueOf(b.Kind.Method(name))
	t := f.Type()
	var in, out []reflect.Type
	for i := 1; i < t.NumIn(); i++ {
		in = append(in, t.In(i))
	}
	for i := range t.NumOut() {
		out = append(out, t.Out(i))
	}
	held := reflect.ValueOf(&b.Held).Elem()
	return reflect.MakeFunc(reflect.FuncOf(in, out, t.IsVariadic()), func(args []reflect.Value) []reflect.Value {
		args = append([]reflect.Value{held}, args...)
		if t.IsVariadic() {
			return f.CallSlice(args)
		}
		return f.Call(args)
	}).Interface()
}

// same compares two interface values as Go does, boxes by what is in them.
func same(a, b any) bool {
	x, isBox := unbox(a)
	y, other := unbox(b)
	if isBox != other {
		return false
	}
	if isBox {
		return x.Kind == y.Kind && x.Held == y.Held
	}
	return a == b
}

// typeOf gives the type of a dynamic value, nil for nil.
func (n *natives) typeOf(v any) types.Type {
	if v == nil {
		return nil
	}
	if b, ok := unbox(v); ok {
		return n.session.kindList[b.Kind.ID]
	}
	n.session.reflecting.Lock()
	defer n.session.reflecting.Unlock()
	return n.session.typeOf(reflect.TypeOf(v))
}

func (n *natives) is(v any, kind int) bool {
	if v == nil {
		return false
	}
	want := n.session.kindList[kind]
	if b, ok := unbox(v); ok && b.Kind.ID == kind {
		return true
	} else if _, basic := want.(*types.Basic); basic {
		return !ok && reflect.TypeOf(v).PkgPath() == "" && reflect.TypeOf(v).Name() == want.String()
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.typeOf(v)
	if i, ok := want.Underlying().(*types.Interface); ok {
		return types.Implements(have, i)
	}
	return types.Identical(have, want)
}

func (n *natives) assert(v any, kind, from int) any {
	if n.is(v, kind) {
		return n.held(v, kind)
	}
	panic(n.conversionError(v, kind, from))
}

func (n *natives) assertOK(v any, kind int) (any, bool) {
	if !n.is(v, kind) {
		return nil, false
	}
	return n.held(v, kind), true
}

// held takes a value of a concrete type out of its box.
func (n *natives) held(v any, kind int) any {
	if types.IsInterface(n.session.kindList[kind]) {
		return v
	}
	if b, ok := unbox(v); ok {
		return b.Held
	}
	return v
}

func (n *natives) conversionError(v any, kind, from int) error {
	want, static := n.session.kindList[kind], n.session.kindList[from]
	name := types.TypeString(static, inMain)
	if i, ok := static.(*types.Interface); ok && i.Empty() || name == "any" {
		name = "interface {}"
	}
	have := n.typeOf(v)
	if i, ok := want.Underlying().(*types.Interface); ok {
		if have == nil {
			return runtimeError("interface conversion: interface is nil, not " + types.TypeString(want, inMain))
		}
		if m, _ := types.MissingMethod(have, i, true); m != nil {
			return runtimeError(fmt.Sprintf("interface conversion: %s is not %s: missing method %s", types.TypeString(have, inMain), types.TypeString(want, inMain), m.Name()))
		}
	}
	held := "nil"
	if have != nil {
		held = types.TypeString(have, inMain)
	}
	return runtimeError(fmt.Sprintf("interface conversion: %s is %s, not %s", name, held, types.TypeString(want, inMain)))
}

// runtimeError is a panic of the language itself.
type runtimeError string

func (e runtimeError) Error() string { return string(e) }
func (runtimeError) RuntimeError()   {}

type nilPointer struct{}

func (nilPointer) Error() string {
	return "runtime error: invalid memory address or nil pointer dereference"
}
func (nilPointer) RuntimeError() {}

func asError(v any) error {
	if v == nil {
		return nil
	}
	if err, ok := v.(error); ok {
		return err
	}
	b, _ := unbox(v)
	return symbols.AsError(b)
}

// wrap gives what an interface of a compiled package wants for a value that may be in a box.
func (n *natives) wrap(path, name string, v any) any {
	b, ok := unbox(v)
	if !ok {
		return v
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	table, ok := n.tables[path]
	if !ok {
		table, _ = symbols.Lookup(path)
		n.tables[path] = table
	}
	t := table.Values[name].Type().Elem()
	if make := table.Wrappers[t]; make != nil {
		return make(b)
	}
	panic(fmt.Errorf("a type of a cell cannot be used as %s.%s", path, name))
}

func raise(v any) {
	if v == nil {
		v = new(runtime.PanicNilError)
	}
	panic(v)
}

// A Frame runs the deferred calls of one call of a function.
type Frame struct {
	natives   *natives
	deferred  []func()
	panicking bool
	value     any
}

// Defer notes a call for the end of the function.
func (f *Frame) Defer(call func()) { f.deferred = append(f.deferred, call) }

// Run runs the body of the function, then its deferred calls, the last first. A panic goes on after them unless one of
// them recovers it.
func (f *Frame) Run(body func()) {
	f.try(body)
	id := goroutine()
	outer, _ := f.natives.frames.Load(id)
	for len(f.deferred) > 0 {
		last := len(f.deferred) - 1
		call := f.deferred[last]
		f.deferred = f.deferred[:last]
		f.natives.frames.Store(id, f)
		f.try(call)
	}
	if outer == nil {
		f.natives.frames.Delete(id)
	} else {
		f.natives.frames.Store(id, outer)
	}
	if f.panicking {
		panic(f.value)
	}
}

func (f *Frame) try(call func()) {
	defer func() {
		if r := recover(); r != nil {
			f.panicking, f.value = true, bare(r)
		}
	}()
	call()
}

// bare gives a panic's value without the reflection that the interpreter wraps around some.
func bare(r any) any {
	if v, ok := r.(reflect.Value); ok && v.IsValid() && v.CanInterface() {
		return v.Interface()
	}
	return r
}

// recovered is recover for cells.
func (n *natives) recovered() any {
	f, ok := n.frames.Load(goroutine())
	if !ok || !f.(*Frame).panicking {
		return nil
	}
	frame := f.(*Frame)
	if _, stopping := frame.value.(stopped); stopping {
		return nil
	}
	frame.panicking = false
	return plainPanic(frame.value)
}

// goroutine numbers the running goroutine, from the first line of its stack.
func goroutine() int {
	var buffer [64]byte
	text := buffer[:runtime.Stack(buffer[:], false)]
	text = bytes.TrimPrefix(text, []byte("goroutine "))
	n, _ := strconv.Atoi(string(text[:max(bytes.IndexByte(text, ' '), 0)]))
	return n
}

func (n *natives) start(f func()) { n.started(f) }

// exit is the panic of os.Exit in a cell.
type exit struct{ code int }

// stopped is the panic of an interrupted cell.
type stopped struct{}
