package sim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// A randomModel is a network made from a seed: the same seed makes the same model, whatever executes it. Its numbers
// stay within a few units, so that a difference of a bit is not lost in infinities.
type randomModel struct {
	dice    *rand.Rand
	net     *Network
	text    strings.Builder // what was made, to be read when something differs
	groups  []*randomGroup
	results []Variables
	tables  Namespace
	change  []func() error // between the two halves of the run
	steps   int
	err     error
}

// A randomGroup is a group with the names that code may use.
type randomGroup struct {
	Group
	whole    *NeuronGroup
	spikes   bool
	own      []string // variables of real numbers
	written  []string // those that code may write
	hasEvent bool
	summed   bool
}

// newRandomModel makes a model that runs on some threads, which share all that can be shared.
func newRandomModel(seed uint64, threads int) *randomModel {
	m := &randomModel{dice: rand.New(rand.NewPCG(seed, 1)), net: NewNetwork()}
	m.net.ShareAlways()
	m.do(m.net.Threads(threads))
	m.net.Seed(int(seed))
	m.steps = 40 + m.dice.IntN(160)
	m.makeTables()
	for range 1 + m.dice.IntN(2) {
		m.makeNeurons()
	}
	if m.may(0.6) {
		m.makeInputs()
	}
	for range 1 + m.dice.IntN(3) {
		m.makeSynapses()
	}
	if m.may(0.3) {
		m.makePoissonInput()
	}
	m.makeMonitors()
	return m
}

// may is true with a probability.
func (m *randomModel) may(p float64) bool { return m.dice.Float64() < p }

// one picks one of some texts.
func (m *randomModel) one(of ...string) string { return of[m.dice.IntN(len(of))] }

// do keeps the first error, with what was tried.
func (m *randomModel) do(err error) bool {
	if err != nil && m.err == nil {
		m.err = err
	}
	return m.err == nil
}

func (m *randomModel) say(format string, args ...any) { fmt.Fprintf(&m.text, format+"\n", args...) }

func (m *randomModel) number(lo, hi float64) string {
	return fmt.Sprintf("%.3g", lo+(hi-lo)*m.dice.Float64())
}

func (m *randomModel) makeTables() {
	random := func(n int) []float64 {
		x := make([]float64, n)
		for k := range x {
			x[k] = m.dice.Float64()
		}
		return x
	}
	one, err := NewTimedArray(random(1+m.dice.IntN(6)), units.New(float64(1+m.dice.IntN(30))*1e-4, second))
	m.do(err)
	columns := 1 + m.dice.IntN(5)
	two, err := NewTimedArray(units.NewArray(random(4*columns), units.Dimension{}, 4, columns), units.New(1.7e-3, second))
	m.do(err)
	m.tables = Namespace{"I": one, "J": two, "f": func(x float64) float64 { return x * x / (1 + x*x) }}
}

// ofOne are functions that take any number to a small one.
var ofOne = []string{
	"sin(%s)", "cos(%s)", "tanh(%s)", "exp(-abs(%s))", "sqrt(abs(%s))", "log(1 + abs(%s))", "log1p(abs(%s))", "arctan(%s)",
	"expm1(-abs(%s))", "exprel(clip(%s, -3, 3))", "sinh(clip(%s, -2, 2))", "cosh(clip(%s, -2, 2))", "arcsin(clip(%s, -1, 1))",
	"arccos(clip(%s, -1, 1))", "tan(clip(%s, -1.5, 1.5))", "log10(0.1 + abs(%s))", "floor(%s)", "ceil(%s)", "sign(%s)",
	"abs(%s)", "clip(%s, -0.5, 1.5)", "(%s)**2", "(0.5 + abs(%s))**1.7", "(%s) %% 1.5", "int(%s > 0.3)", "-(%s)", "f(%s)",
	"heaviside(%s)", "(%s)//0.7", "1/(1 + exp(-(%s)))",
}

var ofTwo = []string{
	"%s + %s", "%s - %s", "(%s)*(%s)", "(%s)/(1.5 + abs(%s))", "min(%s, %s)", "max(%s, %s)", "arctan2(%s, 1 + abs(%s))",
	"where(%s > 0.4, %s, 0.2)", "(0.2 + abs(%s))**clip(%s, -2, 2)", "%s*0.9 + 0.1*(%s)",
}

// expression combines names, numbers and whatever else leaves say.
func (m *randomModel) expression(depth int, leaves []string) string {
	if depth == 0 || m.may(0.1) {
		if m.may(0.25) {
			return m.number(-1, 2)
		}
		return m.one(leaves...)
	}
	if m.may(0.45) {
		return fmt.Sprintf(m.one(ofOne...), m.expression(depth-1, leaves))
	}
	return fmt.Sprintf(m.one(ofTwo...), m.expression(depth-1, leaves), m.expression(depth-1, leaves))
}

func (m *randomModel) condition(leaves []string) string {
	simple := func() string {
		return fmt.Sprintf("%s %s %s", m.expression(1, leaves), m.one(">", "<", ">=", "<="), m.expression(1, leaves))
	}
	switch m.dice.IntN(4) {
	case 0:
		return fmt.Sprintf("%s and (%s)", simple(), simple())
	case 1:
		return fmt.Sprintf("%s or not (%s)", simple(), simple())
	}
	return simple()
}

// code is some statements that write targets and read leaves.
func (m *randomModel) code(targets, leaves []string) string {
	var lines []string
	if m.may(0.3) {
		lines = append(lines, "help = "+m.expression(2, leaves))
		leaves = append(slices.Clone(leaves), "help")
	}
	for range 1 + m.dice.IntN(2) {
		target := m.one(targets...)
		switch m.dice.IntN(4) {
		case 0:
			lines = append(lines, fmt.Sprintf("%s += 0.1*clip(%s, -3, 3)", target, m.expression(1, leaves)))
		case 1:
			lines = append(lines, fmt.Sprintf("%s = clip(%s, -4, 4)", target, m.expression(2, leaves)))
		case 2:
			lines = append(lines, fmt.Sprintf("%s = %s*0.9 + 0.05*clip(%s, -3, 3)", target, target, m.expression(1, leaves)))
		case 3:
			lines = append(lines, fmt.Sprintf("%s *= %s", target, m.number(0.5, 1)))
		}
	}
	return strings.Join(lines, "\n")
}

// sizes are numbers of rows around those of registers, passes and blocks.
var sizes = []int{1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 31, 33, 47, 63, 65, 100}

func (m *randomModel) makeNeurons() {
	n := sizes[m.dice.IntN(len(sizes))]
	g := &randomGroup{own: []string{"v", "u"}, written: []string{"v", "u", "c"}}
	leaves := []string{"v", "u", "c", "I(t)", "J(t, i)", "0.1*i", "flag_number", "0.3*int(k == 1)", "0.2*int(k != 2)", "0.4*int(k <= 1 and not b)"}
	lines := []string{"c : 1", "gsum : 1", "k : integer", "b : boolean", "tau : second", "flag_number = int(b) + 0.5*k : 1"}
	if m.may(0.3) {
		lines = append(lines, "held = tanh(u) + 0.1*rand() : 1 (constant over dt)")
		leaves = append(leaves, "held")
	}
	if m.may(0.3) {
		lines = append(lines, fmt.Sprintf("q = sin(%s*t/ms) : 1 (shared)", m.number(0, 1)))
		leaves = append(leaves, "q")
	}
	if m.may(0.3) {
		lines = append(lines, "p : 1 (shared, constant)")
		leaves = append(leaves, "p")
	}
	method, refractory := "", ""
	options := []Option{m.tables}
	if m.may(0.6) {
		refractory = m.one("1*ms", "(0.5 + rand())*ms", "v > 0.3", "tau/4", "v > 0.2 and u > 0")
		options = append(options, Refractory(refractory))
	}
	equations, method := m.equations(leaves, refractory != "")
	lines = append(lines, equations...)
	if method != "" {
		options = append(options, Method(method))
	}
	threshold, reset := "", ""
	if m.may(0.9) {
		threshold = m.one("v > 0.8", "v > 0.4 + 0.1*u", "rand() < 0.06", m.condition(leaves))
		reset = m.one("v = 0", "v -= 0.7\nu += 0.1", "v = 0.2*rand()\nk += 1", m.code(g.written, append(leaves, "rand()", "randn()")))
		options = append(options, Threshold(threshold), Reset(reset))
		g.spikes = true
	} else if refractory != "" {
		options = slices.DeleteFunc(options, func(o Option) bool { x, ok := o.(option); return ok && x.name == "Refractory" })
		lines = m.without(lines, " (unless refractory)")
	}
	if m.may(0.25) {
		options = append(options, Events{"high": m.condition(leaves)})
		g.hasEvent = true
	}
	if m.may(0.15) {
		options = append(options, Dt(units.New(2e-4, second)))
	}
	model := strings.Join(lines, "\n")
	m.say("neurons %d, method %q, threshold %q, reset %q, refractory %q:\n%s", n, method, threshold, reset, refractory, model)
	made, err := m.net.NeuronGroup(n, model, options...)
	if !m.do(err) {
		return
	}
	g.Group, g.whole = made, made
	m.fill(g)
	m.regular(g, leaves)
	m.groups = append(m.groups, g)
	m.results = append(m.results, made)
	m.makeSubgroup(g)
}

func (m *randomModel) without(lines []string, flag string) []string {
	for k := range lines {
		lines[k] = strings.ReplaceAll(lines[k], flag, "")
	}
	return lines
}

// equations are those of v and u, and the method that integrates them.
func (m *randomModel) equations(leaves []string, refractory bool) (lines []string, method string) {
	flag := ""
	if refractory && m.may(0.6) {
		flag = " (unless refractory)"
	}
	tau := m.one("(6*ms)", "tau")
	switch m.dice.IntN(4) {
	case 0: // linear
		drive := m.one("c", "c + I(t)", "1.3", "gsum + 1")
		lines = []string{
			fmt.Sprintf("dv/dt = (%s + %s*u - v)/%s : 1%s", drive, m.number(-1, 1), tau, flag),
			fmt.Sprintf("du/dt = (%s*v - u)/(9*ms) : 1", m.number(-0.5, 0.5)),
		}
		method = m.one("", "exact", "euler", "rk2", "rk4", "exponential_euler")
		if strings.Contains(drive, "I(t)") && method == "exact" {
			method = ""
		}
	case 1: // noise
		lines = []string{
			fmt.Sprintf("dv/dt = (clip(%s, -2, 2) - v)/%s + %s*xi*ms**-0.5 : 1%s", m.expression(2, leaves), tau, m.number(0.05, 0.3), flag),
			"du/dt = (v - u)/(9*ms) : 1",
		}
		method = m.one("euler", "euler", "heun", "")
		if method == "" || method == "euler" && m.may(0.3) {
			lines[1] = "du/dt = (v - u)/(9*ms) + 0.1*xi_u*ms**-0.5 : 1"
		}
	default: // nonlinear
		lines = []string{
			fmt.Sprintf("dv/dt = (clip(%s, -2, 3) - v)/%s : 1%s", m.expression(3, append(leaves, "gsum")), tau, flag),
			fmt.Sprintf("du/dt = (clip(%s, -2, 2) - u)/(9*ms) : 1", m.expression(2, leaves)),
		}
		method = m.one("", "euler", "rk2", "rk4", "heun", "exponential_euler")
		if method == "exponential_euler" && strings.Contains(lines[0]+lines[1], "v") {
			method = "euler" // only some of these are conditionally linear
		}
	}
	return lines, method
}

// fill gives the variables their first values, by text and by lists.
func (m *randomModel) fill(g *randomGroup) {
	n := g.Len()
	list := make([]float64, n)
	for k := range list {
		list[k] = m.dice.Float64()
	}
	for _, a := range []struct {
		name  string
		value any
	}{{"v", "0.9*rand()"}, {"u", list}, {"c", m.one("1.2", "0.8 + 0.4*rand()", "1.1 + 0.01*i")}, {"k", "i % 3"}, {"b", m.one("i % 2 == 0", "rand() < 0.5")}, {"tau", "(3 + 4*rand())*ms"}} {
		if !m.do(g.whole.Write(a.name, nil, a.value)) {
			return
		}
	}
	if slices.Contains(g.whole.VariableNames(), "p") {
		m.do(g.whole.Write("p", nil, 0.5))
	}
	m.change = append(m.change, func() error { return g.whole.Write(m.one("v", "u", "c"), "i % 3 == 1", "0.5*rand()") })
}

func (m *randomModel) regular(g *randomGroup, leaves []string) {
	if m.may(0.3) {
		code := m.code(g.written, append(leaves, "rand()", "t/ms*0.1", "poisson(2)*0.1", "binomial(5, 0.3)*0.1"))
		m.say("regularly: %s", code)
		_, err := g.whole.RunRegularly(code, When(m.one("start", "end", "before_groups", "after_thresholds")), Dt(units.New(float64(1+m.dice.IntN(4))*2e-4, second)))
		m.do(err)
	}
	if g.hasEvent && m.err == nil {
		code := m.code(g.written, append(leaves, "rand()"))
		m.say("on event: %s", code)
		m.do(g.whole.RunOnEvent("high", code))
	}
}

func (m *randomModel) makeSubgroup(g *randomGroup) {
	n := g.Len()
	if n < 3 || m.may(0.5) || m.err != nil {
		return
	}
	lo := m.dice.IntN(n - 1)
	part, err := g.whole.Subgroup(lo, lo+1+m.dice.IntN(n-lo))
	if m.do(err) {
		copied := *g
		copied.Group = part
		m.groups = append(m.groups, &copied)
		m.say("part %s", part.Name())
	}
}

func (m *randomModel) makeInputs() {
	n := sizes[m.dice.IntN(len(sizes))]
	var made Group
	var err error
	switch m.dice.IntN(3) {
	case 0:
		made, err = m.net.PoissonGroup(n, m.one("300*Hz", "(100 + 20*i)*Hz", "200*Hz*(1 + I(t))"), m.tables)
	case 1:
		made, err = m.net.PoissonGroup(n, units.New(400, hertz))
	case 2:
		indices, times := make([]int, 3*n), make([]float64, 3*n)
		for k := range indices {
			indices[k], times[k] = k%n, 1e-4*float64(k/n*40+m.dice.IntN(30))
		}
		made, err = m.net.SpikeGeneratorGroup(n, indices, units.NewArray(times, second))
	}
	if m.do(err) {
		m.say("inputs %d: %T", n, made)
		m.groups = append(m.groups, &randomGroup{Group: made, spikes: true})
	}
}

// synapticModels are equations of synapses, with the names that code may read and write.
var synapticModels = []struct {
	text          string
	read, written []string
	sums          bool
}{
	{"w : 1", []string{"w"}, []string{"w"}, false},
	{"w : 1\nn : integer", []string{"w", "0.1*n"}, []string{"w"}, false},
	{"w : 1\ndx/dt = -x/(10*ms) : 1 (event-driven)\ndy/dt = -y/(tau_y) : 1 (event-driven)\ntau_y : second", []string{"w", "x", "y"}, []string{"w", "x", "y"}, false},
	{"w : 1\ndx/dt = (y - x)/(5*ms) : 1 (event-driven)\ndy/dt = -y/(8*ms) : 1 (event-driven)", []string{"w", "x", "y"}, []string{"x", "y"}, false},
	{"w : 1\nds/dt = (0.1*v_post - s)/(4*ms) : 1 (clock-driven)\ngsum_post = clip(s*w, -1, 1) : 1 (summed)", []string{"w", "s"}, []string{"w", "s"}, true},
	{"w : 1\nr = w*v_pre : 1\ngsum_post = 0.1*sin(r + u_post) : 1 (summed)", []string{"w", "r"}, []string{"w"}, true},
}

func (m *randomModel) makeSynapses() {
	var sources, targets []*randomGroup
	for _, g := range m.groups {
		if g.spikes {
			sources = append(sources, g)
		}
		if g.whole != nil {
			targets = append(targets, g)
		}
	}
	if len(sources) == 0 || m.err != nil {
		return
	}
	source, target := sources[m.dice.IntN(len(sources))], targets[m.dice.IntN(len(targets))]
	model := synapticModels[m.dice.IntN(len(synapticModels))]
	if model.sums && (m.summed(target) || source.whole == nil) {
		model = synapticModels[0]
	}
	read, written := slices.Clone(model.read), slices.Clone(model.written)
	read = append(read, "v_post", "u_post", "0.01*j", "rand()")
	written = append(written, "v_post", "u_post")
	if source.whole != nil {
		read, written = append(read, "v_pre", "c_pre"), append(written, "v_pre", "u_pre")
	}
	codes := []string{m.one("v_post += 0.1*w", "u += 0.05*w", "v_post = v_post*0.95 + 0.05*w", "u_post -= 0.1*w*rand()", m.code(written, read), m.code(written, read))}
	options := []Option{OnPre(codes[0]), m.tables}
	if target.spikes && m.may(0.4) {
		codes = append(codes, m.code(written, read))
		options = append(options, OnPost(codes[1]))
	}
	if source.hasEvent && m.may(0.5) {
		options = append(options, Pathway("extra", "v_post += 0.02", Event("high"), Delay(units.New(3e-4, second))))
	}
	delays := m.dice.IntN(3)
	if delays == 1 {
		options = append(options, Delay(units.New(float64(m.dice.IntN(20))*1e-4, second)))
	}
	m.say("synapses %s -> %s, code %q, delays %d:\n%s", source.Name(), target.Name(), codes, delays, model.text)
	s, err := m.net.Synapses(source.Group, target.Group, model.text, options...)
	if !m.do(err) {
		return
	}
	if model.sums {
		m.noteSummed(target)
	}
	m.results = append(m.results, s)
	for range 1 + m.dice.IntN(2) {
		m.connect(s)
	}
	if m.err == nil && delays == 2 {
		m.do(s.Write("pre.delay", nil, "2*rand()*ms"))
		m.change = append(m.change, func() error { return s.Write("pre.delay", nil, "1*rand()*ms") })
	}
	m.do(m.fillSynapses(s))
	if m.may(0.2) {
		m.change = append(m.change, func() error { return s.Connect(Prob(0.1)) })
	}
}

func (m *randomModel) summed(g *randomGroup) bool {
	return slices.ContainsFunc(m.groups, func(other *randomGroup) bool { return other.whole == g.whole && other.summed })
}

func (m *randomModel) noteSummed(g *randomGroup) {
	for _, other := range m.groups {
		if other.whole == g.whole {
			other.summed = true
		}
	}
}

func (m *randomModel) connect(s *Synapses) {
	n, k := s.source.Len(), s.target.Len()
	options := []Option{}
	switch m.dice.IntN(7) {
	case 0:
		options = append(options, Prob(0.3))
	case 1:
		options = append(options, If(m.one("i != j", "abs(i - j) < 3", "(i + j) % 4 == 0")))
	case 2:
		options = append(options, Prob("0.5*exp(-0.1*abs(i - j))"), PerPair(2))
	case 3:
		options = append(options, Targets(m.one("i", "i + 1", "k for k in range(i - 2, i + 2)", "k for k in sample(N_post, p=0.2)")), SkipIfInvalid())
	case 4:
		options = append(options, Sources("j // 2"), SkipIfInvalid())
	case 5: // several synapses of one pair, in disorder
		var is, js []int
		for range 20 {
			is, js = append(is, m.dice.IntN(n)), append(js, m.dice.IntN(k))
		}
		options = append(options, Pairs(append(is, is[:5]...), append(js, js[:5]...)))
	case 6:
		if n*k > 600 {
			options = append(options, Prob(0.1))
		}
	}
	if m.err == nil {
		m.do(s.Connect(options...))
	}
}

func (m *randomModel) fillSynapses(s *Synapses) error {
	if m.err != nil {
		return nil
	}
	for _, name := range []string{"w", "n", "x", "tau_y"} {
		value := map[string]string{"w": "0.2 + 0.6*rand()", "n": "i % 5", "x": "rand()", "tau_y": "(3 + i % 4)*ms"}[name]
		if s.vars[name] == nil || s.Len() == 0 {
			continue
		}
		if err := s.Write(name, nil, value); err != nil {
			return err
		}
	}
	return nil
}

func (m *randomModel) makePoissonInput() {
	if len(m.groups) == 0 || m.err != nil {
		return
	}
	g := m.groups[0]
	_, err := m.net.PoissonInput(g.Group, m.one("v", "u"), 1+m.dice.IntN(200), "20*Hz", m.one("0.05", "0.01*(1 + i % 3)"))
	m.do(err)
}

func (m *randomModel) makeMonitors() {
	for _, g := range m.groups {
		if m.err != nil {
			return
		}
		if g.whole != nil && Group(g.whole) == g.Group {
			state, err := m.net.StateMonitor(g.Group, nil, Record(0, g.Len()-1), When(m.one("start", "end", "after_groups")))
			m.do(err)
			m.results = append(m.results, state)
		}
		if g.spikes {
			var variables []string
			if g.whole != nil {
				variables = []string{"v", "flag_number"}
			}
			spikes, err := m.net.SpikeMonitor(g.Group, variables)
			m.do(err)
			rate, err := m.net.PopulationRateMonitor(g.Group)
			m.do(err)
			m.results = append(m.results, spikes, rate)
		}
		if g.hasEvent {
			events, err := m.net.EventMonitor(g.Group, "high", []string{"u"})
			m.do(err)
			m.results = append(m.results, events)
		}
	}
}

// run runs the first half with a way of running, makes the changes, and runs the second half.
func (m *randomModel) run(way func(*Network, float64) error) error {
	if m.err != nil {
		return m.err
	}
	half := float64(m.steps/2) * 1e-4
	if err := way(m.net, half); err != nil {
		return err
	}
	for _, change := range m.change {
		if err := change(); err != nil {
			return err
		}
	}
	return way(m.net, float64(m.steps)*1e-4)
}

// bits are the bits of all that can be read, by object and name. The payload of what is no number says nothing.
func (m *randomModel) bits() map[string][]uint64 {
	all := map[string][]uint64{}
	for k, o := range m.results {
		for _, name := range o.VariableNames() {
			a, err := o.Read(name)
			if err != nil {
				continue
			}
			key := fmt.Sprintf("%d %s.%s", k, o.Name(), name)
			all[key] = []uint64{}
			for _, x := range a.SI() {
				if x != x {
					x = math.NaN()
				}
				all[key] = append(all[key], math.Float64bits(x))
			}
		}
	}
	return all
}
