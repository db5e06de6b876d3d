package ir

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// An accuracy is a claim of the table of functions: the error bound, over arguments drawn by a rule.
type accuracy struct {
	name    string
	bound   float64 // [ulp]
	precise func(x, y *big.Float) *big.Float
	draw    func(r *rand.Rand) (x, y float64)
	special []float64
}

func sinOf(x *big.Float) *big.Float { s, _ := preciseSinCos(x); return s }
func cosOf(x *big.Float) *big.Float { _, c := preciseSinCos(x); return c }

func expm1Of(x *big.Float) *big.Float { return minus(preciseExp(x), exact(1)) }

// one makes a rule of two numbers from a rule of one.
func of1(f func(r *rand.Rand) float64) func(*rand.Rand) (float64, float64) {
	return func(r *rand.Rand) (float64, float64) { return f(r), 0 }
}

// within draws both signs with sizes from 2^lo to 2^hi.
func within(lo, hi float64) func(*rand.Rand) (float64, float64) {
	return of1(func(r *rand.Rand) float64 {
		return math.Copysign(math.Exp2(lo+(hi-lo)*r.Float64()), r.Float64()-0.5)
	})
}

func positive(f func(*rand.Rand) (float64, float64)) func(*rand.Rand) (float64, float64) {
	return func(r *rand.Rand) (float64, float64) { x, y := f(r); return math.Abs(x), y }
}

func unit(r *rand.Rand) (float64, float64) { return 2*r.Float64() - 1, 0 }

// nearQuarters are the numbers next to multiples of pi/2, where sin, cos or tan nearly vanish.
func nearQuarters() []float64 {
	var list []float64
	for _, n := range []float64{1, 2, 3, 4, 5, 11, 22, 355, 710, 1 << 19, 1<<20 + 1, 1 << 30, 3 << 40, 1 << 46} {
		x := n * (math.Pi / 2)
		list = append(list, x, -x, math.Nextafter(x, 0), math.Nextafter(x, math.Inf(1)))
	}
	return append(list, 0x1.921fb54442d18p+0, 0x1.6ac5b262ca1ffp+20, math.Pi/4, 0x1p-27, 0x1p-28, 1e-310)
}

func half(x *big.Float) *big.Float { return over(x, exact(2)) }

var accuracies = []accuracy{
	{"exp", 1, func(x, _ *big.Float) *big.Float { return preciseExp(x) }, within(-30, 9.5),
		[]float64{709.78, 709.782712893384, -708.4, -744.4, -745, -740.123, 1e-300, 0.34657359027997264}},
	{"expm1", 1, func(x, _ *big.Float) *big.Float { return expm1Of(x) }, within(-60, 9.4),
		[]float64{709.78, 0x1p-54, 0x1p-53, -40, -37.5, -0.34657359027997264, 0.34657359027997270}},
	{"exprel", 2, func(x, _ *big.Float) *big.Float { return over(expm1Of(x), x) }, within(-60, 9.4),
		[]float64{709.79, 712, 716, -1e5, -1e300, 0x1p-54, 0x1p-53}},
	{"log", 1, func(x, _ *big.Float) *big.Float { return preciseLog(x) }, positive(within(-1074, 1023)),
		[]float64{1 - 0x1p-53, 1 + 0x1p-52, 0.7071067811865475, 0.7071067811865476, 1.4142135623730951, 1e-320, 5e-324, math.MaxFloat64, 2, 0.5}},
	{"log", 1, func(x, _ *big.Float) *big.Float { return preciseLog(x) },
		of1(func(r *rand.Rand) float64 { return 0.5 + 1.5*r.Float64() }), nil},
	{"log10", 1, func(x, _ *big.Float) *big.Float { return over(preciseLog(x), preciseLog(exact(10))) }, positive(within(-1074, 1023)),
		[]float64{1 - 0x1p-53, 1.1, 0.9, 1e15, 1e22, 1e-5}},
	{"log1p", 1, func(x, _ *big.Float) *big.Float { return preciseLog(plus(exact(1), x)) }, positive(within(-70, 1000)),
		[]float64{-0.5, -0.3, -0.29, 0.414, 0.415, -1 + 0x1p-53, -0.999, 0x1p-54, 0x1p-53}},
	{"log1p", 1, func(x, _ *big.Float) *big.Float { return preciseLog(plus(exact(1), x)) },
		of1(func(r *rand.Rand) float64 { return -r.Float64() }), nil},
	{"pow", 1, func(x, y *big.Float) *big.Float { return preciseExp(times(y, preciseLog(x))) },
		func(r *rand.Rand) (float64, float64) {
			x, _ := positive(within(-40, 40))(r)
			return x, (2*r.Float64() - 1) * math.Min(1e5, 700/math.Abs(math.Log(x)))
		}, nil},
	{"pow", 1, func(x, y *big.Float) *big.Float { return preciseExp(times(y, preciseLog(x))) },
		func(r *rand.Rand) (float64, float64) {
			x := 0.7 + 0.8*r.Float64()
			return x, (709 - 1453*r.Float64()) / math.Log(x)
		}, nil},
	{"sin", 1, func(x, _ *big.Float) *big.Float { return sinOf(x) }, within(-30, 47.9), nearQuarters()},
	{"cos", 1, func(x, _ *big.Float) *big.Float { return cosOf(x) }, within(-30, 47.9), nearQuarters()},
	{"tan", 1, func(x, _ *big.Float) *big.Float { return over(sinOf(x), cosOf(x)) }, within(-30, 47.9), nearQuarters()},
	{"sinh", 3, func(x, _ *big.Float) *big.Float { return half(minus(preciseExp(x), over(exact(1), preciseExp(x)))) },
		within(-30, 9.4), []float64{22, 22.1, 709.9, 710.47, 0x1p-54}},
	{"cosh", 2, func(x, _ *big.Float) *big.Float { return half(plus(preciseExp(x), over(exact(1), preciseExp(x)))) },
		within(-30, 9.4), []float64{22, 709.9, 710.47}},
	{"tanh", 1, func(x, _ *big.Float) *big.Float {
		return over(expm1Of(times(x, exact(2))), plus(expm1Of(times(x, exact(2))), exact(2)))
	},
		within(-40, 5), []float64{19, 20, 25, 0x1p-28, 0x1p-27}},
	{"arctan", 1.5, func(x, _ *big.Float) *big.Float { return preciseAngle(x, exact(1)) }, within(-30, 60),
		[]float64{0.41421356237309503, 0.4142135623730951, 2.414213562373095, 1, 1e-310, 1e300}},
	{"arctan2", 2, func(y, x *big.Float) *big.Float { return preciseAngle(y, x) },
		func(r *rand.Rand) (float64, float64) {
			y, _ := within(-10, 10)(r)
			x, _ := within(-10, 10)(r)
			return y, x
		}, nil},
	{"arcsin", 3, func(x, _ *big.Float) *big.Float {
		return preciseAngle(x, root(minus(exact(1), times(x, x))))
	}, unit, []float64{1e-300, 1 - 0x1p-53, -0.5, 0.5}},
	{"arccos", 3, func(x, _ *big.Float) *big.Float {
		return preciseAngle(root(minus(exact(1), times(x, x))), x)
	}, unit, []float64{1e-300, 1 - 0x1p-53, -1 + 0x1p-53, -0.5, 0.5}},
	// Where e^x is within a halving of 1, e^x - 1 cancels, and what the reduction of x loses weighs most.
	{"exprel", 2, func(x, _ *big.Float) *big.Float { return over(expm1Of(x), x) }, unit,
		[]float64{-0.34657359027997264, -0.3465735902799727, 0.34657359027997264, 0.3465735902799727}},
	{"exp", 1, func(x, _ *big.Float) *big.Float { return preciseExp(x) }, unit, nil},
}

func TestFunctionsKeepTheirErrorBounds(t *testing.T) {
	for k, a := range accuracies {
		t.Run(fmt.Sprint(a.name, k), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(k), 42))
			f := FuncN(a.name, functions[a.name].min)
			worst, worstX, worstY := 0.0, 0.0, 0.0
			judge := func(x, y float64) {
				args := []float64{x, y}[:functions[a.name].min]
				if e := ulps(f(args...), a.precise(exact(x), exact(y))); !(e <= worst) {
					worst, worstX, worstY = e, x, y
				}
			}
			for _, x := range a.special {
				judge(x, 0)
			}
			for range 400 {
				judge(a.draw(r))
			}
			if !(worst <= a.bound) {
				t.Errorf("%s(%v, %v): error %.3f ulp, expected at most %v", a.name, worstX, worstY, worst, a.bound)
			}
		})
	}
}

func TestSmallConstantExponentsKeepTheirErrorBounds(t *testing.T) {
	for exponent, bound := range map[float64]float64{0.5: 0.5, 1: 0, 2: 0.5, 3: 1.5, 4: 2, -1: 0.5, 5: 1, -2: 1, 1.5: 1} {
		b := NewBuilder("pow", All)
		f := b.Function(b.pow(b.Uniform(0, F64), b.Float(exponent)))
		r := rand.New(rand.NewPCG(3, 3))
		for range 300 {
			x, _ := positive(within(-40, 40))(r)
			want := preciseExp(times(exact(exponent), preciseLog(exact(x))))
			if e := ulps(f(x), want); !(e <= bound+1e-9) {
				t.Fatalf("%v**%v: error %.3f ulp, expected at most %v", x, exponent, e, bound)
			}
		}
	}
}

var inf, nan, zero = math.Inf(1), math.NaN(), math.Copysign(0, -1)

// Values at the edges, as C's mathematical library (annex F) and, for pow, mod and floordiv, Python have them.
var edgeCases = []struct {
	name string
	args []float64
	want float64
}{
	{"exp", []float64{0}, 1}, {"exp", []float64{zero}, 1}, {"exp", []float64{inf}, inf}, {"exp", []float64{-inf}, 0},
	{"exp", []float64{nan}, nan}, {"exp", []float64{709.7827128933841}, inf}, {"exp", []float64{-745.14}, 0},
	{"exp", []float64{-745.13}, 5e-324}, {"exp", []float64{1e308}, inf}, {"exp", []float64{-1e308}, 0},
	{"expm1", []float64{zero}, zero}, {"expm1", []float64{inf}, inf}, {"expm1", []float64{-inf}, -1},
	{"expm1", []float64{nan}, nan}, {"expm1", []float64{710}, inf}, {"expm1", []float64{5e-324}, 5e-324},
	{"exprel", []float64{0}, 1}, {"exprel", []float64{zero}, 1}, {"exprel", []float64{inf}, inf},
	{"exprel", []float64{-inf}, 0}, {"exprel", []float64{nan}, nan}, {"exprel", []float64{718}, inf},
	{"exprel", []float64{5e-324}, 1}, {"exprel", []float64{-1e300}, 1e-300},
	{"log", []float64{1}, 0}, {"log", []float64{0}, -inf}, {"log", []float64{zero}, -inf}, {"log", []float64{-1}, nan},
	{"log", []float64{-inf}, nan}, {"log", []float64{inf}, inf}, {"log", []float64{nan}, nan},
	{"log10", []float64{1000}, 3}, {"log10", []float64{1e22}, 22}, {"log10", []float64{1e-3}, -3}, {"log10", []float64{0}, -inf},
	{"log10", []float64{-1}, nan}, {"log10", []float64{inf}, inf}, {"log10", []float64{1}, 0},
	{"log1p", []float64{zero}, zero}, {"log1p", []float64{-1}, -inf}, {"log1p", []float64{-1.5}, nan},
	{"log1p", []float64{inf}, inf}, {"log1p", []float64{-inf}, nan}, {"log1p", []float64{nan}, nan}, {"log1p", []float64{5e-324}, 5e-324},
	{"sin", []float64{zero}, zero}, {"sin", []float64{inf}, nan}, {"sin", []float64{nan}, nan}, {"sin", []float64{5e-324}, 5e-324},
	{"sin", []float64{0x1p48}, nan}, {"cos", []float64{0x1p48}, nan}, {"tan", []float64{-0x1p48}, nan},
	{"cos", []float64{zero}, 1}, {"cos", []float64{-inf}, nan}, {"cos", []float64{nan}, nan},
	{"tan", []float64{zero}, zero}, {"tan", []float64{inf}, nan}, {"tan", []float64{nan}, nan},
	{"sinh", []float64{zero}, zero}, {"sinh", []float64{inf}, inf}, {"sinh", []float64{-inf}, -inf}, {"sinh", []float64{nan}, nan},
	{"sinh", []float64{711}, inf}, {"cosh", []float64{zero}, 1}, {"cosh", []float64{-inf}, inf}, {"cosh", []float64{nan}, nan},
	{"tanh", []float64{zero}, zero}, {"tanh", []float64{inf}, 1}, {"tanh", []float64{-inf}, -1}, {"tanh", []float64{nan}, nan},
	{"tanh", []float64{1e300}, 1}, {"tanh", []float64{5e-324}, 5e-324}, {"sinh", []float64{5e-324}, 5e-324},
	{"arctan", []float64{zero}, zero}, {"arctan", []float64{inf}, math.Pi / 2}, {"arctan", []float64{-inf}, -math.Pi / 2},
	{"arctan", []float64{nan}, nan}, {"arctan", []float64{1}, math.Pi / 4}, {"arctan", []float64{5e-324}, 5e-324},
	{"arctan2", []float64{0, 1}, 0}, {"arctan2", []float64{zero, 1}, zero}, {"arctan2", []float64{0, -1}, math.Pi},
	{"arctan2", []float64{zero, -1}, -math.Pi}, {"arctan2", []float64{0, 0}, 0}, {"arctan2", []float64{0, zero}, math.Pi},
	{"arctan2", []float64{zero, zero}, -math.Pi}, {"arctan2", []float64{1, 0}, math.Pi / 2}, {"arctan2", []float64{-1, zero}, -math.Pi / 2},
	{"arctan2", []float64{inf, inf}, math.Pi / 4}, {"arctan2", []float64{inf, -inf}, 3 * math.Pi / 4}, {"arctan2", []float64{1, inf}, 0},
	{"arctan2", []float64{1, -inf}, math.Pi}, {"arctan2", []float64{inf, 1}, math.Pi / 2}, {"arctan2", []float64{nan, 1}, nan},
	{"arctan2", []float64{1, nan}, nan}, {"arctan2", []float64{math.MaxFloat64, math.MaxFloat64}, math.Pi / 4},
	{"arcsin", []float64{1}, math.Pi / 2}, {"arcsin", []float64{-1}, -math.Pi / 2}, {"arcsin", []float64{zero}, zero}, {"arcsin", []float64{1.1}, nan},
	{"arccos", []float64{1}, 0}, {"arccos", []float64{-1}, math.Pi}, {"arccos", []float64{0}, math.Pi / 2}, {"arccos", []float64{-1.1}, nan},

	{"pow", []float64{2, 10}, 1024}, {"pow", []float64{2, 0.5}, math.Sqrt2}, {"pow", []float64{10, 3}, 1000}, {"pow", []float64{10, -1}, 0.1},
	{"pow", []float64{-2, 3}, -8}, {"pow", []float64{-2, -2}, 0.25}, {"pow", []float64{-2, 0.3}, nan}, {"pow", []float64{5, 0}, 1},
	{"pow", []float64{nan, 0}, 1}, {"pow", []float64{1, nan}, 1}, {"pow", []float64{nan, 2.5}, nan}, {"pow", []float64{2, nan}, nan},
	{"pow", []float64{0, 3.5}, 0}, {"pow", []float64{zero, 5}, zero}, {"pow", []float64{zero, 6}, 0}, {"pow", []float64{0, -3.5}, inf},
	{"pow", []float64{zero, -5}, -inf}, {"pow", []float64{zero, -6}, inf}, {"pow", []float64{inf, 2.5}, inf}, {"pow", []float64{inf, -2.5}, 0},
	{"pow", []float64{-inf, 5}, -inf}, {"pow", []float64{-inf, 6}, inf}, {"pow", []float64{-inf, -5}, zero}, {"pow", []float64{-inf, 2.5}, inf},
	{"pow", []float64{2, inf}, inf}, {"pow", []float64{2, -inf}, 0}, {"pow", []float64{0.5, inf}, 0}, {"pow", []float64{0.5, -inf}, inf},
	{"pow", []float64{-1, inf}, 1}, {"pow", []float64{-1, -inf}, 1}, {"pow", []float64{0, inf}, 0}, {"pow", []float64{inf, -inf}, 0},
	{"pow", []float64{2, 1024}, inf}, {"pow", []float64{2, -1074}, 5e-324}, {"pow", []float64{2, -1076}, 0}, {"pow", []float64{-2, 1023}, -0x1p1023},
	{"pow", []float64{-1, 0x1p53}, 1}, {"pow", []float64{-1, 0x1p53 - 1}, -1}, {"pow", []float64{10, 308}, 1e308}, {"pow", []float64{5e-324, 1}, 5e-324},
	{"pow", []float64{zero, 0.5}, 0}, {"pow", []float64{1e200, 2}, inf}, {"pow", []float64{1e-200, 2}, 0}, {"pow", []float64{3, 4}, 81},

	{"sign", []float64{-3}, -1}, {"sign", []float64{0}, 0}, {"sign", []float64{5e-324}, 1}, {"sign", []float64{nan}, nan},
	{"abs", []float64{zero}, 0}, {"floor", []float64{-0.5}, -1}, {"ceil", []float64{-0.5}, zero}, {"sqrt", []float64{-1}, nan},
	{"int", []float64{-2.7}, -2}, {"int", []float64{2.7}, 2}, {"int", []float64{nan}, math.MinInt64},
	{"clip", []float64{5, 0, 1}, 1}, {"clip", []float64{-5, 0, 1}, 0}, {"clip", []float64{0.5, 0, 1}, 0.5}, {"clip", []float64{nan, 0, 1}, nan},
	{"min", []float64{1, 2}, 1}, {"min", []float64{nan, 2}, nan}, {"min", []float64{2, nan}, nan}, {"max", []float64{1, 2}, 2},
	{"max", []float64{nan, 2}, nan}, {"max", []float64{2, nan}, nan}, {"heaviside", []float64{-1}, 0}, {"heaviside", []float64{0}, 0.5},
	{"heaviside", []float64{2}, 1}, {"heaviside", []float64{0, 1}, 1}, {"heaviside", []float64{nan}, nan}, {"where", []float64{0, 1, 2}, 2},
	{"where", []float64{0.5, 1, 2}, 1},

	{"mod", []float64{7, 3}, 1}, {"mod", []float64{-7, 3}, 2}, {"mod", []float64{7, -3}, -2}, {"mod", []float64{-7, -3}, -1},
	{"mod", []float64{6, 3}, 0}, {"mod", []float64{-6, 3}, 0}, {"mod", []float64{6, -3}, zero}, {"mod", []float64{5.5, 0}, nan},
	{"mod", []float64{1, 0.1}, 0.09999999999999995}, {"mod", []float64{-1e-20, 3}, 3}, {"mod", []float64{5, inf}, 5},
	{"mod", []float64{-5, inf}, inf}, {"mod", []float64{inf, 5}, nan}, {"mod", []float64{0, 5}, 0}, {"mod", []float64{nan, 5}, nan},
	{"floordiv", []float64{7, 3}, 2}, {"floordiv", []float64{-7, 3}, -3}, {"floordiv", []float64{7, -3}, -3}, {"floordiv", []float64{-7, -3}, 2},
	{"floordiv", []float64{1, 0.1}, 9}, {"floordiv", []float64{6, 3}, 2}, {"floordiv", []float64{-1e-20, 3}, -1}, {"floordiv", []float64{5, inf}, 0},
	{"floordiv", []float64{-5, inf}, -1},
	{"timestep", []float64{0.3, 0.1}, 3}, {"timestep", []float64{0.29999, 0.1}, 3}, {"timestep", []float64{0.2998, 0.1}, 2}, {"timestep", []float64{0, 0.1}, 0},
}

func TestFunctionsAtTheEdges(t *testing.T) {
	for _, c := range edgeCases {
		variable := FuncN(c.name, len(c.args))(c.args...)
		constant := EvalCall(c.name, c.args...)
		for _, got := range []float64{variable, constant} {
			if math.Float64bits(got) != math.Float64bits(c.want) && !(got != got && c.want != c.want) {
				t.Errorf("%s%v: found %v, expected %v", c.name, c.args, got, c.want)
			}
		}
	}
}

// Python: 'import math; -7 // 2' and kin; the closed form here is r = x - q*y with 0 <= r/y < 1.
func TestIntegerDivisionFollowsTheSignOfTheDivisor(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		x, y := r.Int64()>>(11+r.IntN(50)), r.Int64()>>(11+r.IntN(50))
		x, y = x*(1-2*r.Int64N(2)), y*(1-2*r.Int64N(2))
		if y == 0 {
			continue
		}
		b := NewBuilder("divide", All)
		q, _ := b.Call("floordiv", b.Int(x), b.Int(y))
		m, _ := b.Call("mod", b.Int(x), b.Int(y))
		bits, _ := b.Constant(q)
		quotient := int64(bits)
		bits, _ = b.Constant(m)
		rest := int64(bits)
		if quotient*y+rest != x || rest != 0 && (rest < 0) != (y < 0) || max(rest, -rest) >= max(y, -y) {
			t.Fatalf("%d // %d: found %d, rest %d", x, y, quotient, rest)
		}
	}
}

func TestFloatModIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	f := FuncN("mod", 2)
	for range 5000 {
		x, y := r.NormFloat64()*math.Exp2(30*r.Float64()), (0.1+r.Float64())*(1-2*float64(r.IntN(2)))*math.Exp2(-15*r.Float64())
		want := math.Mod(x, y)
		if want != 0 && (want < 0) != (y < 0) {
			want += y
		}
		if got := f(x, y); got != want {
			t.Fatalf("%v %% %v: found %v, expected %v", x, y, got, want)
		}
	}
}

func TestCallSaysWhatIsWrong(t *testing.T) {
	b := NewBuilder("call", All)
	if _, err := b.Call("sine", b.Float(1)); err == nil {
		t.Error("found no error for an unknown function")
	}
	if _, err := b.Call("sin"); err == nil {
		t.Error("found no error for a missing argument")
	}
}

func TestFunctionOfOneNumberAllocatesNothing(t *testing.T) {
	f := Func1("sin")
	if n := testing.AllocsPerRun(10, func() { f(0.5) }); n != 0 {
		t.Errorf("found %v allocations, expected none", n)
	}
}
