package engine

import (
	"cmp"
	"math"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// never is a step that no run reaches.
const never = 1 << 53

// GapState is what a Gaps goes on from when its network runs again.
type GapState struct {
	Next   []int64   // the step of each row's next spike
	Chance []float64 // what Next was drawn with
	Key    int64     // of the random numbers, as bits
	Dt     float64   // [s]
}

// Gaps emits spikes at random: in each step a row spikes with a probability of its own, which stays the same while nobody
// writes it. Instead of a number a step, each row draws the gap to its next spike when it spikes: with probability p the
// number of steps without one is floor(log(u)/log(1-p)), u uniform in (0, 1]. A step then costs what its spikes cost.
//
// Gaps have no memory: a row whose probability changed, or whose numbers have another key than at the last run, draws
// anew from the step at hand, and nothing else is different.
//
// Which rows spike when is kept in a calendar of lists, one for each of the next steps; a row further away lies in the
// list that its step falls on, and is passed over until its turn comes.
type Gaps struct {
	Rates  *Call // fills the column of rates; nil where it is filled
	Spikes *Spikes
	Writes Writes // to the rates
	State  *GapState

	chance, anew, spiked *Call
	next                 []int64
	chances, logs        []float64
	seen                 int // count of Writes that the calendar knows
	heads, links         []int32
	mask                 int64
	due                  []int32
}

// Columns of the programs of Gaps.
const (
	gapRate   = iota // [Hz]
	gapChance        // probability of a spike in a step, 0 to 1
	gapLog           // log(1 - chance)
	gapNext
	gapLast // time of the last spike [s]
)

// NewGaps makes the inputs of a group with the given rates [Hz]; last is its column of the last spikes' times [s].
func NewGaps(backend ir.Backend, rates, last []float64, dt float64, key uint64, state *GapState) (*Gaps, error) {
	n := len(last)
	if len(state.Next) != n {
		*state = GapState{Next: make([]int64, n), Chance: make([]float64, n)}
	}
	g := &Gaps{
		State: state, next: state.Next, chances: make([]float64, n), logs: make([]float64, n),
		links: make([]int32, n), due: make([]int32, 0, n),
	}
	if state.Key != int64(key) || state.Dt != dt {
		for row := range state.Chance {
			state.Chance[row] = math.NaN()
		}
		state.Key, state.Dt = int64(key), dt
	}
	columns := []ir.Column{gapRate: {F: rates}, gapChance: {F: g.chances}, gapLog: {F: g.logs}, gapNext: {I: g.next}, gapLast: {F: last}}
	b := binder{backend: backend, columns: columns, key: key}
	g.chance, g.anew, g.spiked = b.bind(chanceProgram(dt)), b.bind(anewProgram()), b.bind(spikedProgram())
	return g, b.err
}

// A binder makes calls of programs over the same columns. It keeps the first error.
type binder struct {
	backend ir.Backend
	columns []ir.Column
	key     uint64
	err     error
}

func (b *binder) bind(p *ir.Program, err error) *Call {
	var loop ir.Loop
	if err == nil {
		loop, err = b.backend.Compile(p)
	}
	if err != nil {
		b.err = cmp.Or(b.err, err)
		return nil
	}
	call := NewCall(loop, b.columns, b.key, 0)
	call.Describe(p)
	return call
}

func gapBuilder(name string, d ir.Domain) *ir.Builder {
	b := ir.NewBuilder(name, d)
	for k, s := range []ir.Storage{gapRate: ir.Float64, gapChance: ir.Float64, gapLog: ir.Float64, gapNext: ir.Int64, gapLast: ir.Float64} {
		b.Column(k, s)
	}
	return b
}

// chanceProgram computes the probabilities and their logarithms.
func chanceProgram(dt float64) (*ir.Program, error) {
	b := gapBuilder("chance", ir.All)
	p := b.Mul(b.Load(gapRate), b.Float(dt))
	p = b.Select(b.Gt(p, b.Float(0)), b.Min(p, b.Float(1)), b.Float(0)) // no number is no chance
	log, err := b.Call("log1p", b.Neg(p))
	b.Store(gapChance, p)
	b.Store(gapLog, log)
	return ir.Optimize(b.Program()), err
}

// anewProgram draws the next spike from the step at hand on, this step among those it may fall on.
func anewProgram() (*ir.Program, error) {
	b := gapBuilder("gap", ir.List)
	gap, err := drawGap(b, 1)
	b.Store(gapNext, b.Add(b.Uniform(uniformStep, ir.I64), gap))
	return ir.Optimize(b.Program()), err
}

// spikedProgram notes a spike and draws the next one, in a later step.
func spikedProgram() (*ir.Program, error) {
	b := gapBuilder("spike and gap", ir.List)
	gap, err := drawGap(b, 0)
	b.Store(gapNext, b.Add(b.Add(b.Uniform(uniformStep, ir.I64), b.Int(1)), gap))
	b.Store(gapLast, b.Uniform(uniformTime, ir.F64))
	return ir.Optimize(b.Program()), err
}

// drawGap is the number of steps without a spike: 0 where one is certain, never where none is possible (log(u) is 0 or
// less there, divided by 0).
func drawGap(b *ir.Builder, occurrence int) (ir.Value, error) {
	u := b.Rand(b.Uniform(uniformKey, ir.I64), b.Uniform(uniformStep, ir.I64), b.Row(), occurrence)
	log, err := b.Call("log", b.Sub(b.Float(1), u))
	possible := b.Lt(b.Load(gapLog), b.Float(0))
	gap := b.Min(b.Floor(b.Div(log, b.Load(gapLog))), b.Float(never))
	return b.ToInt(b.Select(possible, gap, b.Float(never))), err
}

// Do emits the spikes of the step.
func (g *Gaps) Do(c *Clock) {
	if g.heads == nil || g.seen != g.Writes.count() {
		g.begin(c)
	}
	due, waiting := g.due[:0], int32(none)
	head := &g.heads[c.Step&g.mask]
	for row := *head; row != none; {
		following := g.links[row]
		if g.next[row] == c.Step {
			due = append(due, row)
		} else {
			g.links[row], waiting = waiting, row
		}
		row = following
	}
	*head, g.due, g.Spikes.Rows = waiting, due, due
	if len(due) == 0 {
		return
	}
	slices.Sort(due)
	g.spiked.List(c, due)
	for _, row := range due {
		g.enter(row)
	}
}

// none ends a list of the calendar.
const none = -1

// enter puts a row into the list of its next spike.
func (g *Gaps) enter(row int32) {
	if g.next[row] < never {
		head := &g.heads[g.next[row]&g.mask]
		g.links[row], *head = *head, row
	}
}

// begin looks at all probabilities, draws anew what has to be, and makes the calendar.
func (g *Gaps) begin(c *Clock) {
	g.seen = g.Writes.count()
	n := len(g.next)
	if g.Rates != nil {
		g.Rates.Rows(c, 0, n)
	}
	g.chance.Rows(c, 0, n)
	changed := g.due[:0]
	for row, p := range g.chances {
		if p != g.State.Chance[row] || g.next[row] < c.Step {
			changed = append(changed, int32(row))
		}
	}
	g.anew.List(c, changed)
	copy(g.State.Chance, g.chances)
	g.makeCalendar()
}

// makeCalendar takes a number of lists with which few rows are passed over in vain: twice the mean gap, but not many more
// than there are rows.
func (g *Gaps) makeCalendar() {
	n, total := len(g.next), 0.0
	for _, p := range g.chances {
		total += p
	}
	lists := 64
	for lists < 1<<16 && lists < 4*n && float64(lists)*total < 2*float64(n) {
		lists *= 2
	}
	if g.mask = int64(lists - 1); lists > cap(g.heads) {
		g.heads = make([]int32, lists)
	}
	g.heads = g.heads[:lists]
	for k := range g.heads {
		g.heads[k] = none
	}
	for row := range int32(n) {
		g.enter(row)
	}
}
