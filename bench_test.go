package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
)

// bench runs golgi bench with a hundred neurons and gives its line.
func bench(t *testing.T, name string, seconds float64, flags ...string) map[string]any {
	t.Helper()
	args := append([]string{"bench", name, "-n", "100", "-t", fmt.Sprint(seconds)}, flags...)
	stdout, stderr, status := golgi(t, t.TempDir(), args...)
	if status != 0 || stderr != "" {
		t.Fatalf("bench %s: status %d, %s", name, status, stderr)
	}
	var line map[string]any
	if err := json.Unmarshal([]byte(stdout), &line); err != nil {
		t.Fatalf("bench %s printed %q: %v", name, stdout, err)
	}
	return line
}

func TestEveryBenchFiresAsItsEquationsSay(t *testing.T) {
	// The inputs of stdp and poisson spike at 15 Hz: 100 of them 30 times in 20 ms; four standard deviations around it.
	few, many := 30-4*math.Sqrt(30), 30+4*math.Sqrt(30)
	for _, c := range []struct {
		name        string
		seconds     float64
		least, most float64
		because     string
	}{
		{"cuba", 0.004, 1, 100, "the highest of 100 starts at about -50.1 mV and needs 2 ms; then all rest for 5 ms"},
		{"cuba", 0.009, 1, 200, "two spikes of a neuron are 5 ms apart"},
		{"cobahh", 0.01, 1, 400, "some start with 50 nS of excitation and hardly any inhibition; two spikes of a neuron are 3 ms apart"},
		{"hh", 0.02, 10, 700, "0.7 nA loads 200 pF by 3.5 mV in a ms: half of the neurons fire within 20 ms; 3 ms apart"},
		{"hh", 0.001, 0, 0, "3.5 mV in a ms do not lead from -60 mV to a spike"},
		{"brunel", 0.012, 0, 0, "the mean is 25 - 15*exp(-0.6) = 16.8 mV, five deviations of 0.6 mV below the threshold"},
		{"brunel", 0.03, 1, 200, "without inhibition the mean reaches 20 mV after 20*ln 3 = 22 ms"},
		{"stdp", 0.02, few, many, "Poisson"},
		{"poisson", 0.02, few, many, "Poisson"},
		{"synapses", 0.001, 0, 0, "v starts at 0 and nothing moves it"},
		{"synapses-weights", 0.001, 0, 0, "as synapses"},
		{"cuba-weights", 0.009, 1, 200, "as cuba"},
		{"cuba-delays", 0.0065, 1, 100, "as cuba: what synapses do comes in later than the first spikes"},
		{"cuba-thresholds", 0.009, 1, 200, "as cuba"},
		{"cuba-recorded", 0.009, 1, 200, "as cuba"},
		{"cuba-drive", 0.009, 1, 200, "as cuba: the input is positive for 25 ms"},
		{"cuba-random", 0.009, 1, 200, "as cuba"},
	} {
		if n := bench(t, c.name, c.seconds)["spikes"].(float64); n < c.least || n > c.most {
			t.Errorf("%s for %v s: %v spikes, want %.0f to %.0f: %s", c.name, c.seconds, n, c.least, c.most, c.because)
		}
	}
}

func TestABenchLineHasTheKeysOfTheOtherSimulators(t *testing.T) {
	line := bench(t, "cuba", 0.002)
	want := strings.Fields("N T build_model case compile connect first_run imported peak_mb process run seed simulator spikes synapses target threads version")
	if keys := slices.Sorted(maps.Keys(line)); !slices.Equal(keys, want) {
		t.Errorf("the keys are %v, want %v", keys, want)
	}
	if line["N"] != 100.0 || line["T"] != 0.002 || line["case"] != "cuba" || line["simulator"] != "golgi" || line["threads"] != 1.0 {
		t.Errorf("the line says %v", line)
	}
	seconds := func(key string) float64 { return line[key].(float64) }
	for _, key := range []string{"build_model", "connect", "compile", "run", "synapses", "peak_mb"} {
		if !(seconds(key) > 0) {
			t.Errorf("%s is %v", key, line[key])
		}
	}
	if sum := seconds("build_model") + seconds("compile") + seconds("run"); math.Abs(seconds("process")-sum) > 1e-5 {
		t.Errorf("process is %v, the sum of its parts %v", line["process"], sum)
	}
}

func TestABenchThatRunsTwiceSaysHowLongTheSecondTook(t *testing.T) {
	if second, found := bench(t, "poisson", 0.001, "-twice")["second_run"].(float64); !found || !(second > 0) {
		t.Errorf("second_run is %v", second)
	}
}

func TestABenchLineNamesAForcedBackend(t *testing.T) {
	for _, backend := range []string{"vm", "eval"} {
		if line := bench(t, "poisson", 0.001, "-backend", backend); line["target"] != backend {
			t.Errorf("-backend %s: the target is %v", backend, line["target"])
		}
		t.Setenv("GOLGI_BACKEND", backend)
		if line := bench(t, "poisson", 0.001); line["target"] != backend {
			t.Errorf("GOLGI_BACKEND=%s: the target is %v", backend, line["target"])
		}
	}
}

func TestAForcedBackendComputesTheSame(t *testing.T) {
	if vm, eval := bench(t, "cuba", 0.02, "-backend", "vm"), bench(t, "cuba", 0.02, "-backend", "eval"); vm["spikes"] != eval["spikes"] || vm["spikes"] == 0.0 {
		t.Errorf("vm: %v spikes, eval: %v", vm["spikes"], eval["spikes"])
	}
}

func TestThreadsChangeNoSpike(t *testing.T) {
	one, two := bench(t, "cuba", 0.02, "-threads", "1"), bench(t, "cuba", 0.02, "-threads", "2")
	if two["threads"] != 2.0 || one["spikes"] != two["spikes"] || one["spikes"] == 0.0 {
		t.Errorf("one thread: %v spikes, %v threads: %v", one["spikes"], two["threads"], two["spikes"])
	}
}

func TestASeedChangesTheSpikesAndRepeatsThem(t *testing.T) {
	spikes := func(seed string) any { return bench(t, "poisson", 0.1, "-seed", seed)["spikes"] }
	if one, again := spikes("1"), spikes("1"); one != again {
		t.Errorf("seed 1 gives %v spikes and then %v", one, again)
	}
	if one, two, three := spikes("1"), spikes("2"), spikes("3"); one == two && two == three {
		t.Errorf("three seeds give %v spikes", one)
	}
}

// spikeTimes are those of a case with 400 neurons in 50 ms [s].
func spikeTimes(t *testing.T, name string) []float64 {
	t.Helper()
	b, err := findBench(name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := newModel(400, execution{threads: 1, seed: usualSeed})
	if err != nil {
		t.Fatal(err)
	}
	monitor := b.build(m)
	if m.err != nil {
		t.Fatal(m.err)
	}
	if _, _, err := m.run(0.05); err != nil {
		t.Fatal(err)
	}
	times, err := monitor.Read("t")
	if err != nil || times.Len() == 0 {
		t.Fatalf("%s has %d spikes, %v", name, times.Len(), err)
	}
	return times.SI()
}

// The changes of cuba are there: otherwise a variant is measured that differs from cuba in name only.
func TestVariantsOfCubaDifferFromIt(t *testing.T) {
	cuba := spikeTimes(t, "cuba")
	for _, name := range []string{"cuba-weights", "cuba-delays", "cuba-thresholds", "cuba-drive", "cuba-random"} {
		if slices.Equal(spikeTimes(t, name), cuba) {
			t.Errorf("%s spikes when cuba does", name)
		}
	}
	if !slices.Equal(spikeTimes(t, "cuba-recorded"), cuba) {
		t.Error("recording changes the spikes")
	}
}

func TestTheUsualSizesAreThoseOfTheOtherSimulators(t *testing.T) {
	var sizes []string
	for _, b := range benchCases {
		sizes = append(sizes, fmt.Sprint(b.name, b.neurons, " ", b.seconds))
		if err := b.check(); err != nil {
			t.Errorf("the usual size is refused: %v", err)
		}
	}
	want := "cuba4000 1, cobahh4000 1, brunel5000 1, stdp1000 10, synapses20000 0.001, synapses-weights20000 0.001, hh4000 1, poisson10000 1, " +
		"cuba-weights4000 1, cuba-delays4000 1, cuba-thresholds4000 1, cuba-recorded4000 1, cuba-drive4000 1, cuba-random4000 1"
	if got := strings.Join(sizes, ", "); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

func TestTheFewestNeuronsOfABenchRun(t *testing.T) {
	for _, b := range benchCases {
		b.neurons, b.seconds = b.least, 1e-3
		if _, err := b.measure(execution{threads: 1}); err != nil {
			t.Errorf("%s with %d: %v", b.name, b.least, err)
		}
	}
}

func TestWrongBenchesAreRefused(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"cubba", `found the case "cubba", expected one of cuba, cobahh, brunel, stdp, synapses, synapses-weights, hh, poisson, cuba-weights, cuba-delays, cuba-thresholds, cuba-recorded, cuba-drive, cuba-random; did you mean ` + "`golgi bench cuba`?"},
		{"everything", "expected one of cuba"},
		{"", "found 0 arguments, expected 1"},
		{"cuba -n 1", "found -n 1, expected 2 to 1000000"},
		{"stdp -n 0", "found -n 0, expected 1 to 1000000"},
		{"poisson -n 1000001", "found -n 1000001, expected 1 to 1000000"},
		{"hh -n many", `"many" for flag -n`},
		{"hh -t 0", "found -t 0, expected a number of seconds above 0"},
		{"hh -t -1", "found -t -1"},
		{"hh -t NaN", "found -t NaN"},
		{"hh -t Inf", "found -t +Inf"},
		{"cuba-weight", "did you mean `golgi bench cuba-weights`?"},
		{"hh -threads 0", "found -threads 0, expected 1 or more"},
		{"hh -threads 1000", "-threads: Threads: found 1000, expected 1 to 256"},
		{"hh -threads two", `"two" for flag -threads`},
		{"hh -backend fast", "found -backend fast, expected one of native, vm, eval"},
		{"hh -seed x", `"x" for flag -seed`},
	} {
		stdout, stderr, status := golgi(t, t.TempDir(), append([]string{"bench"}, strings.Fields(c.args)...)...)
		if status != 2 || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("bench %s: status %d, printed %q and %q, want %q", c.args, status, stdout, stderr, c.says)
		}
	}
}
