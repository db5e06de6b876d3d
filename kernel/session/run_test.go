package session

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/sim"
)

const leaky = "dv/dt = -v/tau : volt"

// course sets the constants of the course's first neuron.
func (b *notebook) course() {
	for name, text := range map[string]string{"g_L": "10*nS", "C_m": "200*pF", "E_leak": "-70*mV", "I_ext": "1*nA", "V_th": "-55*mV"} {
		b.vars[name] = q(text)
	}
}

const courseModel = "dVm/dt = (g_L*(E_leak - Vm) + I_ext)/C_m : volt"

func TestTheFirstNeuronOfTheCourseRunsFromAnyVariable(t *testing.T) {
	b := newNotebook(t)
	b.course()
	var g *sim.NeuronGroup
	b.cell("neurons := …", func() {
		g = must(b.s.NeuronGroup(1, courseModel, sim.Threshold("Vm > V_th"), sim.Reset("Vm = E_leak")))
		b.vars["neurons"] = g
		b.vars["spikes"] = must(b.s.SpikeMonitor(g))
		b.try(b.s.Run(q("100*ms")))
	})
	b.wantNear("Vm [mV]", must(g.Read("Vm")).SI()[0]*1e3, -65.59974818, 5e-9)
	if n := b.vars["spikes"].(*sim.SpikeMonitor).NumSpikes(); n != 31 {
		t.Errorf("%d spikes, want 31", n)
	}
	if text := b.streams["stdout"]; !strings.Contains(text, "exact") {
		t.Errorf("no line tells the integrator: %q", text)
	}
}

func TestRunFindsObjectsInSlicesMapsAndStructs(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	var groups []*sim.NeuronGroup
	make1 := func() *sim.NeuronGroup {
		g := must(b.s.NeuronGroup(1, leaky))
		b.try(g.Write("v", nil, q("1*mV")))
		groups = append(groups, g)
		return g
	}
	cyclic := map[string]any{"g": make1()}
	cyclic["itself"] = cyclic
	b.vars["slice"] = []*sim.NeuronGroup{make1()}
	b.vars["map"] = cyclic
	b.vars["struct"] = struct {
		Xg *sim.NeuronGroup
		g  *sim.NeuronGroup
	}{make1(), make1()}
	b.vars["pointer"] = &struct{ List []any }{[]any{[1]*sim.NeuronGroup{make1()}}}
	b.try(b.s.Run(q("10*ms")))
	for k, g := range groups {
		b.wantNear("v", must(g.Read("v")).SI()[0], 1e-3*0.36787944117144233, 1e-12)
		if t.Failed() {
			t.Fatalf("group %d did not run", k)
		}
	}
}

func (b *notebook) leak() *sim.NeuronGroup { return must(b.s.NeuronGroup(1, leaky)) }

func lastTime(m *sim.StateMonitor) float64 {
	t := must(m.Read("t"))
	return t.SI()[t.Len()-1]
}

func TestTimeGoesOnForKnownObjectsAndBeginsAgainForNewOnes(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	monitored := func() *sim.StateMonitor {
		g := b.leak()
		m := must(b.s.StateMonitor(g, "v"))
		b.vars["g"], b.vars["m"] = g, m
		return m
	}
	first := monitored()
	b.try(b.s.Run(q("10*ms")))
	b.try(b.s.Run(q("10*ms")))
	b.wantNear("the last time", lastTime(first), 0.0199, 1e-9)
	second := monitored()
	b.try(b.s.Run(q("10*ms")))
	b.wantNear("the last time of new objects", lastTime(second), 0.0099, 1e-9)
	b.wantNear("the last time of dropped ones", lastTime(first), 0.0199, 1e-9)
	third := must(b.s.StateMonitor(b.vars["g"].(*sim.NeuronGroup), "v"))
	b.vars["another"] = third
	b.try(b.s.Run(q("10*ms")))
	b.wantNear("the last time of a later monitor", lastTime(third), 0.0199, 1e-9)
}

func TestAMonitorOfADroppedGroupSaysWhichCellToRun(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	b.cell("neurons := NeuronGroup(1, eqs)", func() { b.vars["neurons"] = b.leak() })
	b.cell("// record\nmonitor := StateMonitor(neurons)", func() {
		b.vars["monitor"] = must(b.s.StateMonitor(b.vars["neurons"].(*sim.NeuronGroup)))
	})
	b.cell("neurons := NeuronGroup(1, eqs)", func() { b.vars["neurons"] = b.leak() })
	b.cell("Run(10*ms)", func() {
		fails(t, b.s.Run(q("10*ms")), "statemonitor", "In[2] (`monitor := StateMonitor(neurons)`)", "run cell 2 again")
	})
}

func TestAGroupThatNoVariableEverHeldRunsWithItsMonitor(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	m := must(b.s.StateMonitor(b.leak(), "v"))
	b.vars["m"] = m
	b.try(b.s.Run(q("1*ms")))
	if n := must(m.Read("t")).Len(); n != 10 {
		t.Errorf("%d samples, want 10", n)
	}
}

func TestRunInAFunctionRunsWhatItsVariablesHold(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	outer := b.leak()
	b.vars["outer"] = outer
	m := must(b.s.StateMonitor(outer, "v"))
	b.vars["m"] = m
	var end float64
	b.inside([]any{"tau", q("20*ms")}, func() {
		g := b.leak()
		b.try(g.Write("v", nil, q("1*volt")))
		record := must(b.s.StateMonitor(g, "v"))
		b.inside([]any{"tau", q("20*ms"), "record", record}, func() { b.try(b.s.Run(q("20*ms"))) })
		end = must(g.Read("v")).SI()[0]
	})
	b.wantNear("v with the function's tau", end, 0.36787944117144233, 1e-9)
	if n := must(m.Read("t")).Len(); n != 0 {
		t.Errorf("the session's monitor has %d samples, want none", n)
	}
	b.inside([]any{"k", 3}, func() { b.try(b.s.Run(q("1*ms"))) })
	if n := must(m.Read("t")).Len(); n != 10 {
		t.Errorf("the session's monitor has %d samples, want 10", n)
	}
}

func TestAFunctionThatChangesItsVariableIsSeenByTheNextRun(t *testing.T) {
	b := newNotebook(t)
	var g *sim.NeuronGroup
	b.inside([]any{"tau", q("10*ms")}, func() { g = b.leak() })
	b.try(g.Write("v", nil, q("1*volt")))
	b.inside([]any{"g", g, "tau", q("5*ms")}, func() { b.try(b.s.Run(q("5*ms"))) })
	b.wantNear("v", must(g.Read("v")).SI()[0], 0.36787944117144233, 1e-9)
}

func TestARedefinedConstantIsSeenByTheNextRun(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	g := b.leak()
	b.vars["g"] = g
	b.try(g.Write("v", nil, q("1*volt")))
	b.try(b.s.Run(q("10*ms")))
	b.vars["tau"] = q("5*ms")
	b.try(b.s.Run(q("5*ms")))
	b.wantNear("v", must(g.Read("v")).SI()[0], 0.1353352832366127, 1e-9)
}

func TestObjectsOfBareStatementsBelongToTheirCell(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	calls := 0
	b.cell("g := …", func() { b.vars["g"] = b.leak() })
	bare := func() { must(b.s.NetworkOperation(func() { calls++ }, sim.Dt(q("1*ms")))) }
	b.cell("NetworkOperation(…)", bare)
	b.cell("NetworkOperation(…)", bare)
	b.cell("Run(10*ms)", func() { b.try(b.s.Run(q("10*ms"))) })
	if calls != 10 {
		t.Errorf("%d calls, want 10", calls)
	}
	b.cell("NetworkOperation(…) // another", bare)
	b.cell("Run(10*ms)", func() { b.try(b.s.Run(q("10*ms"))) })
	if calls != 30 {
		t.Errorf("%d calls, want 30", calls)
	}
}

func TestAnOperationThatAVariableHeldGoesWithTheVariable(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	calls := 0
	b.vars["g"] = b.leak()
	b.cell("op := NetworkOperation(…)", func() { b.vars["op"] = must(b.s.NetworkOperation(func() { calls++ }, sim.Dt(q("1*ms")))) })
	b.cell("op = nil", func() { b.vars["op"] = nil })
	b.try(b.s.Run(q("10*ms")))
	if calls != 0 {
		t.Errorf("%d calls of a dropped operation", calls)
	}
}

func TestWhatAGroupRunsIsTakenAwayWhenItsCellRunsAgain(t *testing.T) {
	b := newNotebook(t)
	g := must(b.s.NeuronGroup(1, "x : 1"))
	b.vars["g"] = g
	regular := func() { b.s.Keep(must(g.RunRegularly("x += 1", sim.Dt(q("1*ms"))))) }
	b.cell("g.RunRegularly(…)", regular)
	b.cell("g.RunRegularly(…)", regular)
	b.try(b.s.Run(q("10*ms")))
	b.wantNear("x", must(g.Read("x")).SI()[0], 10, 0)
}

func TestAnInputWithoutAVariableInAFunctionRunsWithItsGroup(t *testing.T) {
	b := newNotebook(t)
	trial := func() float64 {
		var x float64
		g := must(b.s.NeuronGroup(1, "x : 1"))
		b.inside([]any{"g", g}, func() {
			must(b.s.PoissonInput(g, "x", 1000000, q("10*Hz"), 1))
			b.try(b.s.Run(q("10*ms")))
			x = must(g.Read("x")).SI()[0]
		})
		return x
	}
	b.cell("trial(); trial()", func() {
		for range 2 {
			if x := trial(); x < 90000 || x > 110000 {
				t.Errorf("found %v events, want about 100000", x)
			}
		}
	})
}

func TestStartScopeForgetsButResultsStay(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	g := b.leak()
	m := must(b.s.StateMonitor(g, "v"))
	b.vars["g"], b.vars["m"] = g, m
	b.try(b.s.Run(q("1*ms")))
	b.s.StartScope()
	fails(t, b.s.Run(q("1*ms")), "nothing to run")
	b.vars["fresh"] = b.leak()
	b.try(b.s.Run(q("1*ms")))
	if n := must(m.Read("t")).Len(); n != 10 {
		t.Errorf("%d samples, want 10", n)
	}
}

func TestDefaultDtReachesObjectsMadeBefore(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	g := b.leak()
	m := must(b.s.StateMonitor(g, "v"))
	b.vars["m"] = m
	b.try(b.s.DefaultDt(q("0.5*ms")))
	b.try(b.s.Run(q("10*ms")))
	if n := must(m.Read("t")).Len(); n != 20 {
		t.Errorf("%d samples, want 20", n)
	}
}

func TestAnInterruptStopsTheRunAndLeavesTheTime(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	g := b.leak()
	m := must(b.s.StateMonitor(g, "v"))
	b.vars["m"] = m
	ctx, cancel := context.WithCancel(context.Background())
	b.ctx = ctx
	steps := 0
	b.cell("Run(10*second)", func() {
		b.vars["op"] = must(b.s.NetworkOperation(func() {
			if steps++; steps == 50 {
				cancel()
			}
			time.Sleep(100 * time.Microsecond)
		}))
		if err := b.s.Run(q("10*second"), b.s.Report()); err != context.Canceled {
			t.Errorf("Run gives %v", err)
		}
	})
	for _, values := range b.updates {
		if text := values[len(values)-1].(bar).String(); !strings.Contains(text, "stopped at") {
			t.Errorf("the bar of a stopped run ends as %q", text)
		}
	}
	b.ctx = context.Background()
	b.vars["op"] = nil
	stopped := lastTime(m)
	b.cell("Run(1*ms)", func() { b.try(b.s.Run(q("1*ms"))) })
	b.wantNear("the time after the next run", lastTime(m), stopped+1e-3, 1e-9)
}

func TestStopEndsTheRunAfterTheStep(t *testing.T) {
	b := newNotebook(t)
	b.vars["tau"] = q("10*ms")
	m := must(b.s.StateMonitor(b.leak(), "v"))
	b.vars["m"] = m
	b.vars["op"] = must(b.s.NetworkOperation(func() { b.s.Stop() }))
	b.try(b.s.Run(q("1*second")))
	if n := must(m.Read("t")).Len(); n >= 100 {
		t.Errorf("%d samples after Stop", n)
	}
}

func TestReportShowsABarThatEndsFull(t *testing.T) {
	b := newNotebook(t)
	b.vars["g"] = must(b.s.NeuronGroup(1, "x : 1"))
	b.try(b.s.Run(q("10*ms"), b.s.Report()))
	if len(b.updates) != 1 {
		t.Fatalf("%d displays, want 1", len(b.updates))
	}
	for _, values := range b.updates {
		if text := values[len(values)-1].(bar).String(); !strings.Contains(text, "100 %") || !strings.Contains(text, "10 ms") {
			t.Errorf("the bar ends as %q", text)
		}
	}
	b.try(b.s.Run(q("10*ms")))
	if len(b.updates) != 1 {
		t.Error("a short run shows a bar")
	}
}

func TestSeededRunsAndNumbersRepeat(t *testing.T) {
	b := newNotebook(t)
	draw := func() (float64, float64, float64) {
		b.s.Seed(1)
		g := must(b.s.PoissonGroup(10, q("100*Hz")))
		m := must(b.s.SpikeMonitor(g))
		b.vars["g"], b.vars["m"] = g, m
		b.s.StartScope()
		b.vars["h"] = must(b.s.NeuronGroup(1, "x : 1", sim.Name("named")))
		b.try(b.vars["h"].(*sim.NeuronGroup).Write("x", nil, "rand()"))
		return must(b.vars["h"].(*sim.NeuronGroup).Read("x")).SI()[0], must(b.s.Rand(3)).SI()[2], must(b.s.RandN()).SI()[0]
	}
	x1, r1, n1 := draw()
	x2, r2, n2 := draw()
	if x1 != x2 || r1 != r2 || n1 != n2 {
		t.Errorf("the seed gives %v %v %v, then %v %v %v", x1, r1, n1, x2, r2, n2)
	}
	b.s.Seed(2)
	if again := must(b.s.Rand(3)).SI()[2]; again == r1 {
		t.Error("another seed gives the same number")
	}
}

func TestWarningsComeOnceACell(t *testing.T) {
	b := newNotebook(t)
	b.cell("a", func() {
		b.s.ws.Warn("careful")
		b.s.ws.Warn("careful")
	})
	b.cell("b", func() { b.s.ws.Warn("careful") })
	if want := "Warning: careful\nWarning: careful\n"; b.streams["stderr"] != want {
		t.Errorf("stderr is %q, want %q", b.streams["stderr"], want)
	}
}

func TestArgumentsOfTheWrongKindAreNamed(t *testing.T) {
	b := newNotebook(t)
	g := must(b.s.NeuronGroup(3, "x : 1"))
	_, err := b.s.NeuronGroup(1.5, "x : 1")
	fails(t, err, "NeuronGroup", "1.5", "whole number")
	_, err = b.s.NeuronGroup(q("3*mV"), "x : 1")
	fails(t, err, "3 mV", "whole number")
	_, err = b.s.StateMonitor(g, "x", 5)
	fails(t, err, "StateMonitor", "the int 5", "argument 3", "name of a variable")
	_, err = b.s.StateMonitor((*sim.NeuronGroup)(nil), "x")
	fails(t, err, "nil")
	_, err = b.s.NetworkOperation(5)
	fails(t, err, "NetworkOperation", "func()")
	fails(t, b.s.Run(q("5*mV")), "nothing to run")
	b.vars["g"] = g
	fails(t, b.s.Run(q("5*mV")), "5 mV", "time")
}
