package method

import (
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/lang"
)

func checked(t *testing.T, equations string) *lang.Checked {
	t.Helper()
	parsed, err := lang.Parse(equations)
	if err != nil {
		t.Fatal(err)
	}
	c, err := lang.Check(parsed, lang.Neurons, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheFirstIntegratorThatCanDoItIsChosen(t *testing.T) {
	for equations, want := range map[string]string{
		"dv/dt = -v/(10*ms) : 1":                                         "exact",
		"dv/dt = (w - v)/(10*ms) : 1\ndw/dt = -w/(5*ms) : 1":             "exact",
		"dv/dt = (a - v)/(10*ms) : 1\na : 1":                             "exact",
		"dv/dt = 3*Hz : 1":                                               "exact",
		"dv/dt = s/(10*ms) : 1\ns = 1 - v : 1":                           "exact",
		"dv/dt = -v**2/(10*ms) : 1":                                      "euler",
		"dv/dt = (sin(t/ms) - v)/(10*ms) : 1":                            "euler",
		"dv/dt = -v/(10*ms) + xi*ms**-0.5 : 1":                           "euler",
		"dv/dt = -v/(10*ms) + v*xi*ms**-0.5 : 1":                         "heun",
		"dv/dt = v*w/(10*ms) : 1\ndw/dt = -w/(10*ms) : 1":                "euler",
		"dv/dt = where(v > 0, 1, 2)/(10*ms) : 1":                         "euler",
		"dv/dt = -v/tau : 1\ntau : second (constant)":                    "exact",
		"dv/dt = -v/(10*ms) + a*xi*ms**-0.5 : 1\na : 1":                  "euler",
		"dv/dt = -v/(10*ms) + xi_a*ms**-0.5 + v*xi_b*ms**-0.5 : 1":       "heun",
		"dv/dt = (a - v)/(10*ms) : 1\na = cos(v) : 1 (constant over dt)": "exact",
	} {
		u, err := Integrate(checked(t, equations), "", Options{})
		if err != nil {
			t.Errorf("%s: %v", equations, err)
		} else if u.Method != want {
			t.Errorf("%s: chose %s, want %s", equations, u.Method, want)
		}
	}
}

func TestANamedIntegratorSaysWhyItCannot(t *testing.T) {
	for _, c := range []struct{ equations, method, says string }{
		{"dv/dt = -v**2/ms : 1", "exact", "not linear in v"},
		{"dv/dt = (sin(t/ms) - v)/ms : 1", "linear", "constant over a step"},
		{"dv/dt = -v/ms + xi*ms**-0.5 : 1", "exact", "noise"},
		{"dv/dt = -v**2/ms : 1", "exponential_euler", "own variable"},
		{"dv/dt = v*xi*ms**-0.5 : 1", "euler", "additive"},
		{"dv/dt = xi*ms**-0.5 : 1", "rk4", "noise"},
		{"dv/dt = -v/ms : 1", "rk5", "did you mean rk"},
	} {
		if _, err := Integrate(checked(t, c.equations), c.method, Options{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s with %s: found %v, expected a word on %q", c.equations, c.method, err, c.says)
		}
	}
}

func TestALinearSystemIsTakenApart(t *testing.T) {
	u, err := Integrate(checked(t, "dv/dt = (I - v)/(10*ms) : 1 (unless refractory)\ndI/dt = -I/(5*ms) : 1"), "exact", Options{Refractory: true})
	if err != nil {
		t.Fatal(err)
	}
	l := u.Linear
	if l.M[0][0] == nil || l.M[0][1] == nil || l.M[1][0] != nil || l.M[1][1] == nil || l.B[0] != nil || l.B[1] != nil {
		t.Errorf("M = %v, B = %v", l.M, l.B)
	}
	if !l.Held[0] || l.Held[1] || l.Diagonal() {
		t.Errorf("held %v, diagonal %v", l.Held, l.Diagonal())
	}
}
