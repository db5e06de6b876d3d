package cell

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
)

func TestQuantitiesInCells(t *testing.T) {
	talk(t,
		"Rm := 1*Mohm; I := 50*nA;", "",
		"Rm", "1 Mohm", "Rm*I", "50 mV", "I*10000", "0.5 mA",
		"-70*mV + 5*mV", "-65 mV", "1/2*nA", "0.5 nA", "x := 3*mV; x += 2*mV; x", "5 mV",
		"C := 200*pF; g := 10*nS; tau := C/g; tau", "20 ms",
		"tau/ms", "20", "tau > 5*ms", "true", "int(300*ms/(0.1*ms))", "3000",
		"math.Exp(0*mV/mV)", "1",
		"func f(v Quantity) Quantity { w := v*2; u := w + v; return u/3 }; f(6*mV)", "6 mV",
		"n := 7; n/2*mV", "3.5 mV", "n/2", "3", "(n/2)*mV + 1*mV/2", "4 mV",
		"var q Quantity = 0; q += 3*ms; q", "3 ms", "q++", "UnitError: cannot add 3 ms and 1: the units do not match (second and a plain number)",
		"fmt.Printf(\"%.2f %v\\n\", tau/ms, tau)", "20.00 20 ms\n",
		"l := []Quantity{1*mV, 0, 2*mV}; l", "[1 mV 0 2 mV]",
		"min(3*mV, 2*mV)", "2 mV", "Abs(-3*mV)", "3 mV", "Sqrt(4*mV*mV)", "2 mV",
		"names := []string{\"a\", \"b\"}; names[tau/(20*ms)]", "b",
		"5*mV == 0.005*volt", "true",
		"func g() Quantity { return 0 }; g() + 1*mV", "1 mV",
	)
}

func TestArraysInCells(t *testing.T) {
	talk(t,
		"I := Linspace(0, 5, 6)*nA; I", "[0 1 2 3 4 5] nA",
		"I[1]", "1 nA", "I[-1]", "5 nA", "I[1:3]", "[1 2] nA", "I[-3:]", "[3 4 5] nA", "I[1:-1]", "[1 2 3 4] nA",
		"I > 2.5*nA", "[false false false true true true]", "I[I > 2.5*nA]", "[3 4 5] nA",
		"I[[]int{1, 5}]", "[1 5] nA", "len(I)", "6", "Mean(I)", "2.5 nA",
		"[]float64{5, 10, 20}*nS", "[5 10 20] nS", "x := []float64{1, 2}; x*2*mV", "[2 4] mV",
		"s := 0*nA; for i, v := range I { if i > 0 && v > 3*nA { s += v } }; s", "9 nA",
		"y := I; y[0] = 10*nA; y[1:3] = 20*nA; y[y < 4.5*nA] += 1*nA; I", "[10 20 20 4 5 5] nA",
		"I/nA", "[10 20 20 4 5 5]", "(I > 4*nA) && !(I > 19*nA)", "[true false false false true true]",
		"if I > 1*nA { fmt.Println(1) }", "UnitError: a mask of 6 values cannot decide a condition",
		"I[9]", "UnitError: index 9 is out of range: the length is 6",
		"var fs []float64 = I/nA; fs[1]", "20",
		"Sum(I > 5*nA)", "3", "Pow(x[1], 3)", "8", "w := 2*I; w[0]", "20 nA",
		"m := I[0]; m == 10*nA", "true", "if I[0] > 5*nA { fmt.Println(\"yes\") }", "yes\n",
	)
}

func TestUnitErrorHasLineAndCaretUnderTheOperator(t *testing.T) {
	n := open(t)
	n.run("Rm := 1*Mohm; I := 50*nA")
	_, err := n.try(context.Background(), "y := 2\nRm*I + 1*mV + (Rm + I)")
	var c *kernel.CellError
	if !errors.As(err, &c) {
		t.Fatal(err)
	}
	if c.Value != "cannot add 1 Mohm and 50 nA: the units do not match (ohm and amp)" {
		t.Errorf("got %q", c.Value)
	}
	if trace := strings.Join(c.Traceback, "\n"); !strings.Contains(trace, "line 2, column 19") {
		t.Errorf("caret elsewhere:\n%s", trace)
	}
	if got := n.run("x := 2*mV ^ 2"); !strings.Contains(got, "^ does not work") {
		t.Errorf("got %q", got)
	}
	if got := n.run("math.Exp(5*mV)"); got != "UnitError: this is 5 mV, a plain number is needed: divide by a unit, as in x/mV" {
		t.Errorf("got %q", got)
	}
}

func TestTrailingErrorsMayBeLeftOut(t *testing.T) {
	n := open(t)
	if got := n.run("data := os.ReadFile(\"/no/such/file\")"); got != "Error: open /no/such/file: no such file or directory" {
		t.Errorf("got %q", got)
	}
	if got := n.run("len(os.ReadFile(\"doc.go\")) > 0"); got != "true" {
		t.Errorf("got %q", got)
	}
	if got := n.run("strings.HasPrefix(string(os.ReadFile(\"doc.go\")), \"// Package\")"); got != "true" {
		t.Errorf("got %q", got)
	}
	if got := n.run("strconv.Atoi(\"12\") + 1"); got != "13" {
		t.Errorf("got %q", got)
	}
	if got := n.run("k := strconv.Atoi(\"7\"); k*2"); got != "14" {
		t.Errorf("got %q", got)
	}
	if got := n.run("func most(first int, more ...int) int { return first }; most(strconv.Atoi(\"5\"))"); got != "5" {
		t.Errorf("got %q", got)
	}
	if got := n.run("func f() int { return strconv.Atoi(\"x\") }; f()"); !strings.HasPrefix(got, "Error: strconv.Atoi") {
		t.Errorf("got %q", got)
	}
}
