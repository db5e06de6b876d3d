package units

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestComparisonsOfQuantitiesArraysAndTextsAgreeWithGo(t *testing.T) {
	for _, pair := range [][2]float64{{1, 2}, {2, 2}, {3, 2}} {
		x, y := pair[0], pair[1]
		q, r := times(x, "mV"), times(y, "mV")
		a, b := Of(q), Of(r)
		for operator, c := range map[string]struct {
			want, scalar bool
			mask         Array
		}{
			"<": {x < y, q.Lt(r), a.Lt(b)}, "<=": {x <= y, q.Le(r), a.Le(b)}, ">": {x > y, q.Gt(r), a.Gt(b)}, ">=": {x >= y, q.Ge(r), a.Ge(b)},
			"==": {x == y, q.Eq(r), a.Eq(b)}, "!=": {x != y, q.Ne(r), a.Ne(b)},
		} {
			text, err := Parse(fmt.Sprintf("%g*mV %s %g*mV", x, operator, y))
			if c.scalar != c.want || c.mask.Bool() != c.want || err != nil || (text == Scalar(1)) != c.want {
				t.Errorf("%g %s %g is %v, %v and %v (%v), want %v", x, operator, y, c.scalar, c.mask, text, err, c.want)
			}
		}
	}
	if or := BoolArray([]bool{true, false}).Or(BoolArray([]bool{false, false})).Bools(); !or[0] || or[1] {
		t.Errorf("or is %v", or)
	}
}

func TestFunctionsOfQuantitiesAndArraysAgreeWithMath(t *testing.T) {
	for name, c := range map[string]struct {
		f      func(float64) float64
		scalar func(Quantity) Quantity
		array  func(any) Array
	}{
		"exp": {math.Exp, Quantity.Exp, Exp}, "log": {math.Log, Quantity.Log, Log}, "log10": {math.Log10, Quantity.Log10, Log10},
		"sin": {math.Sin, Quantity.Sin, Sin}, "cos": {math.Cos, Quantity.Cos, Cos}, "tan": {math.Tan, Quantity.Tan, Tan},
		"tanh": {math.Tanh, Quantity.Tanh, Tanh}, "floor": {math.Floor, Quantity.Floor, Floor}, "ceil": {math.Ceil, Quantity.Ceil, Ceil},
		"abs": {math.Abs, Quantity.Abs, Abs}, "sqrt": {math.Sqrt, Quantity.Sqrt, Sqrt},
	} {
		for _, x := range []float64{0.25, 1.5, 40} {
			want := Scalar(c.f(x))
			text, err := Parse(fmt.Sprintf("%s(%v)", name, x))
			if c.scalar(Scalar(x)) != want || c.array(x).Quantity() != want || text != want || err != nil {
				t.Errorf("%s(%v) is %v, %v and %v (%v), want %v", name, x, c.scalar(Scalar(x)), c.array(x), text, err, want)
			}
		}
	}
	if got := Scalar(2.5).Round(); got != Scalar(2) {
		t.Errorf("2.5 rounds to %v", got)
	}
}

func TestPowersAreRoundedOnce(t *testing.T) {
	// 3**40 needs 64 bits; its nearest double, by integers, is what a power must give.
	exact := uint64(1)
	for range 40 {
		exact *= 3
	}
	if got := Scalar(3).Pow(40).SI(); got != float64(exact) {
		t.Errorf("3**40 is %v, want %v", got, float64(exact))
	}
	for x, want := range map[float64]float64{0: math.Inf(1), 0.5: 8, -2: -0.125} {
		if got := Scalar(x).Pow(-3).SI(); got != want {
			t.Errorf("%v**-3 is %v, want %v", x, got, want)
		}
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	for _, open := range []string{"(", "-", "2**", "sqrt("} {
		if _, err := Parse(strings.Repeat(open, 1_000_000) + "1"); err == nil {
			t.Errorf("a million %q are read", open)
		}
	}
	for _, open := range []string{"(", "volt**-"} {
		if _, _, err := ParseDimension(strings.Repeat(open, 1_000_000) + "1"); err == nil {
			t.Errorf("a million %q are read", open)
		}
	}
}

func TestExponentsOfSpecifications(t *testing.T) {
	for spec, want := range map[string]string{"second**(1/2)": "second**0.5", "second**-(1/2)": "second**-0.5", "second**(-1/2)": "second**-0.5",
		"(volt/second)**2": "volt**2/second**2", "metre**(1/3)": "metre**0.3333333333", "1/second": "hertz", "second**-1": "hertz"} {
		d, _, err := ParseDimension(spec)
		if err != nil || d.String() != want {
			t.Errorf("%q is %v (%v), want %s", spec, d, err, want)
		}
	}
	for _, spec := range []string{"volt**", "volt**x", "volt**(1/2", "volt**1e9", "volt**0.1", "second**--2", "()", "integer*volt", "volt volt", "2*volt"} {
		if d, _, err := ParseDimension(spec); err == nil {
			t.Errorf("%q is %v, want an error", spec, d)
		}
	}
}
