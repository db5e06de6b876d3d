package plotting

import (
	"fmt"
	"image/color"
	"math"

	"github.com/golgi-sim/golgi/units"
)

// A trace is a line, with or without markers, through the points (x[k], y[k]).
type trace struct {
	x, y    []float64
	look    look
	color   color.NRGBA
	label   string
	rowName string // of the data, for legends of several differently named series
}

// Plot draws y against x, or against 0, 1, 2, … when it is alone. With several rows in y, each row is a series; x has
// one row or as many as y. A format string such as "C1--", "o" or "k." may follow the data, and after it a further
// x, y and format; options are for all of them: Label, Width, Size, Color, Alpha, Marker, Line, Step.
func (p *Panel) Plot(args ...any) error {
	groups, shared, err := plotGroups(args)
	if err != nil {
		return within("Plot", err)
	}
	for _, g := range groups {
		if err := p.plotGroup(g, shared); err != nil {
			return within("Plot", err)
		}
	}
	return nil
}

// A plotGroup is one x, y and format of a call.
type plotGroup struct {
	data   []any
	format string
}

func plotGroups(args []any) (groups []plotGroup, shared []any, err error) {
	var g plotGroup
	flush := func() {
		if len(g.data) > 0 {
			groups = append(groups, g)
		}
		g = plotGroup{}
	}
	for _, arg := range args {
		switch arg := arg.(type) {
		case Option:
			shared = append(shared, arg)
		case string:
			if len(g.data) == 0 {
				return nil, nil, fault("found the text %q before any data, expected x and y first", arg)
			}
			g.format = arg
			flush()
		default:
			if len(g.data) == 2 {
				flush()
			}
			g.data = append(g.data, arg)
		}
	}
	flush()
	if len(groups) == 0 {
		return nil, nil, fault("found no data, expected y, or x and y")
	}
	return groups, shared, nil
}

func (p *Panel) plotGroup(g plotGroup, shared []any) error {
	l, err := lookOf(g.format, shared)
	if err != nil {
		return err
	}
	x, y, err := xAndY(g.data)
	if err != nil {
		return err
	}
	if len(l.labels) > 1 && len(l.labels) != y.rows {
		return fault("found %d labels for %s, expected as many as rows or one", len(l.labels), counted(y.rows, "row"))
	}
	return p.addTraces(x, y, l)
}

func (p *Panel) addTraces(x, y column, l look) error {
	for r := range y.rows {
		t := &trace{x: x.row(min(r, x.rows-1)), y: y.row(r), look: l, rowName: y.name}
		if r < len(l.labels) {
			t.label = l.labels[r]
		}
		if r > 0 {
			t.rowName = ""
		}
		if err := p.add([]column{x}, []column{y}, t); err != nil {
			return err
		}
		t.color = p.next(l)
	}
	return nil
}

func lookOf(format string, options []any) (l look, err error) {
	l.dash = "-"
	if err := l.format(format); err != nil {
		return l, err
	}
	_, err = l.take(options)
	return l, err
}

// xAndY reads one or two columns that fit each other; y alone is drawn against its index.
func xAndY(data []any) (x, y column, err error) {
	if y, err = asColumn("y", data[len(data)-1]); err != nil {
		return x, y, err
	}
	if len(data) == 1 {
		x = flatColumn(make([]float64, y.size))
		for i := range x.values {
			x.values[i] = float64(i)
		}
		x.free = false
		return x, y, nil
	}
	if x, err = asColumn("x", data[0]); err != nil {
		return x, y, err
	}
	return x, y, fit(&x, &y)
}

// fit checks that y has as many values in a row as x. A matrix with one value in each row per x of the other is not
// guessed at: the error says which way round it must lie.
func fit(x, y *column) error {
	if x.size != y.size && x.rows == 1 && x.size == y.rows {
		return &units.Error{
			Message: fmt.Sprintf("found %s for y and %s for x, expected as many in each row", shapeOf(*y), shapeOf(*x)),
			Hint:    "each row of y is a series: turn it with Transpose(y)",
		}
	}
	if x.size != y.size {
		return fault("found %s for y and %s for x, expected as many", shapeOf(*y), shapeOf(*x))
	}
	if x.rows != 1 && x.rows != y.rows {
		return fault("found %d rows in x and %d in y, expected one row in x or as many as in y", x.rows, y.rows)
	}
	return nil
}

func shapeOf(c column) string {
	if c.flat {
		return counted(c.size, "value")
	}
	return fmt.Sprintf("%s of %s", counted(c.rows, "row"), counted(c.size, "value"))
}

func (t *trace) extent() extent {
	e := extent{x: span(t.x), y: span(t.y), padY: 0.05}
	if t.look.marker != 0 {
		e.padX = 0.03
	}
	return e
}

func (t *trace) pen() pen {
	if t.look.dash == "" {
		return pen{}
	}
	return dashedPen(t.color, or(t.look.width, 1.5), t.look.dash)
}

// dashedPen scales the pattern with the width of the line, as far as thin lines go.
func dashedPen(c color.NRGBA, width float64, style string) pen {
	p := pen{color: c, width: width}
	for _, length := range dashes[style] {
		p.dash = append(p.dash, length*math.Max(width, 1.2))
	}
	return p
}

func (t *trace) draw(d *drawing) {
	if t.look.dash != "" {
		d.polyline(t.x, t.y, t.look.step, t.pen())
	}
	if t.look.marker != 0 {
		d.marks(t.x, t.y, t.look.marker, markerSize(t.look), t.color)
	}
}

func (t *trace) entry() (string, sample) {
	s := sample{pen: t.pen(), marker: t.look.marker, markerColor: t.color}
	if s.marker != 0 {
		s.size = math.Min(markerSize(t.look), 9)
	}
	return t.label, s
}

func (t *trace) describe() string {
	kind := "line " + t.look.dash
	switch {
	case t.look.dash == "":
		kind = fmt.Sprintf("marks %c", t.look.marker)
	case t.look.marker != 0:
		kind += fmt.Sprintf(" with marks %c", t.look.marker)
	case t.look.step:
		kind = "stairs " + t.look.dash
	}
	return fmt.Sprintf("%s %s, %s", kind, colorName(t.color), counted(len(t.x), "point"))
}
