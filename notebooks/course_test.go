package notebooks_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/kernel/cell"
	"github.com/golgi-sim/golgi/notebooks"
)

// A row says what a step of the course must show: the texts, each as words of their own, in this order, in the outputs of
// the cells. The numbers were computed with Brian 2.
type row struct {
	step  string
	cells string // ids
	shown []string
}

var neurons = []row{
	{"quantities", "quantities ohm larger", list("1 Mohm", "50 mV", "0.5 mA")},
	{"a mistake stops its cell", "mistake", list("cannot add 1 Mohm and 50 nA: the units do not match (ohm and amp)")},
	{"the next cell runs", "after-mistake", list("55 mV")},
	{"the integrator is named", "neuron run", list("exact")},
	{"without an initial value", "run", list("-65.59974818", "mV")},
	{"without an initial value: spikes", "steps", append(list("31 spikes"), steps(0, 33, 31)...)},
	{"with an initial value", "initial", append(append(list("30 spikes"), milliseconds(32, 33, 30)...), "ms")},
	{"with an initial value: intervals", "intervals", append(strings.Fields(strings.Repeat("3.3 ", 29)), "ms")},
	{"with an initial value: end", "initial-end", list("-65.12294245", "mV")},
	{"recording", "recording", list(`"Vm (mV)" against "time (ms)"`)},
	{"recording with spikes", "voltage", list(`"Vm (mV)" against "time (ms)"`)},
	{"several inputs", "several", list("0", "5", "13", "30")},
	{"several inputs: ends", "several-ends", list("-60.06737947", "-61.75800115", "-56.30745185", "-65.12294245", "mV")},
	{"several inputs: picture", "several-plot", list(`"Vm (mV)" against "time (ms)"`)},
	{"rheobase", "rheobase", list("150 pA")}, // 10 nS times 15 mV
	{"f/I curve in 100 ms", "fi-short", list("525 spikes", "neuron 30 is the first", "neuron 50 fires 5 times", "(nA)")},
	{"f/I curve in 1 s", "fi-long", list("5547 spikes", "neuron 30 is the first", "neuron 50 fires 55 times", "(nA)")},
	{"effect of C_m", "capacitance", list("100 pF gives 11077 spikes", "200 pF gives 5547 spikes", "400 pF gives 2765 spikes")},
	{"effect of g_L", "leak", list("5 nS gives 6938 spikes", "neuron 15", "10 nS gives 5547 spikes", "neuron 30", "20 nS gives 2812 spikes", "neuron 60")},
}

// pictures are the cells that end in one.
const pictures = "recording voltage several-plot fi-short fi-long capacitance leak"

func list(texts ...string) []string { return texts }

// steps gives n whole numbers as words.
func steps(first, every, n int) []string {
	var words []string
	for k := range n {
		words = append(words, fmt.Sprint(first+k*every))
	}
	return words
}

// milliseconds gives the times of n steps of 0.1 ms, in ms, as words.
func milliseconds(first, every, n int) []string {
	var words []string
	for k := range n {
		step := first + k*every
		words = append(words, strings.TrimSuffix(fmt.Sprintf("%d.%d", step/10, step%10), ".0"))
	}
	return words
}

func TestTheCourseOfNeuronsShowsTheNumbersOfBrian(t *testing.T) {
	nb := course(t, "01-neurons.ipynb")
	runCourse(t, nb)
	checkCourse(t, nb)
}

// In a lecture cells are run twice. An object of the same name replaces the old one, and nothing else may change.
func TestTheCourseOfNeuronsSurvivesCellsRunTwice(t *testing.T) {
	nb := course(t, "01-neurons.ipynb")
	var cells []*notebooks.Cell
	for _, c := range nb.Cells {
		cells = append(cells, c)
		if makesObjects(c.Source()) {
			cells = append(cells, c) // its outputs are those of the second time
		}
	}
	if len(cells) == len(nb.Cells) {
		t.Fatal("found no cell that makes objects")
	}
	nb.Cells = cells
	runCourse(t, nb)
	checkCourse(t, nb)
}

var makesObjects = regexp.MustCompile(`\b(NeuronGroup|Synapses|PoissonGroup|PoissonInput|SpikeGeneratorGroup|\w+Monitor)\(`).MatchString

func course(t *testing.T, name string) *notebooks.Notebook {
	t.Helper()
	nb, err := notebooks.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return nb
}

func runCourse(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	interp, err := cell.New(cell.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := notebooks.Runner{Interpreter: interp}
	if err := r.Run(context.Background(), nb); err != nil {
		t.Errorf("%v\n%s", err, strings.Join(shownBy(nb, ids(nb)), "\n"))
	}
}

// checkCourse holds the outputs against the rows.
func checkCourse(t *testing.T, nb *notebooks.Notebook) {
	t.Helper()
	for _, r := range neurons {
		shown := strings.Join(shownBy(nb, strings.Fields(r.cells)), "\n")
		rest := shown
		for _, text := range r.shown {
			at := wordsAt(rest, text)
			if at < 0 {
				t.Errorf("%s: found\n%s\nexpected %q in it, in the order of %q", r.step, shown, text, r.shown)
				break
			}
			rest = rest[at:]
		}
	}
	for _, id := range strings.Fields(pictures) {
		if kinds := picturesOf(nb, id); kinds != "image/png image/svg+xml" {
			t.Errorf("cell %s: found the pictures %q, expected one PNG and one SVG", id, kinds)
		}
	}
}

// wordsAt gives where text ends in shown, as whole words, or -1.
func wordsAt(shown, text string) int {
	where := regexp.MustCompile(`(?:^|[\s\[(:"])(` + regexp.QuoteMeta(text) + `)(?:$|[\s\]),;:"])`).FindStringSubmatchIndex(shown)
	if where == nil {
		return -1
	}
	return where[3]
}

func ids(nb *notebooks.Notebook) []string {
	var all []string
	for _, c := range nb.Cells {
		all = append(all, c.ID())
	}
	return all
}

// shownBy gives the text of all outputs of the cells: streams, plain texts and errors.
func shownBy(nb *notebooks.Notebook, wanted []string) []string {
	var texts []string
	for _, id := range wanted {
		for _, o := range outputsOf(nb, id) {
			data, _ := o["data"].(map[string]any)
			for _, value := range []any{o["text"], data["text/plain"], o["evalue"]} {
				if text, ok := value.(string); ok {
					texts = append(texts, text)
				}
			}
		}
	}
	return texts
}

func outputsOf(nb *notebooks.Notebook, id string) []map[string]any {
	for _, c := range nb.Cells {
		if c.ID() == id {
			return c.Outputs()
		}
	}
	return nil
}

func picturesOf(nb *notebooks.Notebook, id string) string {
	var kinds []string
	for _, o := range outputsOf(nb, id) {
		data, _ := o["data"].(map[string]any)
		for _, mime := range []string{"image/png", "image/svg+xml"} {
			if data[mime] != nil {
				kinds = append(kinds, mime)
			}
		}
	}
	return strings.Join(kinds, " ")
}

// The table is as long as the course: a row that names no cell would prove nothing.
func TestEveryRowNamesCellsOfTheNotebook(t *testing.T) {
	all := strings.Join(ids(course(t, "01-neurons.ipynb")), " ")
	for _, r := range neurons {
		for _, id := range strings.Fields(r.cells) {
			if wordsAt(all, id) < 0 {
				t.Errorf("%s: the notebook has no cell %q", r.step, id)
			}
		}
	}
}

func TestNotebooksAreStoredAsTheyAreWritten(t *testing.T) {
	names, err := filepath.Glob("*.ipynb")
	if err != nil || len(names) == 0 {
		t.Fatalf("found the notebooks %v and the error %v", names, err)
	}
	for _, name := range names {
		stored, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := course(t, name).Write(&b); err != nil {
			t.Fatal(err)
		}
		if b.String() != string(stored) {
			t.Errorf("%s is not in the form that `golgi run -o` writes", name)
		}
	}
}
