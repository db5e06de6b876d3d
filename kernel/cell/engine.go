package cell

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/golgi-sim/golgi/kernel/cell/symbols"
	"github.com/golgi-sim/golgi/units"
	"github.com/traefik/yaegi/interp"
)

// An engine is the interpreter under a session. It is given plain Go that was checked before.
type engine struct {
	interp   *interp.Interpreter
	natives  *natives
	line     *int // the position of the statement that runs, written by the statements themselves
	loaded   map[string]bool
	restrict bool
	texts    []string // what it was given, for one that takes its place
	setups   []string
	id       *uint64
	normal   uint64
}

func newEngine(n *natives, restrict bool) (*engine, error) {
	e := &engine{natives: n, loaded: map[string]bool{}, restrict: restrict,
		interp: interp.New(interp.Options{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard, Env: []string{}, Args: []string{}})}
	if err := e.findRunID(); err != nil {
		return nil, err
	}
	if err := e.interp.Use(interp.Exports{"golgi/rt/" + wordsName: n.all()}); err != nil {
		return nil, err
	}
	if _, err := e.interp.Eval("import " + wordsName + " \"golgi/rt\"\nvar k_line int"); err != nil {
		return nil, fmt.Errorf("the interpreter does not start: %w", err)
	}
	v, err := e.interp.Eval("&k_line")
	if err != nil {
		return nil, fmt.Errorf("the interpreter does not start: %w", err)
	}
	e.line = v.Interface().(*int)
	return e, nil
}

// findRunID finds the number that the interpreter compares before each step: raising it stops everything that runs.
// The interpreter has no other way that leaves functions made before usable. It is its first field; the check makes
// sure that it still is.
func (e *engine) findRunID() error {
	if f := reflect.TypeFor[interp.Interpreter]().Field(0); f.Name != "id" || f.Type.Kind() != reflect.Uint64 || f.Offset != 0 {
		return errors.New("this version of the interpreter cannot be stopped: its first field is " + f.Name)
	}
	e.id = (*uint64)(unsafe.Pointer(e.interp))
	e.normal = atomic.LoadUint64(e.id)
	return nil
}

func (e *engine) halt()   { atomic.StoreUint64(e.id, e.normal+1) }
func (e *engine) resume() { atomic.StoreUint64(e.id, e.normal) }

// load makes a package callable.
func (e *engine) load(path, name string) error {
	if e.loaded[path] {
		return nil
	}
	if e.restrict && forbidden[path] {
		return fmt.Errorf("package %s is not available here", path)
	}
	table, ok := symbols.Lookup(path)
	if values := e.natives.session.foreignValues[path]; !ok && values != nil {
		table, ok = symbols.Table{Values: values}, true
	}
	if !ok {
		return fmt.Errorf("there is no package %q in this kernel", path)
	}
	values := map[string]reflect.Value{}
	for k, v := range table.Values {
		values[k] = v
	}
	for k, v := range e.natives.overrides(path) {
		values[k] = v
	}
	if err := e.interp.Use(interp.Exports{path + "/" + name: values}); err != nil {
		return err
	}
	if _, err := e.interp.Eval(fmt.Sprintf("import %s %q", name, path)); err != nil {
		return err
	}
	e.loaded[path] = true
	return nil
}

// forbidden packages are not there in a restricted kernel.
var forbidden = map[string]bool{"os/exec": true, "syscall": true, "unsafe": true, "net": true, "net/http": true, "plugin": true}

// accept gives a unit to the interpreter and gets the function of the cell's statements back.
func (e *engine) accept(b *build) (setup, body func(), err error) {
	for _, path := range b.unit.imports {
		if err := e.load(path, b.unit.packages[path]); err != nil {
			return nil, nil, err
		}
	}
	if err := e.give(b.unit.words, b.unit.literals); err != nil {
		return nil, nil, err
	}
	if err := e.eval(b.unit.text()); err != nil {
		return nil, nil, err
	}
	e.texts = append(e.texts, b.unit.text())
	if len(b.unit.setup) > 0 {
		if setup, err = e.function(b.name + "_setup"); err != nil {
			return nil, nil, err
		}
		e.setups = append(e.setups, b.name+"_setup")
	}
	body, err = e.function(b.name)
	return setup, body, err
}

// give makes units, and constants with units, known by their names.
func (e *engine) give(words []string, literals []units.Quantity) error {
	values := map[string]reflect.Value{}
	for _, name := range words {
		if q, ok := units.Lookup(name); ok && !e.loaded["unit "+name] {
			values[exportedWord(name)] = reflect.ValueOf(&q).Elem()
			e.loaded["unit "+name] = true
		}
	}
	for _, q := range literals {
		if name := e.natives.session.literals[q]; !e.loaded["literal "+name] {
			values[name] = reflect.ValueOf(&q).Elem()
			e.loaded["literal "+name] = true
		}
	}
	if len(values) == 0 {
		return nil
	}
	return e.interp.Use(interp.Exports{"golgi/rt/" + wordsName: values})
}

func (e *engine) eval(text string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	_, err = e.interp.Eval(text)
	return err
}

func (e *engine) function(name string) (f func(), err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	v, err := e.interp.Eval(name)
	if err != nil {
		return nil, err
	}
	return v.Interface().(func()), nil
}

// overrides are the values that stand for those of a compiled package: what would leave the cell, end the process or
// sleep without waking.
func (n *natives) overrides(path string) map[string]reflect.Value {
	of := func(pairs ...any) map[string]reflect.Value {
		m := map[string]reflect.Value{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = reflect.ValueOf(pairs[i+1])
		}
		return m
	}
	switch path {
	case "os":
		return of("Exit", func(code int) { panic(exit{code}) }, "Stdout", &stream{n, "stdout"}, "Stderr", &stream{n, "stderr"}, "Stdin", &input{n: n})
	case "fmt":
		return n.fmtOverrides(of)
	case "log":
		return n.logOverrides(of)
	case "time":
		return of("Sleep", n.sleep)
	case "runtime":
		return of("Goexit", func() { panic(exit{0}) })
	}
	return nil
}

func (n *natives) sleep(d time.Duration) {
	r := n.current()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.stop:
		panic(stopped{})
	}
}
