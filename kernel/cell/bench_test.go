package cell

import (
	"context"
	"testing"

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

// How long does a session take to start and run its first cell?
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		in, err := New(Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := in.Eval(context.Background(), kernel.Cell{Source: "1 + 1"}, newOutput()); err != nil {
			b.Fatal(err)
		}
	}
}
