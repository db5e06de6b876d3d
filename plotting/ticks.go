package plotting

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A tick is a place on an axis with a number beside it.
type tick struct {
	value float64 // SI
	label rich
	minor bool
}

// linearTicks are ticks at round numbers of the unit between lo and hi (SI, in any order), at most about want of them and at least least apart.
// Numbers from a million on or below a thousandth are written without the power of ten that is returned.
func linearTicks(lo, hi, unit, least float64, want int) (ticks []tick, power int) {
	from, to := math.Min(lo, hi)/unit, math.Max(lo, hi)/unit
	step := max(least, roundStep((to-from)/float64(max(want, 1))))
	if step == 0 || math.IsInf(step, 0) || math.IsNaN(step) {
		return nil, 0
	}
	power = commonPower(math.Max(math.Abs(from), math.Abs(to)))
	factor := math.Pow10(-power)
	decimals := decimalsOf(step * factor)
	slack := 1e-9 * (to - from)
	first, last := math.Ceil((from-slack)/step), math.Floor((to+slack)/step)
	if last-first > 100 || first+1 == first && first != 0 {
		return nil, 0 // limits so close that their numbers cannot be told apart
	}
	for k := first; k <= last; k++ {
		v := k * step
		ticks = append(ticks, tick{value: v * unit, label: rich{{text: plainNumber(v*factor, decimals)}}})
	}
	return ticks, power
}

// wordTicks are ticks with words in place of numbers.
func wordTicks(words map[float64]string) []tick {
	var ticks []tick
	for _, at := range slices.Sorted(maps.Keys(words)) {
		ticks = append(ticks, tick{value: at, label: parseTeX(words[at])})
	}
	return ticks
}

// roundStep is the smallest of 1, 2, 2.5 and 5 times a power of ten that is not below rough.
func roundStep(rough float64) float64 {
	if !(rough > 0) {
		return 0
	}
	exponent := math.Floor(math.Log10(rough))
	for _, nice := range []float64{1, 2, 2.5, 5, 10} {
		if step := scaled(nice, int(exponent)); step >= rough*(1-1e-9) {
			return step
		}
	}
	return scaled(1, int(exponent)+1)
}

// scaled is m times ten to the power of e, rounded once where that is possible.
func scaled(m float64, e int) float64 {
	if e < 0 {
		return m / math.Pow10(-e)
	}
	return m * math.Pow10(e)
}

func commonPower(largest float64) int {
	if largest == 0 || largest >= 1e-3 && largest < 1e6 {
		return 0
	}
	return int(math.Floor(math.Log10(largest) + 1e-9))
}

// decimalsOf is how many digits after the point tell multiples of step apart.
func decimalsOf(step float64) int {
	for d := range 12 {
		if x := step * math.Pow10(d); math.Abs(x-math.Round(x)) < 1e-6*x {
			return d
		}
	}
	return 12
}

// plainNumber writes x with a fixed number of decimals, a proper minus sign and no negative zero.
func plainNumber(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		if strings.Trim(rest, "0.") == "" {
			return rest
		}
		return "−" + rest
	}
	return text
}

// logTicks are ticks at the powers of ten between lo and hi (SI, positive), with small ones between.
func logTicks(lo, hi, unit float64, want int) []tick {
	from, to := math.Log10(math.Min(lo, hi)/unit), math.Log10(math.Max(lo, hi)/unit)
	if math.Floor(to+1e-9)-math.Ceil(from-1e-9) < 1 { // not two powers of ten: round numbers say more
		ticks, _ := linearTicks(lo, hi, unit, 0, want)
		return ticks
	}
	every := int(math.Ceil((to - from) / float64(max(want, 1))))
	var ticks []tick
	for k := int(math.Floor(from)); k <= int(math.Floor(to+1e-9)); k++ {
		if float64(k) >= from-1e-9 {
			ticks = append(ticks, powerTick(k, unit, k%every != 0))
		}
		ticks = appendMinor(ticks, k, every, from, to, unit)
	}
	return ticks
}

func powerTick(k int, unit float64, minor bool) tick {
	return tick{value: scaled(unit, k), minor: minor, label: powerOfTen(k)}
}

func appendMinor(ticks []tick, k, every int, from, to, unit float64) []tick {
	for m := 2; m < 10 && every == 1; m++ {
		if v := float64(k) + math.Log10(float64(m)); v >= from && v <= to {
			ticks = append(ticks, tick{value: scaled(float64(m), k) * unit, minor: true})
		}
	}
	return ticks
}

// powerOfTen is 1, 10, 100 or 10 with an exponent.
func powerOfTen(k int) rich {
	if k >= 0 && k <= 2 {
		return rich{{text: strconv.Itoa(int(math.Pow10(k)))}}
	}
	return rich{{text: "10"}, {text: plainNumber(float64(k), 0), shift: 1}}
}
