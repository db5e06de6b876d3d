package sim_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"testing"
)

// The reference cases are JSON files: a model, a script that runs it, and the results that a correct simulator gives.
// This file is the format; an unknown key is an error, so that nothing of a case is passed over.

// A referenceCase is one model with its script and what must come out. All numbers are in SI units; quantities are
// texts such as "10*ms".
type referenceCase struct {
	Name, About   string
	Tags          []string
	Dt            string
	Namespace     map[string]string
	TimedArrays   map[string]timedArrayText `json:"timed_arrays"`
	Groups        []groupText
	Subgroups     []subgroupText
	Synapses      []synapsesText
	PoissonInputs []poissonInputText `json:"poisson_inputs"`
	Monitors      []monitorText
	Script        []stepText
	Final         map[string][]string
	Connectivity  []string
	Methods       []string
	Expect        map[string]json.RawMessage
	Tolerance     struct{ Relative, Absolute float64 }

	Random     bool
	Seeds      int // runs behind each statistic
	Statistics []statisticText
}

type timedArrayText struct {
	Values given
	Unit   string
	Dt     string
}

// A groupText is a group of neurons (Kind is empty or "neurons"), a "spike_generator" or a "poisson" group.
type groupText struct {
	Name, Kind              string
	N                       int
	Model, Threshold, Reset string
	Refractory, Method, Dt  string
	Order                   *int
	Events                  map[string]string
	RunOnEvent              assignments   `json:"run_on_event"`
	RunRegularly            []regularText `json:"run_regularly"`
	Linked                  map[string]linkText
	Init                    assignments

	Indices []int
	Times   []float64 // [s]
	Period  string
	Rates   given // text or hertz
}

type regularText struct {
	Code, Dt, When string
	Order          *int
}

// A linkText is "Group.variable", or an object that has an index too: a list, or the name of an integer variable.
type linkText struct {
	Of    string
	Index given
}

func (l *linkText) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &l.Of) == nil {
		return nil
	}
	type whole linkText
	return strictly(data, (*whole)(l))
}

type subgroupText struct {
	Name, Of    string
	Start, Stop int
}

type synapsesText struct {
	Name, Source, Target string
	Model, Method, Dt    string
	Index                string `json:"multisynaptic_index"`
	Pathways             []pathwayText
	Connect              []connectText
	Delays, Init         assignments
	RunRegularly         []regularText `json:"run_regularly"`
}

// A pathwayText acts on the events of its side, On: "pre" or "post", which is its name too if it has none.
type pathwayText struct {
	On, Name, Code, Delay, Event string
	Order                        *int
}

func (p pathwayText) name() string {
	if p.Name != "" {
		return p.Name
	}
	return p.On
}

type connectText struct {
	Condition     string
	P, N, I, J    given
	SkipIfInvalid bool `json:"skip_if_invalid"`
}

type poissonInputText struct {
	Name, Target, Variable string
	N                      int
	Rate, Weight           string
}

type monitorText struct {
	Name, Of, Kind, When string
	Order                *int
	Variables            []string
	Rows                 *rowsText
	Dt, Store, Event     string
}

// rowsText is true for all rows, or a list of rows.
type rowsText struct{ list []int }

func (r *rowsText) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("true")) {
		return nil
	}
	return json.Unmarshal(data, &r.list)
}

// A stepText is one step of a script; exactly one of its fields but Where is given.
type stepText struct {
	Run        *string
	Set        assignments
	Where      string
	Namespace  map[string]string
	TimedArray map[string]timedArrayText `json:"timed_array"`
	Store      *string
	Restore    *string
	Dt         *string
}

// A statisticText is a number to compute from the results of a stochastic case, with its mean and standard deviation
// over the runs of the reference.
type statisticText struct {
	Name, Kind            string
	Monitor, Of, Variable string
	Start, Stop           float64 // [s]
	Rows                  []int   // from, to
	N                     int
	AtLeast               int     `json:"at_least"`
	Low, High             float64 // [Hz]
	LagSamples            int     `json:"lag_samples"`
	Value                 float64
	Mean, SD              float64
}

// assignments are the members of an object in their order.
type assignments []assignment

type assignment struct {
	name  string
	value given
}

func (a *assignments) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		next := assignment{name: fmt.Sprint(key)}
		if err := d.Decode(&next.value); err != nil {
			return err
		}
		*a = append(*a, next)
	}
	return nil
}

// given is a text, a number, a list or a table of numbers: string, float64, []float64 or [][]float64; nil if absent.
type given struct{ value any }

func (g *given) UnmarshalJSON(data []byte) error {
	if text := new(string); json.Unmarshal(data, text) == nil {
		g.value = *text
	} else if number := new(float64); json.Unmarshal(data, number) == nil {
		g.value = *number
	} else if list := new([]float64); json.Unmarshal(data, list) == nil {
		g.value = *list
	} else {
		table := new([][]float64)
		if err := json.Unmarshal(data, table); err != nil {
			return err
		}
		g.value = *table
	}
	return nil
}

func (g given) text() string {
	text, _ := g.value.(string)
	return text
}

// strictly reads JSON and refuses unknown keys.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// referenceFolder is where the cases are: the project's own copy, or the folder that GOLGI_REFERENCE names.
func referenceFolder() fs.FS {
	if folder := os.Getenv("GOLGI_REFERENCE"); folder != "" {
		return os.DirFS(folder)
	}
	return os.DirFS("testdata/reference")
}

// readReference reads one file of the folder. A folder of the user's own need not have all of them.
func readReference(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(referenceFolder(), name)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("GOLGI_REFERENCE") != "" {
		t.Skipf("the folder that GOLGI_REFERENCE names has no %s", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readCases reads all deterministic cases.
func readCases(t *testing.T) []*referenceCase {
	t.Helper()
	names, err := fs.Glob(referenceFolder(), "cases/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no reference cases: %v", err)
	}
	var cases []*referenceCase
	for _, name := range names {
		c := &referenceCase{}
		if err := strictly(readReference(t, name), c); err != nil {
			t.Fatalf("%s: %v", path.Base(name), err)
		}
		cases = append(cases, c)
	}
	return cases
}

// readLines reads a file with one JSON value a line.
func readLines[T any](t *testing.T, name string) []T {
	t.Helper()
	var list []T
	for n, line := range bytes.Split(bytes.TrimSpace(readReference(t, name)), []byte("\n")) {
		var row T
		if err := strictly(line, &row); err != nil {
			t.Fatalf("%s, line %d: %v", name, n+1, err)
		}
		list = append(list, row)
	}
	return list
}
