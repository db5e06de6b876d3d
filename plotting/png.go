package plotting

import (
	"bytes"
	"image/png"
)

// SVG is the figure as an SVG document.
func (f *Figure) SVG() []byte {
	faces := loadTypeface()
	l := f.layout(faces)
	s := newSheet(l.width, l.height, f.String())
	f.draw(l, s, faces)
	return s.bytes()
}

// PNG is the figure as a PNG image with two pixels to each CSS pixel.
func (f *Figure) PNG() []byte {
	faces := loadTypeface()
	l := f.layout(faces)
	p := newPixels(l.width, l.height, faces)
	f.draw(l, p, faces)
	var encoded bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&encoded, p.Image()); err != nil {
		return nil // only an image without pixels cannot be encoded, and Subplots refuses such sizes
	}
	return encoded.Bytes()
}
