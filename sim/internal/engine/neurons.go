package engine

import "slices"

// Spikes are the rows of a group that spiked in the current step, ascending.
type Spikes struct{ Rows []int32 }

// Within are the spikes of rows lo to hi-1.
func (s *Spikes) Within(lo, hi int) []int32 {
	n := len(s.Rows)
	if n == 0 || lo <= int(s.Rows[0]) && int(s.Rows[n-1]) < hi {
		return s.Rows
	}
	from, _ := slices.BinarySearch(s.Rows, int32(lo))
	to, _ := slices.BinarySearch(s.Rows, int32(hi))
	return s.Rows[from:to]
}

// A Sweep runs a call for rows Lo to Hi-1 every step.
type Sweep struct {
	Call   *Call
	Lo, Hi int
	Rest   *Rest // frees rows first; nil for none
}

// Do runs the call.
func (s *Sweep) Do(c *Clock) {
	if s.Rest != nil {
		s.Rest.release(c)
	}
	s.Call.Rows(c, s.Lo, s.Hi)
}

// A Detect finds the spikes, or another event, of a group of N rows.
type Detect struct {
	Call   *Call
	N      int
	Spikes *Spikes
	Mark   *Call // notes the event in its rows; nil for nothing to note
	Rest   *Rest // notes the spikes instead of Mark, which says what is written; nil for none
}

// Do fills the spike list.
func (d *Detect) Do(c *Clock) { d.note(c, d.Call.Emitted(c, 0, d.N)) }

// note takes the rows that had the event.
func (d *Detect) note(c *Clock, rows []int32) {
	d.Spikes.Rows = rows
	switch {
	case d.Rest != nil:
		d.Rest.add(c.Time(), rows)
	case d.Mark != nil:
		d.Mark.List(c, rows)
	}
}

// A Visit runs a call for the rows in a spike list: a reset, or code on an event.
type Visit struct {
	Call   *Call
	Spikes *Spikes
}

// Do runs the call.
func (v *Visit) Do(c *Clock) { v.Call.List(c, v.Spikes.Rows) }

// An Operation calls a function of the host language with the time of the step [s].
type Operation func(t float64)

// Do calls the function.
func (o Operation) Do(c *Clock) { o(c.Time()) }

// A Generator emits listed spikes. Steps ascend, and rows ascend within a step; both belong to the current step
// length. With a period, in steps, the list repeats for good.
type Generator struct {
	Steps  []int64
	Rows   []int32
	Period int64 // [steps]; 0 for none
	Spikes *Spikes
}

// Do fills the spike list with the spikes of this step.
func (g *Generator) Do(c *Clock) {
	step := c.Step
	if g.Period > 0 {
		step %= g.Period
	}
	lo, _ := slices.BinarySearch(g.Steps, step)
	hi, _ := slices.BinarySearch(g.Steps, step+1)
	g.Spikes.Rows = g.Rows[lo:hi]
}
