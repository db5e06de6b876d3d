package cell

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"runtime/metrics"
	"strings"
	"sync"
	"time"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/units"
)

// A run is one cell while it executes, and later for the goroutines it left.
type run struct {
	out    kernel.Output
	cancel context.CancelFunc // of what the cell's native calls watch
	stop   chan struct{}      // closed when the cell has to stop
	once   sync.Once
	mu     sync.Mutex
	over   bool
	reason error // why it was stopped, where that was not the person
	shown  []any
}

func (r *run) halt(reason error) {
	r.once.Do(func() {
		r.mu.Lock()
		r.reason = reason
		r.mu.Unlock()
		close(r.stop)
		if r.cancel != nil {
			r.cancel()
		}
	})
}

func (r *run) halted() bool {
	select {
	case <-r.stop:
		return true
	default:
		return false
	}
}

// current is the run that the calling goroutine belongs to.
func (n *natives) current() *run {
	if r, ok := n.runs.Load(goroutine()); ok {
		return r.(*run)
	}
	return n.latest.Load()
}

// execute runs f as the cell r until it ends or is stopped. A cell that does not stop within patience, because it hangs
// in compiled code, is left behind.
func (in *Interpreter) execute(ctx context.Context, r *run, f func()) error {
	n := in.natives
	n.latest.Store(r)
	done := make(chan error, 1)
	go func() {
		id := goroutine()
		n.runs.Store(id, r)
		defer n.runs.Delete(id)
		done <- in.guarded(f)
	}()
	watch := time.NewTicker(20 * time.Millisecond)
	defer watch.Stop()
	stop := r.stop
	var patience <-chan time.Time
	for {
		select {
		case err := <-done:
			in.engine.resume()
			n.halted.Store(false)
			return in.outcome(r, err)
		case <-ctx.Done():
			r.halt(nil)
			ctx = context.Background()
		case <-stop:
			n.halted.Store(true)
			in.engine.halt()
			stop, patience = nil, time.After(in.patience)
		case <-watch.C:
			if stackBytes() > maxStack {
				r.halt(errDeep)
			}
		case <-patience:
			lost := in.abandon()
			n.halted.Store(false)
			if len(lost) > 0 {
				r.out.Stream("stderr", []byte("Warning: empty after this interrupt: "+strings.Join(lost, ", ")+"\n"))
			}
			return in.outcome(r, nil)
		}
	}
}

// outcome is what a run that ended with err gives: being stopped comes before everything.
func (in *Interpreter) outcome(r *run, err error) error {
	r.mu.Lock()
	r.over = true
	reason := r.reason
	r.mu.Unlock()
	if !r.halted() {
		return err
	}
	if reason != nil {
		return reason
	}
	return &kernel.CellError{Name: "Interrupted", Value: "the cell was stopped", Traceback: []string{red + bold + "Interrupted" + plain + ": the cell was stopped; its variables are as they were then"}}
}

const maxStack = 256 << 20

var errDeep = &kernel.CellError{Name: "Panic", Value: "a function calls itself without end",
	Traceback: []string{red + bold + "Panic" + plain + ": a function calls itself without end (the stack reached 256 MB)", "Hint: a recursive function needs a case that does not call itself"}}

// stackBytes is the memory that all stacks take.
func stackBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

// guarded calls f and turns a panic into the error of the cell.
func (in *Interpreter) guarded(f func()) (err error) {
	defer func() {
		if v := recover(); v != nil {
			line := in.engine.line
			if own, ok := in.natives.lines.Load(goroutine()); ok {
				line = own.(*int)
			}
			err = in.panicError(bare(v), token.Pos(*line))
		}
	}()
	f()
	return nil
}

// start runs f in a goroutine of the cell that asks for it. A panic there stops the cell, or is shown in its output
// when the cell is over.
func (in *Interpreter) start(f func()) {
	n := in.natives
	r := n.current()
	go func() {
		id := goroutine()
		n.runs.Store(id, r)
		defer n.runs.Delete(id)
		defer n.lines.Delete(id)
		err := in.guarded(f)
		if err == nil || r.halted() {
			return
		}
		r.mu.Lock()
		over := r.over
		r.mu.Unlock()
		if over {
			r.out.Stream("stderr", []byte("a goroutine of this cell stopped: "+err.Error()+"\n"))
			return
		}
		r.halt(err)
	}()
}

// panicError describes a panic at the statement where it happened.
func (in *Interpreter) panicError(v any, pos token.Pos) error {
	var cellError *kernel.CellError
	switch v := v.(type) {
	case stopped:
		return &kernel.CellError{Name: "Interrupted", Value: "the cell was stopped"}
	case exit:
		return in.session.failure("Exit", []problem{{pos: pos, message: fmt.Sprintf("a cell cannot end the kernel (os.Exit(%d))", v.code), hint: "return ends a cell early"}})
	case *opError:
		return in.session.failure(v.name(), []problem{{pos: v.pos, message: v.message(), hint: v.hint()}})
	case *units.Error:
		return in.session.failure("UnitError", []problem{{pos: pos, message: v.Message, hint: v.Hint}})
	case error:
		if errors.As(v, &cellError) {
			return cellError
		}
	}
	text := panicText(plainPanic(v))
	return in.session.failure("Panic", []problem{{pos: pos, message: text, hint: panicHint(text)}})
}

// panicHint says what to look for behind a panic whose text speaks of the machine.
func panicHint(text string) string {
	if strings.Contains(text, "nil pointer dereference") {
		return "a variable of this line is nil: it was declared, but nothing was assigned to it, as when the cell that makes it has failed"
	}
	return ""
}

// panicText prints the value of a panic as Go does.
func panicText(v any) string {
	switch v := v.(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	case string:
		return v
	}
	if b, ok := unbox(v); ok {
		return fmt.Sprintf("%v", b)
	}
	return fmt.Sprintf("%v", v)
}

// plainPanic turns the panics of reflection, on which the interpreter is built, into those of the language.
func plainPanic(v any) any {
	text := ""
	switch v := v.(type) {
	case string:
		text = v
	case error:
		text = v.Error()
	}
	switch {
	case !strings.Contains(text, "reflect"):
	case strings.Contains(text, "index out of range"):
		return runtimeError("runtime error: index out of range")
	case strings.Contains(text, "MakeSlice: negative len"):
		return runtimeError("runtime error: makeslice: len out of range")
	case strings.Contains(text, "MakeSlice"):
		return runtimeError("runtime error: makeslice: cap out of range")
	case strings.Contains(text, "out of bounds"):
		return runtimeError("runtime error: slice bounds out of range")
	case strings.Contains(text, "zero Value"), strings.Contains(text, "nil pointer"), strings.Contains(text, "nil function"), strings.Contains(text, "nil interface value"):
		return nilPointer{}
	}
	return v
}

// opError is a failure at an operator, with its place.
type opError struct {
	pos token.Pos
	err error
}

func (e *opError) Error() string { return e.err.Error() }
func (e *opError) Unwrap() error { return e.err }

func (e *opError) name() string {
	var u *units.Error
	if errors.As(e.err, &u) {
		return "UnitError"
	}
	return "Error"
}

func (e *opError) message() string {
	var u *units.Error
	if errors.As(e.err, &u) {
		return u.Message
	}
	return e.err.Error()
}

func (e *opError) hint() string {
	var u *units.Error
	if errors.As(e.err, &u) {
		return u.Hint
	}
	return ""
}
