package plotting

import (
	"strings"
	"testing"
)

// shown marks styles: /italic/, _lowered_, ^raised^.
func shown(text rich) string {
	var b strings.Builder
	for _, r := range text {
		s := r.text
		if r.italic {
			s = "/" + s + "/"
		}
		switch r.shift {
		case 1:
			s = "^" + s + "^"
		case -1:
			s = "_" + s + "_"
		}
		b.WriteString(s)
	}
	return b.String()
}

func TestPlainTeXBecomesRuns(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                  "plain",
		`$\tau_m$`:               "/τ/_/m/_",
		`$V_{th}$ = -50 mV`:      "/V/_th_ = -50 mV",
		`$x^2$`:                  "/x/^2^",
		`10$^{-3}$`:              "10^−3^",
		`$C_m = 200$ pF`:         "/C/_/m/_ = 200 pF",
		`$\mathrm{d}v/dt$`:       "d/v///dt/",
		`$\frac{a}{b}$`:          "/a///b/",
		`$\Delta t \approx 0.1$`: "Δ/t/ ≈ 0.1",
		`costs $5`:               "costs $5",
		`$\unknown x$`:           "unknown/x/",
		`$a_$`:                   "/a/",
		`$}{$`:                   "",
		"":                       "",
	} {
		if got := shown(parseTeX(text)); got != want {
			t.Errorf("%s: found %s, expected %s", text, got, want)
		}
	}
}

func TestNamesWithOneUnderscoreGetASubscript(t *testing.T) {
	for name, want := range map[string]string{"Vm": "Vm", "I_ext": "I_ext_", "a_b_c": "a_b_c", "_x": "_x", "x_": "x_"} {
		if got := shown(nameAsRich(name)); got != want {
			t.Errorf("%s: found %s, expected %s", name, got, want)
		}
	}
}

func FuzzTeXNeverPanicsAndKeepsPlainText(f *testing.F) {
	f.Add(`$\tau_{m}^2$ and $\frac{a}`)
	f.Fuzz(func(t *testing.T, text string) {
		got := parseTeX(text).plain()
		if !strings.Contains(text, "$") && got != text {
			t.Errorf("found %q, expected %q", got, text)
		}
	})
}
