package session

import "fmt"

// Show displays values in the middle of a cell, each by itself.
func (s *Session) Show(values ...any) error {
	if len(values) > 1 {
		var err error
		if values, err = taken(values); err != nil {
			return err
		}
	}
	for _, v := range values {
		if f := figureOf(v); f != nil {
			f.shown = true
			v = f
		}
		s.host.Show(v)
	}
	return nil
}

// ClearOutput removes the output of the cell so far; with true, when the next output comes.
func (s *Session) ClearOutput(wait ...bool) { s.host.Clear(len(wait) > 0 && wait[0]) }

// What follows is written in one of the languages of a notebook; the kernel finds the methods by name.
type markdown string

func (m markdown) Markdown() string { return string(m) }
func (m markdown) String() string   { return string(m) }

type markup string

func (m markup) HTML() string   { return string(m) }
func (m markup) String() string { return string(m) }

type formula string

func (f formula) LaTeX() string  { return string(f) }
func (f formula) String() string { return string(f) }

// Markdown makes a text with Markdown to show.
func (s *Session) Markdown(text string) any { return markdown(text) }

// HTML makes a piece of HTML to show.
func (s *Session) HTML(text string) any { return markup(text) }

// LaTeX makes a formula to show: of a text, or of a value that knows its own, such as a group or a quantity.
func (s *Session) LaTeX(value any) (any, error) {
	switch v := value.(type) {
	case string:
		return formula(v), nil
	case interface{ LaTeX() string }:
		return formula(v.LaTeX()), nil
	}
	return nil, fmt.Errorf("LaTeX: found %s, expected a text, a quantity, an array or a group", describe(value))
}
