package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// executeContent is the content of an execute_request; absent fields have the defaults of the protocol.
type executeContent struct {
	Code        string            `json:"code"`
	Silent      bool              `json:"silent"`
	Store       *bool             `json:"store_history"`
	Expressions map[string]string `json:"user_expressions"`
	AllowStdin  *bool             `json:"allow_stdin"`
	StopOnError *bool             `json:"stop_on_error"`
}

func orTrue(b *bool) bool { return b == nil || *b }

// An execution is an execute_request on its way.
type execution struct {
	*request
	content executeContent
	ctx     context.Context
	out     *output
	count   int
	started time.Time
	result  Result
	fault   *CellError
}

// executeAll is the executor: it runs the cells one after the other until the queue closes.
func (s *server) executeAll() {
	for {
		r, ok := s.queue.take()
		if !ok {
			return
		}
		s.serve(r, (*server).execute)
		s.history.save()
	}
}

// execute runs one cell, or answers that it is aborted.
func (s *server) execute(r *request) {
	ctx, cancel, interrupted := s.interrupts.begin(r.arrived)
	if interrupted != nil || s.abort.reaches(r) {
		r.send(map[string]any{"status": "aborted", "execution_count": s.count}, nil)
		return
	}
	defer cancel()
	s.abort = failure{}
	x := &execution{request: r, ctx: ctx, started: time.Now()}
	if !r.read(&x.content) {
		x.fault = &CellError{Name: "BadRequest", Value: "the front end sent an execute_request that cannot be read"}
	}
	s.announce(x)
	if x.fault == nil && strings.TrimSpace(x.content.Code) != "" {
		x.result, x.fault = s.evaluate(x, x.content.Code, x.out)
	}
	stopped := x.fault != nil && !x.content.Silent && orTrue(x.content.StopOnError)
	if stopped {
		s.hold(r)
	}
	if stopped || ctx.Err() != nil {
		s.abort = newFailure(r)
	}
	s.answer(x)
}

// announce counts the cell and says that it runs.
func (s *server) announce(x *execution) {
	if x.stored() {
		s.count++
	}
	x.count = s.count
	x.out = newOutput(s, x)
	if !x.content.Silent {
		s.publisher.publish(s.message("execute_input", x.request, map[string]any{"code": x.content.Code, "execution_count": x.count}))
	}
	if s.warning != "" && !x.content.Silent {
		x.out.Stream("stderr", []byte(s.warning))
		s.warning = ""
	}
}

// stored reports whether the cell gets a number and a place in the history.
func (x *execution) stored() bool {
	return !x.content.Silent && orTrue(x.content.Store) && strings.TrimSpace(x.content.Code) != ""
}

// evaluate runs source in a goroutine of its own, so that neither a panic nor the end of that goroutine reaches the
// executor, and returns when it has stopped.
func (s *server) evaluate(x *execution, source string, out Output) (result Result, fault *CellError) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		fault = &CellError{Name: "Exit", Value: "the cell ended its goroutine (runtime.Goexit) instead of returning"}
		defer func() {
			if p := recover(); p != nil {
				s.note("panic in a cell: %v\n%s", p, debug.Stack())
				fault = &CellError{Name: "InternalError", Value: fmt.Sprintf("golgi itself failed at this cell: %v", p)}
			}
		}()
		cell := Cell{Source: source, Count: x.count, ID: x.cellID(), Silent: x.content.Silent}
		value, err := s.interp.Eval(x.ctx, cell, out)
		result, fault = value, cellError(err)
	}()
	<-done
	return result, fault
}

// cellError gives any error the form of a cell's.
func cellError(err error) *CellError {
	if err == nil {
		return nil
	}
	if fault, ok := errors.AsType[*CellError](err); ok {
		return fault
	}
	if errors.Is(err, context.Canceled) {
		return &CellError{Name: "Interrupted", Value: "the cell was stopped"}
	}
	return &CellError{Name: "Error", Value: err.Error()}
}

// cellID gives the cell's id in its notebook, where the front end says it.
func (x *execution) cellID() string {
	var metadata struct {
		CellID string `json:"cellId"` // JupyterLab
		Other  string `json:"cell_id"`
	}
	json.Unmarshal(x.Metadata, &metadata)
	if metadata.CellID != "" {
		return metadata.CellID
	}
	return metadata.Other
}

// answer shows the outcome, remembers it and replies.
func (s *server) answer(x *execution) {
	reply := map[string]any{"status": "ok", "execution_count": x.count}
	if x.fault == nil {
		reply["user_expressions"] = s.expressions(x)
		reply["payload"] = payload(x.result)
	}
	x.out.finish()
	if x.fault != nil {
		content := x.fault.content()
		x.out.show("error", content, "")
		for key, value := range content {
			reply[key] = value
		}
		reply["status"] = "error"
	} else if x.result.Value != nil {
		content := bundleContent(*x.result.Value)
		content["execution_count"] = x.count
		x.out.show("execute_result", content, "")
	}
	if x.stored() {
		s.history.add(x.count, x.content.Code, plainText(x.result.Value))
	}
	x.send(reply, map[string]any{"started": x.started.UTC().Format("2006-01-02T15:04:05.000000Z")})
}

func payload(r Result) []map[string]any {
	if r.Payload == nil {
		return []map[string]any{}
	}
	return r.Payload
}

// expressions evaluates the user_expressions, which show nothing.
func (s *server) expressions(x *execution) map[string]any {
	values := map[string]any{}
	for name, source := range x.content.Expressions {
		result, fault := s.evaluate(x, source, discard{})
		switch {
		case fault != nil:
			content := fault.content()
			content["status"] = "error"
			values[name] = content
		case result.Value == nil:
			values[name] = map[string]any{"status": "ok", "data": map[string]any{}, "metadata": map[string]any{}}
		default:
			content := bundleContent(*result.Value)
			content["status"] = "ok"
			values[name] = content
		}
	}
	return values
}
