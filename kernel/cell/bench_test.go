package cell

import (
	"context"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/kernel"
)

func benchmarkCell(b *testing.B, before, text string) {
	in, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	out := newOutput()
	if _, err := in.Eval(context.Background(), kernel.Cell{Source: before}, out); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := in.Eval(context.Background(), kernel.Cell{Source: text}, out); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOnePlusOne(b *testing.B) { benchmarkCell(b, "", "1 + 1") }
func BenchmarkCell(b *testing.B) {
	benchmarkCell(b, "Rm := 1*Mohm; I := 50*nA; fmt.Sprint(1)", "C := 200*pF; tau := C*Rm\nfor i := 0; i < 10; i++ { x := Rm*I*i; if x > 100*mV { I = 2*nA } }\nfmt.Sprint(tau/ms)")
}
func BenchmarkLoop(b *testing.B) { benchmarkCell(b, "", "for i := 0; i < 100000; i++ { }") }
func BenchmarkFloats(b *testing.B) {
	benchmarkCell(b, "", "x := 0.0; for i := 0; i < 100000; i++ { x = x*0.5 + 1 }")
}
func BenchmarkFib(b *testing.B) {
	benchmarkCell(b, "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }", "fib(20)")
}

func TestStartIsQuick(t *testing.T) {
	start := time.Now()
	n := open(t)
	ready := time.Since(start)
	n.run("1+1")
	first := time.Since(start)
	start = time.Now()
	n.run("fmt.Println(math.Sqrt(2)); x := 3*mV; x")
	second := time.Since(start)
	t.Logf("ready after %v, first cell after %v, first use of packages %v", ready, first, second)
	if first > 500*time.Millisecond {
		t.Errorf("the first cell took %v", first)
	}
}
