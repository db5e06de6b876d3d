package cell

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// display makes the output of a cell's last expression.
func display(values []any) *kernel.Bundle {
	if len(values) == 0 || len(values) == 1 && values[0] == nil {
		return nil
	}
	if len(values) == 1 {
		b := kernel.DisplayBundle(faced(values[0]))
		nameOpaque(&b, values[0])
		return &b
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return &kernel.Bundle{Data: map[string]any{"text/plain": strings.Join(texts, " ")}}
}

// nameOpaque shows an object of the simulator that has no text of its own by its name, and a function by its type.
func nameOpaque(b *kernel.Bundle, v any) {
	text, _ := b.Data["text/plain"].(string)
	if t := reflect.TypeOf(v); t != nil && t.Kind() == reflect.Func {
		b.Data["text/plain"] = t.String()
	}
	if n, ok := v.(interface{ Name() string }); ok && strings.HasPrefix(text, "&{") {
		b.Data["text/plain"] = n.Name()
	}
}

// A face shows a value of a cell's own type through the methods that the type has.
type face struct{ symbols.Box }

func faced(v any) any {
	if b, ok := unbox(v); ok {
		return face{b}
	}
	return v
}

func (f face) String() string   { return fmt.Sprint(f.Box) }
func (f face) HTML() string     { return said[string](f, "HTML") }
func (f face) Markdown() string { return said[string](f, "Markdown") }
func (f face) LaTeX() string    { return said[string](f, "LaTeX") }
func (f face) SVG() []byte      { return said[[]byte](f, "SVG") }
func (f face) PNG() []byte      { return said[[]byte](f, "PNG") }

// said calls a method without parameters, if the type has it.
func said[T any](f face, name string) (v T) {
	if m, ok := f.Kind.Method(name).(func(any) T); ok {
		return m(f.Held)
	}
	return v
}
