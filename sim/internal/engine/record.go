package engine

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A Trace is what a state monitor has of one variable: sample after sample, each with the recorded rows in order.
type Trace struct {
	Source ir.Column
	Single bool // the source has one value for all rows
	Values []float64
}

// A Recorder takes a sample of its traces every step. Times are the starts of the steps [s].
type Recorder struct {
	Before []*Call // computes columns of derived values first, rows 0 to N-1
	N      int
	Rows   []int32 // which rows are recorded
	Times  []float64
	Traces []Trace
}

// Reserve makes room for the samples of steps more steps, so that taking them allocates nothing.
func (r *Recorder) Reserve(steps int) {
	r.Times = room(r.Times, steps)
	for i := range r.Traces {
		values := steps
		if !r.Traces[i].Single {
			values *= len(r.Rows)
		}
		r.Traces[i].Values = room(r.Traces[i].Values, values)
	}
}

func room(x []float64, more int) []float64 {
	if cap(x)-len(x) >= more {
		return x
	}
	grown := make([]float64, len(x), len(x)+more)
	copy(grown, x)
	return grown
}

// Do takes a sample.
func (r *Recorder) Do(c *Clock) {
	for _, call := range r.Before {
		call.Rows(c, 0, r.N)
	}
	r.Times = append(r.Times, c.Time())
	for i := range r.Traces {
		r.Traces[i].sample(r.Rows)
	}
}

func (t *Trace) sample(rows []int32) {
	if t.Single {
		t.Values = append(t.Values, Number(t.Source, 0))
		return
	}
	t.Values = AppendRows(t.Values, t.Source, rows)
}

// AppendRows appends the values of a column in the given rows, truth values as 0 and 1.
func AppendRows(to []float64, c ir.Column, rows []int32) []float64 {
	if c.F != nil {
		for _, row := range rows {
			to = append(to, c.F[row])
		}
		return to
	}
	for _, row := range rows {
		to = append(to, Number(c, int(row)))
	}
	return to
}

// Number is one element of a column as a number.
func Number(c ir.Column, row int) float64 {
	switch {
	case c.F != nil:
		return c.F[row]
	case c.I != nil:
		return float64(c.I[row])
	case c.X != nil:
		return float64(c.X[row])
	case c.B[row]:
		return 1
	}
	return 0
}

// A SpikeLog notes the spikes of rows Lo to Hi-1, with the values of variables at that moment.
type SpikeLog struct {
	Spikes *Spikes
	Lo, Hi int
	Before []*Call // computes columns of derived values for the spiking rows
	Rows   []int32 // relative to Lo
	Times  []float64
	Counts []int64
	Traces []Trace
	Sparse bool // keep counts only
}

// Do notes the spikes of this step.
func (l *SpikeLog) Do(c *Clock) {
	spikes := l.Spikes.Within(l.Lo, l.Hi)
	if len(spikes) == 0 {
		return
	}
	for _, call := range l.Before {
		call.List(c, spikes)
	}
	for _, row := range spikes {
		l.Counts[int(row)-l.Lo]++
	}
	if l.Sparse {
		return
	}
	t := c.Time()
	for _, row := range spikes {
		l.Rows = append(l.Rows, row-int32(l.Lo))
		l.Times = append(l.Times, t)
	}
	for i := range l.Traces {
		l.Traces[i].sample(spikes)
	}
}

// A RateLog notes the population rate of rows Lo to Hi-1 every step: spikes a row and second [Hz].
type RateLog struct {
	Spikes *Spikes
	Lo, Hi int
	Times  []float64
	Rates  []float64
}

// Reserve makes room for steps more steps.
func (l *RateLog) Reserve(steps int) {
	l.Times, l.Rates = room(l.Times, steps), room(l.Rates, steps)
}

// Do notes the rate of this step.
func (l *RateLog) Do(c *Clock) {
	l.Times = append(l.Times, c.Time())
	l.Rates = append(l.Rates, float64(len(l.Spikes.Within(l.Lo, l.Hi)))/(float64(l.Hi-l.Lo)*c.Dt))
}
