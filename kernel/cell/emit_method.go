package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// methodCall prints x.m(…): a cell's own method is a function of its receiver, a method of an interface without a
// compiled name is looked up when it runs, all else is a call of compiled code.
func (e *emitter) methodCall(x *ast.CallExpr, sel *ast.SelectorExpr, selection *types.Selection, sig *types.Signature) string {
	m := selection.Obj().(*types.Func)
	owner, holder := e.path(e.operand(sel.X), e.typeOf(sel.X), selection.Index()[:len(selection.Index())-1])
	if types.IsInterface(holder) {
		if compiledInterface(holder) {
			return owner + "." + m.Name() + "(" + e.arguments(x, sig, "compiled") + ")"
		}
		return fmt.Sprintf("%s.(func%s)(%s)", e.bound(owner, m.Name()), e.spellSignature(sig, 0), e.arguments(x, sig, ""))
	}
	if m.Pkg() != nil && m.Pkg().Path() == cellPath {
		args := append([]string{e.receiver(owner, holder, m)}, e.argumentList(x, sig, "")...)
		return e.method(sel, m, holder) + "(" + strings.Join(args, ", ") + ")"
	}
	if native := waits(m); native != "" {
		return wordsName + "." + native + "(" + e.receiver(owner, holder, m) + ")"
	}
	return owner + "." + m.Name() + "(" + e.arguments(x, sig, m.Pkg().Path()) + ")"
}

func (e *emitter) bound(owner, name string) string {
	return fmt.Sprintf("%s.Bound(%s, %q)", wordsName, owner, name)
}

// receiver prints the receiver as the method wants it: a copy or a pointer.
func (e *emitter) receiver(owner string, holder types.Type, m *types.Func) string {
	_, wants := m.Signature().Recv().Type().Underlying().(*types.Pointer)
	_, has := holder.Underlying().(*types.Pointer)
	switch {
	case wants && !has:
		return "&" + owner
	case !wants && has:
		return "*" + owner
	}
	return owner
}

// methodValue prints x.m without a call: the receiver is copied now.
func (e *emitter) methodValue(x *ast.SelectorExpr, selection *types.Selection) string {
	m := selection.Obj().(*types.Func)
	owner, holder := e.path(e.operand(x.X), e.typeOf(x.X), selection.Index()[:len(selection.Index())-1])
	sig := selection.Type().(*types.Signature)
	if types.IsInterface(holder) && !compiledInterface(holder) {
		return fmt.Sprintf("%s.(func%s)", e.bound(owner, m.Name()), e.spellSignature(sig, 0))
	}
	params, args := e.numbered(sig)
	call := ""
	if m.Pkg() != nil && m.Pkg().Path() == cellPath && !types.IsInterface(holder) {
		recv := m.Signature().Recv().Type()
		call = e.method(x, m, holder) + "(" + strings.Join(append([]string{"k_r"}, args...), ", ") + ")"
		return e.closure(e.receiver(owner, holder, m), e.spell(recv), sig, params, call)
	}
	call = "k_r." + m.Name() + "(" + strings.Join(args, ", ") + ")"
	recv := holder
	if _, pointer := m.Signature().Recv().Type().(*types.Pointer); pointer && !types.IsInterface(holder) {
		if _, has := holder.(*types.Pointer); !has {
			owner, recv = "&"+owner, types.NewPointer(holder)
		}
	}
	return e.closure(owner, e.spell(recv), sig, params, call)
}

func (e *emitter) closure(owner, kind string, sig *types.Signature, params, call string) string {
	give := ""
	if sig.Results().Len() > 0 {
		give = "return "
	}
	kindOf := "func(" + params + ")" + e.spellResults(sig.Results(), 0)
	return fmt.Sprintf("func(k_r %s) %s { return %s { %s%s } }(%s)", kind, "func"+e.spellSignature(sig, 0), kindOf, give, call, owner)
}

// numbered gives parameter names for a signature, with and without their types.
func (e *emitter) numbered(sig *types.Signature) (params string, args []string) {
	var list []string
	for i := range sig.Params().Len() {
		name := fmt.Sprintf("k_a%d", i)
		kind := e.spell(sig.Params().At(i).Type())
		if sig.Variadic() && i == sig.Params().Len()-1 {
			kind = "..." + e.spell(sig.Params().At(i).Type().(*types.Slice).Elem())
			args = append(args, name+"...")
		} else {
			args = append(args, name)
		}
		list = append(list, name+" "+kind)
	}
	return strings.Join(list, ", "), args
}

// methodExpr prints T.m as a function.
func (e *emitter) methodExpr(x *ast.SelectorExpr, selection *types.Selection) string {
	m := selection.Obj().(*types.Func)
	sig := selection.Type().(*types.Signature)
	params, args := e.numbered(sig)
	owner, holder := e.path(args[0], selection.Recv(), selection.Index()[:len(selection.Index())-1])
	give := ""
	if sig.Results().Len() > 0 {
		give = "return "
	}
	call := owner + "." + m.Name() + "(" + strings.Join(args[1:], ", ") + ")"
	switch {
	case types.IsInterface(holder) && !compiledInterface(holder):
		call = fmt.Sprintf("%s.(func%s)(%s)", e.bound(owner, m.Name()), e.spellSignature(m.Signature(), 0), strings.Join(args[1:], ", "))
	case m.Pkg() != nil && m.Pkg().Path() == cellPath:
		call = e.method(x, m, holder) + "(" + strings.Join(append([]string{e.receiver(owner, holder, m)}, args[1:]...), ", ") + ")"
	}
	return "func(" + params + ")" + e.spellResults(sig.Results(), 0) + " { " + give + call + " }"
}

// method gives the function of a cell's own method.
func (e *emitter) method(n ast.Node, m *types.Func, holder types.Type) string {
	if p, ok := holder.Underlying().(*types.Pointer); ok {
		holder = p.Elem()
	}
	named := types.Unalias(holder).(*types.Named)
	owner := e.s.byObject[named.Origin().Obj()]
	if owner == nil {
		e.fail(n, "methods of %s are not known here", named.Obj().Name())
	}
	me := owner.method[m.Name()]
	if me == nil {
		e.fail(n, "the method %s of %s has no body", m.Name(), named.Obj().Name())
	}
	e.uses[m.Origin()] = true
	if named.TypeArgs().Len() == 0 {
		return me.inner
	}
	return e.methodInstance(owner, me, named)
}

// kind numbers a type that goes into a box or is asked for.
func (e *emitter) kind(t types.Type) int {
	t = types.Default(types.Unalias(t))
	key := typeKey(t)
	if id, ok := e.s.kinds[key]; ok {
		return id
	}
	id := len(e.s.kindList)
	e.s.kinds[key] = id
	e.s.kindList = append(e.s.kindList, t)
	e.s.undo = append(e.s.undo, func() {
		if e.s.kinds[key] == id {
			delete(e.s.kinds, key)
		}
	})
	if isOwn(t) && !types.IsInterface(t) {
		e.unit.pending = append(e.unit.pending, func(u *unit) error { e.register(id, t); return nil })
	}
	return id
}

// register prints the statements that give a type its methods inside a box.
func (e *emitter) register(id int, t types.Type) {
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		selection := set.At(i)
		m := selection.Obj().(*types.Func)
		sig := m.Signature()
		params, args := e.numbered(sig)
		if params != "" {
			params = ", " + params
		}
		owner, holder := e.path("k_v", t, selection.Index()[:len(selection.Index())-1])
		give := ""
		if sig.Results().Len() > 0 {
			give = "return "
		}
		call := owner + "." + m.Name() + "(" + strings.Join(args, ", ") + ")"
		switch {
		case types.IsInterface(holder) && !compiledInterface(holder):
			call = fmt.Sprintf("%s.(func%s)(%s)", e.bound(owner, m.Name()), e.spellSignature(sig, 0), strings.Join(args, ", "))
		case m.Pkg() != nil && m.Pkg().Path() == cellPath && !types.IsInterface(holder):
			call = e.method(ast.NewIdent("_"), m, holder) + "(" + strings.Join(append([]string{e.receiver(owner, holder, m)}, args...), ", ") + ")"
		}
		e.unit.setup = append(e.unit.setup, fmt.Sprintf("%s.Method(%d, %q, func(k_x interface{}%s)%s { k_v := k_x.(%s); %s%s })",
			wordsName, id, m.Name(), params, e.spellResults(sig.Results(), 0), e.spell(t), give, call))
	}
}
