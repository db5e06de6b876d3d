package plotting

import (
	"fmt"
	"image/color"
	"math"
)

// Connectivity is a figure of two panels: the synapses as lines between two columns of neurons, and as dots in a
// matrix of sources and targets. i and j are the neurons of each synapse; sources and targets say how many there are
// of each. Options: Size in inches, Values (weights) to colour the dots by, ColorMap, Limits, Color, Alpha.
func Connectivity(i, j any, sources, targets int, options ...any) (*Figure, error) {
	f, err := Subplots(1, 2, Size(8.4, 4))
	if err != nil {
		return nil, err
	}
	var l look
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return nil, within("Connectivity", orUnexpected(err, rest))
	}
	if l.inches != nil {
		f.inches = [2]float64(l.inches)
	}
	if err := f.panels[0].Wiring(i, j, sources, targets, options...); err != nil {
		return nil, within("Connectivity", err)
	}
	if err := f.panels[1].Matrix(i, j, sources, targets, options...); err != nil {
		return nil, within("Connectivity", err)
	}
	return f, nil
}

// synapses reads the sources and targets of synapses and checks that they are neurons.
func synapses(i, j any, sources, targets int) (from, to column, err error) {
	if from, err = asColumn("the sources", i); err != nil {
		return from, to, err
	}
	if to, err = asColumn("the targets", j); err != nil {
		return from, to, err
	}
	if len(from.values) != len(to.values) {
		return from, to, fault("found %s and %s, expected as many", counted(len(from.values), "source"), counted(len(to.values), "target"))
	}
	for k, side := range []column{from, to} {
		n := []int{sources, targets}[k]
		if v := span(side.values); !v.empty() && (v.lo < 0 || v.hi >= float64(n)) {
			return from, to, fault("found neurons from %g to %g among the %s, expected 0 to %d", v.lo, v.hi, []string{"sources", "targets"}[k], n-1)
		}
	}
	return from, to, nil
}

// Matrix draws each synapse as a dot at its source (x) and target (y). With Values the dots are coloured by them.
func (p *Panel) Matrix(i, j any, sources, targets int, options ...any) error {
	l := look{colormap: "viridis"}
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return within("Matrix", orUnexpected(err, rest))
	}
	from, to, err := synapses(i, j, sources, targets)
	if err != nil {
		return within("Matrix", err)
	}
	from.name, to.name, from.free, to.free = "source neuron", "target neuron", false, false
	if l.marker == 0 {
		l.marker = 's'
	}
	if l.size == 0 {
		l.size = math.Max(1.5, math.Min(10, 180/float64(max(sources, targets, 1))))
	}
	p.x.whole, p.y.whole = true, true
	p.x.lo, p.x.hi, p.y.lo, p.y.hi = -0.5, float64(max(sources, 1))-0.5, -0.5, float64(max(targets, 1))-0.5
	if l.values != nil {
		return within("Matrix", p.addCloud(from, to, l))
	}
	l.dash = ""
	return within("Matrix", p.addTraces(from, to, l))
}

// A wiring shows synapses as lines between a column of sources and one of targets.
type wiring struct {
	from, to         []float64
	sources, targets int
	line, dot        color.NRGBA
}

// mostWires is how many synapses a wiring shows, evenly chosen: more would be a grey block.
const mostWires = 3000

// Wiring draws the neurons as two columns, sources on the left and targets on the right, joined by their synapses;
// of more than 3000 synapses every so many are shown.
func (p *Panel) Wiring(i, j any, sources, targets int, options ...any) error {
	var l look
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return within("Wiring", orUnexpected(err, rest))
	}
	from, to, err := synapses(i, j, sources, targets)
	if err != nil {
		return within("Wiring", err)
	}
	w := &wiring{from: from.values, to: to.values, sources: sources, targets: targets}
	if l.alpha == 0 {
		l.alpha = math.Max(0.06, math.Min(0.7, 60/math.Sqrt(float64(len(w.from)+1))/10))
	}
	c := p.next(l)
	w.line, w.dot = c, color.NRGBA{c.R, c.G, c.B, 255}
	side := column{name: "neuron"}
	place := column{free: true}
	if err := p.add([]column{place}, []column{side}, w); err != nil {
		return within("Wiring", err)
	}
	p.x.lo, p.x.hi, p.y.whole = -0.25, 1.25, true
	p.x.words = map[float64]string{0: "sources", 1: "targets"}
	return nil
}

func (w *wiring) extent() extent {
	return extent{x: interval{0, 1}, y: interval{-0.5, float64(max(w.sources, w.targets, 1)) - 0.5}, padY: 0.02}
}

func (w *wiring) draw(d *drawing) {
	var lines path
	shown := min(len(w.from), mostWires)
	left, right := d.x.at(0), d.x.at(1)
	for n := range shown {
		k := n * len(w.from) / shown
		lines.segment(left, d.y.at(w.from[k]), right, d.y.at(w.to[k]))
	}
	d.canvas.stroke(lines.clipped(d.frame), pen{color: w.line, width: 1})
	size := math.Max(1.5, math.Min(8, 0.7*math.Abs(d.y.at(1)-d.y.at(0))))
	for side, count := range []int{w.sources, w.targets} {
		var xs, ys []float64
		for n := range min(count, 1000) {
			xs, ys = append(xs, float64(side)), append(ys, float64(n*count/min(count, 1000)))
		}
		d.canvas.dots(d.distinct(xs, ys), size, w.dot)
	}
}

func (w *wiring) describe() string {
	text := fmt.Sprintf("wiring of %s to %s, %s", counted(w.sources, "neuron"), counted(w.targets, "neuron"), countedSynapses(len(w.from)))
	if len(w.from) > mostWires {
		text += fmt.Sprintf(", %d shown", mostWires)
	}
	return text
}

func countedSynapses(n int) string {
	if n == 1 {
		return "1 synapse"
	}
	return fmt.Sprintf("%d synapses", n)
}

func (w *wiring) entry() (string, sample) { return "", sample{} }
