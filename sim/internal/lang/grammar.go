package lang

import (
	"math"
	"slices"
	"strconv"
)

// Limits on one expression, so that no text can exhaust the stack or the reader: nobody writes more by hand.
const (
	maxDepth = 200   // brackets, signs and powers within each other
	maxNodes = 10000 // nodes of one expression
)

// A parser reads tokens by precedence climbing (V. Pratt, Top down operator precedence, 1973), with the grammar and
// the precedences of Python's expressions.
type parser struct {
	text     string
	tokens   []token
	at       int
	anyLine  bool // a line's end means nothing
	brackets []token
	depth    int
	nodes    int
}

func newParser(text string, anyLine bool) *parser {
	return &parser{text: text, tokens: scan(text), anyLine: anyLine}
}

// ParseExpr reads an expression, such as a threshold: line ends within it mean nothing.
func ParseExpr(text string) (e *Expr, err error) {
	defer rescue(&err)
	p := newParser(text, true)
	e = p.whole()
	if t := p.peek(); t.kind != endOfText {
		p.unexpected(t)
	}
	return e, nil
}

func (p *parser) peek() token {
	for p.skips(p.tokens[p.at]) {
		p.at++
	}
	return p.tokens[p.at]
}

func (p *parser) skips(t token) bool {
	return t.kind == newline && t.text != ";" && (p.anyLine || len(p.brackets) > 0)
}

func (p *parser) take() token {
	t := p.peek()
	if t.kind != endOfText {
		p.at++
	}
	return t
}

// before gives the token before the next one.
func (p *parser) before() token {
	if p.at == 0 {
		return token{}
	}
	return p.tokens[p.at-1]
}

func (t token) is(text string) bool { return t.text == text && (t.kind == symbol || t.kind == name) }

func (p *parser) accept(text string) bool {
	if p.peek().is(text) {
		p.at++
		return true
	}
	return false
}

func (p *parser) fail(t token, message, hint string) {
	fail(p.text, t.pos, t.end, ReasonSyntax, message, hint)
}

// Binding powers, weakest first. A prefix operator has the power its operand is read with.
const (
	bindOr = iota + 1
	bindAnd
	bindNot
	bindCompare
	bindSum
	bindProduct
	bindSign
	bindPower
)

type infix struct {
	op   Op
	bind int
}

var infixes = map[string]infix{
	"or": {Or, bindOr}, "and": {And, bindAnd},
	"<": {Lt, bindCompare}, "<=": {Le, bindCompare}, ">": {Gt, bindCompare}, ">=": {Ge, bindCompare}, "==": {Eq, bindCompare}, "!=": {Ne, bindCompare},
	"+": {Add, bindSum}, "-": {Sub, bindSum},
	"*": {Mul, bindProduct}, "/": {Div, bindProduct}, "//": {FloorDiv, bindProduct}, "%": {Mod, bindProduct},
	"**": {Pow, bindPower},
}

// whole reads one expression with fresh limits.
func (p *parser) whole() *Expr {
	p.depth, p.nodes = 0, 0
	return p.expr(bindOr)
}

// expr reads an expression whose operators bind at least as tightly as bind.
func (p *parser) expr(bind int) *Expr {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.peek(), "this expression is nested too deeply", "name a part of it in a line of its own")
	}
	left := p.prefix(bind)
	for {
		t := p.peek()
		in, ok := infixes[t.text]
		if !ok || in.bind < bind || t.kind != symbol && t.kind != name {
			break
		}
		p.at++
		left = p.node(&Expr{Op: in.op, Args: []*Expr{left, p.right(t, in)}, Pos: left.Pos})
		if in.bind == bindCompare {
			p.refuseChain(left)
		}
	}
	p.depth--
	return left
}

// right reads the right operand: of a power it may be a power or have a sign, of the others it binds more tightly.
func (p *parser) right(t token, in infix) *Expr {
	p.refuseOperator(t)
	if in.op == Pow {
		return p.expr(bindSign)
	}
	return p.expr(in.bind + 1)
}

func (p *parser) prefix(bind int) *Expr {
	t := p.peek()
	switch {
	case t.is("-"), t.is("+"):
		p.at++
		p.refuseOperator(t)
		op := Neg
		if t.is("+") {
			op = Plus
		}
		return p.node(&Expr{Op: op, Args: []*Expr{p.expr(bindSign)}, Pos: t.pos})
	case t.is("not"):
		if bind > bindNot {
			p.fail(t, "not cannot stand behind an operator", "put it in parentheses: (not …)")
		}
		p.at++
		return p.node(&Expr{Op: Not, Args: []*Expr{p.expr(bindNot)}, Pos: t.pos})
	}
	return p.operand(t)
}

// node counts a node and ends it where the parser stands.
func (p *parser) node(e *Expr) *Expr {
	if p.nodes++; p.nodes > maxNodes {
		p.fail(p.before(), "this expression is too long", "name a part of it in a line of its own")
	}
	e.End = p.before().end
	return e
}

// operand reads a literal, a name, a call or a parenthesis.
func (p *parser) operand(t token) *Expr {
	switch {
	case t.kind == number:
		p.at++
		return p.node(p.literal(t))
	case t.kind == name:
		return p.named(t)
	case t.is("("):
		return p.parenthesis(t)
	}
	p.missing(t)
	return nil
}

func (p *parser) literal(t token) *Expr {
	x, err := strconv.ParseFloat(t.text, 64)
	if err != nil || math.IsInf(x, 0) {
		p.fail(t, "the number "+shorten(t.text)+" is too large", "the largest number is about 1.8e308")
	}
	e := &Expr{Op: Num, Value: x, Pos: t.pos, Type: Float}
	if isWhole(t.text) && x < 1<<53 {
		e.Type = Integer
	}
	return e
}

func isWhole(digits string) bool {
	return !slices.ContainsFunc([]byte(digits), func(c byte) bool { return c < '0' || c > '9' })
}

func (p *parser) named(t token) *Expr {
	p.at++
	switch {
	case t.text == "True":
		return p.node(&Expr{Op: Bool, Value: 1, Pos: t.pos, Type: Boolean})
	case t.text == "False":
		return p.node(&Expr{Op: Bool, Pos: t.pos, Type: Boolean})
	case keywords[t.text]:
		p.at--
		p.keyword(t)
	}
	if next := p.peek(); next.is("(") && !p.newLineBefore(next) {
		return p.call(t)
	}
	return p.node(&Expr{Op: Name, Text: t.text, Pos: t.pos})
}

// newLineBefore tells whether a line ended between the last token and t.
func (p *parser) newLineBefore(t token) bool { return p.at > 0 && p.tokens[p.at-1].kind == newline }

func (p *parser) parenthesis(open token) *Expr {
	p.at++
	p.brackets = append(p.brackets, open)
	if t := p.peek(); t.is(")") {
		p.fail(t, "nothing stands in these parentheses", "take them out, or write what belongs in them")
	}
	e := p.expr(bindOr)
	if t := p.peek(); t.is(",") {
		p.fail(t, "a comma between two values", "a list has no meaning here; is the name of a function missing before the parenthesis?")
	}
	p.closing(open)
	e.Pos, e.End = open.pos, p.before().end
	return e
}

func (p *parser) call(called token) *Expr {
	open := p.take()
	p.brackets = append(p.brackets, open)
	e := &Expr{Op: Call, Text: called.text, Pos: called.pos}
	for !p.peek().is(")") {
		e.Args = append(e.Args, p.expr(bindOr))
		if p.peek().is("=") {
			p.fail(p.peek(), "arguments have no names here", "give the values in their order")
		}
		if !p.accept(",") {
			break
		}
		if t := p.peek(); t.is(")") || t.is(",") {
			p.fail(t, "a value is missing after the comma", "write the value, or take the comma out")
		}
	}
	p.closing(open)
	return p.node(e)
}

// closing takes the parenthesis that closes open.
func (p *parser) closing(open token) {
	t := p.peek()
	if !t.is(")") {
		if t.kind == endOfText || t.kind == newline || t.is(":") {
			p.fail(open, "this parenthesis is not closed", "put a ) where it ends")
		}
		p.unexpected(t)
	}
	p.at++
	p.brackets = p.brackets[:len(p.brackets)-1]
}

func (p *parser) refuseChain(e *Expr) {
	t := p.peek()
	in, ok := infixes[t.text]
	if !ok || in.bind != bindCompare || t.kind != symbol {
		return
	}
	middle := p.text[e.Args[1].Pos:e.Args[1].End]
	p.fail(t, "two comparisons in a row", "write them with and: "+shorten(p.text[e.Pos:e.End])+" and "+shorten(middle)+" "+t.text+" …")
}
