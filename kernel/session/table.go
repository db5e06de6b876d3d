package session

import (
	"fmt"
	"html"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// A table has a heading and as many cells for each column.
type table struct {
	heads []string
	rows  [][]string
}

// Table makes a table of columns, each a heading and its values: Table("tau", taus, "spikes", counts). A column of one
// value repeats it.
func (s *Session) Table(args ...any) (any, error) {
	args, err := taken(args)
	if err != nil {
		return nil, err
	}
	if len(args) == 0 || len(args)%2 != 0 {
		return nil, fmt.Errorf("Table: found %d arguments, expected pairs of a heading and its values: Table(\"tau\", taus, \"spikes\", counts)", len(args))
	}
	var t table
	var columns [][]string
	for k := 0; k < len(args); k += 2 {
		head, ok := args[k].(string)
		if !ok {
			return nil, fmt.Errorf("Table: found %s as heading %d, expected a text", describe(args[k]), k/2+1)
		}
		column, unit, err := columnOf(args[k+1])
		if err != nil {
			return nil, fmt.Errorf("Table: %s: %w", head, err)
		}
		if unit != "" {
			head += " (" + unit + ")"
		}
		t.heads, columns = append(t.heads, head), append(columns, column)
	}
	return t, t.fill(columns)
}

// columnOf gives values as texts, quantities in their common best unit.
func columnOf(values any) (texts []string, unit string, err error) {
	defer recoverUnits(&err)
	switch v := values.(type) {
	case string:
		return []string{v}, "", nil
	case []string:
		return v, "", nil
	}
	a := units.ArrayOf(values)
	if a.NDim() > 1 {
		return nil, "", fmt.Errorf("found an array with %d axes, expected a list", a.NDim())
	}
	if !a.Dim().IsOne() {
		scale, name := units.BestPrefix(a)
		a, unit = a.Div(units.Of(scale)), name
	}
	for _, x := range a.Elements() {
		texts = append(texts, x.String())
	}
	return texts, unit, nil
}

func (t *table) fill(columns [][]string) error {
	rows := 0
	for _, c := range columns {
		rows = max(rows, len(c))
	}
	for k, c := range columns {
		if len(c) != rows && len(c) != 1 {
			return fmt.Errorf("Table: found %d values for %s, expected %d", len(c), t.heads[k], rows)
		}
	}
	for r := range rows {
		row := make([]string, len(columns))
		for k, c := range columns {
			row[k] = c[min(r, len(c)-1)]
		}
		t.rows = append(t.rows, row)
	}
	return nil
}

// HTML is the table for a page.
func (t table) HTML() string {
	var b strings.Builder
	line := func(tag string, cells []string) {
		b.WriteString("<tr>")
		for _, c := range cells {
			fmt.Fprintf(&b, "<%s>%s</%s>", tag, html.EscapeString(c), tag)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("<table>\n")
	line("th", t.heads)
	for _, row := range t.rows {
		line("td", row)
	}
	b.WriteString("</table>")
	return b.String()
}

// String is the table as aligned text.
func (t table) String() string {
	widths := make([]int, len(t.heads))
	all := append([][]string{t.heads}, t.rows...)
	for _, row := range all {
		for k, c := range row {
			widths[k] = max(widths[k], len([]rune(c)))
		}
	}
	var lines []string
	for _, row := range all {
		var b strings.Builder
		for k, c := range row {
			fmt.Fprintf(&b, "%*s  ", widths[k], c)
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return strings.Join(lines, "\n")
}
