package session

import (
	"fmt"

	"github.com/golgi-sim/golgi/plotting"
	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// Raster draws a mark for each spike: Raster(spikes), or Raster(times, indices).
func (p *Panel) Raster(args ...any) error {
	args, err := taken(args)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return fmt.Errorf("Raster: found nothing, expected a SpikeMonitor, or times and indices")
	}
	m, ok := args[0].(*sim.SpikeMonitor)
	if !ok {
		if len(args) < 2 {
			return fmt.Errorf("Raster: found %s, expected a SpikeMonitor, or times and indices", describe(args[0]))
		}
		return p.use().Raster(p.s.nameOf(args[0]), args[1], args[2:]...)
	}
	t, i, err := readPair(m, "t", "i")
	if err != nil {
		return err
	}
	return p.use().Raster(plotting.Named(timeName, t), i, args[1:]...)
}

func readPair(m sim.Variables, x, y string) (a, b units.Array, err error) {
	if isNil(m) {
		return a, b, fmt.Errorf("the monitor is nil: run the cell that makes it first")
	}
	if a, err = m.Read(x); err == nil {
		b, err = m.Read(y)
	}
	return a, b, err
}

// Rate draws the rate of a population over time: Rate(rate), Rate(rate, 5*ms) smoothed, or Rate(times, rates).
func (p *Panel) Rate(args ...any) error {
	args, err := taken(args)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return fmt.Errorf("Rate: found nothing, expected a PopulationRateMonitor, or times and rates")
	}
	m, ok := args[0].(*sim.PopulationRateMonitor)
	if !ok {
		if len(args) < 2 {
			return fmt.Errorf("Rate: found %s, expected a PopulationRateMonitor, or times and rates", describe(args[0]))
		}
		return p.use().Rate(p.s.nameOf(args[0]), p.s.nameOf(args[1]), args[2:]...)
	}
	t, rate, err := readPair(m, "t", "rate")
	options := args[1:]
	if len(options) > 0 && err == nil {
		if width, ok := options[0].(units.Quantity); ok {
			rate, err = m.SmoothRate(width)
			options = options[1:]
		}
	}
	if err != nil {
		return err
	}
	return p.use().Rate(plotting.Named(timeName, t), plotting.Named("rate", rate), options...)
}

// Voltage draws a membrane potential with its spikes: Voltage(monitor, "v", spikes) for the first recorded row,
// Voltage(monitor.Of(4), "v", times), or Voltage(t, v, times).
func (p *Panel) Voltage(source, v, spikes any, options ...any) error {
	m, ok := source.(sim.Variables)
	if !ok {
		times, err := spikeTimes(spikes, -1)
		if err != nil {
			return err
		}
		return p.use().Voltage(p.s.nameOf(source), p.s.nameOf(v), times, options...)
	}
	name, ok := v.(string)
	if !ok {
		return fmt.Errorf("Voltage: found %s, expected the name of a variable, as in Voltage(monitor, \"v\", spikes)", describe(v))
	}
	m, row := firstRecorded(m, spikes)
	t, trace, err := readPair(m, "t", name)
	if err != nil {
		return err
	}
	if trace.NDim() == 2 {
		trace = trace.Row(0)
	}
	times, err := spikeTimes(spikes, row)
	if err != nil {
		return err
	}
	return p.use().Voltage(plotting.Named(timeName, t), plotting.Named(name, trace), times, options...)
}

// firstRecorded is the part of a monitor that recorded the first row for which there are spikes, and that row; -1 where
// it is not known.
func firstRecorded(m sim.Variables, spikes any) (sim.Variables, int) {
	state, ok := m.(*sim.StateMonitor)
	s, also := spikes.(*sim.SpikeMonitor)
	if !ok || !also || isNil(m) || isNil(spikes) {
		return m, -1
	}
	for row := range s.Source().Len() {
		if part, err := state.Of(row); err == nil {
			return part, row
		}
	}
	return m, -1
}

// spikeTimes are the spikes of a row of a SpikeMonitor, or times as they are.
func spikeTimes(spikes any, row int) (any, error) {
	m, ok := spikes.(*sim.SpikeMonitor)
	if !ok {
		return spikes, nil
	}
	trains := m.SpikeTrains()
	switch {
	case row >= 0 && row < len(trains):
		return trains[row], nil
	case len(trains) == 1:
		return trains[0], nil
	}
	return nil, fmt.Errorf("Voltage: these are the spikes of %d neurons, expected those of one: spikes.SpikeTrains()[4]", len(trains))
}

// FI draws firing rate against input: FI(current, spikes, duration), with a SpikeMonitor or counts.
func (p *Panel) FI(current, spikes, duration any, options ...any) error {
	if m, ok := spikes.(*sim.SpikeMonitor); ok && !isNil(m) {
		counts, err := m.Read("count")
		if err != nil {
			return err
		}
		spikes = counts
	}
	return p.use().FI(p.s.nameOf(current), spikes, duration, options...)
}

// Connectivity begins a figure of the synapses: as lines between two columns of neurons, and as dots in a matrix. The
// name of a variable colours the dots: Connectivity(synapses, "w").
func (s *Session) Connectivity(synapses *sim.Synapses, args ...any) (*Figure, error) {
	if err := needGroup("Connectivity", synapses); err != nil {
		return nil, err
	}
	i, j, err := readPair(synapses, "i", "j")
	if err != nil {
		return nil, err
	}
	for k, arg := range args {
		if name, ok := arg.(string); ok {
			values, err := synapses.Read(name)
			if err != nil {
				return nil, err
			}
			args[k] = plotting.Values(plotting.Named(name, values))
		}
	}
	sources, targets := ends(synapses)
	fig, err := plotting.Connectivity(i, j, sources, targets, args...)
	if err != nil {
		return nil, err
	}
	return s.adopt(fig), nil
}

// ends are the numbers of neurons on both sides.
func ends(synapses *sim.Synapses) (sources, targets int) {
	both := synapses.DependsOn()
	size := func(o sim.Object) int {
		if g, ok := o.(sim.Group); ok {
			return g.Len()
		}
		return 0
	}
	return size(both[0]), size(both[len(both)-1])
}

// Raster draws a mark for each spike; see Panel.Raster.
func (s *Session) Raster(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.Raster(args...) })
}

// Rate draws the rate of a population; see Panel.Rate.
func (s *Session) Rate(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.Rate(args...) })
}

// Voltage draws a membrane potential with its spikes; see Panel.Voltage.
func (s *Session) Voltage(source, v, spikes any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.Voltage(source, v, spikes, options...) })
}

// FI draws firing rate against input; see Panel.FI.
func (s *Session) FI(current, spikes, duration any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.FI(current, spikes, duration, options...) })
}
