package plotting

import (
	"math"
	"os"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

func TestLook(t *testing.T) {
	ms := units.Millisecond.Dim()
	mv := units.Volt.Dim()
	var ts, vs, ws []float64
	for k := range 1000 {
		x := float64(k) * 1e-4
		ts = append(ts, x)
		v := -0.07 + 0.02*(1-math.Exp(-math.Mod(x, 0.0123)/0.005))
		vs = append(vs, v)
		ws = append(ws, -0.065+0.003*math.Sin(x*200))
	}
	f, _ := New()
	if err := f.Plot(Named("time", units.NewArray(ts, ms)), Named("Vm", units.NewArray(vs, mv)), Label(`$\tau_m$ = 10 ms`)); err != nil {
		t.Fatal(err)
	}
	f.Plot(units.NewArray(ts, ms), Named("Vm", units.NewArray(ws, mv)), "C1--", Label(`$V_{th}$ & <b>`), Width(2))
	f.HLines(units.New(-0.055, mv), "k:")
	f.Title(`Leaky neuron, $\tau_m = R_m C_m$, $x^2$`)
	os.WriteFile("/tmp/look/a.svg", f.SVG(), 0o644)
	os.WriteFile("/tmp/look/a.png", f.PNG(), 0o644)
	t.Log(f.String())
	t.Log(f.Describe())
}
