package plotting

import (
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
)

// Sizes of text [px].
const (
	tickSize  = 11.5
	labelSize = 13.0
	titleSize = 14.0
	noteSize  = 12.0 // legends and annotations
)

// Scripts are set smaller and off the line, as parts of the size of the text.
const (
	scriptSize = 0.72
	raised     = 0.38
	lowered    = 0.20
)

// typeface are the two faces of Liberation Sans that figures use.
type typeface struct{ regular, italic font.Face }

// loadTypeface finds the faces in gonum's collection, which parses its fonts once in a process.
func loadTypeface() typeface {
	var t typeface
	for _, face := range liberation.Collection() {
		switch {
		case face.Font == font.Font{Typeface: "Liberation", Variant: "Sans"}:
			t.regular = face
		case face.Font.Variant == "Sans" && face.Font.Weight == 0: // neither bold nor regular
			t.italic = face
		}
	}
	return t
}

// face is the face of a run at a size [px].
func (t typeface) face(r run, size float64) font.Face {
	face := t.regular
	if r.italic {
		face = t.italic
	}
	if r.shift != 0 {
		size *= scriptSize
	}
	face.Font.Size = points(size)
	return face
}

// width is the advance of a text [px].
func (t typeface) width(text rich, size float64) float64 {
	total := 0.0
	for _, r := range text {
		face := t.face(r, size)
		total += pixelsOf(face.Width(r.text))
	}
	return total
}

// rise is how far the baseline of a run lies above the line [px].
func rise(r run, size float64) float64 {
	switch {
	case r.shift > 0:
		return raised * size
	case r.shift < 0:
		return -lowered * size
	}
	return 0
}

// points turns CSS pixels (96 to the inch) into gonum's lengths (72 points to the inch).
func points(px float64) font.Length { return font.Points(px * 0.75) }

func pixelsOf(length font.Length) float64 { return length.Points() / 0.75 }
