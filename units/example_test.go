package units_test

import (
	"fmt"

	"github.com/golgi-sim/golgi/units"
)

// A resistance and a current make a voltage, printed in the unit that suits it.
func Example() {
	resistance := units.Scalar(1).Mul(units.Megaohm)
	current := units.Scalar(50).Mul(units.Nanoamp)
	fmt.Println(resistance.Mul(current))
	fmt.Println(current.Mul(units.Scalar(10000)))
	// Output:
	// 50 mV
	// 0.5 mA
}

func ExampleParse() {
	rate, err := units.Parse("1/(10*ms)")
	fmt.Println(rate, err)
	_, err = units.Parse("1*Mohm + 50*nA")
	fmt.Println(err)
	// Output:
	// 100 Hz <nil>
	// cannot add 1 Mohm and 50 nA: the units do not match (ohm and amp)
}

func ExampleParseDimension() {
	d, _, _ := units.ParseDimension("siemens/meter**2")
	fmt.Println(d)
	_, _, err := units.ParseDimension("mV")
	fmt.Println(err)
	// Output:
	// siemens/metre**2
	// mV is a scaled unit, an equation needs one without prefix: use volt
}

func ExampleArray_Index() {
	v := units.ArrayOf([]float64{-70, -40, -65}).Mul(units.Of(units.Millivolt))
	fmt.Println(v.Index(v.Lt(units.Of(units.Scalar(-0.05).Mul(units.Volt)))))
	// Output:
	// [-70 -65] mV
}

func ExampleHistogram() {
	counts, edges := units.Histogram([]float64{1, 2, 2, 3}, 2)
	fmt.Println(counts, edges)
	// Output:
	// [1 3] [1 2 3]
}
