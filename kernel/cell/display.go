package cell

import (
	"fmt"

	"github.com/golgi-sim/golgi/kernel"
)

// display makes the outputs of a cell's last expression.
func (in *Interpreter) display(values []any) *kernel.Bundle {
	if len(values) == 0 || len(values) == 1 && values[0] == nil {
		return nil
	}
	text := fmt.Sprint(values[0])
	for _, v := range values[1:] {
		text += " " + fmt.Sprint(v)
	}
	return &kernel.Bundle{Data: map[string]any{"text/plain": text}}
}
