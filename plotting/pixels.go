package plotting

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// zoom is how many pixels of a PNG make one CSS pixel: pictures are for screens of high density.
const zoom = 2

// pixels is a canvas that paints into memory, through gonum's image canvas.
type pixels struct {
	*vgimg.Canvas
	height float64 // of the page [px]; gonum's y grows upwards
	faces  typeface
}

func newPixels(width, height float64, faces typeface) *pixels {
	return &pixels{vgimg.NewWith(vgimg.UseWH(points(width), points(height)), vgimg.UseDPI(96*zoom)), height, faces}
}

// paper has nothing to do for white: gonum's canvas begins with it.
func (p *pixels) paper(width, height float64, c color.NRGBA) {
	if c != rgb(0xFFFFFF) {
		p.fill(rect{0, 0, width, height}.outline(), c)
	}
}

func (p *pixels) begin(string) {}
func (p *pixels) end()         {}

func (p *pixels) at(x, y float64) vg.Point { return vg.Point{X: points(x), Y: points(p.height - y)} }

func (p *pixels) outline(from path) vg.Path {
	to := make(vg.Path, 0, len(from))
	for _, v := range from {
		switch v.verb {
		case move:
			to.Move(p.at(v.x, v.y))
		case line:
			to.Line(p.at(v.x, v.y))
		case closing:
			to.Close()
		}
	}
	return to
}

func (p *pixels) stroke(what path, with pen) {
	if len(what) == 0 || with.width <= 0 || with.color.A == 0 {
		return
	}
	dash := make([]vg.Length, len(with.dash))
	for i, length := range with.dash {
		dash[i] = points(length)
	}
	p.SetLineDash(dash, 0)
	p.SetLineWidth(points(with.width))
	p.SetColor(with.color)
	p.Stroke(p.outline(what))
}

func (p *pixels) fill(what path, c color.NRGBA) {
	if len(what) == 0 || c.A == 0 {
		return
	}
	p.SetColor(c)
	p.Fill(p.outline(what))
}

func (p *pixels) dots(at []point, diameter float64, c color.NRGBA) {
	if len(at) == 0 || c.A == 0 {
		return
	}
	discs := make(vg.Path, 0, 3*len(at))
	for _, centre := range at {
		discs.Move(p.at(centre.x+diameter/2, centre.y))
		discs.Arc(p.at(centre.x, centre.y), points(diameter/2), 0, 2*math.Pi)
		discs.Close()
	}
	p.SetColor(c)
	p.Fill(discs)
}

func (p *pixels) text(t caption) {
	width := p.faces.width(t.rich, t.size)
	p.SetColor(t.color)
	p.Push()
	defer p.Pop()
	p.Translate(p.at(t.at.x, t.at.y))
	if t.upright {
		p.Rotate(math.Pi / 2)
	}
	x := -t.anchor * width
	for _, r := range t.rich {
		face := p.faces.face(r, t.size)
		p.FillString(face, vg.Point{X: points(x), Y: points(rise(r, t.size))}, r.text)
		x += pixelsOf(face.Width(r.text))
	}
}

// image copies img into r, each pixel of the page taking the nearest one of img.
func (p *pixels) image(r rect, img image.Image) {
	page, ok := p.Image().(*image.RGBA)
	from := img.Bounds()
	if !ok || from.Empty() {
		return
	}
	left, right := int(math.Round(r.left*zoom)), int(math.Round(r.right*zoom))
	top, bottom := int(math.Round(r.top*zoom)), int(math.Round(r.bottom*zoom))
	if right <= left || bottom <= top {
		return
	}
	colour := colourReader(img)
	for y := max(top, 0); y < min(bottom, page.Rect.Max.Y); y++ {
		row := from.Min.Y + (y-top)*from.Dy()/(bottom-top)
		for x := max(left, 0); x < min(right, page.Rect.Max.X); x++ {
			over(page.Pix[page.PixOffset(x, y):], colour(from.Min.X+(x-left)*from.Dx()/(right-left), row))
		}
	}
}

// colourReader spares the images that series make the detour over color.Color.
func colourReader(img image.Image) func(x, y int) color.NRGBA {
	switch img := img.(type) {
	case *image.NRGBA:
		return img.NRGBAAt
	case *image.Paletted:
		table := make([]color.NRGBA, 256)
		for i, c := range img.Palette {
			table[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
		}
		return func(x, y int) color.NRGBA { return table[img.ColorIndexAt(x, y)] }
	}
	return func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA) }
}

// over lays c on the opaque pixel that begins at pix.
func over(pix []uint8, c color.NRGBA) {
	switch c.A {
	case 0:
	case 255:
		pix[0], pix[1], pix[2] = c.R, c.G, c.B
	default:
		a := uint32(c.A)
		mix := func(new, old uint8) uint8 { return uint8((uint32(new)*a + uint32(old)*(255-a) + 127) / 255) }
		pix[0], pix[1], pix[2] = mix(c.R, pix[0]), mix(c.G, pix[1]), mix(c.B, pix[2])
	}
}
