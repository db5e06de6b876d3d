package engine

import (
	"cmp"
	"math"
	"slices"
)

// Writes point to how often each of some columns was written from outside.
type Writes []*int

func (w Writes) count() (n int) {
	for _, times := range w {
		n += *times
	}
	return n
}

// A Rest keeps not_refractory of a group whose refractory period is the same for all rows and steps, so that a step
// touches the rows that spike and those that become free, and no others. Row r is free when
//
//	t - Last[r] + Margin >= Least
//
// at the last update, whose t is that of its step, and it has not spiked since.
type Rest struct {
	Last          []float64 // time of the last spike [s]
	Free          []bool
	Margin, Least float64 // [s]
	Writes        Writes  // to Last and Free

	// The rows that are not free, by the time of their spike, in a ring.
	rows        []int32
	times       []float64
	first, held int
	seen        int // count of Writes that the ring knows
}

func (r *Rest) over(t, last float64) bool {
	since := t - last
	return since+r.Margin >= r.Least
}

// release frees the rows whose time has come. After Writes changed it looks at all rows.
func (r *Rest) release(c *Clock) {
	t := c.Time()
	if r.rows == nil || r.seen != r.Writes.count() {
		r.begin(t)
	}
	for r.held > 0 && r.over(t, r.times[r.first]) {
		r.Free[r.rows[r.first]] = true
		r.held--
		if r.first++; r.first == len(r.rows) {
			r.first = 0
		}
	}
}

// begin reads the ring from the columns. Its cost is that of sorting the rows that are not free. A row whose last spike
// is no number stays as it is until somebody writes it.
func (r *Rest) begin(t float64) {
	if n := len(r.Free); r.rows == nil {
		r.rows, r.times = make([]int32, n), make([]float64, n)
	}
	r.first, r.held, r.seen = 0, 0, r.Writes.count()
	for row, last := range r.Last {
		r.Free[row] = r.over(t, last)
		if !r.Free[row] && !math.IsNaN(last) {
			r.rows[r.held] = int32(row)
			r.held++
		}
	}
	slices.SortStableFunc(r.rows[:r.held], func(a, b int32) int { return cmp.Compare(r.Last[a], r.Last[b]) })
	for k, row := range r.rows[:r.held] {
		r.times[k] = r.Last[row]
	}
}

// add notes that rows spiked at t, which is later than all other times but those that somebody wrote.
func (r *Rest) add(t float64, rows []int32) {
	for _, row := range rows {
		r.Last[row], r.Free[row] = t, false
		at := r.place(r.held)
		for k := r.held; k > 0 && r.times[r.place(k-1)] > t; k-- {
			before := r.place(k - 1)
			r.rows[at], r.times[at] = r.rows[before], r.times[before]
			at = before
		}
		r.rows[at], r.times[at] = row, t
		r.held++
	}
}

// place is where the k-th entry lies.
func (r *Rest) place(k int) int {
	if k += r.first; k >= len(r.rows) {
		return k - len(r.rows)
	}
	return k
}
