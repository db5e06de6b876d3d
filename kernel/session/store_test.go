package session

import (
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

func TestRestoreBringsBackStateTimeAndRecordings(t *testing.T) {
	b := newNotebook(t)
	g := must(b.s.NeuronGroup(1, "dx/dt = 1/second : 1"))
	m := must(b.s.StateMonitor(g, "x"))
	b.vars["g"], b.vars["m"] = g, m
	b.try(b.s.Run(q("10*ms")))
	b.try(b.s.Store("a"))
	b.try(b.s.Run(q("10*ms")))
	b.wantNear("x", must(g.Read("x")).SI()[0], 0.02, 1e-12)
	b.try(b.s.Restore("a"))
	b.wantNear("x restored", must(g.Read("x")).SI()[0], 0.01, 1e-12)
	b.wantNear("the last time", lastTime(m), 0.0099, 1e-9)
	b.try(b.s.Run(q("10*ms")))
	b.wantNear("the last time after another run", lastTime(m), 0.0199, 1e-9)
	fails(t, b.s.Restore("b"), `"b"`, "a")
	b.vars["late"] = must(b.s.NeuronGroup(1, "x : 1", sim.Name("late")))
	fails(t, b.s.Restore("a"), "late", "after Store")
}

func TestANetworkRunsItsObjectsAndNoOthers(t *testing.T) {
	b := newNotebook(t)
	inside := must(b.s.NeuronGroup(1, "dx/dt = 1/second : 1", sim.Name("inside")))
	outside := must(b.s.NeuronGroup(1, "dx/dt = 1/second : 1"))
	b.vars["outside"] = outside
	n := must(b.s.NewNetwork([]*sim.NeuronGroup{inside}))
	b.try(n.Run(q("10*ms")))
	b.try(n.Run(q("10*ms")))
	b.wantNear("x inside", must(inside.Read("x")).SI()[0], 0.02, 1e-12)
	b.wantNear("x outside", must(outside.Read("x")).SI()[0], 0, 0)
	b.wantNear("time", n.Time().SI(), 0.02, 1e-12)
	if text := n.String(); !strings.Contains(text, "inside") || !strings.Contains(text, "20 ms") {
		t.Errorf("the network shows %q", text)
	}
	b.try(n.Store())
	b.try(n.Run(q("10*ms")))
	b.try(n.Restore())
	b.wantNear("x restored", must(inside.Read("x")).SI()[0], 0.02, 1e-12)
	fails(t, n.Add(5), "the int 5", "group")
	b.try(n.Add(must(b.s.StateMonitor(outside))))
	fails(t, n.Run(q("1*ms")), "statemonitor needs neurongroup", "add it too")
	n.Remove(n.objects[1])
	n.Remove(inside)
	if len(n.objects) != 0 {
		t.Error("the object is still there")
	}
}

func TestTablesLineUpAndEscape(t *testing.T) {
	b := newNotebook(t)
	made := must(b.s.Table("tau", []any{q("5*ms"), q("10*ms")}, "<n>", []int{3, 40}, "all", "x"))
	if want := "tau (ms)  <n>  all\n       5    3    x\n      10   40    x"; made.(table).String() != want {
		t.Errorf("the table is\n%s\nwant\n%s", made, want)
	}
	if page := made.(table).HTML(); !strings.Contains(page, "<th>&lt;n&gt;</th>") || !strings.Contains(page, "<td>40</td>") {
		t.Errorf("the page is %s", page)
	}
	_, err := b.s.Table("a", []int{1, 2}, "b", []int{1, 2, 3})
	fails(t, err, "2 values for a", "expected 3")
	_, err = b.s.Table("a")
	fails(t, err, "pairs")
	_, err = b.s.Table(1, 2)
	fails(t, err, "the int 1")
}

func TestTextsToShow(t *testing.T) {
	b := newNotebook(t)
	if got := b.s.Markdown("*a*").(interface{ Markdown() string }).Markdown(); got != "*a*" {
		t.Errorf("Markdown gives %q", got)
	}
	if got := b.s.HTML("<b>a</b>").(interface{ HTML() string }).HTML(); got != "<b>a</b>" {
		t.Errorf("HTML gives %q", got)
	}
	if got := must(b.s.LaTeX(q("5*mV"))).(interface{ LaTeX() string }).LaTeX(); !strings.Contains(got, "5") || !strings.Contains(got, "mV") {
		t.Errorf("LaTeX gives %q", got)
	}
	_, err := b.s.LaTeX(nil)
	fails(t, err, "LaTeX", "nil")
	b.s.ClearOutput()
	if b.cleared != 1 {
		t.Error("ClearOutput did not reach the host")
	}
}

func TestANameThatAUnitShadowsInEquationsIsWarnedOf(t *testing.T) {
	b := newNotebook(t)
	b.vars["ms"], b.vars["exp"], b.vars["volt"] = 2, 3, 4
	b.vars["g"] = must(b.s.NeuronGroup(1, "dv/dt = -v/(10*ms) : volt"))
	if text := b.streams["stderr"]; !strings.Contains(text, "ms in the equations is the unit") || strings.Contains(text, "exp") || strings.Contains(text, "volt") {
		t.Errorf("the warnings are %q", text)
	}
}

func TestSynapsesTakeOneModelAndOptionsInAnyOrder(t *testing.T) {
	b := newNotebook(t)
	g := must(b.s.NeuronGroup(2, "x : 1", sim.Threshold("False")))
	s := must(b.s.Synapses(g, g, sim.OnPre("x_post += w"), "w : 1"))
	b.try(s.Connect())
	if s.Len() != 4 {
		t.Errorf("%d synapses, want 4", s.Len())
	}
	_, err := b.s.Synapses(g, g, "w : 1", "x_post += w")
	fails(t, err, "second text", "OnPre")
	_, err = b.s.Synapses(g, (*sim.NeuronGroup)(nil))
	fails(t, err, "nil")
}

func TestAConstantWithoutAValueYetIsNamed(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = units.Quantity{}
	_, err := b.s.NeuronGroup(1, leaky)
	fails(t, err, "tau is 0 without a unit", "above")
	b.vars["I"] = (*sim.TimedArray)(nil)
	_, err = b.s.NeuronGroup(1, "dv/dt = I(t) : 1")
	fails(t, err, "I")
}

func TestOneLineSpeaksForAllUnnamedGroups(t *testing.T) {
	b := newNotebook(t)
	b.cell("", func() {
		b.vars["tau"] = q("10*ms")
		for range 3 {
			b.vars["g"] = b.leak()
			b.try(b.s.Run(q("1*ms")))
		}
		b.vars["g"] = must(b.s.NeuronGroup(1, leaky, sim.Name("mine")))
		b.try(b.s.Run(q("1*ms")))
	})
	if n := strings.Count(b.streams["stdout"], "\n"); n != 2 {
		t.Errorf("%d lines, want one for the unnamed groups and one for mine:\n%s", n, b.streams["stdout"])
	}
}
