package units

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

// row is a line of the reference file: a quantity, a refused text, a specification or a refused one.
type row struct {
	Text, Spec   *string
	Value        *float64
	Dim          []float64
	Error, Type  string
	Prints       string `json:"brian_prints"`
	BrianMessage string `json:"brian_error"`
}

// printedOtherwise are the texts whose printed form is not Brian's, with the reason.
var printedOtherwise = map[string]string{
	"1/ms": "1 kHz",                 // Brian keeps 1/ms as a unit of its own; here it is a quantity like any other
	"1/mV": "1000 m^-2 kg^-1 s^3 A", // the same
}

func TestReferenceValues(t *testing.T) {
	eachRow(t, func(t *testing.T, r row) {
		switch {
		case r.Spec != nil:
			checkSpec(t, r)
		case r.Error != "":
			checkRefused(t, r)
		default:
			checkValue(t, r)
		}
	})
}

// eachRow runs check on the rows of testdata/units.jsonl, and of another such file if GOLGI_UNITS names one.
func eachRow(t *testing.T, check func(*testing.T, row)) {
	files := []string{"testdata/units.jsonl"}
	if other := os.Getenv("GOLGI_UNITS"); other != "" {
		files = append(files, other)
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows := 0
		for lines := bufio.NewScanner(file); lines.Scan(); rows++ {
			var r row
			if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
				t.Fatal(err)
			}
			check(t, r)
		}
		if rows == 0 {
			t.Errorf("%s has no rows", name)
		}
	}
}

func checkValue(t *testing.T, r row) {
	q, err := Parse(*r.Text)
	if err != nil {
		t.Errorf("%s: %v", *r.Text, err)
		return
	}
	if q.SI() != *r.Value {
		t.Errorf("%s is %v, want %v", *r.Text, q.SI(), *r.Value)
	}
	if q.Dim() != inTwelfths(r.Dim) {
		t.Errorf("%s has dimension %v, want %v", *r.Text, q.Dim(), r.Dim)
	}
	want, differs := printedOtherwise[*r.Text]
	if !differs {
		want = ourForm(r.Prints)
	} else if want == ourForm(r.Prints) {
		t.Errorf("%s prints as in Brian: it is no exception any more", *r.Text)
	}
	if q.String() != want {
		t.Errorf("%s prints %q, want %q", *r.Text, q, want)
	}
}

// ourForm turns what Brian prints into what we print: no point without decimals, in numbers and in exponents.
func ourForm(text string) string {
	fields := strings.Fields(text)
	for i, field := range fields {
		field = strings.TrimSuffix(field, ".0")
		field = strings.TrimSuffix(field, ".")
		fields[i] = strings.Replace(field, ".e", "e", 1)
	}
	return strings.Join(fields, " ")
}

func inTwelfths(exponents []float64) Dimension {
	var d Dimension
	for i, e := range exponents {
		d[i] = int16(e * 12)
	}
	return d
}

func checkRefused(t *testing.T, r row) {
	q, err := Parse(*r.Text)
	if err == nil {
		t.Errorf("%s gives %v, want an error", *r.Text, q)
		return
	}
	checkReason(t, *r.Text, err, r.Error)
}

func checkReason(t *testing.T, text string, err error, want string) {
	var ours *Error
	if !errors.As(err, &ours) || string(ours.Reason) != want {
		t.Errorf("%q: the error %q is no %s error", text, err, want)
	}
}

func checkSpec(t *testing.T, r row) {
	d, kind, err := ParseDimension(*r.Spec)
	switch {
	case r.Error != "" && err == nil:
		t.Errorf("specification %q gives %v, want an error", *r.Spec, d)
	case r.Error != "":
		checkReason(t, *r.Spec, err, r.Error)
	case err != nil:
		t.Errorf("specification %q: %v", *r.Spec, err)
	case d != inTwelfths(r.Dim) || kind.String() != r.Type:
		t.Errorf("specification %q gives %v %v, want %v %v", *r.Spec, d, kind, r.Dim, r.Type)
	}
}

func TestWhatIsPrintedReadsBack(t *testing.T) {
	eachRow(t, func(t *testing.T, r row) {
		if r.Value == nil {
			return
		}
		q, _ := Parse(*r.Text)
		again, err := Parse(q.String())
		if err != nil || again.Dim() != q.Dim() || !near(again.SI(), q.SI(), 1e-6) {
			t.Errorf("%s prints %q, which reads as %v (%v)", *r.Text, q, again, err)
		}
	})
}

func TestDimensionTextReadsBack(t *testing.T) {
	eachRow(t, func(t *testing.T, r row) {
		if r.Dim == nil {
			return
		}
		d := inTwelfths(r.Dim)
		again, _, err := ParseDimension(d.String())
		if err != nil || again != d {
			t.Errorf("%v is spelled %q, which reads as %v (%v)", [7]int16(d), d, [7]int16(again), err)
		}
	})
}
