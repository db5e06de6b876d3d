package lang

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// An errorText is one text of testdata/errors.txt without its marks.
type errorText struct {
	kind, text, piece string
	pos               int
	message, hint     string
}

var quoted = regexp.MustCompile(`"([^"]*)"`)

func readErrorTexts(t *testing.T) []errorText {
	data, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	var texts []errorText
	for _, section := range strings.Split(string(data), "\n== ")[1:] {
		kind, body, _ := strings.Cut(section, "\n")
		separator := "\n\n"
		if kind == "condition" || kind == "value" {
			separator = "\n"
		}
		for _, text := range strings.Split(strings.Trim(body, "\n"), separator) {
			if strings.Contains(text, "###") {
				texts = append(texts, newErrorText(t, kind, text))
			}
		}
	}
	return texts
}

func newErrorText(t *testing.T, kind, marked string) errorText {
	e := errorText{kind: kind}
	var lines []string
	for _, line := range strings.Split(marked, "\n") {
		source, note, _ := strings.Cut(line, "###")
		if expected := quoted.FindAllStringSubmatch(note, 2); len(expected) > 0 {
			e.message = expected[0][1]
			if len(expected) > 1 {
				e.hint = expected[1][1]
			}
		}
		lines = append(lines, source)
	}
	text := strings.Join(lines, "\n")
	before, rest, ok := strings.Cut(text, "«")
	piece, after, closed := strings.Cut(rest, "»")
	if !ok || !closed {
		t.Fatalf("no marks in %q", marked)
	}
	e.text, e.piece, e.pos = before+piece+after, piece, len(before)
	return e
}

// classroom is a session with the constants of a course.
func classroom() Symbols {
	names := Symbols{"inp": {Name: "inp", Kind: TimedArray, Type: Float, Dim: units.Dimension{3: 12}, Args: []units.Dimension{seconds}}}
	for name, text := range map[string]string{"tau": "10*ms", "El": "-70*mV", "I0": "1*nA", "R": "100*Mohm"} {
		q, err := units.Parse(text)
		if err != nil {
			panic(err)
		}
		names[name] = &Symbol{Name: name, Kind: Constant, Type: Float, Dim: q.Dim(), Shared: true, Fixed: true, Value: q.SI()}
	}
	return names
}

const classroomModel = `dv/dt = (El - v)/tau : volt
n : integer
m : integer
flag : boolean
fixed : volt (constant)
lin : volt (linked)
c : volt (shared)
s = 2*n : integer`

func (e errorText) refuse(t *testing.T) error {
	switch e.kind {
	case "model":
		_, err := checkText(e.text, Neurons, true, classroom())
		return err
	case "synapses":
		names := classroom()
		volt := units.Dimension{24, 12, -36, -12}
		for _, s := range []*Symbol{
			{Name: "v_pre", Kind: State, Dim: volt, Owner: "pre"}, {Name: "v_post", Kind: State, Dim: volt, Owner: "post"}, {Name: "v", Kind: State, Dim: volt, Owner: "post"},
			{Name: "g_pre", Kind: Parameter, Owner: "pre"}, {Name: "I_post", Kind: Parameter, Dim: units.Dimension{3: 12}, Owner: "post"},
		} {
			s.Type = Float
			names[s.Name] = s
		}
		_, err := checkText(e.text, Synapse, false, names)
		return err
	}
	checked, err := checkText(classroomModel, Neurons, true, classroom())
	if err != nil {
		t.Fatal(err)
	}
	switch e.kind {
	case "condition":
		return condition1(e.text, checked.Scope())
	case "statements":
		return statements(e.text, checked.Scope())
	}
	x, err := ParseExpr(e.text)
	if err == nil {
		_, err = CheckExpr(e.text, x, checked.Scope(), Want{})
	}
	return err
}

func TestErrorsStandAtTheWrongPieceAndSayWhatToDo(t *testing.T) {
	texts := readErrorTexts(t)
	if len(texts) < 100 {
		t.Fatalf("only %d texts", len(texts))
	}
	for _, e := range texts {
		err := e.refuse(t)
		var fault *Error
		if !errors.As(err, &fault) {
			t.Errorf("%s %q: got %v, expected an error with %q", e.kind, e.text, err, e.message)
			continue
		}
		if !strings.Contains(fault.Message, e.message) || !strings.Contains(fault.Hint, e.hint) {
			t.Errorf("%s: expected %q with hint %q, got\n%v", e.kind, e.message, e.hint, err)
		}
		if fault.Pos != e.pos || e.piece != "" && fault.Text[fault.Pos:fault.End] != e.piece {
			t.Errorf("%s: the mark is at %d %q, expected %d %q\n%v", e.kind, fault.Pos, fault.Text[fault.Pos:fault.End], e.pos, e.piece, err)
		}
		if fault.Hint == "" {
			t.Errorf("%s: no hint in\n%v", e.kind, err)
		}
	}
}
