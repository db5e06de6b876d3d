package cell

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// abandon leaves an interpreter behind whose cell hangs in compiled code, and goes on with a new one that knows what the
// old one knew. The old one stays halted: what still runs there ends as soon as it comes back to the cell. Variables
// whose value holds functions of the cell keep those of the old interpreter, which do nothing any more; variables whose
// type leads back to itself cannot be carried over and are empty. It gives the names of the latter.
func (in *Interpreter) abandon() (lost []string) {
	old, n := in.engine, in.natives
	e, err := newEngine(n, in.options.Restricted)
	if err != nil {
		return nil
	}
	for _, path := range slices.Sorted(maps.Keys(in.session.inner)) {
		if old.loaded[path] {
			_ = e.load(path, in.session.inner[path])
		}
	}
	var words []string
	for name := range old.loaded {
		if word, ok := strings.CutPrefix(name, "unit "); ok {
			words = append(words, word)
		}
	}
	_ = e.give(words, slices.Collect(maps.Keys(in.session.literals)))
	for _, text := range old.texts {
		_ = e.eval(text)
	}
	n.mu.Lock()
	before := n.globals
	n.globals = map[string]reflect.Value{}
	n.mu.Unlock()
	for _, name := range old.setups {
		if f, err := e.function(name); err == nil {
			_ = in.guarded(f)
		}
	}
	e.texts, e.setups = old.texts, old.setups
	in.engine = e
	return n.carry(before)
}

// carry gives the variables of a new interpreter the values of an old one.
func (n *natives) carry(before map[string]reflect.Value) (lost []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, e := range n.session.entries {
		from, to := before[e.inner], n.globals[e.inner]
		if e.kind != variable || !from.IsValid() || !to.IsValid() {
			continue
		}
		if from.Type() != to.Type() {
			lost = append(lost, e.name)
			continue
		}
		to.Elem().Set(from.Elem())
	}
	slices.Sort(lost)
	return lost
}
