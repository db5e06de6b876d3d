package units

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

// refusal gives the text of the *Error that f panics with, and "" if it does not.
func refusal(t *testing.T, f func()) string {
	t.Helper()
	err := reading(f)
	var ours *Error
	if err != nil && !errors.As(err, &ours) {
		t.Fatalf("panic with %v, want an *Error", err)
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

func named(name string) Quantity {
	q, ok := Lookup(name)
	if !ok {
		panic("no unit " + name)
	}
	return q
}

func times(x float64, name string) Quantity { return Scalar(x).Mul(named(name)) }

func TestArithmeticNamesBothUnitsWhenTheyDiffer(t *testing.T) {
	R, I, v := times(1, "Mohm"), times(50, "nA"), times(5, "mV")
	for want, f := range map[string]func(){
		"cannot add 1 Mohm and 50 nA: the units do not match (ohm and amp)":                      func() { R.Add(I) },
		"cannot subtract 50 nA from 1 Mohm: the units do not match (amp and ohm)":                func() { R.Sub(I) },
		"cannot compare 5 mV with 2: the units do not match (volt and a plain number)":           func() { v.Lt(Scalar(2)) },
		"this is 5 mV, a plain number is needed: divide by a unit, as in x/mV":                   func() { v.Exp() },
		"this is 25 mm^2, a plain number is needed: divide by a unit, as in x/mm2":               func() { times(25, "mm2").Float() },
		"cannot divide 5 mV by 50 nA: the units do not match (volt and amp)":                     func() { v.Mod(I) },
		"cannot raise 5 mV to the power 0.1: volt has no such power":                             func() { v.Pow(0.1) },
		"this is [5 10] mV, a plain number is needed: divide by a unit, as in x/mV":              func() { Exp(ArrayOf([]float64{5, 10}).Mul(Of(named("mV")))) },
		"cannot add arrays of shapes (3) and (2)":                                                func() { Arange(3).Add(Arange(2)) },
		"index 5 is out of range: the length is 3":                                               func() { Arange(3).At(5) },
		"index -4 is out of range: the length is 3":                                              func() { Arange(3).At(-4) },
		"a mask of 2 elements does not fit an array of length 3":                                 func() { Arange(3).Index(BoolArray([]bool{true, false})) },
		"a condition is one true or false, this is an array of 3 elements: use Any(x) or All(x)": func() { Arange(3).Gt(ArrayOf(1)).Bool() },
		"a number, a quantity or an array is needed, this is the text mV":                        func() { Mean("mV") },
		"an empty array has no mean":                                                             func() { Mean([]float64{}) },
	} {
		if got := refusal(t, f); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestPlainZeroTakesAnyUnit(t *testing.T) {
	v, zero := times(5, "mV"), Quantity{}
	if v.Add(zero) != v || zero.Add(v) != v || v.Sub(zero) != v || zero.Sub(v) != v.Neg() {
		t.Error("a plain 0 changes a sum or a difference")
	}
	if !v.Gt(zero) || v.Eq(zero) || !zero.Lt(v) {
		t.Error("a plain 0 compares wrongly")
	}
	if refusal(t, func() { named("volt").Mul(zero).Eq(named("second").Mul(zero)) }) == "" {
		t.Error("0 V compares with 0 s")
	}
}

func TestInfinityComparesWithAnything(t *testing.T) {
	infinity := Scalar(math.Inf(1))
	if !times(5, "mV").Lt(infinity) || !infinity.Neg().Lt(times(-5, "nA")) {
		t.Error("an infinity compares wrongly")
	}
	if refusal(t, func() { infinity.Add(times(5, "mV")) }) == "" {
		t.Error("an infinity adds to 5 mV")
	}
}

func TestPrefixedUnitsAreTheNearestDoubles(t *testing.T) {
	for name, want := range map[string]float64{"ms": 1e-3, "us": 1e-6, "nsecond": 1e-9, "um2": 1e-12, "um3": 1e-18, "cm2": 1e-4,
		"cmetre3": 1e-6, "Mohm": 1e6, "nM": 1e-6, "molar": 1e3, "ygram": 1e-27, "Ymetre3": 1e72, "ymetre3": 1e-72, "mliter": 1e-6,
		"kilogramme": 1, "dametre": 10, "kgram": 1} {
		if q, ok := Lookup(name); !ok || q.SI() != want {
			t.Errorf("%s is %v, want %v", name, q.SI(), want)
		}
	}
	if got := named("um").Pow(3); got != named("um3") {
		t.Errorf("um to the third is %v", got.SI())
	}
}

func TestLookupKnowsNoSingleLettersAndNoPrefixedKilogram(t *testing.T) {
	for _, name := range []string{"V", "A", "s", "m", "mkilogram", "mv", "celsius", "", "2", "m2", "kV", "mmV"} {
		if q, ok := Lookup(name); ok {
			t.Errorf("%q is %v", name, q)
		}
	}
}

func TestNamesAreWhatLookupKnows(t *testing.T) {
	names := Names()
	for i, name := range names {
		if _, ok := Lookup(name); !ok {
			t.Errorf("%s is in Names, Lookup does not know it", name)
		}
		if i > 0 && names[i-1] >= name {
			t.Errorf("%s comes after %s", name, names[i-1])
		}
	}
	for _, short := range []string{"mV", "meter", "metre", "um2", "nsiemens", "Mohm", "kilogramme", "liter"} {
		if !contains(names, short) {
			t.Errorf("%s is not in Names", short)
		}
	}
}

func contains(names []string, name string) bool {
	for _, known := range names {
		if known == name {
			return true
		}
	}
	return false
}

func TestBestPrefixOfUnusualValues(t *testing.T) {
	for _, c := range []struct {
		q    Quantity
		want string
	}{
		{times(0, "mV"), "0 V"}, {named("volt").Mul(Scalar(math.NaN())), "NaN V"}, {named("volt").Mul(Scalar(math.Inf(-1))), "-Inf V"},
		{times(-70, "mV"), "-70 mV"}, {Scalar(math.Copysign(0, -1)), "0"}, {Scalar(1e8), "1e+08"}, {Scalar(99999), "99999"}, {Scalar(1e-4), "0.0001"},
		{Scalar(0.99e-4), "9.9e-05"}, {Scalar(1.0 / 3), "0.33333333"}, {times(0, "kilogram"), "0 kg"}, {times(0, "mM"), "0 mM"},
		{times(1000, "kilogram"), "1 Mg"}, {times(0.5, "mA"), "0.5 mA"}, {Scalar(12345678.123456789), "12345678.12345679"},
	} {
		if got := c.q.String(); got != c.want {
			t.Errorf("%v prints %q, want %q", c.q.SI(), got, c.want)
		}
	}
}

func TestLaTeX(t *testing.T) {
	for _, c := range []struct {
		q    Quantity
		want string
	}{
		{times(-70, "mV"), `$-70\,\mathrm{mV}$`}, {times(50, "us"), `$50\,\mathrm{{\mu}s}$`}, {Scalar(1e-9), `$1\times 10^{-9}$`},
		{times(1, "Mohm"), `$1\,\mathrm{M\Omega}$`}, {times(2, "um2"), `$2\,\mathrm{{\mu}m^{2}}$`}, {Scalar(2), `$2$`},
		{named("siemens").Div(named("metre2")), `$1\,\mathrm{S/m^{2}}$`}, {times(3, "mole"), `$3\,\mathrm{mol}$`},
	} {
		if got := c.q.LaTeX(); got != c.want {
			t.Errorf("%v is typeset %s, want %s", c.q, got, c.want)
		}
	}
}

func TestFormatVerbs(t *testing.T) {
	v := times(5, "mV")
	for _, c := range [][2]string{
		{fmt.Sprintf("%v|%s|%8v|%-8v|", v, v, v, v), "5 mV|5 mV|    5 mV|5 mV    |"},
		{fmt.Sprintf("%.1f|%d|%g|%6.2f|%e", Scalar(2.25), Scalar(3), Scalar(0.5), Scalar(1), Scalar(1000)), "2.2|3|0.5|  1.00|1.000000e+03"},
		{fmt.Sprintf("%.1f", v), "%!f(5 mV: divide by a unit)"},
		{fmt.Sprintf("%d", Scalar(1.5)), "%!d(1.5: not a whole number)"},
		{fmt.Sprintf("%.1f|%d", ArrayOf([]float64{1, 2.25}), Arange(3)), "[1.0 2.2]|[0 1 2]"},
		{fmt.Sprintf("%.1f", Of(v)), "%!f(5 mV: divide by a unit)"},
		{fmt.Sprint(v, " ", Of(v)), "5 mV 5 mV"},
	} {
		if c[0] != c[1] {
			t.Errorf("printed %q, want %q", c[0], c[1])
		}
	}
}

func TestIntTakesTheWholeNumberNearby(t *testing.T) {
	for x, want := range map[float64]int{2999.9999999999995: 3000, 2.5: 2, -2.5: -2, 0.9999: 0, -2.9999999999: -3} {
		if got := Scalar(x).Int(); got != want {
			t.Errorf("Int of %v is %d, want %d", x, got, want)
		}
	}
}

func TestDimensionPowers(t *testing.T) {
	if d, ok := duration.Pow(-1, 2); !ok || d != (Dimension{0, 0, -6}) {
		t.Errorf("second**-0.5 is %v", d)
	}
	if _, ok := duration.Pow(1, 24); ok {
		t.Error("the 24th root of a second has a dimension")
	}
	if d, ok := length.Pow(1, 3); !ok || d != (Dimension{4}) {
		t.Errorf("the cube root of a metre is %v", d)
	}
	if _, ok := length.Pow(math.MaxInt64, 1); ok {
		t.Error("an enormous power has a dimension")
	}
	if refusal(t, func() { times(1, "mV").Pow(600).Mul(times(1, "mV").Pow(600)) }) == "" {
		t.Error("a unit beyond the thousandth power is accepted")
	}
}

func TestSpellingOfDimensions(t *testing.T) {
	for _, spec := range []string{"volt", "amp/metre**2", "second**-0.5", "volt/second", "siemens/metre**2", "farad/metre**2", "hertz",
		"volt**2", "volt/second**0.5", "ohm*metre", "metre**2", "metre/second", "1", "mmolar", "amp/second", "joule/kelvin"} {
		if d, _, err := ParseDimension(spec); err != nil || d.String() != spec {
			t.Errorf("%q is spelled %q (%v)", spec, d, err)
		}
	}
}

func TestSpecificationsSuggestWhatWasMeant(t *testing.T) {
	for spec, want := range map[string]string{"mV": "use volt", "uamp": "use amp", "amp/cm**2": "use amp/metre**2", "volt/ms": "use volt/second",
		"bool": "use boolean", "int": "use integer", "dimensionless": "use 1", "A": "did you mean amp?", "molar": "use mmolar",
		"volts": "did you mean volt?", "candela": "use candle", "volt^2": "use ** instead", "Hz2": "did you mean Hz?", "mv": "use volt"} {
		_, _, err := ParseDimension(spec)
		var ours *Error
		if !errors.As(err, &ours) {
			t.Errorf("%q: no error", spec)
		} else if ours.Hint != want {
			t.Errorf("%q: hint %q, want %q", spec, ours.Hint, want)
		}
	}
}

func TestConstants(t *testing.T) {
	R, _ := Constant("gas_constant")
	F, _ := Constant("faraday_constant")
	zero, _ := Constant("zero_celsius")
	// RT/F at 37 °C is the 26.7 mV of every textbook.
	nernst := R.Mul(zero.Add(Scalar(37).Mul(Kelvin))).Div(F)
	if nernst.Dim() != Volt.Dim() || math.Abs(nernst.SI()-0.0267) > 5e-5 {
		t.Errorf("RT/F is %v", nernst)
	}
	if len(ConstantNames()) != 10 {
		t.Errorf("there are %d constants", len(ConstantNames()))
	}
}

func FuzzWhatIsPrintedReadsBack(f *testing.F) {
	f.Add(0.07, 3, -2, 1)
	f.Fuzz(func(t *testing.T, x float64, volt, second, metre int) {
		if math.IsInf(x, 0) || math.IsNaN(x) || math.Abs(x) < 1e-60 || math.Abs(x) > 1e60 {
			t.Skip()
		}
		d := Volt.Dim()
		d, _ = d.Pow(volt%4, 1)
		s, _ := duration.Pow(second%5, 2)
		m, _ := length.Pow(metre%5, 1)
		q := New(x, d.Mul(s).Mul(m))
		again, err := Parse(q.String())
		scaled, _ := q.Best()
		tolerance := 1e-8 + 1e-8/math.Abs(scaled)
		if err != nil || again.Dim() != q.Dim() || !near(again.SI(), q.SI(), tolerance) {
			t.Errorf("%v %v prints %q, which reads as %v (%v)", x, q.Dim(), q.String(), again, err)
		}
	})
}

func FuzzParseNeverPanics(f *testing.F) {
	for _, seed := range []string{"1*mV/sqrt(1*ms)", "2**(1*mV)", "5 m^2 kg", "((", "1e999*mV", "-", "%", "1//0", "µ", "mV**1000*mV**1000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Parse(text)
		var ours *Error
		if err != nil && !errors.As(err, &ours) {
			t.Errorf("%q: %v is no *Error", text, err)
		}
		_, _, _ = ParseDimension(text)
	})
}
