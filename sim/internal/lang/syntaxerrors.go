package lang

// This file finds the words for what does not parse: what was found, what was expected, how it is spelt here.

// keywords are Python's: no variable may have them, for texts go between the two languages.
var keywords = wordSet("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield")

// foreign are spellings of other languages with what to write instead.
var foreign = map[string][2]string{
	"^":   {"^ is no operator", "a power is written **"},
	"&":   {"& is no operator", "write and"},
	"&&":  {"&& is no operator", "write and"},
	"|":   {"| is no operator", "write or"},
	"||":  {"|| is no operator", "write or"},
	"!":   {"! is no operator", "write not"},
	"~":   {"~ is no operator", "write not"},
	"<>":  {"<> is no operator", "write !="},
	"=>":  {"=> is no operator", "write >="},
	"=<":  {"=< is no operator", "write <="},
	"<<":  {"<< is no operator", "write *2**n"},
	">>":  {">> is no operator", "write //2**n"},
	"?":   {"? is no operator", "a choice is written where(condition, a, b)"},
	"[":   {"an index cannot stand here", "every row computes its own value; a value of another row comes through synapses or a linked variable"},
	"]":   {"a bracket that was not opened", "parentheses are round: ( )"},
	"{":   {"a brace has no meaning here", "parentheses are round: ( )"},
	"}":   {"a brace has no meaning here", "parentheses are round: ( )"},
	"'":   {"a text cannot stand in an expression", "leave the quotes out"},
	"\"":  {"a text cannot stand in an expression", "leave the quotes out"},
	".":   {"a point outside a number", "names have no parts here"},
	"...": {"three points have no meaning here", "write the whole expression"},
	"@":   {"@ is no operator", "a product is written *"},
	":=":  {":= is no operator", "an assignment is written ="},
	")":   {"a parenthesis that was not opened", "take it out, or open it with ( before"},
}

var foreignWords = map[string][2]string{
	"if":     {"if cannot stand in an expression", "a choice is written where(condition, a, b), or int(condition)*a"},
	"else":   {"else cannot stand in an expression", "a choice is written where(condition, a, b)"},
	"is":     {"is is no operator here", "write =="},
	"in":     {"in is no operator here", "compare with == and or"},
	"for":    {"for cannot stand in an expression", "an equation already holds for every row"},
	"lambda": {"lambda is a word of the language and no name", "call it lam or λ"},
	"None":   {"None is no value here", "write a number"},
}

// keyword refuses a reserved word where a value is due.
func (p *parser) keyword(t token) {
	if infixes[t.text].bind > 0 {
		p.missing(t)
	}
	words, known := foreignWords[t.text]
	if !known {
		words = [2]string{t.text + " is a reserved word and no name", "choose another name"}
	}
	p.fail(t, words[0], words[1])
}

// missing refuses a token where a value is due.
func (p *parser) missing(t token) {
	last := p.before()
	switch {
	case t.kind == endOfText && p.at == 0 || len(p.tokens) == 1:
		p.fail(t, "there is no expression here", "such as v > -50*mV for a condition")
	case t.kind == endOfText, t.kind == newline, t.is(":"):
		p.fail(p.lastWord(), "a value is missing after "+shorten(p.lastWord().text), "write the value, or take the "+shorten(p.lastWord().text)+" out")
	case t.is(")") && p.at > 0 && len(p.brackets) > 0:
		p.fail(t, "a value is missing before this parenthesis", "write the value, or take "+shorten(p.lastWord().text)+" out")
	}
	if words, known := foreign[t.text]; known {
		p.fail(t, words[0], words[1])
	}
	if isOperator(t) && isOperator(last) {
		fail(p.text, last.pos, t.end, ReasonSyntax, "two operators in a row: "+last.text+" and "+t.text, "take one of them out")
	}
	p.fail(t, "a value is missing before "+shorten(t.text), "write the value, or take the "+shorten(t.text)+" out")
}

// lastWord is the last token that is no line's end.
func (p *parser) lastWord() token {
	for k := p.at - 1; k >= 0; k-- {
		if p.tokens[k].kind != newline {
			return p.tokens[k]
		}
	}
	return p.tokens[p.at]
}

func isOperator(t token) bool {
	if t.kind == symbol && (t.text == "=" || len(t.text) > 1 && t.text[len(t.text)-1] == '=') {
		return true
	}
	return infixes[t.text].bind > 0 && (t.kind == symbol || t.kind == name)
}

// refuseOperator refuses an operator that follows the operator t and is no sign.
func (p *parser) refuseOperator(t token) {
	next := p.peek()
	if isOperator(next) && !next.is("-") && !next.is("+") && !next.is("not") {
		fail(p.text, t.pos, next.end, ReasonSyntax, "two operators in a row: "+t.text+" and "+next.text, operatorHint(t.text, next.text))
	}
}

func operatorHint(first, second string) string {
	switch first + second {
	case "**":
		return "a power is written ** without a blank"
	case "=<", ">=", "<=", "!=":
		return "an operator is written without a blank"
	}
	return "take one of them out"
}

// unexpected refuses a token where an expression should have ended.
func (p *parser) unexpected(t token) {
	last := p.before()
	switch {
	case t.is("="):
		p.fail(t, "an assignment where a value is due", "a comparison is written ==")
	case t.is(","):
		p.fail(t, "a comma between two values", "a list has no meaning here")
	case t.is(":"):
		p.fail(t, "a colon has no meaning here", "only the equations of a model end in a unit")
	case t.is(";"):
		p.fail(t, "a semicolon has no meaning here", "take it out")
	case t.kind == name && foreignWords[t.text][0] != "":
		p.fail(t, foreignWords[t.text][0], foreignWords[t.text][1])
	case t.kind == symbol && foreign[t.text][0] != "":
		p.fail(t, foreign[t.text][0], foreign[t.text][1])
	case t.kind == name || t.kind == number || t.is("("):
		fail(p.text, last.pos, t.end, ReasonSyntax, "an operator is missing between "+shorten(last.text)+" and "+shorten(t.text), missingOperator(last, t))
	}
	p.fail(t, shorten(t.text)+" cannot follow "+shorten(last.text), "take it out, or write an operator before it")
}

func missingOperator(last, next token) string {
	if next.is("(") || next.is("not") {
		return "to multiply write * between the two"
	}
	return "to multiply write " + shorten(last.text) + "*" + shorten(next.text)
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	start := 0
	for k := 0; k <= len(words); k++ {
		if k == len(words) || words[k] == ' ' {
			set[words[start:k]] = true
			start = k + 1
		}
	}
	return set
}
