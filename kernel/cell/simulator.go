package cell

import (
	"context"
	"reflect"
	"slices"
	"sync"

	"github.com/golgi-sim/golgi/kernel"
	voc "github.com/golgi-sim/golgi/kernel/session"
	"github.com/golgi-sim/golgi/units"
)

// Simulator is the vocabulary of the simulator and its plots.
func Simulator(host Host) Vocabulary {
	v := &simulator{host: host, known: map[string]bool{}}
	v.words = voc.New(v)
	return v
}

// A simulator joins a session's words with the interpreter.
type simulator struct {
	host  Host
	words *voc.Session

	mu    sync.Mutex
	known map[string]bool // displays that can be replaced
}

func (v *simulator) Symbols() map[string]reflect.Value { return v.words.Symbols() }

func (v *simulator) BeginCell(ctx context.Context, c kernel.Cell) {
	v.words.BeginCell(ctx, c.Count, c.ID, c.Source)
}

func (v *simulator) EndCell(shown []any) (figures []any) {
	for _, f := range v.words.EndCell() {
		if !slices.Contains(shown, any(f)) {
			figures = append(figures, f)
		}
	}
	return figures
}

func (v *simulator) Keep(value any) { v.words.Keep(value) }

func (v *simulator) Remember(object any, name string, a units.Array) {
	v.words.Remember(object, name, a)
}

// Show implements session.Host.
func (v *simulator) Show(value any) { v.host.Output().Display(v.host.Bundle(value), "") }

// ShowAs implements session.Host.
func (v *simulator) ShowAs(id string, value any) {
	v.mu.Lock()
	known := v.known[id]
	v.known[id] = true
	v.mu.Unlock()
	if b := v.host.Bundle(value); known {
		v.host.Output().Update(b, id)
	} else {
		v.host.Output().Display(b, id)
	}
}

// Clear implements session.Host.
func (v *simulator) Clear(wait bool) { v.host.Output().Clear(wait) }

// Stream implements session.Host.
func (v *simulator) Stream(name, text string) { v.host.Output().Stream(name, []byte(text)) }

// Locals implements session.Host.
func (v *simulator) Locals() []voc.Variable { return translated(v.host.Locals()) }

// Lookup implements session.Host.
func (v *simulator) Lookup(name string) (any, bool) { return v.host.Lookup(name) }

// Globals implements session.Host.
func (v *simulator) Globals() []voc.Variable { return translated(v.host.Globals()) }

func translated(list []Variable) []voc.Variable {
	out := make([]voc.Variable, len(list))
	for i, x := range list {
		out[i] = voc.Variable(x)
	}
	return out
}
