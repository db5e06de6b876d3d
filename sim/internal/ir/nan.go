package ir

import "math"

// NeverNaN tells for each value that is a number whether it is surely not NaN: a constant, an integer turned into one, and
// the lesser or greater of two of which the second is no NaN, for that is what a comparison with NaN gives.
func (p *Program) NeverNaN() []bool {
	never := make([]bool, len(p.Code))
	for i, in := range p.Code {
		switch in.Op {
		case Const:
			x := math.Float64frombits(in.Imm)
			never[i] = x == x
		case FloatOfInt:
			never[i] = true
		case Min, Max:
			never[i] = never[in.B]
		}
	}
	return never
}
