package lang

import (
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// A builtin is a function of the language. Its rule gives type and dimension of a call with typed arguments, and may
// replace arguments that are a plain 0 by a 0 with the dimension it takes there.
type builtin struct {
	min, max int // number of arguments
	rule     func(args []*Expr) (Type, units.Dimension, *fault)
	takes    string // the arguments, for messages
	random   bool
	added    bool // ours, beyond Brian's: the name is not reserved
	symbol   *Symbol
}

// A fault is a mistake in the arguments of a call or operator: at argument arg, or at the whole for -1.
type fault struct {
	arg                   int
	reason, message, hint string
}

// builtins is the table of functions.
var builtins = func() map[string]*builtin {
	one := func(rule func([]*Expr) (Type, units.Dimension, *fault)) *builtin {
		return &builtin{min: 1, max: 1, rule: rule, takes: "x"}
	}
	table := map[string]*builtin{
		"sqrt": one(halfRule), "abs": one(keepRule), "floor": one(wholeRule), "ceil": one(wholeRule), "sign": one(signRule),
		"int":       one(intRule),
		"clip":      {min: 3, max: 3, rule: commonRule, takes: "x, low, high"},
		"timestep":  {min: 2, max: 2, rule: timestepRule, takes: "t, dt"},
		"rand":      {rule: plainRule(Float), random: true},
		"randn":     {rule: plainRule(Float), random: true},
		"poisson":   {min: 1, max: 1, rule: plainRule(Integer), takes: "mean", random: true},
		"min":       {min: 2, max: 2, rule: commonRule, takes: "a, b", added: true},
		"max":       {min: 2, max: 2, rule: commonRule, takes: "a, b", added: true},
		"where":     {min: 3, max: 3, rule: whereRule, takes: "condition, a, b", added: true},
		"arctan2":   {min: 2, max: 2, rule: arctan2Rule, takes: "y, x", added: true},
		"heaviside": {min: 1, max: 1, rule: heavisideRule, takes: "x", added: true},
		"binomial":  {min: 2, max: 2, rule: plainRule(Integer), takes: "n, p", random: true, added: true},
	}
	for _, name := range []string{"sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "exp", "log", "log10", "expm1", "log1p", "exprel"} {
		table[name] = one(plainRule(Float))
	}
	for name, f := range table {
		f.symbol = &Symbol{Name: name, Kind: Function, Shared: true, Fixed: true, ReadOnly: true, Random: f.random}
	}
	return table
}()

var functionNames = func() []string {
	var names []string
	for name := range builtins {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}()

// FunctionNames lists the functions of the language in alphabetical order.
func FunctionNames() []string { return slices.Clone(functionNames) }

// plainRule: every argument is a plain number.
func plainRule(result Type) func([]*Expr) (Type, units.Dimension, *fault) {
	return func(args []*Expr) (Type, units.Dimension, *fault) {
		for k, a := range args {
			if !a.open && !a.Dim.IsOne() {
				return 0, dimensionless, notPlain(k, a)
			}
		}
		return result, dimensionless, nil
	}
}

func notPlain(k int, a *Expr) *fault {
	return &fault{k, ReasonUnits, shorten(a.String()) + " has unit " + a.Dim.String() + ", expected a plain number", "divide by a quantity of that unit, such as " + exampleUnit(a.Dim)}
}

func numeric(t Type) Type {
	if t == Boolean {
		return Integer
	}
	return t
}

func keepRule(args []*Expr) (Type, units.Dimension, *fault) {
	return numeric(args[0].Type), args[0].Dim, nil
}

// wholeRule: what is rounded keeps its unit, and is a real number even where a whole one was rounded, as in Brian.
func wholeRule(args []*Expr) (Type, units.Dimension, *fault) {
	return Float, args[0].Dim, nil
}

func halfRule(args []*Expr) (Type, units.Dimension, *fault) {
	d, ok := args[0].Dim.Pow(1, 2)
	if !ok {
		return 0, dimensionless, &fault{0, ReasonExponent, "there is no unit for the root of " + args[0].Dim.String(), "divide by a unit before taking the root"}
	}
	return Float, d, nil
}

func signRule(args []*Expr) (Type, units.Dimension, *fault) {
	return numeric(args[0].Type), dimensionless, nil
}

func heavisideRule([]*Expr) (Type, units.Dimension, *fault) { return Float, dimensionless, nil }

func intRule(args []*Expr) (Type, units.Dimension, *fault) { return plainRule(Integer)(args) }

func commonRule(args []*Expr) (Type, units.Dimension, *fault) {
	t := numeric(args[0].Type)
	for _, a := range args[1:] {
		t = promote(t, a.Type)
	}
	d, f := common(args)
	return t, d, f
}

func arctan2Rule(args []*Expr) (Type, units.Dimension, *fault) {
	_, f := common(args)
	return Float, dimensionless, f
}

func whereRule(args []*Expr) (Type, units.Dimension, *fault) {
	if c := args[0]; c.Type != Boolean && c.Type != Unknown {
		return 0, dimensionless, notCondition(0, c)
	}
	d, f := common(args[1:])
	if f != nil {
		f.arg++
	}
	if args[1].Type == Boolean && args[2].Type == Boolean {
		return Boolean, d, f
	}
	return promote(args[1].Type, args[2].Type), d, f
}

func timestepRule(args []*Expr) (Type, units.Dimension, *fault) {
	for k, a := range args {
		if isZero(a) {
			args[k] = withDim(a, seconds)
		} else if !a.open && a.Dim != seconds {
			return 0, dimensionless, &fault{k, ReasonUnits, describe(a) + ", expected second", timeHint(a)}
		}
	}
	return Integer, dimensionless, nil
}

func timeHint(a *Expr) string {
	if a.Dim.IsOne() {
		return "give it a unit: " + shorten(a.String()) + "*ms"
	}
	return factorHint(a, seconds)
}

func notCondition(k int, a *Expr) *fault {
	return &fault{k, ReasonType, shorten(a.String()) + " is a number, expected a condition", "compare it, as in " + shorten(a.String()) + " > 0"}
}

// common gives the dimension that all arguments have; a plain 0 among them takes it.
func common(args []*Expr) (units.Dimension, *fault) {
	first := -1
	for k, a := range args {
		if !isZero(a) && !a.open {
			first = k
			break
		}
	}
	if first < 0 {
		return args[0].Dim, nil
	}
	d := args[first].Dim
	for k, a := range args {
		switch {
		case a.Dim == d || a.open:
		case isZero(a):
			args[k] = withDim(a, d)
		default:
			return d, mismatch(args[first], a, k)
		}
	}
	return d, nil
}

// mismatch says that a and b, argument k, have different units.
func mismatch(a, b *Expr, k int) *fault {
	return &fault{k, ReasonUnits, describe(b) + ", but " + describe(a), mismatchHint(a, b)}
}

// describe gives "v has unit volt" or "x is a plain number".
func describe(a *Expr) string {
	if a.Dim.IsOne() {
		return shorten(a.String()) + " is a plain number"
	}
	return shorten(a.String()) + " has unit " + a.Dim.String()
}

func mismatchHint(a, b *Expr) string {
	for _, pair := range [][2]*Expr{{a, b}, {b, a}} {
		quantity, plain := pair[0], pair[1]
		if _, literal := constantValue(plain); literal && plain.Dim.IsOne() && !quantity.Dim.IsOne() && !isUnitOrName(plain) {
			return "give the number a unit: " + shorten(plain.String()) + "*" + exampleUnit(quantity.Dim)
		}
	}
	return factorHint(b, a.Dim)
}

func isCompound(d units.Dimension) bool {
	return strings.Contains(d.String(), "/") || strings.Contains(d.String(), "**-")
}

// factorHint names the unit of the factor that would give e the wanted dimension.
func factorHint(e *Expr, want units.Dimension) string {
	text := shorten(e.String())
	factor, divisor := want.Div(e.Dim), e.Dim.Div(want)
	switch {
	case divisor == seconds:
		return "divide " + text + " by a time"
	case factor == noiseUnit:
		return "noise goes with the root of a time: multiply by tau**-0.5"
	case factor.IsOne():
		return "write the value in the unit that is expected"
	case isCompound(factor) && !isCompound(divisor):
		return "is a division of " + text + " by something in " + divisor.String() + " missing?"
	}
	return "is a factor in " + factor.String() + " missing at " + text + "?"
}

func isUnitOrName(e *Expr) bool { return e.Op == Name }

// examples are units a student would write for a dimension.
var examples = func() map[units.Dimension]string {
	m := map[units.Dimension]string{}
	for _, name := range []string{"ms", "mV", "nA", "nS", "pF", "Mohm", "Hz", "um", "um2", "mM", "volt/second", "kelvin"} {
		if q, err := units.Parse(name); err == nil {
			m[q.Dim()] = name
		}
	}
	return m
}()

func exampleUnit(d units.Dimension) string {
	if name, ok := examples[d]; ok {
		return name
	}
	return "(" + d.String() + ")"
}

// withDim gives a literal 0 a dimension.
func withDim(zero *Expr, d units.Dimension) *Expr {
	c := *zero
	c.Dim = d
	if len(zero.Args) == 1 {
		c.Args = []*Expr{withDim(zero.Args[0], d)}
	}
	return &c
}
