package lang

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// A maker makes random checked expressions over the variables x, y, z (real), k (integer) and b (boolean).
type maker struct{ *rand.Rand }

var madeScope = &ownScope{own: map[string]*Symbol{
	"x": {Name: "x", Type: Float}, "y": {Name: "y", Type: Float}, "z": {Name: "z", Type: Float},
	"k": {Name: "k", Type: Integer}, "b": {Name: "b", Type: Boolean},
}}

func (m maker) values() map[string]float64 {
	return map[string]float64{
		"x": m.Float64()*4 - 2, "y": m.Float64()*4 - 2, "z": 0.5 + m.Float64(), "k": float64(m.IntN(7) - 3), "b": float64(m.IntN(2)),
	}
}

// number gives the text of a numeric expression.
func (m maker) number(depth int) string {
	if depth == 0 {
		return []string{"x", "y", "z", "k", "0", "1", "2", "0.5", "3.0"}[m.IntN(9)]
	}
	a := m.number(depth - 1)
	switch m.IntN(12) {
	case 0:
		return "(" + a + " + " + m.number(depth-1) + ")"
	case 1:
		return "(" + a + " - " + m.number(depth-1) + ")"
	case 2, 3:
		return "(" + a + ")*(" + m.number(depth-1) + ")"
	case 4:
		return "(" + a + ")/(1 + (" + m.number(depth-1) + ")**2)"
	case 5, 6:
		return "(-" + a + ")"
	case 7:
		return "sin(" + a + ")"
	case 8:
		return "where(" + m.condition(depth-1) + ", " + a + ", " + m.number(depth-1) + ")"
	case 9:
		return "(" + a + ")**" + []string{"0", "1", "2", "3"}[m.IntN(4)]
	case 10:
		return "int(" + m.condition(depth-1) + ")*" + a
	}
	return "clip(" + a + ", -1, 1)"
}

func (m maker) condition(depth int) string {
	switch m.IntN(5) {
	case 0:
		return "b"
	case 1:
		return "True"
	case 2:
		return "not (" + m.number(max(depth-1, 0)) + " > y)"
	case 3:
		return "(" + m.number(max(depth-1, 0)) + " > x and b)"
	}
	return "(x <= " + m.number(max(depth-1, 0)) + " or False)"
}

func mustExpr(t testing.TB, text string, s Scope) *Expr {
	t.Helper()
	e, err := ParseExpr(text)
	if err == nil {
		e, err = CheckExpr(text, e, s, Want{})
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

func size(e *Expr) int {
	n := 0
	Walk(e, func(*Expr) bool { n++; return true })
	return n
}

func TestSimplifyKeepsValueAndTypeAndNeverGrows(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(1, 2))}
	for range 3000 {
		text := m.number(1 + m.IntN(4))
		e := mustExpr(t, text, madeScope)
		s := Simplify(e)
		if s.Type != e.Type || size(s) > size(e) {
			t.Fatalf("%s (%v) became %s (%v)", e, e.Type, s, s.Type)
		}
		for range 5 {
			v := m.values()
			got, want := evaluate(s, v), evaluate(e, v)
			if got != want && !(math.IsNaN(want) || math.IsInf(want, 0)) {
				t.Fatalf("%s is %v at %v, but simplified to %s it is %v", e, want, v, s, got)
			}
		}
	}
}

func TestSimplifyDoesWhatIsSaid(t *testing.T) {
	for _, c := range [][2]string{
		{"0 + x", "x"}, {"x - 0", "x"}, {"0 - x", "-x"}, {"1*x", "x"}, {"x*1.0", "x"}, {"x/1", "x"}, {"0*x + y", "y"},
		{"--x", "x"}, {"x + -y", "x - y"}, {"x - -y", "x + y"}, {"-x*-y", "x*y"}, {"x*(2 + 3)", "x*5"}, {"x**1", "x"},
		{"where(True, x, y)", "x"}, {"where(False, x, y)", "y"}, {"not not b", "b"}, {"b and True", "b"}, {"b or True", "True"},
		{"k/1", "k/1"}, // a quotient of integers is real
		{"x + y - y", "x + y - y"},
		{"1/0*x", "1/0*x"},
	} {
		if got := Simplify(mustExpr(t, c[0], madeScope)).String(); got != c[1] {
			t.Errorf("%s simplified to %s, expected %s", c[0], got, c[1])
		}
	}
}

func TestLinearTakesApartWhatItPutsTogether(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(3, 4))}
	linear := 0
	for range 4000 {
		text := m.number(1 + m.IntN(4))
		e := mustExpr(t, text, madeScope)
		coef, rest, ok := Linear(e, []string{"x", "y"})
		if !ok {
			continue
		}
		linear++
		for _, part := range append(coef, rest) {
			if Uses(part, "x") || Uses(part, "y") {
				t.Fatalf("%s: the part %s is not free of x and y", e, part)
			}
		}
		for range 3 {
			v := m.values()
			want := evaluate(e, v)
			got := evaluate(coef[0], v)*v["x"] + evaluate(coef[1], v)*v["y"] + evaluate(rest, v)
			if math.Abs(got-want) > 1e-9*(1+math.Abs(want)) && !math.IsInf(want, 0) && !math.IsNaN(want) {
				t.Fatalf("%s is %v, its parts %s, %s, %s give %v", e, want, coef[0], coef[1], rest, got)
			}
		}
	}
	if linear < 500 {
		t.Errorf("only %d linear expressions", linear)
	}
}

func TestLinearKnowsTheFormsOfEquations(t *testing.T) {
	volt := units.Dimension{24, 12, -36, -12}
	s := &ownScope{own: map[string]*Symbol{
		"v": {Name: "v", Type: Float, Dim: volt}, "El": {Name: "El", Type: Float, Dim: volt}, "tau": {Name: "tau", Type: Float, Dim: seconds},
		"I": {Name: "I", Type: Float, Dim: volt}, "h": {Name: "h", Type: Float}, "a": {Name: "a", Type: Float, Dim: seconds.Div(seconds.Mul(seconds))},
		"on": {Name: "on", Type: Boolean},
	}}
	for _, c := range []struct{ text, name, coef, rest string }{
		{"(El - v + I)/tau", "v", "-1/tau", "(El + I)/tau"},
		{"a*(1 - h) - 3*a*h", "h", "-a - 3*a", "a"},
		{"-v/tau", "v", "-1/tau", "0.0"},
		{"El/tau", "v", "0.0", "El/tau"},
		{"where(on, -v, El)/tau", "v", "where(on, -1, 0.0)/tau", "where(on, 0.0, El)/tau"},
		{"v**2/volt/tau", "v", "", ""},
		{"exp(v/mV)*mV/tau", "v", "", ""},
		{"int(v > El)*v/tau", "v", "", ""},
		{"El/(v/mV)/tau", "v", "", ""},
		{"clip(v, El, I)/tau", "v", "", ""},
	} {
		coef, rest, ok := Linear(mustExpr(t, c.text, s), []string{c.name})
		if !ok {
			if c.coef != "" {
				t.Errorf("%s is linear in %s", c.text, c.name)
			}
			continue
		}
		if c.coef == "" {
			t.Errorf("%s is not linear in %s, got %s and %s", c.text, c.name, coef[0], rest)
		} else if coef[0].String() != c.coef || rest.String() != c.rest {
			t.Errorf("%s: got %s and %s, expected %s and %s", c.text, coef[0], rest, c.coef, c.rest)
		}
	}
}

func TestPartsOfALinearExpressionHaveTheirDimensions(t *testing.T) {
	volt := units.Dimension{24, 12, -36, -12}
	s := &ownScope{own: map[string]*Symbol{"v": {Name: "v", Type: Float, Dim: volt}, "w": {Name: "w", Type: Float}, "tau": {Name: "tau", Type: Float, Dim: seconds}}}
	for _, text := range []string{"-v/tau", "(20*mV - v)/tau", "20*mV/tau + w*mV/ms"} {
		e := mustExpr(t, text, s)
		coef, rest, _ := Linear(e, []string{"v", "w"})
		if coef[0].Dim.Mul(volt) != e.Dim && Uses(e, "v") || coef[1].Dim != e.Dim && Uses(e, "w") || rest.Dim != e.Dim {
			t.Errorf("%s: dimensions %v, %v, %v", text, coef[0].Dim, coef[1].Dim, rest.Dim)
		}
	}
}

func TestDerivativesAgreeWithDifferences(t *testing.T) {
	for _, text := range []string{
		"x**3", "x**-2", "2**x", "(1 + x**2)**x", "x*y", "x/y", "y/(1 + x**2)", "sqrt(x + 3)", "sin(x*y)", "cos(x)", "tan(x/3)",
		"sinh(x)", "cosh(x)", "tanh(2*x)", "arcsin(x/3)", "arccos(x/3)", "arctan(x)", "exp(-x**2)", "expm1(x)", "log(x + 3)",
		"log10(x + 3)", "log1p(x + 2.5)", "abs(x - 0.1)", "exprel(x)", "1/exprel(-(x + 0.4)/0.1)", "exprel(x/40)", "clip(x**2, 0.2, 2)", "min(x, x**2)",
		"max(sin(x), cos(x))", "where(x > 0, x**2, -x)", "arctan2(x, 1 + x**2)", "arctan2(y, x)", "x % 0.7", "floor(x)*x", "x**2*int(x > 0)",
		"sign(x)*x", "heaviside(x)*x", "-x + +x**2 - y", "(x - y)/(x + 5)", "exp(x)/(1 + exp(x))",
	} {
		e := mustExpr(t, text, madeScope)
		d, err := Diff(e, "x")
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		for _, x := range []float64{-1.913, -0.871, -0.3173, 0.003, 0.0417, 0.391, 1.237, 1.9} {
			v := map[string]float64{"x": x, "y": 0.73}
			const h = 1e-5
			at := func(x float64) float64 { return evaluate(e, map[string]float64{"x": x, "y": 0.73}) }
			want := (8*(at(x+h)-at(x-h)) - (at(x+2*h) - at(x-2*h))) / (12 * h)
			if got := evaluate(d, v); !(math.Abs(got-want) < 2e-7*(1+math.Abs(want))) {
				t.Errorf("the derivative of %s at %v is %v by differences, %v by %s", text, x, want, got, d)
			}
		}
	}
}

func TestTheSlopeOfExprelHoldsItsDigitsNearZero(t *testing.T) {
	d, err := Diff(mustExpr(t, "exprel(x)", madeScope), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []float64{0, 1e-9, -1e-4, 0.05, 0.0999, -0.1001, 0.11, 0.2} {
		want, term := 0.0, 1.0
		for k := 0; k < 25; k++ { // sum of x**k/(k!*(k+2))
			want += term / float64(k+2)
			term *= x / float64(k+1)
		}
		if got := evaluate(d, map[string]float64{"x": x}); math.Abs(got-want) > 1e-13 {
			t.Errorf("at %v: got %v, expected %v", x, got, want)
		}
	}
}

func TestDimensionsOfDerivatives(t *testing.T) {
	volt := units.Dimension{24, 12, -36, -12}
	s := &ownScope{own: map[string]*Symbol{"v": {Name: "v", Type: Float, Dim: volt}, "g": {Name: "g", Type: Float}}}
	for _, text := range []string{"v**2", "g*v", "v/ms", "exp(v/mV)*nA", "sqrt(v*v)", "nS*(v - 3*mV)", "3*nA", "clip(v, 0, 3*mV)", "abs(v)", "v % (3*mV)", "v**1.5"} {
		e := mustExpr(t, text, s)
		d, err := Diff(e, "v")
		if err != nil {
			t.Fatal(err)
		}
		if want := e.Dim.Div(volt); d.Dim != want && Uses(e, "v") {
			t.Errorf("d(%s)/dv = %s has unit %v, expected %v", text, d, d.Dim, want)
		}
	}
}

func TestWhatHasNoDerivativeIsRefused(t *testing.T) {
	checked, err := checkText("v : 1", Neurons, false, Symbols{
		"f": {Name: "f", Kind: Function, Type: Float, Args: []units.Dimension{{}}, Ref: 1},
		"u": {Name: "u", Kind: TimedArray, Type: Float, Args: []units.Dimension{seconds}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"f(v)", "poisson(v)*2", "u(v*ms) + v"} {
		_, err := Diff(mustExpr(t, text, checked.Scope()), "v")
		var fault *Error
		if !errors.As(err, &fault) || fault.Reason != ReasonDerivative {
			t.Errorf("%s: got error %v", text, err)
		}
	}
	d, err := Diff(mustExpr(t, "f(3) + u(t) + rand() + v", checked.Scope()), "v")
	if err != nil || d.String() != "1.0" {
		t.Errorf("got %v, %v, expected 1.0", d, err)
	}
}

func TestInlineSubstitutesAllButWhatIsHeld(t *testing.T) {
	checked, err := checkText("dv/dt = (a - v + h)/tau : 1\na = 2*c : 1\nc = i + 1 : 1\nh = rand() : 1 (constant over dt)\ntau : second", Neurons, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := checked.Inline(checked.Equations.Get("v").Expr).String()
	if want := "(2*(1.0*(i + 1)) - v + h)/tau"; got != want {
		t.Errorf("got %s, expected %s", got, want)
	}
	var names []string
	for _, q := range checked.Order() {
		names = append(names, q.Name)
	}
	if len(names) != 3 || names[0] != "c" || names[1] != "a" {
		t.Errorf("order %v, expected c before a", names)
	}
}

func TestSubstLeavesTheTreeItReads(t *testing.T) {
	e := mustExpr(t, "x + x*y", madeScope)
	before := e.String()
	got := SubstNames(e, map[string]*Expr{"x": mustExpr(t, "z + 1", madeScope)}).String()
	if got != "z + 1 + (z + 1)*y" || e.String() != before {
		t.Errorf("got %s, and the tree reads %s", got, e)
	}
	if SubstNames(e, map[string]*Expr{"unused": Number(1)}) != e {
		t.Error("a tree without the name is copied")
	}
}
