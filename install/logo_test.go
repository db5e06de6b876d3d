package install

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"testing"
)

func TestLogosHaveTheirSizeAndShowACellOnAField(t *testing.T) {
	for _, size := range []int{32, 64} {
		picture, err := png.Decode(bytes.NewReader(logoPNG(size)))
		if err != nil {
			t.Fatal(err)
		}
		if b := picture.Bounds(); b.Dx() != size || b.Dy() != size {
			t.Errorf("the logo of %d pixels has %v", size, b)
		}
		at := func(x, y int) (r, a uint32) {
			r, _, _, a = picture.At(x*size/64, y*size/64).RGBA()
			return r >> 8, a >> 8
		}
		if r, a := at(32, 40); r > 0x30 || a != 255 {
			t.Errorf("size %d: the soma has red %d, alpha %d", size, r, a)
		}
		if r, a := at(32, 24); r > 0x80 || a != 255 {
			t.Errorf("size %d: the apical dendrite has red %d, alpha %d", size, r, a)
		}
		if r, a := at(10, 30); r != 0xf6 || a != 255 {
			t.Errorf("size %d: the field has red %d, alpha %d", size, r, a)
		}
		if _, a := at(0, 0); a != 0 {
			t.Errorf("size %d: the corner has alpha %d", size, a)
		}
	}
}

func TestLogoIsWellFormedSVGWithEveryBranch(t *testing.T) {
	paths, d := 0, xml.NewDecoder(bytes.NewReader(logoSVG()))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "path" {
			paths++
		}
	}
	if paths != len(neuron) {
		t.Errorf("%d branches are drawn, expected %d", paths, len(neuron))
	}
}
