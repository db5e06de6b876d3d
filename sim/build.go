package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lower"
)

// A build makes the plan of one run: each object is checked, lowered, compiled and entered with its slot. The road of
// a text is
//
//	lang.Parse -> lang.Check -> method.Integrate -> lower.Update -> Compile -> engine.Plan
//
// of which the first three happen in the object's check, and again here with the names as they are now.
type build struct {
	ws      *Workspace
	start   float64 // time of the network at the start [s]
	run     Namespace
	clocks  map[float64]*engine.Clock
	entries []engine.Entry
	written map[*column]bool // what code other than state updates may change during the run
	summed  map[*column]bool // what synapses sum into
	steps   []*groupStep     // updates and thresholds that may be one
	atStart []func()         // before the first step, clocks set
	crew    *engine.Crew     // does at once what does not depend on each other; nil for one thread
	reserve []recording      // what needs room for the steps of the run
}

// schedule is the order of the slots of a step.
var schedule = []string{"start", "groups", "thresholds", "synapses", "resets", "end"}

// slotNumber is where a slot stands in a step: 3*k+1 for slot k of the schedule.
func slotNumber(slot string) (int, error) {
	for k, name := range schedule {
		switch slot {
		case "before_" + name:
			return 3 * k, nil
		case name:
			return 3*k + 1, nil
		case "after_" + name:
			return 3*k + 2, nil
		}
	}
	return 0, fmt.Errorf("found the slot %q, expected one of %s, or one of these with before_ or after_", slot, strings.Join(schedule, ", "))
}

// clockFor is the clock of this run with a step of dt.
func (b *build) clockFor(dt float64) *engine.Clock {
	if c, ok := b.clocks[dt]; ok {
		return c
	}
	c := &engine.Clock{Dt: dt}
	b.clocks[dt] = c
	return c
}

// clockOf is the clock of a group.
func (b *build) clockOf(p *Population) *engine.Clock { return b.clockFor(p.Dt()) }

// add enters a task of a group.
func (b *build) add(p *Population, slot string, order, kind int, task engine.Task) {
	b.enter(p.name, b.clockOf(p), slot, order, kind, task)
}

func (b *build) enter(name string, clock *engine.Clock, slot string, order, kind int, task engine.Task) {
	number, _ := slotNumber(slot)
	b.entries = append(b.entries, engine.Entry{Clock: clock, Slot: number, Order: order, Kind: kind, Seq: b.ws.first[name], Task: task})
}

// call compiles code and binds it to its columns.
func (b *build) call(code *lower.Code, p *Population, use string) (*engine.Call, error) {
	return b.callFor(p.name, code, p, use)
}

// callFor is call with the random numbers of another object.
func (b *build) callFor(name string, code *lower.Code, p *Population, use string) (*engine.Call, error) {
	return b.bind(p, code, b.ws.key(name, use), 0, use)
}

// bind compiles code that runs in every step.
func (b *build) bind(p *Population, code *lower.Code, key uint64, room int, use string) (*engine.Call, error) {
	call, err := p.bind(b.ws.steps, code, key, room, use)
	if err == nil && b.crew != nil && code.Program.Domain == ir.All && rowsApart(code.Program) {
		call.Split(b.crew, b.ws.worth/(1+len(code.Program.Code)))
	}
	return call, err
}

// bind compiles code for its columns. Columns of host functions grow to the size of the group here.
func (p *Population) bind(backend ir.Backend, code *lower.Code, key uint64, room int, use string) (*engine.Call, error) {
	for _, host := range code.Before {
		for _, ref := range append(slices.Clone(host.Arguments), host.Result) {
			ref.(*column).resize(max(p.rows, room))
		}
	}
	call, err := p.compile(backend, code.Program, code.Columns, key, room, use)
	if err != nil {
		return nil, err
	}
	for _, host := range code.Before {
		h := engine.HostCall{Function: host.Function.Call, To: host.Result.(*column).data.F}
		for _, ref := range host.Arguments {
			h.From = append(h.From, ref.(*column).data.F)
		}
		if h.Arguments, err = p.compile(backend, host.Program, host.Columns, key, 0, use); err != nil {
			return nil, err
		}
		call.Before(h)
	}
	return call, nil
}

func (p *Population) compile(backend ir.Backend, program *ir.Program, refs []any, key uint64, room int, use string) (*engine.Call, error) {
	loop, err := backend.Compile(program)
	if err != nil {
		return nil, p.fail(use, err)
	}
	call := engine.NewCall(loop, columnsOf(refs), key, room)
	call.Writes(program)
	return call, nil
}

// sweep enters code that runs for all rows every step.
func (b *build) sweep(code *lower.Code, p *Population, use, slot string, order int) (*engine.Sweep, error) {
	call, err := b.call(code, p, use)
	if err != nil {
		return nil, err
	}
	task := &engine.Sweep{Call: call, Hi: p.rows}
	b.add(p, slot, order, engine.KindObject, task)
	return task, nil
}

// detect enters code that emits the rows of an event; mark, which may be nil, runs for these.
func (b *build) detect(code *lower.Code, p *Population, use, event, slot string, mark *engine.Call) (*engine.Detect, error) {
	call, err := b.bind(p, code, b.ws.key(p.name, use), p.rows, use)
	if err != nil {
		return nil, err
	}
	task := &engine.Detect{Call: call, N: p.rows, Spikes: p.events[event], Mark: mark}
	b.add(p, slot, p.order, engine.KindObject, task)
	return task, nil
}
