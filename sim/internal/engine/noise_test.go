package engine

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// evaluate runs programs by their definition.
type evaluate struct{}

func (evaluate) Compile(p *ir.Program) (ir.Loop, error) { return truth{p}, nil }

func TestNoiseIsWhatAProgramDrawsWhereverItBegins(t *testing.T) {
	const key, occurrence, lo, hi = 0x1234567890abcdef, 3, 2, 7
	for normal, at := range map[bool]func(uint64, int64, int64, int) float64{false: ir.RandAt, true: ir.RandnAt} {
		for first := range int64(5) {
			n, err := NewNoise(evaluate{}, normal, key, occurrence, lo, hi)
			if err != nil {
				t.Fatal(err)
			}
			steps := []int64{first, first + 1, first + 2, first + 3, first + 9, first + 1} // on and on, then a jump, and back
			for _, step := range steps {
				got := n.at(&Clock{Dt: 1, Step: step})
				for row := lo; row < hi; row++ {
					if want := at(key, step, int64(row), occurrence); got[row] != want {
						t.Fatalf("normal %v, begun at %d, step %d, row %d: found %v, expected %v", normal, first, step, row, got[row], want)
					}
				}
			}
		}
	}
}

func TestAShowerCountsTheBoundsUpToItsNumber(t *testing.T) {
	for n := range 9 {
		s := Shower{Bound: make([]float64, n)}
		for k := range s.Bound {
			s.Bound[k] = float64(k+1) / float64(n+1)
		}
		for k := range n + 1 {
			if got := s.events((float64(k) + 0.5) / float64(n+1)); got != k {
				t.Errorf("%d bounds: found %d, expected %d", n, got, k)
			}
			if got := s.events(float64(k) / float64(n+1)); got != k && k > 0 {
				t.Errorf("%d bounds, at bound %d: found %d, expected %d", n, k-1, got, k)
			}
		}
	}
}
