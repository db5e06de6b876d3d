package plotting

import (
	"image"
	"image/color"
)

// nowhere is a canvas for finding out where ink would lie.
type nowhere struct{}

func (nowhere) paper(float64, float64, color.NRGBA) {}
func (nowhere) begin(string)                        {}
func (nowhere) end()                                {}
func (nowhere) stroke(path, pen)                    {}
func (nowhere) fill(path, color.NRGBA)              {}
func (nowhere) dots([]point, float64, color.NRGBA)  {}
func (nowhere) text(caption)                        {}
func (nowhere) image(rect, image.Image)             {}
