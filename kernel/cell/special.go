package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// special prints the calls of natives that need more than a call.
func (e *emitter) special(x *ast.CallExpr, name string) (string, bool) {
	switch name {
	case "k_show":
		return e.show(x), true
	}
	if strings.HasPrefix(name, "k_must") {
		return e.must(x), true
	}
	return e.quantityLiteral(x, name)
}

// show hands the values of the last expression to the kernel.
func (e *emitter) show(x *ast.CallExpr) string {
	empty := types.NewInterfaceType(nil, nil)
	arg := x.Args[0]
	e.alone = true
	defer func() { e.alone = false }()
	if tuple, ok := e.typeOf(arg).(*types.Tuple); ok {
		names, values := make([]string, tuple.Len()), make([]string, tuple.Len())
		for i := range names {
			names[i] = e.temp()
			values[i] = e.convert(names[i], tuple.At(i).Type(), empty)
		}
		e.line("%s := %s", strings.Join(names, ", "), e.expr(arg))
		return fmt.Sprintf("%s.Show(%s)", wordsName, strings.Join(values, ", "))
	}
	return fmt.Sprintf("%s.Show(%s)", wordsName, e.to(arg, empty))
}

// waiting names the methods of package sync that may block for good: natives that an interrupt reaches stand for them.
var waiting = map[string]string{"WaitGroup.Wait": "WaitGroupWait", "Mutex.Lock": "MutexLock", "RWMutex.Lock": "MutexLock", "RWMutex.RLock": "MutexRLock"}

// waits gives the native that stands for a blocking method.
func waits(m *types.Func) string {
	if m.Pkg() == nil || m.Pkg().Path() != "sync" {
		return ""
	}
	if p, ok := m.Signature().Recv().Type().(*types.Pointer); ok {
		return waiting[p.Elem().(*types.Named).Obj().Name()+"."+m.Name()]
	}
	return ""
}

// shim prints calls of the few compiled functions that have to know a cell's types.
func (e *emitter) shim(x *ast.CallExpr, sel *ast.SelectorExpr) (string, bool) {
	f, ok := e.c.object(sel.Sel).(*types.Func)
	if !ok || f.Pkg() == nil {
		return "", false
	}
	name, ok := shims[f.Pkg().Path()+"."+f.Name()]
	if !ok {
		return "", false
	}
	return wordsName + "." + name + "(" + e.arguments(x, f.Signature(), "fmt") + ")", true
}

// shims names the natives that stand for compiled functions.
var shims = map[string]string{"errors.As": "ErrorsAs"}

// must prints a call whose trailing error stops the cell, and gives its other results.
func (e *emitter) must(x *ast.CallExpr) string {
	call := x.Args[0]
	n := 1
	if t, ok := e.typeOf(call).(*types.Tuple); ok {
		n = t.Len()
	}
	names := make([]string, n)
	for i := range names {
		names[i] = e.temp()
	}
	alone := e.alone
	e.alone = false
	e.line("%s := %s", strings.Join(names, ", "), e.expr(call))
	e.alone = alone
	e.line("%s.Check(%d, %s)", wordsName, call.Pos(), names[n-1])
	for _, name := range names[:n-1] {
		e.line("_ = %s", name)
	}
	if e.alone && n == 2 {
		e.line("%s.Keep(%s)", wordsName, names[0])
	}
	return strings.Join(names[:n-1], ", ")
}
