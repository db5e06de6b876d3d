package plotting

import (
	"fmt"
	"math"
)

// A note is a text at a place of the data, with or without an arrow.
type note struct {
	x, y   float64 // SI
	text   string
	look   look
	target *[2]float64 // SI
}

// Text writes a text that begins at the point x, y of the data. Options: Size, Color, Align, and Arrow(x, y) for an
// arrow from the text to another point.
func (p *Panel) Text(x, y any, text string, options ...any) error {
	return within("Text", p.note(x, y, text, options))
}

func (p *Panel) note(x, y any, text string, options []any) error {
	var l look
	if rest, err := l.take(options); err != nil || len(rest) > 0 {
		return orUnexpected(err, rest)
	}
	n := &note{text: text, look: l}
	var xs, ys []column
	places := [][2]any{{x, y}}
	if l.arrow != nil {
		places = append(places, [2]any{l.arrow[0], l.arrow[1]})
	}
	for k, place := range places {
		a, b, err := xAndY([]any{place[0], place[1]})
		if err != nil {
			return err
		}
		if len(a.values) != 1 || len(b.values) != 1 {
			return fault("found %s, expected one x and one y", counted(len(b.values), "value"))
		}
		if k == 0 {
			n.x, n.y = a.values[0], b.values[0]
		} else {
			n.target = &[2]float64{a.values[0], b.values[0]}
		}
		a.name, b.name = "", ""
		xs, ys = append(xs, a), append(ys, b)
	}
	return p.add(xs, ys, n)
}

func (n *note) extent() extent {
	e := extent{x: none().with(n.x), y: none().with(n.y)}
	if n.target != nil {
		e.x, e.y = e.x.with(n.target[0]), e.y.with(n.target[1])
	}
	return e
}

func (n *note) draw(d *drawing) {
	at := point{d.x.at(n.x), d.y.at(n.y)}
	if !d.frame.holds(at, 1e4) {
		return // not a number, or so far out that nobody means it
	}
	size := or(n.look.size, noteSize)
	text := parseTeX(n.text)
	width := d.faces.width(text, size)
	d.inkPath(path{{at.x - n.look.anchor*width, at.y, move}, {at.x + (1-n.look.anchor)*width, at.y, line}})
	if n.target != nil {
		middle := at.x + (0.5-n.look.anchor)*width
		d.arrow(rect{middle - width/2, at.y - size*0.8, middle + width/2, at.y + size*0.2}, point{d.x.at(n.target[0]), d.y.at(n.target[1])}, pen{color: n.look.fixed(ink), width: 1})
	}
	d.canvas.text(caption{at: at, anchor: n.look.anchor, size: size, color: n.look.fixed(ink), rich: text})
}

// arrow goes from the edge of a box of text to a point.
func (d *drawing) arrow(box rect, to point, with pen) {
	middle := point{(box.left + box.right) / 2, (box.top + box.bottom) / 2}
	wide := rect{box.left - 4, box.top - 3, box.right + 4, box.bottom + 3}
	if wide.holds(to, 0) || !d.frame.holds(to, 1e4) {
		return
	}
	_, from, _ := clipSegment(middle, to, wide)
	length := math.Hypot(to.x-from.x, to.y-from.y)
	ux, uy := (to.x-from.x)/length, (to.y-from.y)/length
	to = point{to.x - 2*ux, to.y - 2*uy}
	var shaft path
	shaft.segment(from.x, from.y, to.x-4*ux, to.y-4*uy)
	d.canvas.stroke(shaft, with)
	d.canvas.fill(polygon([]point{to, {to.x - 7*ux + 2.6*uy, to.y - 7*uy - 2.6*ux}, {to.x - 7*ux - 2.6*uy, to.y - 7*uy + 2.6*ux}}), with.color)
}

func (n *note) describe() string {
	return fmt.Sprintf("text %q", parseTeX(n.text).plain())
}

func (n *note) entry() (string, sample) { return "", sample{} }
