package plotting

import (
	"image/color"
	"math"
)

// A Panel is a pair of axes with its series. Its methods are the vocabulary of plots; those that take data check them
// against the axes and return an error that says what was found and what was expected.
type Panel struct {
	figure   *Figure
	row, col int
	title    string
	x, y     axis
	series   []series
	grid     bool
	legend   legend
	painted  int // how many series took a colour of the cycle
	bar      *colorbar
}

func newPanel(f *Figure, row, col int) *Panel {
	return &Panel{figure: f, row: row, col: col, x: newAxis("x"), y: newAxis("y")}
}

// A series is one thing drawn in a panel. The kinds: trace, marks, rules, stripe, band, bars, picture, whiskers, note.
type series interface {
	extent() extent
	draw(d *drawing)
	describe() string        // one line of a golden description, without its legend entry
	entry() (string, sample) // its name in the legend, "" for none, and how it looks there
}

// An extent is what a series asks of the axes, in SI units.
type extent struct {
	x, y       interval // of the finite data
	padX, padY float64  // room on both sides, as part of the span
	floor      bool     // y begins at 0 when no value is negative
	exact      bool     // the axes begin and end with the data
}

// A sample is the little picture of a series in a legend.
type sample struct {
	pen         pen // width 0: no line
	marker      rune
	markerColor color.NRGBA // that of the pen when transparent
	size        float64
	patch       color.NRGBA // a filled box unless transparent
}

// Title is the heading of the panel; $…$ in it is plain TeX, as in every text of a figure.
func (p *Panel) Title(text string) { p.title = text }

// XLabel names the x axis, in place of the name and unit of the data.
func (p *Panel) XLabel(text string) { p.x.label, p.x.labelled = text, true }

// YLabel names the y axis, in place of the name and unit of the data.
func (p *Panel) YLabel(text string) { p.y.label, p.y.labelled = text, true }

// XLim sets where the x axis begins and ends.
func (p *Panel) XLim(from, to any) error { return within("XLim", p.x.limit(from, to)) }

// YLim sets where the y axis begins and ends.
func (p *Panel) YLim(from, to any) error { return within("YLim", p.y.limit(from, to)) }

// LogX makes the x axis logarithmic; values that are not positive are left out.
func (p *Panel) LogX() { p.x.log = true }

// LogY makes the y axis logarithmic; values that are not positive are left out.
func (p *Panel) LogY() { p.y.log = true }

// Grid draws light lines at the ticks.
func (p *Panel) Grid() { p.grid = true }

// add checks the units of a series' data against the axes and appends it.
func (p *Panel) add(x, y []column, s series) error {
	for _, c := range x {
		if err := p.x.admits("x", c); err != nil {
			return err
		}
	}
	for _, c := range y {
		if err := p.y.admits("y", c); err != nil {
			return err
		}
	}
	for _, c := range x {
		p.x.take(c)
	}
	for _, c := range y {
		p.y.take(c)
	}
	p.series = append(p.series, s)
	return nil
}

// next is the colour of a series: the one that was asked for, else the next of the cycle.
func (p *Panel) next(l look) color.NRGBA {
	c := l.color
	if !l.colored {
		c = cycle[p.painted%len(cycle)]
		p.painted++
	}
	if l.alpha > 0 {
		c = faded(c, l.alpha)
	}
	return c
}

// fixed is the colour of what does not take part in the cycle.
func (l look) fixed(usual color.NRGBA) color.NRGBA {
	if l.colored {
		usual = l.color
	}
	if l.alpha > 0 {
		return faded(color.NRGBA{usual.R, usual.G, usual.B, 255}, l.alpha)
	}
	return usual
}

// or is x, or usual when x was not given.
func or(x, usual float64) float64 {
	if x == 0 || math.IsNaN(x) {
		return usual
	}
	return x
}
