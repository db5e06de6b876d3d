package plotting

import (
	"fmt"
	"image"
	"math"
)

// A picture shows a matrix as colours.
type picture struct {
	values     []float64
	rows, size int
	where      [4]float64 // left, right, bottom, top in SI
	colors     colormap
	lo, hi     float64 // SI values of the first and the last colour
}

// Image shows a matrix as colours, with a colour bar. Row 0 is at the bottom, as y grows upwards in every plot; cells
// are centred on whole numbers unless Extent says where the edges are. Options: ColorMap, Limits, Extent, Label (of
// the colour bar).
func (p *Panel) Image(matrix any, options ...any) error {
	return within("Image", p.image(matrix, options))
}

func (p *Panel) image(matrix any, options []any) error {
	l := look{colormap: "viridis"}
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	m, err := asColumn("the matrix", matrix)
	if err != nil {
		return err
	}
	pic := &picture{values: m.values, rows: m.rows, size: m.size, colors: colormaps[l.colormap],
		where: [4]float64{-0.5, float64(m.size) - 0.5, -0.5, float64(m.rows) - 0.5}}
	if pic.lo, pic.hi, err = colorLimits(m, l); err != nil {
		return err
	}
	x, y, err := pic.extended(l.extent)
	if err != nil {
		return err
	}
	if err := p.add(x, y, pic); err != nil {
		return err
	}
	p.x.whole = x[0].dim.IsOne() && pic.where[1]-pic.where[0] == float64(m.size)
	p.y.whole = y[0].dim.IsOne() && pic.where[3]-pic.where[2] == float64(m.rows)
	p.bar = newColorbar(m, l, pic.lo, pic.hi)
	return nil
}

// extended takes the edges from an Extent, as two columns along each axis.
func (pic *picture) extended(edges []any) (x, y []column, err error) {
	free := column{rows: 1, free: true}
	if edges == nil {
		return []column{free}, []column{free}, nil
	}
	var at [4]column
	for k, edge := range edges {
		if at[k], err = asColumn("the extent", edge); err != nil {
			return nil, nil, err
		}
		if len(at[k].values) != 1 {
			return nil, nil, fault("found %d values for an edge of the extent, expected one", len(at[k].values))
		}
		pic.where[k] = at[k].values[0]
	}
	return at[0:2], at[2:4], nil
}

// colorLimits are the SI values of the first and last colour: given, or the range of the data.
func colorLimits(m column, l look) (lo, hi float64, err error) {
	a := newAxis("the limits of the colours")
	a.take(m)
	if l.limits != nil {
		err = a.limit(l.limits[0], l.limits[1])
		return a.lo, a.hi, err
	}
	v := a.automatic(span(m.values), room{exact: true})
	if l.colormap == "diverging" {
		far := math.Max(math.Abs(v.lo), math.Abs(v.hi))
		v = interval{-far, far}
	}
	return v.lo, v.hi, nil
}

func (pic *picture) extent() extent {
	return extent{x: none().with(pic.where[0]).with(pic.where[1]), y: none().with(pic.where[2]).with(pic.where[3]), exact: true}
}

// draw shows the cells that lie in the frame, each as one pixel of an image or, where there are more cells than
// pixels, means of them.
func (pic *picture) draw(d *drawing) {
	if pic.rows == 0 || pic.size == 0 {
		return
	}
	whole := rect{d.x.at(pic.where[0]), d.y.at(pic.where[3]), d.x.at(pic.where[1]), d.y.at(pic.where[2])}
	firstCol, lastCol := cellsWithin(pic.size, whole.left, whole.right, d.frame.left, d.frame.right)
	firstRow, lastRow := cellsWithin(pic.rows, whole.bottom, whole.top, d.frame.top, d.frame.bottom)
	if firstCol >= lastCol || firstRow >= lastRow {
		return
	}
	wide, high := whole.width()/float64(pic.size), (whole.bottom-whole.top)/float64(pic.rows)
	box := rect{whole.left + wide*float64(firstCol), whole.bottom - high*float64(lastRow), whole.left + wide*float64(lastCol), whole.bottom - high*float64(firstRow)}
	mirrorX, mirrorY := box.left > box.right, box.top > box.bottom
	box = rect{math.Min(box.left, box.right), math.Min(box.top, box.bottom), math.Max(box.left, box.right), math.Max(box.top, box.bottom)}
	width := min(lastCol-firstCol, max(1, int(zoom*box.width())))
	height := min(lastRow-firstRow, max(1, int(zoom*box.height())))
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	table := pic.colors.table()
	for y := range height {
		r := flipped(y, height, !mirrorY) // row 0 is at the bottom
		r0, r1 := part(r, height, firstRow, lastRow)
		for x := range width {
			c0, c1 := part(flipped(x, width, mirrorX), width, firstCol, lastCol)
			if v := (pic.mean(r0, r1, c0, c1) - pic.lo) / (pic.hi - pic.lo); !math.IsNaN(v) {
				img.SetNRGBA(x, y, table[int(255*math.Max(0, math.Min(1, v))+0.5)])
			}
		}
	}
	d.canvas.image(box, img)
}

func flipped(k, n int, flip bool) int {
	if flip {
		return n - 1 - k
	}
	return k
}

// part is the k-th of n nearly equal parts of lo … hi.
func part(k, n, lo, hi int) (from, to int) { return lo + k*(hi-lo)/n, lo + (k+1)*(hi-lo)/n }

// cellsWithin are the cells, of n between the pixels from and to, whose middle lies between the pixels lo and hi.
func cellsWithin(n int, from, to, lo, hi float64) (first, last int) {
	first = n
	for k := range n {
		if middle := from + (to-from)*(float64(k)+0.5)/float64(n); middle >= lo && middle <= hi {
			first, last = min(first, k), k+1
		}
	}
	return first, last
}

// mean of the finite cells in a block; NaN if there are none.
func (pic *picture) mean(r0, r1, c0, c1 int) float64 {
	if r1 == r0+1 && c1 == c0+1 {
		return pic.values[r0*pic.size+c0]
	}
	sum, n := 0.0, 0
	for r := r0; r < r1; r++ {
		for _, v := range pic.values[r*pic.size+c0 : r*pic.size+c1] {
			if v-v == 0 {
				sum += v
				n++
			}
		}
	}
	return sum / float64(n)
}

func (pic *picture) describe() string {
	return fmt.Sprintf("image, %s of %s", counted(pic.rows, "row"), counted(pic.size, "value"))
}

func (pic *picture) entry() (string, sample) { return "", sample{} }
