package engine

import (
	"math"
	"slices"
	"testing"
)

// gapGroup is a group of inputs with given rates, of a step of 1 s, so that a rate is a chance.
type gapGroup struct {
	*Gaps
	rates, last []float64
	writes      int
	state       GapState
}

func newGapGroup(t *testing.T, key uint64, rates ...float64) *gapGroup {
	t.Helper()
	g := &gapGroup{rates: rates, last: make([]float64, len(rates))}
	g.build(t, key, 1)
	return g
}

// build begins a run.
func (g *gapGroup) build(t *testing.T, key uint64, dt float64) {
	t.Helper()
	var err error
	if g.Gaps, err = NewGaps(evaluate{}, g.rates, g.last, dt, key, &g.state); err != nil {
		t.Fatal(err)
	}
	g.Spikes, g.Writes = &Spikes{}, Writes{&g.writes}
}

// run takes steps and lists the rows that spiked in each.
func (g *gapGroup) run(t *testing.T, from, until int64) (steps [][]int32) {
	t.Helper()
	for c := (&Clock{Dt: 1, Step: from}); c.Step < until; c.Step++ {
		g.Do(c)
		for k, row := range g.Spikes.Rows {
			if k > 0 && g.Spikes.Rows[k-1] >= row {
				t.Fatalf("step %d: rows %v do not ascend", c.Step, g.Spikes.Rows)
			}
			if g.last[row] != c.Time() {
				t.Fatalf("step %d: the last spike of row %d is at %v", c.Step, row, g.last[row])
			}
		}
		steps = append(steps, slices.Clone(g.Spikes.Rows))
	}
	return steps
}

func counts(steps [][]int32, rows int) []int {
	n := make([]int, rows)
	for _, spikes := range steps {
		for _, row := range spikes {
			n[row]++
		}
	}
	return n
}

func TestGapsSpikeWithTheChanceOfTheirRow(t *testing.T) {
	rates := []float64{0, -1, math.NaN(), 1, 1.5, math.Inf(1), 0.001, 0.02, 0.02, 0.5, 0.9, 0.999, 1e-7}
	const steps = 5000
	for row, n := range counts(newGapGroup(t, 5, rates...).run(t, 0, steps), len(rates)) {
		p := min(rates[row], 1)
		if !(p > 0) {
			p = 0
		}
		if off := math.Abs(float64(n) - steps*p); off > 4*math.Sqrt(steps*p*(1-p)) {
			t.Errorf("rate %v: %d spikes, expected %v", rates[row], n, steps*p)
		}
	}
}

// chiSquare is the distance of counts from what is expected, in standard deviations of the sum.
func chiSquare(counts []int, expected []float64) float64 {
	sum := 0.0
	for k, e := range expected {
		sum += (float64(counts[k]) - e) * (float64(counts[k]) - e) / e
	}
	freedom := float64(len(counts) - 1)
	return (sum - freedom) / math.Sqrt(2*freedom)
}

func TestGapsHaveAGeometricDistribution(t *testing.T) {
	for _, p := range []float64{0.03, 0.4, 0.95} {
		const rows = 100
		steps := int(300 / p)
		g := newGapGroup(t, 9, slices.Repeat([]float64{p}, rows)...)
		last := slices.Repeat([]int{-1}, rows)
		cells := min(int(3/p)+2, 60)
		found, total := make([]int, cells), 0
		for step, spikes := range g.run(t, 0, int64(steps)) {
			for _, row := range spikes {
				if step < steps*9/10 { // gaps that begin late would be missing when they are long
					if last[row] >= 0 {
						found[min(step-last[row]-1, cells-1)]++
						total++
					}
					last[row] = step
				}
			}
		}
		expected := make([]float64, cells)
		for k := range expected {
			expected[k] = float64(total) * p * math.Pow(1-p, float64(k))
		}
		expected[cells-1] /= p // and all longer ones
		if z := chiSquare(found, expected); math.Abs(z) > 4 {
			t.Errorf("chance %v: chi square %v standard deviations from its mean\n%v\n%.0f", p, z, found, expected)
		}
	}
}

func TestGapsOfRowsAndStepsAreIndependent(t *testing.T) {
	const rows, steps, p = 100, 8000, 0.05
	total := make([]float64, 0, steps)
	for _, spikes := range newGapGroup(t, 3, slices.Repeat([]float64{p}, rows)...).run(t, 0, steps) {
		total = append(total, float64(len(spikes))-rows*p)
	}
	variance := rows * p * (1 - p)
	for further := range 4 {
		sum := 0.0
		for k := range steps - further {
			sum += total[k] * total[k+further] / variance / steps
		}
		want, tolerance := 0.0, 4/math.Sqrt(steps)
		if further == 0 { // the variance itself is that of a sum of independent rows
			want, tolerance = 1, 4*math.Sqrt(2.0/steps)
		}
		if math.Abs(sum-want) > tolerance {
			t.Errorf("%d steps further: correlation %v, expected %v", further, sum, want)
		}
	}
}

func TestGapsGoOnWhereTheyStopped(t *testing.T) {
	rates := []float64{0.1, 0.02, 0.7, 1, 0}
	whole := newGapGroup(t, 1, rates...).run(t, 3, 500)
	parts := newGapGroup(t, 1, rates...)
	steps := parts.run(t, 3, 200)
	parts.build(t, 1, 1)
	steps = append(steps, parts.run(t, 200, 201)...)
	parts.build(t, 1, 1)
	steps = append(steps, parts.run(t, 201, 500)...)
	if !slices.EqualFunc(whole, steps, slices.Equal[[]int32]) {
		t.Error("the parts differ from the whole")
	}
}

func TestGapsDrawAnewWhereARateChangedAndNowhereElse(t *testing.T) {
	rates := []float64{0.1, 0.1, 0.1}
	whole := newGapGroup(t, 1, slices.Clone(rates)...).run(t, 0, 2000)
	g := newGapGroup(t, 1, rates...)
	steps := g.run(t, 0, 1000)
	g.rates[1] = 1
	g.writes++
	steps = append(steps, g.run(t, 1000, 1010)...)
	g.rates[1] = 0
	g.writes++
	steps = append(steps, g.run(t, 1010, 2000)...)
	for step, spikes := range steps {
		changed := slices.Contains(spikes, 1)
		switch {
		case step < 1000 && changed != slices.Contains(whole[step], 1):
			t.Fatalf("step %d differs before the change", step)
		case step >= 1000 && changed != (step < 1010):
			t.Fatalf("step %d: the row with the new rate spikes is %v", step, changed)
		}
		for _, row := range []int32{0, 2} {
			if slices.Contains(spikes, row) != slices.Contains(whole[step], row) {
				t.Fatalf("step %d: row %d, whose rate did not change, differs", step, row)
			}
		}
	}
}

func TestGapsOfAnotherKeyOrStepAreDrawnAnew(t *testing.T) {
	const rows = 2000
	for name, begin := range map[string]func(*gapGroup){
		"key":  func(g *gapGroup) { g.build(t, 2, 1) },
		"step": func(g *gapGroup) { g.build(t, 1, 0.5) },
	} {
		g := newGapGroup(t, 1, slices.Repeat([]float64{0.01}, rows)...)
		g.run(t, 0, 10)
		before := slices.Clone(g.state.Next)
		begin(g)
		p := 0.01 * g.state.Dt
		g.Do(&Clock{Dt: g.state.Dt, Step: 10})
		same := 0
		for row, next := range g.state.Next {
			if next == before[row] {
				same++
			}
		}
		if same > rows/50 {
			t.Errorf("another %s: %d of %d rows kept their spike", name, same, rows)
		}
		if n := float64(len(g.Spikes.Rows)); math.Abs(n-rows*p) > 4*math.Sqrt(rows*p) {
			t.Errorf("another %s: %v spikes in the first step, expected %v", name, n, rows*p)
		}
	}
}

// A row that is drawn anew and spikes at once draws its next gap with another number: else one spike would bring another.
func TestASpikeInTheStepOfANewDrawBringsNoOther(t *testing.T) {
	const rows, p = 20000, 0.1
	g := newGapGroup(t, 4, slices.Repeat([]float64{p}, rows)...)
	steps := g.run(t, 0, 2)
	both := 0
	for _, row := range steps[0] {
		if slices.Contains(steps[1], row) {
			both++
		}
	}
	n := float64(len(steps[0]))
	if math.Abs(float64(both)-n*p) > 4*math.Sqrt(n*p*(1-p)) {
		t.Errorf("%d of %v rows spike again, expected %v", both, n, n*p)
	}
}
