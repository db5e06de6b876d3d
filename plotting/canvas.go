package plotting

import (
	"image"
	"image/color"
)

// A canvas takes what a figure is made of. sheet (SVG), pixels (PNG) and nowhere are the only three.
// All lengths are CSS pixels, y growing downwards.
type canvas interface {
	paper(width, height float64, c color.NRGBA) // fills the whole page, before anything else
	begin(id string)                            // what follows belongs to the part with this name; parts nest
	end()
	stroke(p path, with pen)
	fill(p path, c color.NRGBA)
	dots(at []point, diameter float64, c color.NRGBA) // filled discs
	text(t caption)
	image(r rect, img image.Image) // scaled to r without smoothing
}

// A pen is how a line is drawn.
type pen struct {
	color color.NRGBA
	width float64   // [px]
	dash  []float64 // lengths of dashes and gaps in turn [px]; nil is solid
}

// A caption is a text at a place.
type caption struct {
	at      point   // on the baseline
	anchor  float64 // 0: the text begins at the place, 0.5: is centred there, 1: ends there
	upright bool    // turned by a quarter to the left, to be read from below
	size    float64 // of the font [px]
	color   color.NRGBA
	rich    rich
}
