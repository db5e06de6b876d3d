package cell

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/golgi-sim/golgi/kernel"
)

// A problem is one thing wrong with a cell.
type problem struct {
	pos     token.Pos
	message string
	hint    string
	syntax  bool
}

const (
	red   = "\x1b[31m"
	bold  = "\x1b[1m"
	plain = "\x1b[0m"
)

// failure turns problems into the error of a cell: each with its place, its line and a caret.
func (s *session) failure(name string, problems []problem) *kernel.CellError {
	problems = distinct(problems)
	var trace []string
	for _, p := range problems {
		trace = append(trace, s.describe(name, p)...)
	}
	value, _, _ := strings.Cut(problems[0].message, "\n")
	if len(problems) > 1 {
		value = fmt.Sprintf("%s (and %d more)", value, len(problems)-1)
	}
	return &kernel.CellError{Name: name, Value: value, Traceback: trace}
}

func distinct(problems []problem) []problem {
	slices.SortStableFunc(problems, func(a, b problem) int { return int(a.pos - b.pos) })
	return slices.CompactFunc(problems, func(a, b problem) bool { return a.pos == b.pos && a.message == b.message })
}

// describe prints one problem.
func (s *session) describe(name string, p problem) []string {
	lines := []string{red + bold + name + plain + ": " + p.message}
	c, offset := s.locate(p.pos)
	if c != nil {
		line, column, text := lineAt(c.text, offset)
		place := fmt.Sprintf("%s, line %d, column %d", c.title, line, column)
		lines = append(lines, place+":", "    "+text, "    "+indentLike(text, column-1)+red+"^"+plain)
	}
	if p.hint != "" {
		lines = append(lines, "Hint: "+p.hint)
	}
	return lines
}

// lineAt gives the line number, the column counted in characters, both from 1, and the line's text.
func lineAt(text string, offset int) (line, column int, whole string) {
	offset = min(offset, len(text))
	start := strings.LastIndexByte(text[:offset], '\n') + 1
	whole, _, _ = strings.Cut(text[start:], "\n")
	return strings.Count(text[:start], "\n") + 1, utf8.RuneCountInString(text[start:offset]) + 1, whole
}

// indentLike gives white space as wide as the first n characters of text.
func indentLike(text string, n int) string {
	var b strings.Builder
	for _, r := range text {
		if n == 0 {
			break
		}
		if n--; r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// lineOf is the line that a problem stands in.
func (s *session) lineOf(p problem) string {
	c, offset := s.locate(p.pos)
	if c == nil {
		return ""
	}
	_, _, line := lineAt(c.text, offset)
	return line
}
