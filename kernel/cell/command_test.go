package cell

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
)

func TestCommands(t *testing.T) {
	n := open(t)
	if got := n.run("%time x := 1 + 1"); !strings.HasPrefix(got, "wall ") {
		t.Errorf("%%time gives %q", got)
	}
	if got := n.run("%%time\nx + 1"); !strings.HasPrefix(got, "wall ") || !strings.HasSuffix(got, "3") {
		t.Errorf("%%%%time gives %q", got)
	}
	if got := n.run("%reset x\nx := 2\n%who\ny := 4"); got != "variables: x\n" {
		t.Errorf("commands between code give %q", got)
	}
	n.run("%reset y")
	n.run("type T struct{}; func f() {}; const c = 1")
	if got := n.run("%who"); got != "variables: x\nfunctions: f\nconstants: c\ntypes: T\n" {
		t.Errorf("%%who gives %q", got)
	}
	if got := n.run("%whos"); !strings.Contains(got, "var x int = 2") {
		t.Errorf("%%whos gives %q", got)
	}
	n.run("ms := 2")
	if got := n.run("ms") + n.run("%reset ms") + n.run("ms"); got != "21 ms" {
		t.Errorf("a shadowed unit and %%reset give %q", got)
	}
	if got := n.run("y := `\n%time not a command\n`\nlen(y)"); got != "21" {
		t.Errorf("a command inside a text gives %q", got)
	}
	if got := n.run("!echo hello"); got != "hello\n" {
		t.Errorf("!echo gives %q", got)
	}
	if got := n.run("yes := true") + n.run("!yes") + n.run("!exit 3"); got != "falseError: !exit 3: exit status 3" {
		t.Errorf("! gives %q", got)
	}
	if got := n.run("%reset"); got != "" {
		t.Error(got)
	}
	if got := n.run("x"); !strings.Contains(got, "undefined: x") {
		t.Errorf("after %%reset x gives %q", got)
	}
}

func TestFilesAsCells(t *testing.T) {
	n := open(t)
	name := filepath.Join(t.TempDir(), "a.go")
	if got := n.run("%%writefile " + name + "\npackage main\n\nfunc double(x int) int { return 2 * x }\n"); !strings.Contains(got, "wrote") {
		t.Error(got)
	}
	if got := n.run("%load "+name) + n.run("double(4)"); got != "8" {
		t.Errorf("%%load gives %q", got)
	}
	saved := filepath.Join(t.TempDir(), "s.go")
	n.run("%save " + saved)
	if text, _ := os.ReadFile(saved); !strings.Contains(string(text), "double(4)") {
		t.Errorf("%%save wrote %q", text)
	}
}

func TestHelpOnANameIsAPage(t *testing.T) {
	n := open(t)
	n.count++
	n.out = newOutput()
	r, err := n.in.Eval(context.Background(), kernel.Cell{Source: "?fmt.Println"}, n.out)
	if err != nil || len(r.Payload) != 1 || !strings.Contains(r.Payload[0]["data"].(map[string]any)["text/plain"].(string), "Println formats using the default formats") {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestCompletion(t *testing.T) {
	n := open(t)
	n.run("type T struct { Alpha int; beta string }; func (t T) Gamma() {}; tee := T{}; volume := 3")
	for _, c := range []struct{ text, want string }{
		{"fmt.Prin", "Print Printf Println"}, {"tee.", "Alpha Gamma beta"}, {"volu", "volume"}, {"Linsp", "Linspace"}, {"%ti", "time timeit"},
		{"math.Sq", "Sqrt SqrtE SqrtPhi SqrtPi SqrtE"}, {"fallth", "fallthrough"}, {"Mohm.", "Abs"},
	} {
		got := n.in.Complete(c.text, len(c.text))
		var names []string
		for _, m := range got.Matches {
			names = append(names, m.Text)
		}
		if have := strings.Join(names, " "); !strings.HasPrefix(have, strings.Fields(c.want)[0]) {
			t.Errorf("%q completes to %q, want %q", c.text, have, c.want)
		}
		if c.text[got.Start:got.End] != c.text[strings.LastIndexAny(c.text, ".%")+1:] {
			t.Errorf("%q: replaces %q", c.text, c.text[got.Start:got.End])
		}
	}
}

func TestTypesAreCompletedWhereOneMayStandOrNothingElseFits(t *testing.T) {
	n := open(t)
	for text, want := range map[string]string{
		"strings.Repl": "Replace ReplaceAll", "var r *strings.Repl": "Replace ReplaceAll Replacer", "r := &strings.Repl": "Replace ReplaceAll Replacer",
		"strings.Buil": "Builder", "x := strings.Rea": "Reader", "var b strings.Bui": "Builder",
	} {
		var names []string
		for _, m := range n.in.Complete(text, len(text)).Matches {
			names = append(names, m.Text)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q completes to %q, want %q", text, got, want)
		}
	}
}

func TestInspection(t *testing.T) {
	n := open(t)
	n.run("// adds one\nfunc inc(x int) int { return x + 1 }; rate := 5*Hz")
	for text, want := range map[string]string{"inc": "func inc(x int) int", "rate": "5 Hz", "strings.Split": "Split slices s into all substrings", "mV": "dimension", "Linspace": "func"} {
		b, ok := n.in.Inspect(text, len(text), 0)
		if !ok || !strings.Contains(b.Data["text/plain"].(string), want) {
			t.Errorf("%s: %v %v", text, ok, b.Data["text/plain"])
		}
	}
	n.run("g := NeuronGroup(2, \"dv/dt = -v/ms : volt\"); g.v = 3*mV")
	for text, want := range map[string]string{"g.v": "[3 3] mV", "NeuronGroup": "equations string", "NeuronGroup(3, ": "func NeuronGroup(n any"} {
		b, ok := n.in.Inspect(text, len(text), 0)
		if !ok || !strings.Contains(b.Data["text/plain"].(string), want) {
			t.Errorf("%s: %v %v", text, ok, b.Data["text/plain"])
		}
	}
	if got := n.in.Complete("g.", 2); len(got.Matches) == 0 || got.Matches[len(got.Matches)-1].Text != "v" {
		t.Errorf("g. completes to %v", got.Matches)
	}
	if _, ok := n.in.Inspect("nothing_here", 3, 0); ok {
		t.Error("an unknown name is described")
	}
}

func TestIsComplete(t *testing.T) {
	n := open(t)
	for text, want := range map[string]string{"x := 1": kernel.Complete, "for {": kernel.Incomplete, "f(1,": kernel.Incomplete, "x := `a": kernel.Incomplete, "x := 1 +": kernel.Incomplete, "x := )": kernel.Invalid, "%time x": kernel.Complete, "": kernel.Complete, "func f() {}": kernel.Complete} {
		if got := n.in.IsComplete(text); got.State != want {
			t.Errorf("%q is %s, want %s", text, got.State, want)
		}
	}
}
