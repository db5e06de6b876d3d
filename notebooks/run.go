package notebooks

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/kernel"
)

// A Runner runs notebooks, one after the other, in one session.
type Runner struct {
	Interpreter kernel.Interpreter
	AllowErrors bool   // go on after a cell that fails
	Reader      Reader // its zero value shows nothing
	count       int    // the n of the last In[n]
	named       displays
}

// A Failure is the error of Run when cells failed that are not tagged raises-exception.
type Failure struct {
	Cells []string // a description of each
	First *kernel.CellError
}

func (f *Failure) Error() string {
	if len(f.Cells) == 1 {
		return fmt.Sprintf("%s failed with %s", f.Cells[0], f.First.Name)
	}
	return fmt.Sprintf("%d cells failed: %s", len(f.Cells), strings.Join(f.Cells, ", "))
}

// Unwrap gives the error of the first cell that failed.
func (f *Failure) Unwrap() error { return f.First }

// Run runs the code cells in order and stores their outputs in nb. It stops at a cell that fails unless the cell is
// tagged raises-exception or AllowErrors is set; the cells after it are left without outputs, which would be those of
// another run. The error is a *Failure when a cell failed, or says why the notebook cannot run at all.
func (r *Runner) Run(ctx context.Context, nb *Notebook) error {
	if language := nb.language(); language != "" && language != "go" {
		return fmt.Errorf("found a notebook of the language %s, expected go: golgi runs Go cells", language)
	}
	nb.metadata()["language_info"] = languageInfo()
	for _, cell := range nb.Cells {
		if cell.runs() {
			cell.forget()
		}
	}
	var failure Failure
	for i, cell := range nb.Cells {
		if !cell.runs() {
			continue
		}
		fault := r.runCell(ctx, cell)
		if fault == nil || cell.Tagged("raises-exception") && ctx.Err() == nil {
			continue
		}
		failure.Cells = append(failure.Cells, nb.describe(i))
		failure.First = first(failure.First, fault)
		if !r.AllowErrors || ctx.Err() != nil {
			break
		}
	}
	if failure.First != nil {
		return &failure
	}
	return nil
}

func first(a, b *kernel.CellError) *kernel.CellError {
	if a != nil {
		return a
	}
	return b
}

// runCell runs one cell and stores what it showed.
func (r *Runner) runCell(ctx context.Context, cell *Cell) *kernel.CellError {
	r.count++
	out := newRecorder(&r.Reader, &r.named)
	result, fault := r.evaluate(ctx, kernel.Cell{Source: cell.Source(), Count: r.count, ID: cell.ID()}, out)
	cell.setOutputs(out.close(result, fault, r.count))
	cell.fields["execution_count"] = number(r.count)
	return fault
}

// evaluate runs a cell in a goroutine of its own, so that neither its panic nor its runtime.Goexit ends the run.
func (r *Runner) evaluate(ctx context.Context, cell kernel.Cell, out kernel.Output) (result kernel.Result, fault *kernel.CellError) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		fault = &kernel.CellError{Name: "Exit", Value: "the cell ended its goroutine (runtime.Goexit) instead of returning"}
		defer func() {
			if p := recover(); p != nil {
				fault = &kernel.CellError{Name: "InternalError", Value: fmt.Sprintf("golgi itself failed at this cell: %v", p)}
			}
		}()
		value, err := r.Interpreter.Eval(ctx, cell, out)
		result, fault = value, cellError(err)
	}()
	<-done
	return result, fault
}

// cellError gives any error the form of a cell's.
func cellError(err error) *kernel.CellError {
	if err == nil {
		return nil
	}
	if fault, ok := errors.AsType[*kernel.CellError](err); ok {
		return fault
	}
	if errors.Is(err, context.Canceled) {
		return &kernel.CellError{Name: "Interrupted", Value: "the cell was stopped"}
	}
	return &kernel.CellError{Name: "Error", Value: err.Error()}
}

// languageInfo is what the kernel says of its language, and what clients therefore store.
func languageInfo() map[string]any {
	return map[string]any{
		"name":               "go",
		"version":            strings.TrimPrefix(runtime.Version(), "go"),
		"mimetype":           "text/x-go",
		"file_extension":     ".go",
		"pygments_lexer":     "go",
		"codemirror_mode":    "go",
		"nbconvert_exporter": "script",
	}
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
