package plotting

import (
	"fmt"
	"reflect"

	"github.com/golgi-sim/golgi/units"
)

// Named gives data the name that axes and legends show: Named("Vm", a) labels its axis "Vm (mV)". The value may be
// whatever else a plot takes.
func Named(name string, value any) NamedData { return NamedData{name, value} }

// NamedData is data with a name; see [Named].
type NamedData struct {
	Name  string
	Value any
}

// A column is data as a figure keeps it: a copy in SI units.
type column struct {
	values     []float64 // row-major
	rows, size int       // rows of size values each; data of one dimension is one row
	flat       bool      // given with one dimension or none
	dim        units.Dimension
	free       bool // a plain 0, which takes any unit
	name       string
}

// row is row r, shared.
func (c column) row(r int) []float64 { return c.values[r*c.size : (r+1)*c.size] }

// asColumn reads a units.Array or Quantity, a number, a slice of numbers or quantities, or slices of such slices;
// what names the data in an error.
func asColumn(what string, value any) (column, error) {
	switch v := value.(type) {
	case NamedData:
		c, err := asColumn(what, v.Value)
		c.name = v.Name
		return c, err
	case units.Array:
		return arrayColumn(what, v)
	case units.Quantity:
		return column{values: []float64{v.SI()}, rows: 1, size: 1, flat: true, dim: v.Dim(), free: v == units.Quantity{}}, nil
	case []float64:
		return flatColumn(append([]float64(nil), v...)), nil
	case nil:
		return column{}, fault("found nothing (nil) for %s, expected numbers, quantities or an array", what)
	}
	return reflected(what, reflect.ValueOf(value))
}

func flatColumn(values []float64) column {
	return column{values: values, rows: 1, size: len(values), flat: true, free: unitless(values)}
}

// unitless says whether plain numbers may stand where a unit is expected: none at all, or a single 0.
func unitless(values []float64) bool {
	return len(values) == 0 || len(values) == 1 && values[0] == 0
}

func arrayColumn(what string, a units.Array) (column, error) {
	c := column{values: append([]float64(nil), a.SI()...), rows: 1, dim: a.Dim()}
	c.free = c.dim.IsOne() && unitless(c.values)
	switch shape := a.Shape(); len(shape) {
	case 0, 1:
		c.size, c.flat = len(c.values), true
	case 2:
		c.rows, c.size = shape[0], shape[1]
	default:
		return c, fault("found an array with %d dimensions for %s, expected one or two", len(shape), what)
	}
	return c, nil
}

// reflected reads numbers and slices of any Go type.
func reflected(what string, v reflect.Value) (column, error) {
	if x, ok := number(v); ok {
		return flatColumn([]float64{x}), nil
	}
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		return asColumn(what, v.Elem().Interface())
	}
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		return column{}, fault("found a %s for %s, expected numbers, quantities or an array", v.Type(), what)
	}
	if _, ok := number(reflect.Zero(v.Type().Elem())); ok {
		values := make([]float64, v.Len())
		for i := range values {
			values[i], _ = number(v.Index(i))
		}
		return flatColumn(values), nil
	}
	return stacked(what, v)
}

func number(v reflect.Value) (float64, bool) {
	switch {
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	case v.CanFloat():
		return v.Float(), true
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// stacked reads a slice whose elements are data themselves: quantities become one row, rows become a matrix.
func stacked(what string, v reflect.Value) (column, error) {
	var all column
	single := true
	for i := range v.Len() {
		part, err := asColumn(fmt.Sprintf("%s[%d]", what, i), v.Index(i).Interface())
		if err != nil {
			return all, err
		}
		if i == 0 {
			all.size, all.dim, all.free = part.size, part.dim, part.free
		}
		if all.free && !part.free {
			all.dim, all.free = part.dim, false
		}
		if part.dim != all.dim && !part.free {
			return all, mismatch(fmt.Sprintf("%s[%d]", what, i), part.dim, all.dim, "as in "+what+"[0]")
		}
		if part.rows*part.size != all.size {
			return all, fault("found %d values in %s[%d], expected %d as in %s[0]", part.rows*part.size, what, i, all.size, what)
		}
		_, isQuantity := v.Index(i).Interface().(units.Quantity)
		single = single && isQuantity
		all.values = append(all.values, part.values...)
	}
	all.rows = v.Len()
	if single {
		all.rows, all.size, all.flat = 1, len(all.values), true
	}
	return all, nil
}

// fault is an error without a hint.
func fault(format string, args ...any) error {
	return &units.Error{Message: fmt.Sprintf(format, args...)}
}

// mismatch says that data have one unit and another was expected, and where that one comes from.
func mismatch(what string, found, expected units.Dimension, where string) error {
	return &units.Error{
		Message: fmt.Sprintf("found %s in %s, expected %s %s", what, dimensionName(found), dimensionName(expected), where),
		Hint:    "divide by a unit to plot plain numbers, as in x/mV, or use a panel of its own: Subplots(2, 1)",
	}
}

func dimensionName(d units.Dimension) string {
	if d.IsOne() {
		return "plain numbers"
	}
	return d.String()
}
