package plotting

import (
	"bytes"
	"math"
	"testing"
)

// stage is a drawing with a frame of 500 by 300 px for x and y between 0 and 1.
func stage() *drawing {
	p := &placed{frame: rect{0, 0, 500, 300}, x: scale{lo: 0, hi: 1}, y: scale{lo: 0, hi: 1}, panel: &Panel{}}
	p.place()
	return &drawing{placed: p, canvas: newSheet(500, 300, ""), spots: newSpots(p.frame)}
}

func TestASpikeOfOneSampleInAMillionIsDrawn(t *testing.T) {
	const n = 1_000_000
	xs, ys := make([]float64, n), make([]float64, n)
	for k := range xs {
		xs[k] = float64(k) / n
	}
	ys[123_457], ys[800_001] = 1, 0.5
	d := stage()
	p := d.unbroken(xs, ys, false)
	if len(p) > 4*502 {
		t.Errorf("found %d points, expected at most four for each pixel", len(p))
	}
	highest := map[int]float64{}
	for _, v := range p {
		highest[int(v.x)] = math.Max(highest[int(v.x)], 300-v.y)
	}
	if highest[61] != 300 || highest[400] != 150 {
		t.Errorf("found heights %g and %g, expected 300 and 150", highest[61], highest[400])
	}
}

func TestEveryPixelColumnKeepsItsLowestAndHighestValue(t *testing.T) {
	const n = 20_000
	xs, ys := make([]float64, n), make([]float64, n)
	low, high := map[int]float64{}, map[int]float64{}
	d := stage()
	for k := range xs {
		xs[k], ys[k] = float64(k)/n, 0.5+0.4*math.Sin(float64(k*k%7919))
		px, py := int(d.x.at(xs[k])), d.y.at(ys[k])
		if _, ok := low[px]; !ok {
			low[px], high[px] = py, py
		}
		low[px], high[px] = math.Min(low[px], py), math.Max(high[px], py)
	}
	gotLow, gotHigh := map[int]float64{}, map[int]float64{}
	for _, v := range d.unbroken(xs, ys, false) {
		px := int(v.x)
		if _, ok := gotLow[px]; !ok {
			gotLow[px], gotHigh[px] = v.y, v.y
		}
		gotLow[px], gotHigh[px] = math.Min(gotLow[px], v.y), math.Max(gotHigh[px], v.y)
	}
	for px := range low {
		if low[px] != gotLow[px] || high[px] != gotHigh[px] {
			t.Fatalf("column %d: found %g to %g, expected %g to %g", px, gotLow[px], gotHigh[px], low[px], high[px])
		}
	}
}

func TestNaNAndInfinityBreakALine(t *testing.T) {
	d := stage()
	nan, inf := math.NaN(), math.Inf(1)
	d.polyline([]float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7}, []float64{0.1, 0.2, nan, 0.4, 0.5, inf, 0.7}, false, pen{color: ink, width: 1})
	if n := bytes.Count(d.canvas.(*sheet).buf, []byte("M")); n != 3 {
		t.Errorf("found %d pieces, expected 3", n)
	}
}

func TestLinesAreCutAtTheFrame(t *testing.T) {
	var p path
	p.moveTo(-100, 150)
	p.lineTo(600, 150)
	p.lineTo(600, 1e9)
	got := p.clipped(rect{0, 0, 500, 300})
	if want := (path{{0, 150, move}, {500, 150, line}}); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("found %v, expected %v", got, want)
	}
	if got := (path{{math.NaN(), 1, move}, {2, 2, line}}).clipped(rect{0, 0, 500, 300}); len(got) != 0 {
		t.Errorf("found %v of a line from nowhere, expected nothing", got)
	}
}

func TestPolygonsAreCutAtTheFrame(t *testing.T) {
	area := func(p []point) (twice float64) {
		for k, a := range p {
			b := p[(k+1)%len(p)]
			twice += a.x*b.y - b.x*a.y
		}
		return math.Abs(twice) / 2
	}
	triangle := []point{{-10, -10}, {30, -10}, {-10, 30}} // cut to the triangle 0 0, 20 0, 0 20 and then at 15
	got := area(clippedPolygon(triangle, rect{0, 0, 15, 15}))
	if want := 0.5*20*20 - 2*0.5*5*5; math.Abs(got-want) > 1e-9 {
		t.Errorf("found the area %g, expected %g", got, want)
	}
}
