package plotting

import (
	"image"
	"strings"
)

// A colorbar says which colour is which value.
type colorbar struct {
	axis   axis
	lo, hi float64 // SI
	colors colormap
}

// A placedBar is a colour bar beside a panel of known height.
type placedBar struct {
	scale
	room float64 // what it needs to the right of the frame [px]
}

func newColorbar(data column, l look, lo, hi float64) *colorbar {
	b := &colorbar{axis: newAxis("the colours"), lo: lo, hi: hi, colors: colormaps[l.colormap]}
	b.axis.take(data)
	if label := l.first(); label != "" {
		b.axis.label, b.axis.labelled = label, true
	}
	return b
}

func (b *colorbar) measure(faces typeface, height float64) *placedBar {
	p := &placedBar{scale: scale{lo: b.lo, hi: b.hi, from: height, unit: 1}}
	power := 0
	p.mark(&b.axis, int(max(2, height/38)), &power)
	p.room = 2*barWidth + tickLong + tickGap + widestLabel(faces, p.ticks) + 6
	if len(p.label) > 0 {
		p.room += labelSize + labelGap
	}
	return p
}

// colorbar draws the bar of the panel, if it has one.
func (d *drawing) colorbar() {
	if d.bar == nil {
		return
	}
	d.canvas.begin("colorbar")
	b := d.bar
	f := d.frame
	left := f.right + barWidth
	b.from, b.to = f.bottom, f.top
	box := rect{left, f.top, left + barWidth, f.bottom}
	d.canvas.image(box, d.panel.bar.gradient())
	outline := box.outline()
	for _, t := range b.ticks {
		y := b.at(t.value)
		outline.segment(box.right, y, box.right+tickLong, y)
		if !t.minor {
			d.write(point{box.right + tickLong + tickGap, y + tickSize*0.36}, 0, tickSize, t.label)
		}
	}
	d.canvas.stroke(outline, pen{color: faint, width: 0.8})
	x := box.right + tickLong + tickGap + widestLabel(d.faces, b.ticks) + labelGap + labelSize*0.8
	d.writeUpright(point{x, (f.top + f.bottom) / 2}, b.label)
	d.canvas.end()
}

// gradient is one pixel wide, its first colour at the bottom.
func (b *colorbar) gradient() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 1, 256))
	for k, c := range b.colors.table() {
		img.SetNRGBA(0, 255-k, c)
	}
	return img
}

func (p *placedBar) describe() string {
	var b strings.Builder
	p.scale.describe(&b, "bar", false)
	return strings.TrimSpace(strings.Replace(b.String(), "  bar", "colour bar", 1))
}
