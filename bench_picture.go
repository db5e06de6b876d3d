package main

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"math"
	"slices"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
)

// Lengths of the picture [px]. The bars of a group touch; groups stand a bar and a half apart.
const (
	pictureWidth = 820.0
	margin       = 14.0
	barHeight    = 15.0
	groupGap     = 1.5 // bars
	legendStrip  = 44.0
	axisStrip    = 52.0
	textSize     = 14.0
	noteSize     = 12.0
)

// barColors are those of Okabe and Ito (2008), which colour-blind readers tell apart, in an order that a grey print
// keeps apart too.
var barColors = []string{"#0072B2", "#E69F00", "#009E73", "#56B4E9", "#D55E00", "#CC79A7", "#6E6E6E"}

// picture draws the first table of times as SVG: a group of bars for each case, a bar for each simulator, on a
// logarithmic axis.
func (r report) picture() ([]byte, error) {
	k := slices.IndexFunc(r.tables, func(t reportTable) bool { return t.name == "slope" || t.name == "run" })
	if k < 0 {
		return nil, errors.New("found no times of runs, expected lines with run and T, or of the quantity slope")
	}
	return newBarPicture(r.tables[k]).svg(), nil
}

// A barPicture draws the rows of a table as groups of bars, the first row on top.
type barPicture struct {
	bytes.Buffer
	table  reportTable
	series []string
	face   font.Face
	lo, hi float64 // ends of the axis [s]
	left   float64 // of the axis [px]
}

func newBarPicture(t reportTable) *barPicture {
	p := &barPicture{table: t, face: sansFace(), lo: math.Inf(1)}
	for _, row := range t.rows {
		p.left = max(p.left, 2*margin+p.width(row.label(), textSize))
		for _, s := range row.series {
			if !slices.Contains(p.series, s.name) {
				p.series = append(p.series, s.name)
			}
			p.lo, p.hi = min(p.lo, s.median()), max(p.hi, s.median())
		}
	}
	slices.SortStableFunc(p.series, oursFirst)
	// The shortest bar is half a decade long, and behind the longest there is room for what is written there.
	p.lo /= 3
	p.hi *= math.Pow(p.hi/p.lo, 120/(pictureWidth-p.left-120))
	return p
}

// sansFace is the regular face of Liberation Sans, whose widths Arial and Helvetica have too.
func sansFace() font.Face {
	for _, face := range liberation.Collection() {
		if face.Font == (font.Font{Typeface: "Liberation", Variant: "Sans"}) {
			return face
		}
	}
	return font.Face{}
}

// width is how wide a text is in a size [px].
func (p *barPicture) width(text string, size float64) float64 {
	face := p.face
	face.Font.Size = font.Length(size)
	return face.Width(text).Points()
}

// x is the place of a time on the axis [px].
func (p *barPicture) x(s float64) float64 {
	return p.left + (pictureWidth-margin-p.left)*math.Log(s/p.lo)/math.Log(p.hi/p.lo)
}

func (p *barPicture) groupHeight() float64 { return (float64(len(p.series)) + groupGap) * barHeight }

// bottom is the place of the axis [px].
func (p *barPicture) bottom() float64 {
	return legendStrip + float64(len(p.table.rows))*p.groupHeight()
}

func (p *barPicture) svg() []byte {
	height := p.bottom() + axisStrip
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %[1]g %[2]g" font-family="Liberation Sans, Arial, Helvetica, sans-serif" fill="#262626" role="img">`+"\n", pictureWidth, math.Ceil(height))
	fmt.Fprintf(p, "<title>%s</title>\n", html.EscapeString(p.table.title))
	p.box(0, 0, pictureWidth, math.Ceil(height), "#FFFFFF")
	p.axis()
	p.legend()
	for k, row := range p.table.rows {
		p.group(row, legendStrip+(float64(k)+0.5)*p.groupHeight())
	}
	p.line(p.left, legendStrip, p.left, p.bottom(), "#8C8C8C")
	p.WriteString("</svg>\n")
	return p.Bytes()
}

// axis draws a line and a time at each power of ten, and short lines at the digits between.
func (p *barPicture) axis() {
	y := p.bottom()
	p.line(p.left, y, pictureWidth-margin, y, "#8C8C8C")
	for k := int(math.Floor(math.Log10(p.lo))); math.Pow10(k) <= p.hi; k++ {
		for digit := 1; digit < 10; digit++ {
			switch s := float64(digit) * math.Pow10(k); {
			case s < p.lo || s > p.hi:
			case digit == 1:
				p.line(p.x(s), legendStrip, p.x(s), y+7, "#D5D5D5")
				p.text(p.x(s), y+20, "middle", textSize, decade(k))
			default:
				p.line(p.x(s), y, p.x(s), y+4, "#8C8C8C")
			}
		}
	}
	p.text((p.left+pictureWidth-margin)/2, y+42, "middle", textSize, p.table.title)
}

// decade writes ten to the k seconds.
func decade(k int) string {
	for _, u := range []struct {
		power int
		name  string
	}{{0, "s"}, {-3, "ms"}, {-6, "µs"}} {
		if k >= u.power {
			return fmt.Sprintf("%g %s", math.Pow10(k-u.power), u.name)
		}
	}
	return fmt.Sprintf("%g ns", math.Pow10(k+9))
}

// legend names the colours in one line.
func (p *barPicture) legend() {
	x := p.left
	for k, name := range p.series {
		p.box(x, 14, 16, 14, barColors[k%len(barColors)])
		p.text(x+22, 26, "start", textSize, name)
		x += 22 + p.width(name, textSize) + 24
	}
}

// group draws the bars of a case around a height, each with its time and, behind those of others, how many times that
// of golgi it is.
func (p *barPicture) group(row *reportRow, middle float64) {
	p.text(p.left-margin/2, middle+textSize/3, "end", textSize, row.label())
	top := middle - float64(len(row.series))*barHeight/2
	for _, s := range row.series {
		color := barColors[slices.Index(p.series, s.name)%len(barColors)]
		p.box(p.left, top, p.x(s.median())-p.left, barHeight-1, color)
		p.note(p.x(s.median())+5, top+barHeight-4, row, s)
		top += barHeight
	}
}

// note writes behind a bar, in front of a white rim that keeps the lines of the axis off the letters.
func (p *barPicture) note(x, y float64, row *reportRow, s *reportSeries) {
	p.WriteString(`<g stroke="#FFFFFF" stroke-width="4" paint-order="stroke">`)
	p.text(x, y, "start", noteSize, p.timeAndRatio(row, s))
	p.WriteString("</g>\n")
}

func (p *barPicture) timeAndRatio(row *reportRow, s *reportSeries) string {
	note := p.table.write(s.median())
	if ratio := row.ratio(s); s.name != "golgi" && !math.IsNaN(ratio) {
		note += " (" + twoDigits(ratio) + "×)"
	}
	return note
}

func (p *barPicture) box(x, y, width, height float64, color string) {
	fmt.Fprintf(p, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n", x, y, width, height, color)
}

func (p *barPicture) line(x0, y0, x1, y1 float64, color string) {
	fmt.Fprintf(p, `<path d="M%.1f %.1fL%.1f %.1f" stroke="%s"/>`+"\n", x0, y0, x1, y1, color)
}

func (p *barPicture) text(x, y float64, anchor string, size float64, text string) {
	fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="%s" font-size="%g">%s</text>`+"\n", x, y, anchor, size, html.EscapeString(text))
}
