package sim

import (
	"fmt"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// String says what the group is: its size and its equations.
func (g *NeuronGroup) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", g.label(), counted(g.rows, "neuron"))
	if method := g.Integrator(); method != "" {
		fmt.Fprintf(&b, ", integrated with %q", method)
	}
	b.WriteString(g.equationLines())
	for _, part := range [][2]string{{"threshold", g.threshold}, {"reset", g.reset}, {"refractory", g.refractory}} {
		if part[1] != "" {
			fmt.Fprintf(&b, "\n  %s: %s", part[0], strings.Join(strings.Fields(part[1]), " "))
		}
	}
	return b.String()
}

// LaTeX is the equations, typeset.
func (g *NeuronGroup) LaTeX() string { return g.equationsLaTeX() }

// String says what the synapses are: how many, between what, with which equations and code.
func (s *Synapses) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s from %s to %s", s.label(), counted(s.rows, "synapse"), s.source.Name(), s.target.Name())
	b.WriteString(s.equationLines())
	for _, p := range s.pathways {
		fmt.Fprintf(&b, "\n  on_%s: %s", p.name, strings.Join(strings.Fields(p.code), " "))
	}
	return b.String()
}

// LaTeX is the equations, typeset.
func (s *Synapses) LaTeX() string { return s.equationsLaTeX() }

func (p *Population) equationLines() string {
	text := strings.TrimSpace(p.eqs.String())
	if text == "" {
		return ""
	}
	return "\n  " + strings.ReplaceAll(text, "\n", "\n  ")
}

func (p *Population) equationsLaTeX() string {
	if len(p.eqs.List) == 0 {
		return ""
	}
	return p.eqs.LaTeX()
}

// String says how many inputs and spikes there are.
func (g *SpikeGeneratorGroup) String() string {
	return fmt.Sprintf("%s: %s, %s", g.label(), counted(g.rows, "input"), counted(len(g.times), "spike"))
}

// String names the group and the range.
func (s *Subgroup) String() string {
	return fmt.Sprintf("%s: neurons %d to %d of %s", s.Name(), s.of.lo, s.of.hi-1, s.of.p.label())
}

// String says what was recorded and how long.
func (m *StateMonitor) String() string {
	names := m.VariableNames()
	return fmt.Sprintf("%s %q: %s of %s of %s, %s", m.kind, m.name, strings.Join(names[:len(names)-1], ", "), counted(len(m.rows), "row"), m.source.Name(), span(m.recorder.Times))
}

// String says how many spikes there were.
func (m *SpikeMonitor) String() string {
	what := "spike"
	if m.event != "spike" {
		what = "event " + m.event
	}
	return fmt.Sprintf("%s %q: %s of %s", m.kind, m.name, counted(m.NumSpikes(), what), m.source.Name())
}

// String says what was recorded and how long.
func (m *PopulationRateMonitor) String() string {
	return fmt.Sprintf("%s %q: the rate of %s, %s", m.kind, m.name, m.source.Name(), span(m.log.Times))
}

// String lists the objects.
func (n *Network) String() string {
	names := make([]string, len(n.objects))
	for k, o := range n.objects {
		names[k] = o.Name()
	}
	return fmt.Sprintf("network at %v: %s", n.Time(), strings.Join(names, ", "))
}

// String says how many values there are and how far apart.
func (a *TimedArray) String() string {
	text := fmt.Sprintf("timed array: %s, %v apart", counted(a.rows, "value"), units.New(a.dt, second))
	if a.columns > 0 {
		text = fmt.Sprintf("timed array: %s of %d values, %v apart", counted(a.rows, "row"), a.columns, units.New(a.dt, second))
	}
	return text
}

func span(times []float64) string {
	if len(times) == 0 {
		return "nothing recorded yet"
	}
	return fmt.Sprintf("%s from %v to %v", counted(len(times), "sample"), units.New(times[0], second), units.New(times[len(times)-1], second))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	noun, rest, _ := strings.Cut(what, " ")
	return strings.TrimSpace(fmt.Sprintf("%d %ss %s", n, noun, rest))
}
