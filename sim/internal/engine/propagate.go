package engine

import "math"

// A Propagate keeps the step matrices of linear systems dx/dt = M x + b up to date: next x = P x + Phi b, where
// P = exp(M dt) and Phi is the integral of exp(M s) over one step. There is one system a row of the coefficient
// columns: one for a whole group where all rows share M.
type Propagate struct {
	Coefficients *Call // fills M; nil when M is zero
	Rows         int
	N            int           // variables
	M            [][]float64   // columns of the entries M[i*N+j], nil where zero by form
	Sets         []*StepMatrix // one, or two with the second for held variables

	last []float64 // the coefficients that the matrices were computed from, row by row
	held []float64 // those of one row without those of held variables
	exp  *exponential
}

// A StepMatrix is where P and Phi go, columns of the entries i*N+j, nil where nobody reads them. Held variables stand
// still: their rows of M and of the input are zero.
type StepMatrix struct {
	Held   []bool
	P, Phi [][]float64
}

// Do computes the coefficients and, where they changed, the matrices. Its cost is that of one matrix exponential a
// row that changed.
func (p *Propagate) Do(c *Clock) {
	if p.Coefficients != nil {
		p.Coefficients.Rows(c, 0, p.Rows)
	}
	first := p.last == nil
	if first {
		p.last = make([]float64, p.Rows*p.N*p.N)
		p.held, p.exp = make([]float64, p.N*p.N), newExponential(p.N)
	}
	for row := range p.Rows {
		if p.read(row) || first {
			p.update(row, c.Dt)
		}
	}
}

// read takes over the coefficients of a row and tells whether one changed.
func (p *Propagate) read(row int) (changed bool) {
	last := p.last[row*p.N*p.N:][:p.N*p.N]
	for k, column := range p.M {
		if column == nil {
			continue
		}
		if now := column[row]; math.Float64bits(now) != math.Float64bits(last[k]) {
			last[k], changed = now, true
		}
	}
	return changed
}

func (p *Propagate) update(row int, dt float64) {
	size := p.N * p.N
	m := p.last[row*size:][:size]
	if row > 0 && equal(m, p.last[(row-1)*size:][:size]) {
		p.copyRow(row)
		return
	}
	for _, set := range p.Sets {
		clear(p.held)
		for i := range p.N {
			if set.Held == nil || !set.Held[i] {
				copy(p.held[i*p.N:][:p.N], m[i*p.N:][:p.N])
			}
		}
		power, integral := p.exp.of(p.held, dt)
		for k := range size {
			if set.P[k] != nil {
				set.P[k][row] = power[k]
			}
			if set.Phi[k] != nil {
				set.Phi[k][row] = integral[k] * unless(set.Held, k%p.N)
			}
		}
	}
}

// unless is 0 for the input of a held variable, which does not move it.
func unless(held []bool, variable int) float64 {
	if held != nil && held[variable] {
		return 0
	}
	return 1
}

// copyRow takes the matrices of the row before, which has the same coefficients.
func (p *Propagate) copyRow(row int) {
	for _, set := range p.Sets {
		for k := range set.P {
			if set.P[k] != nil {
				set.P[k][row] = set.P[k][row-1]
			}
			if set.Phi[k] != nil {
				set.Phi[k][row] = set.Phi[k][row-1]
			}
		}
	}
}

func equal(a, b []float64) bool {
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) {
			return false
		}
	}
	return true
}

// Forget makes the next Do compute all matrices again, as after a change of dt.
func (p *Propagate) Forget() { p.last = nil }
