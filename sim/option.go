package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// An Option changes how an object is made or run. Options may come in any order; an object refuses those it does not
// know.
type Option interface{ apply(*settings) error }

// settings are the options that were given to one object.
type settings struct {
	given      []string
	threshold  string
	reset      string
	refractory any
	method     string
	dt         float64
	order      *int
	when       string
	name       string
	namespace  Namespace
	resolve    Resolver
	events     Events
	pathways   []pathwaySpec
	delays     map[string]any
	rows       []int
	countOnly  bool
	connect    connectSpec
	period     units.Quantity
	event      string
	on         string
	multi      string
	report     func(Progress)
}

type option struct {
	name string
	set  func(*settings) error
}

func (o option) apply(s *settings) error {
	s.given = append(s.given, o.name)
	return o.set(s)
}

func with(name string, set func(*settings)) Option {
	return option{name, func(s *settings) error { set(s); return nil }}
}

// readOptions applies the options of a kind of object, which takes those listed.
func readOptions(kind string, options []Option, takes ...string) (*settings, error) {
	s := &settings{delays: map[string]any{}}
	for _, o := range options {
		if err := o.apply(s); err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
	}
	for _, name := range s.given {
		if !slices.Contains(takes, name) && name != "Name" && name != "Namespace" {
			return nil, fmt.Errorf("%s does not take %s: it takes %s", kind, name, strings.Join(append(takes, "Name", "Namespace"), ", "))
		}
	}
	return s, nil
}

// Threshold is the condition for a spike.
func Threshold(condition string) Option {
	return with("Threshold", func(s *settings) { s.threshold = condition })
}

// Reset is the code that runs for a neuron after its spike.
func Reset(code string) Option { return with("Reset", func(s *settings) { s.reset = code }) }

// Refractory is how long a neuron cannot spike again: a time, or a text that gives a time or a condition that holds
// meanwhile.
func Refractory(period any) Option {
	return with("Refractory", func(s *settings) { s.refractory = period })
}

// Method names the integrator.
func Method(name string) Option { return with("Method", func(s *settings) { s.method = name }) }

// Dt is the object's own step.
func Dt(dt units.Quantity) Option {
	return option{"Dt", func(s *settings) (err error) { s.dt, err = stepLength(dt); return err }}
}

// Order decides between objects of one slot: lower goes first, the default is 0.
func Order(n int) Option { return with("Order", func(s *settings) { s.order = &n }) }

// When is the slot of a step in which the object acts: start, groups, thresholds, synapses, resets, end, each also
// with before_ and after_.
func When(slot string) Option {
	return option{"When", func(s *settings) error { s.when = slot; _, err := slotNumber(slot); return err }}
}

// Name names the object.
func Name(name string) Option { return with("Name", func(s *settings) { s.name = name }) }

// Record lists the rows that a StateMonitor records; the default is all.
func Record(rows ...int) Option {
	return with("Record", func(s *settings) { s.rows = append([]int{}, rows...) })
}

// CountOnly makes a SpikeMonitor keep counts, but no times.
func CountOnly() Option { return with("CountOnly", func(s *settings) { s.countOnly = true }) }

// Events are further conditions of a group, by the name of the event.
type Events map[string]string

func (e Events) apply(s *settings) error {
	s.given, s.events = append(s.given, "Events"), e
	return nil
}

var second, _, _ = units.ParseDimension("second")

// asText is a text as it is, and a quantity or number as a text of the modelling language with the same bits.
func asText(x any) (string, error) {
	switch x := x.(type) {
	case string:
		return x, nil
	case units.Quantity:
		number := strconv.FormatFloat(x.SI(), 'g', -1, 64)
		if x.Dim().IsOne() {
			return number, nil
		}
		return number + "*" + x.Dim().String(), nil
	case units.Array:
		if x.Size() == 1 {
			return asText(units.New(x.SI()[0], x.Dim()))
		}
		return "", fmt.Errorf("found an array of %d values, expected one value or a text", x.Size())
	case float64, int:
		return fmt.Sprint(x), nil
	}
	return "", fmt.Errorf("found a %T, expected a quantity or a text", x)
}
