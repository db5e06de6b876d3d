package lang

// A Statement is one assignment of reset, on_pre, run_regularly and the like. The statements of a text run one after
// another for each row.
type Statement struct {
	Target   string
	Op       Op // Num for "=", else Add Sub Mul Div FloorDiv Mod Pow: target = target Op Expr
	Expr     *Expr
	Pos, End int
	Sym      *Symbol // of the target, after the check; of Kind Local for a temporary
}

var assignments = map[string]Op{
	"=": Num, "+=": Add, "-=": Sub, "*=": Mul, "/=": Div, "//=": FloorDiv, "%=": Mod, "**=": Pow,
}

// ParseStatements reads statements, separated by line ends and semicolons; an empty text gives none.
func ParseStatements(text string) (list []Statement, err error) {
	defer rescue(&err)
	p := newParser(text, false)
	for {
		t := p.peek()
		switch t.kind {
		case endOfText:
			return list, nil
		case newline:
			p.at++
		default:
			list = append(list, p.statement(t))
		}
	}
}

func (p *parser) statement(target token) Statement {
	op := p.assignment(target)
	if t := p.peek(); t.kind == endOfText || t.kind == newline {
		p.fail(p.before(), "a value is missing after "+p.before().text, "write what "+shorten(target.text)+" becomes")
	}
	s := Statement{Target: target.text, Op: op, Expr: p.whole(), Pos: target.pos}
	if t := p.peek(); t.kind != endOfText && t.kind != newline {
		p.statementGoesOn(t)
	}
	s.End = s.Expr.End
	return s
}

// assignment takes the name on the left and the operator.
func (p *parser) assignment(target token) Op {
	if target.kind != name || keywords[target.text] {
		p.fail(target, "a statement begins with the name of a variable, found "+shorten(target.text), p.statementHint(target))
	}
	p.at++
	t := p.peek()
	op, ok := assignments[t.text]
	switch {
	case ok && t.kind == symbol:
		p.at++
		return op
	case t.is("=="):
		p.fail(t, "a comparison where an assignment is due", "an assignment is written =")
	case t.is("["):
		p.fail(t, foreign["["][0], foreign["["][1])
	case (t.is("+") || t.is("-")) && p.tokens[p.at+1].is(t.text):
		fail(p.text, t.pos, p.tokens[p.at+1].end, ReasonSyntax, t.text+t.text+" is no operator", "write "+shorten(target.text)+" "+t.text+"= 1")
	case t.is(":="):
		p.fail(t, foreign[":="][0], foreign[":="][1])
	case t.is(":"):
		p.fail(t, "a statement has no unit", "declare the variable in the model")
	case t.is("/"):
		p.fail(t, "a statement assigns with =, found /", "an equation for d…/dt stands in the model")
	}
	end := t.end
	if t.kind == endOfText || t.kind == newline {
		end = target.end
	}
	fail(p.text, target.pos, end, ReasonSyntax, "this statement assigns nothing", "write "+shorten(target.text)+" = …, or += to add to it")
	return 0
}

func (p *parser) statementHint(t token) string {
	switch t.text {
	case "if":
		return "write the condition into the value: x = where(condition, a, x), or x += int(condition)*a"
	case "for", "while":
		return "statements run once for every row"
	}
	return "a statement reads x = expression, or x += expression"
}

func (p *parser) statementGoesOn(t token) {
	if _, ok := assignments[t.text]; ok && t.kind == symbol {
		p.fail(t, "a second assignment in one statement", "one statement a line, or a ; between two")
	}
	if t.is(":") {
		p.fail(t, "a statement has no unit", "take the colon and the unit out")
	}
	p.unexpected(t)
}
