package lower

import (
	"math"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/units"
)

// columns is a group whose variables are own columns of numbers, called by their names, and whose step is 0.1 ms.
type columns struct{ table Table }

func (c columns) Place(sym *lang.Symbol) (Place, error) {
	switch sym.Kind {
	case lang.Time:
		return Place{Access: Time}, nil
	case lang.Unit, lang.Constant:
		return Place{Access: Literal, Value: sym.Value}, nil
	}
	if strings.HasSuffix(sym.Name, "_post") {
		return Place{Access: Via, Column: sym.Name, Storage: ir.Float64, Index: "post", Guard: "free"}, nil
	}
	return Place{Access: Own, Column: sym.Name, Storage: ir.Float64}, nil
}
func (c columns) Table(*lang.Symbol) (Table, error) { return c.table, nil }
func (c columns) Dt() float64                       { return 1e-4 }
func (c columns) Inverse(string) HostFunction       { return nil }

var second = units.Dimension{2: 12}

func scope() lang.Symbols {
	s := lang.Symbols{}
	for _, name := range []string{"v", "w", "v_post"} {
		s[name] = &lang.Symbol{Name: name, Kind: lang.Parameter, Type: lang.Float}
	}
	s["t"] = &lang.Symbol{Name: "t", Kind: lang.Time, Type: lang.Float, Dim: second}
	s["ms"] = &lang.Symbol{Name: "ms", Kind: lang.Unit, Type: lang.Float, Dim: second, Value: 1e-3}
	s["I"] = &lang.Symbol{Name: "I", Kind: lang.TimedArray, Type: lang.Float, Args: []units.Dimension{second}}
	return s
}

func statements(t *testing.T, text string, guarded bool) *Code {
	t.Helper()
	list, err := lang.ParseStatements(text)
	if err != nil {
		t.Fatal(err)
	}
	if list, _, err = lang.CheckStatements(text, list, scope()); err != nil {
		t.Fatal(err)
	}
	code, err := Statements("test", ir.All, list, columns{}, guarded)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestStatementsSeeWhatEarlierOnesWrote(t *testing.T) {
	code := statements(t, "x = v*2; v = x + 1; w -= v", false)
	frame := &ir.Frame{Columns: make([]ir.Column, len(code.Columns)), Uniforms: make([]uint64, FirstFree)}
	values := map[any][]float64{"v": {1, 2}, "w": {10, 20}}
	for k, ref := range code.Columns {
		frame.Columns[k].F = values[ref]
	}
	ir.Eval(code.Program, frame, 0, 2)
	if v, w := values["v"], values["w"]; v[0] != 3 || v[1] != 5 || w[0] != 7 || w[1] != 15 {
		t.Errorf("v = %v, w = %v", v, w)
	}
}

func TestSumsIntoOtherRowsNeedNoOrderAndAreGuarded(t *testing.T) {
	for text, mixes := range map[string]bool{"v_post += w": true, "v_post -= w": true, "v_post *= w": true, "v_post = w": false, "v_post += v_post": false} {
		code := statements(t, text, true)
		if code.Program.RowsMayMix() != mixes {
			t.Errorf("%s: rows may mix is %v", text, !mixes)
		}
		if !strings.Contains(strings.Join(strings.Fields(code.Program.String()), " "), "bool") {
			t.Errorf("%s is not guarded:\n%v", text, code.Program)
		}
	}
}

func TestATimedArrayHoldsEachSampleForItsWholeLength(t *testing.T) {
	e, err := lang.ParseExpr("I(t)")
	if err == nil {
		e, err = lang.CheckExpr("I(t)", e, scope(), lang.Want{})
	}
	if err != nil {
		t.Fatal(err)
	}
	code, err := Value("test", ir.All, e, columns{Table{Column: "samples", Rows: 3, Dt: 0.7e-3}}, "result", ir.Float64)
	if err != nil {
		t.Fatal(err)
	}
	result := []float64{0}
	frame := &ir.Frame{Columns: make([]ir.Column, len(code.Columns)), Uniforms: make([]uint64, FirstFree)}
	for k, ref := range code.Columns {
		frame.Columns[k].F = map[any][]float64{"samples": {10, 20, 30}, "result": result}[ref]
	}
	for step := range 40 {
		time := float64(step) * 1e-4
		frame.Uniforms[UniformTime] = math.Float64bits(time)
		ir.Eval(code.Program, frame, 0, 1)
		if want := float64(10 * min(1+step/7, 3)); result[0] != want {
			t.Errorf("at step %d the sample is %v, want %v", step, result[0], want)
		}
	}
}
