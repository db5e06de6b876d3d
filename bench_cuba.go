package main

import (
	"math"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// A cubaVariant is what one of the variants of cuba changes in it. Each leaves the way a hand-written program would be
// fast: one weight for all, no delay, one threshold, nothing recorded, no input, no chance.
type cubaVariant struct {
	drive      bool   // a current that changes every millisecond
	thresholds bool   // a threshold for each neuron
	recorded   int    // neurons whose v is recorded at every step
	synapse    string // equations of the synapses
	excite     string // code of a spike of an excitatory neuron
	inhibit    string
	delay      string // "" for none
	weights    bool   // synapses have a weight w to set
}

// The synapses of cuba itself.
const (
	exciting   = "ge += 1.62*mV"
	inhibiting = "gi -= 9*mV"
)

// cuba is a balanced network of integrate-and-fire neurons with synaptic currents, solved exactly.
func cuba(m *model) *sim.SpikeMonitor {
	return m.cuba(cubaVariant{excite: exciting, inhibit: inhibiting})
}

// cubaWeights has a weight for each synapse, from half to one and a half times the usual one.
func cubaWeights(m *model) *sim.SpikeMonitor {
	return m.cuba(cubaVariant{synapse: "w : volt", excite: "ge += w", inhibit: "gi -= w", weights: true})
}

// cubaDelays has spikes that arrive 1.5 ms later.
func cubaDelays(m *model) *sim.SpikeMonitor {
	return m.cuba(cubaVariant{excite: exciting, inhibit: inhibiting, delay: "1.5*ms"})
}

// cubaThresholds has a threshold for each neuron, from -50.5 to -49.5 mV.
func cubaThresholds(m *model) *sim.SpikeMonitor {
	return m.cuba(cubaVariant{excite: exciting, inhibit: inhibiting, thresholds: true})
}

// cubaRecorded records v of a hundred neurons.
func cubaRecorded(m *model) *sim.SpikeMonitor {
	return m.cuba(cubaVariant{excite: exciting, inhibit: inhibiting, recorded: 100})
}

// cubaDrive has a common input that swings 20 times a second by 1 mV, in steps of a millisecond.
func cubaDrive(m *model) *sim.SpikeMonitor {
	return m.cuba(cubaVariant{excite: exciting, inhibit: inhibiting, drive: true})
}

// cubaRandom has a weight for each arrival, from nothing to twice the usual one.
func cubaRandom(m *model) *sim.SpikeMonitor {
	return m.cuba(cubaVariant{excite: "ge += 3.24*mV*rand()", inhibit: "gi -= 18*mV*rand()"})
}

// cuba makes the network with its changes.
func (m *model) cuba(c cubaVariant) *sim.SpikeMonitor {
	constants := m.constants(map[string]string{"taum": "20*ms", "taue": "5*ms", "taui": "10*ms", "Vt": "-50*mV", "Vr": "-60*mV", "El": "-49*mV"})
	input, threshold, own := "", "v > Vt", ""
	if c.drive {
		constants["drive"] = made[*sim.TimedArray](m)(sim.NewTimedArray(swing(), m.quantity("1*ms")))
		input = " + drive(t)"
	}
	if c.thresholds {
		threshold, own = "v > vt", "\nvt : volt (constant)"
	}
	p := m.neurons(m.n, `
		dv/dt = (ge + gi - (v - El)`+input+`)/taum : volt (unless refractory)
		dge/dt = -ge/taue : volt
		dgi/dt = -gi/taui : volt`+own,
		sim.Threshold(threshold), sim.Reset("v = Vr"), sim.Method("exact"), sim.Refractory("5*ms"), constants)
	m.set(p, "v", "Vr + rand()*(Vt - Vr)")
	if c.thresholds {
		m.set(p, "vt", "-50.5*mV + rand()*mV")
	}
	m.cubaSynapses(p, c)
	m.record(p, "v", min(c.recorded, m.n))
	return m.spikes(p)
}

// cubaSynapses connects the neurons of cuba.
func (m *model) cubaSynapses(p *sim.NeuronGroup, c cubaVariant) {
	excitatory, inhibitory := m.halves(p)
	for _, half := range []struct {
		source       sim.Group
		code, weight string
	}{{excitatory, c.excite, "1.62*mV*(0.5 + rand())"}, {inhibitory, c.inhibit, "9*mV*(0.5 + rand())"}} {
		options := []sim.Option{sim.OnPre(half.code)}
		if c.delay != "" {
			options = append(options, sim.Delay(m.quantity(c.delay)))
		}
		s := m.connect(half.source, p, c.synapse, 80, options...)
		if c.weights {
			m.set(s, "w", half.weight)
		}
	}
}

// swing is the common input of cubaDrive, a value each millisecond for twelve seconds.
func swing() units.Array {
	samples := make([]float64, 12_000)
	for k := range samples {
		samples[k] = 1e-3 * math.Sin(2*math.Pi*float64(k)/50)
	}
	volt, _ := units.Lookup("volt")
	return units.NewArray(samples, volt.Dim())
}
