package plotting

// SVG is the figure as an SVG document.
func (f *Figure) SVG() []byte {
	faces := loadTypeface()
	l := f.layout(faces)
	s := newSheet(l.width, l.height, l.title())
	f.draw(l, s, faces)
	return s.bytes()
}

// PNG is the figure as a PNG image with two pixels to each CSS pixel.
func (f *Figure) PNG() []byte {
	faces := loadTypeface()
	l := f.layout(faces)
	p := newPixels(l.width, l.height, faces)
	f.draw(l, p, faces)
	return p.encoded()
}
