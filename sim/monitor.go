package sim

import (
	"fmt"
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/units"
)

// A Group is what monitors record and synapses connect: a NeuronGroup or a part of one, an input, or synapses.
type Group interface {
	Object
	Len() int
	view() view
}

// A Monitor is what all monitors have: a source, a place in the step, and a step of their own if they were given one.
type Monitor struct {
	ws     *Workspace
	kind   string
	name   string
	source Group
	dt     float64 // own step [s], 0 for that of the source
	when   string
	order  int
}

func newMonitor(w *Workspace, kind string, source Group, s *settings, when string, order int) Monitor {
	m := Monitor{ws: w, kind: kind, name: w.nameFor(kind, s.name), source: source, dt: s.dt, when: when, order: order}
	if s.when != "" {
		m.when, m.order = s.when, 0
	}
	if s.order != nil {
		m.order = *s.order
	}
	return m
}

// Name is the name of the monitor.
func (m *Monitor) Name() string { return m.name }

// Source is the group that is recorded.
func (m *Monitor) Source() Group { return m.source }

// DependsOn lists the recorded group.
func (m *Monitor) DependsOn() []Object { return []Object{m.source} }

func (m *Monitor) clock(b *build) *engine.Clock {
	if m.dt > 0 {
		return b.clockFor(m.dt)
	}
	return b.clockOf(m.source.view().p)
}

func (m *Monitor) unknown(name string, known []string) error {
	hint := ""
	if near := lang.Nearest(name, known); near != "" {
		hint = fmt.Sprintf(": did you mean %s?", near)
	}
	return fmt.Errorf("%s %q has no %s%s", m.kind, m.name, name, hint)
}

// A StateMonitor records variables of some rows at regular times: by default all rows at every step, at its start.
type StateMonitor struct {
	Monitor
	variables []*variable
	rows      []int32 // absolute rows of the source
	recorder  engine.Recorder
}

// StateMonitor records the named variables of a group, all of them when none is named. Options are Record, Dt, When
// and Order.
func (w *Workspace) StateMonitor(source Group, variables []string, options ...Option) (*StateMonitor, error) {
	s, err := readOptions("StateMonitor", options, "Record", "Dt", "When", "Order")
	if err != nil {
		return nil, err
	}
	m := &StateMonitor{Monitor: newMonitor(w, "statemonitor", source, s, "start", 0)}
	v := source.view()
	if len(variables) == 0 {
		variables = v.p.recordable()
	}
	for _, name := range variables {
		found, err := v.variable(name)
		if err != nil {
			return nil, fmt.Errorf("StateMonitor: %w", err)
		}
		m.variables = append(m.variables, found)
		m.recorder.Traces = append(m.recorder.Traces, engine.Trace{})
	}
	var index any
	if s.rows != nil {
		index = s.rows
	}
	if m.rows, err = v.rows(index); err != nil {
		return nil, fmt.Errorf("StateMonitor: %w", err)
	}
	return m, nil
}

// recordable are the variables of the model, subexpressions included.
func (p *Population) recordable() []string {
	var names []string
	for _, equation := range p.checked.Equations.List {
		names = append(names, equation.Name)
	}
	return names
}

func (m *StateMonitor) build(b *build) error {
	v := m.source.view()
	clock := m.clock(b)
	m.recorder.Rows, m.recorder.Before, m.recorder.N = m.rows, nil, v.p.rows
	for k, found := range m.variables {
		trace := &m.recorder.Traces[k]
		trace.Single = found.shared
		c, call, err := b.source(v.p, found, ir.All)
		if err != nil {
			return err
		}
		trace.Source = c.data
		if call != nil {
			m.recorder.Before = append(m.recorder.Before, call)
		}
	}
	b.enter(m.name, clock, m.when, m.order, engine.KindMonitor, &m.recorder)
	b.reserve = append(b.reserve, recording{m.name, clock, len(m.rows), len(m.variables), m.recorder.Reserve})
	return nil
}

// source is the column to record a variable from, with the call that fills it first where it is computed on use.
func (b *build) source(p *Population, found *variable, domain ir.Domain) (*column, *engine.Call, error) {
	if found.column != nil {
		return found.column, nil, nil
	}
	c := newColumn(ir.Float64, p.rows)
	code, err := lower.Value(found.name, domain, lang.Variable(found.sym), p, c, ir.Float64)
	if err != nil {
		return nil, nil, p.fail(found.name, err)
	}
	call, err := b.call(code, p, "record "+found.name)
	return c, call, err
}

// VariableNames lists the recorded variables and t.
func (m *StateMonitor) VariableNames() []string {
	names := []string{}
	for _, v := range m.variables {
		names = append(names, v.name)
	}
	return append(names, "t")
}

// Read gives t, or a variable as an array with a row for each recorded row and a column for each sample.
func (m *StateMonitor) Read(name string) (units.Array, error) {
	if name == "t" {
		return units.NewArray(slices.Clone(m.recorder.Times), second), nil
	}
	k := slices.IndexFunc(m.variables, func(v *variable) bool { return v.name == name })
	if k < 0 {
		return units.Array{}, m.unknown(name, m.VariableNames())
	}
	v, trace := m.variables[k], m.recorder.Traces[k]
	rows, samples := len(m.rows), len(m.recorder.Times)
	data := make([]float64, rows*samples)
	for at := range data {
		row, sample := at/samples, at%samples
		if trace.Single { // one value for all rows
			data[at] = trace.Values[sample]
		} else {
			data[at] = trace.Values[sample*rows+row]
		}
	}
	return units.NewKind(data, v.sym.Dim, kindOf(v.sym.Type), rows, samples), nil
}

// ReadRow gives the samples of one recorded row of a variable; a negative k counts from the last. It costs the samples
// of that row alone.
func (m *StateMonitor) ReadRow(name string, k int) (units.Array, error) {
	at := slices.IndexFunc(m.variables, func(v *variable) bool { return v.name == name })
	if at < 0 || m.recorder.Traces[at].Single {
		all, err := m.Read(name)
		if err != nil {
			return all, err
		}
		return all.Get(k), nil
	}
	row, err := rowIn(k, len(m.rows))
	if err != nil {
		return units.Array{}, fmt.Errorf("%s %q: %w", m.kind, m.name, err)
	}
	values := m.recorder.Traces[at].Values
	data := make([]float64, 0, len(m.recorder.Times))
	for i := row; i < len(values); i += len(m.rows) {
		data = append(data, values[i])
	}
	return kinded(data, m.variables[at].sym)
}

// Of is the part of the monitor that recorded row i of the group.
func (m *StateMonitor) Of(i int) (*StateMonitorRow, error) {
	at := slices.Index(m.rows, int32(m.source.view().lo+i))
	if at < 0 {
		return nil, fmt.Errorf("%s %q did not record row %d", m.kind, m.name, i)
	}
	return &StateMonitorRow{m, at}, nil
}

// A StateMonitorRow is what a StateMonitor recorded of one row.
type StateMonitorRow struct {
	whole *StateMonitor
	at    int
}

// Name is the name of the monitor.
func (r *StateMonitorRow) Name() string { return r.whole.name }

// VariableNames lists the recorded variables and t.
func (r *StateMonitorRow) VariableNames() []string { return r.whole.VariableNames() }

// Read gives t, or the samples of a variable.
func (r *StateMonitorRow) Read(name string) (units.Array, error) {
	all, err := r.whole.Read(name)
	if err != nil || name == "t" {
		return all, err
	}
	return all.Row(min(r.at, all.Len()-1)), nil
}

// A SpikeMonitor notes the spikes of a group, or another event, with the values of variables at that moment.
type SpikeMonitor struct {
	Monitor
	event     string
	variables []*variable
	log       engine.SpikeLog
}

// SpikeMonitor records the spikes of a group and the named variables when it spikes. Options are CountOnly, When and
// Order.
func (w *Workspace) SpikeMonitor(source Group, variables []string, options ...Option) (*SpikeMonitor, error) {
	return w.eventMonitor("SpikeMonitor", source, "spike", variables, options)
}

// EventMonitor is a SpikeMonitor for another event of the group.
func (w *Workspace) EventMonitor(source Group, event string, variables []string, options ...Option) (*SpikeMonitor, error) {
	return w.eventMonitor("EventMonitor", source, event, variables, options)
}

func (w *Workspace) eventMonitor(kind string, source Group, event string, variables []string, options []Option) (*SpikeMonitor, error) {
	s, err := readOptions(kind, options, "CountOnly", "When", "Order")
	if err != nil {
		return nil, err
	}
	v := source.view()
	if v.p.events[event] == nil {
		return nil, fmt.Errorf("%s: %s", kind, v.p.noEvent(event))
	}
	when := "thresholds"
	if event != "spike" {
		when = "after_thresholds"
	}
	m := &SpikeMonitor{Monitor: newMonitor(w, map[string]string{"SpikeMonitor": "spikemonitor", "EventMonitor": "eventmonitor"}[kind], source, s, when, v.p.order+1), event: event}
	m.log = engine.SpikeLog{Lo: v.lo, Hi: v.hi, Counts: make([]int64, v.hi-v.lo), Sparse: s.countOnly}
	for _, name := range variables {
		found, err := v.variable(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
		m.variables = append(m.variables, found)
		m.log.Traces = append(m.log.Traces, engine.Trace{})
	}
	return m, nil
}

// noEvent says that a group never emits an event, and what it lacks.
func (p *Population) noEvent(event string) string {
	if event == "spike" {
		return fmt.Sprintf("%s has no threshold, so it never spikes: give it Threshold(…)", p.label())
	}
	return fmt.Sprintf("%s has no event %q: give it Events{%q: …}", p.label(), event, event)
}

func (m *SpikeMonitor) build(b *build) error {
	v := m.source.view()
	m.log.Spikes, m.log.Before = v.p.events[m.event], nil
	for k, found := range m.variables {
		c, call, err := b.source(v.p, found, ir.List)
		if err != nil {
			return err
		}
		m.log.Traces[k].Source, m.log.Traces[k].Single = c.data, found.shared
		if call != nil {
			m.log.Before = append(m.log.Before, call)
		}
	}
	b.enter(m.name, m.clock(b), m.when, m.order, engine.KindMonitor, &m.log)
	return nil
}

// VariableNames lists t, i and count, and the recorded variables.
func (m *SpikeMonitor) VariableNames() []string {
	names := []string{"t", "i", "count"}
	for _, v := range m.variables {
		names = append(names, v.name)
	}
	return append(names, "N")
}

// Read gives t and i, the times and rows of the spikes in their order, count, the number of spikes of each row, N, the
// number of all, or a recorded variable.
func (m *SpikeMonitor) Read(name string) (units.Array, error) {
	switch name {
	case "t":
		return units.NewArray(slices.Clone(m.log.Times), second), nil
	case "i":
		return units.NewKind(numbers(m.log.Rows), units.Dimension{}, units.Integer), nil
	case "count":
		return units.NewKind(numbers(m.log.Counts), units.Dimension{}, units.Integer), nil
	case "N":
		return units.NewKind([]float64{float64(m.NumSpikes())}, units.Dimension{}, units.Integer), nil
	}
	k := slices.IndexFunc(m.variables, func(v *variable) bool { return v.name == name })
	if k < 0 {
		return units.Array{}, m.unknown(name, m.VariableNames())
	}
	return kinded(slices.Clone(m.log.Traces[k].Values), m.variables[k].sym)
}

func numbers[T int32 | int64](x []T) []float64 {
	out := make([]float64, len(x))
	for k, n := range x {
		out[k] = float64(n)
	}
	return out
}

// NumSpikes is the number of all spikes.
func (m *SpikeMonitor) NumSpikes() int {
	n := int64(0)
	for _, count := range m.log.Counts {
		n += count
	}
	return int(n)
}

// SpikeTrains are the spike times of each row.
func (m *SpikeMonitor) SpikeTrains() []units.Array {
	times := make([][]float64, len(m.log.Counts))
	for k, row := range m.log.Rows {
		times[row] = append(times[row], m.log.Times[k])
	}
	trains := make([]units.Array, len(times))
	for row := range times {
		trains[row] = units.NewArray(times[row], second)
	}
	return trains
}
