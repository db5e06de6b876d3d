package sim

import (
	"reflect"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/units"
)

// A hostFunction is a Go function of plain numbers, called from equations once a row.
type hostFunction struct {
	call      func([]float64) float64
	arguments int
}

// functionOf makes a function of the usual forms callable, nil for any other value.
func functionOf(value any) *hostFunction {
	switch f := value.(type) {
	case func() float64:
		return &hostFunction{func([]float64) float64 { return f() }, 0}
	case func(float64) float64:
		return &hostFunction{func(x []float64) float64 { return f(x[0]) }, 1}
	case func(float64, float64) float64:
		return &hostFunction{func(x []float64) float64 { return f(x[0], x[1]) }, 2}
	}
	return reflected(reflect.ValueOf(value))
}

// reflected takes functions of more numbers.
func reflected(f reflect.Value) *hostFunction {
	number := reflect.TypeFor[float64]()
	if f.Kind() != reflect.Func || f.Type().IsVariadic() || f.Type().NumOut() != 1 || f.Type().Out(0) != number {
		return nil
	}
	for k := range f.Type().NumIn() {
		if f.Type().In(k) != number {
			return nil
		}
	}
	return &hostFunction{func(x []float64) float64 {
		args := make([]reflect.Value, len(x))
		for k := range x {
			args[k] = reflect.ValueOf(x[k])
		}
		return f.Call(args)[0].Float()
	}, f.Type().NumIn()}
}

// Call is the function's value.
func (f *hostFunction) Call(args []float64) float64 { return f.call(args) }

// NewColumn makes a column for arguments or results.
func (f *hostFunction) NewColumn() any { return newColumn(ir.Float64, 0) }

func (f *hostFunction) symbol(name string) *lang.Symbol {
	return &lang.Symbol{Name: name, Kind: lang.Function, Type: lang.Float, Args: make([]units.Dimension, f.arguments), Ref: f, ReadOnly: true}
}
