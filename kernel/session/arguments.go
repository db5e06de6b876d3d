package session

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// sorted are the arguments of a call after the first ones: names (or texts) and options, in any order.
type sorted struct {
	texts   []string
	options []sim.Option
}

// sortArguments sorts what was given to the word called kind; text says what a text means there.
func sortArguments(kind, text string, args []any) (sorted, error) {
	var a sorted
	args, err := taken(args)
	if err != nil {
		return a, err
	}
	for k, arg := range args {
		switch x := arg.(type) {
		case string:
			a.texts = append(a.texts, x)
		case []string:
			a.texts = append(a.texts, x...)
		case sim.Option:
			a.options = append(a.options, x)
		case []sim.Option:
			a.options = append(a.options, x...)
		default:
			return a, fmt.Errorf("%s: found %s as argument %d, expected %s or an option", kind, describe(arg), k+2, text)
		}
	}
	return a, nil
}

// taken are the arguments without the error that Go hands over as a last argument in Plot(Rand(5)), where the inner call
// has an error as its second result.
func taken(args []any) ([]any, error) {
	if len(args) == 0 {
		return args, nil
	}
	switch last := args[len(args)-1].(type) {
	case error:
		return nil, last
	case nil:
		return args[:len(args)-1], nil
	}
	return args, nil
}

// describe says what a value is.
func describe(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case units.Quantity:
		return "the quantity " + x.String()
	case units.Array:
		return fmt.Sprintf("an array of %d values", x.Size())
	case sim.Object:
		if isNil(v) {
			return fmt.Sprintf("a %T that is nil", v)
		}
		return x.Name()
	}
	switch r := reflect.ValueOf(v); {
	case r.CanInt(), r.CanUint(), r.CanFloat(), r.Kind() == reflect.Bool:
		return fmt.Sprintf("the %T %v", v, v)
	}
	return fmt.Sprintf("a %T", v)
}

// whole reads a number of things: an int, or a plain quantity or array of one element that is whole.
func whole(kind, what string, v any) (n int, err error) {
	defer recoverUnits(&err)
	switch v.(type) {
	case string, nil:
		return 0, fmt.Errorf("%s: found %s as %s, expected a whole number", kind, describe(v), what)
	}
	q := units.QuantityOf(v)
	if !q.Dim().IsOne() || q.SI() != float64(int(q.SI())) {
		return 0, fmt.Errorf("%s: found %v as %s, expected a whole number", kind, q, what)
	}
	return int(q.SI()), nil
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

// needGroup refuses a group that is nil, as a variable is before its cell ran.
func needGroup(kind string, g sim.Object) error {
	if isNil(g) {
		return errors.New(kind + ": the group is nil: run the cell that makes it first")
	}
	return nil
}
