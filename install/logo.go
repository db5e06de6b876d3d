package install

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
)

// The logo is a pyramidal cell as Camillo Golgi's reaction shows it: black on amber. Its coordinates are those of a
// square of logoSize units, y downwards.
const (
	logoSize   = 64.0
	logoCorner = 12.0 // radius of the corners of the field
)

var (
	field = color.NRGBA{0xf6, 0xc9, 0x5e, 0xff}
	stain = color.NRGBA{0x2a, 0x17, 0x0c, 0xff}
)

// A branch is a piece of a cell from one point to another, with a radius at each.
type branch struct{ x0, y0, r0, x1, y1, r1 float64 }

var neuron = []branch{
	// soma
	{32, 32, 2.4, 32, 39.5, 7},
	// apical dendrite and its tuft
	{32, 32, 2.4, 31.5, 22, 1.8}, {31.5, 22, 1.8, 32.5, 13, 1.4},
	{32.5, 13, 1.4, 27, 8, 1}, {27, 8, 1, 22.5, 6, 0.7}, {27, 8, 0.9, 28, 4, 0.7},
	{32.5, 13, 1.4, 37.5, 8.5, 1}, {37.5, 8.5, 1, 42, 6.5, 0.7}, {37.5, 8.5, 0.9, 37, 4, 0.7},
	// oblique dendrites
	{31.6, 25, 1.6, 25, 20.5, 1.1}, {25, 20.5, 1, 19, 21, 0.7}, {25, 20.5, 1, 21.5, 15.5, 0.7},
	{32, 20, 1.5, 39, 17, 1.1}, {39, 17, 1, 45, 18.5, 0.7}, {39, 17, 1, 43, 12.5, 0.7},
	// basal dendrites
	{28, 41, 2.2, 19, 46, 1.5}, {19, 46, 1.5, 11.5, 46, 1}, {11.5, 46, 1, 6, 43.5, 0.7}, {19, 46, 1.3, 14, 52.5, 1}, {14, 52.5, 1, 8.5, 55, 0.7},
	{36, 41, 2.2, 45, 45.5, 1.5}, {45, 45.5, 1.5, 52.5, 44.5, 1}, {52.5, 44.5, 1, 58, 46.5, 0.7}, {45, 45.5, 1.3, 49.5, 52, 1}, {49.5, 52, 1, 55.5, 54.5, 0.7},
	{30, 43, 1.8, 25.5, 52.5, 1.2}, {25.5, 52.5, 1.1, 23, 60, 0.7},
	// axon
	{33.5, 44, 1.5, 35.5, 52, 0.9}, {35.5, 52, 0.9, 34.5, 61, 0.8},
}

// logoSVG draws the logo as SVG.
func logoSVG() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %[1]g">`, logoSize)
	fmt.Fprintf(&b, "\n<rect width=\"%g\" height=\"%[1]g\" rx=\"%g\" fill=%q/>\n<g fill=%q>\n", logoSize, logoCorner, hex(field), hex(stain))
	for _, n := range neuron {
		fmt.Fprintf(&b, "<path d=%q/>\n", n.outline())
	}
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// outline gives the path around a branch: two arcs and the lines between them.
func (n branch) outline() string {
	length := math.Hypot(n.x1-n.x0, n.y1-n.y0)
	across, along := -(n.y1-n.y0)/length, (n.x1-n.x0)/length // the unit normal
	point := func(x, y, r float64) string { return fmt.Sprintf("%.2f %.2f", x+across*r, y+along*r) }
	return fmt.Sprintf("M%s L%s A%[5]g %[5]g 0 0 0 %[3]s L%[4]s A%[6]g %[6]g 0 0 0 %[1]s Z",
		point(n.x0, n.y0, n.r0), point(n.x1, n.y1, n.r1), point(n.x1, n.y1, -n.r1), point(n.x0, n.y0, -n.r0), n.r1, n.r0)
}

// logoPNG draws the logo with size by size pixels. A pixel is covered as far as its centre lies within the shape.
func logoPNG(size int) []byte {
	picture := image.NewNRGBA(image.Rect(0, 0, size, size))
	unit := logoSize / float64(size) // a pixel, in units
	for row := range size {
		for column := range size {
			x, y := (float64(column)+0.5)*unit, (float64(row)+0.5)*unit
			c := blend(field, stain, cover(cellDistance(x, y, unit)/unit))
			c.A = uint8(math.Round(255 * cover(fieldDistance(x, y)/unit)))
			picture.SetNRGBA(column, row, c)
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, picture) // a buffer takes everything
	return b.Bytes()
}

// cover gives how much of a pixel a shape covers whose edge is a signed distance away, in pixels.
func cover(distance float64) float64 { return min(1, max(0, 0.5-distance)) }

func blend(under, over color.NRGBA, share float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share)) }
	return color.NRGBA{mix(under.R, over.R), mix(under.G, over.G), mix(under.B, over.B), 0xff}
}

// cellDistance gives the distance of a point from the cell, negative inside. Branches are drawn at least half a pixel
// wide, or they would fade in small logos.
func cellDistance(x, y, pixel float64) float64 {
	nearest := math.Inf(1)
	for _, n := range neuron {
		dx, dy := n.x1-n.x0, n.y1-n.y0
		at := ((x-n.x0)*dx + (y-n.y0)*dy) / (dx*dx + dy*dy)
		at = min(1, max(0, at))
		radius := max(n.r0+at*(n.r1-n.r0), pixel/2)
		nearest = min(nearest, math.Hypot(x-n.x0-at*dx, y-n.y0-at*dy)-radius)
	}
	return nearest
}

// fieldDistance gives the distance of a point from the field, negative inside.
func fieldDistance(x, y float64) float64 {
	const half = logoSize/2 - logoCorner
	dx, dy := math.Abs(x-logoSize/2)-half, math.Abs(y-logoSize/2)-half
	return math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - logoCorner
}
