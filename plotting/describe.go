package plotting

import (
	"fmt"
	"strings"
)

// String is one line about the figure, for where pictures cannot be shown.
func (f *Figure) String() string { return f.layout(loadTypeface()).title() }

func (l *layout) title() string {
	n := 0
	for k := range l.panels {
		n += len(l.panels[k].panel.series)
	}
	text := fmt.Sprintf("figure: %s, %s", counted(len(l.panels), "panel"), counted(n, "series"))
	var about []string
	for k := range l.panels {
		if line := l.panels[k].brief(); line != "" {
			about = append(about, line)
		}
	}
	if len(about) > 0 {
		text += ": " + strings.Join(about, "; ")
	}
	return text
}

// brief says what a panel shows: "Vm (mV)" against "time (ms)".
func (p *placed) brief() string {
	x, _ := p.panel.x.title(p.x.unitName)
	y, _ := p.panel.y.title(p.y.unitName)
	switch {
	case x != "" && y != "":
		return fmt.Sprintf("%q against %q", y, x)
	case x != "" || y != "":
		return fmt.Sprintf("%q", x+y)
	}
	return ""
}

// Describe is the figure as text: panels, limits, ticks, labels and series as they would be drawn, for tests.
func (f *Figure) Describe() string {
	var b strings.Builder
	w, h := f.Pixels()
	fmt.Fprintf(&b, "figure %d by %d, %s by %s\n", w, h, counted(f.rows, "row"), counted(f.cols, "column"))
	l := f.layout(loadTypeface())
	for k := range l.panels {
		l.panels[k].describe(&b)
	}
	return b.String()
}

func (p *placed) describe(b *strings.Builder) {
	fmt.Fprintf(b, "panel %d,%d", p.panel.row, p.panel.col)
	if p.panel.title != "" {
		fmt.Fprintf(b, " %q", parseTeX(p.panel.title).plain())
	}
	b.WriteString("\n")
	p.x.describe(b, "x", p.innerX)
	p.y.describe(b, "y", p.innerY)
	for _, s := range p.panel.series {
		fmt.Fprintf(b, "  %s", s.describe())
		if label, _ := s.entry(); label != "" {
			fmt.Fprintf(b, " %q", parseTeX(label).plain())
		}
		b.WriteString("\n")
	}
	if p.bar != nil {
		fmt.Fprintf(b, "  %s\n", p.bar.describe())
	}
	if entries := p.panel.entries(); len(entries) > 0 {
		b.WriteString("  legend:")
		for _, e := range entries {
			fmt.Fprintf(b, " %q", e.label.plain())
		}
		b.WriteString("\n")
	}
}

func (s *scale) describe(b *strings.Builder, name string, inner bool) {
	fmt.Fprintf(b, "  %s %q from %.4g to %.4g", name, s.label.plain(), s.lo/s.unit, s.hi/s.unit)
	if s.log {
		b.WriteString(" logarithmic")
	}
	if inner {
		b.WriteString(" without numbers")
	}
	b.WriteString(":")
	for _, t := range s.ticks {
		if !t.minor {
			fmt.Fprintf(b, " %s", t.label.plain())
		}
	}
	b.WriteString("\n")
}
