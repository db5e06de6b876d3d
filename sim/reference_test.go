package sim_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// A feature is a part of the simulator that some cases need. A case that needs a missing feature is counted, not
// judged; once it passes, the feature must not be called missing any more.
type feature struct {
	name    string
	missing bool
	needs   func(*referenceCase) bool
}

var features = []feature{
	{"synapses", false, func(c *referenceCase) bool { return len(c.Synapses) > 0 }},
	{"spike generators", false, func(c *referenceCase) bool {
		return anyGroup(c, func(g groupText) bool { return g.Kind == "spike_generator" })
	}},
	{"poisson groups", false, func(c *referenceCase) bool { return anyGroup(c, func(g groupText) bool { return g.Kind == "poisson" }) }},
	{"poisson inputs", false, func(c *referenceCase) bool { return len(c.PoissonInputs) > 0 }},
	{"timed arrays", false, func(c *referenceCase) bool { return len(c.TimedArrays) > 0 }},
	{"run_regularly", false, func(c *referenceCase) bool {
		return anyGroup(c, func(g groupText) bool { return len(g.RunRegularly) > 0 })
	}},
	{"subgroups", false, func(c *referenceCase) bool { return len(c.Subgroups) > 0 }},
	{"rate monitors", false, func(c *referenceCase) bool {
		return anyMonitor(c, func(m monitorText) bool { return m.Kind == "rate" })
	}},
	{"custom events", false, func(c *referenceCase) bool { return anyGroup(c, func(g groupText) bool { return len(g.Events) > 0 }) }},
	{"linked variables", false, func(c *referenceCase) bool {
		return anyGroup(c, func(g groupText) bool { return len(g.Linked) > 0 || hasFlag(g.Model, "linked") })
	}},
	{"several clocks", false, hasSeveralClocks},
	{"store", false, func(c *referenceCase) bool { return anyStep(c, func(s stepText) bool { return s.Store != nil }) }},
	{"heun", false, usesMethod("heun")},
	{"milstein", false, usesMethod("milstein")},
	{"rkf45", true, usesMethod("rkf45", "gsl_rkf45")},
	{"summed variables", false, hasSynapticFlag("summed")},
	{"event-driven", false, hasSynapticFlag("event-driven")},
	{"clock-driven", false, hasClockDriven},
	{"generators in Connect", false, hasGenerator},
}

func anyGroup(c *referenceCase, is func(groupText) bool) bool {
	return slices.ContainsFunc(c.Groups, is)
}

func anyMonitor(c *referenceCase, is func(monitorText) bool) bool {
	return slices.ContainsFunc(c.Monitors, is)
}

func anyStep(c *referenceCase, is func(stepText) bool) bool { return slices.ContainsFunc(c.Script, is) }

func hasFlag(model, flag string) bool {
	return regexp.MustCompile(`\([^()]*\b` + flag + `\b[^()]*\)\s*(#.*)?(\n|$)`).MatchString(model)
}

func hasSynapticFlag(flag string) func(*referenceCase) bool {
	return func(c *referenceCase) bool {
		return slices.ContainsFunc(c.Synapses, func(s synapsesText) bool { return hasFlag(s.Model, flag) })
	}
}

// hasClockDriven tells whether synapses have an equation that is not event-driven.
func hasClockDriven(c *referenceCase) bool {
	differential := regexp.MustCompile(`(?m)^\s*d\w+/dt\s*=.*$`)
	return slices.ContainsFunc(c.Synapses, func(s synapsesText) bool {
		return slices.ContainsFunc(differential.FindAllString(s.Model, -1), func(line string) bool { return !hasFlag(line, "event-driven") })
	})
}

func usesMethod(names ...string) func(*referenceCase) bool {
	return func(c *referenceCase) bool {
		return anyGroup(c, func(g groupText) bool { return slices.Contains(names, g.Method) })
	}
}

func hasSeveralClocks(c *referenceCase) bool {
	own := func(dt string) bool { return dt != "" && dt != c.Dt }
	return anyGroup(c, func(g groupText) bool { return own(g.Dt) }) ||
		slices.ContainsFunc(c.Synapses, func(s synapsesText) bool { return own(s.Dt) }) ||
		anyStep(c, func(s stepText) bool { return s.Dt != nil })
}

func hasGenerator(c *referenceCase) bool {
	for _, s := range c.Synapses {
		for _, call := range s.Connect {
			if strings.Contains(call.I.text()+" "+call.J.text(), " for ") {
				return true
			}
		}
	}
	return false
}

// missing lists the features that a case needs and the simulator lacks.
func missing(c *referenceCase) []string {
	var names []string
	for _, f := range features {
		if f.missing && f.needs(c) {
			names = append(names, f.name)
		}
	}
	return names
}

// A knownDifference is a part of a case that is meant to come out otherwise, with the reason. All else of the case
// must come out, and the part must really differ.
type knownDifference struct {
	result, variable string
	from             int // the first sample that may differ
	reason           string
}

var knownDifferent = map[string]knownDifference{
	"dt-change": {"m", "v", 42, "a longer step must not lose spikes in flight: the recorded simulator moves the bins of its queue to the new ones one after the other, and a later empty bin wipes out an earlier one that goes to the same place"},
}

// allow takes out the differences that are known.
func (c *comparison) allow(k knownDifference) {
	before := len(c.differences)
	c.differences = slices.DeleteFunc(c.differences, func(d difference) bool {
		return d.note == "" && d.result == k.result && d.variable == k.variable && d.sample >= k.from
	})
	if len(c.differences) == before {
		c.note(k.result, k.variable, "does not differ any more: %s", k.reason)
	}
}

// Every case passes but those that need a missing feature.
func TestReferenceCasesGiveTheExpectedResults(t *testing.T) {
	passed, total, waiting := 0, 0, map[string]int{}
	for _, c := range readCases(t) {
		total++
		t.Run(c.Name, func(t *testing.T) {
			lacks := missing(c)
			fault := runCase(c)
			switch {
			case len(lacks) == 0 && fault != "":
				t.Error(fault)
			case len(lacks) == 0:
				passed++
			case fault == "":
				t.Errorf("passes, so %s is not missing any more", strings.Join(lacks, " or "))
			default:
				for _, name := range lacks {
					waiting[name]++
				}
			}
		})
	}
	t.Logf("%d of %d cases pass, %d of them with a known difference%s", passed, total, len(knownDifferent), counted(waiting))
}

// counted lists numbers of cases by what they wait for.
func counted(waiting map[string]int) string {
	if len(waiting) == 0 {
		return ""
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(waiting)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, waiting[name]))
	}
	return "; not built: " + strings.Join(parts, ", ")
}

// runCase says what is wrong with the results of a case, "" for nothing.
func runCase(c *referenceCase) (fault string) {
	defer func() {
		if r := recover(); r != nil {
			fault = fmt.Sprintf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	m, err := makeModel(c, 1)
	if err == nil {
		err = m.run()
	}
	if err != nil {
		return err.Error()
	}
	check := &comparison{relative: c.Tolerance.Relative, absolute: c.Tolerance.Absolute}
	if err := m.check(check); err != nil {
		return err.Error()
	}
	if known, ok := knownDifferent[c.Name]; ok {
		check.allow(known)
	}
	return check.report()
}

// check compares all results that the case expects.
func (m *referenceModel) check(c *comparison) error {
	for _, result := range slices.Sorted(maps.Keys(m.text.Expect)) {
		raw := m.text.Expect[result]
		var err error
		switch result {
		case "t_end":
			err = m.checkEnd(raw, c)
		case "final", "connectivity":
			err = m.checkNested(result, raw, c)
		case "methods":
			err = m.checkMethods(raw, c)
		default:
			err = m.checkResult(result, result, raw, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *referenceModel) checkEnd(raw json.RawMessage, c *comparison) error {
	var want float64
	err := json.Unmarshal(raw, &want)
	c.number(difference{result: "t_end", got: m.net.Time().SI(), want: want}, false, 0)
	return err
}

func (m *referenceModel) checkMethods(raw json.RawMessage, c *comparison) error {
	want := map[string]string{}
	if err := json.Unmarshal(raw, &want); err != nil {
		return err
	}
	for name, method := range want {
		if got := m.objects[name].(*sim.NeuronGroup).Integrator(); got != method {
			c.note("methods", name, "got %s, want %s", got, method)
		}
	}
	return nil
}

func (m *referenceModel) checkNested(result string, raw json.RawMessage, c *comparison) error {
	objects := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &objects); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		if err := m.checkResult(result+" "+name, name, objects[name], c); err != nil {
			return err
		}
	}
	return nil
}

// checkResult compares the variables of one object.
func (m *referenceModel) checkResult(result, object string, raw json.RawMessage, c *comparison) error {
	wanted := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &wanted); err != nil {
		return err
	}
	for _, variable := range slices.Sorted(maps.Keys(wanted)) {
		want, err := readExpected(wanted[variable])
		if err != nil {
			return err
		}
		got, err := m.read(object, variable)
		if err != nil {
			return err
		}
		c.compare(result, variable, want, got)
	}
	return nil
}

// read gives a variable of an object; steps are the times of a monitor in steps of its group.
func (m *referenceModel) read(object, variable string) (units.Array, error) {
	o, ok := m.objects[object].(sim.Variables)
	if !ok {
		return units.Array{}, fmt.Errorf("there is no %q to read from", object)
	}
	if variable != "steps" || slices.Contains(o.VariableNames(), "steps") {
		return o.Read(variable)
	}
	times, err := o.Read("t")
	if err != nil {
		return times, err
	}
	dt, err := units.Parse(m.stepOf(object))
	var steps []int
	for _, t := range times.SI() {
		steps = append(steps, int(math.Round(t/dt.SI())))
	}
	return units.IntArray(steps), err
}

// stepOf is the step of a group, or of the group that a monitor or a subgroup belongs to.
func (m *referenceModel) stepOf(object string) string {
	for _, g := range m.text.Groups {
		if g.Name == object && g.Dt != "" {
			return g.Dt
		}
	}
	for _, s := range m.text.Subgroups {
		if s.Name == object {
			return m.stepOf(s.Of)
		}
	}
	for _, s := range m.text.Monitors {
		if s.Name == object {
			return m.stepOf(s.Of)
		}
	}
	return m.text.Dt
}

// A value that is off by a little more than the tolerance must not pass, nor another length or an integer off by one.
func TestTheComparisonWithReferenceValuesCanFail(t *testing.T) {
	want, _ := readExpected(json.RawMessage(`[[1, 2], [0, 4]]`))
	for _, try := range []struct {
		got  units.Array
		pass bool
	}{
		{units.NewArray([]float64{1, 2, 3e-9, 4}, units.Dimension{}, 2, 2), true},
		{units.NewArray([]float64{1, 2, 5e-9, 4}, units.Dimension{}, 2, 2), false},
		{units.NewArray([]float64{1, 2, math.NaN(), 4}, units.Dimension{}, 2, 2), false},
		{units.NewArray([]float64{1, 2, 0, 4}, units.Dimension{}, 4), false},
		{units.NewArray([]float64{1, 2, 0}, units.Dimension{}, 3), false},
		{units.NewKind([]float64{1, 2, 0, 5}, units.Dimension{}, units.Integer, 2, 2), false},
		{units.NewKind([]float64{1, 2, 0, 4}, units.Dimension{}, units.Integer, 2, 2), true},
	} {
		c := &comparison{relative: 1e-9}
		c.compare("m", "v", want, try.got)
		if passes := c.report() == ""; passes != try.pass {
			t.Errorf("%v passes: %t, want %t", try.got.SI(), passes, try.pass)
		}
	}
}

// What the case dt-change leaves out: spikes that are on the way when the step grows arrive at the step nearest to
// their time, so that the values are sums of exponentials from the ends of these steps on.
func TestSpikesInFlightArriveAfterTheStepHasGrown(t *testing.T) {
	for _, c := range readCases(t) {
		if c.Name != "dt-change" {
			continue
		}
		m, err := makeModel(c, 1)
		if err == nil {
			err = m.run()
		}
		if err != nil {
			t.Fatal(err)
		}
		arrivals := [][]float64{{1.6, 3.4, 4.2}, {1.9, 3.6, 4.6}, {2.15, 4.0, 4.8}} // ends of steps [ms] by target, then source
		values, _ := m.read("m", "v")
		times, _ := m.read("m", "t")
		for row, list := range arrivals {
			at := times.SI()[times.Len()-1]
			want := 0.0
			for source, arrival := range list {
				want += (1 + 10*float64(source)) * math.Exp(-(at-arrival*1e-3)/3e-3)
			}
			if got := values.SI()[(row+1)*times.Len()-1]; math.Abs(got-want) > 1e-9*want {
				t.Errorf("row %d at %g s: got %.12g, want %.12g", row, at, got, want)
			}
		}
		return
	}
	t.Skip("the folder has no case dt-change")
}
