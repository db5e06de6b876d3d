package units

import (
	"maps"
	"slices"
)

// physical are the constants of nature (CODATA 2014, the edition that Brian 2 uses) in SI units.
var physical = map[string]Quantity{
	"avogadro_constant":   {6.022140857e23, units(0, 0, 0, 0, 0, -1, 0)},
	"boltzmann_constant":  {1.38064852e-23, units(2, 1, -2, 0, -1, 0, 0)},
	"electric_constant":   {8.854187817e-12, units(-3, -1, 4, 2, 0, 0, 0)},
	"electron_mass":       {9.10938356e-31, mass},
	"elementary_charge":   {1.6021766208e-19, units(0, 0, 1, 1, 0, 0, 0)},
	"faraday_constant":    {96485.33289, units(0, 0, 1, 1, 0, -1, 0)},
	"gas_constant":        {8.3144598, units(2, 1, -2, 0, -1, -1, 0)},
	"magnetic_constant":   {12.566370614e-7, units(1, 1, -2, -2, 0, 0, 0)},
	"molar_mass_constant": {1e-3, units(0, 1, 0, 0, 0, -1, 0)},
	"zero_celsius":        {273.15, temperature},
}

// Constant finds a physical constant by its name, as in gas_constant or faraday_constant.
func Constant(name string) (Quantity, bool) {
	q, ok := physical[name]
	return q, ok
}

// ConstantNames gives the names that Constant knows, sorted.
func ConstantNames() []string { return slices.Sorted(maps.Keys(physical)) }

// The units that compiled Go names. Cells have every name of Lookup instead.
var (
	Metre      = unit("metre")
	Centimetre = unit("cmetre")
	Millimetre = unit("mmetre")
	Micrometre = unit("umetre")
	Nanometre  = unit("nmetre")

	Kilogram = unit("kilogram")
	Gram     = unit("gram")

	Second      = unit("second")
	Millisecond = unit("msecond")
	Microsecond = unit("usecond")
	Nanosecond  = unit("nsecond")

	Hertz     = unit("hertz")
	Kilohertz = unit("khertz")
	Megahertz = unit("Mhertz")

	Amp      = unit("amp")
	Milliamp = unit("mamp")
	Microamp = unit("uamp")
	Nanoamp  = unit("namp")
	Picoamp  = unit("pamp")

	Volt      = unit("volt")
	Millivolt = unit("mvolt")
	Microvolt = unit("uvolt")

	Ohm     = unit("ohm")
	Kiloohm = unit("kohm")
	Megaohm = unit("Mohm")
	Gigaohm = unit("Gohm")

	Siemens      = unit("siemens")
	Millisiemens = unit("msiemens")
	Microsiemens = unit("usiemens")
	Nanosiemens  = unit("nsiemens")
	Picosiemens  = unit("psiemens")

	Farad      = unit("farad")
	Microfarad = unit("ufarad")
	Nanofarad  = unit("nfarad")
	Picofarad  = unit("pfarad")

	Coulomb    = unit("coulomb")
	Joule      = unit("joule")
	Watt       = unit("watt")
	Newton     = unit("newton")
	Pascal     = unit("pascal")
	Kelvin     = unit("kelvin")
	Mole       = unit("mole")
	Molar      = unit("molar")
	Millimolar = unit("mmolar")
	Micromolar = unit("umolar")
	Nanomolar  = unit("nmolar")
)

func unit(name string) Quantity {
	q, _ := Lookup(name)
	return q
}
