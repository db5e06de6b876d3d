package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// rangeFunc prints a range over a function: the body becomes a function that says whether to go on. What leaves the
// body by another way than its end is noted in a number and done after the call.
func (e *emitter) rangeFunc(s *ast.RangeStmt, sig *types.Signature, label string) {
	yield := sig.Params().At(0).Type().Underlying().(*types.Signature)
	x := &exits{how: e.temp()}
	var params, names []string
	for i := range yield.Params().Len() {
		names = append(names, e.temp())
		params = append(params, names[i]+" "+e.spell(yield.Params().At(i).Type()))
	}
	if e.fn != nil {
		for i := range e.fn.results.Len() {
			r := e.temp()
			e.line("var %s %s", r, e.spell(e.fn.results.At(i).Type()))
			x.results = append(x.results, r)
		}
	}
	e.line("%s := 0", x.how)
	e.line("%s(func(%s) bool {", e.operand(s.X), strings.Join(params, ", "))
	for i, v := range []ast.Expr{s.Key, s.Value} {
		if v != nil && i < len(names) {
			e.bind(s, v, names[i], yield.Params().At(i).Type())
		}
	}
	e.loops = append(e.loops, loop{label: label, repeats: true, exits: x})
	e.stmts(s.Body.List)
	e.loops = e.loops[:len(e.loops)-1]
	e.line("return true\n})")
	for i, j := range x.jumps {
		if j.do != nil {
			e.line("if %s == %d {", x.how, i+1)
			j.do()
			e.line("}")
		}
	}
}

// exits are the ways out of the body of a range over a function.
type exits struct {
	how     string
	results []string
	jumps   []jump
}

// A jump is one way out: what to do after the call, nil for nothing.
type jump struct {
	key string
	do  func()
}

func (e *emitter) leave(x *exits, key string, do func()) {
	n := 0
	for i, j := range x.jumps {
		if j.key == key {
			n = i + 1
		}
	}
	if n == 0 {
		x.jumps = append(x.jumps, jump{key, do})
		n = len(x.jumps)
	}
	e.line("%s = %d", x.how, n)
	e.line("return false")
}

func (e *emitter) branch(s *ast.BranchStmt) {
	switch s.Tok {
	case token.BREAK, token.CONTINUE:
		label := ""
		if s.Label != nil {
			label = s.Label.Name
		}
		e.jump(s.Tok, label)
	case token.GOTO:
		e.line("goto %s", s.Label.Name)
	default:
		e.line("%s", s.Tok)
	}
}

// jump prints break or continue for the statement that it means.
func (e *emitter) jump(tok token.Token, label string) {
	target := e.target(tok, label)
	if target < 0 {
		e.line("%s %s", tok, label)
		return
	}
	for i := len(e.loops) - 1; i >= target; i-- {
		x := e.loops[i].exits
		if x == nil {
			continue
		}
		switch {
		case i > target:
			e.leave(x, fmt.Sprint(tok, label), func() { e.jump(tok, label) })
		case tok == token.BREAK:
			e.leave(x, "break", nil)
		default:
			e.line("return true")
		}
		return
	}
	if tok == token.CONTINUE && e.loops[target].again != "" {
		e.line("%s", e.loops[target].again)
	}
	e.line("%s %s", tok, label)
}

// target finds the statement that break or continue means.
func (e *emitter) target(tok token.Token, label string) int {
	for i := len(e.loops) - 1; i >= 0; i-- {
		l := e.loops[i]
		if label != "" && l.label == label || label == "" && (tok == token.BREAK || l.repeats) {
			return i
		}
	}
	return -1
}

// giveBack prints a return of values that are ready.
func (e *emitter) giveBack(values []string) {
	for i := len(e.loops) - 1; i >= 0; i-- {
		if x := e.loops[i].exits; x != nil {
			for j, v := range values {
				e.line("%s = %s", x.results[j], v)
			}
			e.leave(x, "return", func() { e.giveBack(x.results) })
			return
		}
	}
	switch {
	case len(values) == 0:
		e.line("return")
	case e.fn.frame == "":
		e.line("return %s", strings.Join(values, ", "))
	default:
		e.giveToFrame(values)
	}
}

// giveToFrame prints the return of a function whose body runs inside a frame of deferred calls.
func (e *emitter) giveToFrame(values []string) {
	if len(values) > 1 {
		for i, v := range values {
			t := e.temp()
			e.newVar(t, v, e.fn.results.At(i).Type())
			values[i] = t
		}
	}
	for i, v := range values {
		if v != e.fn.names[i] {
			e.line("%s = %s", e.fn.names[i], v)
		}
	}
	e.line("return")
}
