package engine

import (
	"math"
	"testing"
)

func close15(a, b float64) bool { return math.Abs(a-b) <= 4e-15*math.Max(math.Abs(a), math.Abs(b)) }

func TestPropagatorOfALeakyMembraneWithASynapticCurrentIsTheClosedForm(t *testing.T) {
	const g, c, tau, dt = 10e-9, 200e-12, 5e-3, 0.1e-3
	power, integral := Propagator([]float64{-g / c, 1 / c, 0, -1 / tau}, 2, dt)
	a, b := g/c, 1/tau
	want := []float64{math.Exp(-a * dt), (math.Exp(-b*dt) - math.Exp(-a*dt)) / c / (a - b), 0, math.Exp(-b * dt)}
	for k := range want {
		if math.Abs(power[k]-want[k]) > 2e-14*math.Abs(want[k]) {
			t.Errorf("P[%d] = %.17g, want %.17g", k, power[k], want[k])
		}
	}
	if !close15(integral[0], -math.Expm1(-a*dt)/a) || !close15(integral[3], -math.Expm1(-b*dt)/b) {
		t.Errorf("integral %v", integral)
	}
}

func TestPropagatorWithEqualTimeConstantsIsTheAlphaFunction(t *testing.T) {
	const tau, dt = 3e-3, 0.2e-3
	power, _ := Propagator([]float64{-1 / tau, 1 / tau, 0, -1 / tau}, 2, dt)
	if want := dt / tau * math.Exp(-dt/tau); !close15(power[1], want) {
		t.Errorf("P[0,1] = %.17g, want %.17g", power[1], want)
	}
}

func TestPropagatorOfAnOscillatorRotates(t *testing.T) {
	const omega, dt = 400.0, 1e-3
	power, integral := Propagator([]float64{0, omega, -omega, 0}, 2, dt)
	if !close15(power[0], math.Cos(omega*dt)) || !close15(power[1], math.Sin(omega*dt)) || !close15(integral[0], math.Sin(omega*dt)/omega) {
		t.Errorf("P = %v, integral = %v", power, integral)
	}
}

func TestPropagatorOfAZeroMatrixIsTheIdentity(t *testing.T) {
	power, integral := Propagator([]float64{0}, 1, 0.1e-3)
	if power[0] != 1 || integral[0] != 0.1e-3 {
		t.Errorf("P = %v, integral = %v", power, integral)
	}
}

func TestPropagatorStaysExactOverManySteps(t *testing.T) {
	const g, c, dt = 10e-9, 200e-12, 0.1e-3
	power, _ := Propagator([]float64{-g / c}, 1, dt)
	v := 1.0
	for range 1000 {
		v *= power[0]
	}
	if want := math.Exp(-g / c * 0.1); math.Abs(v-want) > 3e-13*want {
		t.Errorf("after 1000 steps %.17g, want %.17g", v, want)
	}
}

func TestAStepBelongsToTheNearestTimeWithinATenThousandthElseTheNext(t *testing.T) {
	const dt = 0.1e-3
	for _, c := range []struct {
		t    float64
		want int64
	}{{0, 0}, {0.05e-3, 1}, {0.1e-3, 1}, {0.2e-3, 2}, {100e-3, 1000}, {0.100000001e-3, 1}, {0.1001e-3, 2}} {
		if got := StepAt(c.t, dt); got != c.want {
			t.Errorf("StepAt(%g) = %d, want %d", c.t, got, c.want)
		}
	}
}
