package plotting

import (
	"fmt"
	"image/color"
	"math"
	"slices"
)

// A raster has a mark for each spike, at its time and its neuron.
type raster struct {
	times, neurons []float64
	marker         rune // 0: chosen for the room
	size           float64
	color          color.NRGBA
	label          string
}

// Raster draws a mark for each spike: Raster(times, indices). The marks are strokes where the neurons have room and
// dots where they are many. From a few thousand spikes on it becomes an image within axes that stay lines and text.
// Options: Marker, Size, Color, Alpha, Label, and format strings.
func (p *Panel) Raster(times, indices any, options ...any) error {
	return within("Raster", p.raster(times, indices, options))
}

func (p *Panel) raster(times, indices any, options []any) error {
	var l look
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	t, err := asColumn("the times", times)
	if err != nil {
		return err
	}
	i, err := asColumn("the indices", indices)
	if err != nil {
		return err
	}
	if len(t.values) != len(i.values) {
		return fault("found %s and %s, expected as many", counted(len(t.values), "time"), countedIndices(len(i.values)))
	}
	t.name, i.name, i.free = "time", "neuron", false
	r := &raster{times: t.values, neurons: i.values, marker: l.marker, size: l.size, label: l.first()}
	if err := p.add([]column{t}, []column{i}, r); err != nil {
		return err
	}
	p.y.whole = true
	r.color = p.next(l)
	return nil
}

func countedIndices(n int) string {
	if n == 1 {
		return "1 index"
	}
	return fmt.Sprintf("%d indices", n)
}

func (r *raster) extent() extent {
	e := extent{x: span(r.times), y: span(r.neurons), padX: 0}
	if !e.y.empty() {
		e.y = interval{e.y.lo - 0.5, e.y.hi + 0.5}
	}
	return e
}

func (r *raster) draw(d *drawing) {
	marker, size := r.shape(math.Abs(d.y.at(1) - d.y.at(0)))
	d.marks(r.times, r.neurons, marker, size, r.color)
}

// shape is the mark for rows of the given height [px].
func (r *raster) shape(row float64) (marker rune, size float64) {
	switch {
	case r.marker != 0:
		return r.marker, markerSize(look{marker: r.marker, size: r.size})
	case row >= 6:
		return '|', or(r.size, math.Min(0.75*row, 22))
	case row >= 2:
		return '.', or(r.size, 3.2)
	}
	return '.', or(r.size, 1.8)
}

func (r *raster) describe() string {
	return fmt.Sprintf("raster %s, %s", colorName(r.color), counted(len(r.times), "spike"))
}

func (r *raster) entry() (string, sample) {
	return r.label, sample{marker: '|', markerColor: r.color, size: 10}
}
func (r *raster) rename(label string) { r.label = label }

// Voltage draws a membrane potential with its spikes: Voltage(t, v, spikes). Simulated voltages are reset before a
// spike can be seen; each spike is drawn as a stroke from the voltage just before it up to Height, +20 mV unless
// given, and plain numbers as far above the highest value as the trace is high. Options are those of Plot.
func (p *Panel) Voltage(t, v, spikes any, options ...any) error {
	return within("Voltage", p.voltage(t, v, spikes, options))
}

func (p *Panel) voltage(t, v, spikes any, options []any) error {
	l := look{dash: "-"}
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	x, y, err := xAndY([]any{t, v})
	if err != nil {
		return err
	}
	s, err := asColumn("the spikes", spikes)
	if err != nil {
		return err
	}
	if y.rows > 1 {
		return fault("found %s of voltages, expected one, as in v[0]", counted(y.rows, "row"))
	}
	if s.dim != x.dim && len(s.values) > 0 {
		return mismatch("the spikes", s.dim, x.dim, "as the times of the voltage")
	}
	peak, err := spikePeak(l, y)
	if err != nil {
		return err
	}
	withSpikes(&x, &y, s.values, peak)
	return p.addTraces(x, y, l)
}

// spikePeak is the value up to which spikes are drawn.
func spikePeak(l look, y column) (float64, error) {
	if l.height != nil {
		a := newAxis("the height of the spikes")
		a.take(y)
		return a.place("Height", l.height)
	}
	if kinds[y.dim.String()] == "voltage" {
		return 0.020, nil
	}
	v := span(y.values)
	if v.empty() {
		return 0, nil
	}
	return v.hi + (v.hi - v.lo), nil
}

// withSpikes inserts, after the last sample at or before each spike, the way up and down again. A sample at the time
// of the spike may be before or after the reset; either way the stroke stands at that time.
func withSpikes(x, y *column, spikes []float64, peak float64) {
	spikes = slices.Sorted(slices.Values(spikes))
	xs, ys := make([]float64, 0, x.size+2*len(spikes)), make([]float64, 0, x.size+2*len(spikes))
	next := 0
	for k, at := range x.values {
		for ; next < len(spikes) && spikes[next] < at-1e-9*math.Abs(at); next++ {
			xs, ys = append(xs, spikes[next], spikes[next]), append(ys, peak, y.values[max(k-1, 0)])
		}
		xs, ys = append(xs, at), append(ys, y.values[k])
	}
	for ; next < len(spikes) && x.size > 0; next++ {
		last := len(x.values) - 1
		xs, ys = append(xs, spikes[next], spikes[next]), append(ys, peak, y.values[last])
	}
	x.values, x.size = xs, len(xs)
	y.values, y.size = ys, len(ys)
}

// Rate draws the firing rate of a population over time, the area below it filled. Options are those of Plot.
func (p *Panel) Rate(t, rate any, options ...any) error {
	return within("Rate", p.rate(t, rate, options))
}

func (p *Panel) rate(t, rate any, options []any) error {
	l := look{dash: "-"}
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	x, y, err := xAndY([]any{t, rate})
	if err != nil {
		return err
	}
	if y.rows > 1 {
		return fault("found %s of rates, expected one", counted(y.rows, "row"))
	}
	if y.name == "" {
		y.name = "rate"
	}
	l.color, l.colored = p.next(look{color: l.color, colored: l.colored}), true
	area := &band{x: x.values, lo: repeated(0, y.size), hi: y.values, color: faded(l.color, 0.2)}
	if err := p.add([]column{x}, []column{y}, area); err != nil {
		return err
	}
	return p.addTraces(x, y, l)
}

// FI draws a curve of firing rate against input: the spikes that each neuron fired, divided by the time that the
// simulation took. Options are those of Plot.
func (p *Panel) FI(current, counts, duration any, options ...any) error {
	l := look{dash: "-"}
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return within("FI", orUnexpected(err, rest))
	}
	x, y, err := xAndY([]any{current, counts})
	if err != nil {
		return within("FI", err)
	}
	d, err := asColumn("the duration", duration)
	if err != nil {
		return within("FI", err)
	}
	if len(d.values) != 1 || !(d.values[0] > 0) {
		return fault("FI: found %s for the duration, expected one above 0", counted(len(d.values), "value"))
	}
	for k := range y.values {
		y.values[k] /= d.values[0]
	}
	y.dim, y.free, y.name = y.dim.Div(d.dim), false, "rate"
	return within("FI", p.addTraces(x, y, l))
}
