// Package plotting turns data into pictures: traces, rasters, histograms, images and the other kinds that a course
// on neural modelling draws, as SVG and as PNG.
//
// A [Figure] is a description: a grid of panels, each with two axes and a list of series. It holds copies of the data
// it was given, in SI units, and no global state; what a cell calls "the current figure" lives with the session.
//
// Phases, each in its own files:
//
//	data.go, option.go, format.go   what the caller gave  -> columns of numbers with units, and a look
//	panel.go, kinds (line.go, …)    columns               -> series of a panel, checked against its axes
//	axis.go, ticks.go, layout.go    series                -> limits, units, ticks, and rectangles on the page
//	draw.go, kinds, legend.go       rectangles            -> strokes, fills, texts and images on a canvas
//	svg.go, pixels.go, png.go       canvas                -> bytes
//
// [Figure.Describe] prints the result of the third phase as text; the tests compare that, not pixels.
//
// Lengths on the page are CSS pixels (96 to the inch) with y growing downwards; data are SI numbers until the axis
// divides them by its unit. The background is white, always: a picture must stay legible in a dark notebook, in an
// exported page and on paper, and only a background of its own promises that.
//
// Prohibitions: this package knows neither the simulator nor the kernel, reads no fonts of the system (Liberation
// Sans comes with gonum/plot), writes no file except by [Figure.Save], and panics with nothing but a *units.Error.
package plotting
