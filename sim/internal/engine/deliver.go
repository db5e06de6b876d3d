package engine

import (
	"math"
	"slices"
)

// A Fan lists the synapses of each row of a group, in their order of creation: those of row r are
// Synapses[Start[r]:Start[r+1]].
type Fan struct {
	Start    []int32
	Synapses []int32
}

// NewFan sorts synapses by the rows they belong to, which are less than n.
func NewFan(rows []int32, n int) *Fan {
	f := &Fan{Start: make([]int32, n+1), Synapses: make([]int32, len(rows))}
	for _, r := range rows {
		f.Start[r+1]++
	}
	for r := range n {
		f.Start[r+1] += f.Start[r]
	}
	next := slices.Clone(f.Start)
	for s, r := range rows {
		f.Synapses[next[r]] = int32(s)
		next[r]++
	}
	return f
}

// Of are the synapses of a row.
func (f *Fan) Of(row int32) []int32 { return f.Synapses[f.Start[row]:f.Start[row+1]] }

// A Queue holds the synapses that spikes in flight will reach, a bin for each step to come. Within a bin, what was
// emitted earlier comes first, then the lower row, then the synapse made earlier. What is queued keeps its arrival
// whatever happens to delays and connections.
type Queue struct {
	Bins [][]int32 // Bins[(At+k) % len(Bins)] arrives k steps from now
	At   int
	Dt   float64 // the step that the bins are counted in [s]
}

// Reach makes room for delays of up to steps.
func (q *Queue) Reach(steps int) {
	if steps < len(q.Bins) {
		return
	}
	q.Bins = append(q.ordered(), make([][]int32, steps+1-len(q.Bins))...)
	q.At = 0
}

func (q *Queue) ordered() [][]int32 {
	return append(slices.Clone(q.Bins[q.At:]), q.Bins[:q.At]...)
}

// Rescale moves what is in flight to the bins of another step length.
func (q *Queue) Rescale(dt float64) {
	old := q.Dt
	q.Dt = dt
	if old == dt || old == 0 {
		return
	}
	bins := q.ordered()
	q.Bins, q.At = nil, 0
	for k, bin := range bins {
		if len(bin) == 0 {
			continue
		}
		to := int(float64(k)*old/dt + 0.5)
		q.Reach(to)
		q.Bins[to] = append(q.Bins[to], bin...)
	}
}

// A Pathway takes the spikes of rows Lo to Hi-1 to their synapses and runs code for those a spike reaches.
type Pathway struct {
	Call   *Call
	Spikes *Spikes
	Lo, Hi int
	Fan    *Fan
	Delays []int32 // of each synapse [steps]; nil where Delay holds for all
	Delay  int
	Queue  *Queue
	// Own is the clock of the synapses, whose time their code sees; the emitting group's clock drives the pathway. Between
	// two steps of its own a slower clock shows the next one.
	Own    *Clock
	Before *Relax // advances coupled event-driven variables; nil for none
}

// Do queues the new spikes, then runs the code for what is due.
func (p *Pathway) Do(c *Clock) {
	q := p.Queue
	for _, row := range p.Spikes.Within(p.Lo, p.Hi) {
		p.push(p.Fan.Of(row))
	}
	due := q.Bins[q.At]
	if p.Before != nil {
		p.Before.advance(p.Own, due)
	}
	p.Call.ListAt(p.Own.Time(), c.Step, due)
	q.Bins[q.At] = due[:0]
	q.At++
	if q.At == len(q.Bins) {
		q.At = 0
	}
}

func (p *Pathway) push(synapses []int32) {
	q := p.Queue
	if p.Delays == nil {
		bin := (q.At + p.Delay) % len(q.Bins)
		q.Bins[bin] = append(q.Bins[bin], synapses...)
		return
	}
	for _, s := range synapses {
		bin := (q.At + int(p.Delays[s])) % len(q.Bins)
		q.Bins[bin] = append(q.Bins[bin], s)
	}
}

// A Sum sets a variable of rows Lo to Hi-1 to the sum of what a call adds for each synapse.
type Sum struct {
	Target []float64
	Lo, Hi int
	Call   *Call
	N      int // synapses
}

// Do sums again from zero.
func (s *Sum) Do(c *Clock) {
	clear(s.Target[s.Lo:s.Hi])
	s.Call.Rows(c, 0, s.N)
}

// A Shower gives each of rows Lo to Hi-1 a number of events that is binomial: that of N sources that each spike with
// probability p. It draws by inversion of the cumulative distribution.
type Shower struct {
	Noise  *Noise    // uniform
	Apply  *Call     // uses Counts
	Bound  []float64 // Bound[k] is the probability of at most k events
	Counts []float64
	Lo, Hi int
}

// Do draws the counts and applies them.
func (s *Shower) Do(c *Clock) {
	u := s.Noise.at(c)
	for k := s.Lo; k < s.Hi; k++ {
		s.Counts[k] = float64(s.events(u[k]))
	}
	s.Apply.Rows(c, s.Lo, s.Hi)
}

// events is the number of bounds that are u or less. Few is tried first: a step is short.
func (s *Shower) events(u float64) int {
	lo, hi := 0, min(1, len(s.Bound))
	for hi < len(s.Bound) && s.Bound[hi-1] <= u {
		lo, hi = hi, min(2*hi, len(s.Bound))
	}
	for lo < hi {
		if m := (lo + hi) / 2; s.Bound[m] <= u {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// A Relax brings event-driven variables of synapses that act on each other, dx/dt = M x + b, from their last event to
// now. Each event costs a matrix exponential.
type Relax struct {
	Coefficients *Call       // fills M and B for the rows of a list
	M, B         [][]float64 // columns of the entries, nil where zero by form
	X            [][]float64
	Last         []float64 // time of the last event [s]
}

// advance takes the synapses one by one; one that is listed twice does not move the second time.
func (r *Relax) advance(c *Clock, synapses []int32) {
	r.Coefficients.List(c, synapses)
	n := len(r.X)
	m, x := make([]float64, n*n), make([]float64, n)
	for _, s := range synapses {
		since := c.Time() - r.Last[s]
		if since == 0 {
			continue
		}
		for k, column := range r.M {
			if column != nil {
				m[k] = column[s]
			}
		}
		power, integral := Propagator(m, n, since)
		for i := range n {
			x[i] = 0
			for j := range n {
				x[i] = math.FMA(power[i*n+j], r.X[j][s], x[i])
				if r.B[j] != nil {
					x[i] = math.FMA(integral[i*n+j], r.B[j][s], x[i])
				}
			}
		}
		for i := range n {
			r.X[i][s] = x[i]
		}
		r.Last[s] = c.Time()
	}
}
