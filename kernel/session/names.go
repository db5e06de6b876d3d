package session

import (
	"unsafe"
	"weak"

	"github.com/golgi-sim/golgi/plotting"
	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// A memory knows which data came from which variable, by where they lie: rows and slices of an array share its
// storage and so have its name. It keeps no data alive; entries of data that are gone are swept when the memory has
// doubled.
type memory struct {
	entries []remembered
	sweepAt int
}

type remembered struct {
	first weak.Pointer[float64]
	lo    uintptr
	hi    uintptr // one past the last byte
	name  string
	times units.Array // of a monitor: the times of the samples, along the last axis
	timed bool
}

// at finds what is known about an array; the newest entry wins.
func (m *memory) at(a units.Array) (remembered, bool) {
	data := a.SI()
	if len(data) == 0 {
		return remembered{}, false
	}
	p := uintptr(unsafe.Pointer(&data[0]))
	for k := len(m.entries) - 1; k >= 0; k-- {
		if e := m.entries[k]; e.lo <= p && p < e.hi && e.first.Value() != nil {
			return e, true
		}
	}
	return remembered{}, false
}

func (m *memory) add(a units.Array, e remembered) {
	data := a.SI()
	if len(data) == 0 {
		return
	}
	e.first = weak.Make(&data[0])
	e.lo = uintptr(unsafe.Pointer(&data[0]))
	e.hi = e.lo + uintptr(len(data))*unsafe.Sizeof(data[0])
	m.entries = append(m.entries, e)
	if len(m.entries) > max(m.sweepAt, 128) {
		m.sweep()
	}
}

func (m *memory) sweep() {
	alive := m.entries[:0]
	for _, e := range m.entries {
		if e.first.Value() != nil {
			alive = append(alive, e)
		}
	}
	clear(m.entries[len(alive):])
	m.entries = alive
	m.sweepAt = 2 * len(alive)
}

// Remember notes that a is what a cell read as object.name, before any index, so that axes are labelled with that name
// and Between knows the times.
func (s *Session) Remember(object any, name string, a units.Array) {
	e := remembered{name: label(object, name)}
	if m, ok := object.(sim.Variables); ok && isMonitor(object) && name != "t" {
		if t, err := m.Read("t"); err == nil && t.Len() > 0 && a.NDim() > 0 && a.Shape()[a.NDim()-1] == t.Len() {
			e.times, e.timed = t, true
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names.add(a, e)
}

func isMonitor(object any) bool {
	switch object.(type) {
	case *sim.StateMonitor, *sim.StateMonitorRow:
		return true
	}
	return false
}

const timeName = "time"

// label is what an axis calls a variable.
func label(object any, name string) string {
	if name == "t" {
		return timeName
	}
	if _, spikes := object.(*sim.SpikeMonitor); spikes {
		switch name {
		case "i":
			return "neuron"
		case "count":
			return "spikes"
		}
	}
	return name
}

// named gives arrays among the arguments of a plot the names of the variables they came from.
func (s *Session) named(args []any) ([]any, error) {
	args, err := taken(args)
	all := make([]any, len(args))
	for k, arg := range args {
		all[k] = s.nameOf(arg)
	}
	return all, err
}

func (s *Session) nameOf(arg any) any {
	a, ok := arg.(units.Array)
	if !ok {
		return arg
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, known := s.names.at(a); known {
		return plotting.Named(e.name, a)
	}
	return arg
}
