package ir

import (
	"fmt"
	"math"
	"slices"
)

// A function is an expansion into primitive operations: one table for every backend.
type function struct {
	min, max int // number of arguments
	bound    string
	build    func(b *Builder, x []Value) Value
}

// functions by name. The bound is the greatest error in units in the last place of the true result, with the range it
// holds for where that is not everything; the tests hold each against arbitrary precision.
var functions = map[string]function{
	"exp":    {1, 1, "1 ulp", ofFloat((*Builder).exp)},
	"expm1":  {1, 1, "1 ulp", ofFloat((*Builder).expm1)},
	"exprel": {1, 1, "2 ulp", ofFloat((*Builder).exprel)},
	"log":    {1, 1, "1 ulp", ofFloat((*Builder).log)},
	"log10":  {1, 1, "1 ulp, exact at powers of ten", ofFloat((*Builder).log10)},
	"log1p":  {1, 1, "1 ulp", ofFloat((*Builder).log1p)},
	"pow":    {2, 2, "1 ulp; constant exponents 3 and 4: 2 ulp", binaryFloat((*Builder).pow)},

	"sin":     {1, 1, "1 ulp for |x| < 2^48, NaN beyond", ofFloat((*Builder).sin)},
	"cos":     {1, 1, "1 ulp for |x| < 2^48, NaN beyond", ofFloat((*Builder).cos)},
	"tan":     {1, 1, "1 ulp for |x| < 2^48, NaN beyond", ofFloat((*Builder).tan)},
	"sinh":    {1, 1, "3 ulp", ofFloat((*Builder).sinh)},
	"cosh":    {1, 1, "2 ulp", ofFloat((*Builder).cosh)},
	"tanh":    {1, 1, "1 ulp", ofFloat((*Builder).tanh)},
	"arcsin":  {1, 1, "3 ulp", ofFloat((*Builder).arcsin)},
	"arccos":  {1, 1, "3 ulp", ofFloat((*Builder).arccos)},
	"arctan":  {1, 1, "1.5 ulp", ofFloat((*Builder).arctan)},
	"arctan2": {2, 2, "2 ulp", binaryFloat((*Builder).arctan2)},

	"sqrt":      {1, 1, "0.5 ulp", unary((*Builder).Sqrt)},
	"floor":     {1, 1, "exact", unary((*Builder).Floor)},
	"ceil":      {1, 1, "exact", unary((*Builder).Ceil)},
	"abs":       {1, 1, "exact", unary((*Builder).Abs)},
	"sign":      {1, 1, "exact", unary((*Builder).sign)},
	"int":       {1, 1, "exact", unary((*Builder).ToInt)},
	"clip":      {3, 3, "exact", ternary((*Builder).clip)},
	"where":     {3, 3, "exact", ternary((*Builder).where)},
	"min":       {2, 2, "exact", binary((*Builder).minimum)},
	"max":       {2, 2, "exact", binary((*Builder).maximum)},
	"heaviside": {1, 2, "exact; of one argument 1/2 at 0", heaviside},
	"floordiv":  {2, 2, "exact for quotients below 2^53", binary((*Builder).floorDiv)},
	"mod":       {2, 2, "exact for quotients below 2^53", binary((*Builder).mod)},
	"timestep":  {2, 2, "int((t + 1e-3*dt)/dt) as written", binary((*Builder).timestep)},
}

func unary(f func(*Builder, Value) Value) func(*Builder, []Value) Value {
	return func(b *Builder, x []Value) Value { return f(b, x[0]) }
}

func binary(f func(b *Builder, x, y Value) Value) func(*Builder, []Value) Value {
	return func(b *Builder, x []Value) Value { return f(b, x[0], x[1]) }
}

func ternary(f func(b *Builder, x, y, z Value) Value) func(*Builder, []Value) Value {
	return func(b *Builder, x []Value) Value { return f(b, x[0], x[1], x[2]) }
}

func heaviside(b *Builder, x []Value) Value {
	at0 := b.Float(0.5)
	if len(x) == 2 {
		at0 = x[1]
	}
	return b.heaviside(x[0], at0)
}

// where is x where the condition holds and y elsewhere.
func (b *Builder) where(condition, x, y Value) Value { return b.Select(b.ToMask(condition), x, y) }

// binaryFloat is a function whose two arguments become numbers first.
func binaryFloat(f func(b *Builder, x, y Value) Value) func(*Builder, []Value) Value {
	return func(b *Builder, x []Value) Value { return f(b, b.ToFloat(x[0]), b.ToFloat(x[1])) }
}

// ofFloat is a function whose argument becomes a number first.
func ofFloat(f func(*Builder, Value) Value) func(*Builder, []Value) Value {
	return func(b *Builder, x []Value) Value { return f(b, b.ToFloat(x[0])) }
}

// Call expands the named function. An unknown name or a wrong number of arguments is an error.
func (b *Builder) Call(name string, args ...Value) (Value, error) {
	f, ok := functions[name]
	if !ok {
		return 0, fmt.Errorf("found function %q, expected one of %v", name, FunctionNames())
	}
	if len(args) < f.min || len(args) > f.max {
		return 0, fmt.Errorf("%s: found %d arguments, expected %d to %d", name, len(args), f.min, f.max)
	}
	return f.build(b, args), nil
}

// FunctionNames lists what Call knows, sorted.
func FunctionNames() []string {
	var names []string
	for name := range functions {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// FunctionBound is the error bound of a function, as the table states it.
func FunctionBound(name string) string { return functions[name].bound }

// EvalCall computes a function of numbers at once, with the bits that a program would give. It panics if Call fails. It
// is for set-up, and slow: it builds the function each time; see Func1.
func EvalCall(name string, args ...float64) float64 {
	b := NewBuilder(name, All)
	values := make([]Value, len(args))
	for k, x := range args {
		values[k] = b.Float(x)
	}
	v, err := b.Call(name, values...)
	if err != nil {
		panic("ir: " + err.Error())
	}
	return b.float(b.ToFloat(v))
}

// float is the number that v was folded to.
func (b *Builder) float(v Value) float64 { return math.Float64frombits(b.program.Code[v].Imm) }

// Func1 returns a function of one number, for set-up: sin of x is Func1("sin")(x). It panics for an unknown name. The
// function may be called from several goroutines and allocates nothing for programs of usual length.
func Func1(name string) func(float64) float64 {
	p, v := functionProgram(name, 1)
	return func(x float64) float64 { return p.evaluate(v, []float64{x}) }
}

// FuncN is Func1 for n arguments.
func FuncN(name string, n int) func(...float64) float64 {
	p, v := functionProgram(name, n)
	return func(args ...float64) float64 { return p.evaluate(v, args) }
}

// functionProgram computes a named function of n uniforms.
func functionProgram(name string, n int) (*Program, Value) {
	b := NewBuilder(name, All)
	args := make([]Value, n)
	for k := range args {
		args[k] = b.Uniform(k, F64)
	}
	v, err := b.Call(name, args...)
	if err != nil {
		panic("ir: " + err.Error())
	}
	v = b.ToFloat(v)
	return b.Program(), v
}

// Function turns what has been built so far into a Go function: of the uniforms, to the value v as a number. The program
// must not use columns, rows or Emit.
func (b *Builder) Function(v Value) func(...float64) float64 {
	v = b.ToFloat(v)
	p := b.Program()
	return func(args ...float64) float64 { return p.evaluate(v, args) }
}

// evaluate computes the uniform value v from numbers.
func (p *Program) evaluate(v Value, uniforms []float64) float64 {
	var room [512]uint64
	values := room[:]
	if len(p.Code) > len(room) {
		values = make([]uint64, len(p.Code))
	}
	for i, in := range p.Code {
		switch in.Op {
		case Const:
			values[i] = in.Imm
		case Uniform:
			values[i] = bits(uniforms[in.Imm])
		default:
			values[i] = Scalar(in.Op, values[in.A], values[in.B], values[in.C])
		}
	}
	return math.Float64frombits(values[v])
}
