package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A quantity is something that lines measure, least is best.
type quantity struct {
	name  string
	title string
	write func(float64) string
}

// quantities are the tables of a report, in their order.
var quantities = []quantity{
	{"slope", "A second of model time, whole process", writeTime},
	{"run", "A second of model time, the steps alone by the simulator's own clock", writeTime},
	{"setup", "Synapses and one millisecond, whole process", writeTime},
	{"first_step", "From the text to the end of the first step, cold", writeTime},
	{"bytes", "Memory, bytes a synapse", oneDecimal},
	{"update", "A neuron of cuba one step further, threshold included", writeTime},
	{"event", "A spike at one synapse of cuba", writeTime},
	{"spikes", "Spikes over seeds", oneDecimal},
}

func quantityNames() (names []string) {
	for _, q := range quantities {
		names = append(names, q.name)
	}
	return names
}

// isReportFlag tells -report from a case, whose lines it compares instead of measuring one.
func isReportFlag(arg string) bool {
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	return strings.HasPrefix(arg, "-") && name == "report"
}

// reportBenches is golgi bench -report: it prints tables, or writes them to bench.md in a folder, with the picture
// bench.svg.
func reportBenches(c *command, args []string) error {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	name := flags.String("report", "", "")
	folder := flags.String("o", "", "")
	if _, done, err := c.parse(flags, args, 0); err != nil || done {
		return err
	}
	if err := checkFolder(*folder); err != nil {
		return err
	}
	lines, err := readBenchLines(*name)
	if err != nil {
		return err
	}
	r := compare(lines)
	if *folder == "" {
		fmt.Print(r.markdown())
		return nil
	}
	picture, err := r.picture()
	if err != nil {
		return fmt.Errorf("%s: %w", *name, err)
	}
	return errors.Join(
		os.WriteFile(filepath.Join(*folder, "bench.md"), []byte(r.markdown()), 0o644),
		os.WriteFile(filepath.Join(*folder, "bench.svg"), picture, 0o644))
}

// checkFolder refuses a folder that is not there; "" is none.
func checkFolder(name string) error {
	if name == "" {
		return nil
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("-o %s: found no such folder", name)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("-o %s: found a file, expected a folder", name)
	}
	return nil
}

// A report is what simulators measured, side by side.
type report struct {
	tables   []reportTable // of the quantities that were measured, in the order of these
	versions []string      // of the simulators, in the order of the lines
}

// A reportTable compares one quantity.
type reportTable struct {
	quantity
	rows []*reportRow
}

// A reportRow is one case at one size.
type reportRow struct {
	name    string
	n       float64
	seconds float64 // of model time, where a count depends on it, else 0 [s]
	series  []*reportSeries
}

// A reportSeries is what one simulator measured of a row.
type reportSeries struct {
	name   string
	values []float64 // ascending
}

// compare sorts lines into tables. Rows stand in the order in which they first occur, and so do series, golgi's before
// all others.
func compare(lines []benchLine) report {
	var r report
	for _, q := range quantities {
		t := reportTable{quantity: q}
		for i := range lines {
			if lines[i].Quantity == q.name {
				t.row(&lines[i]).add(&lines[i])
			}
		}
		for _, row := range t.rows {
			slices.SortStableFunc(row.series, func(a, b *reportSeries) int { return oursFirst(a.name, b.name) })
		}
		if len(t.rows) > 0 {
			r.tables = append(r.tables, t)
		}
	}
	for _, l := range lines {
		if v := strings.TrimSpace(l.Simulator + " " + l.Version); !slices.Contains(r.versions, v) {
			r.versions = append(r.versions, v)
		}
	}
	return r
}

// oursFirst orders the names of series: golgi, as it usually runs, before its other series and these before other
// simulators.
func oursFirst(a, b string) int {
	rank := func(name string) int {
		switch {
		case name == "golgi":
			return 0
		case strings.HasPrefix(name, "golgi"):
			return 1
		}
		return 2
	}
	return cmp.Compare(rank(a), rank(b))
}

// row is the row of a line, made if need be.
func (t *reportTable) row(l *benchLine) *reportRow {
	want := reportRow{name: l.Case, n: l.N}
	if t.name == "spikes" {
		want.seconds = l.T
	}
	for _, r := range t.rows {
		if r.name == want.name && r.n == want.n && r.seconds == want.seconds {
			return r
		}
	}
	t.rows = append(t.rows, &want)
	return &want
}

func (r *reportRow) add(l *benchLine) {
	s := r.find(l.series())
	if s == nil {
		s = &reportSeries{name: l.series()}
		r.series = append(r.series, s)
	}
	at, _ := slices.BinarySearch(s.values, *l.Value)
	s.values = slices.Insert(s.values, at, *l.Value)
}

// find is the series of a name, or nil.
func (r *reportRow) find(name string) *reportSeries {
	if k := slices.IndexFunc(r.series, func(s *reportSeries) bool { return s.name == name }); k >= 0 {
		return r.series[k]
	}
	return nil
}

// ratio is how many times the median of golgi, as it usually runs, a series needs; NaN without one.
func (r *reportRow) ratio(s *reportSeries) float64 {
	if ours := r.find("golgi"); ours != nil {
		return s.median() / ours.median()
	}
	return math.NaN()
}

// distance is how many standard errors of the difference lie between the mean of a series and that of golgi; NaN where
// one of them has fewer than two values.
func (r *reportRow) distance(s *reportSeries) float64 {
	ours := r.find("golgi")
	if ours == nil || len(ours.values) < 2 || len(s.values) < 2 {
		return math.NaN()
	}
	if s.mean() == ours.mean() {
		return 0
	}
	return math.Abs(s.mean()-ours.mean()) / math.Hypot(s.standardError(), ours.standardError())
}

func (s *reportSeries) median() float64 {
	n := len(s.values)
	return (s.values[(n-1)/2] + s.values[n/2]) / 2
}

func (s *reportSeries) least() float64 { return s.values[0] }

func (s *reportSeries) mean() float64 {
	sum := 0.0
	for _, x := range s.values {
		sum += x
	}
	return sum / float64(len(s.values))
}

// standardError is that of the mean; NaN for a single value.
func (s *reportSeries) standardError() float64 {
	squares, mean, n := 0.0, s.mean(), float64(len(s.values))
	for _, x := range s.values {
		squares += (x - mean) * (x - mean)
	}
	return math.Sqrt(squares / (n - 1) / n)
}

// label is the row in words: the case and, where it is known, how many neurons.
func (r *reportRow) label() string {
	if r.n == 0 {
		return r.name
	}
	return r.name + " " + grouped(r.n)
}

// grouped writes a whole number with a narrow gap between thousands from ten thousand on.
func grouped(x float64) string {
	digits := fmt.Sprintf("%.0f", x)
	if len(digits) < 5 {
		return digits
	}
	for k := len(digits) - 3; k > 0; k -= 3 {
		digits = digits[:k] + "\u00a0" + digits[k:]
	}
	return digits
}

// writeTime writes seconds with three digits and the unit that suits them.
func writeTime(s float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1, "s"}, {1e-3, "ms"}, {1e-6, "µs"}, {1e-9, "ns"}} {
		if s >= 0.9995*u.size || u.size == 1e-9 {
			return threeDigits(s/u.size) + " " + u.name
		}
	}
	return ""
}

func oneDecimal(x float64) string { return fmt.Sprintf("%.1f", x) }

// threeDigits writes a positive number with three significant digits, never with an exponent.
func threeDigits(x float64) string { return significant(x, 3) }

// twoDigits is threeDigits with two.
func twoDigits(x float64) string { return significant(x, 2) }

// significant writes a positive number with so many significant digits, all those of the whole part at least.
func significant(x float64, digits int) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', digits-1, 64), 64)
	if err != nil || rounded == 0 {
		return strconv.FormatFloat(x, 'g', digits, 64)
	}
	decimals := digits - 1 - int(math.Floor(math.Log10(rounded)))
	return strconv.FormatFloat(x, 'f', max(0, decimals), 64)
}
