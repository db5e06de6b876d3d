package engine

import "testing"

// settle runs work that takes so many nanoseconds a unit alone and by a crew, as far as the pace is told, and gives the
// share of calls that the crew did at the end.
func settle(p *pace, cost [2]float64) float64 {
	byCrew := 0
	for k := range 20_000 {
		if p.begin(10) && k >= 10_000 {
			byCrew++
		}
		p.note(cost[p.way] * 10)
	}
	return float64(byCrew) / 10_000
}

func TestPaceFindsTheFasterWay(t *testing.T) {
	var p pace
	if got := settle(&p, [2]float64{alone: 100, together: 60}); got < 0.95 {
		t.Errorf("a fast crew did %v of the calls", got)
	}
	if got := settle(&p, [2]float64{alone: 100, together: 5000}); got > 0.05 {
		t.Errorf("a crew that waits did %v of the calls", got)
	}
	if got := settle(&p, [2]float64{alone: 100, together: 60}); got < 0.5 {
		t.Errorf("a crew that is fast again did %v of the calls", got)
	}
}
