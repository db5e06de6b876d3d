package plotting_test

import (
	"fmt"

	"github.com/golgi-sim/golgi/plotting"
	"github.com/golgi-sim/golgi/units"
)

// The examples make data in SI units as compiled Go does; a cell writes Linspace(0, 0.1, 5)*second.

func seconds(x ...float64) units.Array { return units.NewArray(x, units.Second.Dim()) }
func volts(x ...float64) units.Array   { return units.NewArray(x, units.Volt.Dim()) }

func ExamplePanel_Plot() {
	f, _ := plotting.New()
	f.Plot(plotting.Named("time", seconds(0, 0.025, 0.05, 0.075, 0.1)), plotting.Named("Vm", volts(-0.07, -0.06, -0.07, -0.06, -0.07)))
	fmt.Println(f)
	fmt.Print(f.Describe())
	// Output:
	// figure: 1 panel, 1 series: "Vm (mV)" against "time (ms)"
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "time (ms)" from 0 to 100: 0 20 40 60 80 100
	//   y "Vm (mV)" from -70.5 to -59.5: −70 −68 −66 −64 −62 −60
	//   line - C0, 5 points
}

func ExamplePanel_Plot_rows() {
	f, _ := plotting.New()
	rows := units.NewArray([]float64{1, 2, 3, 2, 4, 6}, units.Dimension{}, 2, 3) // each row is a series
	f.Plot(seconds(0, 1, 2), rows, "o--", plotting.Label("one", "two"), plotting.Width(2))
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "time (s)" from -0.06 to 2.06: 0.0 0.5 1.0 1.5 2.0
	//   y "" from 0.75 to 6.25: 1 2 3 4 5 6
	//   line -- with marks o C0, 3 points "one"
	//   line -- with marks o C1, 3 points "two"
	//   legend: "one" "two"
}

func ExampleNamed() {
	f, _ := plotting.New()
	t := plotting.Named("time", seconds(0, 0.1))
	f.Plot(t, plotting.Named("Vm", volts(-0.07, -0.05)))
	f.Plot(t, plotting.Named("V_th", volts(-0.06, -0.06)), "k:")
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "time (ms)" from 0 to 100: 0 20 40 60 80 100
	//   y "mV" from -71 to -49: −70 −65 −60 −55 −50
	//   line - C0, 2 points
	//   line : #000000, 2 points
	//   legend: "Vm" "Vth"
}

func ExampleSubplots() {
	f, _ := plotting.Subplots(2, 1, plotting.ShareX(), plotting.Heights(3, 1), plotting.Size(8, 5))
	ax := f.Axes()
	ax[0].Plot(seconds(0, 0.1), volts(-0.07, -0.05))
	ax[1].Plot(seconds(0, 0.2), units.NewArray([]float64{0, 5e-10}, units.Nanoamp.Dim()))
	ax[0].Title("two panels")
	ax.At(1, 0).YLabel(`$I_{ext}$ (nA)`)
	fmt.Print(f.Describe())
	// Output:
	// figure 768 by 480, 2 rows by 1 column
	// panel 0,0 "two panels"
	//   x "time (ms)" from 0 to 200 without numbers: 0 25 50 75 100 125 150 175 200
	//   y "voltage (mV)" from -71 to -49: −70 −65 −60 −55 −50
	//   line - C0, 2 points
	// panel 1,0
	//   x "time (ms)" from 0 to 200: 0 25 50 75 100 125 150 175 200
	//   y "Iext (nA)" from -0.025 to 0.525: 0.0 0.5
	//   line - C0, 2 points
}

func ExamplePanel_Raster() {
	f, _ := plotting.New()
	f.Raster(seconds(0.01, 0.02, 0.03), []int{0, 4, 2})
	f.XLim(0, seconds(0.05))
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "time (ms)" from 0 to 50: 0 10 20 30 40 50
	//   y "neuron" from -0.5 to 4.5: 0 1 2 3 4
	//   raster C0, 3 spikes
}

func ExamplePanel_Voltage() {
	f, _ := plotting.New()
	f.Voltage(seconds(0, 0.01, 0.02, 0.03), volts(-0.07, -0.056, -0.07, -0.056), seconds(0.01), plotting.Height(units.New(0.03, units.Volt.Dim())))
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "time (ms)" from 0 to 30: 0 5 10 15 20 25 30
	//   y "voltage (mV)" from -75 to 35: −60 −40 −20 0 20
	//   line - C0, 6 points
}

func ExamplePanel_Hist() {
	f, _ := plotting.New()
	f.Hist(plotting.Named("v", volts(-0.07, -0.065, -0.065, -0.06)), 2)
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "v (mV)" from -70.2 to -59.8: −70 −68 −66 −64 −62 −60
	//   y "count" from 0 to 3.15: 0 1 2 3
	//   histogram C0, 2 bins, highest 3
}

func ExamplePanel_Image() {
	f, _ := plotting.New()
	f.Image(plotting.Named("w", units.NewArray([]float64{0, 1e-9, 2e-9, 3e-9, 4e-9, 5e-9}, units.Nanoamp.Dim(), 2, 3)))
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "" from -0.5 to 2.5: 0 1 2
	//   y "" from -0.5 to 1.5: 0 1
	//   image, 2 rows of 3 values
	//   colour bar "w (nA)" from 0 to 5: 0 1 2 3 4 5
}

func ExamplePanel_VLines() {
	f, _ := plotting.New()
	f.Plot(seconds(0, 0.1), volts(-0.07, -0.05), plotting.Label("Vm"))
	f.VLines(seconds(0.02, 0.04))
	f.HLines(0, "k--", plotting.Label("zero"))
	f.VSpan(seconds(0.05), seconds(0.06), plotting.Color("C4"))
	f.Text(seconds(0.05), 0, `$\tau$`)
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "time (ms)" from 0 to 100: 0 20 40 60 80 100
	//   y "voltage (mV)" from -73.5 to 3.5: −70 −60 −50 −40 −30 −20 −10 0
	//   line - C0, 2 points "Vm"
	//   upright lines #4d4d4d, 2 lines
	//   level lines #000000, 1 line "zero"
	//   upright span C4
	//   text "τ"
	//   legend: "Vm" "zero"
}

func ExamplePanel_ErrorBar() {
	f, _ := plotting.New()
	f.ErrorBar([]int{1, 2}, []float64{10, 20}, []float64{1, 2}, "s", plotting.Label("rate"))
	fmt.Print(f.Describe())
	// Output:
	// figure 614 by 384, 1 row by 1 column
	// panel 0,0
	//   x "" from 0.96 to 2.04: 1.0 1.2 1.4 1.6 1.8 2.0
	//   y "" from 8.35 to 22.65: 10 12 14 16 18 20 22
	//   errors on marks s C0, 2 points "rate"
	//   legend: "rate"
}

func ExampleConnectivity() {
	f, _ := plotting.Connectivity([]int{0, 1, 2}, []int{2, 1, 0}, 3, 3)
	fmt.Print(f.Describe())
	// Output:
	// figure 806 by 384, 1 row by 2 columns
	// panel 0,0
	//   x "" from -0.25 to 1.25: sources targets
	//   y "neuron" from -0.56 to 2.56: 0 1 2
	//   wiring of 3 neurons to 3 neurons, 3 synapses
	// panel 0,1
	//   x "source neuron" from -0.5 to 2.5: 0 1 2
	//   y "target neuron" from -0.5 to 2.5: 0 1 2
	//   marks s C0, 3 points
}

func ExamplePanel_FI() {
	f, _ := plotting.New()
	current := plotting.Named("I_ext", units.NewArray([]float64{0, 1e-10, 2e-10}, units.Nanoamp.Dim()))
	f.FI(current, []int{0, 5, 12}, units.New(0.1, units.Second.Dim()), "o-")
	fmt.Println(f)
	// Output:
	// figure: 1 panel, 1 series: "rate (Hz)" against "I_ext (pA)"
}
