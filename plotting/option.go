package plotting

import (
	"fmt"
	"image/color"
	"strings"
)

// An Option changes how a series looks, or a figure. Options stand after the data, in any order.
type Option func(*look) error

// A look is what options and a format string say; zero values mean "as usual".
type look struct {
	labels   []string
	color    color.NRGBA
	colored  bool
	width    float64 // of lines [px]
	size     float64 // of markers and text [px]
	alpha    float64 // 0: not given
	marker   rune    // 0: none
	dash     string  // "-", "--", ":", "-.", or "" for no line
	styled   bool    // a marker or line style was given
	step     bool
	values   any // colours of a scatter
	colormap string
	limits   []any // of the colours: lowest, highest
	extent   []any // of an image: left, right, bottom, top
	density  bool
	height   any // of the spikes of a voltage trace
	anchor   float64
	arrow    []any // x, y of what a text points at
	place    string

	inches          []float64 // of a figure
	shareX, shareY  bool
	heights, widths []float64
}

// Label names the series in the legend; with several rows in y, one name for each row.
func Label(names ...string) Option {
	return func(l *look) error { l.labels = names; return nil }
}

// Width is the width of the line [px]; 1.5 unless given.
func Width(px float64) Option {
	return func(l *look) error { l.width = px; return positive("Width", px) }
}

// Size is the diameter of markers or the size of a text [px]; with two numbers, the width and height of a figure in
// inches.
func Size(size ...float64) Option {
	return func(l *look) error {
		switch len(size) {
		case 1:
			l.size = size[0]
			return positive("Size", size[0])
		case 2:
			l.inches = size
			if size[0] > 25 || size[1] > 25 {
				return fault("Size: found %g by %g inches, expected at most 25", size[0], size[1])
			}
			return positive("Size", min(size[0], size[1]))
		}
		return fault("Size: found %d numbers, expected one (markers and text, in pixels) or two (figures, in inches)", len(size))
	}
}

// Color is the colour: "C0" to "C9", a name such as "red", a letter such as "k", "#d62728", or a grey level "0.5".
func Color(name string) Option {
	return func(l *look) error {
		c, ok := parseColor(name)
		if !ok {
			return fault("Color: found %q, expected C0 to C9, a name such as red, a letter such as k, #rrggbb, or a grey level such as 0.5", name)
		}
		l.color, l.colored = c, true
		return nil
	}
}

// Alpha is the opacity, from 0 to 1.
func Alpha(alpha float64) Option {
	return func(l *look) error {
		l.alpha = alpha
		if !(alpha > 0 && alpha <= 1) {
			return fault("Alpha: found %g, expected a number above 0 and up to 1", alpha)
		}
		return nil
	}
}

// Marker is the sign drawn at every point, one of . , o | x + s ^ v d D * _
func Marker(sign string) Option {
	return func(l *look) error {
		if len(sign) != 1 || !strings.Contains(markers, sign) {
			return fault("Marker: found %q, expected one of %s", sign, spaced(markers))
		}
		if !l.styled {
			l.dash = "-"
		}
		l.marker, l.styled = rune(sign[0]), true
		return nil
	}
}

// Line is the style of the line: "-", "--", ":", "-." or "" for none.
func Line(style string) Option {
	return func(l *look) error {
		if _, known := dashes[style]; !known && style != "" && style != "none" {
			return fault("Line: found %q, expected -, --, :, -. or none", style)
		}
		l.dash, l.styled = strings.TrimSuffix(style, "none"), true
		return nil
	}
}

// Step draws the line as stairs: each value holds until the next point.
func Step() Option { return func(l *look) error { l.step = true; return nil } }

// Values colours the points of a scatter, or the dots of a connectivity matrix, by one value each.
func Values(v any) Option { return func(l *look) error { l.values = v; return nil } }

// ColorMap is the scale of colours: viridis, blues, gray, greys, hot or diverging.
func ColorMap(name string) Option {
	return func(l *look) error {
		if _, known := colormaps[name]; !known {
			return fault("ColorMap: found %q, expected one of %s", name, strings.Join(colormapNames(), ", "))
		}
		l.colormap = name
		return nil
	}
}

// Limits are the values that get the first and the last colour.
func Limits(lowest, highest any) Option {
	return func(l *look) error { l.limits = []any{lowest, highest}; return nil }
}

// Extent is where an image lies: the data coordinates of its left, right, bottom and top edges.
func Extent(left, right, bottom, top any) Option {
	return func(l *look) error { l.extent = []any{left, right, bottom, top}; return nil }
}

// Density makes the area of a histogram one.
func Density() Option { return func(l *look) error { l.density = true; return nil } }

// Height is the voltage up to which spikes are drawn.
func Height(peak any) Option { return func(l *look) error { l.height = peak; return nil } }

// Align says which part of a text stands at its place: "left", "center" or "right".
func Align(side string) Option {
	return func(l *look) error {
		anchors := map[string]float64{"left": 0, "center": 0.5, "centre": 0.5, "right": 1}
		anchor, known := anchors[side]
		if !known {
			return fault("Align: found %q, expected left, center or right", side)
		}
		l.anchor = anchor
		return nil
	}
}

// Arrow draws an arrow from a text to the point x, y.
func Arrow(x, y any) Option { return func(l *look) error { l.arrow = []any{x, y}; return nil } }

// Location is the corner of a legend: "upper left", "lower right", "center" … It is the emptiest one unless given.
func Location(place string) Option {
	return func(l *look) error {
		if _, known := places[place]; !known {
			return fault("Location: found %q, expected one of %s", place, strings.Join(placeOrder, ", "))
		}
		l.place = place
		return nil
	}
}

// ShareX gives all panels of a figure the same x axis; the inner ones lose their labels.
func ShareX() Option { return func(l *look) error { l.shareX = true; return nil } }

// ShareY gives all panels of a figure the same y axis; the inner ones lose their labels.
func ShareY() Option { return func(l *look) error { l.shareY = true; return nil } }

// Heights are the heights of the rows of panels, relative to each other.
func Heights(ratios ...float64) Option {
	return func(l *look) error { l.heights = ratios; return positive("Heights", ratios...) }
}

// Widths are the widths of the columns of panels, relative to each other.
func Widths(ratios ...float64) Option {
	return func(l *look) error { l.widths = ratios; return positive("Widths", ratios...) }
}

func positive(what string, xs ...float64) error {
	for _, x := range xs {
		if !(x > 0 && x < 1e6) {
			return fault("%s: found %g, expected a number above 0", what, x)
		}
	}
	return nil
}

func spaced(signs string) string { return strings.Join(strings.Split(signs, ""), " ") }

// take applies the options among args and gives back the rest.
func (l *look) take(args []any) (rest []any, err error) {
	for _, arg := range args {
		switch arg := arg.(type) {
		case Option:
			if err := arg(l); err != nil {
				return nil, err
			}
		case string:
			if err := l.format(arg); err != nil {
				return nil, err
			}
		default:
			rest = append(rest, arg)
		}
	}
	return rest, nil
}

// within begins the message of an error with the name of the function that the user called.
func within(kind string, err error) error {
	if e := asUnitsError(err); e != nil && !strings.HasPrefix(e.Message, kind+":") {
		copied := *e
		copied.Message = fmt.Sprintf("%s: %s", kind, e.Message)
		return &copied
	}
	return err
}
