package plotting

import (
	"image/color"
	"math"
	"strings"
	"testing"
)

func TestFormatStringsReadColourMarkerAndLine(t *testing.T) {
	for _, c := range []struct {
		format, color, dash string
		marker              rune
	}{
		{"o", "", "", 'o'}, {"ro", "r", "", 'o'}, {"C1--", "C1", "--", 0}, {",k", "k", "", ','}, {"k.", "k", "", '.'},
		{"-.", "", "-.", 0}, {".-", "", "-", '.'}, {":", "", ":", 0}, {"C0", "C0", "-", 0}, {"|", "", "", '|'},
		{"", "", "-", 0}, {"b", "b", "-", 0}, {"g^:", "g", ":", '^'}, {"o-r", "r", "-", 'o'}, {"red", "red", "-", 0}, {"--k", "k", "--", 0},
	} {
		l, err := lookOf(c.format, nil)
		if err != nil {
			t.Errorf("%q: %v", c.format, err)
			continue
		}
		want, colored := parseColor(c.color)
		if l.dash != c.dash || l.marker != c.marker || l.colored != colored || l.color != want {
			t.Errorf("%q: found %v %q %q, expected %s %q %q", c.format, l.color, l.dash, l.marker, c.color, c.dash, c.marker)
		}
	}
}

func TestBadFormatsAreExplained(t *testing.T) {
	for _, format := range []string{"q", "oo", "----", "C", "r?", "µ", "0.5", "-o-"} {
		_, err := lookOf(format, nil)
		if err == nil || !strings.Contains(err.Error(), "colours: C0") {
			t.Errorf("%q: found the error %v, expected one that lists what may stand there", format, err)
		}
	}
}

func TestColoursHaveManyNames(t *testing.T) {
	for name, hex := range map[string]string{"C0": "#0072b2", "c0": "#0072b2", "#d27": "#dd2277", "#D62728": "#d62728", "0.5": "#808080", "tab:red": "#d62728", "k": "#000000"} {
		if c, ok := parseColor(name); !ok || hexColor(c) != hex {
			t.Errorf("%s: found %s, expected %s", name, hexColor(c), hex)
		}
	}
	for _, name := range []string{"", "#12", "#gggggg", "1.5", "-1", "C10", "nosuch", "NaN"} {
		if c, ok := parseColor(name); ok {
			t.Errorf("%s: found %s, expected no colour", name, hexColor(c))
		}
	}
}

func TestNeighboursInTheCycleDifferInLightness(t *testing.T) {
	for k := range 6 {
		a, b := lightness(cycle[k]), lightness(cycle[k+1])
		if d := a - b; d*d < 0.01*0.01 {
			t.Errorf("C%d and C%d have the lightness %.2f and %.2f", k, k+1, a, b)
		}
	}
}

func TestEveryColourOfTheCycleIsLegibleOnPaper(t *testing.T) {
	for k, c := range cycle {
		// Contrast by the formula of WCAG 2; large shapes need a ratio of 2 at the very least.
		if ratio := 1.05 / (lightness(c) + 0.05); ratio < 2 {
			t.Errorf("C%d has a contrast of %.1f to white", k, ratio)
		}
	}
}

// lightness is the relative luminance of WCAG 2.
func lightness(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
