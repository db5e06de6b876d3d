package notebooks

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
)

// A standIn runs cells whose source is the name of one of its functions.
type standIn map[string]func(ctx context.Context, cell kernel.Cell, out kernel.Output) (kernel.Result, error)

func (s standIn) Eval(ctx context.Context, cell kernel.Cell, out kernel.Output) (kernel.Result, error) {
	if f, ok := s[cell.Source]; ok {
		return f(ctx, cell, out)
	}
	return value(cell.Source), nil
}
func (standIn) Complete(string, int) kernel.Completion         { return kernel.Completion{} }
func (standIn) Inspect(string, int, int) (kernel.Bundle, bool) { return kernel.Bundle{}, false }
func (standIn) IsComplete(string) kernel.Status                { return kernel.Status{} }
func plain(text string) kernel.Bundle                          { return kernel.Bundle{Data: map[string]any{"text/plain": text}} }
func value(text string) kernel.Result                          { b := plain(text); return kernel.Result{Value: &b} }
func showing(show func(out kernel.Output)) standIn {
	return standIn{"cell": func(_ context.Context, _ kernel.Cell, out kernel.Output) (kernel.Result, error) {
		show(out)
		return kernel.Result{}, nil
	}}
}

// book makes a notebook of code cells.
func book(t *testing.T, sources ...string) *Notebook {
	t.Helper()
	cells := []any{}
	for _, source := range sources {
		cells = append(cells, map[string]any{"cell_type": "code", "source": source, "metadata": map[string]any{}, "outputs": []any{}})
	}
	file, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	return read(t, string(file))
}

func read(t *testing.T, file string) *Notebook {
	t.Helper()
	nb, err := Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return nb
}

// run runs a notebook of one cell named "cell" and gives its outputs as JSON, keys sorted.
func run(t *testing.T, interp standIn) string {
	t.Helper()
	nb := book(t, "cell")
	if err := (&Runner{Interpreter: interp}).Run(context.Background(), nb); err != nil {
		t.Fatal(err)
	}
	return asJSON(t, nb.Cells[0].Outputs())
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func written(t *testing.T, nb *Notebook) string {
	t.Helper()
	var b strings.Builder
	if err := nb.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func expect(t *testing.T, found, expected string) {
	t.Helper()
	if found != expected {
		t.Errorf("found    %s\nexpected %s", found, expected)
	}
}
