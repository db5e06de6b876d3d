package method

import (
	"fmt"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// A system is the differential equations of a group, subexpressions inlined, split into drift and noise.
type system struct {
	options Options
	t, dt   *lang.Expr
	states  []state
	sources []string // names of the noise sources, in order of appearance
}

// A state is one differential equation: dx/dt = drift + sum over sources of noise[source]*source.
type state struct {
	symbol *lang.Symbol
	drift  *lang.Expr
	noise  map[string]*lang.Expr
	held   bool // stands still while refractory
}

func readSystem(c *lang.Checked, options Options) (*system, error) {
	s := &system{options: options, t: named(c.Lookup("t")), dt: named(c.Lookup("dt"))}
	for i := range c.Equations.List {
		equation := &c.Equations.List[i]
		if equation.Form != lang.Differential || options.Takes != nil && !options.Takes(equation) {
			continue
		}
		rhs := c.Inline(equation.Expr)
		s.noteSources(rhs)
		s.states = append(s.states, state{
			symbol: c.Lookup(equation.Name),
			drift:  rhs,
			held:   options.Refractory && equation.Flags&lang.UnlessRefractory != 0,
		})
	}
	return s, s.splitNoise()
}

func (s *system) noteSources(e *lang.Expr) {
	lang.Walk(e, func(part *lang.Expr) bool {
		if isNoise(part) && !slices.Contains(s.sources, part.Text) {
			s.sources = append(s.sources, part.Text)
		}
		return true
	})
}

func isNoise(e *lang.Expr) bool { return e.Op == lang.Name && e.Sym != nil && e.Sym.Kind == lang.Noise }

func (s *system) splitNoise() error {
	if len(s.sources) == 0 {
		return nil
	}
	for i := range s.states {
		x := &s.states[i]
		factors, drift, linear := lang.Linear(x.drift, s.sources)
		if !linear {
			return fmt.Errorf("the equation of %s is not linear in its noise: write it as drift + factor*xi", x.symbol.Name)
		}
		x.drift, x.noise = drift, map[string]*lang.Expr{}
		for k, source := range s.sources {
			if !isZero(factors[k]) {
				x.noise[source] = factors[k]
			}
		}
	}
	return nil
}

func (s *system) names() []string {
	names := make([]string, len(s.states))
	for i, x := range s.states {
		names[i] = x.symbol.Name
	}
	return names
}

// additive tells whether no noise factor depends on the time or on a state variable; a timed array that keeps its
// value during the step counts as constant.
func (s *system) additive() bool {
	for _, x := range s.states {
		for _, factor := range x.noise {
			if !s.constantOverStep(factor) || s.usesState(factor) {
				return false
			}
		}
	}
	return true
}

func (s *system) usesState(e *lang.Expr) bool {
	for _, x := range s.states {
		if lang.Uses(e, x.symbol.Name) {
			return true
		}
	}
	return false
}

// constantOverStep tells whether e has one value during a step apart from its state variables: no time but inside a
// timed array that is held, no random numbers.
func (s *system) constantOverStep(e *lang.Expr) bool {
	switch {
	case e == nil:
		return true
	case e.Op == lang.Name && e.Sym != nil:
		return e.Sym.Kind != lang.Time && e.Text != "t_in_timesteps" && e.Sym.Kind != lang.Noise
	case e.Op == lang.Call && isRandom(e.Text):
		return false
	case e.Op == lang.Call && e.Sym != nil && e.Sym.Kind == lang.TimedArray && isTime(e.Args[0]):
		return s.options.Held != nil && s.options.Held(e.Sym) && s.argumentsConstant(e.Args[1:])
	}
	return s.argumentsConstant(e.Args)
}

func (s *system) argumentsConstant(args []*lang.Expr) bool {
	for _, a := range args {
		if !s.constantOverStep(a) {
			return false
		}
	}
	return true
}

func isTime(e *lang.Expr) bool { return e.Op == lang.Name && e.Sym != nil && e.Sym.Kind == lang.Time }

func isRandom(name string) bool {
	return name == "rand" || name == "randn" || name == "poisson" || name == "binomial"
}
