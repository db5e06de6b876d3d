package units

import (
	"slices"
	"strings"
)

// root is a unit that takes prefixes: its spellings, the first the usual one; its symbol in print; its dimension; and
// the power of ten that it is in SI units.
type root struct {
	names  []string
	symbol string
	dim    Dimension
	tens   int
	whole  bool // takes no prefix
}

// roots are the units of the language. Where two have one dimension, quantities are printed in the first.
var roots = []root{
	{names: []string{"metre", "meter"}, symbol: "m", dim: length},
	{names: []string{"gram", "gramme"}, symbol: "g", dim: mass, tens: -3},
	{names: []string{"kilogram", "kilogramme"}, symbol: "kg", dim: mass, whole: true},
	{names: []string{"second"}, symbol: "s", dim: duration},
	{names: []string{"amp", "ampere"}, symbol: "A", dim: current},
	{names: []string{"kelvin"}, symbol: "K", dim: temperature},
	{names: []string{"mole", "mol"}, symbol: "mol", dim: substance},
	{names: []string{"candle"}, symbol: "cd", dim: luminousIntensity},
	{names: []string{"molar"}, symbol: "M", dim: units(-3, 0, 0, 0, 0, 1, 0), tens: 3},
	{names: []string{"hertz"}, symbol: "Hz", dim: units(0, 0, -1, 0, 0, 0, 0)},
	{names: []string{"newton"}, symbol: "N", dim: units(1, 1, -2, 0, 0, 0, 0)},
	{names: []string{"pascal"}, symbol: "Pa", dim: units(-1, 1, -2, 0, 0, 0, 0)},
	{names: []string{"joule"}, symbol: "J", dim: units(2, 1, -2, 0, 0, 0, 0)},
	{names: []string{"watt"}, symbol: "W", dim: units(2, 1, -3, 0, 0, 0, 0)},
	{names: []string{"coulomb"}, symbol: "C", dim: units(0, 0, 1, 1, 0, 0, 0)},
	{names: []string{"volt"}, symbol: "V", dim: units(2, 1, -3, -1, 0, 0, 0)},
	{names: []string{"farad"}, symbol: "F", dim: units(-2, -1, 4, 2, 0, 0, 0)},
	{names: []string{"ohm"}, symbol: "ohm", dim: units(2, 1, -3, -2, 0, 0, 0)},
	{names: []string{"siemens"}, symbol: "S", dim: units(-2, -1, 3, 2, 0, 0, 0)},
	{names: []string{"weber"}, symbol: "Wb", dim: units(2, 1, -2, -1, 0, 0, 0)},
	{names: []string{"tesla"}, symbol: "T", dim: units(0, 1, -2, -1, 0, 0, 0)},
	{names: []string{"henry"}, symbol: "H", dim: units(2, 1, -2, -2, 0, 0, 0)},
	{names: []string{"lumen"}, symbol: "lm", dim: luminousIntensity},
	{names: []string{"lux"}, symbol: "lx", dim: units(-2, 0, 0, 0, 0, 0, 1)},
	{names: []string{"becquerel"}, symbol: "Bq", dim: units(0, 0, -1, 0, 0, 0, 0)},
	{names: []string{"gray"}, symbol: "Gy", dim: units(2, 0, -2, 0, 0, 0, 0)},
	{names: []string{"sievert"}, symbol: "Sv", dim: units(2, 0, -2, 0, 0, 0, 0)},
	{names: []string{"katal"}, symbol: "kat", dim: units(0, 0, -1, 0, 0, 1, 0)},
	{names: []string{"radian"}, symbol: "rad"},
	{names: []string{"steradian"}, symbol: "sr"},
	{names: []string{"litre", "liter"}, symbol: "l", dim: units(3, 0, 0, 0, 0, 0, 0), tens: -3},
}

// units gives the dimension with these whole exponents.
func units(m, kg, s, a, k, mol, cd int16) Dimension {
	d := Dimension{m, kg, s, a, k, mol, cd}
	for i := range d {
		d[i] *= twelfths
	}
	return d
}

// prefix is an SI prefix. Quantities are printed with those of whole thousands.
type prefix struct {
	symbol string
	tens   int
}

var prefixes = []prefix{
	{"y", -24}, {"z", -21}, {"a", -18}, {"f", -15}, {"p", -12}, {"n", -9}, {"u", -6}, {"m", -3}, {"", 0}, {"k", 3},
	{"M", 6}, {"G", 9}, {"T", 12}, {"P", 15}, {"E", 18}, {"Z", 21}, {"Y", 24}, {"c", -2}, {"d", -1}, {"da", 1}, {"h", 2},
}

// shortNames are the abbreviations of daily use and the names they stand for. There are no single letters: those are
// for a model's own variables.
var shortNames = map[string]string{
	"mV": "mvolt", "mA": "mamp", "uA": "uamp", "nA": "namp", "pA": "pamp", "pF": "pfarad", "nF": "nfarad", "uF": "ufarad",
	"nS": "nsiemens", "uS": "usiemens", "mS": "msiemens", "ms": "msecond", "us": "usecond", "Hz": "hertz", "kHz": "khertz",
	"MHz": "Mhertz", "cm": "cmetre", "cm2": "cmetre2", "cm3": "cmetre3", "mm": "mmetre", "mm2": "mmetre2", "mm3": "mmetre3",
	"um": "umetre", "um2": "umetre2", "um3": "umetre3", "mM": "mmolar", "uM": "umolar", "nM": "nmolar",
}

// Lookup finds a unit by its name: a base or derived unit in any spelling (metre, meter, ampere), with any SI prefix
// (mvolt, umetre), squared or cubed (metre2, um3), or an abbreviation of daily use (mV, nS, kHz).
func Lookup(name string) (Quantity, bool) {
	tens, d, ok := lookupTens(name)
	if !ok {
		return Quantity{}, false
	}
	return Quantity{ten(tens), d}, true
}

// lookupTens finds a unit as the power of ten that it is in SI units.
func lookupTens(name string) (tens int, d Dimension, ok bool) {
	if long, short := shortNames[name]; short {
		name = long
	}
	power := 1
	if plain, squared := strings.CutSuffix(name, "2"); squared {
		name, power = plain, 2
	} else if plain, cubed := strings.CutSuffix(name, "3"); cubed {
		name, power = plain, 3
	}
	found, scale, ok := lookupRoot(name)
	if !ok {
		return 0, Dimension{}, false
	}
	d, _ = found.dim.Pow(power, 1)
	return power * (found.tens + scale), d, true
}

// lookupRoot splits a name into its prefix, given as a power of ten, and its root.
func lookupRoot(name string) (found *root, tens int, ok bool) {
	for i := range roots {
		r := &roots[i]
		for _, spelling := range r.names {
			head, is := strings.CutSuffix(name, spelling)
			if !is {
				continue
			}
			if tens, known := prefixTens(head); known && (head == "" || !r.whole) {
				return r, tens, true
			}
		}
	}
	return nil, 0, false
}

func prefixTens(symbol string) (tens int, ok bool) {
	for _, p := range prefixes {
		if p.symbol == symbol {
			return p.tens, true
		}
	}
	return 0, false
}

// Names gives every name that Lookup knows, sorted.
func Names() []string {
	var names []string
	for short := range shortNames {
		names = append(names, short)
	}
	for _, r := range roots {
		for _, spelling := range r.names {
			for _, p := range prefixes {
				if p.symbol == "" || !r.whole {
					name := p.symbol + spelling
					names = append(names, name, name+"2", name+"3")
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// lookupSymbol finds a unit by the symbol that String prints: V, kHz, Mohm. Powers are written beside it.
func lookupSymbol(symbol string) (tens int, d Dimension, ok bool) {
	for _, r := range roots {
		head, is := strings.CutSuffix(symbol, r.symbol)
		if !is {
			continue
		}
		if tens, known := prefixTens(head); known && (head == "" || !r.whole) {
			return r.tens + tens, r.dim, true
		}
	}
	return 0, Dimension{}, false
}
