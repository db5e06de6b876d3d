package plotting

import (
	"fmt"
	"image/color"
	"math"
	"slices"
)

// bars stand side by side on zero.
type bars struct {
	edges   []float64 // SI, one more than heights
	heights []float64
	color   color.NRGBA
	label   string
}

// mostBins keeps a mistyped number of bins from filling the memory.
const mostBins = 100_000

// Hist draws a histogram of x: Hist(x), Hist(x, 20) with so many bins of equal width, or Hist(x, edges) with bins
// between given edges. 10 bins unless said otherwise; values that are not finite are left out. Density makes the area
// one. Other options: Color, Alpha, Label.
func (p *Panel) Hist(args ...any) error { return within("Hist", p.hist(args)) }

func (p *Panel) hist(args []any) error {
	var l look
	data, err := l.take(args)
	if err != nil {
		return err
	}
	if len(data) < 1 || len(data) > 2 {
		return fault("found %s, expected x, or x and the number or edges of the bins", counted(len(data), "argument"))
	}
	x, err := asColumn("x", data[0])
	if err != nil {
		return err
	}
	edges := evenEdges(x.values, 10)
	if len(data) == 2 {
		if edges, err = binEdges(x, data[1]); err != nil {
			return err
		}
	}
	b := &bars{edges: edges, heights: counts(x.values, edges), label: l.first()}
	height := column{free: true, name: "count"}
	if l.density {
		height = b.toDensity(x)
	}
	if err := p.add([]column{x}, []column{height}, b); err != nil {
		return err
	}
	p.y.whole = !l.density
	b.color = p.next(l)
	return nil
}

// binEdges reads a number of bins or their edges.
func binEdges(x column, bins any) ([]float64, error) {
	c, err := asColumn("the bins", bins)
	if err != nil {
		return nil, err
	}
	if len(c.values) == 1 && c.dim.IsOne() {
		n := c.values[0]
		if n != math.Floor(n) || n < 1 || n > mostBins {
			return nil, fault("found %g bins, expected a whole number from 1 to %d", n, mostBins)
		}
		return evenEdges(x.values, int(n)), nil
	}
	if c.dim != x.dim {
		return nil, mismatch("the edges of the bins", c.dim, x.dim, "as x has")
	}
	if len(c.values) < 2 || !slices.IsSorted(c.values) {
		return nil, fault("found edges of bins that do not ascend, expected at least two in ascending order")
	}
	return c.values, nil
}

// evenEdges divides the span of the finite values into n bins.
func evenEdges(values []float64, n int) []float64 {
	v := span(values)
	switch {
	case v.empty():
		v = interval{0, 1}
	case v.lo == v.hi:
		room := math.Max(0.5*math.Abs(v.lo), math.SmallestNonzeroFloat64)
		if v.lo == 0 {
			room = 0.5
		}
		v = interval{v.lo - room, v.hi + room}
	}
	edges := make([]float64, n+1)
	for k := range edges {
		edges[k] = v.lo + (v.hi-v.lo)*float64(k)/float64(n)
	}
	edges[n] = v.hi
	return edges
}

// counts the values in each bin [edge k, edge k+1); the last bin holds its upper edge too.
// The cost is that of a binary search for each value.
func counts(values, edges []float64) []float64 {
	n := len(edges) - 1
	found := make([]float64, n)
	for _, x := range values {
		if !(x >= edges[0] && x <= edges[n]) {
			continue
		}
		k, exact := slices.BinarySearch(edges, x)
		if !exact {
			k--
		}
		found[min(k, n-1)]++
	}
	return found
}

// toDensity divides the counts by their number and the widths of the bins, and says what that is.
func (b *bars) toDensity(x column) column {
	total := 0.0
	for _, n := range b.heights {
		total += n
	}
	for k := range b.heights {
		b.heights[k] /= math.Max(total, 1) * (b.edges[k+1] - b.edges[k])
	}
	height := column{name: "density"}
	height.dim = height.dim.Div(x.dim)
	return height
}

// Bar draws bars of the given heights around the places x, all as wide as the smallest distance between them allows.
func (p *Panel) Bar(x, height any, options ...any) error {
	return within("Bar", p.barChart(x, height, options))
}

func (p *Panel) barChart(x, height any, options []any) error {
	var l look
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	at, tall, err := xAndY([]any{x, height})
	if err != nil {
		return err
	}
	if tall.rows > 1 {
		return fault("found %s of heights, expected one", counted(tall.rows, "row"))
	}
	width := 0.8 * smallestGap(at.values)
	all := &columns{at: at.values, heights: tall.values, width: width, label: l.first()}
	if err := p.add([]column{at}, []column{tall}, all); err != nil {
		return err
	}
	all.color = p.next(l)
	return nil
}

func smallestGap(at []float64) float64 {
	sorted := slices.Sorted(slices.Values(at))
	gap := math.Inf(1)
	for k := 1; k < len(sorted); k++ {
		if d := sorted[k] - sorted[k-1]; d > 0 {
			gap = math.Min(gap, d)
		}
	}
	if math.IsInf(gap, 0) {
		return 1
	}
	return gap
}

func (b *bars) extent() extent {
	e := extent{x: span(b.edges), y: span(b.heights), padX: 0.02, padY: 0.05, floor: true}
	if !e.y.empty() {
		e.y = e.y.with(0)
	}
	return e
}

func (b *bars) draw(d *drawing) {
	var all path
	for k, height := range b.heights {
		box := rect{d.x.at(b.edges[k]), d.y.at(height), d.x.at(b.edges[k+1]), d.y.base()}
		if box, ok := d.inFrame(box); ok && height-height == 0 {
			gap := 0.0
			if box.width() > 5 {
				gap = 0.5
			}
			all = append(all, rect{box.left + gap, box.top, box.right - gap, box.bottom}.outline()...)
		}
	}
	d.inkPath(all)
	d.canvas.fill(all, b.color)
}

// base is the pixel of zero, or of the lower end where zero is not shown.
func (s *scale) base() float64 {
	if s.log {
		return s.from
	}
	return s.at(0)
}

func (b *bars) describe() string {
	return fmt.Sprintf("histogram %s, %s, highest %.4g", colorName(b.color), counted(len(b.heights), "bin"), math.Max(0, span(b.heights).hi))
}

func (b *bars) entry() (string, sample) { return b.label, sample{patch: b.color} }
func (b *bars) rename(label string)     { b.label = label }

// columns are bars with places instead of edges.
type columns struct {
	at, heights []float64
	width       float64 // SI
	color       color.NRGBA
	label       string
}

func (c *columns) extent() extent {
	x := span(c.at)
	if !x.empty() {
		x = interval{x.lo - c.width/2, x.hi + c.width/2}
	}
	return extent{x: x, y: span(c.heights).with(0), padX: 0.02, padY: 0.05, floor: true}
}

func (c *columns) draw(d *drawing) {
	var all path
	for k, at := range c.at {
		box := rect{d.x.at(at - c.width/2), d.y.at(c.heights[k]), d.x.at(at + c.width/2), d.y.base()}
		if box, ok := d.inFrame(box); ok && c.heights[k]-c.heights[k] == 0 {
			all = append(all, box.outline()...)
		}
	}
	d.inkPath(all)
	d.canvas.fill(all, c.color)
}

func (c *columns) describe() string {
	return fmt.Sprintf("bars %s, %s", colorName(c.color), counted(len(c.at), "bar"))
}

func (c *columns) entry() (string, sample) { return c.label, sample{patch: c.color} }
func (c *columns) rename(label string)     { c.label = label }
