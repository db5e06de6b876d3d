package sim

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/units"
)

// An Object takes part in the steps of a network.
type Object interface {
	Name() string
	build(*build) error
}

// A dependent object needs others in the same network.
type dependent interface{ DependsOn() []Object }

// A Network is a set of objects that run together. Its time goes on from run to run.
type Network struct {
	*Workspace
	objects   []Object
	time      float64 // [s]
	stop      atomic.Bool
	running   atomic.Bool
	snapshots map[string]*snapshot
}

// NewNetwork is a network with a workspace of its own.
func NewNetwork(objects ...Object) *Network { return NewWorkspace().NewNetwork(objects...) }

// NewNetwork is a network of objects of this workspace.
func (w *Workspace) NewNetwork(objects ...Object) *Network {
	n := &Network{Workspace: w}
	n.Add(objects...)
	return n
}

// Add puts objects into the network; one that is there already changes nothing.
func (n *Network) Add(objects ...Object) {
	for _, o := range objects {
		if !slices.Contains(n.objects, o) {
			n.objects = append(n.objects, o)
		}
	}
}

// Objects lists the objects in the order in which they were added.
func (n *Network) Objects() []Object { return slices.Clone(n.objects) }

// SetObjects replaces the objects; the time stays.
func (n *Network) SetObjects(objects ...Object) { n.objects = slices.Clone(objects) }

// Time is how far the network has run.
func (n *Network) Time() units.Quantity { return units.New(n.time, second) }

// Rewind sets the time to 0, for objects that are all new.
func (n *Network) Rewind() { n.time = 0 }

// Stop ends the current run after the step at hand.
func (n *Network) Stop() { n.stop.Store(true) }

// Progress is how far a run is.
type Progress struct {
	Start, Now, End units.Quantity
	Elapsed         time.Duration
}

// Report is told the progress of a run, at most ten times a second and once at the end.
func Report(f func(Progress)) Option {
	return with("Report", func(s *settings) { s.report = f })
}

// Run simulates for a duration. It reads the external names again, checks and compiles every object, and takes the
// steps. A cancelled context stops it after the step at hand, with the context's error; everything stays usable and
// the time is where it stopped. Options are Report, Namespace and Resolve.
func (n *Network) Run(ctx context.Context, duration units.Quantity, options ...Option) error {
	s, err := readOptions("Run", options, "Report", "Resolve")
	if err != nil {
		return err
	}
	if n.unfit != nil {
		return fmt.Errorf("Run: %w", n.unfit)
	}
	if duration.Dim() != second {
		return fmt.Errorf("Run: found a duration of %v, expected a time such as 100*ms", duration)
	}
	if !(duration.SI() >= 0) {
		return fmt.Errorf("Run: found a duration of %v, expected 0 s or more", duration)
	}
	if !n.running.CompareAndSwap(false, true) {
		return fmt.Errorf("Run: the network is running already")
	}
	defer n.running.Store(false)
	n.stop.Store(false)
	from, epoch := n.time, n.epoch
	until := n.time + duration.SI()
	b, err := n.plan(until, s)
	if err == nil {
		err = n.take(ctx, b, until, s)
		b.crew.Close()
	}
	if n.time == from { // nothing has happened: the next run draws what this one would have drawn
		n.epoch = epoch
	}
	return err
}

// plan builds all objects for a run up to a time.
func (n *Network) plan(until float64, s *settings) (*build, error) {
	if n.time == 0 {
		n.epoch++
	}
	defer func(draws uint64) { n.draws = draws }(n.draws) // what is evaluated to plan a run is no assignment
	b := &build{ws: n.Workspace, start: n.time, run: s.namespace, clocks: map[float64]*engine.Clock{}, written: map[*column]bool{}, summed: map[*column]bool{}, crew: n.newCrew()}
	if err := n.complete(); err != nil {
		return nil, err
	}
	for _, o := range n.objects {
		if w, ok := o.(interface{ writes(func(*column)) }); ok {
			w.writes(func(c *column) { b.written[c] = true })
		}
	}
	for _, o := range n.objects {
		if err := o.build(b); err != nil {
			return nil, err
		}
	}
	if err := b.setClocks(until); err != nil {
		return nil, err
	}
	return b, b.fitsRecordings()
}

// complete looks for objects that need others which are not there.
func (n *Network) complete() error {
	for _, o := range n.objects {
		d, ok := o.(dependent)
		if !ok {
			continue
		}
		for _, needed := range d.DependsOn() {
			if whole, ok := needed.(interface{ Whole() Object }); ok {
				needed = whole.Whole()
			}
			if !slices.Contains(n.objects, needed) {
				return &MissingError{Object: o, Needs: needed}
			}
		}
	}
	return nil
}

// A MissingError says that an object needs another that is not in the network.
type MissingError struct{ Object, Needs Object }

// Error names both.
func (e *MissingError) Error() string {
	return fmt.Sprintf("%s needs %s, which is not part of the network: make %s again", e.Object.Name(), e.Needs.Name(), e.Object.Name())
}

// mostSteps is up to where steps can be counted in a float64.
const mostSteps = 1 << 53

func (b *build) setClocks(until float64) error {
	for dt, c := range b.clocks {
		at := engine.StepAt(b.start, dt)
		if off := float64(at)*dt - b.start; off > 1e-4*dt && b.changed(dt) {
			return fmt.Errorf("the step %v does not divide the time %v at which it begins: run to a multiple of it first", units.New(dt, second), units.New(b.start, second))
		}
		if !(until/dt < mostSteps) {
			return fmt.Errorf("Run: found a run up to %v in steps of %v, expected at most 2^53 steps", units.New(until, second), units.New(dt, second))
		}
		c.Set(b.start, until)
	}
	return nil
}

// changed tells whether a clock with this step is new at a time other than 0: every object that follows it had
// another step before.
func (b *build) changed(dt float64) bool {
	return b.start > 0 && !b.ws.clocked[dt]
}

// take runs the plan.
func (n *Network) take(ctx context.Context, b *build, until float64, s *settings) error {
	plan, err := b.planned()
	if err != nil {
		return err
	}
	n.lendClocks(b)
	for _, f := range b.atStart {
		f()
	}
	for _, r := range b.reserve {
		r.reserve(int(r.clock.Steps()))
	}
	release := context.AfterFunc(ctx, n.Stop)
	defer release()
	started := time.Now()
	control := engine.Control{Stop: &n.stop, Every: 16}
	if s.report != nil {
		control.Report = n.reporter(s.report, until, started)
	}
	from := n.time
	reached, stopped, err := run(plan, control)
	if err != nil {
		return err
	}
	n.time = until
	if stopped {
		n.time = reached
	}
	n.keepClocks(b)
	n.lookForTrouble(b)
	if s.report != nil {
		s.report(Progress{units.New(from, second), n.Time(), units.New(until, second), time.Since(started)})
	}
	return ctx.Err()
}

// allClocks are the clocks of the run, the finest first.
func (b *build) allClocks() []*engine.Clock {
	var clocks []*engine.Clock
	for _, dt := range slices.Sorted(maps.Keys(b.clocks)) {
		clocks = append(clocks, b.clocks[dt])
	}
	return clocks
}

// run takes the steps; an index that code computed and that is outside of its group becomes an error.
func run(plan *engine.Plan, control engine.Control) (reached float64, stopped bool, err error) {
	defer func() {
		switch problem := recover().(type) {
		case nil:
		case *ir.IndexError:
			err = fmt.Errorf("Run: %w", problem)
		default:
			panic(problem)
		}
	}()
	reached, stopped = plan.Run(control)
	return reached, stopped, nil
}

// reporter passes on the progress at most ten times a second.
func (n *Network) reporter(report func(Progress), until float64, started time.Time) func(float64) {
	from, last := n.time, started
	return func(reached float64) {
		if now := time.Now(); now.Sub(last) >= 100*time.Millisecond {
			last = now
			report(Progress{units.New(from, second), units.New(reached, second), units.New(until, second), now.Sub(started)})
		}
	}
}

// timed objects have a clock, whose time their names t and dt show.
type timed interface{ pop() *Population }

func (p *Population) pop() *Population { return p }

func (n *Network) lendClocks(b *build) {
	for _, o := range n.objects {
		if t, ok := o.(timed); ok {
			t.pop().clock = *b.clockOf(t.pop())
		}
	}
}

func (n *Network) keepClocks(b *build) {
	n.lendClocks(b)
	for dt := range b.clocks {
		n.clocked[dt] = true
	}
}

// lookForTrouble warns of variables that left the numbers: the method or the step do not suit the equations. It reads
// only what the run wrote, since the memory of large columns that nothing wrote may not even be there yet.
func (n *Network) lookForTrouble(b *build) {
	for _, o := range n.objects {
		t, ok := o.(timed)
		if !ok {
			continue
		}
		p := t.pop()
		for _, name := range p.listed {
			v := p.vars[name]
			if !b.writes(v) {
				continue
			}
			if row := trouble(v.column); row >= 0 {
				n.warn("%s: %s is not a number or very large, first in row %d: try a smaller Dt or another Method", p.label(), name, row)
			}
		}
	}
}

// writes tells whether something in the run writes a variable: the state update, or code.
func (b *build) writes(v *variable) bool {
	q := v.sym.Equation
	return b.written[v.column] || q != nil && (q.Form == lang.Differential || q.Has(lang.ConstantOverDt))
}

func trouble(c *column) int {
	if c == nil || c.storage != ir.Float64 {
		return -1
	}
	return slices.IndexFunc(c.data.F, func(x float64) bool { return !(x > -1e50 && x < 1e50) })
}
