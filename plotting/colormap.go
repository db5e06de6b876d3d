package plotting

import (
	"image/color"
	"math"
	"slices"
)

// A colormap turns 0 … 1 into a colour by straight lines between its stops.
type colormap []color.NRGBA

// colormaps by name. The sequential ones grow in lightness all the way, so that order survives colour blindness and a
// grey print; "blues" is white at zero, for counts and weights; "diverging" is white in the middle, for signed values.
var colormaps = map[string]colormap{
	"viridis":   {rgb(0x440154), rgb(0x46327E), rgb(0x365C8D), rgb(0x277F8E), rgb(0x1FA187), rgb(0x4AC16D), rgb(0xA0DA39), rgb(0xFDE725)},
	"blues":     {rgb(0xF7FAFD), rgb(0xCFE0F0), rgb(0x93BFDF), rgb(0x4B95C6), rgb(0x1C6BA8), rgb(0x08306B)},
	"gray":      {rgb(0x000000), rgb(0xFFFFFF)},
	"greys":     {rgb(0xFFFFFF), rgb(0x000000)},
	"hot":       {rgb(0x150308), rgb(0x8B1A1A), rgb(0xE0552B), rgb(0xF7B23B), rgb(0xFFF8D6)},
	"diverging": {rgb(0x0B4C86), rgb(0x5E9CCB), rgb(0xF5F5F5), rgb(0xE08B5A), rgb(0x8E2F0A)},
}

// colormapNames are the names of colormaps, sorted.
func colormapNames() []string {
	names := make([]string, 0, len(colormaps))
	for name := range colormaps {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// at is the colour of x; x outside of 0 … 1 takes the nearest end and NaN is transparent.
func (m colormap) at(x float64) color.NRGBA {
	if math.IsNaN(x) {
		return color.NRGBA{}
	}
	place := math.Max(0, math.Min(1, x)) * float64(len(m)-1)
	i := min(int(place), len(m)-2)
	return blend(m[i], m[i+1], place-float64(i))
}

// table is the map at 256 even steps, for images.
func (m colormap) table() [256]color.NRGBA {
	var t [256]color.NRGBA
	for i := range t {
		t[i] = m.at(float64(i) / 255)
	}
	return t
}

func blend(a, b color.NRGBA, part float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + part*(float64(y)-float64(x)))) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), mix(a.A, b.A)}
}
