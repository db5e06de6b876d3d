package engine

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// free is the definition, row by row.
func (r *Rest) free(t float64) []bool {
	free := make([]bool, len(r.Last))
	for row, last := range r.Last {
		since := t - last
		free[row] = since+r.Margin >= r.Least
	}
	return free
}

func TestRestFreesEveryRowAtItsStep(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const rows, dt = 40, 1e-4
	for _, least := range []float64{1e-4, 5e-4, 3e-3} {
		writes := 0
		r := &Rest{Last: make([]float64, rows), Free: make([]bool, rows), Margin: 1e-3 * dt, Least: least, Writes: Writes{&writes}}
		for row := range r.Last {
			r.Last[row] = []float64{-1e4, 0.0001, 0.01, 0.02}[random.IntN(4)] // long ago, just now, and times to come
		}
		spiked := 0
		for c := (&Clock{Dt: dt, Step: 2}); c.Step < 400; c.Step++ {
			r.release(c)
			want := r.free(c.Time())
			if !slices.Equal(r.Free, want) {
				t.Fatalf("least %v, step %d: found %v, expected %v", least, c.Step, r.Free, want)
			}
			var rows []int32
			for row := range r.Free {
				if r.Free[row] && random.IntN(10) == 0 {
					rows = append(rows, int32(row))
				}
			}
			r.add(c.Time(), rows)
			for _, row := range rows {
				if r.Last[row] != c.Time() || r.Free[row] {
					t.Fatalf("least %v, step %d: the spike of row %d was not noted", least, c.Step, row)
				}
			}
			spiked += len(rows)
			if random.IntN(50) == 0 {
				r.Last[random.IntN(len(r.Last))] = random.Float64() * 0.05
				r.Free[random.IntN(len(r.Free))] = random.IntN(2) == 0
				writes++
			}
		}
		if spiked < 200 {
			t.Errorf("least %v: %d spikes show little", least, spiked)
		}
	}
}
