package units

import (
	"regexp"
	"strings"
)

// LaTeX gives q typeset: $-70\,\mathrm{mV}$.
func (q Quantity) LaTeX() string {
	scaled, unit := q.Best()
	return "$" + latexNumber(formatNumber(scaled)) + latexUnit(unit) + "$"
}

// latexNumber typesets what formatNumber printed.
func latexNumber(number string) string {
	switch number {
	case "Inf", "-Inf":
		return strings.Replace(number, "Inf", `\infty`, 1)
	case "NaN":
		return `\mathrm{NaN}`
	}
	mantissa, exponent, has := strings.Cut(number, "e")
	if !has {
		return number
	}
	sign := ""
	if exponent[0] == '-' {
		sign = "-"
	}
	return mantissa + `\times 10^{` + sign + strings.TrimLeft(exponent, "+-0") + "}"
}

var (
	latexPower  = regexp.MustCompile(`\^(-?[0-9.]+)`)
	latexGroup  = regexp.MustCompile(`/\(([^ ]*)\)`)
	latexMicro  = regexp.MustCompile(`\bu([A-Za-z]+)`)
	latexMegohm = regexp.MustCompile(`\b([a-zA-Z\\{}]*)ohm\b`)
)

// latexUnit typesets a printed unit, with the thin space before it; "" stays "".
func latexUnit(unit string) string {
	if unit == "" {
		return ""
	}
	unit = latexGroup.ReplaceAllString(unit, "/$1")
	unit = latexPower.ReplaceAllString(unit, "^{$1}")
	unit = latexMicro.ReplaceAllString(unit, `{\mu}$1`)
	unit = latexMegohm.ReplaceAllString(unit, `$1\Omega`)
	return `\,\mathrm{` + strings.ReplaceAll(unit, " ", `\,`) + "}"
}
