package lang

import (
	"fmt"
	"sort"
	"strings"
)

// The reasons of an Error: one short category for each kind of mistake.
const (
	ReasonSyntax     = "syntax"
	ReasonUnits      = "unit mismatch"
	ReasonExponent   = "exponent"
	ReasonScaled     = "scaled unit"
	ReasonUnit       = "unknown unit"
	ReasonName       = "unknown name"
	ReasonReserved   = "reserved name"
	ReasonDuplicate  = "duplicate name"
	ReasonFlag       = "unknown flag"
	ReasonFlagPlace  = "flag not allowed"
	ReasonType       = "type"
	ReasonArguments  = "argument count"
	ReasonCycle      = "cycle"
	ReasonNoise      = "ambiguous noise"
	ReasonRandom     = "random subexpression"
	ReasonShared     = "shared"
	ReasonReadOnly   = "read only"
	ReasonMixed      = "mixed dependency"
	ReasonDerivative = "no derivative"
)

// An Error is one mistake at one place of a text. Message says what was found and what was expected; Hint, when there
// is one, is one thing to try.
type Error struct {
	Text          string // the whole source
	Pos, End      int    // the bytes of Text that are wrong
	Message, Hint string
	Reason        string // one of the Reason constants
}

// Error gives the message, the line with a caret under the wrong place, and the hint.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	if line, caret := e.excerpt(); line != "" {
		b.WriteString("\n" + line + "\n" + caret)
	}
	if e.Hint != "" {
		b.WriteString("\nhint: " + e.Hint)
	}
	return b.String()
}

// Line is the number of the line the error is in, from 1.
func (e *Error) Line() int { return 1 + strings.Count(e.Text[:e.clamp(e.Pos)], "\n") }

func (e *Error) clamp(pos int) int { return min(max(pos, 0), len(e.Text)) }

// widest is the number of characters of a source line an error shows.
const widest = 120

// excerpt gives the line of Pos, with its number when the text has several, and the line of carets below it. Of a very
// long line it gives the part around the place.
func (e *Error) excerpt() (line, caret string) {
	pos := e.clamp(e.Pos)
	start := 1 + strings.LastIndexByte(e.Text[:pos], '\n')
	stop := len(e.Text)
	if k := strings.IndexByte(e.Text[pos:], '\n'); k >= 0 {
		stop = pos + k
	}
	before, after := []rune(e.Text[start:pos]), []rune(strings.TrimRight(e.Text[pos:stop], " \t\r"))
	width := len([]rune(e.Text[pos:min(stop, max(pos, e.clamp(e.End)))]))
	lead := ""
	if len(before) > widest {
		before, lead = before[len(before)-widest/2:], "…"
	}
	tail := ""
	if len(after) > widest {
		after, tail = after[:widest], "…"
	}
	if len(before)+len(after) == 0 {
		return "", ""
	}
	margin := "  "
	if strings.ContainsRune(strings.TrimSpace(e.Text), '\n') {
		margin = fmt.Sprintf("  line %d: ", e.Line())
	}
	text := strings.ReplaceAll(lead+string(before)+string(after)+tail, "\r", "")
	shift := len([]rune(margin)) + len([]rune(lead)) + len(before)
	if lead == "" {
		cut := len(text) - len(strings.TrimLeft(text, " \t"))
		cut = min(cut, len(before))
		text, shift = text[cut:], shift-cut
	}
	text = strings.ReplaceAll(text, "\t", " ")
	return margin + text, strings.Repeat(" ", shift) + strings.Repeat("^", max(1, min(width, len(after))))
}

// An ErrorList is several errors in the order of their places. The zero value is ready for use.
type ErrorList []*Error

// Add puts an error at the end.
func (l *ErrorList) Add(e *Error) { *l = append(*l, e) }

// Sort orders the errors by place.
func (l ErrorList) Sort() { sort.SliceStable(l, func(a, b int) bool { return l[a].Pos < l[b].Pos }) }

// Err gives the list as an error, nil when it is empty.
func (l ErrorList) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error gives all errors, with an empty line between two.
func (l ErrorList) Error() string {
	texts := make([]string, len(l))
	for k, e := range l {
		texts[k] = e.Error()
	}
	return strings.Join(texts, "\n\n")
}

// Unwrap lets errors.As find the single errors.
func (l ErrorList) Unwrap() []error {
	all := make([]error, len(l))
	for k, e := range l {
		all[k] = e
	}
	return all
}
