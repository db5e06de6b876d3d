package plotting

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// ramps is a page with every shade between paper and each colour of the cycle: far more than a palette holds.
func ramps() *image.RGBA {
	page := image.NewRGBA(image.Rect(0, 0, 256, 40))
	for k := range page.Rect.Dx() * page.Rect.Dy() {
		x, y := k%256, k/256
		c := blend(paper, cycle[y/4], float64(x)/255)
		page.SetRGBA(x, y, color.RGBA{c.R, c.G, c.B, 255})
	}
	return page
}

func TestAPaletteChangesNoShadeVisibly(t *testing.T) {
	page := ramps()
	c := countColors(page)
	palette, translate := c.palette()
	if palette == nil {
		t.Fatal("found no palette")
	}
	img, err := png.Decode(bytes.NewReader(indexedPage(page, c, palette, translate)))
	if err != nil {
		t.Fatal(err)
	}
	for k := range len(page.Pix) / 4 {
		r, g, b, _ := img.At(k%256, k/256).RGBA()
		for part, got := range []uint32{r, g, b} {
			if want := int(page.Pix[4*k+part]); int(got>>8)-want > 15 || want-int(got>>8) > 15 {
				t.Fatalf("pixel %d: found %d, expected about %d", k, got>>8, want)
			}
		}
	}
}

func TestFewColoursAreKeptExactly(t *testing.T) {
	page := image.NewRGBA(image.Rect(0, 0, 16, 16))
	for k := range 256 {
		page.SetRGBA(k%16, k/16, color.RGBA{uint8(k), uint8(255 - k), uint8(k * 7), 255})
	}
	c := countColors(page)
	palette, translate := c.palette()
	img, err := png.Decode(bytes.NewReader(indexedPage(page, c, palette, translate)))
	if err != nil {
		t.Fatal(err)
	}
	for k := range 256 {
		r, g, b, _ := img.At(k%16, k/16).RGBA()
		if uint8(r>>8) != uint8(k) || uint8(g>>8) != uint8(255-k) || uint8(b>>8) != uint8(k*7) {
			t.Fatalf("pixel %d: found %d %d %d", k, r>>8, g>>8, b>>8)
		}
	}
}

func TestPhotographsGetNoPalette(t *testing.T) {
	page := image.NewRGBA(image.Rect(0, 0, 256, 256))
	for k := range 65536 {
		page.SetRGBA(k%256, k/256, color.RGBA{uint8(k), uint8(k >> 8), uint8(k * 13), 255})
	}
	if palette, _ := countColors(page).palette(); palette != nil {
		t.Errorf("found a palette of %d", len(palette))
	}
}
