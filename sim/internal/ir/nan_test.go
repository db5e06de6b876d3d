package ir

import (
	"math"
	"testing"
)

// A comparison with NaN is false, so min and max give their second operand: NaN passes from there only.
func TestOnlyASecondOperandBringsNaNThroughMinAndMax(t *testing.T) {
	for name, op := range map[string]func(b *Builder, x, y Value) Value{"min": (*Builder).Min, "max": (*Builder).Max} {
		b := NewBuilder(name, All)
		x := b.Uniform(0, F64)
		for _, c := range []struct {
			v    Value
			want bool
		}{
			{x, false}, {op(b, x, b.Float(3)), true}, {op(b, b.Float(3), x), false}, {op(b, x, b.Float(math.NaN())), false},
			{op(b, x, op(b, x, b.Float(3))), true}, {b.ToFloat(b.Uniform(1, I64)), true}, {b.Add(x, b.Float(3)), false},
			{b.FMA(b.Min(b.Max(x, b.Float(-9)), b.Float(9)), b.Float(2), b.Float(1)), true},
			{b.FMA(b.Min(x, b.Float(9)), b.Float(2), b.Float(1)), false},
			{b.FMA(b.Min(b.Max(x, b.Float(-1e300)), b.Float(9)), b.Float(1e300), b.Float(1)), false},
		} {
			p := b.Program()
			if found := p.NeverNaN()[c.v]; found != c.want {
				t.Errorf("%s: value %d is never NaN: found %v, expected %v", name, c.v, found, c.want)
			}
			if got := p.evaluate(c.v, []float64{math.NaN(), 0}); c.want && got != got {
				t.Errorf("%s: value %d of NaN: found NaN, expected a number", name, c.v)
			}
		}
	}
}
