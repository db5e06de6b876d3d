package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// mostNeurons bounds -n: the synapses of brunel, a thousand a neuron, have to be countable in 32 bits.
const mostNeurons = 1_000_000

// benchResult is what golgi bench prints: times in seconds of the wall clock, memory in MiB. The keys are those that a
// simulator which generates and compiles code fills too, so that the lines of several can stand in one table.
type benchResult struct {
	Simulator string  `json:"simulator"`
	Case      string  `json:"case"`
	Target    string  `json:"target"` // what executes the equations: GOLGI_BACKEND, or auto for the choice of golgi
	N         int     `json:"N"`
	T         float64 `json:"T"`       // simulated time [s]
	Threads   int     `json:"threads"` // 0 as the step uses none of its own
	Version   string  `json:"version"`
	Imported  float64 `json:"imported"`    // 0: there is nothing to load
	Build     float64 `json:"build_model"` // objects, synapses and initial values
	Compile   float64 `json:"compile"`     // planning: from the call of Run to its first step
	Process   float64 `json:"process"`     // build_model, compile and run together
	Run       float64 `json:"run"`         // the steps
	First     float64 `json:"first_run"`   // compile and run
	Spikes    int     `json:"spikes"`      // of the first run
	PeakMB    float64 `json:"peak_mb"`     // most memory of the process until the end of the first run
	Second    float64 `json:"second_run"`  // Run once more for the same time, planning included
}

// benchmark is golgi bench.
func benchmark(c *command, args []string) error {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	n := flags.Int("n", 0, "")
	t := flags.Float64("t", 0, "")
	rest, done, err := c.parse(flags, args, 1)
	if err != nil || done {
		return err
	}
	b, err := findBench(rest[0])
	if err != nil {
		return err
	}
	flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "n":
			b.neurons = *n
		case "t":
			b.seconds = *t
		}
	})
	if err := b.check(); err != nil {
		return err
	}
	result, err := b.measure()
	if err != nil {
		return fmt.Errorf("bench %s: %w", b.name, err)
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// findBench is the case of a name, with its usual size and duration.
func findBench(name string) (benchCase, error) {
	best, least := "", 3
	var names []string
	for _, b := range benchCases {
		if b.name == name {
			return b, nil
		}
		if d := distance(name, b.name); d < least && d < len(b.name) {
			best, least = fmt.Sprintf("; did you mean `golgi bench %s`?", b.name), d
		}
		names = append(names, b.name)
	}
	return benchCase{}, misuse("bench: found the case %q, expected one of %s%s", name, strings.Join(names, ", "), best)
}

// check refuses sizes and durations that cannot be simulated.
func (b benchCase) check() error {
	if b.neurons < b.least || b.neurons > mostNeurons {
		return misuse("bench %s: found -n %d, expected %d to %d", b.name, b.neurons, b.least, mostNeurons)
	}
	if !(b.seconds > 0) || math.IsInf(b.seconds, 1) {
		return misuse("bench %s: found -t %v, expected a number of seconds above 0", b.name, b.seconds)
	}
	return nil
}

// measure builds the case and runs it twice.
func (b benchCase) measure() (benchResult, error) {
	started := time.Now()
	m := newModel(b.neurons)
	monitor := b.build(m)
	if m.err != nil {
		return benchResult{}, m.err
	}
	built := time.Since(started)
	first, steps, err := m.run(b.seconds)
	if err != nil {
		return benchResult{}, err
	}
	r := benchResult{
		Simulator: "golgi", Case: b.name, Target: cmp.Or(os.Getenv("GOLGI_BACKEND"), "auto"), N: b.neurons, T: b.seconds, Version: release,
		Build: inSeconds(built), Compile: inSeconds(first - steps), Process: inSeconds(built + first),
		Run: inSeconds(steps), First: inSeconds(first), Spikes: monitor.NumSpikes(), PeakMB: peakMemory(),
	}
	second, _, err := m.run(b.seconds)
	r.Second = inSeconds(second)
	return r, err
}

// run runs the network and gives the time of the whole and that of the steps.
func (m *model) run(seconds float64) (whole, steps time.Duration, err error) {
	unit, _ := units.Lookup("second")
	started := time.Now()
	err = m.net.Run(context.Background(), units.New(seconds, unit.Dim()), sim.Report(func(p sim.Progress) { steps = p.Elapsed }))
	return time.Since(started), steps, err
}

// inSeconds drops what is below a microsecond, as no clock of a busy machine knows it.
func inSeconds(d time.Duration) float64 { return math.Round(d.Seconds()*1e6) / 1e6 }

// peakMemory is the most memory the process has had [MiB]: as Linux counts it, elsewhere what Go has asked for.
func peakMemory() float64 {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		if _, after, found := strings.Cut(string(status), "VmHWM:"); found {
			var kB float64
			if _, err := fmt.Sscan(after, &kB); err == nil {
				return math.Round(kB/1024*10) / 10
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return math.Round(float64(m.Sys)/(1<<20)*10) / 10
}
