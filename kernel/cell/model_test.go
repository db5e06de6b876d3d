package cell

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/units"
)

// Group stands for a group of neurons.
type Group struct {
	size   int
	values map[string]units.Array
	log    []string
}

func (g *Group) VariableNames() []string { return []string{"v", "w"} }
func (g *Group) Len() int                { return g.size }
func (g *Group) Read(name string) (units.Array, error) {
	return g.ReadAt(name, nil)
}
func (g *Group) ReadAt(name string, index any) (units.Array, error) {
	a, ok := g.values[name]
	if !ok {
		return a, fmt.Errorf("group has no variable %s: did you mean v?", name)
	}
	switch i := index.(type) {
	case nil:
		return a.Copy(), nil
	case string:
		return a.Slice(0, 2), nil
	default:
		return element(a, i), nil
	}
}
func (g *Group) Write(name string, index, value any) error {
	g.log = append(g.log, fmt.Sprintf("%s[%v]=%v", name, index, value))
	if a, ok := value.(units.Array); ok && index == nil {
		g.values[name] = a
	}
	return nil
}
func (g *Group) Subgroup(lo, hi int) (*Group, error) {
	if hi > g.size {
		return nil, fmt.Errorf("no rows %d to %d", lo, hi)
	}
	return &Group{hi - lo, map[string]units.Array{"v": g.values["v"].Slice(lo, hi)}, nil}, nil
}
func (g *Group) Log() []string { return g.log }

// words is a vocabulary with one kind of group.
type words struct {
	names Host
	saw   string
}

func (w *words) Symbols() map[string]reflect.Value {
	return map[string]reflect.Value{
		"MakeGroup": reflect.ValueOf(func(n int, text string) (*Group, error) {
			if n < 0 {
				return nil, fmt.Errorf("MakeGroup: found %d neurons, expected at least 0", n)
			}
			w.saw = fmt.Sprint(w.names.Locals())
			return &Group{n, map[string]units.Array{"v": units.ArrayOf(units.Zeros(n))}, nil}, nil
		}),
		"See":    reflect.ValueOf(func(name string) string { v, ok := w.names.Lookup(name); return fmt.Sprint(v, ok) }),
		"Params": reflect.ValueOf(func(f any) string { return fmt.Sprint(w.names.Parameters(), reflect.TypeOf(f)) }),
		"Saw":    reflect.ValueOf(func() string { return w.saw }),
	}
}

func (w *words) BeginCell(context.Context, kernel.Cell) {}
func (w *words) EndCell([]any) []any                    { return nil }
func (w *words) Keep(any)                               {}
func (w *words) Remember(any, string, units.Array)      {}

func withWords(t *testing.T) *notebook {
	in, err := New(Options{Vocabulary: func(h Host) Vocabulary { return &words{names: h} }})
	if err != nil {
		t.Fatal(err)
	}
	return &notebook{t: t, in: in}
}

func TestCallbacksRunBetweenCells(t *testing.T) {
	w := &words{}
	in, err := New(Options{Vocabulary: func(h Host) Vocabulary { w.names = h; return w }})
	if err != nil {
		t.Fatal(err)
	}
	n := &notebook{t: t, in: in}
	n.run("count := 0; f := func() { count++; fmt.Println(\"called\", count); if count == 2 { panic(\"no\") } }")
	f, _ := w.names.Lookup("f")
	out := newOutput()
	if err := w.names.Do(context.Background(), out, f.(func())); err != nil || out.stdout() != "called 1\n" {
		t.Errorf("%v, %q", err, out.stdout())
	}
	if err := w.names.Do(context.Background(), out, f.(func())); err == nil || err.Error() != "Panic: no" {
		t.Errorf("got %v", err)
	}
	if got := n.run("count"); got != "2" {
		t.Errorf("count is %s", got)
	}
}

func TestVariablesOfModelsAreFields(t *testing.T) {
	n := withWords(t)
	for i, pair := range [][2]string{
		{"g := MakeGroup(3, \"eqs\")", ""},
		{"g.v", "[0 0 0]"},
		{"g.v = Linspace(1, 3, 3)*mV; g.v", "[1 2 3] mV"},
		{"g.v += 1*mV; g.v", "[2 3 4] mV"},
		{"g.v[0] + 1*mV", "3 mV"}, {"g.v[-1]", "4 mV"}, {"g.v[1:]", "[3 4] mV"}, {"g.v[\"i < 2\"]", "[2 3] mV"}, {"g.v[g.v > 2.5*mV]", "[3 4] mV"},
		{"len(g)", "3"}, {"g.N", "3"}, {"h := g[1:3]; h.v", "[3 4] mV"}, {"len(g[0:2])", "2"}, {"g[0:9]", "Error: no rows 0 to 9"},
		{"g.v[0:2] = 5*mV; g.v = \"rand()*mV\"; g.v[\"i > 1\"] -= \"1*mV\"; g.Log()[4]", "v[i > 1]=v - (1*mV)"},
		{"g.vv", "Error: group has no variable vv: did you mean v?"},
		{"MakeGroup(-1, \"\")", "Error: MakeGroup: found -1 neurons, expected at least 0"},
		{"func f(tau Quantity) string { k := 3; if k > 2 { j := 1.5; MakeGroup(k, \"\"); _ = j }; return Saw() }; f(2*ms)", "[{j 1.5} {tau 2 ms} {k 3}]"},
		{"E := -70*mV; const K = 3; See(\"E\") + See(\"K\") + See(\"nothing\")", "-70 mV true3 true<nil> false"},
		{"Params(func(I Quantity, n int) {})", "[I n] func(units.Quantity, int)"},
		{"func gain(x float64) float64 { return 2*x }; f, _ := any(gain).(func(float64) float64); f(3)", "6"},
		{"See(\"gain\")[:2] == \"0x\"", "true"},
		{"gs := []*Group{g}; gs[0].v[0]", "2 mV"},
		{"func size(g *Group) int { return g.N }; size(g)", "3"},
	} {
		if got := n.run(pair[0]); got != pair[1] {
			t.Errorf("cell %d %q\n gives %q\n  want %q", i, pair[0], got, pair[1])
		}
	}
}
