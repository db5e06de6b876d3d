package units

import (
	"fmt"
	"strconv"
	"strings"
)

// Of a long axis only its ends are printed.
const (
	longest = 40 // the longest axis that is printed whole
	ends    = 5  // elements printed at each end of a longer one
)

// brief prints an array inside a sentence.
type brief struct{ Array }

func (b brief) String() string {
	if b.shape == nil {
		return b.print(6, 2, b.element())
	}
	text := "an array of shape " + shapeText(b.shape)
	if _, unit := BestPrefix(b.Array); unit != "" {
		text += " in " + unit
	}
	return text
}

// String prints a as its elements and their best unit, "[-70 -65.59974818] mV", a matrix with its rows below each
// other. A long axis is shortened in the middle. An array without axes prints as a quantity.
func (a Array) String() string { return a.print(longest, ends, a.element()) }

// element gives how one element is printed.
func (a Array) element() func(x float64) string {
	tens, _ := bestUnit(meanLog10(a.data), a.dim)
	switch a.kind {
	case Boolean:
		return func(x float64) string { return strconv.FormatBool(x != 0) }
	case Integer:
		return func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	}
	return func(x float64) string { return formatNumber(inUnit(x, tens)) }
}

func (a Array) print(longest, ends int, element func(float64) string) string {
	_, unit := bestUnit(meanLog10(a.data), a.dim)
	if a.scalar {
		return withUnit(element(a.data[0]), unit)
	}
	p := printer{longest: longest, ends: ends, element: element}
	if a.shape != nil {
		p.width = p.widest(a.axes(), a.data)
	}
	p.block(a.axes(), a.data, 1)
	return withUnit(p.text.String(), unit)
}

// printer writes nested brackets.
type printer struct {
	longest, ends int
	element       func(float64) string
	width         int // of an element in a matrix
	text          strings.Builder
}

// shown gives the positions of an axis that are printed, with -1 for the gap.
func (p *printer) shown(length int) []int {
	var places []int
	for i := range length {
		switch {
		case length <= p.longest || i < p.ends || i >= length-p.ends:
			places = append(places, i)
		case i == p.ends:
			places = append(places, -1)
		}
	}
	return places
}

func (p *printer) block(shape []int, data []float64, depth int) {
	p.text.WriteByte('[')
	separator := " "
	if len(shape) > 1 {
		separator = "\n" + strings.Repeat(" ", depth)
	}
	stride := count(shape[1:])
	for n, place := range p.shown(shape[0]) {
		if n > 0 {
			p.text.WriteString(separator)
		}
		switch {
		case place < 0:
			p.text.WriteString("...")
		case len(shape) > 1:
			p.block(shape[1:], data[place*stride:(place+1)*stride], depth+1)
		default:
			fmt.Fprintf(&p.text, "%*s", p.width, p.element(data[place]))
		}
	}
	p.text.WriteByte(']')
}

// widest gives the length of the longest element that is printed.
func (p *printer) widest(shape []int, data []float64) int {
	width, stride := 0, count(shape[1:])
	for _, place := range p.shown(shape[0]) {
		switch {
		case place < 0:
		case len(shape) > 1:
			width = max(width, p.widest(shape[1:], data[place*stride:(place+1)*stride]))
		default:
			width = max(width, len(p.element(data[place])))
		}
	}
	return width
}

// Format prints a for fmt: %v and %s as String does, the verbs of numbers element by element, for plain numbers only
// (see Quantity.Format).
func (a Array) Format(f fmt.State, verb rune) {
	switch {
	case verb == 'v' || verb == 's':
		pad(f, a.String())
	case a.dim != Dimension{}:
		fmt.Fprintf(f, "%%!%c(%s: divide by a unit)", verb, brief{a})
	case verb == 't' && a.kind == Boolean:
		pad(f, a.String())
	default:
		single := fmt.FormatString(f, verb)
		text := a.print(longest, ends, func(x float64) string { return fmt.Sprintf(single, Scalar(x)) })
		_, _ = f.Write([]byte(text))
	}
}

// LaTeX gives a typeset: a row or a matrix in brackets, with its unit.
func (a Array) LaTeX() string {
	_, unit := bestUnit(meanLog10(a.data), a.dim)
	if a.scalar {
		return "$" + latexNumber(a.element()(a.data[0])) + latexUnit(unit) + "$"
	}
	plain := a.print(8, 3, a.element())
	plain = strings.TrimSuffix(plain, " "+unit)
	plain = strings.NewReplacer("[", " ", "]", " ").Replace(plain)
	var lines []string
	for line := range strings.SplitSeq(plain, "\n") {
		lines = append(lines, latexRow(strings.Fields(line)))
	}
	return `$\begin{bmatrix}` + strings.Join(lines, ` \\ `) + `\end{bmatrix}` + latexUnit(unit) + "$"
}

func latexRow(cells []string) string {
	for i, cell := range cells {
		switch cell {
		case "...":
			cells[i] = `\cdots`
		case "true", "false":
			cells[i] = `\mathrm{` + cell + "}"
		default:
			cells[i] = latexNumber(cell)
		}
	}
	return strings.Join(cells, " & ")
}
