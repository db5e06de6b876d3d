package lang

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestTextsMayBeLaidOutFreely(t *testing.T) {
	const canonical = "dv/dt = (a + b)/tau : volt (unless refractory)\nw = a : 1 (shared, constant over dt)\nx : amp/metre**2\ny : amp/metre**2\nn : integer (constant)\n"
	for _, text := range []string{
		"dv/dt=(a+b)/tau:volt(unless refractory)\nw=a:1(shared,constant over dt)\nx,y:amp/metre**2\nn:integer(constant)",
		"\n\n\t  dv / dt = (a   # first\n\n # between\n  + b) / tau\n\t\t : volt   (unless \t refractory)  # why\n\n  w = a:1 ( constant  over dt , shared )\n  x , y : amp/metre**2 \n n : integer (constant)\n   ",
		"dv/dt = (a + b) \\\n /tau : volt (unless refractory)\r\nw = a : 1 (shared, constant over dt)\r\nx, y : amp/metre**2\r\nn : integer (constant)\r\n",
		"dv/dt = (a +\nb)/\ntau\n: volt (unless\nrefractory)\nw = (a) : 1 (constant over dt,\n shared)\nx,\ny : amp/meter**2\nn : integer (constant)",
	} {
		eqs, err := Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if got := eqs.String(); got != canonical {
			t.Errorf("%q reads\n%s, expected\n%s", text, got, canonical)
		}
	}
}

func TestNamesMayBeOfAnyScript(t *testing.T) {
	checked, err := checkText("dVₘ/dt = (Eₗ - Vₘ)/τ_m : volt\nEₗ : volt\nτ_m : second\nθ0 : 1", Neurons, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if q := checked.Equations.Get("Vₘ"); q == nil || q.Expr.String() != "(Eₗ - Vₘ)/τ_m" {
		t.Errorf("got %v", q)
	}
}

func TestPositionsAreThoseOfTheText(t *testing.T) {
	const text = "x = a + (b*c) - sin(d) : 1 (shared)\n  q : volt"
	eqs, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	at := func(pos, end int) string { return text[pos:end] }
	q, e := eqs.List[0], eqs.List[0].Expr
	for _, c := range [][2]string{
		{at(e.Pos, e.End), "a + (b*c) - sin(d)"}, {at(e.Args[0].Pos, e.Args[0].End), "a + (b*c)"},
		{at(e.Args[0].Args[1].Pos, e.Args[0].Args[1].End), "(b*c)"}, {at(e.Args[1].Pos, e.Args[1].End), "sin(d)"},
		{at(q.Pos, q.End), "x = a + (b*c) - sin(d) : 1 (shared)"}, {text[q.UnitPos:][:1], "1"}, {text[eqs.List[1].Pos:], "q : volt"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, expected %q", c[0], c[1])
		}
	}
}

func TestStatementsAreSeparatedByLinesAndSemicolons(t *testing.T) {
	list, err := ParseStatements("v = 0  # back\n\n   a += (0.1 +\n 2); b -= 0.05;\n c //= \\\n 3;; d **= 2\r\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, s.String())
	}
	if want := "v = 0|a += 0.1 + 2|b -= 0.05|c //= 3|d **= 2"; strings.Join(got, "|") != want {
		t.Errorf("got %v, expected %s", got, want)
	}
}

func TestPrecedenceIsPythons(t *testing.T) {
	for _, c := range [][2]string{ // a text, and the same with all its parentheses
		{"-x**2", "-(x**2)"}, {"2**-x**y", "2**(-(x**y))"}, {"a - b - c", "(a - b) - c"}, {"a/b*c", "(a/b)*c"}, {"a*-b", "a*(-b)"},
		{"not a == b", "not (a == b)"}, {"not a and b or c", "((not a) and b) or c"}, {"a // b % c", "(a // b) % c"}, {"-a*b", "(-a)*b"},
		{"a + b < c*d", "(a + b) < (c*d)"}, {"not not a", "not (not a)"}, {"- -x", "-(-x)"},
	} {
		a, errA := ParseExpr(c[0])
		b, errB := ParseExpr(c[1])
		if errA != nil || errB != nil || !Equal(a, b) {
			t.Errorf("%s and %s differ (%v, %v)", c[0], c[1], errA, errB)
		}
	}
}

func TestNumbersKeepBitsAndType(t *testing.T) {
	for text, want := range map[string]Type{
		"1": Integer, "1.": Float, ".5": Float, "1e3": Float, "1E-3": Float, "0.1": Float, "9007199254740993": Float, "123456789": Integer, "1e300": Float, "1e15": Float,
	} {
		e, err := ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseExpr(e.String())
		if err != nil || e.Type != want || again.Type != want || again.Value != e.Value {
			t.Errorf("%s: %v %v, came back as %v", text, e.Value, e.Type, again)
		}
	}
}

func TestAPlainZeroHasAnyDimension(t *testing.T) {
	checked, err := checkText("dv/dt = 0 : volt\nw = -0.0 + v : volt\nI = 0 : amp\nx = where(v > 0, clip(v, 0, 1*mV), 0)/mV : 1", Neurons, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := checked.Equations.Get("v").Expr.Dim.String(); d != "volt/second" {
		t.Errorf("the zero has unit %s, expected volt/second", d)
	}
	if _, err := checkText("I = 1 : amp", Neurons, false, nil); err == nil {
		t.Error("a plain 1 is taken for a current")
	}
}

func TestAModelsOwnMinWins(t *testing.T) {
	checked, err := checkText("min : volt\nbinomial : 1\nv = 2*min + binomial*mV : volt", Neurons, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if k := checked.Lookup("min").Kind; k != Parameter {
		t.Errorf("min is a %v", k)
	}
	session := Symbols{"max": {Name: "max", Kind: Constant, Type: Float, Shared: true, Value: 3}}
	if _, err := checkText("x = max + max(1, 2) : 1", Neurons, false, session); err != nil {
		t.Errorf("a constant max of the session: %v", err)
	}
}

func TestShadowingWarns(t *testing.T) {
	checked, err := checkText("tau : second", Neurons, false, classroom())
	if err != nil || len(checked.Warnings) != 1 || !strings.Contains(checked.Warnings[0], "tau is a variable of the model") {
		t.Fatalf("got %v, %v", checked, err)
	}
	list, _ := ParseStatements("El = 3*mV")
	typed, warnings, err := CheckStatements("El = 3*mV", list, mustCheck(t, "v : volt").Scope())
	if err != nil || len(warnings) != 1 || typed[0].Sym.Kind != Local {
		t.Errorf("got %v, %v, %v", typed, warnings, err)
	}
}

func mustCheck(t *testing.T, model string) *Checked {
	t.Helper()
	checked, err := checkText(model, Neurons, true, classroom())
	if err != nil {
		t.Fatal(err)
	}
	return checked
}

func TestTemporariesWiden(t *testing.T) {
	const text = "n = 1; n = n*0.5; v = n*mV; n += 1"
	list, err := ParseStatements(text)
	if err != nil {
		t.Fatal(err)
	}
	typed, _, err := CheckStatements(text, list, mustCheck(t, "v : volt").Scope())
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []Type{Integer, Float, Float, Float} {
		if typed[k].Sym.Type != want {
			t.Errorf("statement %d: %v, expected %v", k, typed[k].Sym.Type, want)
		}
	}
}

func TestAnExponentMayBeASharedConstant(t *testing.T) {
	if _, err := checkText("p : 1 (shared, constant)\nv : volt\nx = v**p : volt**2\ny = v**(p + 1)/volt + 1*mV : volt", Neurons, false, nil); err != nil {
		t.Error(err)
	}
	two := Symbols{"p": {Name: "p", Kind: Constant, Type: Float, Shared: true, Fixed: true, Value: 2}}
	if _, err := checkText("v : volt\nx = v**p : volt**2", Neurons, false, two); err != nil {
		t.Error(err)
	}
	if _, err := checkText("v : volt\nx = v**p : volt", Neurons, false, two); err == nil {
		t.Error("v**2 is taken for volt")
	}
}

func TestManyErrorsComeInTheOrderOfTheText(t *testing.T) {
	_, err := checkText("dv/dt = u : volt\nx = w : 1\n_y : 1", Neurons, false, nil)
	var list ErrorList
	if !errors.As(err, &list) || len(list) != 3 || list[0].Line() != 1 || list[1].Line() != 2 || list[2].Line() != 3 {
		t.Errorf("got %v", err)
	}
}

func TestNoTextTakesLong(t *testing.T) {
	const n = 50000
	doubling := "a0 : 1\n"
	for k := 1; k < 60; k++ {
		name := func(k int) string { return "a" + strings.Repeat("i", k) }
		doubling += name(k) + " = " + strings.Replace(name(k-1), "a ", "a0", 1) + "*" + name(k-1) + " : 1\n"
	}
	doubling = strings.Replace(doubling, "a0 : 1", "a : 1", 1)
	for what, text := range map[string]string{
		"signs": strings.Repeat("-", n) + "x", "parentheses": strings.Repeat("(", n), "nots": strings.Repeat("not ", n), "powers": "x" + strings.Repeat("**x", n),
		"sum": "x" + strings.Repeat("+x", n), "calls": strings.Repeat("sin(", n), "name": strings.Repeat("x", n), "digits": strings.Repeat("1", n),
		"lines": strings.Repeat("\n", n), "comparisons": "x" + strings.Repeat("<x", n), "commas": "f(" + strings.Repeat("x,", n), "points": strings.Repeat(".", n),
		"backslashes": strings.Repeat("\\\n", n), "blanks": "\\" + strings.Repeat(" ", n) + "x", "many backslashes": strings.Repeat("\\ ", n),
	} {
		start := time.Now()
		readAll(text)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: %v", what, took)
		}
	}
	start := time.Now()
	_, err := checkText(doubling, Neurons, false, nil)
	var fault *Error
	if !errors.As(err, &fault) || !strings.Contains(fault.Message, "becomes too long") || time.Since(start) > 2*time.Second {
		t.Errorf("sixty doublings: %v after %v", err, time.Since(start))
	}
}

// readAll takes a text through everything that reads texts.
func readAll(text string) {
	if e, err := ParseExpr(text); err == nil {
		CheckExpr(text, e, madeScope, Want{Type: Boolean})
		_ = e.LaTeX()
	} else {
		_ = err.Error()
	}
	if list, err := ParseStatements(text); err == nil {
		if _, _, err = CheckStatements(text, list, madeScope); err != nil {
			_ = err.Error()
		}
	} else {
		_ = err.Error()
	}
	for _, place := range []Place{Neurons, Synapse, Spatial} {
		if checked, err := checkText(text, place, true, classroom()); err != nil {
			_ = err.Error()
		} else {
			_ = checked.Equations.LaTeX()
		}
	}
}

func TestErrorsShowLineCaretAndHint(t *testing.T) {
	_, err := checkText("\n  dv/dt = (El - v)/tau : volt\n\tdw/dt = (El - w)/taú : volt\n", Neurons, false, classroom())
	want := "there is no taú\n  line 3: dw/dt = (El - w)/taú : volt\n                           ^^^\nhint: did you mean tau?"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nexpected\n%s", err, want)
	}
}

func TestLaTeX(t *testing.T) {
	eqs, err := Parse("dv/dt = (E_L - v)/tau_m + 2*3*x**2*sqrt(y) : volt (unless refractory)\nn_a_b : integer\nok = x <= 1e-3 and not (y > inf) : boolean")
	if err != nil {
		t.Fatal(err)
	}
	const want = `\begin{aligned}
\frac{\mathrm{d}v}{\mathrm{d}t} &= \frac{E_{L} - v}{\tau_{m}} + 2 \cdot 3 \, x^{2} \, \sqrt{y} && \text{(unit: $\mathrm{volt}$, unless refractory)} \\
n_{\mathit{a\_b}} & && \text{(unit: $\mathrm{integer}$)} \\
\mathit{ok} &= x \le 0.001 \land \lnot \left(y > \infty\right) && \text{(unit: $\mathrm{boolean}$)} \\
\end{aligned}`
	if got := eqs.LaTeX(); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
}
