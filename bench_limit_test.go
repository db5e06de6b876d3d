package main

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/sim"
)

// How near are the two loops of cuba to hand-written ones? To be read beside the lines of .ci/bench/limit_avx2.c, whose
// sizes, rates and constants these are. The least of all iterations counts, as there:
//
//	go test -run '^$' -bench Limit -benchtime 7x .
func BenchmarkLimitUpdate(b *testing.B) {
	for _, n := range []int{4000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := limitModel(b, n)
			p := m.neurons(n, `
				dv/dt = (ge + gi - (v + 52*mV))/(20*ms) : volt (unless refractory)
				dge/dt = -ge/(5*ms) : volt
				dgi/dt = -gi/(10*ms) : volt`,
				sim.Threshold("v > -50*mV"), sim.Reset("v = -60*mV"), sim.Method("exact"), sim.Refractory("5*ms"))
			m.set(p, "v", "-60*mV + 10*mV*i/N")
			const steps = 500 // after which the inputs would become subnormal numbers before long
			least := math.Inf(1)
			for b.Loop() {
				m.set(p, "ge", "0.1*mV")
				m.set(p, "gi", "-0.1*mV")
				least = min(least, m.stepTime(b, steps).Seconds())
			}
			b.ReportMetric(least/float64(steps*n)*1e9, "ns/update")
		})
	}
}

// BenchmarkLimitEvent is the cost of a synaptic event: of 80 targets each of neurons that spike 5.7 times a second, less
// the cost of the same spikes without synapses.
func BenchmarkLimitEvent(b *testing.B) {
	for _, n := range []int{4000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			const steps = 2000
			with, spikes := limitEvents(b, n, 80)
			without, _ := limitEvents(b, n, 0)
			least, bare := math.Inf(1), math.Inf(1)
			events := 0
			for b.Loop() {
				before := spikes.NumSpikes()
				took := with.stepTime(b, steps).Seconds()
				events = 80 * (spikes.NumSpikes() - before)
				least = min(least, took/float64(events))
				bare = min(bare, without.stepTime(b, steps).Seconds()/float64(events))
			}
			b.ReportMetric((least-bare)*1e9, "ns/event")
			b.ReportMetric(float64(events)/steps, "events/step")
		})
	}
}

// limitEvents are Poisson inputs of n neurons with so many synapses each.
func limitEvents(b *testing.B, n, fan int) (*model, *sim.SpikeMonitor) {
	m := limitModel(b, n)
	in := m.inputs("5.7*Hz")
	p := m.neurons(n, "ge : volt")
	if fan > 0 {
		m.connect(in, p, "", fan, sim.OnPre("ge += 1.62*mV"))
	}
	return m, m.spikes(in)
}

func limitModel(b *testing.B, n int) *model {
	m, err := newModel(n, execution{threads: 1, seed: usualSeed})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// stepTime runs so many steps of 0.1 ms and gives the time they took, without planning.
func (m *model) stepTime(b *testing.B, steps int) time.Duration {
	if m.err != nil {
		b.Fatal(m.err)
	}
	_, took, err := m.run(float64(steps) * 1e-4)
	if err != nil {
		b.Fatal(err)
	}
	return took
}
