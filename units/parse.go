package units

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a quantity as Brian's texts write it, "-70*mV", "1/(0.1*ms)", "0.3*mS/cm**2", and as String prints it,
// "0.5 mA", "1.5 m^3 kg s^-3 A^-2". There are + - * / // % **, comparisons (1 or 0), parentheses, unit names, the
// constants pi, e and inf, and functions of one argument such as sqrt and exp. The error is an *Error.
//
// A product of units alone is scaled once: 1/um**3 is the double nearest to 1e18.
func Parse(text string) (Quantity, error) {
	var result value
	err := reading(func() {
		p := parser{text: text}
		p.next()
		result = p.comparison()
		p.expectEnd()
	})
	if err != nil {
		return Quantity{}, err
	}
	return result.Quantity, nil
}

// reading runs f and gives the *Error that it panicked with.
func reading(f func()) (err error) {
	defer func() {
		switch problem := recover().(type) {
		case nil:
		case *Error:
			err = problem
		default:
			panic(problem)
		}
	}()
	f()
	return nil
}

// value is a quantity, and while it is a product of units alone the power of ten that it is.
type value struct {
	Quantity
	isUnit bool
	tens   int
}

func unitValue(tens int, d Dimension) value { return value{Quantity{ten(tens), d}, true, tens} }

func (v value) mul(w value) value {
	if v.isUnit && w.isUnit {
		return unitValue(v.tens+w.tens, product(v.dim, w.dim))
	}
	return value{Quantity: v.Mul(w.Quantity)}
}

func (v value) div(w value) value {
	one := !v.isUnit && v.Quantity == Scalar(1)
	if w.isUnit && (v.isUnit || one) {
		return unitValue(v.tens-w.tens, quotient(v.dim, w.dim))
	}
	return value{Quantity: v.Div(w.Quantity)}
}

func (v value) pow(w value) value {
	if !w.dim.IsOne() {
		panic(failure(Mismatch, "", "the exponent %s has a unit, a plain number is needed", w))
	}
	p := w.si
	if v.isUnit && p == math.Trunc(p) && math.Abs(p) < 100 {
		return unitValue(v.tens*int(p), powerDimension(v, v.dim, p))
	}
	return value{Quantity: Quantity{plainPower(v.si, p), powerDimension(v, v.dim, p)}}
}

// parser reads one token ahead: a number, a name, an operator, or "" at the end.
type parser struct {
	text    string
	token   string
	start   int // of the token
	end     int
	printed bool // within "5 mV": names may be symbols
	depth   int  // of signs, exponents and parentheses within one another
}

// deepest is how deep texts may nest; beyond it the reader's own stack would be at risk.
const deepest = 200

// deeper runs f, which reads a part of a part.
func (p *parser) deeper(f func() value) value {
	if p.depth++; p.depth > deepest {
		panic(failure(BadSyntax, "", "more than %d signs or parentheses within one another", deepest))
	}
	defer func() { p.depth-- }()
	return f()
}

// next moves to the next token.
func (p *parser) next() {
	rest := strings.TrimLeftFunc(p.text[p.end:], unicode.IsSpace)
	p.start = len(p.text) - len(rest)
	length := tokenLength(rest)
	p.token = rest[:length]
	p.end = p.start + length
}

func tokenLength(rest string) int {
	if rest == "" {
		return 0
	}
	if n := numberLength(rest); n > 0 {
		return n
	}
	if n := nameLength(rest); n > 0 {
		return n
	}
	for _, operator := range []string{"**", "//", "<=", ">=", "==", "!="} {
		if strings.HasPrefix(rest, operator) {
			return 2
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return size
}

func nameLength(rest string) int {
	for i, r := range rest {
		if !(r == '_' || unicode.IsLetter(r) || i > 0 && unicode.IsDigit(r)) {
			return i
		}
	}
	return len(rest)
}

func numberLength(rest string) int {
	digits := func(i int) int {
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		return i
	}
	n := digits(0)
	if n < len(rest) && rest[n] == '.' {
		n = digits(n + 1)
	}
	if n == 0 || rest[:n] == "." {
		return 0
	}
	if n < len(rest) && (rest[n] == 'e' || rest[n] == 'E') {
		exponent := n + 1
		if exponent < len(rest) && (rest[exponent] == '+' || rest[exponent] == '-') {
			exponent++
		}
		if end := digits(exponent); end > exponent {
			n = end
		}
	}
	return n
}

// accept moves on if the token is one of these, and gives it.
func (p *parser) accept(tokens ...string) string {
	for _, token := range tokens {
		if p.token == token {
			p.next()
			return token
		}
	}
	return ""
}

func (p *parser) expectEnd() {
	if p.token != "" {
		panic(p.unexpected("an operator or the end"))
	}
}

// unexpected is the error of a token that cannot stand where it stands.
func (p *parser) unexpected(expected string) *Error {
	found := strconv.Quote(p.token)
	if p.token == "" {
		found = "the end"
	}
	return failure(BadSyntax, "", "found %s in %q where %s should be", found, p.text, expected)
}

func (p *parser) comparison() value {
	left := p.sum()
	for {
		operator := p.accept("<", "<=", ">", ">=", "==", "!=")
		if operator == "" {
			return left
		}
		right := p.sum()
		left = value{Quantity: Scalar(number(compareBy(operator, left.Quantity, right.Quantity)))}
	}
}

func compareBy(operator string, q, r Quantity) bool {
	switch operator {
	case "<":
		return q.Lt(r)
	case "<=":
		return q.Le(r)
	case ">":
		return q.Gt(r)
	case ">=":
		return q.Ge(r)
	case "==":
		return q.Eq(r)
	}
	return q.Ne(r)
}

func (p *parser) sum() value {
	left := p.term()
	for {
		switch p.accept("+", "-") {
		case "+":
			left = value{Quantity: left.Add(p.term().Quantity)}
		case "-":
			left = value{Quantity: left.Sub(p.term().Quantity)}
		default:
			return left
		}
	}
}

// term reads a product.
func (p *parser) term() value {
	outside := p.printed
	defer func() { p.printed = outside }()
	left := p.unary()
	for {
		switch p.accept("*", "/", "//", "%") {
		case "*":
			left = left.mul(p.unary())
		case "/":
			left = left.div(p.unary())
		case "//":
			left = value{Quantity: Scalar(math.Floor(left.Div(p.unary().Quantity).Float()))}
		case "%":
			left = value{Quantity: left.Mod(p.unary().Quantity)}
		default:
			return left
		}
	}
}

func (p *parser) unary() value {
	switch p.accept("-", "+") {
	case "-":
		return value{Quantity: p.deeper(p.unary).Neg()}
	case "+":
		return p.deeper(p.unary)
	}
	return p.measure()
}

// measure reads a value and the names right after it, which multiply it before anything else does: "5 mV", "2 m s^-1".
// From there to the end of the term names may be symbols and ^ is a power.
func (p *parser) measure() value {
	left := p.power()
	for nameLength(p.token) > 0 {
		p.printed = true
		left = left.mul(p.power())
	}
	return left
}

func (p *parser) power() value {
	base := p.primary()
	if p.accept("**") != "" || p.printed && p.accept("^") != "" {
		return base.pow(p.deeper(p.exponent))
	}
	if p.token == "^" {
		panic(failure(BadSyntax, "use ** instead", "^ is no power in %q", p.text))
	}
	return base
}

// exponent reads what follows a power: no names multiply it.
func (p *parser) exponent() value {
	switch p.accept("-", "+") {
	case "-":
		return value{Quantity: p.deeper(p.exponent).Neg()}
	case "+":
		return p.deeper(p.exponent)
	}
	return p.power()
}

func (p *parser) primary() value {
	token := p.token
	switch {
	case numberLength(token) > 0:
		p.next()
		x, _ := strconv.ParseFloat(token, 64) // beyond the range of doubles it is an infinity, as in Python
		return value{Quantity: Scalar(x)}
	case nameLength(token) > 0:
		p.next()
		return p.named(token)
	case token == "(":
		return p.parenthesis()
	}
	panic(p.unexpected("a number, a unit or a parenthesis"))
}

// parenthesis reads "(…)".
func (p *parser) parenthesis() value {
	p.next()
	inner := p.deeper(p.comparison)
	if p.accept(")") == "" {
		panic(p.unexpected("a closing parenthesis"))
	}
	return inner
}

// numbers are the names of plain numbers.
var numbers = map[string]float64{"pi": math.Pi, "e": math.E, "inf": math.Inf(1), "Inf": math.Inf(1), "NaN": math.NaN(),
	"nan": math.NaN(), "True": 1, "False": 0}

// unaryFunctions are the functions that a text may call.
var unaryFunctions = map[string]func(Quantity) Quantity{
	"sqrt": Quantity.Sqrt, "abs": Quantity.Abs, "exp": Quantity.Exp, "log": Quantity.Log, "log10": Quantity.Log10,
	"sin": Quantity.Sin, "cos": Quantity.Cos, "tan": Quantity.Tan, "tanh": Quantity.Tanh, "floor": Quantity.Floor,
	"ceil": Quantity.Ceil,
}

func (p *parser) named(name string) value {
	if f, ok := unaryFunctions[name]; ok && p.token == "(" {
		return value{Quantity: f(p.parenthesis().Quantity)}
	}
	if tens, d, ok := lookupTens(name); ok {
		return unitValue(tens, d)
	}
	if p.printed {
		if tens, d, ok := lookupSymbol(name); ok {
			return unitValue(tens, d)
		}
	}
	if x, ok := numbers[name]; ok {
		return value{Quantity: Scalar(x)}
	}
	panic(unknownUnit(name))
}
