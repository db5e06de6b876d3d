package lower

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/method"
)

// next is the program of a state update that sets v to an expression of v and w.
func next(t *testing.T, text string) *Code {
	t.Helper()
	equations, err := lang.Parse("v : 1\nw : 1")
	if err != nil {
		t.Fatal(err)
	}
	group, err := lang.Check(equations, lang.Neurons, false, lang.Symbols{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := lang.ParseExpr(text)
	if err == nil {
		e, err = lang.CheckExpr(text, e, group.Scope(), lang.Want{})
	}
	if err != nil {
		t.Fatal(err)
	}
	update := &method.Update{Assign: []method.Assign{{Target: "v", Symbol: group.Lookup("v"), Expr: e}}}
	code, err := Update("test", update, nil, nil, columns{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// nextOf is the value of v after an update.
func nextOf(code *Code, v, w float64) float64 {
	frame := &ir.Frame{Columns: make([]ir.Column, len(code.Columns)), Uniforms: make([]uint64, FirstFree)}
	row := map[any][]float64{"v": {v}, "w": {w}}
	for k, ref := range code.Columns {
		frame.Columns[k].F = row[ref]
	}
	ir.Eval(code.Program, frame, 0, 1)
	return row["v"][0]
}

func TestAnUpdateGathersConstants(t *testing.T) {
	for text, want := range map[string]map[ir.Op]int{
		"w/3":                        {ir.Mul: 1},
		"w*2/3*5":                    {ir.Mul: 1},
		"2/w/3":                      {ir.Div: 1},
		"3/(v/w)":                    {ir.Mul: 1, ir.Div: 1},
		"4 - w + 3 - 2":              {ir.Sub: 1},
		"w + 4 - 3":                  {ir.Add: 1},
		"v*w + 3":                    {ir.FMA: 1},
		"3 - v*2":                    {ir.FMA: 1},
		"v/w":                        {ir.Div: 1},
		"v*v - w*w":                  {ir.Mul: 2, ir.Sub: 1},
		"(w - 4)/3":                  {ir.Add: 1, ir.Mul: 1},
		"where(v > 0, 2, v/w)*3":     {ir.Lt: 1, ir.Mul: 1, ir.Div: 1, ir.Select: 1},
		"where(v > 0, 2, v/(w/5))/3": {ir.Lt: 1, ir.Mul: 1, ir.Div: 1, ir.Select: 1},
	} {
		found := map[ir.Op]int{}
		for _, in := range next(t, text).Program.Code {
			if in.Op != ir.Const && !in.Op.UsesColumn() {
				found[in.Op]++
			}
		}
		same := len(found) == len(want)
		for op, n := range want {
			same = same && found[op] == n
		}
		if !same {
			t.Errorf("%s: found %v, expected %v", text, found, want)
		}
	}
}

// 49 * (1/49) is less than 1: below a step, division must be division.
func TestAStepSeesTheNumbersAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]float64{
		"int(w/49)": 1, "floor(w/49)": 1, "where(w/49 >= 1, 5, 6)": 5, "2*(w/49 >= 1)": 2, "(w/49) // 1": 1, "ceil(w/49*2)": 2,
		"2**(w/49)": 2, "exp(int(w/49) - 1)": 1, "sign(w/49 - 1)": 0,
	} {
		if got := nextOf(next(t, text), 0, 49); got != want {
			t.Errorf("%s at w = 49: found %v, expected %v", text, got, want)
		}
	}
}

func TestADifferenceVanishesWhereItIsWrittenTo(t *testing.T) {
	code := next(t, "(v - 0.063)/0.005*3 + (0.063 - v)/0.0041")
	if got := nextOf(code, 0.063, 0); got != 0 {
		t.Errorf("found %v, expected 0", got)
	}
}

func TestGatheredConstantsChangeNoMoreThanRoundings(t *testing.T) {
	for text, want := range map[string]func(v, w float64) float64{
		"0.32/(v/w)/0.7 - w/0.3":           func(v, w float64) float64 { return 0.32/(v/w)/0.7 - w/0.3 },
		"where(v > w, 2, v/(w/3))*7 + v*w": func(v, w float64) float64 { return 7*choose(v > w, 2, v/(w/3)) + v*w },
		"5/where(v > w, 2, v/w) + 1":       func(v, w float64) float64 { return 5/choose(v > w, 2, v/w) + 1 },
		"(3*v - 2 + 1 - w)/(9*ms)":         func(v, w float64) float64 { return (3*v - 2 + 1 - w) / 9e-3 },
	} {
		code := next(t, text)
		r := rand.New(rand.NewPCG(1, 1))
		for range 200 {
			v, w := 0.1+r.Float64(), 0.1+r.Float64()
			size := 100 + math.Abs(want(v, w)) // terms that cancel are below 100 times 8 roundings
			if got := nextOf(code, v, w); math.Abs(got-want(v, w)) > 8*0x1p-53*size {
				t.Fatalf("%s at v = %v, w = %v: found %v, expected %v", text, v, w, got, want(v, w))
			}
		}
	}
}

func choose(condition bool, x, y float64) float64 {
	if condition {
		return x
	}
	return y
}
