package engine

import (
	"math"
	"slices"
)

// A Queue holds the synapses that spikes in flight will reach, a bin for each step to come. Within a bin, what was
// emitted earlier comes first, then the lower row, then the synapse made earlier. What is queued keeps its arrival
// whatever happens to delays and connections.
type Queue struct {
	Bins  [][]int32 // spans of places; Bins[(At+k) % len(Bins)] arrives k steps from now
	At    int
	Dt    float64 // the step that the bins are counted in [s]
	Order *Order  // which synapse is at a place
}

// An Order lists synapses by place, where that is not the number of the synapse.
type Order struct{ Synapses []int32 }

// expand appends the synapses of spans of places, which may be in no order of their own.
func (o *Order) expand(to, spans []int32) []int32 {
	for k := 0; k < len(spans); k += 2 {
		if o != nil {
			to = append(to, o.Synapses[spans[k]:spans[k+1]]...)
			continue
		}
		for s := spans[k]; s < spans[k+1]; s++ {
			to = append(to, s)
		}
	}
	return to
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

// Follow makes places those of another order of n synapses. What is in flight gets places behind them.
func (q *Queue) Follow(o *Order, n int) {
	if o == q.Order || !slices.ContainsFunc(q.Bins, func(bin []int32) bool { return len(bin) > 0 }) {
		q.Order = o
		return
	}
	next := &Order{Synapses: o.expand(nil, []int32{0, int32(n)})}
	for k, bin := range q.Bins {
		if len(bin) > 0 {
			from := int32(len(next.Synapses))
			next.Synapses = q.Order.expand(next.Synapses, bin)
			q.Bins[k] = []int32{from, int32(len(next.Synapses))}
		}
	}
	q.Order = next
}

// add queues a span, and says in which bin.
func (q *Queue) add(delay int, from, to int32) (bin int) {
	bin = q.At + delay
	if bin >= len(q.Bins) {
		bin -= len(q.Bins)
	}
	q.Bins[bin] = append(q.Bins[bin], from, to)
	return bin
}

// take is what is due in this step; it stays good until the next step.
func (q *Queue) take() []int32 {
	due := q.Bins[q.At]
	q.Bins[q.At] = due[:0]
	q.At++
	if q.At == len(q.Bins) {
		q.At = 0
	}
	return due
}

// A Pathway takes the spikes of rows Lo to Hi-1 to their synapses and runs code for those a spike reaches.
type Pathway struct {
	Call   *Call // over spans of synapses; over a list of them where Listed
	Listed bool
	Spikes *Spikes
	Lo, Hi int
	Fan    Fan
	Queue  *Queue
	// Own is the clock of the synapses, whose time their code sees; the emitting group's clock drives the pathway. Between
	// two steps of its own a slower clock shows the next one.
	Own    *Clock
	Before *Relax  // advances coupled event-driven variables of listed synapses; nil for none
	List   []int32 // room for the synapses of a step, where Listed
}

// Do queues the new spikes, then runs the code for what is due.
func (p *Pathway) Do(c *Clock) {
	for _, row := range p.Spikes.Within(p.Lo, p.Hi) {
		p.Fan.send(p.Queue, int(row)-p.Lo)
	}
	due := p.Queue.take()
	if len(due) == 0 {
		return
	}
	if !p.Listed {
		p.Call.SpansAt(p.Own.Time(), c.Step, due)
		return
	}
	p.List = p.Queue.Order.expand(p.List[:0], due)
	if p.Before != nil {
		p.Before.advance(p.Own, p.List)
	}
	p.Call.ListAt(p.Own.Time(), c.Step, p.List)
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

	m, x []float64 // the coefficients and variables of one synapse
	exp  *exponential
}

// advance takes the synapses one by one; one that is listed twice does not move the second time.
func (r *Relax) advance(c *Clock, synapses []int32) {
	r.Coefficients.List(c, synapses)
	n := len(r.X)
	if r.exp == nil {
		r.m, r.x, r.exp = make([]float64, n*n), make([]float64, n), newExponential(n)
	}
	m, x := r.m, r.x
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
		power, integral := r.exp.of(m, since)
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
