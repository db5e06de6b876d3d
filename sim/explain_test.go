package sim

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the stages of testdata/models")

// Each file of testdata/models has the equations and options of a group, then the stages that Explain shows.
func TestTheStagesOfAModelAreThoseOfItsFile(t *testing.T) {
	files, _ := filepath.Glob("testdata/models/*.txt")
	if len(files) < 4 {
		t.Fatalf("found %d models", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source, want, _ := strings.Cut(string(text), "-- equations --\n")
		want = "-- equations --\n" + want
		got := stages(t, source)
		if *update {
			if err := os.WriteFile(file, []byte(source+got), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if got != want {
			t.Errorf("%s: found\n%s\nexpected\n%s", file, got, want)
		}
	}
}

// stages makes the group of a file: lines `option: value` up to an empty line, then the equations.
func stages(t *testing.T, source string) string {
	t.Helper()
	head, equations, _ := strings.Cut(source, "\n\n")
	options := []Option{Namespace{"tau": quantity(t, "10*ms"), "E": quantity(t, "-70*mV"), "R": quantity(t, "100*Mohm")}}
	for line := range strings.Lines(head) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "method":
			options = append(options, Method(value))
		case "refractory":
			options = append(options, Refractory(value), Threshold("v > -50*mV"))
		case "about":
		default:
			t.Fatalf("unknown option %q", name)
		}
	}
	g := must[*NeuronGroup](t)(NewWorkspace().NeuronGroup(2, equations, options...))
	return must[string](t)(Explain(g))
}
