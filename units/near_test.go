package units

import "math"

// near reports whether x and y differ by at most tolerance times their size.
func near(x, y, tolerance float64) bool {
	return math.Abs(x-y) <= tolerance*math.Max(math.Abs(x), math.Abs(y))
}
