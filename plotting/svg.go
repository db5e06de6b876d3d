package plotting

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"strings"
)

// fontFamily: Arial and Helvetica have the widths of Liberation Sans, by which the page was laid out.
const fontFamily = "Liberation Sans, Arial, Helvetica, sans-serif"

// A sheet is a canvas that writes SVG. It uses no references between elements, so that two figures in one page cannot
// disturb each other, and no style sheet, which front ends strip.
type sheet struct {
	buf   []byte
	names []string // of the open parts
}

// newSheet begins a document of the size [px]; title is read to people who cannot see the picture.
func newSheet(width, height float64, title string) *sheet {
	s := &sheet{buf: make([]byte, 0, 1<<15)}
	fmt.Fprintf(s, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%s" height="%s" viewBox="0 0 %s %s" font-family="%s" role="img">`+"\n",
		short(width), short(height), short(width), short(height), fontFamily)
	s.write("<title>", escaped(title), "</title>\n")
	return s
}

// Write makes a sheet an io.Writer for Fprintf; it cannot fail.
func (s *sheet) Write(p []byte) (int, error) {
	s.buf = append(s.buf, p...)
	return len(p), nil
}

func (s *sheet) write(parts ...string) {
	for _, part := range parts {
		s.buf = append(s.buf, part...)
	}
}

// bytes ends the document.
func (s *sheet) bytes() []byte {
	s.write("</svg>\n")
	return s.buf
}

func (s *sheet) paper(width, height float64, c color.NRGBA) {
	s.write(`<rect width="`, short(width), `" height="`, short(height), `" fill="`, hexColor(c), "\"/>\n")
}

func (s *sheet) begin(id string) {
	s.names = append(s.names, id)
	s.write(`<g id="`, escaped(strings.Join(s.names, "-")), "\">\n")
}

func (s *sheet) end() {
	s.names = s.names[:len(s.names)-1]
	s.write("</g>\n")
}

func (s *sheet) stroke(p path, with pen) {
	if len(p) == 0 || with.width <= 0 || with.color.A == 0 {
		return
	}
	s.write(`<path fill="none" stroke="`, hexColor(with.color), `"`)
	s.opacity("stroke-opacity", with.color)
	s.write(` stroke-width="`, short(with.width), `" stroke-linejoin="round"`)
	if len(with.dash) > 0 {
		s.write(` stroke-dasharray="`)
		for _, length := range with.dash {
			s.number(length)
			s.write(" ")
		}
		s.write(`"`)
	}
	s.data(p)
}

func (s *sheet) fill(p path, c color.NRGBA) {
	if len(p) == 0 || c.A == 0 {
		return
	}
	s.write(`<path fill="`, hexColor(c), `"`)
	s.opacity("fill-opacity", c)
	s.data(p)
}

// dots draws discs as lines of no length with round ends: twelve bytes each.
func (s *sheet) dots(at []point, diameter float64, c color.NRGBA) {
	if len(at) == 0 || c.A == 0 {
		return
	}
	s.write(`<path fill="none" stroke="`, hexColor(c), `"`)
	s.opacity("stroke-opacity", c)
	s.write(` stroke-linecap="round" stroke-width="`, short(diameter), `" d="`)
	for _, p := range at {
		s.write("M")
		s.pair(p.x, p.y)
		s.write("h0")
	}
	s.write("\"/>\n")
}

func (s *sheet) opacity(attribute string, c color.NRGBA) {
	if c.A < 255 {
		s.write(" ", attribute, `="`, strconv.FormatFloat(float64(c.A)/255, 'f', 3, 64), `"`)
	}
}

// data writes the path; a pair of numbers after M or L goes on drawing lines, so L is left out.
func (s *sheet) data(p path) {
	s.write(` d="`)
	for _, v := range p {
		switch v.verb {
		case move:
			s.write("M")
			s.pair(v.x, v.y)
		case line:
			s.write(" ")
			s.pair(v.x, v.y)
		case closing:
			s.write("Z")
		}
	}
	s.write("\"/>\n")
}

func (s *sheet) pair(x, y float64) {
	s.number(x)
	s.buf = append(s.buf, ' ')
	s.number(y)
}

// number writes x with at most two decimals and without trailing zeros.
func (s *sheet) number(x float64) { s.buf = appendNumber(s.buf, x) }

func appendNumber(buf []byte, x float64) []byte {
	if !(math.Abs(x) < 1e7) { // also NaN; no caller draws so far out
		x = 0
	}
	hundredths := int64(math.Round(x * 100))
	if hundredths < 0 {
		buf = append(buf, '-')
		hundredths = -hundredths
	}
	buf = strconv.AppendInt(buf, hundredths/100, 10)
	switch rest := hundredths % 100; {
	case rest == 0:
	case rest%10 == 0:
		buf = append(buf, '.', byte('0'+rest/10))
	default:
		buf = append(buf, '.', byte('0'+rest/10), byte('0'+rest%10))
	}
	return buf
}

func short(x float64) string { return string(appendNumber(nil, x)) }

func (s *sheet) text(t caption) {
	s.write("<text ")
	if t.upright {
		s.write(`transform="translate(`, short(t.at.x), ",", short(t.at.y), `) rotate(-90)"`)
	} else {
		s.write(`x="`, short(t.at.x), `" y="`, short(t.at.y), `"`)
	}
	s.write(` font-size="`, short(t.size), `" fill="`, hexColor(t.color), `"`)
	s.opacity("fill-opacity", t.color)
	switch t.anchor {
	case 0.5:
		s.write(` text-anchor="middle"`)
	case 1:
		s.write(` text-anchor="end"`)
	}
	if len(t.rich) > 1 {
		s.write(` xml:space="preserve"`) // spaces between runs count
	}
	s.write(">")
	s.runs(t.rich, t.size)
	s.write("</text>\n")
}

func (s *sheet) runs(text rich, size float64) {
	above := 0.0 // where the last run left the baseline
	for _, r := range text {
		up := rise(r, size)
		if up == above && !r.italic && r.shift == 0 {
			s.write(escaped(r.text))
			continue
		}
		s.write("<tspan")
		if up != above {
			s.write(` dy="`, short(above-up), `"`)
		}
		if r.shift != 0 {
			s.write(` font-size="`, short(size*scriptSize), `"`)
		}
		if r.italic {
			s.write(` font-style="italic"`)
		}
		s.write(">", escaped(r.text), "</tspan>")
		above = up
	}
}

func (s *sheet) image(r rect, img image.Image) {
	var encoded bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&encoded, img); err != nil {
		return // an image without pixels: there is nothing to show
	}
	s.write(`<image x="`, short(r.left), `" y="`, short(r.top), `" width="`, short(r.width()), `" height="`, short(r.height()),
		`" preserveAspectRatio="none" style="image-rendering:pixelated" xlink:href="data:image/png;base64,`)
	s.buf = base64.StdEncoding.AppendEncode(s.buf, encoded.Bytes())
	s.write("\"/>\n")
}

// escaped is text as it may stand in XML, in elements and attributes alike; characters that XML 1.0 cannot hold become
// the replacement character.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\'':
			b.WriteString("&#39;")
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF:
			b.WriteRune('\uFFFD')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
