package sim

import (
	"fmt"
	"math"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/units"
)

// connectSpec says which synapses a call of Connect makes.
type connectSpec struct {
	condition        string
	probability      any
	perPair          any
	targets, sources string
	is, js           any
	skipInvalid      bool
}

// If makes synapses between the pairs for which a condition over i, j and the variables of both groups holds.
func If(condition string) Option {
	return with("If", func(s *settings) { s.connect.condition = condition })
}

// Prob makes each synapse with a probability: a number, or a text over i, j and the variables of both groups.
func Prob(p any) Option { return with("Prob", func(s *settings) { s.connect.probability = p }) }

// PerPair makes several synapses a pair: a number, or a text.
func PerPair(n any) Option { return with("PerPair", func(s *settings) { s.connect.perPair = n }) }

// Targets gives the target of each source as a text over i, as in Targets("i") for one to one.
func Targets(j string) Option { return with("Targets", func(s *settings) { s.connect.targets = j }) }

// Sources gives the source of each target as a text over j.
func Sources(i string) Option { return with("Sources", func(s *settings) { s.connect.sources = i }) }

// Pairs lists the sources and targets of the synapses; one value stands for as many as the other has.
func Pairs(is, js any) Option {
	return with("Pairs", func(s *settings) { s.connect.is, s.connect.js = is, js })
}

// SkipIfInvalid leaves out targets and sources that do not exist; without it they are an error.
func SkipIfInvalid() Option {
	return with("SkipIfInvalid", func(s *settings) { s.connect.skipInvalid = true })
}

// Connect makes synapses and adds them to those there are: all pairs, or as the options If, Prob, PerPair, Targets,
// Sources, Pairs and SkipIfInvalid say. The order is i ascending, then j; for Sources j ascending, then i; for Pairs as
// listed. A constant probability costs time by the synapses made, a condition by all pairs.
func (s *Synapses) Connect(options ...Option) (err error) {
	defer recoverUnits(&err)
	given, err := readOptions("Connect", options, "If", "Prob", "PerPair", "Targets", "Sources", "Pairs", "SkipIfInvalid")
	if err != nil {
		return err
	}
	c, err := s.newConnector(given.connect)
	if err != nil {
		return err
	}
	if err := c.run(); err != nil {
		return err
	}
	if err := c.repeat(); err != nil {
		return err
	}
	b := c.bundle
	if b == nil {
		b = newBundle(s.rows, c.is, c.js, c.n)
	}
	s.add(b, c.js)
	return nil
}

// A connector collects the pairs of one call of Connect, counted from the start of source and target.
type connector struct {
	*Synapses
	connectSpec
	n, m       int // sizes of source and target
	is, js     []int32
	bundle     *bundle // made together with js; nil where is holds the sources
	candidates pairNames
}

func (s *Synapses) newConnector(spec connectSpec) (*connector, error) {
	c := &connector{Synapses: s, connectSpec: spec, n: s.source.Len(), m: s.target.Len()}
	ways := 0
	for _, used := range []bool{spec.condition != "", spec.targets != "", spec.sources != "", spec.is != nil || spec.js != nil} {
		if used {
			ways++
		}
	}
	if ways > 1 {
		return nil, fmt.Errorf("%s: Connect: a condition, a map and index arrays exclude each other: use one of If, Targets, Sources and Pairs", s.label())
	}
	if p, err := c.constantProbability(); err != nil || !(p >= 0 && p <= 1) {
		if err == nil {
			err = fmt.Errorf("%s: Connect: found a probability of %v, expected 0 to 1", s.label(), p)
		}
		return nil, err
	}
	c.candidates = pairNames{s, newColumn(ir.Int32, 0), newColumn(ir.Int32, 0)}
	return c, nil
}

// constantProbability is the probability where it is a number, else 1.
func (c *connector) constantProbability() (float64, error) {
	switch p := c.probability.(type) {
	case nil, string:
		return 1, nil
	default:
		q := units.QuantityOf(p)
		if !q.Dim().IsOne() {
			return 0, fmt.Errorf("%s: Connect: found a probability of %v, expected a plain number", c.label(), q)
		}
		return q.SI(), nil
	}
}

func (c *connector) run() error {
	p, _ := c.constantProbability()
	_, textual := c.probability.(string)
	switch spec := c.connectSpec; {
	case spec.is != nil || spec.js != nil:
		return c.listed()
	case spec.targets != "":
		return c.generate(spec.targets, c.n, false)
	case spec.sources != "":
		return c.generate(spec.sources, c.m, true)
	case spec.condition == "" && !textual:
		return c.all(p)
	}
	return c.conditional()
}

// room tells whether so many more synapses can be had.
func (c *connector) room(n float64) error {
	each := size(c.post.storage)
	for _, v := range c.vars {
		if v.column != nil && !v.shared {
			each += size(v.column.storage)
		}
	}
	err := fits(fmt.Sprintf("found %s synapses × %d bytes", count(n), each), n*float64(each))
	if err == nil {
		err = fitsRows("synapses", float64(c.rows)+n)
	}
	if err != nil {
		return fmt.Errorf("%s: Connect: %w", c.label(), err)
	}
	return nil
}

// all makes all pairs, each with probability p.
func (c *connector) all(p float64) error {
	copies := 1.0
	if _, isText := c.perPair.(string); !isText && c.perPair != nil {
		copies = max(1, units.QuantityOf(c.perPair).SI())
	}
	if err := c.room(float64(c.n) * float64(c.m) * p * copies); err != nil {
		return err
	}
	switch p {
	case 0:
		return nil
	case 1:
		c.everyPair()
		return nil
	}
	crew := c.crew(float64(c.n) * float64(c.m) * p)
	defer crew.Close()
	draws, err := engine.NewDraws(c.ws.steps, c.ws.drawKey(c.name, "connect"), ir.EvalCall("log1p", -p), crew)
	if err != nil {
		return c.fail("connect", err)
	}
	c.randomPairs(draws, p)
	return nil
}

// crew is for the making of about so many synapses, nil for few: each costs some ten instructions.
func (c *connector) crew(expected float64) *engine.Crew {
	if 10*expected < float64(c.ws.worth) {
		return nil
	}
	return c.ws.newCrew()
}

func (c *connector) everyPair() {
	b := &bundle{first: c.rows, n: c.n * c.m, starts: make([]int32, c.n+1), ascends: true}
	c.js = make([]int32, 0, b.n)
	for i := range c.n + 1 {
		b.starts[i] = int32(c.rows + i*c.m)
	}
	for range c.n {
		for j := range c.m {
			c.js = append(c.js, int32(j))
		}
	}
	c.bundle = b
}

// randomPairs jumps from one synapse to the next by geometric gaps. There will hardly be more of them than there is room
// for: a mean of np and six times a standard deviation of less than its root.
func (c *connector) randomPairs(draws *engine.Draws, p float64) {
	n, m := int64(c.n), int64(c.m)
	b := &bundle{first: c.rows, starts: make([]int32, c.n+1), ascends: true}
	expected := float64(n) * float64(m) * p
	targets := make([]int32, 0, int(expected+6*math.Sqrt(expected))+16)
	row, next := 0, int64(0) // the row at hand is the one before; its pairs end at next
	for at := int64(-1); at < n*m; {
		for _, gap := range draws.Block() {
			if at += 1 + int64(gap); at >= n*m {
				break
			}
			for at >= next {
				b.starts[row] = int32(b.first + len(targets))
				row, next = row+1, next+m
			}
			targets = append(targets, int32(at-next+m))
		}
	}
	for ; row <= c.n; row++ {
		b.starts[row] = int32(b.first + len(targets))
	}
	b.n, c.js, c.bundle = len(targets), targets, b
}

func (c *connector) add(i, j int) { c.is, c.js = append(c.is, int32(i)), append(c.js, int32(j)) }

// conditional looks at all pairs, source by source.
func (c *connector) conditional() error {
	code, err := c.conditionCode()
	if err != nil {
		return err
	}
	c.candidates.fill(c.source.view(), c.target.view())
	call, err := c.bind(c.ws.once, code, c.ws.drawKey(c.name, "connect"), c.m, "connect")
	if err != nil {
		return err
	}
	clock := c.now()
	for i := range c.n {
		c.candidates.setSource(c.source.view().lo + i)
		clock.Step = int64(i)
		for _, j := range call.Emitted(clock, 0, c.m) {
			c.add(i, int(j))
		}
	}
	return nil
}

// conditionCode is the condition and the draw against the probability.
func (c *connector) conditionCode() (*lower.Code, error) {
	holds := lang.Truth(true)
	if c.condition != "" {
		e, err := c.Synapses.condition("connect condition", c.condition)
		if err != nil {
			return nil, err
		}
		holds = e
	}
	if c.probability != nil {
		text, err := asText(c.probability)
		if err != nil {
			return nil, c.fail("connect", err)
		}
		plain := units.Dimension{}
		p, err := c.expression("connect probability", text, lang.Want{Type: lang.Float, Dim: &plain, What: "the probability"})
		if err != nil {
			return nil, err
		}
		holds = lang.Binary(lang.And, holds, lang.Binary(lang.Lt, lang.Apply("rand"), p))
	}
	return lower.Condition("connect", holds, c.candidates)
}

// listed makes the pairs of two lists.
func (c *connector) listed() error {
	if c.connectSpec.is == nil || c.connectSpec.js == nil {
		return fmt.Errorf("%s: Connect: Pairs needs sources and targets", c.label())
	}
	is, err := indicesOf(c.connectSpec.is)
	if err != nil {
		return fmt.Errorf("%s: Connect: sources: %w", c.label(), err)
	}
	js, err := indicesOf(c.connectSpec.js)
	if err != nil {
		return fmt.Errorf("%s: Connect: targets: %w", c.label(), err)
	}
	n := max(len(is), len(js))
	if len(is) != n && len(is) != 1 || len(js) != n && len(js) != 1 {
		return fmt.Errorf("%s: Connect: found %d sources and %d targets, expected as many", c.label(), len(is), len(js))
	}
	for k := range n {
		i, j := is[k%len(is)], js[k%len(js)]
		if err := c.pair(i, j); err != nil {
			return err
		}
	}
	return nil
}

// pair adds a pair whose indices come from a user.
func (c *connector) pair(i, j int) error {
	switch {
	case i >= 0 && i < c.n && j >= 0 && j < c.m:
		c.add(i, j)
	case c.skipInvalid:
	case i < 0 || i >= c.n:
		return fmt.Errorf("%s: Connect: found the source %d, expected one of 0 to %d (or SkipIfInvalid())", c.label(), i, c.n-1)
	default:
		return fmt.Errorf("%s: Connect: found the target %d, expected one of 0 to %d (or SkipIfInvalid())", c.label(), j, c.m-1)
	}
	return nil
}

// repeat makes the copies that PerPair asks for, side by side.
func (c *connector) repeat() error {
	if c.perPair == nil {
		return nil
	}
	if c.bundle != nil {
		c.is, c.bundle = c.bundle.appendSources(nil, 0), nil
	}
	copies, err := c.copies()
	if err != nil {
		return err
	}
	total := 0.0
	for k := range c.is {
		total += copies[k%len(copies)]
	}
	if err := c.room(total); err != nil {
		return err
	}
	is, js := c.is, c.js
	c.is, c.js = nil, nil
	for k := range is {
		for range int(copies[k%len(copies)]) {
			c.is, c.js = append(c.is, is[k]), append(c.js, js[k])
		}
	}
	return nil
}

func (c *connector) copies() ([]float64, error) {
	text, err := asText(c.perPair)
	if err != nil {
		return nil, c.fail("connect", err)
	}
	if len(c.is) == 0 {
		return []float64{0}, nil
	}
	plain := units.Dimension{}
	e, err := c.expression("connect PerPair", text, lang.Want{Type: lang.Integer, Dim: &plain, What: "the number of synapses a pair"})
	if err != nil {
		return nil, err
	}
	return c.candidates.evaluate(e, c.is, c.js)
}

// countCopies numbers the synapses of each pair in the order of their making.
func (s *Synapses) countCopies() {
	if s.multi == "" {
		return
	}
	seen := map[[2]int32]int32{}
	numbers := s.vars[s.multi].column.data.X
	pre := s.pre.ready().data.X
	for k := range s.rows {
		pair := [2]int32{pre[k], s.post.data.X[k]}
		numbers[k] = seen[pair]
		seen[pair]++
	}
}

// pairNames are the names of synapses that do not exist yet: candidate pairs, one a row.
type pairNames struct {
	*Synapses
	pre, post *column // absolute rows
}

// Place finds what a synapse would see between the pair of its row.
func (c pairNames) Place(sym *lang.Symbol) (lower.Place, error) {
	place, err := c.Synapses.Population.Place(sym)
	if err != nil {
		return place, err
	}
	if place.Index == any(c.Synapses.pre) {
		place.Index = c.pre
	}
	if place.Index == any(c.Synapses.post) {
		place.Index = c.post
	}
	if via, ok := place.Names.(viaNames); ok {
		place.Names = c.moved(via)
	}
	if _, ofPair := sym.Ref.(ownColumn); place.Access == lower.Own && !ofPair {
		return place, fmt.Errorf("%s: %s has no value before the synapse exists", c.label(), sym.Name)
	}
	return place, nil
}

func (c pairNames) moved(via viaNames) viaNames {
	switch via.index {
	case c.Synapses.pre:
		via.index = c.pre
	case c.Synapses.post:
		via.index = c.post
	}
	return via
}

// fill makes a candidate for every row of the target.
func (c pairNames) fill(source, target view) {
	c.pre.resize(target.hi - target.lo)
	c.post.data.X = target.span(0, target.hi-target.lo)
}

func (c pairNames) setSource(row int) {
	for k := range c.pre.data.X {
		c.pre.data.X[k] = int32(row)
	}
}

// evaluate computes an expression for pairs counted from the start of source and target.
func (c pairNames) evaluate(e *lang.Expr, is, js []int32) ([]float64, error) {
	source, target := c.source.view(), c.target.view()
	c.pre.data.X, c.post.data.X = nil, nil
	for k := range is {
		c.pre.data.X = append(c.pre.data.X, int32(source.lo)+is[k])
		c.post.data.X = append(c.post.data.X, int32(target.lo)+js[k])
	}
	into := newColumn(ir.Float64, len(is))
	code, err := lower.Value("connect", ir.All, e, c, into, ir.Float64)
	if err != nil {
		return nil, c.fail("connect", err)
	}
	call, err := c.bind(c.ws.once, code, c.ws.drawKey(c.name, "connect"), len(is), "connect")
	if err != nil {
		return nil, err
	}
	call.Rows(c.now(), 0, len(is))
	return into.data.F, nil
}
