package plotting

import "math"

// A point is a place on the page [px], y growing downwards.
type point struct{ x, y float64 }

// A rect is an upright rectangle on the page [px], with left <= right and top <= bottom.
type rect struct{ left, top, right, bottom float64 }

func (r rect) width() float64  { return r.right - r.left }
func (r rect) height() float64 { return r.bottom - r.top }

// holds says whether p lies in r widened by slack on every side.
func (r rect) holds(p point, slack float64) bool {
	return p.x >= r.left-slack && p.x <= r.right+slack && p.y >= r.top-slack && p.y <= r.bottom+slack
}

// outline is the closed border of r.
func (r rect) outline() path {
	return path{{r.left, r.top, move}, {r.right, r.top, line}, {r.right, r.bottom, line}, {r.left, r.bottom, line}, {0, 0, closing}}
}

// A verb says what a vertex of a path does.
type verb uint8

const (
	move    verb = iota // lift the pen and go there
	line                // draw a straight line there
	closing             // draw a straight line to the last move; the vertex has no place
)

type vertex struct {
	x, y float64
	verb verb
}

// A path is a list of polylines, open or closed.
type path []vertex

func (p *path) moveTo(x, y float64) { *p = append(*p, vertex{x, y, move}) }
func (p *path) lineTo(x, y float64) { *p = append(*p, vertex{x, y, line}) }
func (p *path) close()              { *p = append(*p, vertex{0, 0, closing}) }

// segment adds a line of its own.
func (p *path) segment(x0, y0, x1, y1 float64) {
	p.moveTo(x0, y0)
	p.lineTo(x1, y1)
}

// clipped gives the parts of the open polylines of p that lie in r.
func (p path) clipped(r rect) path {
	inside := make(path, 0, len(p))
	var last point
	connected := false // the pen is at last, inside
	for _, v := range p {
		here := point{v.x, v.y}
		if v.verb == move {
			last, connected = here, false
			continue
		}
		from, to, ok := clipSegment(last, here, r)
		if ok {
			if !connected || from != last {
				inside.moveTo(from.x, from.y)
			}
			inside.lineTo(to.x, to.y)
		}
		connected = ok && to == here
		last = here
	}
	return inside
}

// clipSegment is the algorithm of Liang and Barsky (1984): the part of the line from a to b inside r.
func clipSegment(a, b point, r rect) (from, to point, ok bool) {
	if r.holds(a, 0) && r.holds(b, 0) {
		return a, b, true
	}
	if sum := a.x + a.y + b.x + b.y; math.IsNaN(sum) {
		return a, b, false
	}
	dx, dy := b.x-a.x, b.y-a.y
	enter, leave := 0.0, 1.0
	for _, edge := range [4][2]float64{{-dx, a.x - r.left}, {dx, r.right - a.x}, {-dy, a.y - r.top}, {dy, r.bottom - a.y}} {
		slope, room := edge[0], edge[1]
		switch {
		case slope == 0 && room < 0:
			return a, b, false
		case slope < 0:
			enter = math.Max(enter, room/slope)
		case slope > 0:
			leave = math.Min(leave, room/slope)
		}
	}
	if enter > leave {
		return a, b, false
	}
	from, to = a, b
	if enter > 0 {
		from = point{a.x + enter*dx, a.y + enter*dy}
	}
	if leave < 1 {
		to = point{a.x + leave*dx, a.y + leave*dy}
	}
	return from, to, true
}

// clippedPolygon is the algorithm of Sutherland and Hodgman (1974): the part of a closed polygon inside r.
func clippedPolygon(corners []point, r rect) []point {
	inside := [4]func(point) float64{
		func(p point) float64 { return p.x - r.left },
		func(p point) float64 { return r.right - p.x },
		func(p point) float64 { return p.y - r.top },
		func(p point) float64 { return r.bottom - p.y },
	}
	for _, depth := range inside {
		corners = clippedByEdge(corners, depth)
	}
	return corners
}

func clippedByEdge(corners []point, depth func(point) float64) []point {
	var kept []point
	for i, here := range corners {
		before := corners[(i+len(corners)-1)%len(corners)]
		in, wasIn := depth(here), depth(before)
		if (in >= 0) != (wasIn >= 0) {
			part := wasIn / (wasIn - in)
			kept = append(kept, point{before.x + part*(here.x-before.x), before.y + part*(here.y-before.y)})
		}
		if in >= 0 {
			kept = append(kept, here)
		}
	}
	return kept
}

// polygon is the closed path through corners.
func polygon(corners []point) path {
	if len(corners) == 0 {
		return nil
	}
	p := make(path, 0, len(corners)+1)
	p.moveTo(corners[0].x, corners[0].y)
	for _, c := range corners[1:] {
		p.lineTo(c.x, c.y)
	}
	p.close()
	return p
}

// An interval of numbers; the zero value of none() is empty, and growing it by NaN or an infinity does nothing.
type interval struct{ lo, hi float64 }

func none() interval { return interval{math.Inf(1), math.Inf(-1)} }

func (v interval) empty() bool { return !(v.lo <= v.hi) }

func (v interval) with(x float64) interval {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return v
	}
	return interval{math.Min(v.lo, x), math.Max(v.hi, x)}
}

func (v interval) union(w interval) interval {
	return interval{math.Min(v.lo, w.lo), math.Max(v.hi, w.hi)}
}

// span is the interval of the finite values of xs, empty when there are none.
func span(xs []float64) interval {
	v := none()
	for _, x := range xs {
		if x-x == 0 { // neither NaN nor infinite
			v.lo, v.hi = min(v.lo, x), max(v.hi, x)
		}
	}
	return v
}
