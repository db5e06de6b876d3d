package session

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/plotting"
	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// read stands for what a cell's x.name does.
func (b *notebook) read(object sim.Variables, name string) units.Array {
	a := must(object.Read(name))
	b.s.Remember(object, name, a)
	return a
}

// recorded is a monitor of two rows over 1 ms, and the spikes of its group.
func (b *notebook) recorded() (*sim.StateMonitor, *sim.SpikeMonitor) {
	g := must(b.s.NeuronGroup(2, "dv/dt = -v/(10*ms) + (i*mV)/ms : volt", sim.Threshold("v > 0.35*mV"), sim.Reset("v = 0*mV")))
	m := must(b.s.StateMonitor(g, "v"))
	spikes := must(b.s.SpikeMonitor(g))
	b.vars["g"], b.vars["m"], b.vars["spikes"] = g, m, spikes
	b.try(b.s.Run(q("1*ms")))
	return m, spikes
}

// described is the only figure of a cell, as text.
func (b *notebook) described(draw func()) string {
	b.t.Helper()
	figures := b.cell("", draw)
	if len(figures) != 1 {
		b.t.Fatalf("the cell has %d figures, want 1", len(figures))
	}
	return figures[0].fig.Describe()
}

func wantParts(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

func TestAxesTakeTheNamesOfWhatWasRead(t *testing.T) {
	b := newNotebook(t)
	m, _ := b.recorded()
	for name, pick := range map[string]func(units.Array) units.Array{
		"whole": func(a units.Array) units.Array { return a },
		"row":   func(a units.Array) units.Array { return a.Row(1) },
	} {
		text := b.described(func() { b.try(b.s.Plot(b.read(m, "t"), pick(b.read(m, "v")))) })
		if !strings.Contains(text, "time (") || !strings.Contains(text, "v (") {
			t.Errorf("%s: %s", name, text)
		}
	}
	part := b.described(func() { b.try(b.s.Plot(b.read(m, "t").Slice(2, 8), b.read(m, "v").Row(1).Slice(2, 8))) })
	wantParts(t, part, "time (", "v (")
	text := b.described(func() { b.try(b.s.Plot(must(m.Read("v")).Row(1))) })
	if strings.Contains(text, "v (") {
		t.Errorf("data that no cell read have a name:\n%s", text)
	}
}

func TestNamesDoNotKeepDataAlive(t *testing.T) {
	b := newNotebook(t)
	m, _ := b.recorded()
	for range 1000 {
		b.read(m, "v")
		if len(b.s.names.entries)%100 == 0 {
			runtime.GC()
		}
	}
	if n := len(b.s.names.entries); n > 500 {
		t.Errorf("%d names are remembered after 1000 reads of data that are gone", n)
	}
}

func TestTheSessionKeepsNoDroppedObjects(t *testing.T) {
	b := newNotebook(t)
	gone := make(chan bool, 1)
	func() {
		g := must(b.s.NeuronGroup(1000, "x : 1"))
		runtime.AddCleanup(g, func(int) { gone <- true }, 0)
		b.vars["g"] = g
		b.try(b.s.Run(q("1*ms")))
		b.vars["g"] = nil
	}()
	for range 50 {
		runtime.GC()
		select {
		case <-gone:
			return
		default:
		}
	}
	t.Error("a group that nothing holds is still there")
}

func TestBetweenPicksSamplesByTime(t *testing.T) {
	b := newNotebook(t)
	m, _ := b.recorded()
	p := b.s.Between(q("0.2*ms"), q("0.6*ms"))
	v := b.read(m, "v")
	if got := p.Of(v.Row(1)); got.Len() != 4 || got.SI()[0] != v.Row(1).SI()[2] {
		t.Errorf("a row between 0.2 and 0.6 ms is %v", got)
	}
	both := p.Of(v)
	if shape := both.Shape(); len(shape) != 2 || shape[0] != 2 || shape[1] != 4 {
		t.Fatalf("two rows give the shape %v", shape)
	}
	if both.Row(1).SI()[3] != v.Row(1).SI()[5] {
		t.Errorf("the last sample is %v", both.Row(1).SI()[3])
	}
	if got := p.Of(b.read(m, "t")); got.Len() != 4 {
		t.Errorf("the times are %v", got)
	}
	text := b.described(func() { b.try(b.s.Plot(p.Of(b.read(m, "t")), p.Of(b.read(m, "v").Row(1)))) })
	wantParts(t, text, "time (", "v (")
	defer func() {
		e, ok := recover().(*units.Error)
		if !ok || !strings.Contains(e.Message, "no times") {
			t.Errorf("data without times give %v", e)
		}
	}()
	p.Of(units.NewArray([]float64{1, 2, 3}, units.Dimension{}))
}

func TestColAndAt(t *testing.T) {
	b := newNotebook(t)
	m, _ := b.recorded()
	v := must(m.Read("v"))
	if got := must(b.s.Col(3)).Of(v); got.Len() != 2 || got.SI()[1] != v.Row(1).SI()[3] {
		t.Errorf("column 3 is %v", got)
	}
	g := b.vars["g"].(*sim.NeuronGroup)
	s := must(b.s.Synapses(g, g, "w : 1"))
	b.try(s.Connect())
	b.try(s.Write("w", nil, "10*i + j"))
	if got := must(s.ReadAt("w", must(b.s.At(1, 0)))); got.NDim() != 0 || got.SI()[0] != 10 {
		t.Errorf("w[At(1, 0)] is %v, want 10", got)
	}
}

func TestAFigureIsShownOnce(t *testing.T) {
	b := newNotebook(t)
	figures := b.cell("", func() {
		b.try(b.s.Plot([]float64{1, 2}))
		shown := must(b.s.NewFigure())
		b.try(shown.Plot([]float64{1, 2}))
		b.s.Show(shown)
		last := must(b.s.NewFigure())
		b.try(b.s.Plot([]float64{3, 4}))
		last.SVG() // the value of the last expression was shown
		must(b.s.NewFigure())
	})
	if len(figures) != 1 {
		t.Errorf("%d figures are shown at the end, want 1", len(figures))
	}
	if len(b.shown) != 1 {
		t.Errorf("%d values were shown", len(b.shown))
	}
	if next := b.cell("", func() {}); len(next) != 0 {
		t.Errorf("the next cell shows %d figures", len(next))
	}
}

func TestPlainWordsActOnThePanelUsedLast(t *testing.T) {
	b := newNotebook(t)
	text := b.described(func() {
		ax := must(b.s.Subplots(2, 1, plotting.ShareX()))
		b.try(ax[1].Plot([]float64{1, 2}))
		b.try(b.s.YLabel("below"))
		b.try(must(ax.At(0, 0)).Plot([]float64{1, 2}))
		b.try(b.s.YLabel("above"))
		_, err := ax.At(5, 0)
		fails(t, err, "5")
	})
	if above, below := strings.Index(text, "above"), strings.Index(text, "below"); above < 0 || below < above {
		t.Errorf("the panels are\n%s", text)
	}
}

func TestEveryWordOfPlotsDraws(t *testing.T) {
	b := newNotebook(t)
	s := b.s
	x, y := []float64{1, 2, 3}, []float64{2, 1, 2}
	for name, draw := range map[string]func() error{
		"Scatter": func() error { return s.Scatter(x, y) }, "Bar": func() error { return s.Bar(x, y) },
		"Band": func() error { return s.Band(x, 0, y) }, "ErrorBar": func() error { return s.ErrorBar(x, y, 0.1) },
		"Hist": func() error { return s.Hist(y, 2) }, "Image": func() error { return s.Image([][]float64{x, y}) },
		"HLines": func() error { return s.HLines(1.5) }, "VLines": func() error { return s.VLines(x) },
		"HSpan": func() error { return s.HSpan(1, 2) }, "VSpan": func() error { return s.VSpan(1, 2) },
		"Raster": func() error { return s.Raster(x, y) }, "Rate": func() error { return s.Rate(x, y) },
		"Voltage": func() error { return s.Voltage(x, y, []float64{2}) },
		"FI":      func() error { return s.FI(x, y, q("1*second")) },
	} {
		if figures := b.cell(name, func() { b.try(draw()) }); len(figures) != 1 {
			t.Errorf("%s gives %d figures", name, len(figures))
		}
	}
}

func TestSettingsWithoutAPlotAreWarnedOf(t *testing.T) {
	b := newNotebook(t)
	figures := b.cell("", func() {
		b.try(b.s.XLabel("x"))
		b.try(b.s.Title("t"))
		b.try(b.s.XLim(0, 1))
		b.try(b.s.YLim(0, 1))
	})
	if len(figures) != 0 || !strings.Contains(b.streams["stderr"], "no plot") {
		t.Errorf("%d figures, stderr %q", len(figures), b.streams["stderr"])
	}
}

func TestResultsDrawThemselves(t *testing.T) {
	b := newNotebook(t)
	m, spikes := b.recorded()
	if n := spikes.NumSpikes(); n == 0 {
		t.Fatal("no spikes to draw")
	}
	wantParts(t, b.described(func() { b.try(b.s.Raster(spikes)) }), "time (")
	wantParts(t, b.described(func() { b.try(b.s.Voltage(m, "v", spikes)) }), "time (", "v (")
	fails(t, b.s.Voltage(must(m.Of(1)), "v", spikes), "2 neurons", "SpikeTrains")
	wantParts(t, b.described(func() { b.try(b.s.Voltage(must(m.Of(1)), "v", spikes.SpikeTrains()[1])) }), "v (")
	rate := must(b.s.PopulationRateMonitor(b.vars["g"].(*sim.NeuronGroup)))
	b.vars["rate"] = rate
	b.try(b.s.Run(q("1*ms")))
	wantParts(t, b.described(func() { b.try(b.s.Rate(rate)) }), "time (", "rate (")
	wantParts(t, b.described(func() { b.try(b.s.Rate(rate, q("0.2*ms"))) }), "rate (")
	g := b.vars["g"].(*sim.NeuronGroup)
	syn := must(b.s.Synapses(g, g, "w : siemens"))
	b.try(syn.Connect())
	wantParts(t, b.described(func() { must(b.s.Connectivity(syn, "w")) }), "source", "target")
	fails(t, b.s.Raster(5), "Raster", "SpikeMonitor")
	fails(t, b.s.Rate(), "Rate")
}

func TestSaveWritesTheCurrentFigure(t *testing.T) {
	b := newNotebook(t)
	file := filepath.Join(t.TempDir(), "f.svg")
	b.cell("", func() {
		fails(t, b.s.Save(file), "no figure")
		b.try(b.s.Plot([]float64{1, 2}))
		b.try(b.s.Save(file))
	})
	if data, err := os.ReadFile(file); err != nil || !strings.Contains(string(data), "<svg") {
		t.Errorf("the file holds %.20q, %v", data, err)
	}
}

func TestTheErrorOfAnInnerCallIsNoArgument(t *testing.T) {
	b := newNotebook(t)
	trouble := errors.New("trouble")
	figures := b.cell("", func() {
		b.try(b.s.Hist(b.s.Rand(100)))
		b.try(b.s.Image(b.s.Rand(3, 3)))
		fails(t, b.s.Plot([]float64{1}, trouble), "trouble")
		b.try(b.s.Show(b.s.Table("a", 1)))
		must(b.s.NewNetwork(b.s.NeuronGroup(1, "x : 1")))
	})
	if len(figures) != 1 || len(b.shown) != 1 {
		t.Errorf("%d figures and %d values are shown, want 1 and 1", len(figures), len(b.shown))
	}
}
