package plotting

import (
	"math"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// An axis of a panel: what its data are, and what the user fixed.
type axis struct {
	letter   string
	label    string // given by the user
	labelled bool
	lo, hi   float64 // given by the user, SI; NaN where automatic
	log      bool
	dim      units.Dimension
	settled  bool               // dim is known
	names    []string           // of the data, each once
	words    map[float64]string // in place of numbers, at SI values
	whole    bool               // the numbers count something: no halves of a neuron
}

func newAxis(letter string) axis { return axis{letter: letter, lo: math.NaN(), hi: math.NaN()} }

// admits says whether data with the unit of c may be drawn along the axis; what names them in the error.
func (a *axis) admits(what string, c column) error {
	if !a.settled || c.free || c.dim == a.dim {
		return nil
	}
	return mismatch(what, c.dim, a.dim, "as on this axis so far")
}

// take makes the axis remember the unit and the name of c.
func (a *axis) take(c column) {
	if !c.free && !a.settled {
		a.dim, a.settled = c.dim, true
	}
	a.called(c.name)
}

func (a *axis) called(name string) {
	if name != "" && !slices.Contains(a.names, name) {
		a.names = append(a.names, name)
	}
}

func (a *axis) limit(from, to any) error {
	lo, err := a.place("the lower limit", from)
	if err != nil {
		return err
	}
	hi, err := a.place("the upper limit", to)
	if err != nil {
		return err
	}
	if lo == hi {
		return fault("found the same value twice, expected two limits that differ")
	}
	a.lo, a.hi = lo, hi
	return nil
}

// place is one value along the axis, in SI; nil leaves it to the data (NaN).
func (a *axis) place(what string, value any) (float64, error) {
	if value == nil {
		return math.NaN(), nil
	}
	c, err := asColumn(what, value)
	if err != nil {
		return 0, err
	}
	if len(c.values) != 1 {
		return 0, fault("found %d values for %s, expected one", len(c.values), what)
	}
	if err := a.admits(what, c); err != nil {
		return 0, err
	}
	if x := c.values[0]; math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fault("found %v for %s, expected a finite value", x, what)
	}
	if !c.free && !a.settled {
		a.dim, a.settled = c.dim, true
	}
	return c.values[0], nil
}

// A scale is an axis ready to draw: limits, unit, ticks and the text beside it.
type scale struct {
	lo, hi   float64 // SI; lo > hi on a reversed axis
	log      bool
	unit     float64 // SI value of one on the tick labels
	unitName string
	ticks    []tick
	label    rich
	from, to float64 // the pixels of lo and hi
}

// farOut is as far from the page as anything is drawn [px]; lines that go further meet the frame at the same place.
const farOut = 1e6

// at is the pixel of an SI value; NaN for what a logarithmic axis cannot show.
func (s *scale) at(v float64) float64 {
	part := (v - s.lo) / (s.hi - s.lo)
	if s.log {
		part = math.Log10(v/s.lo) / math.Log10(s.hi/s.lo)
	}
	return max(-farOut, min(s.from+(s.to-s.from)*part, farOut))
}

// limits are where an axis begins and ends, for data that span v and want room on both sides.
func (a *axis) limits(v interval, room room) (lo, hi float64) {
	lo, hi = a.lo, a.hi
	if math.IsNaN(lo) || math.IsNaN(hi) {
		auto := a.automatic(v, room)
		if math.IsNaN(lo) {
			lo = auto.lo
		}
		if math.IsNaN(hi) {
			hi = auto.hi
		}
	}
	if a.log {
		return positiveLimits(lo, hi)
	}
	if lo == hi { // one limit given, and all data there
		around := a.around(lo)
		return around.lo, around.hi
	}
	return lo, hi
}

// room is what data want beside their span.
type room struct {
	pad   float64 // on both sides, as part of the span
	floor bool    // begin at 0 when no value is negative
	exact bool    // begin and end where the data do, be it at round numbers or not
}

func (a *axis) automatic(v interval, room room) interval {
	switch {
	case a.log:
		return v
	case v.empty():
		return interval{0, a.natural()}
	}
	v = interval{max(v.lo, -8e307), min(v.hi, 8e307)} // so that their difference is a number
	width := v.hi - v.lo
	if width <= 1e-12*math.Max(math.Abs(v.lo), math.Abs(v.hi)) {
		return a.around((v.lo + v.hi) / 2)
	}
	if room.pad == 0 && !room.exact {
		return rounded(v)
	}
	wide := interval{v.lo - room.pad*width, v.hi + room.pad*width}
	if room.floor && v.lo >= 0 {
		wide.lo = 0
	}
	return wide
}

// rounded widens v to round numbers by at most a hundredth on each side: samples from 0 to 99.9 ms fill an axis from 0 to 100.
func rounded(v interval) interval {
	step := roundStep((v.hi - v.lo) / 100)
	if step == 0 || math.IsInf(step, 0) {
		return v
	}
	return interval{math.Floor(v.lo/step+1e-6) * step, math.Ceil(v.hi/step-1e-6) * step}
}

// natural is a span to show when the data have none: a thousandth of the SI unit, which is how neurons come, or 1.
func (a *axis) natural() float64 {
	if a.settled && !a.dim.IsOne() {
		return 1e-3
	}
	return 1
}

// around is an interval with a constant value in its middle.
func (a *axis) around(x float64) interval {
	room := 0.05 * math.Abs(x)
	if x == 0 {
		room = a.natural()
	}
	return interval{x - room, x + room}
}

func positiveLimits(lo, hi float64) (float64, float64) {
	if !(hi > 0) || math.IsInf(hi, 0) {
		return 0.1, 10
	}
	hi = max(1e-290, min(hi, 1e300)) // away from where powers of ten run out
	if !(lo > 0) || math.IsInf(lo, 0) {
		lo = hi / 1000
	}
	lo = max(1e-300, min(lo, 1e300))
	if lo == hi {
		return lo / 10, hi * 10
	}
	return lo, hi
}

// kinds names what an axis without a name shows, by its unit.
var kinds = map[string]string{
	"second": "time", "volt": "voltage", "amp": "current", "siemens": "conductance", "ohm": "resistance",
	"farad": "capacitance", "hertz": "rate", "metre": "length", "meter": "length",
}

// least is the smallest distance of ticks.
func (a *axis) least() float64 {
	if a.whole {
		return 1
	}
	return 0
}

// title is the text beside the axis: what the user said, else the name of the data and their unit.
func (a *axis) title(unit string) (text string, typeset rich) {
	if a.labelled {
		return a.label, parseTeX(a.label)
	}
	name := ""
	switch {
	case len(a.names) == 1:
		name = a.names[0]
	case len(a.names) == 0 && a.settled:
		name = kinds[a.dim.String()]
	}
	if name == "" {
		return unit, unitAsRich(unit)
	}
	text, typeset = name, nameAsRich(name)
	if unit != "" {
		text += " (" + unit + ")"
		typeset = typeset.add(run{text: " ("})
		for _, r := range unitAsRich(unit) {
			typeset = typeset.add(r)
		}
		typeset = typeset.add(run{text: ")"})
	}
	return text, typeset
}

// unitAsRich typesets exponents: "S/(m^2)" has a raised 2.
func unitAsRich(unit string) rich {
	var typeset rich
	for {
		before, after, ok := strings.Cut(unit, "^")
		typeset = typeset.add(run{text: before})
		if !ok {
			return typeset
		}
		end := len(after) - len(strings.TrimLeft(after, "-0123456789./"))
		typeset = typeset.add(run{text: strings.ReplaceAll(after[:end], "-", "−"), shift: 1})
		unit = after[end:]
	}
}

// measure chooses the unit of the numbers along an axis.
func (a *axis) measure(lo, hi float64) (unit float64, name string) {
	if !a.settled || a.dim.IsOne() {
		return 1, ""
	}
	best, name := units.BestPrefix(units.NewArray([]float64{math.Max(math.Abs(lo), math.Abs(hi))}, a.dim))
	return best.SI(), name
}
