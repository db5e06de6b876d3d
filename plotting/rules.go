package plotting

import (
	"image/color"
	"math"
)

// rules are straight lines along one axis: at the same place of it from one end of the other to the other.
type rules struct {
	upright bool      // VLines: at places of x
	at      []float64 // SI
	lo, hi  []float64 // one value each, or one for every line; nil crosses the panel
	pen     pen
	label   string
}

// VLines draws upright lines at times, from lo to hi, or across the whole panel: VLines(t), VLines(t, lo, hi), with a
// format string and options.
func (p *Panel) VLines(args ...any) error { return within("VLines", p.rules(true, args)) }

// HLines draws level lines at heights, from lo to hi, or across the whole panel: HLines(v), HLines(v, lo, hi).
func (p *Panel) HLines(args ...any) error { return within("HLines", p.rules(false, args)) }

func (p *Panel) rules(upright bool, args []any) error {
	l := look{dash: "-"}
	data, err := l.take(args)
	if err != nil {
		return err
	}
	if len(data) != 1 && len(data) != 3 {
		return fault("found %s, expected the places, or places, lowest and highest", counted(len(data), "argument"))
	}
	names := [3]string{"the places", "the lower ends", "the upper ends"}
	var columns [3]column
	for k := range data {
		if columns[k], err = asColumn(names[k], data[k]); err != nil {
			return err
		}
		columns[k].name = "" // lines mark places: they say nothing about what the axes show
		if n := len(columns[k].values); k > 0 && n != 1 && n != len(columns[0].values) {
			return fault("found %s for %s and %s, expected one or as many", counted(n, "value"), names[k], counted(len(columns[0].values), "line"))
		}
	}
	r := &rules{upright: upright, at: columns[0].values, pen: dashedPen(l.fixed(rgb(0x4D4D4D)), or(l.width, 1), l.lineStyle()), label: l.first()}
	along, across := columns[:1], columns[1:len(data)]
	if len(data) == 3 {
		r.lo, r.hi = columns[1].values, columns[2].values
	}
	if upright {
		return p.add(along, across, r)
	}
	return p.add(across, along, r)
}

// lineStyle is the style of a line that has no markers.
func (l look) lineStyle() string {
	if l.dash == "" {
		return "-"
	}
	return l.dash
}

// first is the first label, or none.
func (l look) first() string {
	if len(l.labels) == 0 {
		return ""
	}
	return l.labels[0]
}

func (r *rules) extent() extent {
	e := extent{x: span(r.at), y: span(r.lo).union(span(r.hi)), padY: 0}
	if r.lo != nil {
		e.padY = 0.03
	}
	if !r.upright {
		e.x, e.y, e.padX, e.padY = e.y, e.x, e.padY, 0.05
	}
	return e
}

func (r *rules) draw(d *drawing) {
	var p path
	last := math.Inf(-1)
	for k, at := range r.at {
		x := d.x.at(at)
		from, to := d.frame.bottom, d.frame.top
		if !r.upright {
			x, from, to = d.y.at(at), d.frame.left, d.frame.right
		}
		if len(r.lo) <= 1 && math.Abs(x-last) < 0.1 || x-x != 0 {
			continue // the same line again, or no place
		}
		last = x
		if r.lo != nil {
			from, to = r.end(d, r.lo, k), r.end(d, r.hi, k)
		}
		if r.upright {
			p.segment(x, from, x, to)
		} else {
			p.segment(from, x, to, x)
		}
	}
	p = p.clipped(d.frame)
	d.inkPath(p)
	d.canvas.stroke(p, r.pen)
}

func (r *rules) end(d *drawing, ends []float64, k int) float64 {
	v := ends[min(k, len(ends)-1)]
	if r.upright {
		return d.y.at(v)
	}
	return d.x.at(v)
}

func (r *rules) describe() string {
	kind := "level lines "
	if r.upright {
		kind = "upright lines "
	}
	return kind + colorName(r.pen.color) + ", " + counted(len(r.at), "line")
}

func (r *rules) entry() (string, sample) { return r.label, sample{pen: r.pen} }
func (r *rules) rename(label string)     { r.label = label }

// A stripe fills the panel between two places of one axis.
type stripe struct {
	upright  bool
	from, to float64
	color    color.NRGBA
	label    string
}

// VSpan fills the panel from the time a to the time b.
func (p *Panel) VSpan(a, b any, options ...any) error {
	return within("VSpan", p.stripe(true, a, b, options))
}

// HSpan fills the panel from the height a to the height b.
func (p *Panel) HSpan(a, b any, options ...any) error {
	return within("HSpan", p.stripe(false, a, b, options))
}

func (p *Panel) stripe(upright bool, a, b any, options []any) error {
	var l look
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	ends := make([]column, 2)
	for k, value := range []any{a, b} {
		c, err := asColumn([]string{"the beginning", "the end"}[k], value)
		if err != nil {
			return err
		}
		if len(c.values) != 1 {
			return fault("found %d values, expected one for each end", len(c.values))
		}
		c.name = ""
		ends[k] = c
	}
	if l.alpha == 0 {
		l.alpha = 0.25
	}
	s := &stripe{upright: upright, from: ends[0].values[0], to: ends[1].values[0], color: l.fixed(rgb(0x8C8C8C)), label: l.first()}
	s.color = faded(color.NRGBA{s.color.R, s.color.G, s.color.B, 255}, l.alpha)
	if upright {
		return p.add(ends, nil, s)
	}
	return p.add(nil, ends, s)
}

// orUnexpected is err, or else the complaint about arguments that are neither data nor options.
func orUnexpected(err error, rest []any) error {
	if err != nil {
		return err
	}
	return fault("found %v, expected options such as Color(\"red\") or Label(\"…\")", rest[0])
}

func (s *stripe) extent() extent {
	along := none().with(s.from).with(s.to)
	if s.upright {
		return extent{x: along, y: none()}
	}
	return extent{x: none(), y: along}
}

func (s *stripe) draw(d *drawing) {
	f := d.frame
	box := rect{d.x.at(s.from), f.top, d.x.at(s.to), f.bottom}
	if !s.upright {
		box = rect{f.left, d.y.at(s.from), f.right, d.y.at(s.to)}
	}
	d.fillBox(box, s.color)
}

// fillBox fills the part of a box, whose edges may be the wrong way round, that lies in the frame.
func (d *drawing) fillBox(box rect, c color.NRGBA) {
	if box, ok := d.inFrame(box); ok {
		d.canvas.fill(box.outline(), c)
	}
}

func (d *drawing) inFrame(box rect) (rect, bool) {
	f := d.frame
	left, right := math.Min(box.left, box.right), math.Max(box.left, box.right)
	top, bottom := math.Min(box.top, box.bottom), math.Max(box.top, box.bottom)
	box = rect{math.Max(left, f.left), math.Max(top, f.top), math.Min(right, f.right), math.Min(bottom, f.bottom)}
	return box, box.left < box.right && box.top < box.bottom
}

func (s *stripe) describe() string {
	kind := "level span "
	if s.upright {
		kind = "upright span "
	}
	return kind + colorName(s.color)
}

func (s *stripe) entry() (string, sample) { return s.label, sample{patch: s.color} }
func (s *stripe) rename(label string)     { s.label = label }
