package ir

import (
	"math"
	"slices"
	"testing"
)

// counted is how many instructions of an operation a program has.
func counted(p *Program, op Op) int {
	n := 0
	for _, in := range p.Code {
		if in.Op == op {
			n++
		}
	}
	return n
}

func columns(d Domain, storage ...Storage) *Builder {
	b := NewBuilder("test", d)
	for k, s := range storage {
		b.Column(k, s)
	}
	return b
}

func TestEqualValuesAreComputedOnce(t *testing.T) {
	b := columns(All, Float64, Float64)
	x, y := b.Load(0), b.Load(1)
	if b.Add(x, y) != b.Add(y, x) || b.Load(0) != x || b.Uniform(3, F64) != b.Uniform(3, F64) {
		t.Error("equal values have different numbers")
	}
	if b.Sub(x, y) == b.Sub(y, x) {
		t.Error("x-y and y-x are one value")
	}
}

func TestConstantsAreFoldedByTheCodeOfEval(t *testing.T) {
	b := NewBuilder("fold", All)
	v := b.Div(b.Add(b.Float(0.1), b.Float(0.2)), b.Int(3))
	third, tenth, fifth := 3.0, 0.1, 0.2
	if got, ok := b.Constant(v); !ok || math.Float64frombits(got) != (tenth+fifth)/third {
		t.Errorf("found %v %v", math.Float64frombits(got), ok)
	}
}

func TestIdentitiesKeepEveryBit(t *testing.T) {
	b := columns(All, Float64, Int64, Bool)
	x, n, m := b.Load(0), b.Load(1), b.Load(2)
	one, zero := b.Float(1), b.Float(0)
	for name, v := range map[string]Value{"x*1": b.Mul(x, one), "1*x": b.Mul(one, x), "x/1": b.Div(x, one), "x-0": b.Sub(x, zero), "x+-0": b.Add(b.Float(negativeZero), x), "select": b.Select(m, x, x)} {
		if v != x {
			t.Errorf("%s is not x", name)
		}
	}
	for name, v := range map[string]Value{"n+0": b.Add(n, b.Int(0)), "n*1": b.Mul(b.Int(1), n), "n&-1": b.BitAnd(n, b.Int(-1)), "n<<0": b.Shl(n, 0)} {
		if v != n {
			t.Errorf("%s is not n", name)
		}
	}
	if b.Not(b.Not(m)) != m || b.And(m, b.Bool(true)) != m || b.Or(b.Bool(false), m) != m {
		t.Error("an identity of masks is missed")
	}
	if b.Add(x, zero) == x || b.Sub(zero, x) == x || b.Div(one, x) == x || b.Mul(x, zero) == zero {
		t.Error("found an identity that does not hold for -0, infinities or NaN")
	}
}

func TestLoadAfterStoreGivesTheStoredValue(t *testing.T) {
	b := columns(All, Float64)
	v := b.Add(b.Load(0), b.Float(1))
	b.Store(0, v)
	if b.Load(0) != v {
		t.Error("found another value")
	}
	if n := counted(b.Program(), Load); n != 1 {
		t.Errorf("found %d loads, expected 1", n)
	}
}

func TestLoadOfANarrowColumnSeesWhatFittedIn(t *testing.T) {
	b := columns(All, Int32, Int64)
	b.Store(0, b.Int(1<<32+5))
	b.Store(1, b.Load(0))
	f := &Frame{Columns: []Column{{X: make([]int32, 1)}, {I: make([]int64, 1)}}}
	Eval(b.Program(), f, 0, 1)
	if f.Columns[1].I[0] != 5 {
		t.Errorf("found %d, expected 5", f.Columns[1].I[0])
	}
}

func TestReadsAfterAScatterAreReadAgain(t *testing.T) {
	b := columns(All, Float64, Float64)
	b.Load(0)
	b.Gather(0, b.Int(0))
	b.ScatterAdd(0, b.Row(), b.Float(2))
	b.Store(1, b.Add(b.Load(0), b.Gather(0, b.Int(0))))
	f := &Frame{Columns: []Column{{F: []float64{10, 20}}, {F: []float64{0, 0}}}}
	Eval(b.Program(), f, 0, 2)
	if want := []float64{24, 34}; !slices.Equal(f.Columns[1].F, want) {
		t.Errorf("found %v, expected %v", f.Columns[1].F, want)
	}
}

func TestRowsFollowOneAnother(t *testing.T) {
	b := columns(List, Float64, Int32)
	at := b.Load(1)
	b.Scatter(0, at, b.Add(b.Mul(b.Gather(0, at), b.Float(2)), b.ToFloat(b.Row())))
	f := &Frame{Columns: []Column{{F: []float64{1, 0}}, {X: []int32{0, 0, 0}}}, Rows: []int32{2, 0, 1}}
	Eval(b.Program(), f, 0, 3)
	if want := ((1.0*2+2)*2+0)*2 + 1; f.Columns[0].F[0] != want {
		t.Errorf("found %v, expected %v", f.Columns[0].F[0], want)
	}
}

func TestConditionalWritesSkipTheOtherRows(t *testing.T) {
	b := columns(All, Float64, Float64, Float64, Int64)
	odd := b.Ne(b.BitAnd(b.Row(), b.Int(1)), b.Int(0))
	b.StoreIf(0, odd, b.Float(9))
	b.ScatterAddIf(1, b.Row(), odd, b.Float(9))
	b.ScatterMulIf(2, b.Row(), odd, b.Float(9))
	b.ScatterIf(3, b.Row(), odd, b.Int(9))
	f := &Frame{Columns: []Column{{F: []float64{zero, 2}}, {F: []float64{zero, 2}}, {F: []float64{zero, 2}}, {I: []int64{1, 2}}}}
	Eval(b.Program(), f, 0, 2)
	for k, want := range [][]float64{{zero, 9}, {zero, 11}, {zero, 18}} {
		got := f.Columns[k].F
		if got[1] != want[1] || got[0] != 0 || !math.Signbit(got[0]) {
			t.Errorf("column %d: found %v, expected %v", k, got, want)
		}
	}
	if !slices.Equal(f.Columns[3].I, []int64{1, 9}) {
		t.Errorf("found %v, expected [1 9]", f.Columns[3].I)
	}
}

func TestNarrowTypesBecomeWide(t *testing.T) {
	b := columns(All, Float64, Int64)
	three := b.Mul(b.Int(3), b.Bool(true))
	if b.Type(three) != I64 || b.Type(b.Add(three, b.Float(1))) != F64 || b.Type(b.Div(b.Int(1), b.Int(2))) != F64 {
		t.Error("found another type")
	}
	b.Store(0, b.Bool(true))
	b.Store(1, b.Bool(true))
	f := &Frame{Columns: []Column{{F: []float64{0}}, {I: []int64{0}}}}
	Eval(b.Program(), f, 0, 1)
	if f.Columns[0].F[0] != 1 || f.Columns[1].I[0] != 1 {
		t.Errorf("found %v, expected ones", f.Columns)
	}
}

func TestMisuseOfTheBuilderPanics(t *testing.T) {
	for name, misuse := range map[string]func(*Builder){
		"undeclared column":  func(b *Builder) { b.Load(9) },
		"number as mask":     func(b *Builder) { b.Emit(b.Float(1)) },
		"number as index":    func(b *Builder) { b.Gather(0, b.Float(1)) },
		"number for integer": func(b *Builder) { b.Store(1, b.Float(1)) },
		"adding to masks":    func(b *Builder) { b.ScatterAdd(2, b.Row(), b.Bool(true)) },
		"declared twice":     func(b *Builder) { b.Column(0, Int64) },
		"and of numbers":     func(b *Builder) { b.And(b.Float(1), b.Float(1)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: found no panic", name)
				}
			}()
			misuse(columns(All, Float64, Int64, Bool))
		}()
	}
}
