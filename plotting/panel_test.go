package plotting_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	. "github.com/golgi-sim/golgi/plotting"
	"github.com/golgi-sim/golgi/units"
)

func TestMistakesSayWhatWasFoundAndExpected(t *testing.T) {
	ms := func(x ...float64) units.Array { return units.NewArray(x, second) }
	mV := func(x ...float64) units.Array { return units.NewArray(x, volt) }
	pA := func(x ...float64) units.Array { return units.NewArray(x, amp) }
	for name, c := range map[string]struct {
		draw func(f *Figure) error
		want string
	}{
		"lengths":        {func(f *Figure) error { return f.Plot(ms(1, 2, 3), mV(1, 2)) }, "Plot: found 2 values for y and 3 values for x, expected as many"},
		"columns":        {func(f *Figure) error { return f.Plot(ms(1, 2), units.NewArray(make([]float64, 6), volt, 2, 3)) }, "Transpose"},
		"unit of y":      {func(f *Figure) error { return errors.Join(f.Plot(ms(1), mV(1)), f.Plot(ms(1), pA(1))) }, "found y in amp, expected volt as on this axis so far"},
		"unit of x":      {func(f *Figure) error { return errors.Join(f.Plot(ms(1), mV(1)), f.Plot([]int{1}, mV(1))) }, "found x in plain numbers, expected second"},
		"no data":        {func(f *Figure) error { return f.Plot() }, "Plot: found no data"},
		"nil":            {func(f *Figure) error { return f.Plot(nil) }, "found nothing (nil) for y"},
		"a map":          {func(f *Figure) error { return f.Plot(map[int]int{}) }, "found a map[int]int for y"},
		"text first":     {func(f *Figure) error { return f.Plot("o", []int{1}) }, "before any data"},
		"format":         {func(f *Figure) error { return f.Plot([]int{1}, "q") }, `found the format "q"`},
		"labels":         {func(f *Figure) error { return f.Plot([]int{1}, Label("a", "b")) }, "found 2 labels for 1 row"},
		"width":          {func(f *Figure) error { return f.Plot([]int{1}, Width(-1)) }, "Width: found -1"},
		"colour":         {func(f *Figure) error { return f.Plot([]int{1}, Color("nosuch")) }, `Color: found "nosuch"`},
		"alpha":          {func(f *Figure) error { return f.Plot([]int{1}, Alpha(2)) }, "Alpha: found 2"},
		"marker":         {func(f *Figure) error { return f.Plot([]int{1}, Marker("oo")) }, `Marker: found "oo"`},
		"limits":         {func(f *Figure) error { return f.XLim(1, 1) }, "XLim: found the same value twice"},
		"limits' unit":   {func(f *Figure) error { return errors.Join(f.Plot(ms(1), mV(1)), f.XLim(0, 100)) }, "found the upper limit in plain numbers, expected second"},
		"limits' length": {func(f *Figure) error { return f.YLim([]int{1, 2}, 3) }, "found 2 values for the lower limit"},
		"limit NaN":      {func(f *Figure) error { return f.YLim(math.NaN(), 3) }, "found NaN for the lower limit"},
		"bins":           {func(f *Figure) error { return f.Hist([]int{1}, 0.5) }, "Hist: found 0.5 bins"},
		"edges":          {func(f *Figure) error { return f.Hist([]int{1}, []int{3, 2}) }, "do not ascend"},
		"edges' unit":    {func(f *Figure) error { return f.Hist(mV(1), []int{1, 2}) }, "found the edges of the bins in plain numbers, expected volt"},
		"cube":           {func(f *Figure) error { return f.Image(units.NewArray(make([]float64, 8), volt, 2, 2, 2)) }, "3 dimensions"},
		"ragged":         {func(f *Figure) error { return f.Plot([][]float64{{1, 2}, {1}}) }, "found 1 values in y[1], expected 2 as in y[0]"},
		"raster":         {func(f *Figure) error { return f.Raster(ms(1, 2), []int{1}) }, "found 2 times and 1 index"},
		"errors":         {func(f *Figure) error { return f.ErrorBar(ms(1), mV(1), pA(1)) }, "found the errors of y in amp, expected volt"},
		"spikes":         {func(f *Figure) error { return f.Voltage(ms(1), mV(1), []int{1}) }, "found the spikes in plain numbers, expected second"},
		"values":         {func(f *Figure) error { return f.Scatter([]int{1}, []int{1}, Values([]int{1, 2})) }, "found 2 values to colour 1 point by"},
		"neurons":        {func(f *Figure) error { return f.Matrix([]int{5}, []int{0}, 5, 5) }, "found neurons from 5 to 5 among the sources, expected 0 to 4"},
		"lines":          {func(f *Figure) error { return f.VLines(ms(1), 0) }, "found 2 arguments"},
		"legend":         {func(f *Figure) error { return f.Legend("a") }, "more texts than series"},
		"place":          {func(f *Figure) error { return f.Legend(Location("nowhere")) }, `Location: found "nowhere"`},
		"file":           {func(f *Figure) error { return f.Save("f.gif") }, "expected one that ends in .svg or .png"},
		"panels":         {func(*Figure) error { _, err := Subplots(0, 1); return err }, "found 0 rows and 1 columns"},
		"heights":        {func(*Figure) error { _, err := Subplots(2, 1, Heights(1)); return err }, "found 1 heights, expected 2"},
		"huge":           {func(*Figure) error { _, err := New(Size(1e4, 4)); return err }, "at most 25"},
	} {
		f, _ := New()
		err := c.draw(f)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: found the error %v, expected %q", name, err, c.want)
		}
		checkSVG(t, f.SVG()) // a figure survives the mistake
	}
}

func TestAPanelThatIsNotThereIsNamed(t *testing.T) {
	defer func() {
		err, _ := recover().(*units.Error)
		if err == nil || !strings.Contains(err.Message, "no panel at row 2, column 0: the figure has 2 rows and 1 column,") {
			t.Errorf("found the error %v", err)
		}
	}()
	figure(t, 2, 1).Axes().At(2, 0)
}

func TestPanelsStandByRows(t *testing.T) {
	f := figure(t, 2, 3)
	if f.Axes().At(1, 2) != f.Axes()[5] || f.Axes().At(0, 1) != f.Axes()[1] {
		t.Error("found another panel")
	}
}

func TestHopelessDataDrawAnEmptyPanel(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	data := map[string][2][]float64{
		"empty": {{}, {}}, "one point": {{1}, {2}}, "NaN": {{1, 2}, {nan, nan}}, "infinite": {{inf, 1}, {1, -inf}}, "constant": {{1, 2}, {3, 3}},
		"zero": {{0, 0}, {0, 0}}, "huge": {{-1e308, 1e308}, {1e308, -1e308}}, "tiny": {{0, 5e-324}, {5e-324, 0}}, "all NaN": {{nan}, {nan}},
		"near": {{1, 1 + 1e-15}, {1e300, math.Nextafter(1e300, 2e300)}}, "negative": {{-1, -2}, {-3, -1}},
	}
	kinds := map[string]func(f *Figure, x, y []float64) error{
		"plot": func(f *Figure, x, y []float64) error { return f.Plot(x, y, "o-") },
		"units": func(f *Figure, x, y []float64) error {
			return f.Plot(units.NewArray(x, second), units.NewArray(y, volt))
		},
		"stairs":  func(f *Figure, x, y []float64) error { return f.Plot(x, y, Step()) },
		"log":     func(f *Figure, x, y []float64) error { f.LogX(); f.LogY(); return f.Plot(x, y) },
		"hist":    func(f *Figure, x, y []float64) error { return f.Hist(x, 7, Density()) },
		"loghist": func(f *Figure, x, y []float64) error { f.LogY(); return f.Hist(x) },
		"bar":     func(f *Figure, x, y []float64) error { return f.Bar(x, y) },
		"raster":  func(f *Figure, x, y []float64) error { return f.Raster(x, y) },
		"band":    func(f *Figure, x, y []float64) error { return f.Band(x, y, 1) },
		"errors":  func(f *Figure, x, y []float64) error { return f.ErrorBar(x, y, y, x) },
		"scatter": func(f *Figure, x, y []float64) error { return f.Scatter(x, y, Values(y)) },
		"image":   func(f *Figure, x, y []float64) error { return f.Image([][]float64{x, y}) },
		"vlines":  func(f *Figure, x, y []float64) error { return f.VLines(x, y, 0) },
		"hlines":  func(f *Figure, x, y []float64) error { return f.HLines(x) },
		"voltage": func(f *Figure, x, y []float64) error { return f.Voltage(x, y, x) },
		"rate":    func(f *Figure, x, y []float64) error { return f.Rate(x, y) },
		"text": func(f *Figure, x, y []float64) error {
			for k := range x {
				if err := f.Text(x[k], y[k], "here", Arrow(y[k], x[k])); err != nil {
					return err
				}
			}
			return nil
		},
		"span": func(f *Figure, x, y []float64) error {
			if len(x) == 0 {
				return nil
			}
			return errors.Join(f.VSpan(x[0], y[0]), f.HSpan(x[0], y[0]))
		},
	}
	for what, values := range data {
		for kind, draw := range kinds {
			t.Run(kind+" of "+what, func(t *testing.T) {
				f, _ := New(Size(2, 1.5))
				must(t, draw(f, values[0], values[1]))
				checkSVG(t, f.SVG())
				if s := string(f.SVG()); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
					t.Error("found a number that is none in the SVG")
				}
				if len(f.PNG()) == 0 || f.Describe() == "" {
					t.Error("found no picture")
				}
			})
		}
	}
}

func TestFiguresTooSmallForTheirTextStillDraw(t *testing.T) {
	f := figure(t, 3, 3, Size(0.2, 0.2))
	for _, p := range f.Axes() {
		must(t, p.Plot([]int{1, 2, 3}, Label("a")))
		p.Title("title")
	}
	checkSVG(t, f.SVG())
	f.PNG()
}

func TestWhatUsersNameIsEscaped(t *testing.T) {
	f, _ := New()
	evil := `</text><script>alert("1")</script>&'` + "\x00"
	must(t, f.Plot(Named(evil, []int{1, 2}), Named(evil, []int{1, 2}), Label(evil)), f.Text(1, 1, evil))
	f.Title(evil)
	f.XLabel(evil)
	svg := string(f.SVG())
	checkSVG(t, []byte(svg))
	if strings.Contains(svg, "<script") || strings.Contains(svg, "\x00") {
		t.Error("found a text that was not escaped")
	}
}

func TestDrawingTheSameFigureTwiceGivesTheSameBytes(t *testing.T) {
	for name, draw := range gallery {
		f := draw(t)
		if string(f.SVG()) != string(f.SVG()) || string(f.SVG()) != string(draw(t).SVG()) {
			t.Errorf("%s: found two pictures", name)
		}
	}
}

func TestTheFigureKeepsTheDataItWasGiven(t *testing.T) {
	x := []float64{1, 2, 3}
	f, _ := New()
	must(t, f.Plot(x))
	before := string(f.SVG())
	x[0] = 100
	if string(f.SVG()) != before {
		t.Error("found the picture changed with the slice")
	}
}

func TestAMillionSpikesAreQuickAndSmall(t *testing.T) {
	times, neurons := network(10_000, 1_000_000)
	f, _ := New()
	begin := time.Now()
	must(t, f.Raster(units.NewArray(times, second), neurons))
	svg, png := f.SVG(), f.PNG()
	if took := time.Since(begin); took > time.Second {
		t.Errorf("found %v, expected less than a second", took)
	}
	if len(svg) > 500_000 || len(png) > 500_000 {
		t.Errorf("found %d and %d bytes, expected at most 500000", len(svg), len(png))
	}
	if !strings.Contains(string(svg), ">neuron</text>") {
		t.Error("found no text beside the axes, expected them to stay vector")
	}
}

func TestALongTraceStaysSmallEnoughForANotebook(t *testing.T) {
	times, volts, _ := lif(1_000_000)
	f, _ := New()
	must(t, f.Plot(times, volts))
	if n := len(f.SVG()); n > 200_000 {
		t.Errorf("found %d bytes, expected at most 200000", n)
	}
}

func TestDataMayComeInManyForms(t *testing.T) {
	type celsius float32
	n := 3
	for name, y := range map[string]any{
		"floats": []float64{1, 2, 3}, "ints": []int{1, 2, 3}, "named type": []celsius{1, 2, 3}, "bools": []bool{true, false, true}, "array": [3]int{1, 2, 3},
		"quantities": []units.Quantity{units.New(1, volt), units.New(2, volt), units.New(3, volt)}, "units": units.NewArray([]float64{1, 2, 3}, volt),
		"pointer": &[]float64{1, 2, 3}, "any": []any{1, 2.0, uint8(3)}, "bytes": []byte{1, 2, 3},
	} {
		f, _ := New()
		must(t, f.Plot(y, "C0"))
		want := fmt.Sprintf("%d points", n)
		if name == "any" {
			want = "1 point" // three rows of one value each
		}
		if got := f.Describe(); !strings.Contains(got, want) {
			t.Errorf("%s: found %s, expected %s", name, got, want)
		}
	}
}

func TestNothingAndZeroTakeAnyUnit(t *testing.T) {
	f, _ := New()
	must(t, f.Plot(units.NewArray([]float64{0, 1}, second), units.NewArray([]float64{0, 1}, volt)),
		f.Plot([]float64{}, []float64{}), f.HLines(0), f.HLines(units.Of(units.Quantity{})), f.XLim(0, units.New(2, second)))
}

func TestSeveralGoroutinesMayDrawOneFigure(t *testing.T) {
	f := gallery["scatter"](t)
	want := string(f.SVG())
	got := make(chan string)
	for range 4 {
		go func() {
			f.PNG()
			got <- string(f.SVG())
		}()
	}
	for range 4 {
		if <-got != want {
			t.Error("found another picture")
		}
	}
}

func TestSaveWritesWhatTheNameSays(t *testing.T) {
	f := gallery["trace"](t)
	dir := t.TempDir()
	must(t, f.Save(dir+"/a.svg"), f.Save(dir+"/a.PNG"))
	svg, err := os.ReadFile(dir + "/a.svg")
	must(t, err)
	checkSVG(t, svg)
	data, err := os.ReadFile(dir + "/a.PNG")
	must(t, err)
	checkPNG(t, f, data)
}
