package sim

import (
	"fmt"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// A snapshot is the state of a network at one moment.
type snapshot struct {
	time, dt    float64 // of the network, and the default step [s]
	seed, epoch uint64
	objects     []Object
	states      [][]any // of each object, in the order of its state
}

// stateful objects list pointers to all that changes while they run.
type stateful interface{ state() []any }

func (n *Network) storable() []stateful {
	var list []stateful
	for _, o := range n.objects {
		if s, ok := o.(stateful); ok {
			list = append(list, s)
		}
	}
	return list
}

// Store keeps the state of the network under a name: all values, clocks, spikes in flight and recordings.
func (n *Network) Store(name string) error {
	s := &snapshot{time: n.time, dt: n.dt, seed: n.seed, epoch: n.epoch, objects: slices.Clone(n.objects)}
	for _, o := range n.storable() {
		var values []any
		for _, p := range o.state() {
			values = append(values, copied(p))
		}
		s.states = append(s.states, values)
	}
	if n.snapshots == nil {
		n.snapshots = map[string]*snapshot{}
	}
	n.snapshots[name] = s
	return nil
}

// Restore brings back what Store kept under a name, between runs. Random numbers go on anew, so that several runs from one
// state differ. An object that Store did not see is an error, and nothing changes.
func (n *Network) Restore(name string) error {
	if n.running.Load() {
		return fmt.Errorf("Restore: the network is running: restore before the next Run")
	}
	s, ok := n.snapshots[name]
	if !ok {
		return fmt.Errorf("Restore: nothing was stored as %q", name)
	}
	for _, o := range n.objects {
		if !slices.Contains(s.objects, o) {
			return fmt.Errorf("Restore: %s was made after Store(%q): store again", o.Name(), name)
		}
	}
	at := 0
	for _, o := range s.objects {
		holder, ok := o.(stateful)
		if !ok {
			continue
		}
		for k, p := range holder.state() {
			assign(p, s.states[at][k])
		}
		at++
	}
	n.time, n.dt = s.time, s.dt
	n.epoch++
	return nil
}

// copied is a deep copy of what a state pointer points to.
func copied(p any) any {
	switch p := p.(type) {
	case *ir.Column:
		return ir.Column{F: slices.Clone(p.F), I: slices.Clone(p.I), X: slices.Clone(p.X), B: slices.Clone(p.B)}
	case *[]float64:
		return slices.Clone(*p)
	case *[]*bundle:
		return slices.Clone(*p)
	case **engine.Order: // never changes
		return *p
	case *[]int32:
		return slices.Clone(*p)
	case *[]int64:
		return slices.Clone(*p)
	case *[][]int32:
		bins := make([][]int32, len(*p))
		for k, bin := range *p {
			bins[k] = slices.Clone(bin)
		}
		return bins
	case *int:
		return *p
	case *bool:
		return *p
	case *float64:
		return *p
	case *int64:
		return *p
	}
	panic(fmt.Sprintf("sim: no copy of a %T", p))
}

// assign puts a copy back; the stored one stays good for another Restore.
func assign(p, value any) {
	switch p := p.(type) {
	case *ir.Column:
		value := value.(ir.Column)
		*p = copied(&value).(ir.Column)
	case *[]float64:
		*p = slices.Clone(value.([]float64))
	case *[]*bundle:
		*p = slices.Clone(value.([]*bundle))
	case **engine.Order:
		*p = value.(*engine.Order)
	case *[]int32:
		*p = slices.Clone(value.([]int32))
	case *[]int64:
		*p = slices.Clone(value.([]int64))
	case *[][]int32:
		value := value.([][]int32)
		*p = copied(&value).([][]int32)
	case *int:
		*p = value.(int)
	case *bool:
		*p = value.(bool)
	case *float64:
		*p = value.(float64)
	case *int64:
		*p = value.(int64)
	}
}

func (p *Population) state() []any {
	state := []any{&p.rows, &p.clock.Dt, &p.clock.Step}
	for _, name := range p.listed {
		if c := p.vars[name].column; c != nil {
			state = append(state, &c.data)
		}
	}
	return state
}

func (g *NeuronGroup) state() []any {
	return append(g.Population.state(), &g.gaps.Next, &g.gaps.Chance, &g.gaps.Key, &g.gaps.Dt)
}

func (s *Synapses) state() []any {
	state := append(s.Population.state(), &s.bundles, &s.post.data, &s.connected)
	for _, p := range s.pathways {
		state = append(state, &p.queue.Bins, &p.queue.At, &p.queue.Dt, &p.queue.Order, &p.delay.column.data, &p.delay.shared)
	}
	return state
}

func (m *StateMonitor) state() []any {
	state := []any{&m.recorder.Times}
	for k := range m.recorder.Traces {
		state = append(state, &m.recorder.Traces[k].Values)
	}
	return state
}

func (m *SpikeMonitor) state() []any {
	state := []any{&m.log.Rows, &m.log.Times, &m.log.Counts}
	for k := range m.log.Traces {
		state = append(state, &m.log.Traces[k].Values)
	}
	return state
}

func (m *PopulationRateMonitor) state() []any { return []any{&m.log.Times, &m.log.Rates} }
