package sim_test

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/golgi-sim/golgi/units"
)

// A comparison of results with expected values. A real number passes when
// |got - want| <= absolute + relative*max(|want|, s), where s is the largest |want| of that variable in that result.
type comparison struct {
	relative, absolute float64
	differences        []difference
	worst              float64 // largest error of a number, relative to max(|want|, s)
}

// A difference is one value that did not come out, or, with a note, a result that has another form.
type difference struct {
	result, variable string
	row, sample      int
	got, want        float64
	note             string
}

func (d difference) String() string {
	if d.note != "" {
		return fmt.Sprintf("%s.%s: %s", d.result, d.variable, d.note)
	}
	return fmt.Sprintf("%s.%s row %d sample %d: got %.17g, want %.17g", d.result, d.variable, d.row, d.sample, d.got, d.want)
}

func (c *comparison) note(result, variable, format string, args ...any) {
	c.differences = append(c.differences, difference{result: result, variable: variable, note: fmt.Sprintf(format, args...)})
}

// expected are the values of a variable: a list, or one list a row.
type expected struct {
	rows    [][]float64
	by2rows bool
}

func readExpected(raw json.RawMessage) (e expected, err error) {
	if json.Unmarshal(raw, &e.rows) == nil && len(e.rows) > 0 {
		e.by2rows = true
		return e, nil
	}
	var list []float64
	err = json.Unmarshal(raw, &list)
	e.rows = [][]float64{list}
	return e, err
}

func (e expected) largest() float64 {
	s := 0.0
	for _, row := range e.rows {
		for _, want := range row {
			s = math.Max(s, math.Abs(want))
		}
	}
	return s
}

// compare notes where an array differs from what is expected. Integers and truth values must be equal.
func (c *comparison) compare(result, variable string, want expected, got units.Array) {
	rows, samples := len(want.rows), len(want.rows[0])
	shape := got.Shape()
	if want.by2rows && (len(shape) != 2 || shape[0] != rows || shape[1] != samples) {
		c.note(result, variable, "got the shape %v, want %d rows of %d", shape, rows, samples)
		return
	}
	if got.Size() != rows*samples {
		c.note(result, variable, "got %d values, want %d", got.Size(), rows*samples)
		c.firstDifference(result, variable, want.rows[0], got.SI())
		return
	}
	exact, s := got.Kind() != units.Float, want.largest()
	for row, list := range want.rows {
		for sample, x := range list {
			c.number(difference{result, variable, row, sample, got.SI()[row*samples+sample], x, ""}, exact, s)
		}
	}
}

// firstDifference says where lists of different lengths part, which tells more than the lengths do.
func (c *comparison) firstDifference(result, variable string, want, got []float64) {
	for k := range min(len(want), len(got)) {
		if math.Abs(got[k]-want[k]) > c.absolute+c.relative*math.Abs(want[k]) {
			c.differences = append(c.differences, difference{result, variable, 0, k, got[k], want[k], ""})
			return
		}
	}
}

func (c *comparison) number(d difference, exact bool, s float64) {
	scale := math.Max(math.Abs(d.want), s)
	off := math.Abs(d.got - d.want)
	if scale > 0 && !exact && !math.IsNaN(off) {
		c.worst = math.Max(c.worst, off/scale)
	}
	allowed := c.absolute + c.relative*scale
	if exact {
		allowed = 0
	}
	if !(off <= allowed) {
		c.differences = append(c.differences, d)
	}
}

// report is "" when all values came out.
func (c *comparison) report() string {
	if len(c.differences) == 0 {
		return ""
	}
	text := fmt.Sprintf("%d differences, largest relative error %.3g (tolerance %.3g):", len(c.differences), c.worst, c.relative)
	for _, d := range c.differences[:min(4, len(c.differences))] {
		text += "\n  " + d.String()
	}
	return text
}
