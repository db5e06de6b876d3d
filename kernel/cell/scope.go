package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
)

// takesScope reports whether a call may read equations, so that it has to see the local variables around it: words of
// the vocabulary, and methods of types with variables or of the network, that take a text or options.
func (e *emitter) takesScope(f *types.Func) bool {
	if f == nil || f.Pkg() == nil {
		return false
	}
	if f.Pkg() == e.s.words {
		_, ok := e.s.vocab[f.Name()]
		return ok || f.Name() == "k_set" || f.Name() == "k_getAt"
	}
	return f.Signature().Recv() != nil && (f.Pkg().Path() == simPath || f.Pkg().Path() == sessionPath)
}

// locals prints the line that hands the local variables at pos to the next call.
func (e *emitter) locals(pos token.Pos) {
	if !pos.IsValid() {
		return
	}
	var names, values []string
	for scope := e.innermost(pos); scope != nil && scope != e.c.pkg.Scope() && scope != types.Universe; scope = scope.Parent() {
		for _, name := range slices.Backward(scope.Names()) {
			o, ok := scope.Lookup(name).(*types.Var)
			if !ok || e.top[o] != nil || o.Pos() > pos || name == "_" || slices.Contains(names, fmt.Sprintf("%q", name)) || e.names[o] == "" {
				continue
			}
			names = append(names, fmt.Sprintf("%q", name))
			values = append(values, e.names[o])
		}
	}
	e.line("%s.Locals([]string{%s}, []interface{}{%s})", wordsName, strings.Join(names, ", "), strings.Join(values, ", "))
}

// parameters prints the line that names the parameters of a function among the arguments of the next call.
func (e *emitter) parameters(x *ast.CallExpr) {
	for _, arg := range x.Args {
		sig, ok := under(e.typeOf(arg)).(*types.Signature)
		if !ok {
			continue
		}
		var names []string
		for i := range sig.Params().Len() {
			names = append(names, fmt.Sprintf("%q", sig.Params().At(i).Name()))
		}
		e.line("%s.Parameters([]string{%s})", wordsName, strings.Join(names, ", "))
		return
	}
}

// innermost finds the scope at a position.
func (e *emitter) innermost(pos token.Pos) (best *types.Scope) {
	for node, scope := range e.c.info.Scopes {
		if _, file := node.(*ast.File); file || scope.Pos() > pos || scope.End() < pos {
			continue
		}
		if best == nil || scope.Pos() >= best.Pos() && scope.End() <= best.End() {
			best = scope
		}
	}
	return best
}

// locals keeps the local variables for the call that follows.
func (n *natives) locals(names []string, values []any) {
	list := make([]Variable, len(names))
	for i := range names {
		list[i] = Variable{names[i], values[i]}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.scope = list
}

// parameters keeps the names of a function's parameters for the call that follows.
func (n *natives) parameters(names []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.paramNames = names
}

// Parameters implements Host.
func (n *natives) Parameters() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.paramNames
}

// global notes where the interpreter keeps a variable.
func (n *natives) global(inner string, pointer any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.globals[inner] = reflect.ValueOf(pointer)
}

// Locals implements Names.
func (n *natives) Locals() []Variable {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.scope
}

// Lookup implements Names.
func (n *natives) Lookup(name string) (any, bool) {
	e := n.session.entries[name]
	if e == nil {
		return nil, false
	}
	if e.kind == constantName {
		return constantValue(e.object.(*types.Const)), true
	}
	return n.value(e)
}

// value is the present value of a variable, or a function.
func (n *natives) value(e *entry) (any, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	v, ok := n.globals[e.inner]
	if !ok || !v.IsValid() {
		return nil, false
	}
	if v.Kind() == reflect.Pointer {
		return v.Elem().Interface(), true
	}
	return v.Interface(), true
}

// Globals implements Names.
func (n *natives) Globals() (list []Variable) {
	names := make([]string, 0, len(n.session.entries))
	for name, e := range n.session.entries {
		if e.kind == variable {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if v, ok := n.value(n.session.entries[name]); ok {
			list = append(list, Variable{name, v})
		}
	}
	return list
}
