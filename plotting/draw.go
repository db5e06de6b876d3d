package plotting

import "fmt"

// A drawing is a panel while it is drawn.
type drawing struct {
	*placed
	canvas canvas
	faces  typeface
	spots  spots // where ink lies already, for the legend
}

// draw puts the figure on a canvas.
func (f *Figure) draw(l *layout, c canvas, faces typeface) {
	c.paper(l.width, l.height, paper)
	for k := range l.panels {
		p := &l.panels[k]
		d := &drawing{placed: p, canvas: c, faces: faces, spots: newSpots(p.frame)}
		c.begin(fmt.Sprintf("panel%d", k))
		d.draw()
		c.end()
	}
}

// draw puts spans at the back, then the axes, the series in their order, and the legend on top.
func (d *drawing) draw() {
	for _, back := range []bool{true, false} {
		if !back {
			d.axes()
		}
		for k, s := range d.panel.series {
			if isBackground(s) == back {
				d.canvas.begin(fmt.Sprintf("series%d", k))
				s.draw(d)
				d.canvas.end()
			}
		}
	}
	d.colorbar()
	d.drawLegend()
}

// isBackground says whether a series lies behind the axes.
func isBackground(s series) bool {
	switch s.(type) {
	case *stripe, *picture:
		return true
	}
	return false
}

// axes draws the two lines of the frame with ticks, numbers, labels, the grid and the title.
func (d *drawing) axes() {
	d.canvas.begin("axes")
	var lines, marks, grid path
	f := d.frame
	lines.moveTo(f.left, f.top)
	lines.lineTo(f.left, f.bottom)
	lines.lineTo(f.right, f.bottom)
	if d.panel.boxed() {
		lines.lineTo(f.right, f.top)
		lines.lineTo(f.left, f.top)
	}
	for _, t := range d.x.ticks {
		x := d.x.at(t.value)
		marks.segment(x, f.bottom, x, f.bottom+length(t))
		grid.segment(x, f.top, x, f.bottom)
	}
	for _, t := range d.y.ticks {
		y := d.y.at(t.value)
		marks.segment(f.left-length(t), y, f.left, y)
		grid.segment(f.left, y, f.right, y)
	}
	if d.panel.grid {
		d.canvas.stroke(grid, pen{color: gridline, width: 0.8})
	}
	d.canvas.stroke(append(lines, marks...), pen{color: faint, width: 0.8})
	d.words()
	d.canvas.end()
}

func length(t tick) float64 {
	if t.minor {
		return tickLong * 0.55
	}
	return tickLong
}

// boxed panels have a line on all four sides: images would end nowhere without.
func (p *Panel) boxed() bool {
	for _, s := range p.series {
		if _, ok := s.(*picture); ok {
			return true
		}
	}
	return false
}

// words writes the numbers at the ticks, the labels and the title.
func (d *drawing) words() {
	f := d.frame
	below, beside := f.bottom+tickLong+tickGap, f.left-tickLong-tickGap
	if !d.innerX {
		for _, t := range d.x.ticks {
			if !t.minor {
				d.write(point{d.x.at(t.value), below + tickSize*0.8}, 0.5, tickSize, t.label)
			}
		}
		d.write(point{(f.left + f.right) / 2, below + tickSize*0.85 + labelGap + labelSize*0.8}, 0.5, labelSize, d.x.label)
	}
	if !d.innerY {
		for _, t := range d.y.ticks {
			if !t.minor {
				d.write(point{beside, d.y.at(t.value) + tickSize*0.36}, 1, tickSize, t.label)
			}
		}
		d.writeUpright(point{beside - widestLabel(d.faces, d.y.ticks) - labelGap - 2, (f.top + f.bottom) / 2}, d.y.label)
	}
	d.write(point{(f.left + f.right) / 2, f.top - 8 - d.headroom()}, 0.5, titleSize, parseTeX(d.panel.title))
}

func (d *drawing) write(at point, anchor, size float64, text rich) {
	if len(text) > 0 {
		d.canvas.text(caption{at: at, anchor: anchor, size: size, color: ink, rich: text})
	}
}

func (d *drawing) writeUpright(at point, text rich) {
	if len(text) > 0 {
		d.canvas.text(caption{at: at, anchor: 0.5, upright: true, size: labelSize, color: ink, rich: text})
	}
}
