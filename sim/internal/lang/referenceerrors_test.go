package lang

import (
	"errors"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// A caseText is what this package reads of a reference case.
type caseText struct {
	Name      string
	Namespace map[string]string
	Timed     map[string]struct {
		Unit    string
		Columns bool
	} `json:"timed_arrays"`
	Groups    []groupText
	Subgroups []struct{ Name, Of string }
	Synapses  []synapseText
}

type groupText struct {
	Name, Kind, Model, Threshold, Reset, Refractory string
	Events                                          map[string]string
	RunOnEvent                                      map[string]string       `json:"run_on_event"`
	RunRegularly                                    []struct{ Code string } `json:"run_regularly"`
	Init                                            map[string]any
}

type synapseText struct {
	Name, Source, Target, Model string
	Index                       string `json:"multisynaptic_index"`
	Codes, Conditions           []string
	Init                        map[string]string
	Pathways                    []struct{ Code string }
}

type errorRow struct {
	What, Where, Text, Reason string
	Case                      caseText
}

// session gives the external names of a case.
func (c caseText) session(t *testing.T) Symbols {
	names := Symbols{}
	for name, text := range c.Namespace {
		q, err := units.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		names[name] = &Symbol{Name: name, Kind: Constant, Type: Float, Dim: q.Dim(), Shared: true, Fixed: true, Value: q.SI()}
	}
	for name, a := range c.Timed {
		q, err := units.Parse(a.Unit)
		if err != nil {
			t.Fatal(err)
		}
		s := &Symbol{Name: name, Kind: TimedArray, Type: Float, Dim: q.Dim(), Args: []units.Dimension{seconds}}
		if a.Columns {
			s.Args = append(s.Args, units.Dimension{})
		}
		names[name] = s
	}
	return names
}

func (c caseText) named(name string) groupText {
	for _, s := range c.Subgroups {
		if s.Name == name {
			return c.named(s.Of)
		}
	}
	for _, g := range c.Groups {
		if g.Name == name {
			return g
		}
	}
	return groupText{Name: name}
}

func checkText(model string, place Place, refractory bool, external Scope) (*Checked, error) {
	eqs, err := Parse(model)
	if err != nil {
		return nil, err
	}
	return Check(eqs, place, refractory, external)
}

// between gives the external names of synapses: the session's, and the variables of both groups.
func (c caseText) between(t *testing.T, s synapseText) Symbols {
	names := c.session(t)
	add := func(group string, ending string, bare bool) {
		g := c.named(group)
		checked, err := checkText(g.Model, Neurons, g.Threshold != "", c.session(t))
		if err != nil {
			t.Fatal(err)
		}
		for name, own := range checked.Own() {
			s := *own
			s.Owner = ending[1:]
			names[name+ending] = &s
			if bare && s.Equation != nil {
				names[name] = &s
			}
		}
	}
	add(s.Source, "_pre", false)
	add(s.Target, "_post", true)
	return names
}

// elsewhere are the places of errors that are not of the language: values, methods, runs.
var elsewhere = map[string]bool{
	"method": true, "monitor": true, "synapses": true, "spike_generator": true, "run": true, "dt": true, "group": true, "linked": true,
}

// later are the rows about the language that need what only the group or the method knows.
var later = map[string]string{
	"A linked variable that was never linked.":       "links are the group's",
	"A nonlinear event-driven equation.":             "the method says what it can integrate",
	"An unknown variable.":                           "an assignment from outside is by name; in statements the name would be a temporary",
	"Two values for three rows.":                     "a length",
	"Values for a synaptic variable before connect.": "connect is the group's",
	"An index beyond the target.":                    "a number of rows",
	"Arrays of different length.":                    "a length",
	"A map that leaves the target group.":            "a number of rows",
	"A generator without in.":                        "connect",
	"A range with a real-valued bound.":              "connect",
	"A sample without p or size.":                    "connect",
	"A condition together with index arrays.":        "connect",
}

func TestEveryReferenceErrorIsRefusedOnceWithItsReason(t *testing.T) {
	for _, row := range readRows[errorRow](t, "testdata/errors.jsonl") {
		if elsewhere[row.Where] || later[row.What] != "" {
			continue
		}
		t.Run(strings.ReplaceAll(row.Where+" "+row.Text, "/", "÷"), func(t *testing.T) {
			err := row.refuse(t)
			var list ErrorList
			var fault *Error
			if !errors.As(err, &fault) {
				t.Fatalf("got error %v, expected an Error", err)
			}
			if errors.As(err, &list) && len(list) != 1 {
				t.Errorf("%d messages, expected one:\n%v", len(list), err)
			}
			if fault.Reason != row.Reason {
				t.Errorf("reason %q, expected %q", fault.Reason, row.Reason)
			}
			if !strings.Contains(fault.Error(), "^") || fault.Hint == "" {
				t.Errorf("no caret or hint")
			}
			t.Log("\n" + fault.Error())
		})
	}
}

// refuse reads the text of the row where it stands and gives the error.
func (row errorRow) refuse(t *testing.T) error {
	c := row.Case
	g := c.Groups[0]
	switch row.Where {
	case "model":
		_, err := checkText(row.Text, Neurons, g.Threshold != "", c.session(t))
		return err
	case "synapse model":
		_, err := checkText(row.Text, Synapse, false, c.between(t, c.Synapses[0]))
		return err
	case "on_pre", "connect":
		checked, err := checkText(c.Synapses[0].Model, Synapse, false, c.between(t, c.Synapses[0]))
		if err != nil {
			t.Fatal(err)
		}
		if row.Where == "connect" {
			return condition1(row.Text, checked.Scope())
		}
		return statements(row.Text, checked.Scope())
	}
	for _, other := range c.Groups {
		if other.Kind == "" {
			g = other
		}
	}
	checked, err := checkText(g.Model, Neurons, true, c.session(t))
	if err != nil {
		t.Fatal(err)
	}
	return row.inGroup(checked.Scope())
}

func (row errorRow) inGroup(s Scope) error {
	text := row.Text
	switch row.Where {
	case "threshold", "event":
		return condition1(text, s)
	case "refractory":
		e, err := ParseExpr(text)
		if err == nil {
			_, err = CheckRefractory(text, e, s)
		}
		return err
	}
	if value, isDelay := strings.CutPrefix(text, "delay = "); isDelay {
		e, err := ParseExpr(value)
		if err == nil {
			_, err = CheckExpr(value, e, s, Want{Type: Float, Dim: &seconds, What: "a delay"})
		}
		if fault, ok := err.(*Error); ok && fault.Hint == "" {
			fault.Hint = "none is due here"
		}
		return err
	}
	return statements(text, s)
}

func condition1(text string, s Scope) error {
	e, err := ParseExpr(text)
	if err == nil {
		_, err = CheckExpr(text, e, s, Want{Type: Boolean})
	}
	return err
}

func statements(text string, s Scope) error {
	list, err := ParseStatements(text)
	if err == nil {
		_, _, err = CheckStatements(text, list, s)
	}
	return err
}

func TestEveryTextOfTheReferenceCasesIsAccepted(t *testing.T) {
	for _, c := range readRows[caseText](t, "testdata/texts.jsonl") {
		accept := func(what string, err error) {
			t.Helper()
			if err != nil {
				t.Errorf("%s: %s: %v", c.Name, what, err)
			}
		}
		for _, g := range c.Groups {
			if g.Kind != "" {
				continue
			}
			checked, err := checkText(g.Model, Neurons, g.Threshold != "", c.session(t))
			accept("model", err)
			if err == nil {
				g.acceptTexts(checked.Scope(), accept)
				roundTrip(t, checked)
			}
		}
		for _, s := range c.Synapses {
			if c.named(s.Source).Name == s.Source && (isSynapse(c, s.Source) || isSynapse(c, s.Target)) {
				continue // synapses on synapses: their variables come from the caller
			}
			external := c.between(t, s)
			if s.Index != "" {
				external[s.Index] = &Symbol{Name: s.Index, Kind: Index, Type: Integer}
			}
			checked, err := checkText(s.Model, Synapse, false, external)
			accept("synapses", err)
			if err == nil {
				s.acceptTexts(checked.Scope(), accept)
			}
		}
	}
}

func isSynapse(c caseText, name string) bool {
	for _, s := range c.Synapses {
		if s.Name == name {
			return true
		}
	}
	return false
}

func (g groupText) acceptTexts(s Scope, accept func(string, error)) {
	if g.Threshold != "" {
		accept("threshold", condition1(g.Threshold, s))
	}
	for _, e := range g.Events {
		accept("event", condition1(e, s))
	}
	if g.Refractory != "" {
		accept("refractory", errorRow{Text: g.Refractory, Where: "refractory"}.inGroup(s))
	}
	accept("reset", statements(g.Reset, s))
	for _, r := range g.RunRegularly {
		accept("run_regularly", statements(r.Code, s))
	}
	for _, code := range g.RunOnEvent {
		accept("run_on_event", statements(code, s))
	}
	for name, v := range g.Init {
		if text, ok := v.(string); ok {
			accept("init "+name, assignable(name, text, s))
		}
	}
}

// assignable checks the value of an assignment from outside, which may also set constants.
func assignable(name, text string, s Scope) error {
	e, err := ParseExpr(text)
	if err == nil {
		v := s.Lookup(name)
		_, err = CheckExpr(text, e, s, Want{Type: v.Type, Dim: &v.Dim, What: name})
	}
	return err
}

func (s synapseText) acceptTexts(scope Scope, accept func(string, error)) {
	for _, code := range s.Codes {
		accept("code", statements(code, scope))
	}
	for _, text := range s.Conditions {
		accept("condition", condition1(text, scope))
	}
	for name, text := range s.Init {
		accept("init "+name, assignable(name, text, scope))
	}
}

// roundTrip prints a model and reads it again.
func roundTrip(t *testing.T, c *Checked) {
	t.Helper()
	again, err := Parse(c.Equations.String())
	if err != nil {
		t.Fatal(err)
	}
	for k, q := range again.List {
		p := c.Equations.List[k]
		if q.Name != p.Name || q.Form != p.Form || q.Flags != p.Flags || q.Dim != p.Dim || q.Type != p.Type || q.Expr != nil && !Equal(q.Expr, p.Expr) {
			t.Errorf("%s came back as %s", p.String(), q.String())
		}
	}
}
