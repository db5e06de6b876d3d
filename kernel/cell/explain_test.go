package cell

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
)

func TestMistakesGetOneSuggestion(t *testing.T) {
	for _, pair := range [][2]string{
		{"Linspce(0, 1, 5)", "did you mean Linspace?"},
		{"tau_mem := 1*ms; tau_men", "did you mean tau_mem?"},
		{"switch { case true: defalt: fmt.Println(1) }", "did you mean default?"},
		{"count = 3", "count := …"},
		{"func f() { a := 1; a := 2 }", "= gives a variable"},
		{"math.Sqr(2)", "did you mean Sqrt?"},
		{"strings.ToUper(\"a\")", "did you mean ToUpper?"},
		{"x := True", "here it is true"},
		{"w := []float64{1}; w[3, 7]", "w[At(3, 7)]"},
		{"x := 2 ** 3", "Pow(x, 2)"},
		{"s := 'hello'", "double quotes"},
		{"x := 3 # comment", "//"},
		{"def f(x):\n    return x", "func f(x Quantity)"},
		{"import \"encoding/jsn\"", "did you mean encoding/json?"},
		{"for i in range(5):\n  print(i)", "between { and }"},
		{"x := 3*mv", "did you mean"},
		{"%tme 1", "did you mean %time?"},
		{"type T struct{ A int }; var p *T; p.A = 1", "nothing was assigned to it"},
	} {
		n := open(t)
		_, err := n.try(context.Background(), pair[0])
		var c *kernel.CellError
		if !errors.As(err, &c) {
			t.Errorf("%q: no error", pair[0])
			continue
		}
		if trace := strings.Join(c.Traceback, "\n"); !strings.Contains(trace, pair[1]) {
			t.Errorf("%q has no %q:\n%s", pair[0], pair[1], trace)
		}
	}
}
