package session

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

var word = regexp.MustCompile(`[\pL_][\pL\pN_]*`)

// functionsOfEquations come before names of the session in the text of equations, as units do.
var functionsOfEquations = []string{"abs", "arccos", "arcsin", "arctan", "ceil", "clip", "cos", "cosh", "e", "exp", "exprel", "floor", "inf", "int", "log", "log10", "pi", "poisson", "binomial", "rand", "randn", "sign", "sin", "sinh", "sqrt", "tan", "tanh", "timestep"}

// warnShadowed warns of names in equations that are units or functions there, though a cell gave them another value.
func (s *Session) warnShadowed(equations string) {
	scope := s.here()
	for _, name := range namesIn(equations) {
		_, isUnit := units.Lookup(name)
		if !isUnit && !slices.Contains(functionsOfEquations, name) {
			continue
		}
		if _, ok := scope.Resolve(name); ok {
			what := "function"
			if isUnit {
				what = "unit"
			}
			s.say("stderr", fmt.Sprintf("Warning: %s in the equations is the %s of that name, not the variable of the session: rename the variable to use it there", name, what))
		}
	}
}

// namesIn are the names that equations use, without those they define and without the units after colons.
func namesIn(equations string) []string {
	var used, defined []string
	for line := range strings.Lines(equations) {
		line, _, _ = strings.Cut(line, "#")
		line, _, _ = strings.Cut(line, ":")
		left, right, isEquation := strings.Cut(line, "=")
		defined = append(defined, strings.TrimSpace(left))
		if isEquation {
			used = append(used, word.FindAllString(right, -1)...)
		}
	}
	slices.Sort(used)
	return slices.DeleteFunc(slices.Compact(used), func(name string) bool { return slices.Contains(defined, name) })
}
