package plotting

import (
	"errors"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// markers are the signs that a format string may name.
const markers = ".,o|x+s^vdD*_"

// dashes by the style of a line: lengths of dashes and gaps in widths of the line.
var dashes = map[string][]float64{"-": nil, "--": {4, 2.2}, ":": {1.2, 1.8}, "-.": {5, 2, 1.2, 2}}

// format reads a format string as matplotlib writes them: a colour, a marker and a line style in any order, each at
// most once. A marker without a line style draws no line.
func (l *look) format(text string) error {
	var marker rune
	dash, hasDash := "", false
	for rest := text; rest != ""; {
		token := formatToken(rest)
		_, isDash := dashes[token]
		switch {
		case isDash && !hasDash:
			dash, hasDash = token, true
		case len(token) == 1 && strings.Contains(markers, token) && marker == 0:
			marker = rune(token[0])
		case !l.paint(token):
			return &units.Error{
				Message: "found the format " + quoted(text) + " with " + quoted(token) + ", expected a colour, a marker and a line style",
				Hint:    "colours: C0 … C9 b g r c m y k w; markers: " + spaced(markers) + "; lines: - -- : -.",
			}
		}
		rest = rest[len(token):]
	}
	if marker != 0 || hasDash {
		l.marker, l.dash, l.styled = marker, dash, true
	}
	return nil
}

// paint takes the colour that token names.
func (l *look) paint(token string) bool {
	c, ok := parseColor(token)
	if ok = ok && token[0] > '9'; ok { // a digit is no grey level here
		l.color, l.colored = c, true
	}
	return ok
}

// formatToken is the first part of a format string.
func formatToken(text string) string {
	if len(text) > 1 {
		if _, isDash := dashes[text[:2]]; isDash || text[0] == 'C' && text[1] >= '0' && text[1] <= '9' {
			return text[:2]
		}
	}
	_, isName := parseColor(text)
	if isName {
		return text
	}
	for i := range text {
		if i > 0 {
			return text[:i]
		}
	}
	return text
}

func quoted(text string) string { return `"` + text + `"` }

func asUnitsError(err error) *units.Error {
	var e *units.Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
