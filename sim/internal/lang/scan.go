package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	endOfText tokenKind = iota
	newline             // also ";" of statements, then with Text ";"
	name
	number
	symbol // an operator or a bracket
)

// A token is a piece of the source; its text is source[pos:end].
type token struct {
	kind     tokenKind
	text     string
	pos, end int
}

// symbols are the operators and brackets, longest first: the scanner takes the first that fits. Some stand here only
// to be refused by name.
var symbols = []string{
	"**=", "//=", "...",
	"**", "//", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=", "%=", "&&", "||", "<>", ":=", "=>", "=<", "<<", ">>",
	"+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", "^", "&", "|", "!", "~", "?", ".", "@", "'", "\"",
}

// lookalikes are characters that come along when an equation is pasted, with what to type for them.
var lookalikes = map[rune]string{
	'×': "*", '·': "*", '⋅': "*", '∗': "*", '÷': "/", '−': "-", '–': "-", '—': "-", '≤': "<=", '≥': ">=", '≠': "!=",
	'²': "**2", '³': "**3", '∧': "and", '∨': "or", '¬': "not", '√': "sqrt()", '∞': "inf", '“': "no quotes", '”': "no quotes",
	'’': "no quotes", '‘': "no quotes", '₀': "0", '₁': "1", '₂': "2", '₃': "3", '₄': "4", '₅': "5", '₆': "6", '₇': "7", '₈': "8", '₉': "9",
	'$': "no dollar sign",
}

// A scanner cuts a text into tokens. It joins lines that end in a backslash and drops comments.
type scanner struct {
	text string
	pos  int
	list []token
}

// scan gives the tokens of a text, ended by an endOfText; it panics with an *Error at what belongs to no token.
func scan(text string) []token {
	s := scanner{text: text}
	for s.next() {
	}
	s.add(endOfText, len(text), len(text))
	return s.list
}

func (s *scanner) add(k tokenKind, pos, end int) {
	s.list = append(s.list, token{k, s.text[pos:end], pos, end})
	s.pos = end
}

func (s *scanner) next() bool {
	s.skipBlanks()
	if s.pos == len(s.text) {
		return false
	}
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	switch {
	case r == '\n' || r == ';':
		s.add(newline, s.pos, s.pos+1)
	case isDigit(r) || r == '.' && s.digitAt(s.pos+1):
		s.number()
	case startsName(r):
		s.add(name, s.pos, s.pos+nameLength(s.text[s.pos:]))
	default:
		s.symbol(r, size)
	}
	return true
}

// skipBlanks goes to the next byte that means something: blanks, comments and joined lines mean nothing.
func (s *scanner) skipBlanks() {
	for s.pos < len(s.text) {
		rest := s.text[s.pos:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r != '\n' && unicode.IsSpace(r) || r == '\ufeff':
			s.pos += size
		case r == '#':
			if k := strings.IndexByte(rest, '\n'); k >= 0 {
				s.pos += k
			} else {
				s.pos = len(s.text)
			}
		case r == '\\' && joinLength(rest) > 0:
			s.pos += joinLength(rest)
		default:
			return
		}
	}
}

// joinLength gives the length of a backslash that ends a line, with the blanks behind it and the line's end.
func joinLength(rest string) int {
	for k := 1; k < len(rest); k++ {
		switch rest[k] {
		case '\n':
			return k + 1
		case ' ', '\t', '\r':
		default:
			return 0
		}
	}
	return len(rest)
}

func (s *scanner) digitAt(k int) bool { return k < len(s.text) && isDigit(rune(s.text[k])) }

func (s *scanner) digits(k int) int {
	for s.digitAt(k) {
		k++
	}
	return k
}

// number takes digits, a point, an exponent; a name right behind it is a missing operator.
func (s *scanner) number() {
	start, k := s.pos, s.digits(s.pos)
	if k < len(s.text) && s.text[k] == '.' {
		k = s.digits(k + 1)
	}
	if k < len(s.text) && (s.text[k] == 'e' || s.text[k] == 'E') {
		sign := k + 1
		if sign < len(s.text) && (s.text[sign] == '+' || s.text[sign] == '-') {
			sign++
		}
		if s.digitAt(sign) {
			k = s.digits(sign)
		}
	}
	if r, _ := utf8.DecodeRuneInString(s.text[k:]); k < len(s.text) && startsName(r) {
		word := s.text[k : k+nameLength(s.text[k:])]
		fail(s.text, start, k+len(word), ReasonSyntax, "an operator is missing between "+shorten(s.text[start:k])+" and "+shorten(word),
			"write "+shorten(s.text[start:k])+"*"+shorten(word))
	}
	s.add(number, start, k)
}

func (s *scanner) symbol(r rune, size int) {
	for _, op := range symbols {
		if strings.HasPrefix(s.text[s.pos:], op) {
			s.add(symbol, s.pos, s.pos+len(op))
			return
		}
	}
	hint := "take it out"
	if plain, known := lookalikes[r]; known {
		hint = "type " + plain + " instead"
	}
	if r == '\\' {
		hint = "a backslash may only end a line that goes on in the next"
	}
	fail(s.text, s.pos, s.pos+size, ReasonSyntax, "the character "+quoteRune(r)+" has no meaning here", hint)
}

func quoteRune(r rune) string {
	if r == utf8.RuneError || !unicode.IsPrint(r) {
		return "(not printable)"
	}
	return string(r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func startsName(r rune) bool { return r == '_' || unicode.IsLetter(r) }

// nameLength gives the length of the name that text begins with: letters of any script, their marks, digits and
// underscores.
func nameLength(text string) int {
	for k, r := range text {
		if !startsName(r) && !unicode.IsDigit(r) && !(k > 0 && unicode.IsMark(r)) {
			return k
		}
	}
	return len(text)
}

// shorten keeps long pieces of source out of messages.
func shorten(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= 40 {
		return string(runes)
	}
	return string(runes[:37]) + "..."
}

// fail leaves the parser with an error; rescue turns it into a result.
func fail(text string, pos, end int, reason, message, hint string) {
	panic(&Error{Text: text, Pos: pos, End: end, Reason: reason, Message: message, Hint: hint})
}

// rescue is the one place where the package recovers: it gives back the *Error that fail threw and lets every other
// panic through.
func rescue(err *error) {
	switch fault := recover().(type) {
	case nil:
	case *Error:
		*err = fault
	default:
		panic(fault)
	}
}
