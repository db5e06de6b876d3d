package kernel

import (
	"errors"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// ErrNoInput is what Output.Input gives where the front end cannot ask anybody.
var ErrNoInput = errors.New("this front end cannot ask for input")

// content gives the fields that an error has in a reply and on iopub.
func (e *CellError) content() map[string]any {
	traceback := make([]string, 0, len(e.Traceback))
	for _, line := range e.Traceback {
		traceback = append(traceback, wire.Repair([]byte(line)))
	}
	if len(traceback) == 0 {
		traceback = []string{"\x1b[1;31m" + e.Name + "\x1b[0m: " + wire.Repair([]byte(e.Value))}
	}
	return map[string]any{"ename": e.Name, "evalue": e.Value, "traceback": traceback}
}
