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
	d := p.draft(code, b.ws.key(name, use), 0, use)
	return d.call, b.compile(d)
}

// bind compiles code for its columns.
func (p *Population) bind(backend ir.Backend, code *lower.Code, key uint64, room int, use string) (*engine.Call, error) {
	d := p.draft(code, key, room, use)
	return d.call, d.compile(backend)
}

// A draft is a call whose columns are known and whose program is still to be compiled, if it is to run.
type draft struct {
	call        *engine.Call
	code        *lower.Code
	p           *Population
	key, second uint64 // random keys: of the use, and of a second one in the same program
	room        int    // most rows that a call may emit
	use         string
}

// draft binds code to its columns. Those of host functions grow to the size of the group here.
func (p *Population) draft(code *lower.Code, key uint64, room int, use string) *draft {
	for _, host := range code.Before {
		for _, ref := range append(slices.Clone(host.Arguments), host.Result) {
			ref.(*column).resize(max(p.rows, room))
		}
	}
	call := engine.NewCall(nil, columnsOf(code.Columns), key, 0)
	call.Describe(code.Program)
	return &draft{call: call, code: code, p: p, key: key, room: room, use: use}
}

// compile makes the call ready to run.
func (d *draft) compile(backend ir.Backend) error {
	loop, err := backend.Compile(d.code.Program)
	if err != nil {
		return d.p.fail(d.use, err)
	}
	d.call.Load(loop, d.room)
	d.call.SecondKey(d.second)
	if err := d.fillNoise(backend); err != nil {
		return d.p.fail(d.use, err)
	}
	return d.callHosts(backend)
}

// fillNoise makes what fills the random columns.
func (d *draft) fillNoise(backend ir.Backend) error {
	for _, n := range d.code.Noise {
		key := d.key
		if n.Key == lower.UniformSecondKey {
			key = d.second
		}
		noise, err := engine.NewNoise(backend, n.Normal, key, n.Occurrence, 0, d.p.rows)
		if err != nil {
			return err
		}
		d.call.Draw(slices.Index(d.code.Columns, n.Column), noise)
	}
	return nil
}

// callHosts puts the host functions before the program.
func (d *draft) callHosts(backend ir.Backend) error {
	for _, host := range d.code.Before {
		h := engine.HostCall{Function: host.Function.Call, To: host.Result.(*column).data.F}
		for _, ref := range host.Arguments {
			h.From = append(h.From, ref.(*column).data.F)
		}
		loop, err := backend.Compile(host.Program)
		if err != nil {
			return d.p.fail(d.use, err)
		}
		h.Arguments = engine.NewCall(loop, columnsOf(host.Columns), d.key, 0)
		d.call.Before(h)
	}
	return nil
}

// compile makes a draft ready to run in every step, by several threads where that pays.
func (b *build) compile(d *draft) error {
	err := d.compile(b.ws.steps)
	if err == nil && b.crew != nil && d.code.Program.Domain == ir.All && d.code.Program.RowsApart() {
		d.call.Split(b.crew, b.ws.worth)
	}
	return err
}

// sweep enters code that runs for all rows every step. It is still to be compiled.
func (b *build) sweep(code *lower.Code, p *Population, use, slot string, order int) (*engine.Sweep, *draft) {
	d := p.draft(code, b.ws.key(p.name, use), 0, use)
	task := &engine.Sweep{Call: d.call, Hi: p.rows}
	b.add(p, slot, order, engine.KindObject, task)
	return task, d
}

// detect enters code that emits the rows of an event; mark, which may be nil, runs for these. It is still to be compiled.
func (b *build) detect(code *lower.Code, p *Population, use, event, slot string, mark *engine.Call) (*engine.Detect, *draft) {
	d := p.draft(code, b.ws.key(p.name, use), p.rows, use)
	task := &engine.Detect{Call: d.call, N: p.rows, Spikes: p.events[event], Mark: mark}
	b.add(p, slot, p.order, engine.KindObject, task)
	return task, d
}
