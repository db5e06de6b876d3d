package plotting

import (
	"fmt"
	"image/color"
	"math"
)

// A cloud is a scatter whose points have colours of their own.
type cloud struct {
	x, y, values []float64
	marker       rune
	size         float64
	alpha        float64
	colors       colormap
	lo, hi       float64
	label        string
}

// Scatter draws a marker at every point: Scatter(x, y). Options: Marker, Size, Color, Alpha, Label; with Values each
// point is coloured by a value of its own, and a colour bar says which (ColorMap, Limits).
func (p *Panel) Scatter(x, y any, options ...any) error {
	return within("Scatter", p.scatter(x, y, options))
}

func (p *Panel) scatter(x, y any, options []any) error {
	l := look{colormap: "viridis"}
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	if l.marker == 0 {
		l.marker = 'o'
	}
	l.dash = ""
	a, b, err := xAndY([]any{x, y})
	if err != nil {
		return err
	}
	if l.values == nil {
		return p.addTraces(a, b, l)
	}
	return p.addCloud(a, b, l)
}

func (p *Panel) addCloud(x, y column, l look) error {
	values, err := asColumn("the values", l.values)
	if err != nil {
		return err
	}
	if len(values.values) != len(y.values) || len(x.values) != len(y.values) {
		return fault("found %s to colour %s by, expected as many", counted(len(values.values), "value"), counted(len(y.values), "point"))
	}
	c := &cloud{x: x.values, y: y.values, values: values.values, marker: l.marker, size: markerSize(l), alpha: or(l.alpha, 1),
		colors: colormaps[l.colormap], label: ""}
	if c.lo, c.hi, err = colorLimits(values, l); err != nil {
		return err
	}
	if err := p.add([]column{x}, []column{y}, c); err != nil {
		return err
	}
	p.bar = newColorbar(values, l, c.lo, c.hi)
	return nil
}

func (c *cloud) extent() extent {
	return extent{x: span(c.x), y: span(c.y), padX: 0.04, padY: 0.05}
}

// shades is how many colours a cloud has: more cannot be told apart, and each is an element of its own.
const shades = 64

func (c *cloud) draw(d *drawing) {
	var byShade [shades][2][]float64
	for k, v := range c.values {
		part := (v - c.lo) / (c.hi - c.lo)
		if math.IsNaN(part) {
			continue
		}
		s := &byShade[int(math.Max(0, math.Min(1, part))*(shades-1)+0.5)]
		s[0], s[1] = append(s[0], c.x[k]), append(s[1], c.y[k])
	}
	for s, points := range byShade {
		if len(points[0]) > 0 {
			d.marks(points[0], points[1], c.marker, c.size, c.shade(s))
		}
	}
}

func (c *cloud) shade(s int) color.NRGBA {
	return faded(c.colors.at(float64(s)/(shades-1)), c.alpha)
}

func (c *cloud) describe() string {
	return fmt.Sprintf("cloud %c, %s coloured by value", c.marker, counted(len(c.x), "point"))
}

func (c *cloud) entry() (string, sample) { return c.label, sample{} }
