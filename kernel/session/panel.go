package session

import (
	"github.com/golgi-sim/golgi/plotting"
)

// A Panel is a pair of axes in a figure of a cell. Its methods are the words of plots; the plain words act on the
// current panel, which is the one used last.
type Panel struct {
	s      *Session
	figure *Figure
	panel  *plotting.Panel
}

// use makes the panel the current one.
func (p *Panel) use() *plotting.Panel {
	p.figure.Panel, p.figure.touched = p, true
	p.figure.fig.Select(p.panel)
	return p.panel
}

// draw draws with arguments that take the names of what they were read from.
func (p *Panel) draw(with func(...any) error, args []any) error {
	all, err := p.s.named(args)
	if err != nil {
		return err
	}
	p.use()
	return with(all...)
}

// Plot draws y against x, or against 0, 1, 2, … when it is alone; see plotting.Panel.Plot.
func (p *Panel) Plot(args ...any) error { return p.draw(p.panel.Plot, args) }

// Scatter draws a marker at every point.
func (p *Panel) Scatter(x, y any, options ...any) error {
	return p.use().Scatter(p.s.nameOf(x), p.s.nameOf(y), options...)
}

// Bar draws bars of the given heights around the places x.
func (p *Panel) Bar(x, height any, options ...any) error {
	return p.use().Bar(p.s.nameOf(x), p.s.nameOf(height), options...)
}

// Band fills the area between lo and hi over x.
func (p *Panel) Band(x, lo, hi any, options ...any) error {
	return p.use().Band(p.s.nameOf(x), p.s.nameOf(lo), p.s.nameOf(hi), options...)
}

// ErrorBar draws points with their errors: ErrorBar(x, y, yError), ErrorBar(x, y, yError, xError).
func (p *Panel) ErrorBar(args ...any) error { return p.draw(p.panel.ErrorBar, args) }

// Hist draws a histogram: Hist(x), Hist(x, 20), Hist(x, edges).
func (p *Panel) Hist(args ...any) error { return p.draw(p.panel.Hist, args) }

// Image shows a matrix as colours.
func (p *Panel) Image(matrix any, options ...any) error {
	return p.draw(func(args ...any) error { return p.panel.Image(args[0], args[1:]...) }, append([]any{matrix}, options...))
}

// HLines draws level lines: HLines(v), HLines(v, lo, hi).
func (p *Panel) HLines(args ...any) error { return p.draw(p.panel.HLines, args) }

// VLines draws upright lines: VLines(t), VLines(t, lo, hi).
func (p *Panel) VLines(args ...any) error { return p.draw(p.panel.VLines, args) }

// HSpan fills the panel from the height a to the height b.
func (p *Panel) HSpan(a, b any, options ...any) error { return p.use().HSpan(a, b, options...) }

// VSpan fills the panel from the time a to the time b.
func (p *Panel) VSpan(a, b any, options ...any) error { return p.use().VSpan(a, b, options...) }

// Text writes a text at the point x, y of the data.
func (p *Panel) Text(x, y any, text string, options ...any) error {
	return p.use().Text(x, y, text, options...)
}

// XLabel names the x axis.
func (p *Panel) XLabel(text string) { p.use().XLabel(text) }

// YLabel names the y axis.
func (p *Panel) YLabel(text string) { p.use().YLabel(text) }

// Title is the heading of the panel.
func (p *Panel) Title(text string) { p.use().Title(text) }

// XLim sets where the x axis begins and ends.
func (p *Panel) XLim(from, to any) error { return p.use().XLim(from, to) }

// YLim sets where the y axis begins and ends.
func (p *Panel) YLim(from, to any) error { return p.use().YLim(from, to) }

// Legend shows the legend, or hides it with false.
func (p *Panel) Legend(args ...any) error { return p.use().Legend(args...) }

// Grid draws light lines at the ticks.
func (p *Panel) Grid() { p.use().Grid() }

// LogX makes the x axis logarithmic.
func (p *Panel) LogX() { p.use().LogX() }

// LogY makes the y axis logarithmic.
func (p *Panel) LogY() { p.use().LogY() }

// String says what the panel is; its picture is that of the figure.
func (p *Panel) String() string { return "a panel of " + p.figure.String() }
