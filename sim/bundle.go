package sim

import (
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lower"
)

// A bundle is the synapses that one call of Connect made. It says from which rows they come in the shorter way, with one
// number a row or one a synapse; it never changes.
type bundle struct {
	first, n int     // number of the first synapse, and how many there are
	starts   []int32 // where sources ascend: synapses starts[r] to starts[r+1]-1 come from row r of the source; else nil
	sources  []int32 // the row of each synapse, counted from the start of the source
	ascends  bool    // the targets of each row do
}

// newBundle takes over the sources of synapses. A source of so many rows may be better known by starts.
func newBundle(first int, sources, targets []int32, rows int) *bundle {
	b := &bundle{first: first, n: len(sources)}
	if len(sources) < rows || !slices.IsSorted(sources) {
		b.sources = sources
		return b
	}
	b.starts = make([]int32, rows+1)
	for _, r := range sources {
		b.starts[r+1]++
	}
	b.starts[0] = int32(first)
	for r := range rows {
		b.starts[r+1] += b.starts[r]
	}
	b.ascends = true
	for k := 1; k < len(targets); k++ {
		b.ascends = b.ascends && (targets[k] >= targets[k-1] || sources[k] > sources[k-1])
	}
	return b
}

// appendSources appends the row of each synapse, which lo is added to.
func (b *bundle) appendSources(to []int32, lo int) []int32 {
	for _, r := range b.sources {
		to = append(to, int32(lo)+r)
	}
	for r := 1; r < len(b.starts); r++ {
		for range b.starts[r] - b.starts[r-1] {
			to = append(to, int32(lo+r-1))
		}
	}
	return to
}

// add makes the synapses of a bundle, whose targets are counted from the start of the target, and are taken over.
func (s *Synapses) add(b *bundle, targets []int32) {
	if lo := int32(s.target.view().lo); lo > 0 {
		for k := range targets {
			targets[k] += lo
		}
	}
	if s.rows == 0 {
		s.post.data.X = targets
	} else {
		s.post.data.X = append(s.post.data.X, targets...)
	}
	s.bundles = append(s.bundles, b)
	s.rows, s.connected = s.rows+b.n, true
	for _, v := range s.vars {
		if v.column != nil && !v.shared {
			v.column.resize(s.rows)
		}
	}
	s.countCopies()
}

// deriveColumns lets what few models read be computed when it is wanted: the source of each synapse, and the number of
// synapses of each row.
func (s *Synapses) deriveColumns() {
	var of []*bundle
	s.pre.derive = func() {
		if slices.Equal(of, s.bundles) {
			return
		}
		of, s.pre.data.X = slices.Clone(s.bundles), make([]int32, 0, s.rows)
		for _, b := range s.bundles {
			s.pre.data.X = b.appendSources(s.pre.data.X, s.source.view().lo)
		}
	}
	s.incoming.derive = func() { s.count(s.incoming, s.post, s.target) }
	s.outgoing.derive = func() { s.count(s.outgoing, s.pre.ready(), s.source) }
}

// count counts the synapses of each row of a group's population.
func (s *Synapses) count(to, rows *column, group Group) {
	to.data.X = make([]int32, group.view().p.rows)
	for _, r := range rows.data.X {
		to.data.X[r]++
	}
}

// A reach is how spikes come to the synapses of a pathway, and what it was made from: it serves the next run too, if that
// is still so.
type reach struct {
	bundles []*bundle
	delays  []int32 // [steps]; nil where one holds for all
	starts  [][]int32
	order   *engine.Order
	apart   *engine.Apart
	cuts    engine.Cuts // for so many shards
	shards  int
}

// mostParts is the number of bundles up to which each spike looks into every one of them.
const mostParts = 4

// reachOf finds the synapses of a pathway by row and, where they have delays of their own [steps], by delay.
func (s *Synapses) reachOf(p *pathway, delays []int32) *reach {
	if r := p.reach; r != nil && slices.Equal(r.bundles, s.bundles) && slices.Equal(r.delays, delays) && (r.delays == nil) == (delays == nil) {
		return r
	}
	r := &reach{bundles: slices.Clone(s.bundles), delays: delays}
	r.starts, r.order = s.wires(p)
	if delays != nil {
		r.apart, r.order = engine.ByDelay(r.starts, r.order, delays)
	}
	p.reach = r
	return r
}

// wires are the places of the synapses of each row: their numbers, where those of a row lie side by side.
func (s *Synapses) wires(p *pathway) ([][]int32, *engine.Order) {
	side, index := s.side(p.on).view(), s.post
	if p.on == "pre" {
		index = s.pre
		if starts := s.starts(); starts != nil {
			return starts, nil
		}
	}
	starts, order := engine.ByRow(index.ready().data.X, side.lo, side.hi-side.lo)
	return [][]int32{starts}, order
}

// starts are those of all bundles, nil if they are too many or if one has none.
func (s *Synapses) starts() [][]int32 {
	var list [][]int32
	for _, b := range s.bundles {
		if b.n == 0 {
			continue
		}
		if b.starts == nil || len(list) == mostParts {
			return nil
		}
		list = append(list, b.starts)
	}
	return list
}

// fan is the fan of a pathway on a clock with a step of dt, and the longest delay [steps].
func (s *Synapses) fan(p *pathway, dt float64) (fan engine.Fan, order *engine.Order, longest int) {
	if p.delay.shared {
		delay := engine.DelaySteps(p.delay.column.data.F[0], dt)
		r := s.reachOf(p, nil)
		return &engine.Together{Starts: r.starts, Delay: delay}, r.order, delay
	}
	delays := make([]int32, s.rows)
	for k, delay := range p.delay.column.data.F {
		delays[k] = int32(engine.DelaySteps(delay, dt))
	}
	r := s.reachOf(p, delays)
	return r.apart, r.order, r.apart.Longest()
}

// worthSharding is the number of synapses to reach at once from which on threads share them: some microseconds of work.
const worthSharding = 3000

// sharded is the task of a pathway, with the synapses of each range of targets for themselves where these can run at
// once and are many.
func (s *Synapses) sharded(b *build, p *pathway, task *engine.Pathway, code *lower.Code) engine.Task {
	fan, together := task.Fan.(*engine.Together)
	if b.crew == nil || !together || task.Listed || p.on != "pre" || len(code.Before) > 0 || s.rows == 0 {
		return task
	}
	unordered := slices.ContainsFunc(s.bundles, func(b *bundle) bool { return b.n > 0 && !b.ascends })
	if unordered || !code.Program.RowsApartBy(slices.Index(code.Columns, any(s.post))) {
		return task
	}
	side, target := s.side(p.on).view(), s.target.view()
	least := b.ws.worth / (worthSharing / worthSharding) * (side.hi - side.lo) / s.rows
	if rows := side.hi - side.lo; least > rows/10 { // so many hardly ever spike together
		return task
	}
	size := b.crew.Size()
	bounds := make([]int32, size-1)
	for k := range bounds {
		bounds[k] = int32(target.lo + (target.hi-target.lo)*(k+1)/size)
	}
	if p.reach.cuts == nil || p.reach.shards != size {
		p.reach.cuts, p.reach.shards = engine.CutByTarget(fan.Starts, s.post.data.X, bounds), size
	}
	return engine.NewShards(task, b.crew, least, p.reach.cuts, s.post.data.X, bounds)
}

// derived is a column of whole numbers that follows from other things.
func derived() *column { return &column{storage: ir.Int32} }
