package lang

import (
	"errors"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// A Form is one of the three kinds of equation.
type Form uint8

// The forms.
const (
	Differential Form = iota // dx/dt = expr : unit
	Definition               // x = expr : unit, a subexpression
	Declaration              // x : unit, a parameter
)

// String names the form as messages do.
func (f Form) String() string {
	return [...]string{"differential equation", "subexpression", "parameter"}[f]
}

// Equations is a parsed model.
type Equations struct {
	Text string
	List []Equation
}

// An Equation is one line of a model; a line that declares several parameters gives several equations.
type Equation struct {
	Name     string
	Form     Form
	Expr     *Expr // nil for a Declaration
	Type     Type
	Dim      units.Dimension
	Flags    Flags
	Pos, End int // the whole equation in the text
	NamePos  int // the name in the text
	UnitPos  int // the unit in the text
	flagPos  int
}

// Has tells whether the equation has all of the flags.
func (q *Equation) Has(f Flags) bool { return q.Flags&f == f }

// Get gives the equation of the name, nil when there is none.
func (qs *Equations) Get(name string) *Equation {
	for k := range qs.List {
		if qs.List[k].Name == name {
			return &qs.List[k]
		}
	}
	return nil
}

// Parse reads the equations of a model. The empty text is a model without variables.
func Parse(text string) (qs *Equations, err error) {
	defer rescue(&err)
	p := newParser(text, false)
	qs = &Equations{Text: text}
	for {
		t := p.peek()
		switch {
		case t.kind == endOfText:
			return qs, nil
		case t.kind == newline && t.text != ";":
			p.at++
		default:
			qs.List = append(qs.List, p.equation(t)...)
		}
	}
}

// equation reads one line of the model, which goes on until its unit.
func (p *parser) equation(first token) []Equation {
	p.anyLine = true
	heads := p.heads(first)
	if heads[0].Form != Declaration {
		heads[0].Expr = p.whole()
	}
	p.colon(heads)
	p.anyLine = false
	t, d, unitPos := p.unit(&heads[0])
	flags, flagPos := p.flags()
	end := p.before().end
	if t := p.peek(); t.kind != endOfText && (t.kind != newline || t.text == ";") {
		p.afterUnit(t)
	}
	for k := range heads {
		q := &heads[k]
		q.Type, q.Dim, q.UnitPos, q.Flags, q.flagPos, q.Pos, q.End = t, d, unitPos, flags, flagPos, first.pos, end
	}
	return heads
}

// heads reads what stands before the expression or the colon.
func (p *parser) heads(first token) []Equation {
	p.headName(first)
	q := Equation{Name: first.text, NamePos: first.pos, Form: Declaration}
	t := p.peek()
	switch {
	case t.is("/"):
		p.at++
		p.derivative(first, &q)
	case t.is("="):
		p.at++
		q.Form = Definition
	case t.is(","):
		return p.several(q)
	}
	return []Equation{q}
}

func (p *parser) headName(t token) {
	if t.kind == name {
		p.at++
		return
	}
	hint := "take it out, or write the name of a variable before it"
	if t.text == ";" {
		hint = "one equation a line"
	}
	p.fail(t, "an equation begins with dx/dt = …, x = … or x : unit, found "+shorten(t.text), hint)
}

func (p *parser) derivative(first token, q *Equation) {
	t := p.take()
	rest, isD := strings.CutPrefix(first.text, "d")
	switch {
	case !t.is("dt"):
		fail(p.text, first.pos, t.end, ReasonSyntax, "expected dt after the slash, found "+shorten(t.text), "a differential equation begins with dx/dt")
	case !isD || rest == "":
		fail(p.text, first.pos, t.end, ReasonSyntax, "found "+shorten(first.text)+"/dt where a derivative is due", "write d"+shorten(first.text)+"/dt")
	}
	q.Name, q.NamePos, q.Form = rest, first.pos+1, Differential
	if eq := p.peek(); !p.accept("=") {
		p.fail(eq, "expected = after d"+shorten(rest)+"/dt, found "+p.spell(eq), "an equation reads dx/dt = expression : unit")
	}
}

func (p *parser) several(first Equation) []Equation {
	list := []Equation{first}
	for p.accept(",") {
		t := p.peek()
		p.headName(t)
		list = append(list, Equation{Name: t.text, NamePos: t.pos, Form: Declaration})
	}
	return list
}

func (p *parser) spell(t token) string {
	switch t.kind {
	case endOfText:
		return "the end of the text"
	case newline:
		return "the end of the line"
	}
	return shorten(t.text)
}

// colon takes the colon before the unit.
func (p *parser) colon(heads []Equation) {
	q := &heads[0]
	before := p.lastWord()
	t := p.peek()
	if p.accept(":") {
		return
	}
	hint := "end the equation with : and a unit, such as : volt, or : 1 for a plain number"
	crossed := strings.Contains(p.text[before.end:t.pos], "\n")
	switch {
	case t.kind == endOfText || q.Expr != nil && crossed && (t.kind == name || t.kind == number):
		fail(p.text, q.start(), before.end, ReasonSyntax, "the unit of "+shorten(q.Name)+" is missing", hint)
	case q.Expr != nil:
		p.unexpected(t)
	case t.kind == symbol && assignments[t.text] != Num:
		p.fail(t, "found "+t.text+" in a model", "statements stand in reset, on_pre and the like; the model has equations")
	}
	p.fail(t, "expected : and a unit after "+shorten(heads[len(heads)-1].Name)+", found "+p.spell(t), "a parameter reads x : unit, a subexpression x = expression : unit")
}

// start is where the equation begins while it is being read.
func (q *Equation) start() int {
	if q.Form == Differential {
		return q.NamePos - 1
	}
	return q.NamePos
}

// unit takes the unit after the colon: to the end of the line, or to the parenthesis of the flags.
func (p *parser) unit(q *Equation) (Type, units.Dimension, int) {
	first := p.at
	start, end := p.before().end, p.before().end
	for t := p.tokens[p.at]; p.inUnit(first); t = p.tokens[p.at] {
		if p.at == first {
			start = t.pos
		}
		end = t.end
		p.at++
	}
	if end <= start {
		p.fail(p.before(), "the unit of "+shorten(q.Name)+" is missing after the colon", "such as volt, or 1 for a plain number")
	}
	d, kind, err := units.ParseDimension(p.text[start:end])
	if err != nil {
		p.badUnit(start, end, p.tokens[first:p.at], err)
	}
	return typeOfKind(kind), d, start
}

// inUnit tells whether the next token belongs to the unit: a parenthesis after an operand begins the flags.
func (p *parser) inUnit(first int) bool {
	t := p.tokens[p.at]
	if t.kind == endOfText || t.kind == newline || t.is(",") {
		return false
	}
	if !t.is("(") {
		return true
	}
	if p.at == first {
		return !beginsFlag(p.tokens[p.at+1].text)
	}
	last := p.tokens[p.at-1]
	return last.kind == symbol && !last.is(")")
}

func typeOfKind(k units.Kind) Type {
	switch k {
	case units.Integer:
		return Integer
	case units.Boolean:
		return Boolean
	}
	return Float
}

// badUnit says why a unit was refused, with the caret at the first name that is to blame.
func (p *parser) badUnit(start, end int, tokens []token, err error) {
	fault := &Error{Text: p.text, Pos: start, End: end, Reason: ReasonSyntax, Message: err.Error()}
	var ue *units.Error
	if errors.As(err, &ue) {
		fault.Message, fault.Hint = ue.Message, ue.Hint
	}
	for _, t := range tokens {
		if t.kind != name {
			continue
		}
		if _, _, bad := units.ParseDimension(t.text); bad == nil {
			continue
		}
		fault.Pos, fault.End, fault.Reason = t.pos, t.end, ReasonUnit
		if _, known := units.Lookup(t.text); known {
			fault.Reason = ReasonScaled
		}
		break
	}
	if fault.Hint == "" {
		fault.Hint = "a unit is one like volt, amp/metre**2, or 1 for a plain number"
	}
	panic(fault)
}

func (p *parser) afterUnit(t token) {
	switch {
	case t.text == ";":
		p.fail(t, "two equations in one line", "one equation a line")
	case t.is(")"):
		p.fail(t, foreign[")"][0], foreign[")"][1])
	case t.is(","):
		p.fail(t, "a comma after the unit", "flags stand in parentheses: : volt (constant)")
	}
	p.fail(t, "expected the end of the line after the unit, found "+shorten(t.text), "one equation a line; flags stand in parentheses")
}
