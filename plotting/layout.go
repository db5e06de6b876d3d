package plotting

import "math"

// A layout is where everything of a figure stands.
type layout struct {
	width, height float64
	panels        []placed
}

// A placed panel has its frame, the rectangle within the axes, and its scales.
type placed struct {
	panel  *Panel
	frame  rect
	x, y   scale
	innerX bool // the x axis shows no numbers: the panel below has the same ones
	innerY bool
	power  [2]int // of ten, left out of the numbers of x and y
	bar    *placedBar
	above  bool // the legend stands above the frame: within, it would hide data
}

// margins are what a panel needs around its frame [px].
type margins struct{ left, right, top, bottom float64 }

// Distances [px].
const (
	edge     = 7.0  // between the parts of a figure and its border
	tickLong = 3.5  // length of a tick
	tickGap  = 3.0  // between a tick and its number
	labelGap = 5.0  // between numbers and the axis label
	barWidth = 10.0 // width of a colour bar
)

// layout places the panels: limits and ticks for estimated frames first, then frames from the margins these ticks
// need, then ticks again for the true frames.
func (f *Figure) layout(faces typeface) *layout {
	w, h := f.Pixels()
	l := &layout{width: float64(w), height: float64(h), panels: make([]placed, len(f.panels))}
	for k, p := range f.panels {
		l.panels[k] = placed{panel: p, innerX: f.shareX && p.row < f.rows-1, innerY: f.shareY && p.col > 0}
		l.panels[k].frame = rect{0, 0, math.Max(30, l.width/float64(f.cols)-75), math.Max(30, l.height/float64(f.rows)-55)}
	}
	f.scales(l)
	f.settle(l, faces)
	moved := false
	for k := range l.panels {
		p := &l.panels[k]
		p.above = p.crowded(faces)
		moved = moved || p.above
	}
	if moved {
		f.settle(l, faces)
	}
	return l
}

// settle finds frames and ticks that fit each other.
func (f *Figure) settle(l *layout, faces typeface) {
	for range 2 {
		f.frames(l, faces)
		for k := range l.panels {
			l.panels[k].mark()
		}
	}
}

// scales gives every panel its limits and units, common ones where axes are shared.
func (f *Figure) scales(l *layout) {
	for k, p := range f.panels {
		e := p.extent()
		l.panels[k].x = p.x.scale(e.x, room{pad: e.padX, exact: e.exact})
		l.panels[k].y = p.y.scale(e.y, room{e.padY, e.floor, e.exact})
	}
	if f.shareX {
		shareScales(l.panels, func(p *placed) (*scale, *axis) { return &p.x, &p.panel.x })
	}
	if f.shareY {
		shareScales(l.panels, func(p *placed) (*scale, *axis) { return &p.y, &p.panel.y })
	}
	for k := range l.panels {
		l.panels[k].place()
		l.panels[k].mark()
	}
}

// shareScales gives all panels whose axis has the same unit the same limits: those a user set, else the widest.
func shareScales(panels []placed, of func(*placed) (*scale, *axis)) {
	common := make([]interval, len(panels))
	for k := range panels {
		_, a := of(&panels[k])
		common[k] = commonLimits(panels, a, of)
	}
	for k, limits := range common {
		if s, _ := of(&panels[k]); !limits.empty() {
			s.lo, s.hi = limits.lo, limits.hi
		}
	}
}

// commonLimits are those of all panels whose axis has the unit of a. Panels without series follow the others.
func commonLimits(panels []placed, a *axis, of func(*placed) (*scale, *axis)) interval {
	reach, set := none(), none()
	for k := range panels {
		s, b := of(&panels[k])
		if b.dim != a.dim && a.settled {
			continue
		}
		if !math.IsNaN(b.lo) && !math.IsNaN(b.hi) {
			set = set.with(b.lo).with(b.hi)
		}
		if len(panels[k].panel.series) > 0 {
			reach = reach.with(s.lo).with(s.hi)
		}
	}
	if !set.empty() {
		return set
	}
	return reach
}

// extent is what all series of the panel ask for together.
func (p *Panel) extent() extent {
	all := extent{x: none(), y: none()}
	for _, s := range p.series {
		e := s.extent()
		all.x, all.y = all.x.union(e.x), all.y.union(e.y)
		all.padX, all.padY = math.Max(all.padX, e.padX), math.Max(all.padY, e.padY)
		all.floor, all.exact = all.floor || e.floor, all.exact || e.exact
	}
	return all
}

func (a *axis) scale(v interval, room room) scale {
	lo, hi := a.limits(v, room)
	return scale{lo: lo, hi: hi, log: a.log, unit: 1}
}

// place ties the scales to the edges of the frame.
func (p *placed) place() {
	p.x.from, p.x.to = p.frame.left, p.frame.right
	p.y.from, p.y.to = p.frame.bottom, p.frame.top
}

// mark chooses units, ticks and labels for the frame as it is.
func (p *placed) mark() {
	p.x.mark(&p.panel.x, int(math.Max(3, p.frame.width()/78)), &p.power[0])
	p.y.mark(&p.panel.y, int(math.Max(2, p.frame.height()/38)), &p.power[1])
}

func (s *scale) mark(a *axis, want int, power *int) {
	s.unit, s.unitName = a.measure(s.lo, s.hi)
	if a.words != nil {
		s.ticks = wordTicks(a.words)
	} else if s.log {
		s.ticks = logTicks(s.lo, s.hi, s.unit, want)
	} else {
		s.ticks, *power = linearTicks(s.lo, s.hi, s.unit, a.least(), want)
	}
	_, s.label = a.title(s.unitName)
	if *power != 0 {
		s.label = append(append(rich(nil), s.label...), run{text: " ×10"}, run{text: plainNumber(float64(*power), 0), shift: 1})
	}
}

// frames divides the page: columns of panels share their left and right margins, rows their top and bottom ones, so
// that axes line up; what is left goes to the frames by their ratios.
func (f *Figure) frames(l *layout, faces typeface) {
	left, right := make([]float64, f.cols), make([]float64, f.cols)
	top, bottom := make([]float64, f.rows), make([]float64, f.rows)
	for k := range l.panels {
		p := &l.panels[k]
		m := p.margins(faces)
		r, c := p.panel.row, p.panel.col
		left[c], right[c] = math.Max(left[c], m.left), math.Max(right[c], m.right)
		top[r], bottom[r] = math.Max(top[r], m.top), math.Max(bottom[r], m.bottom)
	}
	xs := divided(l.width, left, right, f.widths)
	ys := divided(l.height, top, bottom, f.heights)
	for k := range l.panels {
		p := &l.panels[k]
		x, y := xs[p.panel.col], ys[p.panel.row]
		p.frame = rect{x.lo, y.lo, x.hi, y.hi}
		p.place()
	}
}

// divided gives the stretch of each frame along one direction, at least 10 px long even where margins eat the page.
func divided(length float64, before, after, ratios []float64) []interval {
	free, sum := length, 0.0
	for k := range ratios {
		free -= before[k] + after[k]
		sum += ratios[k]
	}
	stretches := make([]interval, len(ratios))
	at := 0.0
	for k := range ratios {
		lo := at + before[k]
		hi := lo + math.Max(10, free*ratios[k]/sum)
		stretches[k] = interval{math.Round(lo), math.Round(hi)}
		at = hi + after[k]
	}
	return stretches
}

// margins measures what stands around the frame.
func (p *placed) margins(faces typeface) margins {
	m := margins{left: edge, right: edge + 5, top: edge + 3, bottom: edge}
	m.left += tickLong
	m.bottom += tickLong
	if !p.innerY {
		m.left += tickGap + widestLabel(faces, p.y.ticks)
		if len(p.y.label) > 0 {
			m.left += labelGap + labelSize
		}
	}
	if !p.innerX {
		m.bottom += tickGap + tickSize*0.85
		if len(p.x.label) > 0 {
			m.bottom += labelGap + labelSize
		}
		m.right = math.Max(m.right, edge+p.overhang(faces))
	}
	if p.panel.title != "" {
		m.top += titleSize + 5
	}
	if p.above {
		m.top += lineHeight
	}
	if p.panel.bar != nil {
		p.bar = p.panel.bar.measure(faces, p.frame.height())
		m.right += p.bar.room
	}
	return m
}

// overhang is how far the number of the last tick reaches beyond the frame [px].
func (p *placed) overhang(faces typeface) float64 {
	far := 0.0
	for _, t := range p.x.ticks {
		if over := p.x.at(t.value) + faces.width(t.label, tickSize)/2 - p.frame.right; over > far {
			far = math.Min(over, 100)
		}
	}
	return far
}

func widestLabel(faces typeface, ticks []tick) float64 {
	widest := 0.0
	for _, t := range ticks {
		widest = math.Max(widest, faces.width(t.label, tickSize))
	}
	return widest
}
