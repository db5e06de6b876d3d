package plotting

import (
	"math"
	"strings"
	"testing"
)

func labels(ticks []tick) string {
	var all []string
	for _, t := range ticks {
		if !t.minor {
			all = append(all, t.label.plain())
		}
	}
	return strings.Join(all, " ")
}

func TestTicksAreRoundNumbers(t *testing.T) {
	for _, c := range []struct {
		lo, hi, unit float64
		want         int
		labels       string
		power        int
	}{
		{0, 0.1, 1e-3, 6, "0 20 40 60 80 100", 0},
		{-0.07, -0.05, 1e-3, 5, "−70 −65 −60 −55 −50", 0},
		{-1, 1, 1, 4, "−1.0 −0.5 0.0 0.5 1.0", 0},
		{0, 0.3, 1, 6, "0.00 0.05 0.10 0.15 0.20 0.25 0.30", 0},
		{0, 1e-5, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0", -5},
		{0, 4e6, 1, 4, "0 1 2 3 4", 6},
		{1, 0, 1, 2, "0.0 0.5 1.0", 0},
		{0, 250000, 1, 5, "0 50000 100000 150000 200000 250000", 0},
	} {
		ticks, power := linearTicks(c.lo, c.hi, c.unit, 0, c.want)
		if got := labels(ticks); got != c.labels || power != c.power {
			t.Errorf("%g to %g: found %s with power %d, expected %s with %d", c.lo, c.hi, got, power, c.labels, c.power)
		}
	}
}

func TestTicksOfHopelessLimitsAreNone(t *testing.T) {
	for _, limits := range [][2]float64{{math.NaN(), 1}, {math.Inf(-1), math.Inf(1)}, {1, 1}, {1e300, math.Nextafter(1e300, 2e300)}, {-1e308, 1e308}} {
		if ticks, _ := linearTicks(limits[0], limits[1], 1, 0, 5); len(ticks) > 100 {
			t.Errorf("%v: found %d ticks", limits, len(ticks))
		}
	}
}

func TestLogarithmicTicksArePowersOfTen(t *testing.T) {
	if got, want := labels(logTicks(1e-3, 1e3, 1, 8)), "10−3 10−2 10−1 1 10 100 103"; got != want {
		t.Errorf("found %s, expected %s", got, want)
	}
	if got, want := labels(logTicks(1e-12, 1, 1, 4)), "10−12 10−9 10−6 10−3 1"; got != want {
		t.Errorf("found %s, expected %s", got, want)
	}
	if got, want := labels(logTicks(2, 8, 1, 4)), "2 4 6 8"; got != want {
		t.Errorf("found %s, expected %s", got, want)
	}
}

func TestEveryTickLiesWithinItsLimits(t *testing.T) {
	for k := range 2000 {
		lo := math.Sin(float64(k)) * math.Pow(10, float64(k%13-6))
		hi := lo + math.Pow(10, float64(k%7-3))*(1+math.Cos(float64(3*k)))
		if hi <= lo {
			continue
		}
		ticks, _ := linearTicks(lo, hi, 1, 0, 6)
		for _, tk := range ticks {
			if slack := 1e-8 * (hi - lo); tk.value < lo-slack || tk.value > hi+slack {
				t.Fatalf("%g to %g: found a tick at %g", lo, hi, tk.value)
			}
		}
		if len(ticks) > 8 {
			t.Fatalf("%g to %g: found %d ticks, expected about 6", lo, hi, len(ticks))
		}
	}
}
