package session

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim"
)

// Store keeps the state of all objects that Run would run, monitors included, under a name; without one it is
// "default".
func (s *Session) Store(name ...string) error {
	objects, err := s.reach()
	if err != nil {
		return err
	}
	n := s.clock(objects)
	n.SetObjects(objects...)
	defer n.SetObjects()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stored == nil {
		s.stored = map[string]*sim.Network{}
	}
	s.stored[nameOr(name)] = n
	return n.Store(nameOr(name))
}

// Restore brings back what Store kept, time included. An object that was made after Store stops it.
func (s *Session) Restore(name ...string) error {
	objects, err := s.reach()
	if err != nil {
		return err
	}
	s.mu.Lock()
	n, known := s.stored[nameOr(name)]
	names := slices.Sorted(maps.Keys(s.stored))
	s.mu.Unlock()
	if !known {
		return fmt.Errorf("Restore: nothing was stored as %q%s", nameOr(name), storedNames(names))
	}
	n.SetObjects(objects...)
	defer n.SetObjects()
	if err := n.Restore(nameOr(name)); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range objects {
		s.clocks.set(o, n)
	}
	return nil
}

func nameOr(name []string) string {
	if len(name) > 0 {
		return name[0]
	}
	return "default"
}

func storedNames(names []string) string {
	if len(names) == 0 {
		return ": call Store first"
	}
	return ", but as " + strings.Join(names, ", ")
}
