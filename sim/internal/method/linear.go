package method

import (
	"fmt"

	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// NotRefractory is the name of the local mask that says in an update which rows are free to integrate.
const NotRefractory = "not_refractory"

// Linear is a system dx/dt = M x + B. Entries that are zero by their form are nil. M and B are constant over a step.
type Linear struct {
	Symbols []*lang.Symbol
	M       [][]*lang.Expr
	B       []*lang.Expr
	Held    []bool // which variables stand still while refractory
}

// Diagonal tells whether no variable acts on another.
func (l *Linear) Diagonal() bool {
	for i, row := range l.M {
		for j, factor := range row {
			if i != j && factor != nil {
				return false
			}
		}
	}
	return true
}

func (s *system) exact() (*Update, error) {
	if len(s.sources) > 0 {
		return nil, fmt.Errorf("the exact method cannot integrate noise (%s): use euler, or heun for multiplicative noise", s.sources[0])
	}
	linear := &Linear{}
	for _, x := range s.states {
		factors, rest, ok := lang.Linear(x.drift, s.names())
		if !ok {
			return nil, fmt.Errorf("the exact method needs linear equations, and that of %s is not linear in %s: use exponential_euler, rk4 or euler", x.symbol.Name, join(s.names()))
		}
		row := make([]*lang.Expr, len(factors))
		for j, factor := range factors {
			if !s.constantOverStep(factor) {
				return nil, s.varies(x)
			}
			if factor = lang.Simplify(factor); !isZero(factor) {
				row[j] = factor
			}
		}
		if !s.constantOverStep(rest) {
			return nil, s.varies(x)
		}
		if rest = lang.Simplify(rest); isZero(rest) {
			rest = nil
		}
		linear.Symbols = append(linear.Symbols, x.symbol)
		linear.M = append(linear.M, row)
		linear.B = append(linear.B, rest)
		linear.Held = append(linear.Held, x.held)
	}
	return &Update{Method: "exact", Linear: linear}, nil
}

func (s *system) varies(x state) error {
	return fmt.Errorf("the exact method needs coefficients that are constant over a step, and the equation of %s uses the time or random numbers: use rk4 or euler", x.symbol.Name)
}

// exponentialEuler solves each equation as if the other variables stood still: with dx/dt = A x + B, the step is
// x + dt*(A x + B)*exprel(A dt), which is safe where A is zero.
func (s *system) exponentialEuler() (*Update, error) {
	if len(s.sources) > 0 {
		return nil, fmt.Errorf("the exponential_euler method cannot integrate noise (%s): use euler, or heun for multiplicative noise", s.sources[0])
	}
	update := &Update{Method: "exponential_euler"}
	for _, x := range s.states {
		factors, rest, ok := lang.Linear(x.drift, []string{x.symbol.Name})
		if !ok {
			return nil, fmt.Errorf("the exponential_euler method needs each equation to be linear in its own variable, and that of %s is not: use rk4 or euler", x.symbol.Name)
		}
		update.Assign = append(update.Assign, Assign{Target: temporary("x_new", x), Expr: s.exponentialStep(x, factors[0], rest)})
	}
	for _, x := range s.states {
		update.Assign = append(update.Assign, Assign{Target: x.symbol.Name, Symbol: x.symbol, Expr: local(temporary("x_new", x))})
	}
	return update, nil
}

func (s *system) exponentialStep(x state, a, b *lang.Expr) *lang.Expr {
	variable := named(x.symbol)
	slope, gain := b, s.dt
	if !isZero(a) {
		slope = sum(binary(lang.Mul, a, variable), b)
		gain = binary(lang.Mul, s.dt, call("exprel", binary(lang.Mul, a, s.dt)))
	}
	if isZero(slope) {
		return variable
	}
	step := binary(lang.Mul, slope, gain)
	if x.held {
		step = call("where", local(NotRefractory), step, number(0))
	}
	return binary(lang.Add, variable, step)
}

func join(names []string) string {
	text := ""
	for i, name := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			text += " and "
		default:
			text += ", "
		}
		text += name
	}
	return text
}
