package units

import (
	"strconv"
	"strings"
)

// baseNames are the names of the seven base units in the order of a Dimension's exponents.
var baseNames = [7]string{"metre", "kilogram", "second", "amp", "kelvin", "mole", "candle"}

// spelled are the units in which a dimension is spelled, the more telling ones first.
var spelled = []string{"volt", "amp", "siemens", "farad", "ohm", "second", "metre", "coulomb", "joule", "watt",
	"newton", "pascal", "kilogram", "kelvin", "mole", "candle", "mmolar", "weber", "tesla", "henry", "lux"}

// String spells d as an equation does: "volt", "amp/metre**2", "second**-0.5", and "1" for a plain number. What it
// gives, ParseDimension reads.
func (d Dimension) String() string {
	if d.IsOne() {
		return "1"
	}
	if d == duration.inverse() {
		return "hertz"
	}
	best, bestCost := d.spellBase(), 100
	if d.single() {
		return best
	}
	for rank, name := range spelled {
		unit, _ := Lookup(name)
		for _, power := range []int{2, 4, 1, -2} { // in halves
			head, ok := unit.dim.Pow(power, 2)
			if !ok {
				continue
			}
			rest := d.Div(head)
			cost := 10*rest.terms() + rest.excess() + abs(power-2) + rank/4
			if rest.terms() <= 2 && cost < bestCost {
				best, bestCost = spellPower(name, power*twelfths/2)+rest.spellTail(), cost
			}
		}
	}
	return best
}

// inWords is String for a sentence about two dimensions that differ.
func (d Dimension) inWords() string {
	if d.IsOne() {
		return "a plain number"
	}
	return d.String()
}

// single reports whether d is a power of one base unit.
func (d Dimension) single() bool {
	count := 0
	for _, exponent := range d {
		if exponent != 0 {
			count++
		}
	}
	return count == 1
}

// terms counts the exponents that are not 0, and twice those that make an unusual tail.
func (d Dimension) terms() int {
	count := 0
	for i, exponent := range d {
		if exponent == 0 {
			continue
		}
		count++
		if i == 1 || i == 3 || exponent > 3*twelfths || exponent < -3*twelfths {
			count += 2
		}
	}
	return count
}

// excess adds up how far the exponents lie beyond 1.
func (d Dimension) excess() int {
	sum := 0
	for _, exponent := range d {
		sum += max(0, 2*abs(int(exponent))-2*twelfths)
	}
	return sum / twelfths
}

func (d Dimension) spellBase() string {
	var parts []string
	for i, exponent := range d {
		if exponent != 0 {
			parts = append(parts, spellPower(baseNames[i], int(exponent)))
		}
	}
	return strings.Join(parts, "*")
}

// spellTail spells what is multiplied to a named unit: "/second", "*metre**2".
func (d Dimension) spellTail() string {
	var tail strings.Builder
	for i, exponent := range d {
		switch {
		case exponent > 0:
			tail.WriteString("*" + spellPower(baseNames[i], int(exponent)))
		case exponent < 0:
			tail.WriteString("/" + spellPower(baseNames[i], -int(exponent)))
		}
	}
	return tail.String()
}

func spellPower(name string, exponent int) string {
	if exponent == twelfths {
		return name
	}
	return name + "**" + exponentText(exponent)
}

// exponentText writes an exponent given in twelfths as a decimal number.
func exponentText(exponent int) string {
	if exponent%twelfths == 0 {
		return strconv.Itoa(exponent / twelfths)
	}
	return strconv.FormatFloat(float64(exponent)/twelfths, 'g', 10, 64)
}

func abs(n int) int { return max(n, -n) }
