package units

import "strings"

// unknownUnit is the error of a name that is no unit, with the unit that was probably meant.
func unknownUnit(name string) *Error {
	hint := ""
	if meant := Suggest(name); meant != "" {
		hint = "did you mean " + meant + "?"
	}
	return failure(BadUnit, hint, "there is no unit named %q", name)
}

// Suggest gives the unit name that a person who wrote an unknown one probably meant: the name of a printed symbol
// (V is volt), the same letters in another case, or one letter added, dropped or changed. It gives "" when nothing is
// close. It costs a walk over all names.
func Suggest(name string) string {
	if tens, d, ok := lookupSymbol(name); ok {
		return nameOf(tens, d)
	}
	for short := range shortNames {
		if strings.EqualFold(short, name) {
			return firstFold(name)
		}
	}
	if len(name) < 3 {
		return ""
	}
	for _, r := range roots { // an unprefixed unit before a prefixed one
		for _, spelling := range r.names {
			if oneEdit(name, spelling) {
				return spelling
			}
		}
	}
	for _, known := range Names() {
		if oneEdit(name, known) {
			return known
		}
	}
	return ""
}

// firstFold gives the first of the abbreviations, in order, that differs from name in case alone.
func firstFold(name string) string {
	best := ""
	for short := range shortNames {
		if strings.EqualFold(short, name) && (best == "" || short > best) {
			best = short // the greater one is the small prefix: ms before MS
		}
	}
	return best
}

// nameOf gives the name of a unit from its scale and dimension.
func nameOf(tens int, d Dimension) string {
	for _, r := range roots {
		if r.dim != d {
			continue
		}
		for _, p := range prefixes {
			if r.tens+p.tens == tens && (!r.whole || p.symbol == "") {
				return p.symbol + r.names[0]
			}
		}
	}
	return ""
}

// oneEdit reports whether two words differ by the case of letters, or by one letter added, dropped or changed.
func oneEdit(x, y string) bool {
	if strings.EqualFold(x, y) {
		return true
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	same := 0
	for same < len(x) && x[same] == y[same] {
		same++
	}
	if len(x) == len(y) {
		return same < len(x) && x[same+1:] == y[same+1:]
	}
	return x[same:] == y[same+1:]
}
