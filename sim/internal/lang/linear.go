package lang

import "github.com/golgi-sim/golgi/units"

// Linear takes e apart into coef[0]*names[0] + coef[1]*names[1] + … + rest, with coefficients and rest free of the
// names. ok is false when e is not written as a linear expression: products, quotients, signs, sums and where with a
// condition free of the names are seen through; powers and other functions of a name are not, and nothing is expanded
// to see whether terms cancel. A coefficient that is 0 is a literal 0. Dimensions hold when those of e do.
func Linear(e *Expr, names []string) (coef []*Expr, rest *Expr, ok bool) {
	l := linearizer{set: map[string]int{}}
	for k, n := range names {
		l.set[n] = k
	}
	form, ok := l.split(e)
	if !ok {
		return nil, nil, false
	}
	dims := l.dims(e, len(names))
	coef = make([]*Expr, len(names))
	for k := range coef {
		if coef[k] = form.coef[k]; coef[k] == nil {
			coef[k] = Zero(e.Dim.Div(dims[k]))
		} else {
			coef[k] = Simplify(coef[k])
		}
	}
	if form.rest == nil {
		return coef, Zero(e.Dim), true
	}
	return coef, Simplify(form.rest), true
}

type linearizer struct{ set map[string]int }

// A linearForm holds the coefficients that are not 0 and the rest, nil for 0.
type linearForm struct {
	coef map[int]*Expr
	rest *Expr
}

func (l *linearizer) free(e *Expr) bool {
	return !Any(e, func(n *Expr) bool {
		_, in := l.set[n.Text]
		return in && n.Op == Name
	})
}

// dims finds the dimensions of the names where they occur in e; those that do not occur count as plain.
func (l *linearizer) dims(e *Expr, n int) []units.Dimension {
	dims := make([]units.Dimension, n)
	Walk(e, func(x *Expr) bool {
		if k, in := l.set[x.Text]; in && x.Op == Name {
			dims[k] = x.Dim
		}
		return true
	})
	return dims
}

func (l *linearizer) split(e *Expr) (linearForm, bool) {
	if e.Op == Name {
		if k, in := l.set[e.Text]; in {
			return linearForm{coef: map[int]*Expr{k: Whole(1)}}, true
		}
	}
	switch e.Op {
	case Neg:
		return l.mapped(e.Args[0], Negative)
	case Plus:
		return l.split(e.Args[0])
	case Add, Sub:
		return l.sum(e)
	case Mul:
		a, b := e.Args[0], e.Args[1]
		if l.free(a) && !l.free(b) {
			return l.mapped(b, func(c *Expr) *Expr { return times(a, c) })
		}
		if l.free(b) && !l.free(a) {
			return l.mapped(a, func(c *Expr) *Expr { return times(c, b) })
		}
	case Div:
		if b := e.Args[1]; l.free(b) && !l.free(e.Args[0]) {
			return l.mapped(e.Args[0], func(c *Expr) *Expr { return Quotient(c, b) })
		}
	case Call:
		if e.Text == "where" && l.free(e.Args[0]) && !l.free(e) {
			return l.choice(e)
		}
	}
	if l.free(e) {
		return linearForm{rest: e}, true
	}
	return linearForm{}, false
}

// times multiplies, leaving a literal 1 out.
func times(a, b *Expr) *Expr {
	if isNumber(a, 1) && a.Dim.IsOne() {
		return b
	}
	if isNumber(b, 1) && b.Dim.IsOne() {
		return a
	}
	return Product(a, b)
}

// mapped splits e and applies f to every part.
func (l *linearizer) mapped(e *Expr, f func(*Expr) *Expr) (linearForm, bool) {
	form, ok := l.split(e)
	if !ok {
		return form, false
	}
	for k, c := range form.coef {
		form.coef[k] = f(c)
	}
	if form.rest != nil {
		form.rest = f(form.rest)
	}
	return form, true
}

func (l *linearizer) sum(e *Expr) (linearForm, bool) {
	if l.free(e) {
		return linearForm{rest: e}, true
	}
	left, ok := l.split(e.Args[0])
	if !ok {
		return left, false
	}
	right, ok := l.split(e.Args[1])
	if !ok {
		return right, false
	}
	if left.coef == nil {
		left.coef = map[int]*Expr{}
	}
	for k, c := range right.coef {
		left.coef[k] = joined(e.Op, left.coef[k], c)
	}
	if right.rest != nil {
		left.rest = joined(e.Op, left.rest, right.rest)
	}
	return left, true
}

// joined gives a op b where a may be missing.
func joined(op Op, a, b *Expr) *Expr {
	switch {
	case a != nil:
		return Binary(op, a, b)
	case op == Sub:
		return Negative(b)
	}
	return b
}

// choice splits where(condition, a, b) into a choice for each coefficient.
func (l *linearizer) choice(e *Expr) (linearForm, bool) {
	a, ok := l.split(e.Args[1])
	if !ok {
		return a, false
	}
	b, ok := l.split(e.Args[2])
	if !ok {
		return b, false
	}
	form := linearForm{coef: map[int]*Expr{}}
	for k := range a.coef {
		form.coef[k] = chosen(e.Args[0], a.coef[k], b.coef[k])
	}
	for k := range b.coef {
		form.coef[k] = chosen(e.Args[0], a.coef[k], b.coef[k])
	}
	if a.rest != nil || b.rest != nil {
		form.rest = chosen(e.Args[0], a.rest, b.rest)
	}
	return form, true
}

func chosen(condition, a, b *Expr) *Expr {
	if a == nil {
		a = Zero(b.Dim)
	}
	if b == nil {
		b = Zero(a.Dim)
	}
	return Apply("where", condition, a, b)
}
