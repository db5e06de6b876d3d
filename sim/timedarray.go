package sim

import (
	"fmt"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/units"
)

// A TimedArray is a function of time in equations: I(t), stepwise constant with a sample each dt, the first and last
// value before and after; I(t, i) for a two-dimensional array, whose rows are times and whose columns are neurons.
type TimedArray struct {
	values        *column
	rows, columns int // columns is 0 for one dimension
	dim           units.Dimension
	dt            float64 // [s]
}

// NewTimedArray makes a timed array of values (an array, quantities or numbers), dt apart.
func NewTimedArray(values any, dt units.Quantity) (a *TimedArray, err error) {
	defer recoverUnits(&err)
	x := units.ArrayOf(values)
	if x.NDim() < 1 || x.NDim() > 2 || x.Size() == 0 {
		return nil, fmt.Errorf("TimedArray: found values of shape %v, expected one value or one row of values for each time", x.Shape())
	}
	a = &TimedArray{values: newColumn(ir.Float64, 0), rows: x.Len(), dim: x.Dim()}
	a.values.data.F = append([]float64{}, x.SI()...)
	if x.NDim() == 2 {
		a.columns = x.Shape()[1]
	}
	if a.dt, err = stepLength(dt); err != nil {
		return nil, fmt.Errorf("TimedArray: %w", err)
	}
	return a, nil
}

func (a *TimedArray) symbol(name string) *lang.Symbol {
	sym := &lang.Symbol{Name: name, Kind: lang.TimedArray, Type: lang.Float, Dim: a.dim, Args: []units.Dimension{second}, Ref: a, Shared: true, ReadOnly: true}
	if a.columns > 0 {
		sym.Args = append(sym.Args, units.Dimension{})
	}
	return sym
}

// recoverUnits turns the panic of an impossible operation on quantities into an error.
func recoverUnits(err *error) {
	switch e := recover().(type) {
	case nil:
	case *units.Error:
		*err = e
	default:
		panic(e)
	}
}
