package sim

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/units"
)

// A generator names the partners of a row: `k+1 for k in range(lo, hi, step) if condition`, `… in sample(lo, hi,
// p=…)`, `… in sample(n, size=…)`, or a partner alone, with or without `if condition`.
type generator struct {
	text      string
	partner   string
	variable  string   // "" without for
	function  string   // range or sample
	arguments []string // by position
	p, size   string   // of sample
	condition string
}

var (
	forWord = regexp.MustCompile(`\bfor\b`)
	inWord  = regexp.MustCompile(`\bin\b`)
	ifWord  = regexp.MustCompile(`\bif\b`)
	aName   = regexp.MustCompile(`^[\pL_][\pL\pN_]*$`)
	callee  = regexp.MustCompile(`^\s*(\w+)\s*\((.*)\)\s*$`)
)

// parseGenerator takes a text apart; the parts are parsed as expressions later.
func parseGenerator(text string) (*generator, error) {
	g := &generator{text: text}
	rest := text
	if at := ifWord.FindStringIndex(rest); at != nil {
		rest, g.condition = rest[:at[0]], strings.TrimSpace(rest[at[1]:])
	}
	at := forWord.FindStringIndex(rest)
	if at == nil {
		g.partner = strings.TrimSpace(rest)
		return g, nil
	}
	g.partner = strings.TrimSpace(rest[:at[0]])
	loop := rest[at[1]:]
	in := inWord.FindStringIndex(loop)
	if in == nil {
		return nil, g.wrong(at[1], "found no `in` after `for`, expected `for k in range(…)` or `for k in sample(…)`")
	}
	if g.variable = strings.TrimSpace(loop[:in[0]]); !aName.MatchString(g.variable) {
		return nil, g.wrong(at[1], "found "+g.variable+" after `for`, expected a name")
	}
	return g, g.parseCall(loop[in[1]:], at[1]+in[1])
}

func (g *generator) wrong(at int, message string) error {
	return &lang.Error{Text: g.text, Pos: at, End: min(at+1, len(g.text)), Message: message, Reason: lang.ReasonSyntax}
}

func (g *generator) parseCall(text string, at int) error {
	m := callee.FindStringSubmatch(text)
	if m == nil || m[1] != "range" && m[1] != "sample" {
		return g.wrong(at, "found "+strings.TrimSpace(text)+" after `in`, expected range(…) or sample(…)")
	}
	g.function = m[1]
	for _, argument := range splitArguments(m[2]) {
		key, value, named := strings.Cut(argument, "=")
		switch key = strings.TrimSpace(key); {
		case named && key == "p" && g.function == "sample":
			g.p = value
		case named && key == "size" && g.function == "sample":
			g.size = value
		default:
			g.arguments = append(g.arguments, argument)
		}
	}
	if n := len(g.arguments); n < 1 || n > 3 {
		return g.count(at, fmt.Sprintf("found %d bounds, expected %s(end), %s(start, end) or %s(start, end, step)", n, g.function, g.function, g.function))
	}
	if g.function == "sample" && (g.p == "") == (g.size == "") {
		return g.count(at, "sample needs either p=… or size=…")
	}
	return nil
}

func (g *generator) count(at int, message string) error {
	return &lang.Error{Text: g.text, Pos: at, End: len(g.text), Message: message, Reason: lang.ReasonArguments}
}

// splitArguments cuts at the commas outside parentheses.
func splitArguments(text string) []string {
	var parts []string
	depth, from := 0, 0
	for at, r := range text {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			parts, from = append(parts, text[from:at]), at+1
		}
	}
	if last := text[from:]; strings.TrimSpace(last) != "" || len(parts) > 0 {
		parts = append(parts, last)
	}
	return parts
}

// generate makes the synapses of each row of one side, whose partners a generator names.
func (c *connector) generate(text string, rows int, reversed bool) error {
	g, err := parseGenerator(text)
	if err != nil {
		return c.fail("connect", err)
	}
	own := make([]int32, rows)
	for k := range own {
		own[k] = int32(k)
	}
	pool, err := c.pool(g, own, reversed)
	if err != nil {
		return err
	}
	const batch = 1 << 16
	var from, values []int32
	for row := range own {
		if from, values, err = pool.of(row, from, values); err != nil {
			return err
		}
		if len(from) >= batch || row == rows-1 {
			if err := c.take(g, from, values, reversed); err != nil {
				return err
			}
			from, values = from[:0], values[:0]
		}
	}
	return nil
}

// A pool holds what the loop variable runs over, for each row.
type pool struct {
	c          *connector
	g          *generator
	start, end []float64
	step       []float64
	p, size    []float64
	key        uint64
	draws      *engine.Draws
}

// pool evaluates the bounds for all rows. Without a loop each row has one candidate.
func (c *connector) pool(g *generator, own []int32, reversed bool) (*pool, error) {
	p := &pool{c: c, g: g, key: c.ws.drawKey(c.name, "sample")}
	var err error
	if p.draws, err = engine.NewDraws(c.ws.steps, p.key, 1, nil); err != nil {
		return nil, c.fail("connect", err)
	}
	if g.variable == "" {
		p.start, p.end, p.step = constant(0, own), constant(1, own), constant(1, own)
		return p, nil
	}
	bounds := make([][]float64, len(g.arguments))
	for k, argument := range g.arguments {
		values, err := c.perRow(argument, lang.Integer, "the bound of "+g.function, own, reversed)
		if err != nil {
			return nil, err
		}
		bounds[k] = values
	}
	p.start, p.step = constant(0, own), constant(1, own)
	switch len(bounds) {
	case 1:
		p.end = bounds[0]
	case 2:
		p.start, p.end = bounds[0], bounds[1]
	case 3:
		p.start, p.end, p.step = bounds[0], bounds[1], bounds[2]
	}
	if slices.Contains(p.step, 0) {
		return nil, c.fail("connect", g.wrong(0, "found a step of 0"))
	}
	return p, p.chances(own, reversed)
}

func (p *pool) chances(own []int32, reversed bool) (err error) {
	if p.g.p != "" {
		p.p, err = p.c.perRow(p.g.p, lang.Float, "the probability", own, reversed)
	}
	if p.g.size != "" && err == nil {
		p.size, err = p.c.perRow(p.g.size, lang.Integer, "the size of the sample", own, reversed)
	}
	return err
}

func constant(x float64, rows []int32) []float64 { return slices.Repeat([]float64{x}, len(rows)) }

// perRow evaluates a text for each row of the side that makes its synapses.
func (c *connector) perRow(text string, t lang.Type, what string, own []int32, reversed bool) ([]float64, error) {
	plain := units.Dimension{}
	e, err := c.expression("connect", text, lang.Want{Type: t, Dim: &plain, What: what})
	if err != nil {
		return nil, err
	}
	is, js := c.sides(own, make([]int32, len(own)), reversed)
	return c.candidates.evaluate(e, is, js)
}

func (c *connector) sides(own, partner []int32, reversed bool) (is, js []int32) {
	if reversed {
		return partner, own
	}
	return own, partner
}

// of appends the values of the loop variable for a row.
func (p *pool) of(row int, from, values []int32) ([]int32, []int32, error) {
	start, end, step := int64(p.start[row]), int64(p.end[row]), int64(p.step[row])
	n := max((end-start+step-sign(step))/step, 0)
	add := func(k int64) {
		from, values = append(from, int32(row)), append(values, int32(start+k*step))
	}
	switch {
	case p.p != nil:
		if chance := p.p[row]; !(chance >= 0 && chance <= 1) {
			return nil, nil, fmt.Errorf("%s: Connect: found a probability of %v, expected 0 to 1", p.c.label(), chance)
		}
		jumps(p.draws, n, p.p[row], add)
	case p.size != nil:
		size := int64(p.size[row])
		if size < 0 || size > n {
			return nil, nil, fmt.Errorf("%s: Connect: found a sample of %d out of %d", p.c.label(), size, n)
		}
		selection(p.key, int64(row), n, size, add)
	default:
		for k := range n {
			add(k)
		}
	}
	return from, values, nil
}

// jumps calls add for each of n numbers with probability p, ascending: it jumps from one to the next by geometric gaps.
func jumps(draws *engine.Draws, n int64, p float64, add func(int64)) {
	if p == 1 {
		for k := range n {
			add(k)
		}
		return
	}
	rest := ir.EvalCall("log1p", -p)
	for at := int64(-1); p > 0; {
		at += 1 + min(ir.TruncateToInt(draws.Next()/rest), n)
		if at >= n || at < 0 {
			return
		}
		add(at)
	}
}

// selection calls add for size of n numbers, ascending, every choice as likely (selection sampling, Knuth 3.4.2 S).
func selection(key uint64, row, n, size int64, add func(int64)) {
	for k := int64(0); k < n && size > 0; k++ {
		if ir.RandAt(key, k, row, 0)*float64(n-k) < float64(size) {
			add(k)
			size--
		}
	}
}

// take computes the partners of candidates and keeps those that exist and for which the condition holds.
func (c *connector) take(g *generator, from, values []int32, reversed bool) error {
	if len(from) == 0 {
		return nil
	}
	loop := newColumn(ir.Int32, 0)
	loop.data.X = values
	plain := units.Dimension{}
	e, err := c.inLoop(g, loop, g.partner, lang.Want{Type: lang.Integer, Dim: &plain, What: "the map"})
	if err != nil {
		return err
	}
	is, js := c.sides(from, make([]int32, len(from)), reversed)
	partners, err := c.candidates.evaluate(e, is, js)
	if err != nil {
		return err
	}
	keep, err := c.keeps(g, loop, from, partners, reversed)
	if err != nil {
		return err
	}
	for k, partner := range partners {
		i, j := int(from[k]), int(partner)
		if reversed {
			i, j = j, i
		}
		if keep == nil || keep[k] != 0 {
			if err := c.pair(i, j); err != nil {
				return err
			}
		}
	}
	return nil
}

// keeps evaluates the condition of a generator, nil for none; where the partner does not exist it sees a neighbour.
func (c *connector) keeps(g *generator, loop *column, from []int32, partners []float64, reversed bool) ([]float64, error) {
	if g.condition == "" {
		return nil, nil
	}
	e, err := c.inLoop(g, loop, g.condition, lang.Want{Type: lang.Boolean, What: "the condition"})
	if err != nil {
		return nil, err
	}
	last := c.m - 1
	if reversed {
		last = c.n - 1
	}
	near := make([]int32, len(partners))
	for k, partner := range partners {
		near[k] = int32(min(max(int(partner), 0), last))
	}
	is, js := c.sides(from, near, reversed)
	return c.candidates.evaluate(e, is, js)
}

// inLoop types a text that sees the loop variable.
func (c *connector) inLoop(g *generator, loop *column, text string, want lang.Want) (*lang.Expr, error) {
	e, err := lang.ParseExpr(text)
	if err == nil {
		e, err = lang.CheckExpr(text, e, loopScope{c.checked.Scope(), g.variable, loop}, want)
	}
	return e, c.fail("connect", err)
}

// loopScope adds the variable of a generator.
type loopScope struct {
	lang.Scope
	variable string
	values   *column
}

// Lookup finds the loop variable before all others.
func (l loopScope) Lookup(name string) *lang.Symbol {
	if name == l.variable && name != "" {
		return &lang.Symbol{Name: name, Kind: lang.Parameter, Type: lang.Integer, Ref: ownColumn{l.values}}
	}
	return l.Scope.Lookup(name)
}
