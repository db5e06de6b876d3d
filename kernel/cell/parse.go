package cell

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"sort"
	"strconv"
	"strings"
)

// A program is a parsed cell.
type program struct {
	imports []*ast.ImportSpec
	decls   *ast.File // types, constants, functions and methods
	stmts   *ast.File // one function whose body is the statements
	body    *ast.BlockStmt
	shown   bool
}

const (
	declsHead = "package cell\n"
	stmtsHead = "package cell\nfunc k_body() {\n"
)

// parse makes the trees of a cell. The files it adds to fset know, through sources, which cell they are.
func (s *session) parse(c *source) (*program, []problem) {
	cut := split(c.text)
	mode := parser.SkipObjectResolution | parser.AllErrors
	p := &program{shown: cut.shown}
	var problems []problem
	read := func(head, text, tail string, mode parser.Mode) *ast.File {
		base := s.fset.Base()
		file, err := parser.ParseFile(s.fset, "", head+text+tail, mode)
		s.sources = append(s.sources, placed{token.Pos(base + len(head)), c})
		var list scanner.ErrorList
		if errors.As(err, &list) {
			for _, e := range list {
				message := e.Msg
				if e.Pos.Offset >= len(head)+len(text) { // at the bracket that stands behind the cell's text
					message = strings.ReplaceAll(message, "found '}'", "found EOF")
				}
				at := e.Pos.Offset
				if open := unmatched(text); open >= 0 && strings.Contains(message, "expected declaration") {
					at, message = len(head)+open, "this "+text[open:open+1]+" closes nothing"
				}
				problems = append(problems, problem{pos: token.Pos(base + at), message: message})
			}
		}
		return file
	}
	if file := read(declsHead, cut.imports, "", mode|parser.ImportsOnly); file != nil {
		p.imports = file.Imports
	}
	p.decls = read(declsHead, cut.decls, "", mode)
	p.stmts = read(stmtsHead, cut.stmts, "\n}", mode)
	if len(problems) > 0 {
		return nil, explainSyntax(problems, s.lineOf)
	}
	s.typeWords(p.decls)
	s.typeWords(p.stmts)
	last := p.stmts.Decls[0].(*ast.FuncDecl)
	p.body = last.Body
	if len(p.stmts.Decls) > 1 {
		return nil, []problem{{pos: p.stmts.Decls[1].Pos(), message: "unexpected }"}}
	}
	return p, nil
}

// unmatched finds a closing bracket that nothing opened; -1 where there is none.
func unmatched(text string) int {
	depth := 0
	for _, l := range scan(text) {
		switch l.tok {
		case token.LPAREN, token.LBRACE, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			if depth--; depth < 0 {
				return l.offset
			}
		}
	}
	return -1
}

// A source is the text of one cell.
type source struct {
	text  string
	count int
	title string // "In[3]", or the name of a file
}

// A placed source says where in the session's file set a text begins.
type placed struct {
	start  token.Pos
	source *source
}

// locate finds the cell and the byte offset of a position; nil for positions outside all cells.
func (s *session) locate(pos token.Pos) (*source, int) {
	if !pos.IsValid() {
		return nil, 0
	}
	i := sort.Search(len(s.sources), func(i int) bool { return s.sources[i].start-token.Pos(len(stmtsHead)) > pos })
	if i == 0 {
		return nil, 0
	}
	p := s.sources[i-1]
	return p.source, min(max(int(pos-p.start), 0), len(p.source.text))
}

func importPath(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value
	}
	return path
}

// typeWords lets *NeuronGroup mean the type where NeuronGroup is the word that makes one.
func (s *session) typeWords(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		star, ok := n.(*ast.StarExpr)
		if !ok {
			return true
		}
		id, ok := star.X.(*ast.Ident)
		if !ok || !s.isWord(id.Name) {
			return true
		}
		for _, path := range s.openers {
			if _, isType := s.member(path, id.Name).(*types.TypeName); isType {
				pkg := path[strings.LastIndexByte(path, '/')+1:]
				star.X = &ast.SelectorExpr{X: &ast.Ident{NamePos: id.NamePos, Name: pkg}, Sel: id}
			}
		}
		return true
	})
}

// isWord reports whether a name is one of the vocabulary that no cell has redefined.
func (s *session) isWord(name string) bool {
	_, ok := s.vocab[name]
	return ok && s.entries[name] == nil
}
