package engine

import "time"

// A pace decides whether a crew does a kind of work faster than one alone, by trying both now and then: on a machine that
// is busy with other things a crew waits for members that do not get a processor. Results do not depend on it.
type pace struct {
	mean  [2]float64 // time of a unit of work [ns], alone and by the crew; 0 before the first try
	best  int        // alone or together
	trial int        // calls until the other way is tried
	apart int        // calls between two tries
	begun time.Time
	way   int
	units int
}

const (
	alone = iota
	together
)

// Calls between two tries: few at first, then more and more.
const (
	fewest = 64
	most   = 8192
)

// begin tells whether the crew should do so many units of work now. End follows when they are done.
func (p *pace) begin(units int) (byCrew bool) {
	if p.apart == 0 {
		p.best, p.trial, p.apart = together, 1, fewest
	}
	p.way, p.units = p.best, units
	if p.trial--; p.trial <= 0 {
		p.way = 1 - p.best
	}
	p.begun = time.Now()
	return p.way == together
}

func (p *pace) end() {
	p.note(float64(time.Since(p.begun)))
}

// note takes the time of the work [ns].
func (p *pace) note(took float64) {
	took /= float64(max(p.units, 1))
	mean := &p.mean[p.way]
	if *mean == 0 || p.way != p.best { // what was long ago does not count
		*mean = took
	} else {
		*mean += (took - *mean) / 8
	}
	if p.way != p.best {
		p.apart = min(2*p.apart, most)
		p.trial = p.apart
	}
	if other := p.mean[1-p.best]; other > 0 && other < p.mean[p.best] {
		p.best, p.trial = 1-p.best, p.apart
	}
}
