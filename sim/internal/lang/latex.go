package lang

import (
	"math"
	"strconv"
	"strings"
)

// LaTeX gives e as LaTeX mathematics, without the dollars.
func (e *Expr) LaTeX() string {
	var b strings.Builder
	e.latex(&b)
	return b.String()
}

var latexOps = map[Op]string{
	Add: " + ", Sub: " - ", Mul: " \\, ", FloorDiv: " \\mathbin{//} ", Mod: " \\bmod ",
	Lt: " < ", Le: " \\le ", Gt: " > ", Ge: " \\ge ", Eq: " = ", Ne: " \\ne ", And: " \\land ", Or: " \\lor ",
}

func (e *Expr) latex(b *strings.Builder) {
	switch e.Op {
	case Num:
		b.WriteString(latexNumber(e.Value))
	case Bool:
		b.WriteString("\\mathrm{" + e.String() + "}")
	case Name:
		b.WriteString(latexName(e.Text, e.Sym))
	case Call:
		e.latexCall(b)
	case Div:
		b.WriteString("\\frac{")
		e.Args[0].latex(b)
		b.WriteString("}{")
		e.Args[1].latex(b)
		b.WriteString("}")
	case Pow:
		e.Args[0].latexWithin(b, bindPower+1)
		b.WriteString("^{")
		e.Args[1].latex(b)
		b.WriteString("}")
	case Neg, Plus, Not:
		b.WriteString(map[Op]string{Neg: "-", Plus: "+", Not: "\\lnot "}[e.Op])
		bind := e.bind()
		if e.Op == Not {
			bind = bindPower // the sign for not binds tightly
		}
		e.Args[0].latexWithin(b, bind)
	default:
		left, right := e.operandBinds()
		e.Args[0].latexWithin(b, left)
		b.WriteString(e.latexOp())
		e.Args[1].latexWithin(b, right)
	}
}

// latexOp is a thin space for a product, a dot where two numbers would run together.
func (e *Expr) latexOp() string {
	if e.Op == Mul && startsWithNumber(e.Args[1]) {
		return " \\cdot "
	}
	return latexOps[e.Op]
}

func startsWithNumber(e *Expr) bool {
	for e.Op == Mul || e.Op == Pow {
		e = e.Args[0]
	}
	return e.Op == Num
}

// latexWithin puts parentheses around what is not tight enough; a fraction holds together by itself, but not as the
// base of a power or with a sign before.
func (e *Expr) latexWithin(b *strings.Builder, bind int) {
	if e.bind() >= bind || e.Op == Div && bind < bindPower {
		e.latex(b)
		return
	}
	b.WriteString("\\left(")
	e.latex(b)
	b.WriteString("\\right)")
}

func latexNumber(x float64) string {
	if math.IsInf(x, 0) {
		return map[bool]string{true: "\\infty", false: "-\\infty"}[x > 0]
	}
	digits, exponent, scaled := strings.Cut(strconv.FormatFloat(x, 'g', -1, 64), "e")
	if !scaled {
		return digits
	}
	n, _ := strconv.Atoi(exponent)
	return digits + " \\cdot 10^{" + strconv.Itoa(n) + "}"
}

var latexFunctions = map[string]string{
	"sin": "\\sin", "cos": "\\cos", "tan": "\\tan", "sinh": "\\sinh", "cosh": "\\cosh", "tanh": "\\tanh",
	"arcsin": "\\arcsin", "arccos": "\\arccos", "arctan": "\\arctan", "exp": "\\exp", "log": "\\log", "log10": "\\log_{10}",
	"min": "\\min", "max": "\\max",
}

var latexBrackets = map[string][2]string{
	"sqrt": {"\\sqrt{", "}"}, "abs": {"\\left|", "\\right|"},
	"floor": {"\\left\\lfloor ", "\\right\\rfloor"}, "ceil": {"\\left\\lceil ", "\\right\\rceil"},
}

func (e *Expr) latexCall(b *strings.Builder) {
	if around, ok := latexBrackets[e.Text]; ok && len(e.Args) == 1 {
		b.WriteString(around[0])
		e.Args[0].latex(b)
		b.WriteString(around[1])
		return
	}
	f, ok := latexFunctions[e.Text]
	if !ok {
		f = "\\operatorname{" + escape(e.Text) + "}"
	}
	b.WriteString(f + "\\left(")
	for k, a := range e.Args {
		if k > 0 {
			b.WriteString(", ")
		}
		a.latex(b)
	}
	b.WriteString("\\right)")
}

var greek = wordSet("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega")

// latexName sets a variable in italics with what follows its first underscore as the index, a unit upright.
func latexName(name string, s *Symbol) string {
	if name == "inf" {
		return "\\infty"
	}
	if s != nil && s.Kind == Unit {
		return "\\mathrm{" + escape(name) + "}"
	}
	head, index, indexed := strings.Cut(name, "_")
	text := latexWord(head)
	if indexed && index != "" && head != "" {
		return text + "_{" + latexWord(index) + "}"
	}
	if indexed {
		return latexWord(name)
	}
	return text
}

func latexWord(word string) string {
	switch {
	case greek[word]:
		return "\\" + word
	case len([]rune(word)) == 1 && word != "_":
		return word
	}
	return "\\mathit{" + escape(word) + "}"
}

var escapes = strings.NewReplacer("\\", "\\backslash{}", "_", "\\_", "#", "\\#", "$", "\\$", "%", "\\%", "&", "\\&", "{", "\\{", "}", "\\}", "^", "\\^{}", "~", "\\~{}")

func escape(word string) string { return escapes.Replace(word) }

// LaTeX gives the model as aligned equations.
func (qs *Equations) LaTeX() string {
	var b strings.Builder
	b.WriteString("\\begin{aligned}\n")
	for k := range qs.List {
		b.WriteString(qs.List[k].LaTeX() + " \\\\\n")
	}
	return b.String() + "\\end{aligned}"
}

// LaTeX gives an equation as a row of an aligned block: left side, &=, right side, unit and flags.
func (q *Equation) LaTeX() string {
	text := latexName(q.Name, nil)
	if q.Form == Differential {
		text = "\\frac{\\mathrm{d}" + text + "}{\\mathrm{d}t}"
	}
	text += " &"
	if q.Expr != nil {
		text += "= " + q.Expr.LaTeX()
	}
	text += " && \\text{(unit: $" + q.latexUnit() + "$"
	if q.Flags != 0 {
		text += ", " + escape(q.Flags.String())
	}
	return text + ")}"
}

func (q *Equation) latexUnit() string {
	if q.Type == Integer || q.Type == Boolean {
		return "\\mathrm{" + q.Type.String() + "}"
	}
	e, err := ParseExpr(q.Dim.String())
	if err != nil {
		return q.Dim.String()
	}
	upright := Subst(e, func(n *Expr) *Expr {
		if n.Op != Name {
			return nil
		}
		c := *n
		c.Sym = &Symbol{Name: n.Text, Kind: Unit}
		return &c
	})
	return upright.LaTeX()
}
