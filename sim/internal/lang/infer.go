package lang

import (
	"math"
	"strconv"
)

// A checker types the expressions of one text.
type checker struct {
	text     string
	scope    Scope
	noise    bool            // white noise may stand here
	later    map[string]bool // temporaries of statements still to come
	warnings []string
}

func (c *checker) fail(e *Expr, reason, message, hint string) {
	fail(c.text, e.Pos, e.End, reason, message, hint)
}

// typed gives a copy of the parsed e with Type, Dim and Sym filled; it fails at the first mistake.
func (c *checker) typed(e *Expr) *Expr {
	n := *e
	switch e.Op {
	case Num, Bool:
		return &n
	case Name:
		return c.typedName(&n)
	}
	n.Args = make([]*Expr, len(e.Args))
	for k, a := range e.Args {
		n.Args[k] = c.typed(a)
		n.open = n.open || n.Args[k].open
	}
	if e.Op == Call {
		return c.typedCall(&n)
	}
	if f := c.typeOperator(&n); f != nil {
		c.report(&n, f)
	}
	return &n
}

// report fails with a fault of the arguments of e.
func (c *checker) report(e *Expr, f *fault) {
	at := e
	if f.arg >= 0 {
		at = e.Args[f.arg]
	}
	c.fail(at, f.reason, f.message, f.hint)
}

func (c *checker) typedName(n *Expr) *Expr {
	s := lookup(c.scope, n.Text, false)
	switch {
	case s == nil:
		c.unknown(n)
	case s.Kind == Function:
		c.fail(n, ReasonType, n.Text+" is a function and no value", "call it: "+n.Text+"("+takes(s)+")")
	case s.Kind == TimedArray:
		c.fail(n, ReasonType, n.Text+" is a timed array and no value", "call it: "+n.Text+"("+takes(s)+")")
	case s.Kind == Noise && !c.noise:
		c.fail(n, ReasonType, "white noise ("+n.Text+") may only stand in differential equations", "here draw a number with randn()")
	}
	n.Sym, n.Type, n.Dim = s, s.Type, s.Dim
	return n
}

// takes spells the arguments of a function or timed array.
func takes(s *Symbol) string {
	if f := builtins[s.Name]; f != nil && s == f.symbol {
		return f.takes
	}
	if s.Kind == TimedArray {
		return [...]string{"", "t", "t, i"}[min(len(s.Args), 2)]
	}
	if len(s.Args) == 0 {
		return ""
	}
	return "…"
}

func (c *checker) typedCall(n *Expr) *Expr {
	s := lookup(c.scope, n.Text, true)
	if s == nil {
		c.unknownFunction(n)
	}
	if s.Kind != Function && s.Kind != TimedArray {
		if f := builtins[n.Text]; f != nil {
			c.fail(n, ReasonType, n.Text+" is a variable here and hides the function "+n.Text, "give the variable another name")
		}
		c.fail(n, ReasonType, n.Text+" is a "+s.Kind.String()+" and no function", "to multiply write "+shorten(n.Text)+"*(…)")
	}
	n.Sym = s
	if f := builtins[n.Text]; f != nil && s == f.symbol {
		c.count(n, f.min, f.max, f.takes)
		t, d, fault := f.rule(n.Args)
		if fault != nil {
			fault.message = n.Text + ": " + fault.message
			c.report(n, fault)
		}
		n.Type, n.Dim = t, d
		n.open = n.open && (n.Text == "sqrt" || n.Text == "abs" || n.Text == "floor" || n.Text == "ceil")
		return n
	}
	c.count(n, len(s.Args), len(s.Args), takes(s))
	c.external(n)
	n.Type, n.Dim, n.open = s.Type, s.Dim, false
	return n
}

// external checks the arguments of one of the caller's functions or timed arrays.
func (c *checker) external(n *Expr) {
	for k, want := range n.Sym.Args {
		a := n.Args[k]
		if isZero(a) {
			n.Args[k] = withDim(a, want)
		} else if !a.open && a.Dim != want {
			c.fail(a, ReasonUnits, n.Text+": "+describe(a)+", expected "+unitWords(want), fitHint(a, want))
		}
	}
}

func (c *checker) count(n *Expr, least, most int, takes string) {
	if got := len(n.Args); got < least || got > most {
		need := strconv.Itoa(least)
		if least == 0 {
			need = "none"
		}
		c.fail(n, ReasonArguments, n.Text+" has "+strconv.Itoa(got)+" arguments, expected "+need, "write "+n.Text+"("+takes+")")
	}
}

// typeOperator fills Type and Dim of an operator with typed arguments.
func (c *checker) typeOperator(n *Expr) *fault {
	a := n.Args[0]
	if len(n.Args) == 1 {
		if n.Op == Not {
			n.Type = Boolean
			return condition(n.Args, 0)
		}
		n.Type, n.Dim = numeric(a.Type), a.Dim
		return nil
	}
	n.Type = binaryType(n.Op, a, n.Args[1])
	switch n.Op {
	case And, Or:
		if f := condition(n.Args, 0); f != nil {
			return f
		}
		return condition(n.Args, 1)
	case Add, Sub, Mod:
		var f *fault
		n.Dim, f = common(n.Args)
		return f
	case Lt, Le, Gt, Ge, Eq, Ne:
		n.open = false
		_, f := common(n.Args)
		return f
	case FloorDiv:
		return wholeQuotient(n.Args)
	case Pow:
		return c.power(n)
	}
	n.Dim = binaryDim(n.Op, a, n.Args[1])
	return nil
}

func condition(args []*Expr, k int) *fault {
	if args[k].Type != Boolean {
		return notCondition(k, args[k])
	}
	return nil
}

func wholeQuotient(args []*Expr) *fault {
	for k, a := range args {
		if !a.open && !a.Dim.IsOne() {
			return &fault{k, ReasonUnits, describe(a) + ", but // takes plain numbers", "write floor(" + shorten(args[0].String()) + "/" + shorten(args[1].String()) + ")"}
		}
	}
	return nil
}

// power types a**b: an exponent has no unit, and on a quantity it is a number known before the run.
func (c *checker) power(n *Expr) *fault {
	a, b := n.Args[0], n.Args[1]
	if !b.open && !b.Dim.IsOne() {
		return &fault{1, ReasonExponent, "the exponent " + describe(b) + ", expected a plain number", "divide the exponent by a quantity of its unit, such as " + exampleUnit(b.Dim)}
	}
	if a.Dim.IsOne() && !a.open {
		n.open = false
		return nil
	}
	x, known := constantValue(b)
	switch {
	case known:
		d, ok := powDim(a.Dim, x)
		if !ok {
			return &fault{-1, ReasonExponent, "there is no unit for " + a.Dim.String() + " to the power of " + strconv.FormatFloat(x, 'g', 6, 64), "divide by a unit before taking the power"}
		}
		n.Dim = d
	case Any(b, changes):
		return &fault{1, ReasonExponent, shorten(a.String()) + " has unit " + a.Dim.String() + ", so its exponent must be a constant number, found " + shorten(b.String()), "divide by a unit first: (" + shorten(a.String()) + "/" + exampleUnit(a.Dim) + ")**" + shorten(b.String())}
	default:
		n.open = true
	}
	return nil
}

// changes tells whether a node makes an exponent unknown at the start: what is no number, operator, constant, or
// parameter that is shared and constant.
func changes(n *Expr) bool {
	if n.Op == Name {
		return n.Sym.Kind != Constant && !(n.Sym.Kind == Parameter && n.Sym.Shared && n.Sym.Fixed)
	}
	return n.Op == Call
}

// constantValue computes an expression of numbers and constants; ok is false for anything else.
func constantValue(e *Expr) (x float64, ok bool) {
	switch {
	case e.Op == Num || e.Op == Bool:
		return e.Value, true
	case e.Op == Name:
		if e.Sym != nil && e.Sym.Kind == Constant && e.Dim.IsOne() {
			return e.Sym.Value, true
		}
		return 0, false
	case e.Op == Call || e.Op > Pow || e.Op == Not:
		return 0, false
	}
	x, ok = constantValue(e.Args[0])
	if !ok || len(e.Args) == 1 {
		if e.Op == Neg {
			x = -x
		}
		return x, ok
	}
	y, ok := constantValue(e.Args[1])
	return fold(e.Op, x, y), ok
}

// fold computes an arithmetic operator on two numbers, with Python's signs for // and %.
func fold(op Op, x, y float64) float64 {
	switch op {
	case Add:
		return x + y
	case Sub:
		return x - y
	case Mul:
		return x * y
	case Div:
		return x / y
	case FloorDiv:
		return math.Floor(x / y)
	case Mod:
		m := math.Mod(x, y)
		if m != 0 && (m < 0) != (y < 0) {
			m += y
		}
		return m
	}
	return math.Pow(x, y)
}
