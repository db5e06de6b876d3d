package units

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// decimals is how many digits after the point are printed at most.
const decimals = 8

// formatNumber prints x with at most eight decimals and no trailing zeros, with an exponent below 1e-4 and from 1e8.
func formatNumber(x float64) string {
	size := math.Abs(x)
	switch {
	case x == 0:
		return "0"
	case math.IsInf(x, 1):
		return "Inf"
	case math.IsInf(x, 0) || math.IsNaN(x):
		return strconv.FormatFloat(x, 'g', -1, 64)
	case size < 1e-4 || size >= 1e8:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', decimals, 64), "e")
		return trimZeros(mantissa) + "e" + exponent
	}
	return trimZeros(strconv.FormatFloat(x, 'f', decimals, 64))
}

func trimZeros(number string) string {
	return strings.TrimSuffix(strings.TrimRight(number, "0"), ".")
}

// String prints q in its best unit: "0.5 mA", "-70 mV", "1.5 m^3 kg s^-3 A^-2", "2" for a plain number.
func (q Quantity) String() string {
	scaled, unit := q.Best()
	return withUnit(formatNumber(scaled), unit)
}

func withUnit(number, unit string) string {
	if unit == "" {
		return number
	}
	return number + " " + unit
}

// Format prints q for fmt: %v and %s as String does, %q in quotes, the verbs of numbers (%d %e %f %g …) for a plain number. fmt has
// no way to stop at a value with a unit there, so it prints what is wrong instead: "%!f(5 mV: divide by a unit)".
func (q Quantity) Format(f fmt.State, verb rune) {
	if verb == 'v' || verb == 's' {
		pad(f, q.String())
		return
	}
	if verb == 'q' {
		pad(f, strconv.Quote(q.String()))
		return
	}
	if q.dim != (Dimension{}) {
		fmt.Fprintf(f, "%%!%c(%s: divide by a unit)", verb, q)
		return
	}
	formatPlain(f, verb, q.si)
}

// pad writes text with the width and alignment that f asks for.
func pad(f fmt.State, text string) {
	width, ok := f.Width()
	switch {
	case !ok:
	case f.Flag('-'):
		text = fmt.Sprintf("%-*s", width, text)
	default:
		text = fmt.Sprintf("%*s", width, text)
	}
	_, _ = f.Write([]byte(text))
}

// formatPlain prints a plain number with the verb and flags of f; whole numbers also with the verbs of integers.
func formatPlain(f fmt.State, verb rune, x float64) {
	whole := x == math.Trunc(x) && math.Abs(x) < 1<<63
	switch {
	case !strings.ContainsRune("dboxXcU", verb):
		fmt.Fprintf(f, fmt.FormatString(f, verb), x)
	case whole:
		fmt.Fprintf(f, fmt.FormatString(f, verb), int64(x))
	default:
		fmt.Fprintf(f, "%%!%c(%s: not a whole number)", verb, formatNumber(x))
	}
}
