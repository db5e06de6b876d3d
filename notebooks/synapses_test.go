package notebooks_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/notebooks"
)

// synapses are the rows of the second part. Numbers without a remark were computed with Brian 2.
var synapses = []row{
	{"a synaptic current: peak", "peak", list("peak", "-62.12556301 mV", "step 91 ends", "0 spikes")},
	{"a synaptic current: voltage after 100 ms", "end-voltage", list("[-69.88770092] mV")},
	{"a synaptic current: current after 100 ms", "end-current", list("[1.03057681] aA")}, // 0.5 nA times exp(-20)
	{"a synaptic current: theory of the peak", "peak-theory", list("9.24196241 ms")},     // 20/3 ms times log(4)
	{"a synaptic current: picture", "current", list(`"I_syn (nA)" against`, `"Vm (mV)" against`)},
	{"a wrong unit", "wrong-unit", list("w has unit amp, but Vm has unit volt")},
	{"all to all", "all", list("100")}, // 10 times 10
	{"one to one", "one", list("10")},
	{"a weight by text", "at", list("13.17985691 pA")}, // 50 exp(-4/3)
	{"weights: picture", "weights", list(`"w (pA)" against "target"`)},
	{"balance: one side", "balance", list("1.25 nA")},                       // 5 kHz * 50 pA * 5 ms
	{"balance: expected deviation", "balance", list("expected 250 pA")},     // 50 pA * sqrt(10 kHz * 5 ms / 2)
	{"many inputs: expected mean", "many", list("expected 100 pA")},         // 20 kHz * 1 pA * 5 ms
	{"many inputs: standard error", "many", list("error 2.23606798 pA")},    // 5 fC * sqrt(20 kHz / 100 ms)
	{"many inputs: expected spread", "input", list("spread 0.70710678 pA")}, // 5 fC * sqrt(20 kHz / 1 s)
	{"many inputs: mean in steps", "bias", list("101.00333331 pA")},         // 2 pA / (1 - exp(-1/50))
	{"the jump of the delta synapse", "three", list("5 mV")},                // 0.2 nA * 5 ms / 200 pF
	{"three models: integrators", "three", list(`"exact"`, `"euler"`)},
	{"three models: picture", "three-run", list(`"Vm (mV)" against "time (ms)"`)},
	// From rest a jump of 5 mV; the peak of the synaptic current with 0.2 nA in place of 0.5 nA, 7.87443699 mV times 0.4.
	{"three models: peaks", "areas", list("peak -65 mV", "peak -66.8502252 mV")},
}

const synapsePictures = "current poisson counts all-run one one-run weights halves-run many input three-run strong"

func TestTheCourseOfSynapsesShowsTheNumbersOfBrianAndOfTheory(t *testing.T) {
	nb := course(t, "02-synapses.ipynb")
	runCourse(t, nb)
	checkSynapses(t, nb)
}

func TestTheCourseOfSynapsesSurvivesCellsRunTwice(t *testing.T) {
	nb := course(t, "02-synapses.ipynb")
	var cells []*notebooks.Cell
	for _, c := range nb.Cells {
		cells = append(cells, c)
		if makesObjects(c.Source()) {
			cells = append(cells, c)
		}
	}
	if len(cells) < len(nb.Cells)+10 {
		t.Fatalf("found %d cells that make objects, expected more", len(cells)-len(nb.Cells))
	}
	nb.Cells = cells
	runCourse(t, nb)
	checkSynapses(t, nb)
}

func TestEveryRowOfSynapsesNamesCellsOfTheNotebook(t *testing.T) {
	all := strings.Join(ids(course(t, "02-synapses.ipynb")), " ")
	for _, r := range synapses {
		if wordsAt(all, r.cells) < 0 {
			t.Errorf("%s: the notebook has no cell %q", r.step, r.cells)
		}
	}
}

// checkSynapses holds the outputs of the second part against its rows, against statistics and against an integration
// of its own.
func checkSynapses(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	for _, r := range synapses {
		checkRow(t, nb, r)
	}
	for _, id := range strings.Fields(synapsePictures) {
		if kinds := picturesOf(nb, id); kinds != "image/png image/svg+xml" {
			t.Errorf("cell %s: found the pictures %q, expected one PNG and one SVG", id, kinds)
		}
	}
	checkSeeds(t, nb)
	checkSum(t, nb)
	checkStatistics(t, nb)
	checkAreas(t, nb)
	checkConductance(t, nb)
}

// checkRow holds the outputs of a row's cell against its texts.
func checkRow(t *testing.T, nb *notebooks.Notebook, r row) {
	t.Helper()
	shown := text(nb, r.cells)
	rest := shown
	for _, want := range r.shown {
		at := wordsAt(rest, want)
		if at < 0 {
			t.Errorf("%s: found\n%s\nexpected %q in it, in the order of %q", r.step, shown, want, r.shown)
			return
		}
		rest = rest[at:]
	}
}

func text(nb *notebooks.Notebook, id string) string {
	return strings.Join(shownBy(nb, []string{id}), "\n")
}

// checkSeeds: the same seed gives the same spikes, in the cell that repeats itself and in the one above; another seed
// gives others.
func checkSeeds(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	first := regexp.MustCompile(`\[.*\]`).FindString(text(nb, "poisson"))
	repeated := regexp.MustCompile(`\[.*\]`).FindAllString(text(nb, "repeat"), -1)
	if len(repeated) != 3 || repeated[0] != first || repeated[1] != first || repeated[2] == first {
		t.Errorf("seeds 1, 1, 1, 2: found the counts %s and %s", first, repeated)
	}
	var sum float64
	counts := strings.Fields(strings.Trim(first, "[]"))
	for _, word := range counts {
		n, err := strconv.Atoi(word)
		if err != nil {
			t.Fatalf("found the counts %q, expected whole numbers", first)
		}
		sum += float64(n)
	}
	if len(counts) != 10 {
		t.Errorf("found %d counts, expected 10", len(counts))
	}
	within(t, "spikes of ten neurons", sum, 100, 4*math.Sqrt(100))
}

// checkSum: the current is the sum of what the spikes left.
func checkSum(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	// Run twice, the cell has forgotten the spikes of the first 100 ms, of which exp(-20) is left, and
	// eight decimals are shown, perhaps of a nanoampere.
	simulated := number(t, nb, "sum", "simulated:")
	within(t, "the sum over spikes, in pA", number(t, nb, "sum", "summed:"), simulated, 1.5e-5)
	if simulated < 10 {
		t.Errorf("found the current %v pA, expected one that spikes have made", simulated)
	}
}

// checkStatistics allows four standard errors.
func checkStatistics(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	// The counts of 4000 neurons are binomial: 1000 steps, 1 in 100. A variance from n counts has the relative
	// standard error sqrt(2/n), for these are nearly normal.
	within(t, "mean count", number(t, nb, "counts", "mean"), 10, 4*math.Sqrt(9.9/4000))
	within(t, "variance of counts", number(t, nb, "counts", "variance"), 9.9, 4*9.9*math.Sqrt(2.0/4000))

	// Charges of 250 fC come with 10 kHz for 2 s, with either sign.
	within(t, "balanced mean, in pA", number(t, nb, "balance", "mean current"), 0, 4*0.25*math.Sqrt(10e3/2))
	// The square of such a current forgets itself after 2.5 ms: 2 s hold about 400 independent values.
	within(t, "balanced deviation, in pA", number(t, nb, "balance", "standard deviation"), 250, 4*250*math.Sqrt(1.0/(2*400)))

	// In steps of dt the mean is w*rate*dt/(1 - exp(-dt/tau)); w*tau is 5 fC.
	mean := 2 / -math.Expm1(-0.02)
	within(t, "mean of many, in pA", number(t, nb, "many", "mean current"), mean, 4*5e-3*math.Sqrt(20e3/0.1))
	spread := 5e-3 * math.Sqrt(20e3)
	within(t, "mean of PoissonInput, in pA", number(t, nb, "input", "mean of all"), mean, 4*spread/math.Sqrt(400))
	within(t, "spread of PoissonInput, in pA", number(t, nb, "input", "spread of the means"), spread, 4*spread/math.Sqrt(2*400))
}

// checkAreas: the areas of linear synapses are sums of geometric series. A spike at 20 ms acts on the samples from
// 20.1 ms to 119.9 ms; n counts from the first of them.
func checkAreas(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	a, b := math.Exp(-0.1/20), math.Exp(-0.1/5)
	series := func(q float64) float64 { return (1 - math.Pow(q, 999)) / (1 - q) }
	delta := 5 * series(a) * 0.1
	current := 20.0 * 5 / 15 * (series(a) - series(b)) * 0.1 // mV ms, from 0.2 nA on 0.2 nF
	for k, want := range []float64{delta, current} {
		within(t, "area of a PSP, in mV ms", areas(t, nb)[k], want, 0.0051)
	}
}

func areas(t *testing.T, nb *notebooks.Notebook) []float64 {
	t.Helper()
	var list []float64
	for _, found := range regexp.MustCompile(`area (\S+) mV ms`).FindAllStringSubmatch(text(nb, "areas"), -1) {
		list = append(list, parsed(t, found[1]))
	}
	if len(list) != 3 {
		t.Fatalf("found the areas %v, expected three", list)
	}
	return list
}

// checkConductance holds the third model, which has no closed form, against small steps of Heun's method. The cell's
// Euler steps of 0.1 ms may differ by their own error.
func checkConductance(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	peaks := regexp.MustCompile(`peak (\S+) mV`).FindAllStringSubmatch(text(nb, "areas"), -1)
	if len(peaks) != 3 {
		t.Fatalf("found %q, expected three peaks", text(nb, "areas"))
	}
	peak, area := conductancePSP(0.2/70, 100)
	within(t, "peak of the conductance, in mV", parsed(t, peaks[2][1]), peak, 0.02)
	within(t, "area of the conductance, in mV ms", areas(t, nb)[2], area, 0.2)

	highest := regexp.MustCompile(`conductance (\S+) mV`).FindStringSubmatch(text(nb, "strong"))
	if highest == nil {
		t.Fatalf("found %q, expected the highest voltages", text(nb, "strong"))
	}
	high, _ := conductancePSP(2.0/70, 130, 100, 110, 120, 130)
	within(t, "highest of the strong conductance, in mV", parsed(t, highest[1]), high, 0.3)
	if strong := text(nb, "strong"); wordsAt(strong, "delta "+jumps(50, 0, 100, 110, 120, 130)+" mV") < 0 {
		t.Errorf("found %q, expected the delta synapse to reach %s mV", strong, jumps(50, 0, 100, 110, 120, 130))
	}
}

// conductancePSP gives the highest voltage [mV] and the area above rest [mV ms] of a neuron with C 0.2 nF, g_L 0.01 uS
// and E_leak -70 mV whose synapse (E_syn 0 mV, 5 ms) opens by G [uS] at time 0 and at the other times [ms], within
// the end [ms].
func conductancePSP(G, end float64, spikes ...float64) (peak, area float64) {
	const dt = 0.001
	v, g := -70.0, G
	slope := func(v, g float64) float64 { return (0.01*(-70-v) - g*v) / 0.2 }
	decay := math.Exp(-dt / 5)
	peak = v
	next := 0
	for n := 0; float64(n)*dt < end+20*float64(min(len(spikes), 1)); n++ {
		if next < len(spikes) && float64(n)*dt >= spikes[next]-dt/2 {
			g += G
			next++
		}
		k := slope(v, g)
		g *= decay
		v += dt / 2 * (k + slope(v+dt*k, g))
		peak = max(peak, v)
		area += dt * (v + 70)
	}
	return peak, area
}

// jumps gives, as a cell prints it, the voltage [mV] after the last of the jumps at these times [ms] from -70 mV, each
// decaying with 20 ms.
func jumps(height float64, times ...float64) string {
	v := -70.0
	for _, at := range times {
		v += height * math.Exp((at-times[len(times)-1])/20)
	}
	return strings.TrimRight(strconv.FormatFloat(v, 'f', 8, 64), "0")
}

// number gives the number after a name in the text of a cell, in pA where it is a current.
func number(t *testing.T, nb *notebooks.Notebook, id, name string) float64 {
	t.Helper()
	found := regexp.MustCompile(name + ` +(\S+)(?: ([fpn]A))?`).FindStringSubmatch(text(nb, id))
	if found == nil {
		t.Errorf("cell %s: found %q, expected a number after %q", id, text(nb, id), name)
		return math.NaN()
	}
	scale := map[string]float64{"": 1, "fA": 1e-3, "pA": 1, "nA": 1e3}[found[2]]
	return parsed(t, found[1]) * scale
}

func parsed(t *testing.T, word string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(word, 64)
	if err != nil {
		t.Errorf("found %q, expected a number", word)
		return math.NaN()
	}
	return x
}

func within(t *testing.T, what string, found, expected, bound float64) {
	t.Helper()
	if !(math.Abs(found-expected) <= bound) {
		t.Errorf("%s: found %v, expected %v within %v", what, found, expected, bound)
	}
}
