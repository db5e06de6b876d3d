package notebooks

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
)

var failing = standIn{
	"fail": func(context.Context, kernel.Cell, kernel.Output) (kernel.Result, error) {
		return kernel.Result{}, errors.New("no such thing")
	},
	"panic": func(context.Context, kernel.Cell, kernel.Output) (kernel.Result, error) { panic("boom") },
	"exit": func(context.Context, kernel.Cell, kernel.Output) (kernel.Result, error) {
		runtime.Goexit()
		return kernel.Result{}, nil
	},
}

// counts gives the execution counts of the cells, "-" for a cell that did not run.
func counts(nb *Notebook) string {
	var list []string
	for _, cell := range nb.Cells {
		if n, ok := cell.fields["execution_count"].(interface{ String() string }); ok {
			list = append(list, n.String())
		} else {
			list = append(list, "-")
		}
	}
	return strings.Join(list, " ")
}

func TestARunStopsAtTheFirstErrorAndKeepsWhatRan(t *testing.T) {
	nb := book(t, "1", "fail", "3")
	nb.Cells[2].setOutputs([]output{{"output_type": "stream", "name": "stdout", "text": "of an earlier run"}})
	err := (&Runner{Interpreter: failing}).Run(context.Background(), nb)
	if err == nil || err.Error() != "cell 2 (fail) failed with Error" {
		t.Errorf("found the error %v", err)
	}
	expect(t, counts(nb), "1 2 -")
	expect(t, asJSON(t, nb.Cells[2].Outputs()), "[]")
}

func TestAllowErrorsGoesOn(t *testing.T) {
	nb := book(t, "1", "fail", "panic", "exit", "5")
	err := (&Runner{Interpreter: failing, AllowErrors: true}).Run(context.Background(), nb)
	if err == nil || err.Error() != "3 cells failed: cell 2 (fail), cell 3 (panic), cell 4 (exit)" {
		t.Errorf("found the error %v", err)
	}
	expect(t, counts(nb), "1 2 3 4 5")
	for i, name := range map[int]string{1: "Error", 2: "InternalError", 3: "Exit"} {
		expect(t, text(nb.Cells[i].Outputs()[0]["ename"]), name)
	}
}

func TestACellTaggedRaisesExceptionMayFail(t *testing.T) {
	nb := book(t, "fail", "2")
	nb.Cells[0].fields["metadata"] = map[string]any{"tags": []any{"raises-exception"}}
	if err := (&Runner{Interpreter: failing}).Run(context.Background(), nb); err != nil {
		t.Error(err)
	}
	expect(t, counts(nb), "1 2")
}

func TestBlankAndSkippedAndOtherCellsAreNotRun(t *testing.T) {
	nb := book(t, "1", " \n", "fail", "fail", "5")
	nb.Cells[2].fields["metadata"] = map[string]any{"tags": []any{"skip-execution"}}
	nb.Cells[3].fields["cell_type"] = "markdown"
	if err := (&Runner{Interpreter: failing}).Run(context.Background(), nb); err != nil {
		t.Error(err)
	}
	expect(t, counts(nb), "1 - - - 2")
}

func TestAnInterruptEndsTheRunWhateverIsAllowed(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	nb := book(t, "wait", "2")
	interp := standIn{"wait": func(ctx context.Context, _ kernel.Cell, _ kernel.Output) (kernel.Result, error) {
		cancel()
		return kernel.Result{}, ctx.Err()
	}}
	nb.Cells[0].fields["metadata"] = map[string]any{"tags": []any{"raises-exception"}}
	err := (&Runner{Interpreter: interp, AllowErrors: true}).Run(ctx, nb)
	failure, ok := errors.AsType[*Failure](err)
	if !ok || failure.First.Name != "Interrupted" {
		t.Errorf("found the error %v, expected Interrupted", err)
	}
	expect(t, counts(nb), "1 -")
}

func TestCellsAreToldTheirCountAndID(t *testing.T) {
	nb := read(t, `{"nbformat": 4, "nbformat_minor": 5, "cells": [{"cell_type": "code", "id": "abc", "source": ["a\n", "b"]}]}`)
	interp := standIn{"a\nb": func(_ context.Context, c kernel.Cell, _ kernel.Output) (kernel.Result, error) {
		if c.Count != 1 || c.ID != "abc" || c.Silent {
			t.Errorf("found %+v", c)
		}
		return kernel.Result{}, nil
	}}
	if err := (&Runner{Interpreter: interp}).Run(context.Background(), nb); err != nil {
		t.Error(err)
	}
	expect(t, counts(nb), "1")
}

func TestANotebookOfAnotherLanguageIsRefused(t *testing.T) {
	nb := read(t, `{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "python3", "language": "python"}}, "cells": []}`)
	err := (&Runner{Interpreter: failing}).Run(context.Background(), nb)
	if err == nil || !strings.Contains(err.Error(), "found a notebook of the language python, expected go") {
		t.Errorf("found the error %v", err)
	}
}

func TestAReaderSeesTextValuesPicturesAndErrors(t *testing.T) {
	var seen strings.Builder
	interp := standIn{
		"show": func(_ context.Context, _ kernel.Cell, out kernel.Output) (kernel.Result, error) {
			out.Stream("stdout", []byte("no end"))
			out.Display(kernel.Bundle{Data: map[string]any{"image/png": []byte("PNG"), "text/plain": "figure: 1 panel\nmore"}}, "")
			out.Display(plain("10%"), "bar")
			out.Update(plain("100%"), "bar")
			out.Display(kernel.Bundle{Data: map[string]any{"text/html": "<b>"}}, "")
			return kernel.Result{}, nil
		},
		"fail": func(context.Context, kernel.Cell, kernel.Output) (kernel.Result, error) {
			return kernel.Result{}, &kernel.CellError{Name: "E", Value: "v", Traceback: []string{"\x1b[1;31mE\x1b[0m: v", "  ^"}}
		},
	}
	r := Runner{Interpreter: interp, Reader: Reader{To: &seen}}
	r.Run(context.Background(), book(t, "show", "50 mV", "two\nlines", "fail"))
	expect(t, seen.String(), "no end\nfigure: 1 panel\n(shown in a notebook: text/html)\n100%\nOut[2]: 50 mV\nOut[3]: \ntwo\nlines\nE: v\n  ^\n")
}
