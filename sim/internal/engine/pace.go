package engine

import "time"

// A pace decides whether a crew does a kind of work faster than one alone, by trying both now and then: on a machine that
// is busy with other things a crew waits for members that do not get a processor. Results do not depend on it.
type pace struct {
	mean  [2]float64 // time of a unit of work [ns], alone and by the crew; 0 before it is known
	best  int        // alone or together
	way   int        // that of the bout at hand: the best, or the other one, on trial
	left  int        // calls until the bout ends
	apart int        // calls between two trials
	begun time.Time
	units int
}

const (
	alone = iota
	together
)

// Lengths of bouts in calls: of a trial, in the first half of which members wake up and caches fill; of what is best, short
// at first, then longer and longer.
const (
	trial  = 16
	fewest = 64
	most   = 4096
)

// begin tells whether the crew should do so many units of work now. End follows when they are done.
func (p *pace) begin(units int) (byCrew bool) {
	if p.apart == 0 {
		p.best, p.way, p.left, p.apart = together, together, trial, fewest
	}
	if p.left == 0 {
		p.turn()
	}
	p.left--
	p.units, p.begun = units, time.Now()
	return p.way == together
}

// turn begins a trial, or ends one.
func (p *pace) turn() {
	if p.way == p.best {
		p.way, p.left = 1-p.best, trial
		p.mean[p.way] = 0
		return
	}
	if p.mean[p.way] < p.mean[p.best] {
		p.best, p.apart = p.way, fewest
	} else {
		p.apart = min(2*p.apart, most)
	}
	p.way, p.left = p.best, p.apart
}

func (p *pace) end() { p.note(float64(time.Since(p.begun))) }

// note takes the time of the work [ns].
func (p *pace) note(took float64) {
	if p.way != p.best && p.left >= trial/2 {
		return
	}
	took /= float64(max(p.units, 1))
	mean := &p.mean[p.way]
	if *mean == 0 {
		*mean = took
	}
	*mean += (min(took, 4**mean) - *mean) / 8 // an interruption counts, but not for long
	if other := p.mean[1-p.best]; p.way == p.best && other > 0 && *mean > 1.1*other {
		p.left = 0 // things have changed
	}
}
