package plotting

import (
	"image"
	"image/color"
	"math"
)

// pixelsFrom is the number of markers from which they are drawn as an image: a file would grow without end and no
// reader could tell the difference.
const pixelsFrom = 4000

// markerSize is the diameter of a series' markers [px].
func markerSize(l look) float64 {
	switch l.marker {
	case '.':
		return or(l.size, 4)
	case ',':
		return or(l.size, 1)
	case '|', '_':
		return or(l.size, 9)
	case '*':
		return or(l.size, 9)
	}
	return or(l.size, 6)
}

// marks draws a marker at every point within the frame. Points on the same half pixel are drawn once. The cost is
// linear in the points, and the output bounded by the pixels of the frame.
func (d *drawing) marks(xs, ys []float64, marker rune, size float64, c color.NRGBA) {
	at := d.distinct(xs, ys)
	d.inkPoints(at)
	if len(at) > pixelsFrom {
		d.canvas.image(d.stampAll(at, marker, size, c))
		return
	}
	d.stamp(at, marker, size, c)
}

// distinct are the places of the points that lie in the frame, no two on the same half pixel, in order of appearance.
func (d *drawing) distinct(xs, ys []float64) []point {
	columns, rows := int(2*d.frame.width())+3, int(2*d.frame.height())+3
	seen := make([]uint64, (columns*rows+63)/64)
	var at []point
	for k, x := range xs {
		p := point{d.x.at(x), d.y.at(ys[k])}
		if !d.frame.holds(p, 0.5) {
			continue // outside, or not a number
		}
		cell := int(2*(p.y-d.frame.top)+1.5)*columns + int(2*(p.x-d.frame.left)+1.5)
		if seen[cell/64]&(1<<(cell%64)) != 0 {
			continue
		}
		seen[cell/64] |= 1 << (cell % 64)
		at = append(at, p)
	}
	return at
}

// stamp draws markers as shapes.
func (d *drawing) stamp(at []point, marker rune, size float64, c color.NRGBA) {
	switch marker {
	case '.', 'o', ',':
		d.canvas.dots(at, size, c)
	case '|', '_', '+', 'x':
		d.canvas.stroke(crosses(at, marker, size/2), pen{color: c, width: 1.4})
	default:
		var all path
		for _, p := range at {
			all = append(all, shape(marker, p, size/2)...)
		}
		d.canvas.fill(all, c)
	}
}

// crosses are the markers made of strokes, reaching r from their points.
func crosses(at []point, marker rune, r float64) path {
	var p path
	for _, c := range at {
		switch marker {
		case '|':
			p.segment(c.x, c.y-r, c.x, c.y+r)
		case '_':
			p.segment(c.x-r, c.y, c.x+r, c.y)
		case '+':
			p.segment(c.x, c.y-r, c.x, c.y+r)
			p.segment(c.x-r, c.y, c.x+r, c.y)
		case 'x':
			q := r * 0.8
			p.segment(c.x-q, c.y-q, c.x+q, c.y+q)
			p.segment(c.x-q, c.y+q, c.x+q, c.y-q)
		}
	}
	return p
}

// corners are the filled markers around 0 0, reaching about 1; y grows downwards.
var corners = map[rune][]point{
	's': {{-0.88, -0.88}, {0.88, -0.88}, {0.88, 0.88}, {-0.88, 0.88}},
	'^': {{0, -1.1}, {1, 0.75}, {-1, 0.75}},
	'v': {{0, 1.1}, {1, -0.75}, {-1, -0.75}},
	'D': {{0, -1.2}, {1.2, 0}, {0, 1.2}, {-1.2, 0}},
	'd': {{0, -1.2}, {0.72, 0}, {0, 1.2}, {-0.72, 0}},
	'*': star(),
}

func star() []point {
	var p []point
	for k := range 10 {
		sin, cos := math.Sincos(float64(k) * math.Pi / 5)
		r := 1.2
		if k%2 == 1 {
			r = 0.5
		}
		p = append(p, point{r * sin, -r * cos})
	}
	return p
}

func shape(marker rune, at point, r float64) path {
	var placed []point
	for _, c := range corners[marker] {
		placed = append(placed, point{at.x + r*c.x, at.y + r*c.y})
	}
	return polygon(placed)
}

// stampAll paints markers into an image of one colour with 16 levels of opacity, two pixels to the page's one.
func (d *drawing) stampAll(at []point, marker rune, size float64, c color.NRGBA) (rect, image.Image) {
	where := rect{math.Floor(d.frame.left), math.Floor(d.frame.top), math.Ceil(d.frame.right), math.Ceil(d.frame.bottom)}
	img := image.NewPaletted(image.Rect(0, 0, int(where.width()*zoom), int(where.height()*zoom)), opacities(c))
	mask := markerMask(marker, size*zoom)
	n := int(math.Sqrt(float64(len(mask))))
	for _, p := range at {
		left := int(math.Round((p.x-where.left)*zoom-float64(n)/2+0.5)) - 0
		top := int(math.Round((p.y-where.top)*zoom - float64(n)/2 + 0.5))
		imprint(img, mask, n, left, top)
	}
	return where, img
}

// imprint raises the opacity around a place to that of the mask, n by n.
func imprint(img *image.Paletted, mask []uint8, n, left, top int) {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	for y := max(0, -top); y < min(n, height-top); y++ {
		line := img.Pix[(top+y)*img.Stride:]
		for x := max(0, -left); x < min(n, width-left); x++ {
			if level := mask[y*n+x]; level > line[left+x] {
				line[left+x] = level
			}
		}
	}
}

// opacities are 16 levels of one colour, from nothing to all of it.
func opacities(c color.NRGBA) color.Palette {
	p := make(color.Palette, 16)
	for level := range p {
		p[level] = faded(c, float64(level)/15)
	}
	return p
}

// markerMask is a marker as opacities 0 to 15, square, in pixels of the image, each from 4 by 4 samples.
func markerMask(marker rune, size float64) []uint8 {
	n := max(1, int(math.Ceil(size*1.2)))
	mask := make([]uint8, n*n)
	for k := range mask {
		inside := 0
		for s := range 16 {
			x := float64(k%n) + (float64(s%4)+0.5)/4 - float64(n)/2
			y := float64(k/n) + (float64(s/4)+0.5)/4 - float64(n)/2
			if covers(marker, x, y, size/2) {
				inside++
			}
		}
		mask[k] = uint8(min(inside, 15))
	}
	return mask
}

// covers says whether a marker of radius r around 0 0 covers the place.
func covers(marker rune, x, y, r float64) bool {
	const half = 1.2 // half the width of a stroke in the image
	switch marker {
	case '.', 'o':
		return x*x+y*y <= math.Max(r*r, 0.5)
	case '|':
		return math.Abs(x) <= half && math.Abs(y) <= r
	case '_':
		return math.Abs(y) <= half && math.Abs(x) <= r
	case '+':
		return math.Abs(x) <= half && math.Abs(y) <= r || math.Abs(y) <= half && math.Abs(x) <= r
	case 'x':
		return math.Abs(math.Abs(x)-math.Abs(y)) <= 1.4*half && math.Abs(x) <= 0.8*r+half
	case '^', 'v', 'd', 'D', '*':
		return insidePolygon(corners[marker], x/r, y/r)
	}
	return math.Abs(x) <= r && math.Abs(y) <= r
}

func insidePolygon(p []point, x, y float64) bool {
	inside := false
	for i, a := range p {
		b := p[(i+1)%len(p)]
		if (a.y > y) != (b.y > y) && x < a.x+(y-a.y)/(b.y-a.y)*(b.x-a.x) {
			inside = !inside
		}
	}
	return inside
}
