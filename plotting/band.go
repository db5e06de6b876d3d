package plotting

import "image/color"

// A band fills what lies between two lines.
type band struct {
	x, lo, hi []float64
	color     color.NRGBA
	label     string
}

// Band fills the area between lo and hi over x, as for a mean and its spread. lo or hi may be one value. Options:
// Color, Alpha (0.25 unless given), Label.
func (p *Panel) Band(x, lo, hi any, options ...any) error {
	return within("Band", p.band(x, lo, hi, options))
}

func (p *Panel) band(x, lo, hi any, options []any) error {
	var l look
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	var c [3]column
	for k, value := range []any{x, lo, hi} {
		var err error
		if c[k], err = asColumn([]string{"x", "the lower line", "the upper line"}[k], value); err != nil {
			return err
		}
		if k > 0 && len(c[k].values) == 1 {
			c[k].values, c[k].size = repeated(c[k].values[0], c[0].size), c[0].size
		}
		if len(c[k].values) != c[0].size {
			return fault("found %s, expected %d as x has", shapeOf(c[k]), c[0].size)
		}
	}
	if l.alpha == 0 {
		l.alpha = 0.25
	}
	b := &band{x: c[0].values, lo: c[1].values, hi: c[2].values, label: l.first()}
	if err := p.add(c[:1], c[1:], b); err != nil {
		return err
	}
	b.color = p.next(l)
	return nil
}

func repeated(x float64, n int) []float64 {
	values := make([]float64, n)
	for k := range values {
		values[k] = x
	}
	return values
}

func (b *band) extent() extent {
	return extent{x: span(b.x), y: span(b.lo).union(span(b.hi)), padY: 0.05}
}

// draw goes along the upper line and back along the lower one, once for every stretch of finite points.
func (b *band) draw(d *drawing) {
	ok := func(k int) bool { return d.visible(b.x[k], b.lo[k]) && d.visible(b.x[k], b.hi[k]) }
	var all path
	for from := 0; from < len(b.x); {
		for from < len(b.x) && !ok(from) {
			from++
		}
		to := from
		for to < len(b.x) && ok(to) {
			to++
		}
		all = append(all, polygon(clippedPolygon(b.outline(d, from, to), d.frame))...)
		from = to
	}
	d.inkPath(all)
	d.canvas.fill(all, b.color)
}

func (b *band) outline(d *drawing, from, to int) []point {
	if from == to {
		return nil
	}
	upper := d.unbroken(b.x[from:to], b.hi[from:to], false)
	lower := d.unbroken(b.x[from:to], b.lo[from:to], false)
	corners := make([]point, 0, len(upper)+len(lower))
	for _, v := range upper {
		corners = append(corners, point{v.x, v.y})
	}
	for k := len(lower) - 1; k >= 0; k-- {
		corners = append(corners, point{lower[k].x, lower[k].y})
	}
	return corners
}

func (b *band) describe() string {
	return "band " + colorName(b.color) + ", " + counted(len(b.x), "point")
}
func (b *band) entry() (string, sample) { return b.label, sample{patch: b.color} }
func (b *band) rename(label string)     { b.label = label }
