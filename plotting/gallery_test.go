package plotting_test

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	. "github.com/golgi-sim/golgi/plotting"
	"github.com/golgi-sim/golgi/units"
)

// A picture of every kind. Data are made by formulas and a seeded generator of the standard library.

var (
	second = units.Second.Dim()
	volt   = units.Volt.Dim()
	amp    = units.Nanoamp.Dim()
	hertz  = units.Dimension{}.Div(units.Second.Dim())
)

// lif is a leaky neuron under a constant current: times, voltages and the times of its spikes.
func lif(n int) (times, volts, spikes units.Array) {
	t, v := make([]float64, n), make([]float64, n)
	var fired []float64
	x := -0.070
	for k := range t {
		t[k], v[k] = float64(k)*1e-4, x
		x += 1e-4 * (-0.070 - x + 0.030) / 0.010
		if x > -0.055 {
			fired = append(fired, t[k])
			x = -0.070
		}
	}
	return units.NewArray(t, second), units.NewArray(v, volt), units.NewArray(fired, second)
}

// network is spikes of n neurons over a second, with a rhythm.
func network(n, spikes int) (times, neurons []float64) {
	r := rand.New(rand.NewPCG(1, 2))
	for len(times) < spikes {
		t := r.Float64()
		if r.Float64() < 0.5+0.5*math.Sin(2*math.Pi*8*t) {
			times, neurons = append(times, t), append(neurons, math.Floor(r.Float64()*float64(n)))
		}
	}
	return times, neurons
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func figure(t testing.TB, rows, cols int, options ...any) *Figure {
	t.Helper()
	f, err := Subplots(rows, cols, options...)
	must(t, err)
	return f
}

var gallery = map[string]func(t testing.TB) *Figure{
	"trace": func(t testing.TB) *Figure {
		f := figure(t, 1, 1)
		times, volts, _ := lif(1000)
		must(t, f.Plot(Named("time", times), Named("Vm", volts), Label(`$\tau_m = R_m C_m = 10$ ms`)))
		must(t, f.HLines(units.New(-0.055, volt), "k:", Label("$V_{th}$")))
		f.Title("A leaky neuron")
		return f
	},
	"voltage": func(t testing.TB) *Figure {
		f := figure(t, 2, 1, ShareX(), Heights(3, 1))
		times, volts, spikes := lif(1000)
		current := make([]float64, 1000)
		for k := range current {
			if k > 100 && k < 800 {
				current[k] = 0.5e-9
			}
		}
		must(t, f.Axes()[0].Voltage(Named("time", times), Named("Vm", volts), spikes),
			f.Axes()[0].VSpan(units.New(0.010, second), units.New(0.080, second), Color("C4"), Label("input")),
			f.Axes()[1].Plot(Named("time", times), Named("I_ext", units.NewArray(current, amp)), "C1"))
		return f
	},
	"raster": func(t testing.TB) *Figure {
		f := figure(t, 2, 1, ShareX(), Heights(3, 1), Size(6.4, 5))
		times, neurons := network(40, 900)
		must(t, f.Axes()[0].Raster(units.NewArray(times, second), neurons))
		rate := make([]float64, 500)
		at := make([]float64, 500)
		for k := range rate {
			at[k] = float64(k) / 500
			rate[k] = 20 * (0.5 + 0.5*math.Sin(2*math.Pi*8*at[k]))
		}
		must(t, f.Axes()[1].Rate(units.NewArray(at, second), units.NewArray(rate, hertz), "C1"))
		return f
	},
	"manyspikes": func(t testing.TB) *Figure {
		f := figure(t, 1, 1)
		times, neurons := network(4000, 30000)
		must(t, f.Raster(units.NewArray(times, second), neurons, "k"))
		return f
	},
	"fi": func(t testing.TB) *Figure {
		f := figure(t, 1, 1)
		for k, c := range []float64{100e-12, 200e-12, 400e-12} {
			var current, counts []float64
			for n := range 100 {
				i := float64(n) / 99 * 0.5e-9
				current = append(current, i)
				r := 0.0
				if i > 0.15e-9 {
					r = 1 / (c / 10e-9 * math.Log(i/(i-0.15e-9)))
				}
				counts = append(counts, math.Floor(r))
			}
			must(t, f.FI(Named("I_ext", units.NewArray(current, amp)), counts, units.New(1, second), []any{"C0", "C1--", "C2-."}[k], Label([]string{"100 pF", "200 pF", "400 pF"}[k])))
		}
		return f
	},
	"hist": func(t testing.TB) *Figure {
		f := figure(t, 1, 2)
		r := rand.New(rand.NewPCG(3, 4))
		x := make([]float64, 2000)
		for k := range x {
			x[k] = -0.06 + 0.004*r.NormFloat64()
		}
		must(t, f.Axes()[0].Hist(Named("v", units.NewArray(x, volt)), 30),
			f.Axes()[1].Bar([]int{1, 2, 3, 4}, []float64{3, 5, 2.5, 4}, Color("C2")))
		f.Axes()[1].XLabel("group")
		f.Axes()[1].YLabel("spikes per second")
		return f
	},
	"image": func(t testing.TB) *Figure {
		f := figure(t, 1, 1)
		m := make([]float64, 20*40)
		for k := range m {
			x, y := float64(k%40)/39, float64(k/40)/19
			m[k] = -0.07 + 0.02*math.Exp(-20*((x-0.4)*(x-0.4)+(y-0.6)*(y-0.6)))
		}
		must(t, f.Image(Named("v", units.NewArray(m, volt, 20, 40)), Extent(0, units.New(0.1, second), -0.5, 19.5)))
		f.YLabel("neuron")
		return f
	},
	"scatter": func(t testing.TB) *Figure {
		f := figure(t, 1, 2, Size(9, 4))
		r := rand.New(rand.NewPCG(5, 6))
		x, y, z := make([]float64, 300), make([]float64, 300), make([]float64, 300)
		for k := range x {
			x[k], y[k] = r.NormFloat64(), r.NormFloat64()
			z[k] = (x[k] + y[k]) * 1e-9
		}
		must(t, f.Axes()[0].Scatter(x, y, Values(Named("w", units.NewArray(z, amp))), Size(5)))
		must(t, f.Axes()[1].ErrorBar([]int{1, 2, 3, 4, 5}, []float64{1, 4, 9, 16, 25}, []float64{1, 2, 3, 2, 4}, Label("measured")),
			f.Axes()[1].Plot([]float64{0, 1, 2, 3, 4, 5, 6}, []float64{0, 1, 4, 9, 16, 25, 36}, "C1--", Label("$n^2$")))
		return f
	},
	"band": func(t testing.TB) *Figure {
		f := figure(t, 1, 1)
		var x, lo, mid, hi []float64
		for k := range 200 {
			s := float64(k) / 200
			x, mid = append(x, s), append(mid, math.Exp(-3*s))
			lo, hi = append(lo, math.Exp(-3*s)-0.1*s-0.02), append(hi, math.Exp(-3*s)+0.1*s+0.02)
		}
		must(t, f.Band(units.NewArray(x, second), lo, hi, Color("C0"), Label("spread")), f.Plot(units.NewArray(x, second), mid, "C0", Label("mean")),
			f.Text(units.New(0.6, second), 0.6, `decay with $\tau = \frac{1}{3}$ s`, Align("center"), Arrow(units.New(0.36, second), 0.36)))
		return f
	},
	"markers": func(t testing.TB) *Figure {
		f := figure(t, 1, 1)
		for k, m := range []string{".", "o", "|", "x", "+", "s", "^", "v", "d", "D", "*"} {
			var x, y []float64
			for n := range 12 {
				x, y = append(x, float64(n)), append(y, float64(k)+0.3*math.Sin(float64(n)))
			}
			must(t, f.Plot(x, y, m, Label("marker "+m)))
		}
		f.Grid()
		return f
	},
	"log": func(t testing.TB) *Figure {
		f := figure(t, 1, 2)
		var x, y []float64
		for k := range 60 {
			x, y = append(x, math.Pow(10, -3+float64(k)/10)), append(y, math.Pow(10, 2-float64(k)/20))
		}
		for _, p := range f.Axes() {
			must(t, p.Plot(x, y, "o-"))
		}
		f.Axes()[0].LogX()
		f.Axes()[0].LogY()
		return f
	},
	"connectivity": func(t testing.TB) *Figure {
		r := rand.New(rand.NewPCG(7, 8))
		var i, j []int
		var w []float64
		for s := range 20 {
			for d := range 30 {
				if r.Float64() < 0.15 {
					i, j, w = append(i, s), append(j, d), append(w, r.Float64()*1e-9)
				}
			}
		}
		f, err := Connectivity(i, j, 20, 30, Values(Named("w", units.NewArray(w, amp))))
		must(t, err)
		return f
	},
	"grid": func(t testing.TB) *Figure {
		f := figure(t, 2, 2, ShareX(), ShareY())
		for k, p := range f.Axes() {
			times, volts, _ := lif(400 + 200*k)
			must(t, p.Plot(Named("time", times), Named("Vm", volts)))
			p.Title([]string{"Hodgkin–Huxley", "AdEx", "leaky", "rate model"}[k])
		}
		return f
	},
	"steps": func(t testing.TB) *Figure {
		f := figure(t, 1, 1)
		times, volts, _ := lif(300)
		other := make([]float64, 300)
		for k := range other {
			other[k] = -0.065 + 0.00001*float64(k)
		}
		must(t, f.Plot(Named("time", times), Named("Vm", volts), Step()), f.Plot(Named("time", times), Named("V_th", units.NewArray(other, volt))))
		return f
	},
}

func TestEveryKindIsDrawnAsSVGAndPNG(t *testing.T) {
	dir := os.Getenv("GALLERY") // where to leave the pictures for a person to look at
	for name, draw := range gallery {
		t.Run(name, func(t *testing.T) {
			f := draw(t)
			svg, png := f.SVG(), f.PNG()
			checkSVG(t, svg)
			checkPNG(t, f, png)
			if dir != "" {
				must(t, os.WriteFile(filepath.Join(dir, name+".svg"), svg, 0o644), os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
			}
		})
	}
}
