package plotting

import (
	"math"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// thousand is the plot that the speed of the package is measured by: a trace of 1000 points with units and a legend.
func thousand(t testing.TB) *Figure {
	t.Helper()
	times, volts := make([]float64, 1000), make([]float64, 1000)
	for k := range times {
		times[k] = float64(k) * 1e-4
		volts[k] = -0.07 + 0.015*(1-math.Exp(-math.Mod(times[k], 0.0123)/0.005))
	}
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Plot(units.NewArray(times, units.Second.Dim()), Named("Vm", units.NewArray(volts, units.Volt.Dim())), Label("neuron 0")); err != nil {
		t.Fatal(err)
	}
	return f
}

func BenchmarkSVG(b *testing.B) {
	f := thousand(b)
	for b.Loop() {
		f.SVG()
	}
}

func BenchmarkPNG(b *testing.B) {
	f := thousand(b)
	for b.Loop() {
		f.PNG()
	}
}
