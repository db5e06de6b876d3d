package plotting

import "math"

// whiskers are a trace with the errors of its points.
type whiskers struct {
	trace
	xError, yError []float64 // SI, above and below alike; nil for none
}

// ErrorBar draws points with their errors: ErrorBar(x, y, yError) or ErrorBar(x, y, yError, xError), each error one
// value or one for each point, drawn to both sides. A format string may follow; "o" unless given.
func (p *Panel) ErrorBar(args ...any) error { return within("ErrorBar", p.errorBar(args)) }

func (p *Panel) errorBar(args []any) error {
	l := look{marker: 'o'}
	data, err := l.take(args)
	if err != nil {
		return err
	}
	if len(data) < 3 || len(data) > 4 {
		return fault("found %s, expected x, y, the errors of y and, if any, those of x", counted(len(data), "argument"))
	}
	x, y, err := xAndY(data[:2])
	if err != nil {
		return err
	}
	if y.rows > 1 || x.rows > 1 {
		return fault("found %s of y, expected one", counted(max(x.rows, y.rows), "row"))
	}
	w := &whiskers{trace: trace{x: x.values, y: y.values, look: l, rowName: y.name, label: l.first()}}
	if w.yError, err = errorsOf("the errors of y", data[2], y); err != nil {
		return err
	}
	if len(data) == 4 {
		if w.xError, err = errorsOf("the errors of x", data[3], x); err != nil {
			return err
		}
	}
	if err := p.add([]column{x}, []column{y}, w); err != nil {
		return err
	}
	w.color = p.next(l)
	return nil
}

// errorsOf reads one error, or one for each value of c.
func errorsOf(what string, value any, c column) ([]float64, error) {
	e, err := asColumn(what, value)
	if err != nil {
		return nil, err
	}
	if e.dim != c.dim && !e.free {
		return nil, mismatch(what, e.dim, c.dim, "as the values have")
	}
	if len(e.values) == 1 {
		return repeated(e.values[0], len(c.values)), nil
	}
	if len(e.values) != len(c.values) {
		return nil, fault("found %s for %s, expected %d or one", counted(len(e.values), "value"), what, len(c.values))
	}
	return e.values, nil
}

func (w *whiskers) extent() extent {
	e := w.trace.extent()
	e.padX = 0.04
	grow := func(v interval, values, errors []float64) interval {
		for k, d := range errors {
			v = v.with(values[k] - d).with(values[k] + d)
		}
		return v
	}
	e.x, e.y = grow(e.x, w.x, w.xError), grow(e.y, w.y, w.yError)
	return e
}

func (w *whiskers) draw(d *drawing) {
	const tip = 3 // half the width of the ends [px]
	var p path
	for k := range w.x {
		x, y := d.x.at(w.x[k]), d.y.at(w.y[k])
		if w.yError != nil {
			for _, end := range []float64{d.y.at(w.y[k] - w.yError[k]), d.y.at(w.y[k] + w.yError[k])} {
				end = d.orEdge(end, y)
				p.segment(x, y, x, end)
				p.segment(x-tip, end, x+tip, end)
			}
		}
		if w.xError != nil {
			for _, end := range []float64{d.x.at(w.x[k] - w.xError[k]), d.x.at(w.x[k] + w.xError[k])} {
				p.segment(x, y, end, y)
				p.segment(end, y-tip, end, y+tip)
			}
		}
	}
	p = finite(p).clipped(d.frame)
	d.inkPath(p)
	d.canvas.stroke(p, pen{color: w.color, width: 1.2})
	w.trace.draw(d)
}

// orEdge takes the lower edge of the frame for the end of an error that a logarithmic axis cannot show.
func (d *drawing) orEdge(end, middle float64) float64 {
	if math.IsNaN(end) && !math.IsNaN(middle) {
		return d.frame.bottom
	}
	return end
}

// finite leaves out the segments with a place that is not finite.
func finite(p path) path {
	kept := make(path, 0, len(p))
	for k := 0; k+1 < len(p); k += 2 {
		if sum := p[k].x + p[k].y + p[k+1].x + p[k+1].y; sum-sum == 0 {
			kept = append(kept, p[k], p[k+1])
		}
	}
	return kept
}

func (w *whiskers) describe() string { return "errors on " + w.trace.describe() }
