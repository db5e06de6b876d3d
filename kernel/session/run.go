package session

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// Run simulates for a duration: at the top level of a cell all objects that the session can reach, inside a function
// those that its variables hold with what they refer to, or those of the session where there are none. Time begins at 0
// when all objects are new, and goes on when they are not.
func (s *Session) Run(duration units.Quantity, options ...sim.Option) error {
	objects, err := s.reach()
	if err != nil {
		return err
	}
	if len(objects) == 0 {
		return errors.New("Run: there is nothing to run: no variable holds a group, synapses or a monitor")
	}
	n := s.clock(objects)
	n.SetObjects(objects...)
	defer n.SetObjects() // a clock keeps no objects alive
	return s.explain(s.runNetwork(n, duration, options))
}

// runNetwork runs a network under the cell's context, with a progress bar when it takes long.
func (s *Session) runNetwork(n *sim.Network, duration units.Quantity, options []sim.Option) error {
	s.mu.Lock()
	if s.running != nil {
		s.mu.Unlock()
		return errors.New("Run: a simulation is running already")
	}
	s.running = n
	ctx := s.cell.ctx
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.running = nil
		s.mu.Unlock()
	}()
	all := append([]sim.Option{sim.Report(s.display(patience).update)}, options...)
	err := n.Run(ctx, duration, all...)
	s.mu.Lock()
	bars := s.cell.bars
	s.cell.bars = nil
	s.mu.Unlock()
	for _, d := range bars {
		d.end()
	}
	return err
}

// Stop ends the run that goes on, after the step at hand; a NetworkOperation calls it.
func (s *Session) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != nil {
		s.running.Stop()
	}
}

// clock is the network that has the time of these objects: a new one when they are all new. Objects without a state
// of their own, such as operations, have no say.
func (s *Session) clock(objects []sim.Object) *sim.Network {
	s.mu.Lock()
	defer s.mu.Unlock()
	var n *sim.Network
	for _, o := range objects {
		if known, ok := s.clocks.get(o); ok && keepsTime(o) && (n == nil || known.Time().SI() > n.Time().SI()) {
			n = known
		}
	}
	if n == nil {
		n = s.ws.NewNetwork()
	}
	for _, o := range objects {
		s.clocks.set(o, n)
	}
	return n
}

func keepsTime(o sim.Object) bool {
	switch o.(type) {
	case *sim.PoissonInput, *sim.NetworkOperation:
		return false
	}
	return true
}

// reach gives the objects that Run runs, in the order in which they were made.
func (s *Session) reach() ([]sim.Object, error) {
	held := s.held()
	s.note(held)
	locals := objectsIn(s.host.Locals())
	inside := len(locals) > 0
	objects := held
	if inside {
		objects = locals
	}
	objects, err := s.withNeeds(s.current(objects))
	if err != nil {
		return nil, err
	}
	if objects, err = s.withLoose(objects, inside); err != nil {
		return nil, err
	}
	slices.SortFunc(objects, func(a, b sim.Object) int { return cmp.Compare(s.origin(a).order, s.origin(b).order) })
	return objects, nil
}

// current leaves the whole objects that the words of this session made, after the last StartScope.
func (s *Session) current(objects []sim.Object) []sim.Object {
	var all []sim.Object
	for _, o := range objects {
		if wholeOf(o) == o && !s.isForgotten(o) {
			all = append(all, o)
		}
	}
	return all
}

func (s *Session) origin(o sim.Object) origin {
	s.mu.Lock()
	defer s.mu.Unlock()
	where, _ := s.made.get(o)
	return where
}

// note remembers that variables hold these objects: one of them that no variable holds later was dropped.
func (s *Session) note(held []sim.Object) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range held {
		if where, ok := s.made.get(o); ok && !where.held {
			where.held = true
			s.made.set(o, where)
		}
	}
}

// withNeeds adds what the objects refer to. A dropped object is an error that says what to run again.
func (s *Session) withNeeds(objects []sim.Object) ([]sim.Object, error) {
	for k := 0; k < len(objects); k++ {
		for _, needed := range needs(objects[k]) {
			if slices.Contains(objects, needed) {
				continue
			}
			if s.isDropped(needed) {
				return nil, s.missing(objects[k], needed)
			}
			objects = append(objects, needed)
		}
	}
	return objects, nil
}

// isDropped tells whether variables held an object once and do so no more, or StartScope forgot it.
func (s *Session) isDropped(o sim.Object) bool {
	return s.isForgotten(o) || s.origin(o).held && !slices.Contains(s.held(), o)
}

// isForgotten tells whether an object was made before the last StartScope, or not by a word of this session.
func (s *Session) isForgotten(o sim.Object) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	where, _ := s.made.get(o)
	return where.order <= s.scope
}

// withLoose adds the objects that act without being held. Those that a function made belong to the run of the objects
// of that function.
func (s *Session) withLoose(objects []sim.Object, inside bool) ([]sim.Object, error) {
	s.mu.Lock()
	list := slices.Clone(s.loose)
	s.mu.Unlock()
	for _, l := range list {
		if l.object == nil || slices.Contains(objects, l.object) || s.isForgotten(l.object) {
			continue
		}
		if l.inFunction || inside {
			if belongs(l, objects) {
				objects = append(objects, l.object)
			}
			continue
		}
		var err error
		if objects, err = s.withNeeds(append(objects, l.object)); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

// belongs tells whether a loose object goes with a set of others: all that it needs is there, or, where it needs
// nothing, what its function held.
func belongs(l loose, objects []sim.Object) bool {
	need := needs(l.object)
	if len(need) == 0 {
		need = l.locals
	}
	return !slices.ContainsFunc(need, func(o sim.Object) bool { return !slices.Contains(objects, wholeOf(o)) })
}

// StartScope forgets all objects made before: Run leaves them out, their results stay readable.
func (s *Session) StartScope() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scope, s.stored = s.count, nil
	s.ws.StartScope()
}

// missing says that an object needs one that was dropped, and which cell to run again.
func (s *Session) missing(o, needed sim.Object) error {
	c := s.origin(o).cell
	if c == nil {
		return fmt.Errorf("Run: %s needs %s, which was replaced: make %s again", o.Name(), needed.Name(), o.Name())
	}
	return fmt.Errorf("Run: %s needs %s, which was replaced since. %s was made in %s: run cell %d again", o.Name(), needed.Name(), o.Name(), c.title(), c.n)
}

// explain puts the cell to run again into the error of a network that misses an object.
func (s *Session) explain(err error) error {
	var m *sim.MissingError
	if errors.As(err, &m) {
		return s.missing(m.Object, m.Needs)
	}
	return err
}
