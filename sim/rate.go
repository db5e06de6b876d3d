package sim

import (
	"fmt"
	"math"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/units"
)

// A PopulationRateMonitor notes the population rate of a group at every step: the spikes of the step by the number of
// rows and the length of the step.
type PopulationRateMonitor struct {
	Monitor
	log engine.RateLog
}

// PopulationRateMonitor records the rate of a group. Options are When and Order.
func (w *Workspace) PopulationRateMonitor(source Group, options ...Option) (*PopulationRateMonitor, error) {
	s, err := readOptions("PopulationRateMonitor", options, "When", "Order")
	if err != nil {
		return nil, err
	}
	v := source.view()
	if v.p.events["spike"] == nil {
		return nil, fmt.Errorf("PopulationRateMonitor: %s", v.p.noEvent("spike"))
	}
	m := &PopulationRateMonitor{Monitor: newMonitor(w, "ratemonitor", source, s, "end", 0)}
	m.log.Lo, m.log.Hi = v.lo, v.hi
	return m, nil
}

func (m *PopulationRateMonitor) build(b *build) error {
	m.log.Spikes = m.source.view().p.events["spike"]
	clock := m.clock(b)
	b.enter(m.name, clock, m.when, m.order, engine.KindMonitor, &m.log)
	b.reserve = append(b.reserve, recording{m.name, clock, 1, 1, m.log.Reserve})
	return nil
}

var hertz, _, _ = units.ParseDimension("hertz")

// VariableNames lists t and rate.
func (m *PopulationRateMonitor) VariableNames() []string { return []string{"t", "rate"} }

// Read gives t, the starts of the steps, and rate.
func (m *PopulationRateMonitor) Read(name string) (units.Array, error) {
	switch name {
	case "t":
		return units.NewArray(slices.Clone(m.log.Times), second), nil
	case "rate":
		return units.NewArray(slices.Clone(m.log.Rates), hertz), nil
	}
	return units.Array{}, m.unknown(name, m.VariableNames())
}

// SmoothRate is the rate filtered with a Gaussian of the given standard deviation, cut at two of them. Beyond the ends
// the rate counts as 0.
func (m *PopulationRateMonitor) SmoothRate(width units.Quantity) (units.Array, error) {
	dt, err := m.filterStep(width)
	if err != nil {
		return units.Array{}, err
	}
	exp := ir.Func1("exp")
	half := int(math.Floor(2*width.SI()/dt + 0.5))
	window := make([]float64, 2*half+1)
	for k := range window {
		x := float64(k-half) * dt / width.SI()
		window[k] = exp(-x * x / 2)
	}
	return units.NewArray(filtered(m.log.Rates, window), hertz), nil
}

// SmoothRateFlat is the rate averaged over a window of the given width, an odd number of steps.
func (m *PopulationRateMonitor) SmoothRateFlat(width units.Quantity) (units.Array, error) {
	dt, err := m.filterStep(width)
	if err != nil {
		return units.Array{}, err
	}
	half := int(math.Floor(width.SI()/(2*dt) + 0.5))
	return units.NewArray(filtered(m.log.Rates, slices.Repeat([]float64{1}, 2*half+1)), hertz), nil
}

func (m *PopulationRateMonitor) filterStep(width units.Quantity) (float64, error) {
	if width.Dim() != second || !(width.SI() > 0) {
		return 0, fmt.Errorf("SmoothRate: found a width of %v, expected a time such as 5*ms", width)
	}
	return m.source.view().p.Dt(), nil
}

// filtered is the convolution of x with a window normalised to 1, of the length of x.
func filtered(x, window []float64) []float64 {
	total, half := 0.0, len(window)/2
	for _, w := range window {
		total += w
	}
	out := make([]float64, len(x))
	for k := range x {
		for n, w := range window {
			if at := k + n - half; at >= 0 && at < len(x) {
				out[k] += x[at] * w / total
			}
		}
	}
	return out
}
