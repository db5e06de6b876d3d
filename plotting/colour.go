package plotting

import (
	"image/color"
	"math"
	"strconv"
	"strings"
)

// cycle is the order of colours of the series of a panel: "C0" to "C9". The first six follow Okabe and Ito's palette
// for colour-blind readers (2008); its yellow, which no one can read on white, is replaced, and four darker ones follow.
// Neighbours differ in lightness too, so that a grey print keeps them apart.
var cycle = [10]color.NRGBA{
	rgb(0x0072B2), rgb(0xD55E00), rgb(0x009E73), rgb(0xCC79A7), rgb(0xE69F00),
	rgb(0x56B4E9), rgb(0x6A4C93), rgb(0x8A6D3B), rgb(0x6E6E6E), rgb(0x17878C),
}

// The colours of what is not data.
var (
	ink      = rgb(0x262626) // text
	faint    = rgb(0x8C8C8C) // axes and ticks
	gridline = rgb(0xE6E6E6)
	paper    = rgb(0xFFFFFF)
)

// named are the colours with names, among them the single letters of format strings, softened so that they can be
// looked at on white.
var named = map[string]color.NRGBA{
	"b": rgb(0x1F5FBF), "g": rgb(0x1B8A3A), "r": rgb(0xD62728), "c": rgb(0x17A2B8), "m": rgb(0xB5179E), "y": rgb(0xC9A400),
	"k": rgb(0x000000), "w": rgb(0xFFFFFF),
	"blue": rgb(0x1F5FBF), "green": rgb(0x1B8A3A), "red": rgb(0xD62728), "cyan": rgb(0x17A2B8), "magenta": rgb(0xB5179E),
	"yellow": rgb(0xC9A400), "black": rgb(0x000000), "white": rgb(0xFFFFFF), "gray": rgb(0x7F7F7F), "grey": rgb(0x7F7F7F),
	"lightgray": rgb(0xC8C8C8), "lightgrey": rgb(0xC8C8C8), "darkgray": rgb(0x4D4D4D), "darkgrey": rgb(0x4D4D4D),
	"orange": rgb(0xF08A00), "purple": rgb(0x7B3FA0), "brown": rgb(0x8C564B), "pink": rgb(0xE377C2), "olive": rgb(0x8A8A1F),
	"navy": rgb(0x1B2A6B), "teal": rgb(0x17878C), "gold": rgb(0xD4A017),
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// parseColor reads "C3", "r", "red", "tab:red", "#d62728", "#d27" or a grey level between "0" and "1".
func parseColor(text string) (color.NRGBA, bool) {
	name := strings.TrimPrefix(strings.TrimSpace(text), "tab:")
	if len(name) > 1 { // the letters of format strings are small ones
		name = strings.ToLower(name)
	}
	if c, ok := named[name]; ok {
		return c, true
	}
	if len(name) == 2 && name[0] == 'c' && name[1] >= '0' && name[1] <= '9' {
		return cycle[name[1]-'0'], true
	}
	if hex, ok := strings.CutPrefix(name, "#"); ok {
		return parseHex(hex)
	}
	if grey, err := strconv.ParseFloat(name, 64); err == nil && grey >= 0 && grey <= 1 {
		level := uint8(math.Round(grey * 255))
		return color.NRGBA{level, level, level, 255}, true
	}
	return color.NRGBA{}, false
}

func parseHex(hex string) (color.NRGBA, bool) {
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	value, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		return color.NRGBA{}, false
	}
	return rgb(uint32(value)), true
}

// faded is c with its opacity multiplied by alpha (0 to 1).
func faded(c color.NRGBA, alpha float64) color.NRGBA {
	c.A = uint8(math.Round(float64(c.A) * math.Max(0, math.Min(1, alpha))))
	return c
}

// colorName is how descriptions name a colour: its place in the cycle or its hexadecimal form.
func colorName(c color.NRGBA) string {
	solid := c
	solid.A = 255
	for i, known := range cycle {
		if solid == known {
			return "C" + strconv.Itoa(i)
		}
	}
	return hexColor(c)
}

// hexColor is "#rrggbb"; opacity is not part of it.
func hexColor(c color.NRGBA) string {
	const digits = "0123456789abcdef"
	return string([]byte{'#', digits[c.R>>4], digits[c.R&15], digits[c.G>>4], digits[c.G&15], digits[c.B>>4], digits[c.B&15]})
}
