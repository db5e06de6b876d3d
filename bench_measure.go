package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// benchResult is what golgi bench prints: times in seconds of the wall clock, memory in MiB. The keys are those that a
// simulator which generates and compiles code fills too, so that the lines of several can stand in one table.
type benchResult struct {
	Simulator string   `json:"simulator"`
	Case      string   `json:"case"`
	Target    string   `json:"target"` // what executes the equations: a backend, or auto for the choice of golgi
	N         int      `json:"N"`
	T         float64  `json:"T"` // simulated time [s]
	Threads   int      `json:"threads"`
	Seed      int      `json:"seed"`
	Version   string   `json:"version"`
	Imported  float64  `json:"imported"`    // 0: there is nothing to load
	Build     float64  `json:"build_model"` // objects, synapses and initial values
	Connect   float64  `json:"connect"`     // of that, making the synapses
	Compile   float64  `json:"compile"`     // planning: from the call of Run to its first step
	Process   float64  `json:"process"`     // build_model, compile and run together
	Run       float64  `json:"run"`         // the steps
	First     float64  `json:"first_run"`   // compile and run
	Spikes    int      `json:"spikes"`      // of the first run
	Synapses  int      `json:"synapses"`
	PeakMB    float64  `json:"peak_mb"`              // most memory of the process until the end of the first run
	Second    *float64 `json:"second_run,omitempty"` // Run once more for the same time, planning included
}

// measure builds the case and runs it.
func (b benchCase) measure(e execution) (benchResult, error) {
	started := time.Now()
	m, err := newModel(b.neurons, e)
	if err != nil {
		return benchResult{}, err
	}
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
		Simulator: "golgi", Case: b.name, Target: cmp.Or(e.backend, "auto"), N: b.neurons, T: b.seconds, Threads: e.threads,
		Seed: e.seed, Version: release, Build: inSeconds(built), Connect: inSeconds(m.connecting), Compile: inSeconds(first - steps),
		Process: inSeconds(built + first), Run: inSeconds(steps), First: inSeconds(first), Spikes: monitor.NumSpikes(),
		Synapses: m.synapses, PeakMB: peakMemory(),
	}
	if e.twice {
		second, _, err := m.run(b.seconds)
		r.Second = new(inSeconds(second))
		return r, err
	}
	return r, nil
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
