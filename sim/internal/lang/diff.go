package lang

import "github.com/golgi-sim/golgi/units"

// Diff gives the derivative of e by the variable name, simplified. Steps (int, floor, ceil, sign, heaviside, timestep,
// comparisons, //) have the derivative 0, as between their jumps; abs, clip, min and max the one of the branch taken.
// The error says which part has no derivative: random numbers, timed arrays and the caller's functions of the variable.
func Diff(e *Expr, name string) (d *Expr, err error) {
	defer rescue(&err)
	var by units.Dimension
	Walk(e, func(n *Expr) bool {
		if n.Op == Name && n.Text == name {
			by = n.Dim
		}
		return true
	})
	x := differ{name: name, dim: by}
	return Simplify(x.diff(e)), nil
}

// A differ takes derivatives by one variable, which has dimension dim.
type differ struct {
	name string
	dim  units.Dimension
}

func (x differ) zero(e *Expr) *Expr { return Zero(e.Dim.Div(x.dim)) }

func (x differ) diff(e *Expr) *Expr {
	if e.Op == Name && e.Text == x.name {
		return Whole(1)
	}
	if !Uses(e, x.name) || e.Type == Boolean {
		return x.zero(e)
	}
	switch e.Op {
	case Call:
		return x.call(e)
	case Neg:
		return simplified(Negative(x.diff(e.Args[0])))
	case Plus:
		return x.diff(e.Args[0])
	}
	return x.binary(e, e.Args[0], e.Args[1])
}

func (x differ) binary(e, a, b *Expr) *Expr {
	switch e.Op {
	case Add, Sub:
		return sim(e.Op, x.diff(a), x.diff(b))
	case Mul:
		return sim(Add, sim(Mul, x.diff(a), b), sim(Mul, a, x.diff(b)))
	case Div:
		if !Uses(b, x.name) {
			return sim(Div, x.diff(a), b)
		}
		top := sim(Sub, sim(Mul, x.diff(a), b), sim(Mul, a, x.diff(b)))
		return sim(Div, top, Power(b, Whole(2)))
	case Pow:
		return x.power(e, a, b)
	case Mod:
		turns := Apply("floor", Quotient(a, b))
		return sim(Sub, x.diff(a), sim(Mul, turns, x.diff(b)))
	}
	return x.zero(e)
}

// sim makes a simplified node.
func sim(op Op, a, b *Expr) *Expr { return simplified(Binary(op, a, b)) }

func (x differ) power(e, a, b *Expr) *Expr {
	if !Uses(b, x.name) {
		lower := sim(Pow, a, sim(Sub, b, Whole(1)))
		return sim(Mul, sim(Mul, b, lower), x.diff(a))
	}
	if !Uses(a, x.name) {
		return sim(Mul, sim(Mul, e, Apply("log", a)), x.diff(b))
	}
	inner := sim(Add, sim(Mul, x.diff(b), Apply("log", a)), sim(Div, sim(Mul, b, x.diff(a)), a))
	return sim(Mul, e, inner)
}

// slopes gives the derivative of each smooth function at its argument u.
var slopes = map[string]func(u *Expr) *Expr{
	"sin":    func(u *Expr) *Expr { return Apply("cos", u) },
	"cos":    func(u *Expr) *Expr { return Negative(Apply("sin", u)) },
	"tan":    func(u *Expr) *Expr { return Sum(Whole(1), square(Apply("tan", u))) },
	"sinh":   func(u *Expr) *Expr { return Apply("cosh", u) },
	"cosh":   func(u *Expr) *Expr { return Apply("sinh", u) },
	"tanh":   func(u *Expr) *Expr { return Difference(Whole(1), square(Apply("tanh", u))) },
	"arcsin": func(u *Expr) *Expr { return Quotient(Whole(1), Apply("sqrt", Difference(Whole(1), square(u)))) },
	"arccos": func(u *Expr) *Expr { return Quotient(Whole(-1), Apply("sqrt", Difference(Whole(1), square(u)))) },
	"arctan": func(u *Expr) *Expr { return Quotient(Whole(1), Sum(Whole(1), square(u))) },
	"exp":    func(u *Expr) *Expr { return Apply("exp", u) },
	"expm1":  func(u *Expr) *Expr { return Apply("exp", u) },
	"log":    func(u *Expr) *Expr { return Quotient(Whole(1), u) },
	"log10":  func(u *Expr) *Expr { return Quotient(Whole(1), Product(u, Apply("log", Whole(10)))) },
	"log1p":  func(u *Expr) *Expr { return Quotient(Whole(1), Sum(Whole(1), u)) },
	"sqrt":   func(u *Expr) *Expr { return Quotient(Number(0.5), Apply("sqrt", u)) },
	"abs":    func(u *Expr) *Expr { return Apply("sign", u) },
	"exprel": exprelSlope,
}

func square(u *Expr) *Expr { return Power(u, Whole(2)) }

// exprelSlope is ((u - 1)*exp(u) + 1)/u**2. Near 0, where that loses its digits, it is the first terms of the series
// of u**k/(k!*(k + 2)); the error is below 1e-13 on either side of 0.1.
func exprelSlope(u *Expr) *Expr {
	series := Number(1.0 / (40320 * 10))
	for k, factorial := 7, 5040; k >= 0; k-- {
		series = Sum(Number(1/float64(factorial*(k+2))), Product(u, series))
		factorial /= max(k, 1)
	}
	far := Quotient(Sum(Product(Difference(u, Whole(1)), Apply("exp", u)), Whole(1)), square(u))
	return Apply("where", Binary(Lt, Apply("abs", u), Number(0.1)), series, far)
}

func (x differ) call(e *Expr) *Expr {
	if e.Sym != nil && (e.Sym.Ref != nil || e.Sym.Kind != Function || e.Sym.Random) {
		fail(e.String(), 0, len(e.String()), ReasonDerivative, shorten(e.String())+" has no derivative by "+shorten(x.name), "choose a method that needs no derivatives, such as euler")
	}
	if slope, smooth := slopes[e.Text]; smooth {
		u := e.Args[0]
		return sim(Mul, slope(u), x.diff(u))
	}
	a := e.Args
	switch e.Text {
	case "clip":
		return x.choose(Binary(Lt, a[0], a[1]), a[1], x.choose(Binary(Gt, a[0], a[2]), a[2], x.diff(a[0])))
	case "min":
		return x.choose(Binary(Lt, a[1], a[0]), a[1], x.diff(a[0]))
	case "max":
		return x.choose(Binary(Gt, a[1], a[0]), a[1], x.diff(a[0]))
	case "where":
		return x.choose(a[0], a[1], x.diff(a[2]))
	case "arctan2":
		return x.arctan2(a[0], a[1])
	}
	return x.zero(e)
}

// choose is the derivative of yes where the condition holds, else the tree no, a derivative already.
func (x differ) choose(condition, yes, no *Expr) *Expr {
	dyes := x.diff(yes)
	if Equal(dyes, no) {
		return no
	}
	return Apply("where", condition, dyes, no)
}

func (x differ) arctan2(b, a *Expr) *Expr {
	top := sim(Sub, sim(Mul, a, x.diff(b)), sim(Mul, b, x.diff(a)))
	return sim(Div, top, Sum(square(a), square(b)))
}
