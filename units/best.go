package units

import (
	"math"
	"strings"
)

// compounds are the products of units that have a printed form of their own; other products are written in base units.
var compounds = map[Dimension]string{
	units(-4, -1, 3, 2, 0, 0, 0):  "S/(m^2)",
	units(-1, 1, -1, 0, 0, 0, 0):  "Pa s",
	units(0, 1, -2, 0, 0, 0, 0):   "N/m",
	units(0, 1, -3, 0, 0, 0, 0):   "W/(m^2)",
	units(2, 1, -2, 0, -1, 0, 0):  "J/K",
	units(2, 0, -2, 0, -1, 0, 0):  "J/(kg K)",
	units(1, 1, -3, 0, -1, 0, 0):  "W/(m K)",
	units(1, 1, -3, -1, 0, 0, 0):  "V/m",
	units(-3, 0, 1, 1, 0, 0, 0):   "C/(m^3)",
	units(-2, 0, 1, 1, 0, 0, 0):   "C/(m^2)",
	units(-3, -1, 4, 2, 0, 0, 0):  "F/m",
	units(1, 1, -2, -2, 0, 0, 0):  "H/m",
	units(2, 1, -2, 0, 0, -1, 0):  "J/mol",
	units(2, 1, -2, 0, -1, -1, 0): "J/(mol K)",
	units(0, -1, 1, 1, 0, 0, 0):   "C/kg",
	units(2, 0, -3, 0, 0, 0, 0):   "Gy/s",
	units(-3, 0, -1, 0, 0, 1, 0):  "kat/(m^3)",
}

var baseSymbols = [7]string{"m", "kg", "s", "A", "K", "mol", "cd"}

// Best gives q as a number in its best unit: 0.0005 A is 0.5 and "mA". A plain number has the unit "".
func (q Quantity) Best() (scaled float64, unit string) {
	tens, unit := bestUnit(math.Log10(math.Abs(q.si)), q.dim)
	return inUnit(q.si, tens), unit
}

// BestPrefixOf gives the unit of Best.
func BestPrefixOf(q Quantity) string {
	_, unit := q.Best()
	return unit
}

// BestPrefix gives the one unit in which the elements of a are best read, and its name: a divided by scale holds
// plain numbers. The unit is the one in which the numbers, on a logarithmic scale, lie closest to 10 (Brian 2's rule);
// zeros, infinities and NaN have no say. Cost is at most that of a few thousand logarithms.
func BestPrefix(a Array) (scale Quantity, unit string) {
	tens, unit := bestUnit(meanLog10(a.data), a.dim)
	return Quantity{ten(tens), a.dim}, unit
}

// enough is how many elements decide about a unit: of a longer array, that many evenly spaced ones or up to twice as
// many, so that printing a million values does not take a million logarithms.
const enough = 4096

// meanLog10 gives the mean of log10|x|, and NaN if there is nothing to take it of.
func meanLog10(data []float64) float64 {
	sum, count := 0.0, 0
	for i := 0; i < len(data); i += max(1, len(data)/enough) {
		x := data[i]
		if x != 0 && !math.IsInf(x, 0) && !math.IsNaN(x) {
			sum += math.Log10(math.Abs(x))
			count++
		}
	}
	return sum / float64(count)
}

// bestUnit gives the unit, as a power of ten in SI units and a symbol, for values around 10**magnitude.
func bestUnit(magnitude float64, d Dimension) (tens int, symbol string) {
	if d.IsOne() {
		return 0, ""
	}
	if r, power := rootOf(d); r != nil {
		return bestPrefix(magnitude, r, power)
	}
	if symbol, ok := compounds[d]; ok {
		return 0, symbol
	}
	return 0, d.symbols()
}

// rootOf finds the unit of which d is the first, second or third power.
func rootOf(d Dimension) (found *root, power int) {
	for power := 1; power <= 3; power++ {
		base, ok := d.Pow(1, power)
		if !ok {
			continue
		}
		for i := range roots {
			r := &roots[i]
			if r.dim == base && r.symbol != "l" {
				return r, power
			}
		}
	}
	return nil, 0
}

// bestPrefix tries the prefixes of whole thousands; without a magnitude it takes the unprefixed SI unit.
func bestPrefix(magnitude float64, r *root, power int) (tens int, symbol string) {
	best, least := 0, math.Inf(1)
	for i, p := range prefixes {
		if p.tens%3 != 0 {
			continue
		}
		tens := power * (r.tens + p.tens)
		distance := math.Abs(magnitude - float64(tens) - 1)
		if math.IsNaN(magnitude) || math.IsInf(magnitude, 0) {
			distance = math.Abs(float64(tens))
		}
		if distance < least {
			best, least = i, distance
		}
	}
	p := prefixes[best]
	return power * (r.tens + p.tens), powerSymbol(p.symbol+r.symbol, power*twelfths)
}

// symbols writes d in base units: "m^2 kg s^-3.5".
func (d Dimension) symbols() string {
	var parts []string
	for i, exponent := range d {
		if exponent != 0 {
			parts = append(parts, powerSymbol(baseSymbols[i], int(exponent)))
		}
	}
	return strings.Join(parts, " ")
}

func powerSymbol(symbol string, exponent int) string {
	if exponent == twelfths {
		return symbol
	}
	return symbol + "^" + exponentText(exponent)
}

// inUnit gives x in units of 10**tens, dividing or multiplying by an exact power of ten so that it rounds once.
func inUnit(x float64, tens int) float64 {
	if tens < 0 && tens >= -22 {
		return x * ten(-tens)
	}
	return x / ten(tens)
}
