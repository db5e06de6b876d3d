package sim_test

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// A referenceModel is the model of a case, made with the public calls of the package.
type referenceModel struct {
	text    *referenceCase
	net     *sim.Network
	names   *externalNames
	objects map[string]sim.Object
}

// externalNames are the constants and timed arrays of a case, which a script may change between runs.
type externalNames struct{ values map[string]any }

func (e *externalNames) Resolve(name string) (any, bool) {
	value, ok := e.values[name]
	return value, ok
}

func (e *externalNames) Names() []string {
	var names []string
	for name := range e.values {
		names = append(names, name)
	}
	return names
}

func (e *externalNames) setConstants(texts map[string]string) error {
	for name, text := range texts {
		q, err := units.Parse(text)
		if err != nil {
			return fmt.Errorf("namespace %s: %w", name, err)
		}
		e.values[name] = q
	}
	return nil
}

func (e *externalNames) setTimedArrays(texts map[string]timedArrayText) error {
	for name, text := range texts {
		a, err := text.array()
		if err != nil {
			return fmt.Errorf("timed array %s: %w", name, err)
		}
		e.values[name] = a
	}
	return nil
}

func (t timedArrayText) array() (*sim.TimedArray, error) {
	unit, err := units.Parse(cmp.Or(t.Unit, "1"))
	if err != nil {
		return nil, err
	}
	dt, err := units.Parse(t.Dt)
	if err != nil {
		return nil, err
	}
	table, isTable := t.Values.value.([][]float64)
	if !isTable {
		table = [][]float64{t.Values.value.([]float64)}
	}
	var data []float64
	for _, row := range table {
		for _, x := range row {
			data = append(data, x*unit.SI())
		}
	}
	shape := []int{len(data)}
	if isTable {
		shape = []int{len(table), len(table[0])}
	}
	return sim.NewTimedArray(units.NewArray(data, unit.Dim(), shape...), dt)
}

// makeModel makes all objects of a case with a seed, in the order of the format. The network may be prepared first.
func makeModel(c *referenceCase, seed int, prepare ...func(*sim.Network)) (*referenceModel, error) {
	m := &referenceModel{text: c, net: sim.NewNetwork(), names: &externalNames{map[string]any{}}, objects: map[string]sim.Object{}}
	m.net.Seed(seed)
	for _, f := range prepare {
		f(m.net)
	}
	for _, stage := range []func() error{
		m.makeNames, m.makeGroups, m.fillGroups, m.makeSubgroups, m.makeSynapses, m.makePoissonInputs, m.makeMonitors,
	} {
		if err := stage(); err != nil {
			return m, err
		}
	}
	return m, nil
}

func (m *referenceModel) makeNames() error {
	if err := m.setDt(m.text.Dt); err != nil {
		return err
	}
	if err := m.names.setConstants(m.text.Namespace); err != nil {
		return err
	}
	return m.names.setTimedArrays(m.text.TimedArrays)
}

func (m *referenceModel) setDt(text string) error {
	dt, err := units.Parse(text)
	if err != nil {
		return err
	}
	return m.net.DefaultDt(dt)
}

// options are the options that all kinds of objects have in common.
func (m *referenceModel) options(name, dt string, order *int) ([]sim.Option, error) {
	options := []sim.Option{sim.Name(name)}
	if order != nil {
		options = append(options, sim.Order(*order))
	}
	if dt != "" {
		step, err := units.Parse(dt)
		if err != nil {
			return nil, err
		}
		options = append(options, sim.Dt(step))
	}
	return options, nil
}

// keep remembers an object by name and puts it into the network.
func (m *referenceModel) keep(name string, o sim.Object, err error) error {
	if err != nil {
		return err
	}
	m.net.Add(o)
	m.objects[name] = o
	return nil
}

func (m *referenceModel) group(name string) (sim.Group, error) {
	if g, ok := m.objects[name].(sim.Group); ok {
		return g, nil
	}
	return nil, fmt.Errorf("the case has no group %q", name)
}

func (m *referenceModel) makeGroups() error {
	for _, g := range m.text.Groups {
		if err := m.makeGroup(g); err != nil {
			return err
		}
		if err := m.makeRegular(g.Name, g.RunRegularly); err != nil {
			return err
		}
	}
	return nil
}

func (m *referenceModel) makeGroup(g groupText) error {
	options, err := m.options(g.Name, g.Dt, g.Order)
	if err != nil {
		return err
	}
	options = append(options, sim.Resolve(m.names))
	switch g.Kind {
	case "", "neurons":
		return m.makeNeurons(g, options)
	case "spike_generator":
		return m.makeGenerator(g, options)
	case "poisson":
		rates := g.Rates.value
		if list, ok := rates.([]float64); ok {
			rates = units.NewArray(list, dimension("hertz"))
		}
		made, err := m.net.PoissonGroup(g.N, rates, options...)
		return m.keep(g.Name, made, err)
	}
	return fmt.Errorf("no kind of group %q", g.Kind)
}

func (m *referenceModel) makeNeurons(g groupText, options []sim.Option) error {
	for _, given := range []struct {
		text   string
		option sim.Option
	}{{g.Threshold, sim.Threshold(g.Threshold)}, {g.Reset, sim.Reset(g.Reset)}, {g.Refractory, sim.Refractory(g.Refractory)}, {g.Method, sim.Method(g.Method)}} {
		if given.text != "" {
			options = append(options, given.option)
		}
	}
	if g.Events != nil {
		options = append(options, sim.Events(g.Events))
	}
	made, err := m.net.NeuronGroup(g.N, g.Model, options...)
	if err != nil {
		return err
	}
	for _, on := range g.RunOnEvent {
		if err := made.RunOnEvent(on.name, on.value.text()); err != nil {
			return err
		}
	}
	return m.keep(g.Name, made, nil)
}

func (m *referenceModel) makeGenerator(g groupText, options []sim.Option) error {
	if g.Period != "" {
		period, err := units.Parse(g.Period)
		if err != nil {
			return err
		}
		options = append(options, sim.Period(period))
	}
	made, err := m.net.SpikeGeneratorGroup(g.N, g.Indices, units.NewArray(g.Times, dimension("second")), options...)
	return m.keep(g.Name, made, err)
}

// regular are the objects that can run code at regular times.
type regular interface {
	RunRegularly(code string, options ...sim.Option) (*sim.RegularOperation, error)
}

func (m *referenceModel) makeRegular(of string, list []regularText) error {
	for _, text := range list {
		var options []sim.Option
		if text.Order != nil {
			options = append(options, sim.Order(*text.Order))
		}
		if text.When != "" {
			options = append(options, sim.When(text.When))
		}
		if text.Dt != "" {
			dt, err := units.Parse(text.Dt)
			if err != nil {
				return err
			}
			options = append(options, sim.Dt(dt))
		}
		if _, err := m.objects[of].(regular).RunRegularly(text.Code, options...); err != nil {
			return err
		}
	}
	return nil
}

// fillGroups links variables and sets initial values.
func (m *referenceModel) fillGroups() error {
	for _, g := range m.text.Groups {
		for variable, link := range g.Linked {
			source, name, _ := strings.Cut(link.Of, ".")
			of, err := m.group(source)
			if err != nil {
				return err
			}
			index := link.Index.value
			if list, ok := index.([]float64); ok {
				index = wholeNumbers(list)
			}
			if err := linkVariable(m.objects[g.Name].(*sim.NeuronGroup), variable, of, name, index); err != nil {
				return err
			}
		}
		if err := m.assign(g.Name, g.Init, nil); err != nil {
			return err
		}
	}
	return nil
}

func wholeNumbers(list []float64) []int {
	whole := make([]int, len(list))
	for k, x := range list {
		whole[k] = int(x)
	}
	return whole
}

func dimension(unit string) units.Dimension {
	d, _, err := units.ParseDimension(unit)
	if err != nil {
		panic(err)
	}
	return d
}

// assign sets variables of an object to a text, or to SI numbers in the unit of the variable.
func (m *referenceModel) assign(object string, values assignments, index any) error {
	w, ok := m.objects[object].(sim.Writable)
	if len(values) > 0 && !ok {
		return fmt.Errorf("%q has no variables to write", object)
	}
	for _, a := range values {
		value := a.value.value
		if _, isText := value.(string); !isText {
			old, err := w.Read(a.name)
			if err != nil {
				return err
			}
			value = numbersLike(old, value)
		}
		if err := w.Write(a.name, index, value); err != nil {
			return err
		}
	}
	return nil
}

// numbersLike gives numbers the unit of another array.
func numbersLike(old units.Array, value any) any {
	if x, ok := value.(float64); ok {
		return units.New(x, old.Dim())
	}
	return units.NewArray(value.([]float64), old.Dim())
}

func (m *referenceModel) makeSubgroups() error {
	for _, s := range m.text.Subgroups {
		whole, ok := m.objects[s.Of].(interface {
			Subgroup(lo, hi int) (*sim.Subgroup, error)
		})
		if !ok {
			return fmt.Errorf("%q has no subgroups", s.Of)
		}
		part, err := whole.Subgroup(s.Start, s.Stop)
		if err != nil {
			return err
		}
		m.objects[s.Name] = part
	}
	return nil
}

func (m *referenceModel) makePoissonInputs() error {
	for _, p := range m.text.PoissonInputs {
		target, err := m.group(p.Target)
		if err != nil {
			return err
		}
		in, err := m.net.PoissonInput(target, p.Variable, p.N, p.Rate, p.Weight, sim.Name(p.Name))
		if err := m.keep(p.Name, in, err); err != nil {
			return err
		}
	}
	return nil
}

func (m *referenceModel) makeMonitors() error {
	for _, text := range m.text.Monitors {
		if err := m.makeMonitor(text); err != nil {
			return err
		}
	}
	return nil
}

func (m *referenceModel) makeMonitor(text monitorText) error {
	of, err := m.group(text.Of)
	if err != nil {
		return err
	}
	options, err := m.options(text.Name, text.Dt, text.Order)
	if err != nil {
		return err
	}
	if text.When != "" {
		options = append(options, sim.When(text.When))
	}
	var made sim.Object
	switch text.Kind {
	case "state":
		if text.Rows != nil && text.Rows.list != nil {
			options = append(options, sim.Record(text.Rows.list...))
		}
		made, err = m.net.StateMonitor(of, text.Variables, options...)
	case "spike":
		if text.Store == "count" {
			options = append(options, sim.CountOnly())
		}
		made, err = m.net.SpikeMonitor(of, text.Variables, options...)
	case "event":
		made, err = m.net.EventMonitor(of, text.Event, text.Variables, options...)
	case "rate":
		made, err = m.net.PopulationRateMonitor(of, options...)
	default:
		err = fmt.Errorf("no kind of monitor %q", text.Kind)
	}
	return m.keep(text.Name, made, err)
}

// run takes the steps of the script.
func (m *referenceModel) run() error {
	for _, step := range m.text.Script {
		if err := m.take(step); err != nil {
			return err
		}
	}
	return nil
}

func (m *referenceModel) take(step stepText) error {
	switch {
	case step.Run != nil:
		duration, err := units.Parse(*step.Run)
		if err != nil {
			return err
		}
		return m.net.Run(context.Background(), duration)
	case step.Set != nil:
		return m.set(step)
	case step.Namespace != nil:
		return m.names.setConstants(step.Namespace)
	case step.TimedArray != nil:
		return m.names.setTimedArrays(step.TimedArray)
	case step.Store != nil:
		return m.net.Store(*step.Store)
	case step.Restore != nil:
		return m.net.Restore(*step.Restore)
	case step.Dt != nil:
		return m.setDt(*step.Dt)
	}
	return fmt.Errorf("a step of the script does nothing")
}

// set writes "Group.var" or "Syn.pathway.delay", in the rows where a condition holds.
func (m *referenceModel) set(step stepText) error {
	var index any
	if step.Where != "" {
		index = step.Where
	}
	for _, a := range step.Set {
		object, name, _ := strings.Cut(a.name, ".")
		if err := m.assign(object, assignments{{name, a.value}}, index); err != nil {
			return err
		}
	}
	return nil
}
