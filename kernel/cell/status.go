package cell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/golgi-sim/golgi/kernel"
)

// IsComplete says whether a cell may run as it stands: it is incomplete while a bracket, text or comment is open or a
// line ends in an operator, and invalid where no further text can make it right.
func (in *Interpreter) IsComplete(text string) kernel.Status {
	in.mu.Lock()
	rest, list := in.session.commandsOf(text)
	in.mu.Unlock()
	if len(list) > 0 && strings.HasPrefix(list[0].name, "%%") {
		return kernel.Status{State: kernel.Complete}
	}
	if openComment(rest) || strings.Count(rest, "`")%2 == 1 {
		return kernel.Status{State: kernel.Incomplete}
	}
	lexemes := scan(rest)
	depth := 0
	for _, l := range lexemes {
		switch l.tok {
		case token.LPAREN, token.LBRACE, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			depth--
		}
	}
	switch {
	case depth > 0:
		return kernel.Status{State: kernel.Incomplete, Indent: strings.Repeat("\t", depth)}
	case depth < 0:
		return kernel.Status{State: kernel.Invalid}
	case len(lexemes) > 0 && (lexemes[len(lexemes)-1].tok.IsOperator() && wantsMore(lexemes[len(lexemes)-1].tok)):
		return kernel.Status{State: kernel.Incomplete}
	}
	if len(in.syntax(rest)) > 0 {
		return kernel.Status{State: kernel.Invalid}
	}
	return kernel.Status{State: kernel.Complete}
}

func wantsMore(tok token.Token) bool {
	switch tok {
	case token.RPAREN, token.RBRACE, token.RBRACK, token.INC, token.DEC, token.SEMICOLON:
		return false
	}
	return true
}

// syntax parses a cell without keeping anything of it.
func (in *Interpreter) syntax(text string) []problem {
	s := &session{fset: token.NewFileSet()}
	_, problems := s.parse(&source{text: text})
	return problems
}

func isExpression(text string) bool {
	x, err := parser.ParseExpr(text)
	if err != nil {
		return false
	}
	_, call := x.(*ast.CallExpr)
	return !call
}
