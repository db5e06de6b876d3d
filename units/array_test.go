package units

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// sameNumbers fails unless a holds these SI values, to the last bit, in this shape.
func sameNumbers(t *testing.T, what string, a Array, want []float64, shape ...int) {
	t.Helper()
	if shape == nil { // []int{}... stands for no axes
		shape = []int{len(want)}
	}
	if !slices.EqualFunc(a.SI(), want, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }) {
		t.Errorf("%s is %v, want %v", what, a.SI(), want)
	}
	if !slices.Equal(a.Shape(), shape) {
		t.Errorf("%s has shape %v, want %v", what, a.Shape(), shape)
	}
}

func matrix() Array { return NewArray([]float64{1, 2, 3, 4, 5, 6}, Dimension{}, 2, 3) }

func TestBroadcastingIsTheNaiveLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		a, b, whole := randomPair(random)
		got := a.Sub(b)
		want := make([]float64, count(whole))
		for flat := range want {
			want[flat] = elementAt(a, whole, flat) - elementAt(b, whole, flat)
		}
		sameNumbers(t, "a difference", got, want, whole...)
	}
}

// randomPair gives two arrays that stretch to the same shape, which it gives too.
func randomPair(random *rand.Rand) (a, b Array, whole []int) {
	whole = make([]int, 1+random.IntN(4))
	for i := range whole {
		whole[i] = 1 + random.IntN(4)
	}
	part := func() []int {
		shape := slices.Clone(whole[random.IntN(len(whole)):])
		for i := range shape {
			if random.IntN(3) == 0 {
				shape[i] = 1
			}
		}
		return shape
	}
	fill := func(shape []int) Array {
		data := make([]float64, count(shape))
		for i := range data {
			data[i] = random.Float64()
		}
		return NewArray(data, Dimension{}, shape...)
	}
	return fill(whole), fill(part()), whole
}

// elementAt gives the element of a that stands at a flat position of the whole shape.
func elementAt(a Array, whole []int, flat int) float64 {
	place := make([]int, len(whole))
	for axis := len(whole) - 1; axis >= 0; axis-- {
		place[axis] = flat % whole[axis]
		flat /= whole[axis]
	}
	at := 0
	for i, length := range a.Shape() {
		n := place[len(whole)-len(a.Shape())+i]
		if length == 1 {
			n = 0
		}
		at = at*length + n
	}
	return a.SI()[at]
}

func TestOperatorsOnArrays(t *testing.T) {
	x, mV := ArrayOf([]float64{1, 2, 4}), Of(named("mV"))
	sameNumbers(t, "x+x", x.Add(x), []float64{2, 4, 8})
	sameNumbers(t, "x/2", x.Div(ArrayOf(2)), []float64{0.5, 1, 2})
	sameNumbers(t, "2/x", ArrayOf(2).Div(x), []float64{2, 1, 0.5})
	sameNumbers(t, "-x", x.Neg(), []float64{-1, -2, -4})
	sameNumbers(t, "x^2", x.Pow(2), []float64{1, 4, 16})
	sameNumbers(t, "-1%x", ArrayOf(-1).Mod(x), []float64{0, 1, 3})
	sameNumbers(t, "x>1", x.Gt(ArrayOf(1)), []float64{0, 1, 1})
	sameNumbers(t, "x>1 && x<4", x.Gt(ArrayOf(1)).And(x.Lt(ArrayOf(4))), []float64{0, 1, 0})
	sameNumbers(t, "!(x>1)", x.Gt(ArrayOf(1)).Not(), []float64{1, 0, 0})
	sameNumbers(t, "matrix*list", matrix().Mul(x), []float64{1, 4, 12, 4, 10, 24}, 2, 3)
	if v := x.Mul(mV); v.Dim() != Volt.Dim() || v.Add(Zeros(3)).Dim() != Volt.Dim() || Zeros(3).Add(v).Dim() != Volt.Dim() {
		t.Error("plain zeros do not take the unit")
	}
	if refusal(t, func() { x.Mul(mV).Add(x) }) == "" {
		t.Error("volts and plain numbers add up")
	}
	if refusal(t, func() { x.And(x) }) == "" {
		t.Error("&& takes numbers that are no mask")
	}
}

func TestKindsOfResults(t *testing.T) {
	n, x, mask := Arange(3), ArrayOf([]float64{1, 2, 3}), BoolArray([]bool{true, false, true})
	for what, c := range map[string]struct{ got, want Kind }{
		"n+n": {n.Add(n).Kind(), Integer}, "n/n": {n.Div(n).Kind(), Float}, "n*x": {n.Mul(x).Kind(), Float}, "n<x": {n.Lt(x).Kind(), Boolean},
		"mask+mask": {mask.Add(mask).Kind(), Integer}, "n*mV": {n.Mul(Of(Millivolt)).Kind(), Float}, "-mask": {mask.Neg().Kind(), Integer},
		"Sqrt(n)": {Sqrt(n).Kind(), Float}, "Concat": {Concat(n, mask).Kind(), Integer}, "[]bool": {ArrayOf([]bool{true}).Kind(), Boolean},
		"[]int32": {ArrayOf([]int32{1}).Kind(), Integer},
	} {
		if c.got != c.want {
			t.Errorf("%s is %v, want %v", what, c.got, c.want)
		}
	}
}

func TestSlicesShareAndIndicesCopy(t *testing.T) {
	x := ArrayOf([]float64{0, 1, 2, 3, 4})
	y, view := x, x.Slice(0, 2)
	masked, listed := x.Index(x.Gt(ArrayOf(2))), x.Index(IntArray([]int{1, -1, 1}))
	sameNumbers(t, "x[-3:]", x.Slice(-3, x.Len()), []float64{2, 3, 4})
	sameNumbers(t, "x[1:-1]", x.Slice(1, -1), []float64{1, 2, 3})
	sameNumbers(t, "x[x>2]", masked, []float64{3, 4})
	sameNumbers(t, "x[[]int{1,-1,1}]", listed, []float64{1, 4, 1})
	view.SetAt(0, ArrayOf(100))
	masked.SetAt(0, ArrayOf(-1))
	if x.At(0) != Scalar(100) || y.At(0) != Scalar(100) || x.At(3) != Scalar(3) {
		t.Errorf("after the writes x is %v", x)
	}
}

func TestRowsColumnsAndElementsOfAMatrix(t *testing.T) {
	m := matrix()
	sameNumbers(t, "m[1]", m.Row(1), []float64{4, 5, 6})
	sameNumbers(t, "m[-1]", m.Get(-1), []float64{4, 5, 6})
	sameNumbers(t, "column", m.Col(-1), []float64{3, 6})
	sameNumbers(t, "m[0:1]", m.Slice(0, 1), []float64{1, 2, 3}, 1, 3)
	sameNumbers(t, "m[mask]", m.Index(m.Gt(ArrayOf(4))), []float64{5, 6})
	sameNumbers(t, "m[[]int{1,0}]", m.Index(IntArray([]int{1, 0})), []float64{4, 5, 6, 1, 2, 3}, 2, 3)
	sameNumbers(t, "Get of a list", Arange(3).Get(-1), []float64{2}, []int{}...)
	m.Row(0).SetAt(2, ArrayOf(30))
	if m.SI()[2] != 30 {
		t.Error("a row does not share the matrix's elements")
	}
}

func TestWriters(t *testing.T) {
	x := Zeros(5).Mul(Of(Volt))
	x.SetAt(-1, Of(times(5, "volt")))
	x.SetSlice(0, 2, ArrayOf([]float64{1, 2}).Mul(Of(Volt)))
	x.SetMask(x.Eq(Of(Quantity{})), Of(times(7, "volt")))
	sameNumbers(t, "x", x, []float64{1, 2, 7, 7, 5})
	x.SetIndex(IntArray([]int{0, -1}), ArrayOf([]int{0, 0}))
	sameNumbers(t, "x", x, []float64{0, 2, 7, 7, 0})
	m := Zeros(2, 3)
	m.SetAt(1, ArrayOf([]int{1, 2, 3}))
	m.SetMask(m.Eq(ArrayOf(0)), ArrayOf(9))
	sameNumbers(t, "m", m, []float64{9, 9, 9, 1, 2, 3}, 2, 3)
	for want, f := range map[string]func(){
		"cannot put 5 mV into an array of another unit (volt and a plain number): make the array with a unit, as in Zeros(10)*mV": func() {
			Zeros(3).SetAt(0, Of(times(5, "mV")))
		},
		"cannot put 0.5 into an array of integers: make it one of floats first, as in x*1.0": func() { Arange(3).SetAt(0, ArrayOf(0.5)) },
		"cannot put 2 into an array of booleans":                                             func() { BoolArray([]bool{true}).SetAt(0, ArrayOf(2)) },
		"values of shape (2) do not fit a place of shape (3)":                                func() { Arange(3).SetSlice(0, 3, Arange(2)) },
	} {
		if got := refusal(t, f); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

func TestArrayOfTakesWhatHoldsNumbers(t *testing.T) {
	type voltages []float32
	shared := []float64{1, 2}
	ArrayOf(shared).SetAt(0, ArrayOf(9))
	if shared[0] != 9 {
		t.Error("a []float64 is not shared")
	}
	sameNumbers(t, "named slice", ArrayOf(voltages{1, 2}), []float64{1, 2})
	sameNumbers(t, "[][]float64", ArrayOf([][]float64{{1, 2}, {3, 4}}), []float64{1, 2, 3, 4}, 2, 2)
	sameNumbers(t, "[]Quantity", ArrayOf([]Quantity{{}, times(2, "mV")}), []float64{0, 0.002})
	sameNumbers(t, "[]Array", ArrayOf([]Array{Arange(2), Arange(2)}), []float64{0, 1, 0, 1}, 2, 2)
	sameNumbers(t, "[]any", ArrayOf([]any{1, 2.5, uint8(3)}), []float64{1, 2.5, 3})
	sameNumbers(t, "uint16", ArrayOf(uint16(3)), []float64{3}, []int{}...)
	for _, x := range []any{nil, "5", []string{"a"}, [][]float64{{1}, {1, 2}}, []Quantity{Volt, Amp}, []any{1, Volt}} {
		if refusal(t, func() { ArrayOf(x) }) == "" {
			t.Errorf("%v becomes an array", x)
		}
	}
}

func TestPrintedArrays(t *testing.T) {
	mV := Of(named("mV"))
	for _, c := range []struct {
		a    Array
		want string
	}{
		{ArrayOf([]float64{-70, -65.59974818}).Mul(mV), "[-70 -65.59974818] mV"},
		{Arange(3), "[0 1 2]"},
		{BoolArray([]bool{true, false}), "[true false]"},
		{matrix().Mul(mV), "[[1 2 3]\n [4 5 6]] mV"},
		{NewArray([]float64{1, 20}, Dimension{}, 2, 1), "[[ 1]\n [20]]"},
		{Arange(1000), "[0 1 2 3 4 ... 995 996 997 998 999]"},
		{Of(times(5, "mV")), "5 mV"},
		{Array{}, "[]"},
		{ArrayOf([]float64{0, math.NaN()}).Mul(mV), "[0 NaN] V"},
		{ArrayOf([]float64{0, 250}).Mul(Of(Picoamp)), "[0 250] pA"},
	} {
		if got := c.a.String(); got != c.want {
			t.Errorf("printed %q, want %q", got, c.want)
		}
	}
	if got, want := matrix().Mul(mV).LaTeX(), `$\begin{bmatrix}1 & 2 & 3 \\ 4 & 5 & 6\end{bmatrix}\,\mathrm{mV}$`; got != want {
		t.Errorf("typeset %s, want %s", got, want)
	}
}

func TestBestPrefixScalesToPlainNumbers(t *testing.T) {
	scale, unit := BestPrefix(ArrayOf([]float64{-0.07, 0, -0.05, math.NaN()}).Mul(Of(Volt)))
	if scale != Millivolt || unit != "mV" {
		t.Errorf("the best unit is %v, %q", scale, unit)
	}
	if scale, unit := BestPrefix(Arange(3)); scale != Scalar(1) || unit != "" {
		t.Errorf("the best unit of plain numbers is %v, %q", scale, unit)
	}
}

func TestOperationsAllocateTheResultAlone(t *testing.T) {
	x, q := NewArray(make([]float64, 100), Volt.Dim()), times(5, "mV")
	m := NewArray(make([]float64, 100), Volt.Dim(), 10, 10)
	for what, c := range map[string]struct {
		f    func()
		want float64
	}{
		"quantity": {func() { q.Add(q).Mul(q).Div(q).Lt(q) }, 0},
		"sum":      {func() { x.Add(x) }, 1},
		"matrix":   {func() { m.Mul(m) }, 1},
		"mask":     {func() { x.Lt(x) }, 1},
		"slice":    {func() { x.Slice(3, 9).At(2) }, 0},
		"row":      {func() { m.Row(3) }, 0},
	} {
		if got := testing.AllocsPerRun(20, c.f); got > c.want {
			t.Errorf("%s: %v allocations, want %v", what, got, c.want)
		}
	}
}

func BenchmarkQuantityAdd(b *testing.B) {
	q, r := Volt, Millivolt
	for b.Loop() {
		q = q.Add(r)
	}
}

func BenchmarkQuantityMulDiv(b *testing.B) {
	q, r := Volt, Millivolt
	for b.Loop() {
		q = q.Mul(r).Div(r)
	}
}

func BenchmarkArrayAdd(b *testing.B) {
	x := NewArray(make([]float64, 1000), Volt.Dim())
	for b.Loop() {
		x.Add(x)
	}
}
