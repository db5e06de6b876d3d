package cell

import (
	"go/scanner"
	"go/token"
	"strings"
)

// parts is a cell cut in three texts of the cell's own length, so that offsets stay: each has blanks where the others
// have text.
type parts struct {
	imports, decls, stmts string
	shown                 bool // the last statement is an expression to show: no ";" ends the cell
}

type lexeme struct {
	offset, end int
	tok         token.Token
	lit         string
}

// split cuts source at the semicolons outside of all brackets.
func split(source string) parts {
	lexemes := scan(source)
	p := cutter{source: source}
	depth, start := 0, 0
	for i, l := range lexemes {
		switch l.tok {
		case token.LPAREN, token.LBRACE, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			depth--
		}
		if l.tok == token.SEMICOLON && depth <= 0 || i == len(lexemes)-1 {
			p.chunk(lexemes[start : i+1])
			start, depth = i+1, max(depth, 0)
		}
	}
	return parts{p.blank(p.imports), p.blank(p.decls), p.blank(p.stmts), !endsInSemicolon(lexemes)}
}

func scan(source string) []lexeme {
	file := token.NewFileSet().AddFile("", 1, len(source))
	var s scanner.Scanner
	s.Init(file, []byte(source), nil, 0)
	var found []lexeme
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return found
		}
		offset := int(pos) - 1
		end := offset + len(lit)
		if !tok.IsLiteral() && !tok.IsKeyword() && tok != token.SEMICOLON {
			end = offset + len(tok.String())
		}
		if tok == token.SEMICOLON && lit == "\n" {
			end = offset
		}
		found = append(found, lexeme{offset, end, tok, lit})
	}
}

func endsInSemicolon(lexemes []lexeme) bool {
	for i := len(lexemes) - 1; i >= 0; i-- {
		if l := lexemes[i]; l.tok != token.SEMICOLON {
			return false
		} else if l.lit == ";" {
			return true
		}
	}
	return false
}

type cutter struct {
	source                string
	imports, decls, stmts [][2]int
}

func (c *cutter) chunk(l []lexeme) {
	for len(l) > 0 && l[0].tok == token.SEMICOLON && l[0].lit == "\n" {
		l = l[1:]
	}
	if len(l) == 0 {
		return
	}
	place := [2]int{l[0].offset, l[len(l)-1].end}
	switch {
	case l[0].tok == token.IMPORT:
		c.imports = append(c.imports, place)
	case l[0].tok == token.TYPE, l[0].tok == token.CONST, l[0].tok == token.FUNC && isFuncDecl(l):
		c.decls = append(c.decls, place)
	default:
		c.stmts = append(c.stmts, place)
	}
}

// isFuncDecl tells func f(…) and func (r T) f(…) from the literal func(…) {…}(…).
func isFuncDecl(l []lexeme) bool {
	if len(l) > 1 && l[1].tok == token.IDENT {
		return true
	}
	depth := 0
	for i, x := range l[1:] {
		switch x.tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		}
		if depth == 0 {
			rest := l[i+2:]
			return len(rest) > 1 && rest[0].tok == token.IDENT && (rest[1].tok == token.LPAREN || rest[1].tok == token.LBRACK) && hasBody(rest)
		}
	}
	return false
}

// hasBody rules out func(…) T(…), a literal's type that looks like a method: a method name is followed by its body after
// its parameters, and a literal is called or assigned.
func hasBody(l []lexeme) bool {
	return l[len(l)-1].tok == token.RBRACE || len(l) > 1 && l[len(l)-2].tok == token.RBRACE
}

// blank keeps the text of the places and the line ends, and puts spaces everywhere else.
func (c *cutter) blank(places [][2]int) string {
	var b strings.Builder
	b.Grow(len(c.source))
	at := 0
	for _, p := range places {
		blankInto(&b, c.source[at:p[0]])
		b.WriteString(c.source[p[0]:p[1]])
		at = p[1]
	}
	blankInto(&b, c.source[at:])
	return b.String()
}

func blankInto(b *strings.Builder, text string) {
	for i := range len(text) {
		if text[i] == '\n' {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
}
