package plotting_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"testing"

	. "github.com/golgi-sim/golgi/plotting"
)

// checkSVG reads the document as XML: tags that do not match, bad entities and doubled ids are faults.
func checkSVG(t testing.TB, svg []byte) {
	t.Helper()
	ids := map[string]bool{}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("the SVG is no XML: %v", err)
		}
		start, ok := token.(xml.StartElement)
		for _, a := range start.Attr {
			if ok && a.Name.Local == "id" {
				if ids[a.Value] {
					t.Errorf("the id %q stands twice", a.Value)
				}
				ids[a.Value] = true
			}
		}
	}
}

// checkPNG wants twice the pixels of the page, and something drawn on it.
func checkPNG(t testing.TB, f *Figure, data []byte) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	w, h := f.Pixels()
	if img.Bounds().Dx() != 2*w || img.Bounds().Dy() != 2*h {
		t.Errorf("found %v, expected twice %d by %d", img.Bounds(), w, h)
	}
	dark := 0
	for y := range 2 * h {
		for x := range 2 * w {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b < 3*0xE000 {
				dark++
			}
		}
	}
	if dark < 200 {
		t.Errorf("found %d dark pixels, expected a picture", dark)
	}
}
