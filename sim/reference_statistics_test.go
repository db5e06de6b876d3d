package sim_test

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/units"
)

// The work of a case is its rows times its steps: beyond heavy it runs once.
const heavy = 25e6

func (c *referenceCase) work() float64 {
	rows := 0
	for _, g := range c.Groups {
		rows += g.N
	}
	return float64(rows) * c.steps()
}

// steps are those of all runs, as long as the step is that of the start.
func (c *referenceCase) steps() float64 {
	seconds := 0.0
	for _, step := range c.Script {
		if step.Run != nil {
			duration, _ := units.Parse(*step.Run)
			seconds += duration.SI()
		}
	}
	dt, _ := units.Parse(c.Dt)
	return seconds / dt.SI()
}

// referenceSeeds is the number of runs of a stochastic case: GOLGI_REFERENCE_SEEDS, or few enough for a short test.
func referenceSeeds(t *testing.T, c *referenceCase) int {
	t.Helper()
	if text := os.Getenv("GOLGI_REFERENCE_SEEDS"); text != "" {
		k, err := strconv.Atoi(text)
		if err != nil || k < 1 {
			t.Fatalf("GOLGI_REFERENCE_SEEDS is %q, expected a number of runs", text)
		}
		return k
	}
	if c.work() > heavy {
		return 1
	}
	return 2
}

// The means over some runs agree with those of the reference within four standard errors of their difference.
func TestStochasticCasesAgreeWithTheReferenceInDistribution(t *testing.T) {
	var cases []*referenceCase
	if err := strictly(readReference(t, "statistics.json"), &cases); err != nil {
		t.Fatal(err)
	}
	passed, waiting := 0, map[string]int{}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			seeds := referenceSeeds(t, c)
			lacks, started := missing(c), time.Now()
			faults := runStatistics(c, seeds)
			switch {
			case len(lacks) > 0 && len(faults) == 0:
				t.Errorf("passes, so %v is not missing any more", lacks)
			case len(lacks) > 0:
				for _, name := range lacks {
					waiting[name]++
				}
			case len(faults) == 0:
				passed++
			}
			for _, fault := range faults {
				if len(lacks) == 0 {
					t.Error(fault)
				}
			}
			t.Logf("%d runs, %.1f s", seeds, time.Since(started).Seconds())
		})
	}
	t.Logf("%d of %d cases pass%s", passed, len(cases), counted(waiting))
}

// runStatistics lists the statistics of a case whose means over some seeds are off.
func runStatistics(c *referenceCase, seeds int) (faults []string) {
	defer func() {
		if r := recover(); r != nil {
			faults = append(faults, fmt.Sprintf("panic: %v", r))
		}
	}()
	sums := make([]float64, len(c.Statistics))
	for seed := 1; seed <= seeds; seed++ {
		m, err := makeModel(c, seed)
		if err == nil {
			err = m.run()
		}
		if err != nil {
			return []string{err.Error()}
		}
		for k, s := range c.Statistics {
			x, err := m.statistic(s)
			if err != nil {
				return []string{fmt.Sprintf("%s: %v", s.Name, err)}
			}
			sums[k] += x
		}
	}
	for k, s := range c.Statistics {
		got := sums[k] / float64(seeds)
		allowed := 4 * s.SD * math.Sqrt(1/float64(c.Seeds)+1/float64(seeds))
		if !(math.Abs(got-s.Mean) <= allowed) {
			faults = append(faults, fmt.Sprintf("%s: got %.6g, want %.6g within %.2g", s.Name, got, s.Mean, allowed))
		}
	}
	return faults
}

// statistic computes one number from the results of a run.
func (m *referenceModel) statistic(s statisticText) (float64, error) {
	switch s.Kind {
	case "mean_rate", "cv_isi", "count_mean", "count_variance":
		return m.spikeStatistic(s)
	case "trace_mean", "trace_variance", "autocorrelation_time":
		return m.traceStatistic(s)
	case "peak_frequency":
		return m.peakFrequency(s)
	case "synapse_count", "indegree_variance":
		return m.synapseStatistic(s)
	}
	return m.finalStatistic(s)
}

func (m *referenceModel) values(object, variable string) ([]float64, error) {
	a, err := m.read(object, variable)
	return a.SI(), err
}

func (m *referenceModel) spikeStatistic(s statisticText) (float64, error) {
	if s.Kind == "count_mean" || s.Kind == "count_variance" {
		counts, err := m.values(s.Monitor, "count")
		if err != nil {
			return 0, err
		}
		if counts = counts[s.Rows[0]:s.Rows[1]]; s.Kind == "count_mean" {
			return mean(counts), nil
		}
		return variance(counts, 1), nil
	}
	times, err := m.values(s.Monitor, "t")
	if err != nil {
		return 0, err
	}
	rows, err := m.values(s.Monitor, "i")
	if err != nil {
		return 0, err
	}
	if s.Kind == "cv_isi" {
		return meanCV(times, rows, s.AtLeast), nil
	}
	spikes, n := 0, s.N
	for k, t := range times {
		inside := s.Rows == nil || rows[k] >= float64(s.Rows[0]) && rows[k] < float64(s.Rows[1])
		if inside && t >= s.Start && t < s.Stop {
			spikes++
		}
	}
	return float64(spikes) / float64(n) / (s.Stop - s.Start), nil
}

// meanCV is the mean coefficient of variation of the intervals of the rows with enough spikes.
func meanCV(times, rows []float64, atLeast int) float64 {
	trains := map[float64][]float64{}
	for k, t := range times {
		trains[rows[k]] = append(trains[rows[k]], t)
	}
	var cvs []float64
	for _, train := range trains {
		if len(train) < atLeast {
			continue
		}
		var intervals []float64
		for k, t := range train[1:] {
			intervals = append(intervals, t-train[k])
		}
		cvs = append(cvs, math.Sqrt(variance(intervals, 0))/mean(intervals))
	}
	slices.Sort(cvs) // the order of a map must not change the sum
	return mean(cvs)
}

// traces are the samples of all rows from a time on.
func (m *referenceModel) traces(Monitor, variable string, start float64) (rows [][]float64, dt float64, err error) {
	a, err := m.read(Monitor, variable)
	if err != nil {
		return nil, 0, err
	}
	times, err := m.values(Monitor, "t")
	if err != nil {
		return nil, 0, err
	}
	from := slices.IndexFunc(times, func(t float64) bool { return t >= start-1e-9 })
	samples, data := len(times), a.SI()
	for at := 0; at < len(data); at += samples {
		rows = append(rows, data[at+from:at+samples])
	}
	return rows, times[1] - times[0], nil
}

func (m *referenceModel) traceStatistic(s statisticText) (float64, error) {
	rows, dt, err := m.traces(s.Monitor, s.Variable, s.Start)
	if err != nil {
		return 0, err
	}
	all := slices.Concat(rows...)
	switch s.Kind {
	case "trace_mean":
		return mean(all), nil
	case "trace_variance":
		return variance(all, 0), nil
	}
	center := mean(all)
	var products []float64
	for _, row := range rows {
		for k := range len(row) - s.LagSamples {
			products = append(products, (row[k]-center)*(row[k+s.LagSamples]-center))
		}
	}
	return -float64(s.LagSamples) * dt / math.Log(mean(products)/variance(all, 0)), nil
}

// smoothed is the number of neighbouring bins of a periodogram that are averaged.
const smoothed = 5

func (m *referenceModel) peakFrequency(s statisticText) (float64, error) {
	rows, dt, err := m.traces(s.Monitor, "rate", s.Start)
	if err != nil {
		return 0, err
	}
	return peakOf(rows[0], dt, s.Low, s.High), nil
}

// peakOf is the frequency between low and high at which the smoothed periodogram of a rate is largest.
func peakOf(rate []float64, dt, low, high float64) float64 {
	center, length := mean(rate), float64(len(rate))*dt
	power := func(bin int) float64 {
		re, im := 0.0, 0.0
		for k, x := range rate {
			sin, cos := math.Sincos(2 * math.Pi * float64(bin) * float64(k) / float64(len(rate)))
			re, im = re+(x-center)*cos, im+(x-center)*sin
		}
		return re*re + im*im
	}
	first, last := int(math.Ceil(low*length)), int(high*length)
	var bins []float64
	for bin := first - smoothed/2; bin <= last+smoothed/2; bin++ {
		bins = append(bins, power(bin))
	}
	best := 0
	for k := range last - first + 1 {
		if mean(bins[k:k+smoothed]) > mean(bins[best:best+smoothed]) {
			best = k
		}
	}
	return float64(first+best) / length
}

func (m *referenceModel) synapseStatistic(s statisticText) (float64, error) {
	targets, err := m.values(s.Of, "j")
	if err != nil || s.Kind == "synapse_count" {
		return float64(len(targets)), err
	}
	counts := make([]float64, s.N)
	for _, j := range targets {
		counts[int(j)]++
	}
	return variance(counts, 1), nil
}

func (m *referenceModel) finalStatistic(s statisticText) (float64, error) {
	values, err := m.values(s.Of, s.Variable)
	if err != nil {
		return 0, err
	}
	share := func(holds func(float64) bool) float64 {
		n := 0
		for _, x := range values {
			if holds(x) {
				n++
			}
		}
		return float64(n) / float64(len(values))
	}
	logs := make([]float64, len(values))
	for k, x := range values {
		logs[k] = math.Log(x)
	}
	switch s.Kind {
	case "fraction_below":
		return share(func(x float64) bool { return x < s.Value }), nil
	case "fraction_above":
		return share(func(x float64) bool { return x > s.Value }), nil
	case "final_mean":
		return mean(values), nil
	case "log_mean":
		return mean(logs), nil
	case "log_variance":
		return variance(logs, 1), nil
	}
	return 0, fmt.Errorf("there is no statistic of the kind %q", s.Kind)
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// variance has the divisor len(x)-less.
func variance(x []float64, less int) float64 {
	center, sum := mean(x), 0.0
	for _, v := range x {
		sum += (v - center) * (v - center)
	}
	return sum / float64(len(x)-less)
}

// The statistics of made-up results are what they were made with.
func TestTheStatisticsOfKnownResultsAreRight(t *testing.T) {
	if cv := meanCV([]float64{0, 1, 3, 4, 6, 0.5}, []float64{0, 0, 0, 0, 0, 1}, 3); math.Abs(cv-1.0/3) > 1e-12 {
		t.Errorf("intervals 1 2 1 2: CV %g, want 1/3", cv)
	}
	if v := variance([]float64{1, 2, 3, 6}, 1); math.Abs(v-14.0/3) > 1e-12 {
		t.Errorf("variance of 1 2 3 6: %g, want 14/3", v)
	}
	rate := make([]float64, 1000)
	for k := range rate {
		rate[k] = 20 + math.Cos(2*math.Pi*137*float64(k)*1e-3)
	}
	if f := peakOf(rate, 1e-3, 50, 400); math.Abs(f-137) > 2 {
		t.Errorf("peak of a cosine of 137 Hz: %g Hz", f)
	}
}
