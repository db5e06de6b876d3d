package sim

import (
	"fmt"
	"math"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/units"
)

// recoverIndex turns the panic of code that computed an index outside of its column into an error of the group.
func recoverIndex(p *Population, what string, err *error) {
	switch problem := recover().(type) {
	case nil:
	case *ir.IndexError:
		*err = fmt.Errorf("%s: %s: %w", p.label(), what, problem)
	default:
		panic(problem)
	}
}

// indicesOf are the numbers of rows that a user lists. What is not whole, if only by rounding, is an error: a processor
// makes of it what it likes. A unit is a panic with a *units.Error.
func indicesOf(list any) ([]int, error) {
	a := units.ArrayOf(list)
	whole := a.Ints()
	for k, x := range a.Floats() {
		if off := math.Abs(x - float64(whole[k])); !(off <= 1e-9*max(1, math.Abs(x))) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("found the index %v, expected a whole number", x)
		}
	}
	return whole, nil
}
