package units

import (
	"math"
	"slices"
	"testing"
)

func TestReductionsOfASmallSample(t *testing.T) {
	x := ArrayOf([]float64{4, 1, 3, 2}).Mul(Of(Volt))
	for what, c := range map[string]struct{ got, want Quantity }{
		"Sum": {Sum(x), times(10, "volt")}, "Mean": {Mean(x), times(2.5, "volt")}, "Var": {Var(x), times(1.25, "volt2")},
		"Std": {Std(x), times(math.Sqrt(1.25), "volt")}, "Min": {Min(x), times(1, "volt")}, "Max": {Max(x), times(4, "volt")},
		"Median": {Median(x), times(2.5, "volt")}, "quartile": {Percentile(x, 25), times(1.75, "volt")},
		"least": {Percentile(x, 0), times(1, "volt")}, "greatest": {Percentile(x, 100), times(4, "volt")},
		"Sum of a mask": {Sum(x.Gt(Of(times(1.5, "volt")))), Scalar(3)}, "Mean of ints": {Mean([]int{1, 2}), Scalar(1.5)},
		"Max of a number": {Max(7), Scalar(7)}, "Sum of nothing": {Sum([]float64{}), Scalar(0)},
	} {
		if c.got != c.want {
			t.Errorf("%s is %v, want %v", what, c.got, c.want)
		}
	}
	if ArgMin(x) != 1 || ArgMax(x) != 0 || !Any(x.Gt(Of(times(3, "volt")))) || All(x.Gt(Of(times(3, "volt")))) {
		t.Error("a position or a truth is wrong")
	}
	if !slices.Equal(Nonzero([]float64{0, 2, 0, -1}), []int{1, 3}) {
		t.Error("Nonzero is wrong")
	}
	if !Max([]float64{1, math.NaN()}).IsNaN() || !Median([]float64{1, math.NaN()}).IsNaN() {
		t.Error("NaN gets lost")
	}
}

func TestSumOfManyEqualNumbersIsNearlyExact(t *testing.T) {
	n := 1 << 20
	if got := Sum(Full(n, 0.1)).SI(); !near(got, 0.1*float64(n), 1e-15) {
		t.Errorf("the sum is %v", got)
	}
}

func TestMadeArrays(t *testing.T) {
	sameNumbers(t, "Linspace", Linspace(0, 1, 5), []float64{0, 0.25, 0.5, 0.75, 1})
	sameNumbers(t, "Linspace of 1", Linspace(3, 9, 1), []float64{3})
	sameNumbers(t, "Linspace with 0", Linspace(0, Volt, 3), []float64{0, 0.5, 1})
	sameNumbers(t, "Arange(3)", Arange(3), []float64{0, 1, 2})
	sameNumbers(t, "Arange(2, 8, 3)", Arange(2, 8, 3), []float64{2, 5})
	sameNumbers(t, "Arange down", Arange(2, 0, -0.5), []float64{2, 1.5, 1, 0.5})
	sameNumbers(t, "Arange of time", Arange(0, times(4, "second"), times(2, "second")), []float64{0, 2})
	sameNumbers(t, "Arange of nothing", Arange(5, 2), []float64{})
	sameNumbers(t, "Ones", Ones(2), []float64{1, 1})
	sameNumbers(t, "Full", Full([]int{2, 2}, Volt), []float64{1, 1, 1, 1}, 2, 2)
	if last := Linspace(0, 0.3, 4).At(-1); last != Scalar(0.3) {
		t.Errorf("the last value of Linspace is %v", last.SI())
	}
	for _, f := range []func(){func() { Arange(0, 1, 0) }, func() { Arange() }, func() { Linspace(Volt, Amp, 3) }, func() { Zeros(-1) }, func() { Arange(math.Inf(1)) }, func() { Arange(times(1, "second")) }} {
		if refusal(t, f) == "" {
			t.Error("an impossible array is made")
		}
	}
}

func TestElementwiseFunctions(t *testing.T) {
	sameNumbers(t, "Sqrt", Sqrt([]float64{4, 9}), []float64{2, 3})
	sameNumbers(t, "Sqrt of a number", Sqrt(4), []float64{2}, []int{}...)
	sameNumbers(t, "Exp", Exp([]int{0, 1}), []float64{1, math.E})
	sameNumbers(t, "Round to even", Round([]float64{0.5, 1.5, -2.5, 2.4}), []float64{0, 2, -2, 2})
	sameNumbers(t, "Round to decimals", Round([]float64{1.256, 20}, 2), []float64{1.26, 20})
	sameNumbers(t, "Floor", Floor([]float64{-0.5, 1.5}), []float64{-1, 1})
	sameNumbers(t, "Ceil", Ceil([]float64{-0.5, 1.5}), []float64{0, 2})
	sameNumbers(t, "Abs", Abs([]int{-2, 2}), []float64{2, 2})
	sameNumbers(t, "Clip", Clip([]float64{-1, 5, 2}, 0, 3), []float64{0, 3, 2})
	sameNumbers(t, "Mod", Mod([]int{-7, 7}, 3), []float64{2, 1})
	sameNumbers(t, "Mod of a negative", Mod(7, -3), []float64{-2}, []int{}...)
	sameNumbers(t, "Atan2", Atan2([]float64{1, 0}, []float64{0, 1}), []float64{math.Pi / 2, 0})
	sameNumbers(t, "Pow", Pow([]float64{2, 3}, 3), []float64{8, 27})
	sameNumbers(t, "Pow with a list", Pow(2, []int{1, 2, 3}), []float64{2, 4, 8})
	sameNumbers(t, "IsNaN", IsNaN([]float64{1, math.NaN()}), []float64{0, 1})
	sameNumbers(t, "Where", Where([]bool{true, false}, []float64{1, 2}, 9), []float64{1, 9})
	sameNumbers(t, "Where by rows", Where([]bool{true, false, true}, matrix(), 0), []float64{1, 0, 3, 4, 0, 6}, 2, 3)
	sameNumbers(t, "Where among numbers", Where([]bool{true, false}, 1, 2), []float64{1, 2})
	if q := Sqrt(times(4, "volt2")).Quantity(); q != times(2, "volt") {
		t.Errorf("the root of 4 V^2 is %v", q)
	}
	if refusal(t, func() { Pow(Volt, []int{1, 2}) }) == "" || refusal(t, func() { Log(Volt) }) == "" || refusal(t, func() { Where([]int{1}, 1, 2) }) == "" {
		t.Error("an impossible function is taken")
	}
}

func TestOrderAndDifferences(t *testing.T) {
	nan := math.NaN()
	sameNumbers(t, "Sort", Sort([]float64{3, nan, 1, 2}), []float64{1, 2, 3, nan})
	sameNumbers(t, "Sort of rows", Sort([][]int{{2, 1}, {4, 3}}), []float64{1, 2, 3, 4}, 2, 2)
	sameNumbers(t, "Unique", Unique([]int{3, 1, 3, 1}), []float64{1, 3})
	sameNumbers(t, "Diff", Diff([]float64{1, 4, 9}), []float64{3, 5})
	sameNumbers(t, "Diff of rows", Diff(matrix()), []float64{1, 1, 1, 1}, 2, 2)
	sameNumbers(t, "Diff of one", Diff([]float64{1}), []float64{})
	sameNumbers(t, "Cumsum", Cumsum([]int{1, 2, 3}), []float64{1, 3, 6})
	sameNumbers(t, "Repeat", Repeat([]int{1, 2}, 2), []float64{1, 1, 2, 2})
	sameNumbers(t, "Concat", Concat([]float64{1}, 2, []int{3}), []float64{1, 2, 3})
	sameNumbers(t, "Concat of rows", Concat(matrix(), matrix().Slice(0, 1)), []float64{1, 2, 3, 4, 5, 6, 1, 2, 3}, 3, 3)
	sameNumbers(t, "Transpose", Transpose(matrix()), []float64{1, 4, 2, 5, 3, 6}, 3, 2)
	if refusal(t, func() { Concat(matrix(), Arange(3)) }) == "" || refusal(t, func() { Concat(Volt, Amp) }) == "" {
		t.Error("arrays that do not fit are joined")
	}
}

func TestTransposeOfThreeAxesReversesTheIndices(t *testing.T) {
	a := Arange(24).Reshape(2, 3, 4)
	b := Transpose(a)
	for i := range 2 {
		for j := range 3 {
			for k := range 4 {
				if a.Row(i).Row(j).At(k) != b.Row(k).Row(j).At(i) {
					t.Fatalf("element %d %d %d is in another place", i, j, k)
				}
			}
		}
	}
}

func TestProductsAndSamples(t *testing.T) {
	sameNumbers(t, "list by list", Dot([]int{1, 2}, []int{3, 4}), []float64{11}, []int{}...)
	sameNumbers(t, "matrix by list", Dot(matrix(), []int{1, 0, 2}), []float64{7, 16})
	sameNumbers(t, "list by matrix", Dot([]int{1, 10}, matrix()), []float64{41, 52, 63})
	sameNumbers(t, "matrix by matrix", Dot(matrix(), Transpose(matrix())), []float64{14, 32, 32, 77}, 2, 2)
	sameNumbers(t, "Interp", Interp([]float64{-1, 0.5, 1, 9}, []int{0, 1, 2}, []int{10, 20, 40}), []float64{10, 15, 20, 40})
	counts, edges := Histogram([]float64{0, 1, 1, 2, 3, 4}, 2)
	sameNumbers(t, "counts", counts, []float64{3, 3})
	sameNumbers(t, "edges", edges, []float64{0, 2, 4})
	counts, _ = Histogram([]float64{0, 1, 2, 5}, []float64{1, 2, 3})
	sameNumbers(t, "counts between edges", counts, []float64{1, 1})
	counts, edges = Histogram([]float64{7}, 1)
	sameNumbers(t, "count of one", counts, []float64{1})
	sameNumbers(t, "edges of one", edges, []float64{6.5, 7.5})
	r := Corrcoef([]float64{1, 2, 3}, []float64{1, 2, 4})
	if want := 1.5 / math.Sqrt(7.0/3); !near(r.SI()[1], want, 1e-15) || !near(r.SI()[0], 1, 1e-15) || r.SI()[1] != r.SI()[2] {
		t.Errorf("the correlation is %v, want %v", r.SI(), want)
	}
	for _, f := range []func(){func() { Dot(matrix(), matrix()) }, func() { Interp(1, []int{1, 0}, []int{1, 2}) }, func() { Histogram(Volt, []int{0, 1}) },
		func() { Histogram([]int{1}, 0) }, func() { Corrcoef([]int{1, 2}, []int{1}) }, func() { Interp(Volt, []int{1, 2}, []int{1, 2}) }} {
		if refusal(t, f) == "" {
			t.Error("what does not fit is computed")
		}
	}
}
