package lang

import (
	"math"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// A Kind says what a name stands for.
type Kind uint8

// The kinds.
const (
	State         Kind = iota // a variable with a differential equation
	Parameter                 // a declared variable
	Subexpression             // a defined variable
	Constant                  // pi, e, inf and the caller's constants
	Unit                      // mV
	Function                  // sin, and the caller's functions, which have Ref
	TimedArray                // the caller's input arrays, called with (t) or (t, i)
	Time                      // t
	Step                      // dt
	Index                     // i, j
	Size                      // N, N_pre, N_post; one for each synapse: N_incoming, N_outgoing
	Noise                     // xi, xi_name
	Auto                      // kept by the simulator: lastspike, not_refractory, lastupdate, delay, t_in_timesteps
	Local                     // a temporary of statements
)

var kindNames = [...]string{
	"state variable", "parameter", "subexpression", "constant", "unit", "function", "timed array", "time", "time step",
	"index", "size", "noise", "variable of the simulator", "temporary",
}

// String names the kind as messages do.
func (k Kind) String() string { return kindNames[k] }

// A Symbol is what a name stands for. Shared: one value for all rows. Fixed: it keeps its value during a run. ReadOnly:
// statements may not write it.
type Symbol struct {
	Name                    string
	Kind                    Kind
	Type                    Type
	Dim                     units.Dimension
	Shared, Fixed, ReadOnly bool
	Random                  bool              // a Function that draws
	Value                   float64           // of a Constant or Unit, in SI units
	Owner                   string            // whose variable: "" own, "pre", "post"
	Args                    []units.Dimension // of a TimedArray or one of the caller's functions: what it takes
	Ref                     any               // the caller's; never looked at
	Equation                *Equation         // of a State, Parameter or Subexpression
}

// A Scope finds symbols by name: Lookup gives nil for a name it does not know. Names lists what it knows, the nearest
// first; it is read to suggest a spelling.
type Scope interface {
	Lookup(name string) *Symbol
	Names() []string
}

// Symbols is a Scope over a map.
type Symbols map[string]*Symbol

// Lookup gives the symbol of the name, nil when there is none.
func (s Symbols) Lookup(name string) *Symbol { return s[name] }

// Names gives the names in alphabetical order.
func (s Symbols) Names() []string {
	names := make([]string, 0, len(s))
	for n := range s {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// A Place is where equations stand; it decides which flags and names they may have.
type Place uint8

// The places.
const (
	Neurons Place = iota
	Synapse
	Spatial
)

var constants = map[string]float64{"pi": math.Pi, "e": math.E, "inf": math.Inf(1)}

var constantNames = []string{"pi", "e", "inf"}

var (
	dimensionless = units.Dimension{}
	seconds       = units.Dimension{2: 12}
	noiseUnit     = units.Dimension{2: -6} // second**-0.5
)

// special are the names every group has, beside those of its own equations.
func special(place Place, refractory bool) []*Symbol {
	list := []*Symbol{
		{Name: "t", Kind: Time, Type: Float, Dim: seconds, Shared: true, ReadOnly: true},
		{Name: "dt", Kind: Step, Type: Float, Dim: seconds, Shared: true, Fixed: true, ReadOnly: true},
		{Name: "t_in_timesteps", Kind: Auto, Type: Integer, Shared: true, ReadOnly: true},
		{Name: "i", Kind: Index, Type: Integer, Fixed: true, ReadOnly: true},
		{Name: "N", Kind: Size, Type: Integer, Shared: true, Fixed: true, ReadOnly: true},
	}
	if place == Synapse {
		return append(list,
			&Symbol{Name: "j", Kind: Index, Type: Integer, Fixed: true, ReadOnly: true},
			&Symbol{Name: "N_pre", Kind: Size, Type: Integer, Shared: true, Fixed: true, ReadOnly: true},
			&Symbol{Name: "N_post", Kind: Size, Type: Integer, Shared: true, Fixed: true, ReadOnly: true},
			&Symbol{Name: "N_incoming", Kind: Size, Type: Integer, Fixed: true, ReadOnly: true},
			&Symbol{Name: "N_outgoing", Kind: Size, Type: Integer, Fixed: true, ReadOnly: true},
			&Symbol{Name: "lastupdate", Kind: Auto, Type: Float, Dim: seconds, ReadOnly: true},
			&Symbol{Name: "delay", Kind: Auto, Type: Float, Dim: seconds, Fixed: true, ReadOnly: true})
	}
	if refractory {
		list = append(list,
			&Symbol{Name: "lastspike", Kind: Auto, Type: Float, Dim: seconds},
			&Symbol{Name: "not_refractory", Kind: Auto, Type: Boolean})
	}
	return list
}

// ownScope is what the texts of one group see: its own variables, then constants, units and functions, then the
// caller's names.
type ownScope struct {
	own      map[string]*Symbol
	names    []string // of own, in the order of the model
	external Scope
}

func (s *ownScope) Lookup(name string) *Symbol {
	if own := s.own[name]; own != nil {
		return own
	}
	if known := predefined(name); known != nil {
		return known
	}
	if s.external != nil {
		return s.external.Lookup(name)
	}
	return nil
}

// Names lists own names, the caller's, then constants, functions and units.
func (s *ownScope) Names() []string {
	names := slices.Clone(s.names)
	if s.external != nil {
		names = append(names, s.external.Names()...)
	}
	names = append(names, constantNames...)
	names = append(names, functionNames...)
	return append(names, units.Names()...)
}

// predefined gives the symbol of a constant, unit, function or noise source.
func predefined(name string) *Symbol {
	if x, ok := constants[name]; ok {
		return &Symbol{Name: name, Kind: Constant, Type: Float, Shared: true, Fixed: true, ReadOnly: true, Value: x}
	}
	if isNoise(name) {
		return &Symbol{Name: name, Kind: Noise, Type: Float, Dim: noiseUnit, ReadOnly: true}
	}
	if f := builtins[name]; f != nil {
		return f.symbol
	}
	if q, ok := units.Lookup(name); ok {
		return &Symbol{Name: name, Kind: Unit, Type: Float, Dim: q.Dim(), Shared: true, Fixed: true, ReadOnly: true, Value: q.SI()}
	}
	return nil
}

func isNoise(name string) bool { return name == "xi" || strings.HasPrefix(name, "xi_") }

// lookup finds a name as a value or, when called, as a function. The functions of ours beyond Brian's are not
// reserved, so that a caller's constant of such a name is found where a value is meant.
func lookup(s Scope, name string, called bool) *Symbol {
	found := s.Lookup(name)
	if found == nil || called || found.Kind != Function || found.Ref != nil || !builtins[name].added {
		return found
	}
	if own, ok := s.(interface{ outside(string) *Symbol }); ok {
		if other := own.outside(name); other != nil {
			return other
		}
	}
	return found
}

func (s *ownScope) outside(name string) *Symbol {
	if s.external == nil {
		return nil
	}
	return s.external.Lookup(name)
}
