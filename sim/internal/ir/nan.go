package ir

import "math"

// A span is what is known of a value that is a number: not below least, not above most, if it is not NaN; and whether it
// may be NaN.
type span struct {
	least, most float64
	nan         bool
}

// NeverNaN tells for each value that is a number whether it is surely not NaN.
func (p *Program) NeverNaN() []bool {
	never := make([]bool, len(p.Code))
	spans := make([]span, len(p.Code))
	for i := range p.Code {
		spans[i] = p.span(Value(i), spans)
		never[i] = !spans[i].nan
	}
	return never
}

// bounded tells whether x surely lies between two numbers.
func (b *Builder) bounded(x Value) bool {
	spans := make([]span, x+1)
	for i := range spans {
		spans[i] = b.program.span(Value(i), spans)
	}
	return spans[x].finite()
}

func (s span) finite() bool {
	return !s.nan && -math.MaxFloat64 <= s.least && s.most <= math.MaxFloat64
}

// span is that of value i, given those before. Min and Max give their second operand if the first is NaN, for that is what a
// comparison with NaN gives.
func (p *Program) span(i Value, spans []span) span {
	in := p.Code[i]
	anything := span{math.Inf(-1), math.Inf(1), true}
	switch in.Op {
	case Const:
		if x := math.Float64frombits(in.Imm); in.Type == F64 && x == x {
			return span{x, x, false}
		}
	case FloatOfInt:
		return span{-0x1p63, 0x1p63, false}
	case Min:
		return lesser(spans[in.A], spans[in.B])
	case Max:
		return lesser(spans[in.A].turned(), spans[in.B].turned()).turned()
	case FMA:
		return linear(spans[in.A], spans[in.B], spans[in.C], anything)
	}
	return anything
}

// turned is the span of -x.
func (s span) turned() span { return span{-s.most, -s.least, s.nan} }

// lesser is the span of x < y ? x : y.
func lesser(x, y span) span {
	s := span{min(x.least, y.least), y.most, y.nan}
	if !x.nan {
		s.most = min(x.most, y.most)
	}
	return s
}

// linear is the span of x*y + z where all are finite. Its ends may be a rounding off.
func linear(x, y, z, anything span) span {
	if !x.finite() || !y.finite() || !z.finite() {
		return anything
	}
	p, q, r, t := x.least*y.least, x.least*y.most, x.most*y.least, x.most*y.most
	s := span{min(p, q, r, t) + z.least, max(p, q, r, t) + z.most, false}
	if !s.finite() {
		return anything
	}
	return s
}
