package main

import (
	"fmt"
	"time"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// A benchCase is a model that golgi bench runs. Build makes it and gives the monitor whose spikes are counted.
type benchCase struct {
	name    string
	neurons int     // as usual
	least   int     // the fewest that leave no group empty
	seconds float64 // simulated time, as usual [s]
	build   func(*model) *sim.SpikeMonitor
}

// Models, sizes and durations are those that the other simulators were measured with. The initial values are drawn by
// golgi's own generator, so that spikes agree with theirs in number, not one by one.
var benchCases = []benchCase{
	{"cuba", 4000, 2, 1, cuba},
	{"cobahh", 4000, 2, 1, cobahh},
	{"brunel", 5000, 1, 1, brunel},
	{"stdp", 1000, 1, 10, stdp},
	{"synapses", 20000, 1, 1e-3, onlySynapses},
	{"synapses-weights", 20000, 1, 1e-3, weightedSynapses},
	{"hh", 4000, 1, 1, uncoupledHH},
	{"poisson", 10000, 1, 1, poisson},
	{"cuba-weights", 4000, 2, 1, cubaWeights},
	{"cuba-delays", 4000, 2, 1, cubaDelays},
	{"cuba-thresholds", 4000, 2, 1, cubaThresholds},
	{"cuba-recorded", 4000, 2, 1, cubaRecorded},
	{"cuba-drive", 4000, 2, 1, cubaDrive},
	{"cuba-random", 4000, 2, 1, cubaRandom},
}

// A model is a network in the making. After the first error its methods do nothing more.
type model struct {
	net        *sim.Network
	n          int
	synapses   int           // made
	connecting time.Duration // that they took
	err        error
}

// newModel starts a model of n neurons.
func newModel(n int, e execution) (*model, error) {
	net := sim.NewNetwork()
	net.Seed(e.seed)
	return &model{net: net, n: n}, shareSteps(net, e.threads)
}

// quantity reads a value with a unit.
func (m *model) quantity(text string) units.Quantity {
	q, err := units.Parse(text)
	if err != nil {
		m.fail(err)
	}
	return q
}

// constants reads values with units.
func (m *model) constants(texts map[string]string) sim.Namespace {
	values := sim.Namespace{}
	for name, text := range texts {
		q, err := units.Parse(text)
		if err != nil {
			m.fail(fmt.Errorf("%s: %w", name, err))
		}
		values[name] = q
	}
	return values
}

func (m *model) fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

// made passes on what a constructor made, and keeps its error.
func made[T any](m *model) func(T, error) T {
	return func(x T, err error) T {
		if err != nil {
			m.fail(err)
		}
		return x
	}
}

func (m *model) neurons(size int, equations string, options ...sim.Option) *sim.NeuronGroup {
	if m.err != nil {
		return nil
	}
	return made[*sim.NeuronGroup](m)(m.net.NeuronGroup(size, equations, options...))
}

func (m *model) inputs(rate string) *sim.PoissonGroup {
	if m.err != nil {
		return nil
	}
	return made[*sim.PoissonGroup](m)(m.net.PoissonGroup(m.n, rate))
}

func (m *model) set(v sim.Writable, name, text string) {
	if m.err == nil {
		m.fail(v.Write(name, nil, text))
	}
}

// connect makes synapses, each with a probability that gives every neuron of the model so many inputs, or all there
// are.
func (m *model) connect(source, target sim.Group, equations string, inputs int, options ...sim.Option) *sim.Synapses {
	if m.err != nil {
		return nil
	}
	s := made[*sim.Synapses](m)(m.net.Synapses(source, target, equations, options...))
	if m.err == nil {
		started := time.Now()
		m.fail(s.Connect(sim.Prob(min(1, float64(inputs)/float64(m.n)))))
		m.connecting += time.Since(started)
	}
	if m.err == nil {
		m.synapses += s.Len()
	}
	return s
}

// record keeps a variable of the first k neurons at every step.
func (m *model) record(g *sim.NeuronGroup, variable string, k int) {
	if m.err != nil || k == 0 {
		return
	}
	rows := make([]int, k)
	for i := range rows {
		rows[i] = i
	}
	made[*sim.StateMonitor](m)(m.net.StateMonitor(g, []string{variable}, sim.Record(rows...)))
}

// halves are the excitatory neurons, four of five, and the inhibitory ones.
func (m *model) halves(g *sim.NeuronGroup) (excitatory, inhibitory *sim.Subgroup) {
	if m.err != nil {
		return nil, nil
	}
	part := made[*sim.Subgroup](m)
	k := m.n * 4 / 5
	return part(g.Subgroup(0, k)), part(g.Subgroup(k, m.n))
}

func (m *model) spikes(g sim.Group) *sim.SpikeMonitor {
	if m.err != nil {
		return nil
	}
	return made[*sim.SpikeMonitor](m)(m.net.SpikeMonitor(g, nil))
}

// rates are the opening and closing rates of Traub and Miles (1991), without the removable singularities.
const rates = `
		alpha_m = 0.32*(mV**-1)*4*mV/exprel((13*mV-v+VT)/(4*mV))/ms : Hz
		beta_m = 0.28*(mV**-1)*5*mV/exprel((v-VT-40*mV)/(5*mV))/ms : Hz
		alpha_h = 0.128*exp((17*mV-v+VT)/(18*mV))/ms : Hz
		beta_h = 4./(1+exp((40*mV-v+VT)/(5*mV)))/ms : Hz
		alpha_n = 0.032*(mV**-1)*5*mV/exprel((15*mV-v+VT)/(5*mV))/ms : Hz
		beta_n = .5*exp((10*mV-v+VT)/(40*mV))/ms : Hz
		dm/dt = alpha_m*(1-m) - beta_m*m : 1
		dn/dt = alpha_n*(1-n) - beta_n*n : 1
		dh/dt = alpha_h*(1-h) - beta_h*h : 1`

// hodgkinHuxley are the constants of cobahh and hh, for a membrane of 20000 µm².
func (m *model) hodgkinHuxley() sim.Namespace {
	return m.constants(map[string]string{
		"Cm": "200*pF", "gl": "10*nS", "El": "-60*mV", "EK": "-90*mV", "ENa": "50*mV", "g_na": "20*uS", "g_kd": "6*uS",
		"VT": "-63*mV", "taue": "5*ms", "taui": "10*ms", "Ee": "0*mV", "Ei": "-80*mV", "we": "6*nS", "wi": "67*nS",
	})
}

// cobahh is a balanced network of Hodgkin-Huxley neurons with synaptic conductances.
func cobahh(m *model) *sim.SpikeMonitor {
	constants := m.hodgkinHuxley()
	p := m.neurons(m.n, `
		dv/dt = (gl*(El-v) + ge*(Ee-v) + gi*(Ei-v) - g_na*(m*m*m)*h*(v-ENa) - g_kd*(n*n*n*n)*(v-EK))/Cm : volt
		dge/dt = -ge/taue : siemens
		dgi/dt = -gi/taui : siemens`+rates,
		sim.Threshold("v > -20*mV"), sim.Refractory("3*ms"), sim.Method("exponential_euler"), constants)
	m.set(p, "v", "-60*mV + (randn()*5 - 5)*mV")
	m.set(p, "ge", "(randn()*1.5 + 4)*10*nS")
	m.set(p, "gi", "(randn()*12 + 20)*10*nS")
	excitatory, inhibitory := m.halves(p)
	m.connect(excitatory, p, "", 80, sim.OnPre("ge += we"), constants)
	m.connect(inhibitory, p, "", 80, sim.OnPre("gi += wi"), constants)
	return m.spikes(p)
}

// uncoupledHH is the neurons of cobahh alone, each under a constant current from 0 to 0.7 nA: the cost of the
// equations without that of synapses. (Elsewhere hh may name the network, which here is cobahh.)
func uncoupledHH(m *model) *sim.SpikeMonitor {
	p := m.neurons(m.n, `
		dv/dt = (gl*(El-v) + I - g_na*(m*m*m)*h*(v-ENa) - g_kd*(n*n*n*n)*(v-EK))/Cm : volt
		I : amp`+rates,
		sim.Threshold("v > -20*mV"), sim.Refractory("3*ms"), sim.Method("exponential_euler"), m.hodgkinHuxley())
	m.set(p, "v", "El")
	m.set(p, "I", "0.7*nA*i/N")
	return m.spikes(p)
}

// brunel is an inhibitory network with delayed pulses and white noise (Brunel and Hakim 1999).
func brunel(m *model) *sim.SpikeMonitor {
	constants := m.constants(map[string]string{
		"tau": "20*ms", "muext": "25*mV", "sigmaext": "1*mV", "theta": "20*mV", "Vr": "10*mV", "J": "0.1*mV", "delay": "2*ms",
	})
	g := m.neurons(m.n, "dV/dt = (-V + muext + sigmaext*sqrt(tau)*xi)/tau : volt",
		sim.Threshold("V > theta"), sim.Reset("V = Vr"), sim.Refractory("2*ms"), sim.Method("euler"), constants)
	m.set(g, "V", "10*mV")
	m.connect(g, g, "", 1000, sim.OnPre("V += -J"), sim.Delay(constants["delay"]), constants)
	if m.err == nil {
		made[*sim.PopulationRateMonitor](m)(m.net.PopulationRateMonitor(g))
	}
	return m.spikes(g)
}

// stdp is one neuron whose synapses learn by the times of spikes (Song, Miller and Abbott 2000). The spikes counted
// are those of the inputs.
func stdp(m *model) *sim.SpikeMonitor {
	constants := m.constants(map[string]string{
		"gmax": "0.01", "taupre": "20*ms", "taupost": "20*ms", "dApre": "0.0001", "dApost": "-0.000105",
		"taum": "10*ms", "taue": "5*ms", "Ee": "0*mV", "El": "-74*mV", "vt": "-54*mV", "vr": "-60*mV",
	})
	in := m.inputs("15*Hz")
	g := m.neurons(1, `
		dv/dt = (ge*(Ee - v) + El - v)/taum : volt
		dge/dt = -ge/taue : 1`, sim.Threshold("v > vt"), sim.Reset("v = vr"), sim.Method("euler"), constants)
	s := m.connect(in, g, `
		w : 1
		dApre/dt = -Apre/taupre : 1 (event-driven)
		dApost/dt = -Apost/taupost : 1 (event-driven)`, m.n,
		sim.OnPre("ge += w\nApre += dApre\nw = clip(w + Apost, 0, gmax)"),
		sim.OnPost("Apost += dApost\nw = clip(w + Apre, 0, gmax)"), constants)
	m.set(s, "w", "rand()*gmax")
	return m.spikes(in)
}

// onlySynapses makes many synapses between neurons that never spike: the cost of connecting. Their weights stay 0.
func onlySynapses(m *model) *sim.SpikeMonitor {
	spikes, _ := m.onlySynapses()
	return spikes
}

// weightedSynapses also gives each a weight of its own: memory that nobody has written to may not be there yet.
func weightedSynapses(m *model) *sim.SpikeMonitor {
	spikes, s := m.onlySynapses()
	m.set(s, "w", "rand()")
	return spikes
}

func (m *model) onlySynapses() (*sim.SpikeMonitor, *sim.Synapses) {
	g := m.neurons(m.n, "v : volt", sim.Threshold("v > 1*volt"), sim.Reset(""))
	return m.spikes(g), m.connect(g, g, "w : 1", 1000, sim.OnPre("v += w*mV"))
}

// poisson is inputs of 15 Hz alone: the cost of drawing and recording spikes.
func poisson(m *model) *sim.SpikeMonitor { return m.spikes(m.inputs("15*Hz")) }
