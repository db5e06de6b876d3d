package plotting

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

func one(t testing.TB) *Figure {
	t.Helper()
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestHistogramCountsEveryFiniteValueOnce(t *testing.T) {
	got := counts([]float64{0, 0.5, 1, 1, 1.5, 2, math.NaN(), math.Inf(1), -1, 3}, []float64{0, 1, 2})
	if want := []float64{2, 4}; !slices.Equal(got, want) { // the last bin holds its upper edge
		t.Errorf("found %v, expected %v", got, want)
	}
	values := make([]float64, 1000)
	for k := range values {
		values[k] = math.Sin(float64(k))
	}
	total := 0.0
	for _, n := range counts(values, evenEdges(values, 13)) {
		total += n
	}
	if total != 1000 {
		t.Errorf("found %g values, expected 1000", total)
	}
}

func TestDensityHasTheAreaOne(t *testing.T) {
	f := one(t)
	if err := f.Hist([]float64{1, 2, 2, 3, 7}, []float64{0, 2, 3, 8}, Density()); err != nil {
		t.Fatal(err)
	}
	b := f.Panel.series[0].(*bars)
	area := 0.0
	for k, h := range b.heights {
		area += h * (b.edges[k+1] - b.edges[k])
	}
	if math.Abs(area-1) > 1e-12 {
		t.Errorf("found the area %g, expected 1", area)
	}
}

func TestSpikesStandBetweenTheSamplesAroundThem(t *testing.T) {
	x, y := flatColumn([]float64{0, 1, 2, 3}), flatColumn([]float64{10, 11, 12, 13})
	withSpikes(&x, &y, []float64{2.5, 1, 9}, 99)
	if want := []float64{0, 1, 1, 1, 2, 2.5, 2.5, 3, 9, 9}; !slices.Equal(x.values, want) {
		t.Errorf("found the times %v, expected %v", x.values, want)
	}
	if want := []float64{10, 11, 99, 11, 12, 99, 12, 13, 99, 13}; !slices.Equal(y.values, want) {
		t.Errorf("found the voltages %v, expected %v", y.values, want)
	}
}

func TestTheLegendLiesWhereNothingIsHidden(t *testing.T) {
	for _, c := range []struct {
		y    []float64
		want point // of the corner: how far right and down
	}{
		{[]float64{0, 0, 0, 0.1, 1}, point{0, 0}}, // rises at the end: upper left
		{[]float64{1, 0.1, 0, 0, 0}, point{1, 0}},
		{[]float64{1, 1, 1, 1, 0.9}, point{0, 1}}, // falls at the end: lower left
	} {
		f := one(t)
		if err := f.Plot(c.y, Label("a line with a long name")); err != nil {
			t.Fatal(err)
		}
		l := f.layout(loadTypeface())
		d := &drawing{placed: &l.panels[0], canvas: nowhere{}, faces: loadTypeface(), spots: newSpots(l.panels[0].frame)}
		d.draw()
		box := d.legendBox(f.entries(), nil)
		right := (box.left+box.right)/2 > (d.frame.left+d.frame.right)/2
		down := (box.top+box.bottom)/2 > (d.frame.top+d.frame.bottom)/2
		if right != (c.want.x == 1) || down != (c.want.y == 1) {
			t.Errorf("%v: found the legend at %v", c.y, box)
		}
		if d.above || d.spots.within(box) > 0 {
			t.Errorf("%v: found ink under the legend, or the legend above the frame", c.y)
		}
	}
}

func TestALegendThatWouldHideDataStandsAbove(t *testing.T) {
	f := one(t)
	y := make([]float64, 500)
	for k := range y {
		y[k] = float64(k % 2)
	}
	if err := f.Plot(y, Label("noise")); err != nil {
		t.Fatal(err)
	}
	if l := f.layout(loadTypeface()); !l.panels[0].above {
		t.Error("found the legend on the data")
	}
}

func TestSharedAxesAgreeAndInnerOnesHaveNoNumbers(t *testing.T) {
	f, err := Subplots(2, 2, ShareX(), ShareY())
	if err != nil {
		t.Fatal(err)
	}
	for k, p := range f.Axes() {
		if err := p.Plot([]float64{0, float64(k + 1)}, []float64{0, float64(10 * k)}); err != nil {
			t.Fatal(err)
		}
	}
	l := f.layout(loadTypeface())
	for k := range l.panels {
		p := &l.panels[k]
		if p.x.lo != l.panels[0].x.lo || p.x.hi != 4 || p.y.hi != l.panels[3].y.hi {
			t.Errorf("panel %d: found %g to %g and up to %g", k, p.x.lo, p.x.hi, p.y.hi)
		}
		if p.innerX != (k < 2) || p.innerY != (k%2 == 1) {
			t.Errorf("panel %d: found numbers on the wrong axes", k)
		}
	}
	if l.panels[0].frame.left != l.panels[2].frame.left || l.panels[0].frame.right != l.panels[2].frame.right || l.panels[0].frame.top != l.panels[1].frame.top {
		t.Error("found frames that do not line up")
	}
}

func TestHeightsDivideThePage(t *testing.T) {
	f, err := Subplots(2, 1, Heights(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	l := f.layout(loadTypeface())
	if ratio := l.panels[0].frame.height() / l.panels[1].frame.height(); math.Abs(ratio-3) > 0.05 {
		t.Errorf("found the ratio %g, expected 3", ratio)
	}
}

func TestEverythingStaysOnThePage(t *testing.T) {
	f := one(t)
	if err := f.Plot(units.NewArray([]float64{0, 12345.678}, units.Second.Dim()), []float64{-1e5, 1e5}); err != nil {
		t.Fatal(err)
	}
	f.Title("A title")
	faces := loadTypeface()
	l := f.layout(faces)
	p := &l.panels[0]
	if left := p.frame.left - tickLong - tickGap - widestLabel(faces, p.y.ticks); left < 0 {
		t.Errorf("found numbers of y %g px beyond the page", -left)
	}
	if right := p.frame.right + p.overhang(faces); right > l.width {
		t.Errorf("found numbers of x at %g px, expected at most %g", right, l.width)
	}
	if p.frame.top < titleSize || l.height-p.frame.bottom < tickSize {
		t.Errorf("found the frame %v, expected room for title and numbers", p.frame)
	}
}

func TestTheBestPrefixFitsAllSeriesOfAnAxis(t *testing.T) {
	f := one(t)
	amps := func(x ...float64) units.Array { return units.NewArray(x, units.Nanoamp.Dim()) }
	for _, y := range []units.Array{amps(1e-12, 2e-12), amps(3e-9, 5e-9)} {
		if err := f.Plot(y); err != nil {
			t.Fatal(err)
		}
	}
	if got := f.String(); !strings.Contains(got, `"current (nA)"`) {
		t.Errorf("found %s, expected nA", got)
	}
}

func TestRowZeroOfAnImageIsAtTheBottom(t *testing.T) {
	f := one(t)
	if err := f.Image([][]float64{{0, 0}, {1, 1}}, ColorMap("greys")); err != nil {
		t.Fatal(err)
	}
	faces := loadTypeface()
	l := f.layout(faces)
	p := newPixels(l.width, l.height, faces)
	f.draw(l, p, faces)
	frame := l.panels[0].frame
	x := int(zoom * (frame.left + frame.width()/4))
	if r, _, _, _ := p.Image().At(x, int(zoom*(frame.bottom-20))).RGBA(); r != 0xFFFF {
		t.Errorf("found %x at the bottom, expected white for 0", r)
	}
	if r, _, _, _ := p.Image().At(x, int(zoom*(frame.top+20))).RGBA(); r != 0 {
		t.Errorf("found %x at the top, expected black for 1", r)
	}
}

func TestAMillionCellsBecomeMeans(t *testing.T) {
	const n = 2000
	m := make([]float64, n*n)
	for k := range m {
		m[k] = float64(k % 2) // columns in turn 0 and 1
	}
	f := one(t)
	if err := f.Image(units.NewArray(m, units.Dimension{}, n, n)); err != nil {
		t.Fatal(err)
	}
	if size := len(f.SVG()); size > 300_000 {
		t.Errorf("found %d bytes, expected an image of the size of the panel", size)
	}
}

func TestLaterSeriesTakeTheNextColour(t *testing.T) {
	f := one(t)
	for _, format := range []string{"", "r", "", "k--", ""} {
		if err := f.Plot([]int{1, 2}, format); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, s := range f.Panel.series {
		got = append(got, colorName(s.(*trace).color))
	}
	if want := []string{"C0", "#d62728", "C1", "#000000", "C2"}; !slices.Equal(got, want) {
		t.Errorf("found %v, expected %v", got, want)
	}
}
