package plotting

import "math"

// polyline draws a line through the points, broken where one of them is not finite, clipped to the frame, and thinned
// to what the page can show.
func (d *drawing) polyline(xs, ys []float64, step bool, with pen) {
	var all path
	for from := 0; from < len(xs); {
		for from < len(xs) && !d.visible(xs[from], ys[from]) {
			from++
		}
		to := from
		for to < len(xs) && d.visible(xs[to], ys[to]) {
			to++
		}
		all = append(all, d.unbroken(xs[from:to], ys[from:to], step)...)
		from = to
	}
	all = all.clipped(d.frame)
	d.inkPath(all)
	d.canvas.stroke(all, with)
}

// visible says whether a point has a place: finite, and positive on a logarithmic axis.
func (d *drawing) visible(x, y float64) bool {
	return x-x == 0 && y-y == 0 && (x > 0 || !d.x.log) && (y > 0 || !d.y.log)
}

// unbroken is the path through finite points. A single point is drawn as a short dash, so that it is seen.
func (d *drawing) unbroken(xs, ys []float64, step bool) path {
	switch {
	case len(xs) == 0:
		return nil
	case len(xs) == 1:
		var p path
		x, y := d.x.at(xs[0]), d.y.at(ys[0])
		p.segment(x-1.5, y, x+1.5, y)
		return p
	case step:
		return d.stairs(xs, ys)
	case len(xs) > 4*int(d.frame.width()) && ascending(xs):
		return d.columns(xs, ys)
	}
	return d.thinned(xs, ys)
}

func (d *drawing) stairs(xs, ys []float64) path {
	var p path
	p.moveTo(d.x.at(xs[0]), d.y.at(ys[0]))
	for k := 1; k < len(xs); k++ {
		x := d.x.at(xs[k])
		p.lineTo(x, d.y.at(ys[k-1]))
		p.lineTo(x, d.y.at(ys[k]))
	}
	return p
}

func ascending(xs []float64) bool {
	for k := 1; k < len(xs); k++ {
		if xs[k] < xs[k-1] {
			return false
		}
	}
	return true
}

// columns keeps, of all points in one column of pixels, the first, the lowest, the highest and the last, in their
// order: the line covers the same pixels, and no spike is lost however short.
func (d *drawing) columns(xs, ys []float64) path {
	var p path
	for from := 0; from < len(xs); {
		pixel := math.Floor(d.x.at(xs[from]))
		low, high, to := from, from, from+1
		for ; to < len(xs) && math.Floor(d.x.at(xs[to])) == pixel; to++ {
			if ys[to] < ys[low] {
				low = to
			}
			if ys[to] > ys[high] {
				high = to
			}
		}
		last := -1
		for _, k := range [4]int{from, min(low, high), max(low, high), to - 1} {
			if k > last {
				p.lineTo(d.x.at(xs[k]), d.y.at(ys[k]))
				last = k
			}
		}
		from = to
	}
	if len(p) > 0 {
		p[0].verb = move
	}
	return p
}

// thinned leaves out points that lie on the same twentieth of a pixel as the one before: an orbit that stays where it
// is costs nothing.
func (d *drawing) thinned(xs, ys []float64) path {
	p := make(path, 0, len(xs))
	var last vertex
	for k := range xs {
		v := vertex{d.x.at(xs[k]), d.y.at(ys[k]), line}
		if k == 0 {
			v.verb = move
		} else if math.Abs(v.x-last.x) < 0.05 && math.Abs(v.y-last.y) < 0.05 && k < len(xs)-1 {
			continue
		}
		p = append(p, v)
		last = v
	}
	return p
}
