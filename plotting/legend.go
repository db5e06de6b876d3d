package plotting

import (
	"image/color"
	"math"
)

// A legend is what the user said about it.
type legend struct {
	asked, hidden bool
	place         string
}

// Legend shows the legend, or hides it with false. Texts name the series in their order; Location chooses the corner.
// Without a call, a legend appears when a series has a Label.
func (p *Panel) Legend(args ...any) error {
	var l look
	p.legend.asked, p.legend.hidden = true, false
	k := 0
	for _, arg := range args {
		switch arg := arg.(type) {
		case bool:
			p.legend.hidden = !arg
		case string:
			if k = p.rename(k, arg); k < 0 {
				return fault("Legend: found more texts than series to name (%q is left over)", arg)
			}
		case Option:
			if err := arg(&l); err != nil {
				return within("Legend", err)
			}
		default:
			return fault("Legend: found %v, expected texts, true or false, or Location(\"upper left\")", arg)
		}
	}
	p.legend.place = l.place
	return nil
}

// rename names the first series from the k-th on that can have a name, and says where to go on; -1 if there is none.
func (p *Panel) rename(k int, label string) int {
	for ; k < len(p.series); k++ {
		if s, ok := p.series[k].(interface{ rename(string) }); ok {
			s.rename(label)
			return k + 1
		}
	}
	return -1
}

func (t *trace) rename(label string) { t.label = label }

// An entry is one line of a legend.
type entry struct {
	label  rich
	sample sample
}

// entries are the lines of the legend: the labels, or else, when the y axis shows data with several names, those.
func (p *Panel) entries() []entry {
	var labelled, called []entry
	for _, s := range p.series {
		label, look := s.entry()
		if label != "" {
			labelled = append(labelled, entry{parseTeX(label), look})
		}
		if t, ok := s.(*trace); ok && t.rowName != "" {
			called = append(called, entry{nameAsRich(t.rowName), look})
		}
	}
	switch {
	case p.legend.hidden:
		return nil
	case len(labelled) > 0:
		return labelled
	case len(p.y.names) > 1 || p.legend.asked:
		return called
	}
	return nil
}

// Sizes of a legend [px].
const (
	lineHeight  = 17.0
	sampleWidth = 22.0
	legendPad   = 6.0
)

// placeOrder are the places of a legend, in order of preference where they are equally empty.
var placeOrder = []string{"upper right", "upper left", "lower right", "lower left", "center right", "center left", "upper center", "lower center", "center"}

// places by name: how far right and how far down, from 0 to 1.
var places = map[string]point{
	"upper left": {0, 0}, "upper center": {0.5, 0}, "upper right": {1, 0},
	"center left": {0, 0.5}, "center": {0.5, 0.5}, "center right": {1, 0.5},
	"lower left": {0, 1}, "lower center": {0.5, 1}, "lower right": {1, 1},
}

func (d *drawing) drawLegend() {
	entries := d.panel.entries()
	if len(entries) == 0 {
		return
	}
	if d.above {
		d.legendAbove(entries)
		return
	}
	entries, left := shortened(entries, int((d.frame.height()-2*legendPad)/lineHeight))
	box := d.legendBox(entries, left)
	d.canvas.begin("legend")
	d.canvas.fill(box.outline(), faded(paper, 0.85))
	y := box.top + legendPad
	for _, e := range entries {
		d.sample(e.sample, point{box.left + legendPad, y + lineHeight/2})
		d.write(point{box.left + legendPad + sampleWidth + 6, y + lineHeight/2 + noteSize*0.36}, 0, noteSize, e.label)
		y += lineHeight
	}
	if len(left) > 0 {
		d.write(point{box.left + legendPad, y + lineHeight/2 + noteSize*0.36}, 0, noteSize, left)
	}
	d.canvas.end()
}

// shortened keeps as many entries as fit and says how many are left out.
func shortened(entries []entry, fit int) ([]entry, rich) {
	fit = max(fit, 1)
	if len(entries) <= fit {
		return entries, nil
	}
	kept := max(fit-1, 1)
	return entries[:kept], parseTeX("… and " + counted(len(entries)-kept, "other"))
}

func (d *drawing) legendBox(entries []entry, left rich) rect {
	width := d.faces.width(left, noteSize)
	lines := len(entries)
	if len(left) > 0 {
		lines++
	}
	for _, e := range entries {
		width = math.Max(width, sampleWidth+6+d.faces.width(e.label, noteSize))
	}
	width += 2 * legendPad
	height := float64(lines)*lineHeight + 2*legendPad - 4
	if name := d.panel.legend.place; name != "" {
		return d.corner(places[name], width, height)
	}
	best, least := rect{}, math.Inf(1)
	for _, name := range placeOrder {
		box := d.corner(places[name], width, height)
		if covered := d.spots.within(box); covered < least {
			best, least = box, covered
		}
	}
	return best
}

// crowded says whether every place in the frame would hide data, and the legend has room in one line above it.
// It draws the series on no canvas to find out.
func (p *placed) crowded(faces typeface) bool {
	entries := p.panel.entries()
	if len(entries) == 0 || p.panel.legend.place != "" {
		return false
	}
	if lineLength(entries, faces) > p.frame.width() {
		return false
	}
	d := &drawing{placed: p, canvas: nowhere{}, faces: faces, spots: newSpots(p.frame)}
	for _, s := range p.panel.series {
		s.draw(d)
	}
	kept, left := shortened(entries, int((p.frame.height()-2*legendPad)/lineHeight))
	return d.spots.within(d.legendBox(kept, left)) > 0
}

// lineLength is how long the entries are beside each other [px].
func lineLength(entries []entry, faces typeface) float64 {
	long := 0.0
	for _, e := range entries {
		long += sampleWidth + 6 + faces.width(e.label, noteSize) + entryGap
	}
	return long - entryGap
}

const entryGap = 16.0 // between entries in one line [px]

// legendAbove writes the entries in one line above the frame, ending at its right edge.
func (d *drawing) legendAbove(entries []entry) {
	d.canvas.begin("legend")
	x, y := d.frame.right-lineLength(entries, d.faces), d.frame.top-lineHeight/2-2
	for _, e := range entries {
		d.sample(e.sample, point{x, y})
		d.write(point{x + sampleWidth + 6, y + noteSize*0.36}, 0, noteSize, e.label)
		x += sampleWidth + 6 + d.faces.width(e.label, noteSize) + entryGap
	}
	d.canvas.end()
}

// headroom is what the legend takes between the frame and the title [px].
func (d *drawing) headroom() float64 {
	if d.above {
		return lineHeight
	}
	return 0
}

func (d *drawing) corner(place point, width, height float64) rect {
	const off = 4
	f := d.frame
	left := f.left + off + place.x*(f.width()-2*off-width)
	top := f.top + off/2 + place.y*(f.height()-1.5*off-height)
	return rect{left, top, left + width, top + height}
}

// sample draws the little picture of an entry, centred on the height of at.
func (d *drawing) sample(s sample, at point) {
	if s.patch.A > 0 {
		d.canvas.fill(rect{at.x + 2, at.y - 5, at.x + sampleWidth - 2, at.y + 5}.outline(), s.patch)
	}
	var p path
	p.segment(at.x, at.y, at.x+sampleWidth, at.y)
	d.canvas.stroke(p, s.pen)
	if s.marker != 0 {
		d.stamp([]point{{at.x + sampleWidth/2, at.y}}, s.marker, s.size, s.color())
	}
}

func (s sample) color() color.NRGBA {
	if s.markerColor.A > 0 {
		return s.markerColor
	}
	return s.pen.color
}

// spots count the ink in a panel by squares of spotSize, so that the legend hides as little as it can.
type spots struct {
	frame      rect
	cols, rows int
	count      []float64
}

const spotSize = 8.0

func newSpots(frame rect) spots {
	s := spots{frame: frame, cols: int(frame.width()/spotSize) + 1, rows: int(frame.height()/spotSize) + 1}
	s.count = make([]float64, s.cols*s.rows)
	return s
}

// mark counts what lies in a square only up to a limit: a square that is full cannot be hidden twice.
func (s *spots) mark(p point) {
	col, row := int((p.x-s.frame.left)/spotSize), int((p.y-s.frame.top)/spotSize)
	if col >= 0 && col < s.cols && row >= 0 && row < s.rows {
		s.count[row*s.cols+col] = math.Min(s.count[row*s.cols+col]+1, 8)
	}
}

// within is the ink that a box would hide.
func (s *spots) within(box rect) float64 {
	total := 0.0
	for k, n := range s.count {
		x := s.frame.left + (float64(k%s.cols)+0.5)*spotSize
		y := s.frame.top + (float64(k/s.cols)+0.5)*spotSize
		if n > 0 && box.holds(point{x, y}, spotSize/2) {
			total += 1 + n/8
		}
	}
	return total
}

func (d *drawing) inkPoints(at []point) {
	for _, p := range at {
		d.spots.mark(p)
	}
}

// inkPath marks the squares that a path crosses.
func (d *drawing) inkPath(p path) {
	var last vertex
	for _, v := range p {
		if v.verb == line {
			long := math.Hypot(v.x-last.x, v.y-last.y)
			for s := 0.0; s < long; s += spotSize {
				part := s / long
				d.spots.mark(point{last.x + part*(v.x-last.x), last.y + part*(v.y-last.y)})
			}
		}
		last = v
	}
}
