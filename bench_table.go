package main

import (
	"fmt"
	"math"
	"strings"
)

// markdown writes the tables of a report.
func (r report) markdown() string {
	var b strings.Builder
	for _, t := range r.tables {
		fmt.Fprintf(&b, "### %s\n\n", t.title)
		if t.name == "spikes" {
			t.countsMarkdown(&b)
		} else {
			t.timesMarkdown(&b)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "Versions: %s.\n", strings.Join(r.versions, ", "))
	return b.String()
}

// timesMarkdown compares medians with that of golgi.
func (t reportTable) timesMarkdown(b *strings.Builder) {
	b.WriteString("| case | simulator | median | least | runs | times golgi |\n|---|---|--:|--:|--:|--:|\n")
	for _, row := range t.rows {
		for _, s := range row.series {
			fmt.Fprintf(b, "| %s | %s | %s | %s | %d | %s |\n", inCell(row.label()), inCell(s.name),
				t.write(s.median()), t.write(s.least()), len(s.values), orDash(threeDigits, row.ratio(s)))
		}
	}
}

// countsMarkdown compares means with that of golgi.
func (t reportTable) countsMarkdown(b *strings.Builder) {
	b.WriteString("| case | model time | simulator | mean | standard error | runs | standard errors from golgi |\n|---|--:|---|--:|--:|--:|--:|\n")
	for _, row := range t.rows {
		for _, s := range row.series {
			fmt.Fprintf(b, "| %s | %g s | %s | %s | %s | %d | %s |\n", inCell(row.label()), row.seconds, inCell(s.name),
				t.write(s.mean()), orDash(oneDecimal, s.standardError()), len(s.values), orDash(oneDecimal, row.distance(s)))
		}
	}
}

// orDash writes a number, and a dash for one that is not known.
func orDash(write func(float64) string, x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	return write(x)
}

// inCell keeps a text from ending the cell of a table.
func inCell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ").Replace(text)
}
