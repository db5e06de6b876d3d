package lang

import "github.com/golgi-sim/golgi/units"

// Want says what an expression must be. The zero value takes anything.
type Want struct {
	Type Type             // Unknown: any; Float takes integers too
	Dim  *units.Dimension // nil: any
	What string           // what the expression is for, as messages begin: "the threshold"
}

// CheckExpr types an expression that stands alone: a threshold, a value, a condition of connect. White noise may not
// stand in it.
func CheckExpr(text string, e *Expr, s Scope, want Want) (typed *Expr, err error) {
	defer rescue(&err)
	c := checker{text: text, scope: s}
	return c.fit(c.typed(e), want), nil
}

// CheckRefractory types a refractory period: a time, or a condition that holds while the row is refractory.
func CheckRefractory(text string, e *Expr, s Scope) (typed *Expr, err error) {
	defer rescue(&err)
	c := checker{text: text, scope: s}
	typed = c.typed(e)
	switch {
	case typed.Type == Boolean || typed.open:
	case isZero(typed):
		typed = withDim(typed, seconds)
	case typed.Dim != seconds:
		c.fail(e, ReasonType, "a refractory period is a time or a condition, but "+describe(typed), "such as 5*ms, or a condition such as v > 0*mV")
	}
	return typed, nil
}

// fit gives e as the wanted thing, or fails.
func (c *checker) fit(e *Expr, want Want) *Expr {
	c.fitType(e, want)
	if want.Dim == nil || want.Type == Boolean || e.open || e.Dim == *want.Dim {
		return e
	}
	if isZero(e) {
		return withDim(e, *want.Dim)
	}
	message := describe(e) + ", expected " + unitWords(*want.Dim)
	if want.What != "" {
		message += " for " + want.What
	}
	c.fail(e, ReasonUnits, message, fitHint(e, *want.Dim))
	return nil
}

func unitWords(d units.Dimension) string {
	if d.IsOne() {
		return "a plain number"
	}
	return d.String()
}

func fitHint(e *Expr, want units.Dimension) string {
	_, literal := constantValue(e)
	switch {
	case want == e.Dim.Div(seconds):
		return "divide by a time constant: (" + shorten(e.String()) + ")/tau"
	case literal && e.Dim.IsOne():
		return "give it a unit: " + shorten(e.String()) + "*" + exampleUnit(want)
	case want.IsOne():
		return "divide by a quantity of that unit, such as " + exampleUnit(e.Dim)
	}
	return factorHint(e, want)
}

func (c *checker) fitType(e *Expr, want Want) {
	text, what := shorten(e.String()), ""
	if want.What != "" {
		what = " for " + want.What
	}
	switch {
	case want.Type == Unknown || e.Type == want.Type || want.Type == Float && e.Type == Integer:
	case want.Type == Boolean:
		c.fail(e, ReasonType, text+" is a number, expected a condition"+what, conditionHint(text, e))
	case e.Type == Boolean:
		c.fail(e, ReasonType, text+" is a condition, expected a number"+what, "write int("+text+")")
	case want.Type == Integer:
		c.fail(e, ReasonType, text+" is a real number, expected an integer"+what, "write int("+text+")")
	}
}

func conditionHint(text string, e *Expr) string {
	if e.Op == Num && e.Value == 1 {
		return "write True"
	}
	if isZero(e) {
		return "write False"
	}
	return "compare it, as in " + text + " > " + "0"
}
