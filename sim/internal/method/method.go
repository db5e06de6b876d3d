package method

import (
	"fmt"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// An Update advances the state variables of one group by one step: either by the assignments, in order, or by the
// linear system.
type Update struct {
	Method string   // the name of the integrator that was taken
	Assign []Assign // explicit methods and exponential Euler
	Linear *Linear  // exact
}

// An Assign sets a state variable, or a temporary when Symbol is nil.
type Assign struct {
	Target string
	Symbol *lang.Symbol
	Expr   *lang.Expr
}

// Options are what an integrator must know beside the equations.
type Options struct {
	// Refractory says that the group has refractoriness, so that `unless refractory` means something.
	Refractory bool
	// Held tells whether a call of this symbol (a timed array) with the time as argument keeps its value during a step.
	Held func(*lang.Symbol) bool
	// Takes tells which differential equations are meant; nil for all.
	Takes func(*lang.Equation) bool
}

// automatic are the integrators that are tried in this order when none is named.
var automatic = []string{"exact", "euler", "heun"}

// aliases are other names of the integrators, as users of other simulators write them.
var aliases = map[string]string{"linear": "exact", "exponentialeuler": "exponential_euler", "midpoint": "rk2"}

// Integrate gives the update of the named integrator, or of the first automatic one that can do it when name is
// empty. The error says why a named integrator cannot do it.
func Integrate(c *lang.Checked, name string, options Options) (*Update, error) {
	s, err := readSystem(c, options)
	if err != nil {
		return nil, err
	}
	if name != "" {
		return s.integrate(canonical(name))
	}
	var refusal error
	for _, candidate := range automatic {
		update, err := s.integrate(candidate)
		if err == nil {
			return update, nil
		}
		refusal = err
	}
	return nil, refusal
}

func canonical(name string) string {
	name = strings.ToLower(name)
	if full, ok := aliases[name]; ok {
		return full
	}
	return name
}

func (s *system) integrate(name string) (*Update, error) {
	switch name {
	case "exact":
		return s.exact()
	case "exponential_euler":
		return s.exponentialEuler()
	}
	text, known := explicit[name]
	if !known {
		hint := ""
		if near := lang.Nearest(name, Names()); near != "" {
			hint = "did you mean " + near + "? "
		}
		return nil, fmt.Errorf("there is no integrator %q: %suse one of %s", name, hint, strings.Join(Names(), ", "))
	}
	return s.explicit(name, text)
}

// Names are the integrators that Integrate knows.
func Names() []string {
	return []string{"exact", "exponential_euler", "euler", "rk2", "rk4", "heun", "milstein"}
}
