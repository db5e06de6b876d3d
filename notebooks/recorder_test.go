package notebooks

import (
	"context"
	"errors"
	"testing"

	"github.com/golgi-sim/golgi/kernel"
)

func TestTextOfAStreamIsOneOutputWhereItBegan(t *testing.T) {
	found := run(t, showing(func(out kernel.Output) {
		out.Stream("stdout", []byte("a\n"))
		out.Display(plain("picture"), "")
		out.Stream("stdout", []byte("b\xff\n"))
	}))
	expect(t, found, `[{"name":"stdout","output_type":"stream","text":"a\nb�\n"},`+
		`{"data":{"text/plain":"picture"},"metadata":{},"output_type":"display_data"}]`)
}

func TestStdoutStandsBeforeStderrBesideIt(t *testing.T) {
	found := run(t, showing(func(out kernel.Output) {
		out.Stream("stderr", []byte("e"))
		out.Stream("stdout", []byte("o"))
		out.Stream("stderr", []byte("f"))
	}))
	expect(t, found, `[{"name":"stdout","output_type":"stream","text":"o"},{"name":"stderr","output_type":"stream","text":"ef"}]`)
}

func TestTextBeforeACarriageReturnIsOverwritten(t *testing.T) {
	for _, c := range []struct{ written, kept string }{
		{"10%\r50%\r100%\n", "100%\n"},
		{"10%\r50%\r", "50%\r"},
		{"dos\r\nline\r\n", "dos\r\nline\r\n"},
		{"a\rb\nc\rd", "b\nd"},
		{"\n\r\n", "\n\r\n"},
	} {
		s := stream{output: output{}, text: []byte(c.written)}
		s.finish()
		if s.output["text"] != c.kept {
			t.Errorf("of %q found %q, expected %q", c.written, s.output["text"], c.kept)
		}
	}
}

func TestAnUpdateReplacesTheDisplayInPlace(t *testing.T) {
	interp := standIn{
		"show": func(_ context.Context, _ kernel.Cell, out kernel.Output) (kernel.Result, error) {
			out.Display(plain("10%"), "bar")
			out.Display(plain("after"), "")
			out.Update(plain("20%"), "bar")
			out.Update(plain("lost"), "unknown")
			return kernel.Result{}, nil
		},
		"update": func(_ context.Context, _ kernel.Cell, out kernel.Output) (kernel.Result, error) {
			out.Update(kernel.Bundle{Data: map[string]any{"text/html": "<b>100%</b>"}}, "bar")
			return kernel.Result{}, nil
		},
	}
	nb := book(t, "show", "update")
	if err := (&Runner{Interpreter: interp}).Run(context.Background(), nb); err != nil {
		t.Fatal(err)
	}
	expect(t, asJSON(t, nb.Cells[0].Outputs()), `[{"data":{"text/html":"\u003cb\u003e100%\u003c/b\u003e"},"metadata":{},"output_type":"display_data"},`+
		`{"data":{"text/plain":"after"},"metadata":{},"output_type":"display_data"}]`)
	expect(t, asJSON(t, nb.Cells[1].Outputs()), `[]`)
}

func TestClearWaitsForTheNextOutputWhenAsked(t *testing.T) {
	expect(t, run(t, showing(func(out kernel.Output) {
		out.Stream("stdout", []byte("old"))
		out.Clear(true)
	})), `[{"name":"stdout","output_type":"stream","text":"old"}]`)
	expect(t, run(t, showing(func(out kernel.Output) {
		out.Stream("stdout", []byte("old"))
		out.Clear(true)
		out.Stream("stdout", []byte("new"))
	})), `[{"name":"stdout","output_type":"stream","text":"new"}]`)
	expect(t, run(t, showing(func(out kernel.Output) {
		out.Display(plain("old"), "x")
		out.Clear(false)
		out.Update(plain("late"), "x")
	})), `[]`)
}

func TestBytesBecomeBase64AndMetadataStays(t *testing.T) {
	found := run(t, showing(func(out kernel.Output) {
		out.Display(kernel.Bundle{
			Data:     map[string]any{"image/png": []byte{0x89, 'P', 'N', 'G'}, "application/json": map[string]any{"x": []int{1, 2}}},
			Metadata: map[string]any{"image/png": map[string]any{"width": 3}},
		}, "")
	}))
	expect(t, found, `[{"data":{"application/json":{"x":[1,2]},"image/png":"iVBORw=="},"metadata":{"image/png":{"width":3}},"output_type":"display_data"}]`)
}

func TestErrorsAndResultsComeLast(t *testing.T) {
	nb := book(t, "fail", "6*7")
	interp := standIn{"fail": func(_ context.Context, _ kernel.Cell, out kernel.Output) (kernel.Result, error) {
		out.Stream("stdout", []byte("before\n"))
		return kernel.Result{}, &kernel.CellError{Name: "UnitError", Value: "no", Traceback: []string{"one", "two"}}
	}}
	err := (&Runner{Interpreter: interp, AllowErrors: true}).Run(context.Background(), nb)
	if _, ok := errors.AsType[*Failure](err); !ok {
		t.Errorf("found the error %v, expected a Failure", err)
	}
	expect(t, asJSON(t, nb.Cells[0].Outputs()), `[{"name":"stdout","output_type":"stream","text":"before\n"},`+
		`{"ename":"UnitError","evalue":"no","output_type":"error","traceback":["one","two"]}]`)
	expect(t, asJSON(t, nb.Cells[1].Outputs()), `[{"data":{"text/plain":"6*7"},"execution_count":2,"metadata":{},"output_type":"execute_result"}]`)
}

func TestOutputAfterTheEndOfItsCellIsNotKept(t *testing.T) {
	var kept kernel.Output
	nb := book(t, "cell", "late")
	interp := showing(func(out kernel.Output) { kept = out })
	interp["late"] = func(context.Context, kernel.Cell, kernel.Output) (kernel.Result, error) {
		kept.Stream("stdout", []byte("late"))
		kept.Display(plain("late"), "")
		kept.Clear(false)
		return kernel.Result{}, nil
	}
	if err := (&Runner{Interpreter: interp}).Run(context.Background(), nb); err != nil {
		t.Fatal(err)
	}
	expect(t, asJSON(t, nb.Cells[0].Outputs())+asJSON(t, nb.Cells[1].Outputs()), `[][]`)
}

func TestNobodyAnswersQuestions(t *testing.T) {
	run(t, showing(func(out kernel.Output) {
		if _, err := out.Input("name? ", false); !errors.Is(err, kernel.ErrNoInput) {
			t.Errorf("found %v, expected ErrNoInput", err)
		}
	}))
}
