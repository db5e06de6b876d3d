package sim

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/units"
)

// A Namespace gives names in equations a value: quantities, plain numbers, truth values and timed arrays.
type Namespace map[string]any

func (n Namespace) apply(s *settings) error {
	s.given = append(s.given, "Namespace")
	if s.namespace == nil {
		s.namespace = Namespace{}
	}
	maps.Copy(s.namespace, n)
	return nil
}

// A Resolver finds the value of a name that no Namespace has, as a notebook session does for its variables. Names
// lists what it knows, to suggest a spelling.
type Resolver interface {
	Resolve(name string) (value any, ok bool)
	Names() []string
}

// Resolve makes an object look for external names there, after its Namespace.
func Resolve(r Resolver) Option {
	return with("Resolve", func(s *settings) { s.resolve = r })
}

// external is the scope of names from outside the simulation.
type external struct {
	namespace Namespace
	resolve   Resolver
	run       Namespace         // the namespace of the current Run
	refused   map[string]string // why a name that was found cannot be used
}

// Lookup finds a constant or a timed array.
func (e *external) Lookup(name string) *lang.Symbol {
	value, found := e.find(name)
	if !found {
		return nil
	}
	sym, why := symbolOf(name, value)
	if sym == nil {
		if e.refused == nil {
			e.refused = map[string]string{}
		}
		e.refused[name] = why
	}
	return sym
}

func (e *external) find(name string) (any, bool) {
	if value, ok := e.namespace[name]; ok {
		return value, true
	}
	if value, ok := e.run[name]; ok {
		return value, true
	}
	if e.resolve != nil {
		return e.resolve.Resolve(name)
	}
	return nil, false
}

// Names lists the external names.
func (e *external) Names() []string {
	names := append(slices.Sorted(maps.Keys(e.namespace)), slices.Sorted(maps.Keys(e.run))...)
	if e.resolve != nil {
		names = append(names, e.resolve.Names()...)
	}
	return names
}

// symbolOf is a value as a symbol, or why it cannot be one.
func symbolOf(name string, value any) (*lang.Symbol, string) {
	constant := &lang.Symbol{Name: name, Kind: lang.Constant, Type: lang.Float, Shared: true, Fixed: true, ReadOnly: true}
	switch x := value.(type) {
	case units.Quantity:
		constant.Value, constant.Dim = x.SI(), x.Dim()
	case float64:
		constant.Value = x
	case float32:
		constant.Value = float64(x)
	case int:
		constant.Value, constant.Type = float64(x), lang.Integer
	case int64:
		constant.Value, constant.Type = float64(x), lang.Integer
	case bool:
		constant.Type = lang.Boolean
		if x {
			constant.Value = 1
		}
	case units.Array:
		if x.NDim() > 0 {
			return nil, fmt.Sprintf("%s is an array of %d values, expected one value: make it a parameter of the group and assign the array to it", name, x.Size())
		}
		constant.Value, constant.Dim = x.SI()[0], x.Dim()
	case *TimedArray:
		return x.symbol(name), ""
	default:
		if f := functionOf(value); f != nil {
			return f.symbol(name), ""
		}
		if reflect.TypeOf(value) != nil && reflect.TypeOf(value).Kind() == reflect.Func {
			return nil, fmt.Sprintf("%s is a %T, expected a function of plain numbers such as func(x float64) float64: divide by units before the call", name, value)
		}
		return nil, fmt.Sprintf("%s is a %T, which has no place in an equation", name, value)
	}
	return constant, ""
}

// explain adds to an error about an unknown name why the value of that name could not be used.
func (e *external) explain(err error) error {
	var unknown *lang.Error
	if err == nil || len(e.refused) == 0 || !asLangError(err, &unknown) || unknown.Reason != lang.ReasonName {
		return err
	}
	if why, ok := e.refused[unknown.Text[unknown.Pos:unknown.End]]; ok {
		better := *unknown
		better.Message, better.Hint = why, ""
		return &better
	}
	return err
}
