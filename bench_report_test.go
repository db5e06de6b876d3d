package main

import (
	"encoding/xml"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// reportOf runs golgi bench -report on lines.
func reportOf(t *testing.T, lines string, args ...string) (stdout, stderr string, status int, folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "lines.jsonl"), []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status = golgi(t, folder, append([]string{"bench", "-report", "lines.jsonl"}, args...)...)
	return stdout, stderr, status, folder
}

// Two simulators, run three and two times for two seconds.
const runs = `
{"simulator": "golgi", "target": "auto", "case": "cuba", "N": 4000, "T": 2, "threads": 1, "version": "0.1.0", "run": 0.1}
{"simulator": "golgi", "target": "auto", "case": "cuba", "N": 4000, "T": 2, "threads": 1, "version": "0.1.0", "run": 0.3}

{"target": "standalone", "case": "cuba", "N": 4000, "T": 2, "threads": 0, "version": "2.11.0", "run": 0.4, "compile": 7}
{"target": "standalone", "case": "cuba", "N": 4000, "T": 2, "threads": 0, "version": "2.11.0", "run": 0.8, "compile": 7}
{"simulator": "golgi", "target": "auto", "case": "cuba", "N": 4000, "T": 2, "threads": 1, "version": "0.1.0", "run": 0.16}
`

func TestAReportComparesMediansWithThoseOfGolgi(t *testing.T) {
	stdout, stderr, status, _ := reportOf(t, runs)
	if status != 0 || stderr != "" {
		t.Fatalf("status %d, %s", status, stderr)
	}
	// The medians are 0.16 s and 0.6 s for two seconds: 80 and 300 ms a second, and 300/80 = 3.75.
	for _, want := range []string{
		"| cuba 4000 | golgi | 80.0 ms | 50.0 ms | 3 | 1.00 |\n| cuba 4000 | Brian | 300 ms | 200 ms | 2 | 3.75 |\n",
		"Versions: golgi 0.1.0, Brian 2.11.0.\n",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("found\n%s\nwant in it\n%s", stdout, want)
		}
	}
}

func TestAReportKeepsQuantitiesCasesAndWaysToRunApart(t *testing.T) {
	stdout, _, _, _ := reportOf(t, `
{"simulator": "nest", "case": "cuba", "N": 4000, "quantity": "slope", "value": 1.5}
{"simulator": "golgi", "case": "cuba", "N": 4000, "threads": 2, "quantity": "slope", "value": 0.25}
{"simulator": "golgi", "case": "cuba", "N": 4000, "quantity": "slope", "value": 0.5}
{"simulator": "golgi", "case": "cuba", "N": 100000, "quantity": "slope", "value": 4}
{"simulator": "golgi", "case": "cuba", "N": 4000, "target": "vm", "quantity": "slope", "value": 2}
{"target": "nest", "case": "hh", "N": 4000, "T": 1, "run": 20}
{"simulator": "brian", "target": "standalone", "case": "synapses", "N": 20000, "quantity": "bytes", "value": 33.25}
`)
	for _, want := range []string{
		"| cuba 4000 | golgi | 500 ms | 500 ms | 1 | 1.00 |\n| cuba 4000 | golgi, 2 threads | 250 ms | 250 ms | 1 | 0.500 |\n",
		"| cuba 4000 | golgi (vm) | 2.00 s | 2.00 s | 1 | 4.00 |\n| cuba 4000 | NEST | 1.50 s | 1.50 s | 1 | 3.00 |\n",
		"| cuba 100\u00a0000 | golgi | 4.00 s | 4.00 s | 1 | 1.00 |\n",
		"| cobahh 4000 | NEST | 20.0 s | 20.0 s | 1 | – |\n",
		"| synapses 20\u00a0000 | Brian | 33.2 | 33.2 | 1 | – |\n",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("found\n%s\nwant in it\n%s", stdout, want)
		}
	}
}

func TestSpikeCountsAreComparedInStandardErrors(t *testing.T) {
	// Means 100 and 106 with standard errors sqrt(8/2) = 2 and 1.5: the difference is 6 of sqrt(4 + 2.25) = 2.5.
	stdout, _, _, _ := reportOf(t, `
{"simulator": "golgi", "case": "stdp", "N": 10, "T": 1, "quantity": "spikes", "value": 98}
{"simulator": "golgi", "case": "stdp", "N": 10, "T": 1, "quantity": "spikes", "value": 102}
{"simulator": "brian", "case": "stdp", "N": 10, "T": 1, "quantity": "spikes", "value": 104.5}
{"simulator": "brian", "case": "stdp", "N": 10, "T": 1, "quantity": "spikes", "value": 107.5}
{"simulator": "brian", "case": "stdp", "N": 10, "T": 2, "quantity": "spikes", "value": 0}
`)
	for _, want := range []string{
		"| stdp 10 | 1 s | golgi | 100.0 | 2.0 | 2 | 0.0 |\n| stdp 10 | 1 s | Brian | 106.0 | 1.5 | 2 | 2.4 |\n",
		"| stdp 10 | 2 s | Brian | 0.0 | – | 1 | – |\n",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("found\n%s\nwant in it\n%s", stdout, want)
		}
	}
}

func TestLinesThatCannotBeComparedAreNamed(t *testing.T) {
	good := `{"simulator": "golgi", "case": "cuba", "N": 1, "T": 1, "run": 1}` + "\n"
	for _, c := range []struct{ lines, says string }{
		{"", "lines.jsonl: found no lines"},
		{"\n\n", "found no lines"},
		{good + "cuba 4000\n", "lines.jsonl: line 2: found cuba 4000, expected one JSON object"},
		{good + "\n" + `{"case": "cuba"`, "line 3: found {\"case\": \"cuba\", expected one JSON object"},
		{good + "[1]", "line 2: found [1], expected one JSON object"},
		{good + `{"case": "cuba", "N": "many"}`, "line 2: found the string N, expected a number"},
		{good + `{"case": 7}`, "line 2: found the number case, expected a text"},
		{good + `{"N": 7}`, "line 2: found no case"},
		{good + `{"case": "cuba", "run": 1, "T": 1}`, "line 2: found neither simulator nor target"},
		{good + `{"case": "cuba", "simulator": "golgi", "T": 1}`, "line 2: found neither quantity nor run and T"},
		{good + `{"case": "cuba", "simulator": "golgi", "T": 0, "run": 1}`, "line 2: found neither quantity nor run and T"},
		{good + `{"case": "cuba", "simulator": "golgi", "T": 1, "run": -1}`, "line 2: found -1 as its run, expected more than 0"},
		{good + `{"case": "cuba", "simulator": "golgi", "quantity": "speed", "value": 1}`, `line 2: found the quantity "speed", expected one of slope`},
		{good + `{"case": "cuba", "simulator": "golgi", "quantity": "slope"}`, "line 2: found no value of the slope"},
		{good + strings.Repeat("x", 2<<20), "line 2: "},
	} {
		stdout, stderr, status, _ := reportOf(t, c.lines)
		if status != 1 || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%.80q: status %d, printed %q and %.200q, want %q", c.lines, status, stdout, stderr, c.says)
		}
	}
}

func TestReportsOfFilesThatAreNotThere(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "lines.jsonl"), []byte(runs), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   string
		status int
		says   string
	}{
		{"-report absent.jsonl", 1, "absent.jsonl: found no such file"},
		{"-report", 2, "flag needs an argument: -report"},
		{"-report lines.jsonl cuba", 2, "found 1 arguments, expected 0"},
		{"-report lines.jsonl -n 5", 2, "flag provided but not defined: -n"},
		{"-report lines.jsonl -o absent", 1, "-o absent: found no such folder"},
		{"-report lines.jsonl -o lines.jsonl", 1, "-o lines.jsonl: found a file, expected a folder"},
		{"-report .", 1, "."},
	} {
		stdout, stderr, status := golgi(t, folder, append([]string{"bench"}, strings.Fields(c.args)...)...)
		if status != c.status || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("bench %s: status %d, printed %q and %q, want %q", c.args, status, stdout, stderr, c.says)
		}
	}
}

func TestAReportIsWrittenWithItsPicture(t *testing.T) {
	stdout, stderr, status, folder := reportOf(t, runs, "-o", ".")
	if status != 0 || stdout+stderr != "" {
		t.Fatalf("status %d, printed %q and %q", status, stdout, stderr)
	}
	for _, name := range []string{"bench.md", "bench.svg"} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || len(content) == 0 || strings.Contains(string(content), folder) {
			t.Errorf("%s: %v, %d bytes", name, err, len(content))
		}
	}
	picture, _ := os.ReadFile(filepath.Join(folder, "bench.svg"))
	for _, want := range []string{">cuba 4000<", ">golgi<", ">Brian<", ">80.0 ms<", ">300 ms (3.8×)<", ">100 ms<"} {
		if !strings.Contains(string(picture), want) {
			t.Errorf("the picture has no %s", want)
		}
	}
}

func TestAPictureNeedsTimes(t *testing.T) {
	_, stderr, status, _ := reportOf(t, `{"simulator": "golgi", "case": "cuba", "quantity": "bytes", "value": 5}`, "-o", ".")
	if status != 1 || !strings.Contains(stderr, "found no times of runs") {
		t.Errorf("status %d, %q", status, stderr)
	}
}

// bars are the widths of the coloured rectangles of a picture, in the order of their drawing.
func bars(t *testing.T, svg []byte) (widths []float64) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return widths
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "rect" {
			var width, height float64
			for _, a := range e.Attr {
				switch a.Name.Local {
				case "width":
					width = number(t, a.Value)
				case "height":
					height = number(t, a.Value)
				}
			}
			if height == barHeight-1 && width != 16 {
				widths = append(widths, width)
			}
		}
	}
}

func TestBarsOfEqualRatiosDifferByEqualLengths(t *testing.T) {
	line := func(name, value string) string {
		return `{"simulator": "golgi", "case": "` + name + `", "quantity": "slope", "value": ` + value + "}\n"
	}
	_, _, _, folder := reportOf(t, line("a", "0.001")+line("b<&>", "0.01")+line("c", "0.1"), "-o", ".")
	svg, err := os.ReadFile(filepath.Join(folder, "bench.svg"))
	if err != nil {
		t.Fatal(err)
	}
	w := bars(t, svg)
	if len(w) != 3 || !(w[0] > 0) || math.Abs((w[2]-w[1])-(w[1]-w[0])) > 0.2 {
		t.Errorf("the widths of bars of 1, 10 and 100 ms are %v", w)
	}
}

func TestGolgiIsTheFirstBarWhoeverIsMeasuredFirst(t *testing.T) {
	line := func(simulator string) string {
		return `{"simulator": "` + simulator + `", "case": "cuba", "quantity": "slope", "value": 1}` + "\n"
	}
	_, _, _, folder := reportOf(t, line("nest")+line("brian")+line("golgi"), "-o", ".")
	svg, err := os.ReadFile(filepath.Join(folder, "bench.svg"))
	if err != nil {
		t.Fatal(err)
	}
	_, afterFirstColor, _ := strings.Cut(string(svg), barColors[0])
	if golgi, nest := strings.Index(afterFirstColor, ">golgi<"), strings.Index(afterFirstColor, ">NEST<"); golgi < 0 || nest < golgi {
		t.Errorf("the first colour is not golgi's: %d, %d", golgi, nest)
	}
}

func TestTimesHaveThreeDigits(t *testing.T) {
	for seconds, want := range map[float64]string{
		0.0384: "38.4 ms", 1.0655: "1.07 s", 12.34: "12.3 s", 0.9996: "1.00 s", 0.00099951: "1.00 ms", 0.0000385: "38.5 µs", 123.4: "123 s",
		1234: "1234 s", 0.09996: "100 ms", 2.5e-9: "2.50 ns", 1e-12: "0.00100 ns",
	} {
		if got := writeTime(seconds); got != want {
			t.Errorf("%g s is written %s, want %s", seconds, got, want)
		}
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
