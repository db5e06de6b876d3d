package lang

import (
	"math"
	"strconv"
	"strings"
)

var binds = map[Op]int{
	Or: bindOr, And: bindAnd, Not: bindNot, Lt: bindCompare, Le: bindCompare, Gt: bindCompare, Ge: bindCompare, Eq: bindCompare, Ne: bindCompare,
	Add: bindSum, Sub: bindSum, Mul: bindProduct, Div: bindProduct, FloorDiv: bindProduct, Mod: bindProduct, Neg: bindSign, Plus: bindSign, Pow: bindPower,
}

// bind tells how tightly the node holds together: a literal or a call cannot be torn apart, a negative number can.
func (e *Expr) bind() int {
	if b, ok := binds[e.Op]; ok {
		return b
	}
	if e.Op == Num && math.Signbit(e.Value) {
		return bindSign
	}
	return bindPower + 1
}

// String gives the canonical text: no parentheses but the needed ones, products without blanks, sums with them. What
// it gives parses to an equal tree, when e came from a parser.
func (e *Expr) String() string {
	var b strings.Builder
	e.print(&b)
	return b.String()
}

func (e *Expr) print(b *strings.Builder) {
	switch {
	case e.Op == Num:
		b.WriteString(e.numeral())
	case e.Op == Bool && e.Value != 0:
		b.WriteString("True")
	case e.Op == Bool:
		b.WriteString("False")
	case e.Op == Name:
		b.WriteString(e.Text)
	case e.Op == Call:
		b.WriteString(e.Text + "(")
		for k, a := range e.Args {
			if k > 0 {
				b.WriteString(", ")
			}
			a.print(b)
		}
		b.WriteString(")")
	case len(e.Args) == 1:
		e.printPrefix(b)
	default:
		left, right := e.operandBinds()
		e.Args[0].printWithin(b, left)
		b.WriteString(e.spaced())
		e.Args[1].printWithin(b, right)
	}
}

func (e *Expr) printPrefix(b *strings.Builder) {
	b.WriteString(e.Op.String())
	if e.Op == Not {
		b.WriteString(" ")
	}
	e.Args[0].printWithin(b, e.bind())
}

// operandBinds gives the tightness the two operands of a binary operator need to stand without parentheses.
func (e *Expr) operandBinds() (left, right int) {
	bind := e.bind()
	switch {
	case e.Op == Pow:
		return bind + 1, bindSign
	case e.Op.isComparison():
		return bind + 1, bind + 1
	}
	return bind, bind + 1
}

func (e *Expr) printWithin(b *strings.Builder, bind int) {
	if e.bind() >= bind {
		e.print(b)
		return
	}
	b.WriteString("(")
	e.print(b)
	b.WriteString(")")
}

func (e *Expr) spaced() string {
	switch e.Op {
	case Mul, Div, Pow:
		return e.Op.String()
	}
	return " " + e.Op.String() + " "
}

// numeral writes a number so that it is read back with the same bits and type.
func (e *Expr) numeral() string {
	switch {
	case math.IsInf(e.Value, 1):
		return "inf"
	case math.IsInf(e.Value, -1):
		return "-inf"
	case e.Type == Integer:
		return strconv.FormatFloat(e.Value, 'f', -1, 64)
	}
	text := strconv.FormatFloat(e.Value, 'g', -1, 64)
	if !strings.ContainsAny(text, ".eN") {
		text += ".0"
	}
	return text
}

// String gives the canonical text of a model, one equation a line.
func (qs *Equations) String() string {
	var b strings.Builder
	for k := range qs.List {
		b.WriteString(qs.List[k].String() + "\n")
	}
	return b.String()
}

// String gives the canonical text of an equation.
func (q *Equation) String() string {
	text := q.Name
	switch q.Form {
	case Differential:
		text = "d" + q.Name + "/dt = " + q.Expr.String()
	case Definition:
		text += " = " + q.Expr.String()
	}
	text += " : " + q.unit()
	if q.Flags != 0 {
		text += " (" + q.Flags.String() + ")"
	}
	return text
}

func (q *Equation) unit() string {
	if q.Type == Integer || q.Type == Boolean {
		return q.Type.String()
	}
	return q.Dim.String()
}

// String gives the canonical text of a statement.
func (s Statement) String() string {
	op := "="
	if s.Op != Num {
		op = s.Op.String() + "="
	}
	return s.Target + " " + op + " " + s.Expr.String()
}
