package lower

import (
	"fmt"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// refractory is a checked period.
func refractory(t *testing.T, text string) *lang.Expr {
	t.Helper()
	e, err := lang.ParseExpr(text)
	if err == nil {
		e, err = lang.CheckExpr(text, e, scope(), lang.Want{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestLeastRestCountsWholeSteps(t *testing.T) {
	const dt = 1e-4
	steps := func(x float64) int { return int((x + float64(1e-3*dt)) / dt) }
	for _, tenths := range []int{1, 2, 3, 7, 13, 20, 50, 333} {
		least, ok := LeastRest(refractory(t, fmt.Sprintf("%d*ms/10", tenths)), columns{})
		if !ok {
			t.Fatalf("a period of %d steps has no least time", tenths)
		}
		for spike := range 3000 {
			last := float64(spike) * dt
			for k := max(tenths-2, 0); k < tenths+3; k++ {
				since := float64(spike+k)*dt - last
				if got, want := since+float64(1e-3*dt) >= least, steps(since) >= tenths; got != want {
					t.Fatalf("period of %d steps, %d steps after a spike in step %d: free is %v, expected %v", tenths, k, spike, got, want)
				}
			}
		}
	}
}

func TestAPeriodThatMayDifferHasNoLeastRest(t *testing.T) {
	for _, text := range []string{"v*ms", "t/2", "0*ms", "0.01*ms"} { // of a row, of a step, and less than a step
		if least, ok := LeastRest(refractory(t, text), columns{}); ok {
			t.Errorf("%s: found %v, expected none", text, least)
		}
	}
}
