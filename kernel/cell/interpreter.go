package cell

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// Options say what an interpreter may do and which words it knows.
type Options struct {
	Restricted bool                  // no shell, no os/exec, syscall, unsafe, net
	Vocabulary func(Host) Vocabulary // makes the words of the session; nil for those of the simulator
}

// An Interpreter runs the cells of one session. It implements kernel.Interpreter.
type Interpreter struct {
	running  sync.Mutex // held while a cell or a callback runs: the interpreter does one thing at a time
	mu       sync.Mutex // held while a cell is prepared, and by completion and inspection
	session  *session
	engine   *engine
	natives  *natives
	options  Options
	patience time.Duration // how long a stopped cell may stay in compiled code
	done     []string      // cells that ran without error
}

var _ kernel.Interpreter = (*Interpreter)(nil)

// New starts a session.
func New(options Options) (*Interpreter, error) {
	in := &Interpreter{options: options, patience: 3 * time.Second}
	n := &natives{tables: map[string]symbols.Table{}, boxKinds: map[int]*symbols.Type{}, latest: &atomic.Pointer[run]{}, globals: map[string]reflect.Value{}}
	n.latest.Store(&run{out: silence{}, stop: make(chan struct{}), over: true})
	n.started, n.between = in.start, in.do
	in.natives = n
	if options.Vocabulary == nil {
		options.Vocabulary = Simulator
	}
	n.vocabulary = options.Vocabulary(n)
	in.session = newSession(n.vocabulary.Symbols(), n.words())
	n.session = in.session
	var err error
	if in.engine, err = newEngine(n, options.Restricted); err != nil {
		return nil, err
	}
	return in, nil
}

// Eval runs one cell.
func (in *Interpreter) Eval(ctx context.Context, c kernel.Cell, out kernel.Output) (result kernel.Result, err error) {
	in.mu.Lock()
	rest, commands := in.session.commandsOf(c.Source)
	in.mu.Unlock()
	if len(commands) > 0 {
		result, err = in.evalCommands(ctx, c, rest, commands, out)
	} else {
		result, err = in.evalText(ctx, c.Source, c, out)
	}
	if err == nil && !c.Silent {
		in.done = append(in.done, c.Source)
	}
	return result, err
}

func (in *Interpreter) evalText(ctx context.Context, text string, c kernel.Cell, out kernel.Output) (kernel.Result, error) {
	return in.evalSource(ctx, &source{text: text, count: c.Count, title: fmt.Sprintf("In[%d]", c.Count)}, c, out)
}

func (in *Interpreter) evalSource(ctx context.Context, src *source, c kernel.Cell, out kernel.Output) (result kernel.Result, err error) {
	setup, body, err := in.compile(src, out)
	if err != nil {
		return kernel.Result{}, err
	}
	r := &run{out: out, stop: make(chan struct{})}
	v := in.natives.vocabulary
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	r.cancel = cancel
	v.BeginCell(inner, c)
	defer func() {
		for _, x := range v.EndCell(r.shown) {
			out.Display(kernel.DisplayBundle(faced(x)), "")
		}
	}()
	in.running.Lock()
	err = in.execute(ctx, r, func() {
		if setup != nil {
			setup()
		}
		body()
	})
	in.running.Unlock()
	if err != nil {
		return kernel.Result{}, err
	}
	result.Value = display(r.shown)
	return result, nil
}

// do runs f between cells.
func (in *Interpreter) do(ctx context.Context, out kernel.Output, f func()) error {
	in.running.Lock()
	defer in.running.Unlock()
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	return in.execute(inner, &run{out: out, stop: make(chan struct{}), cancel: cancel}, f)
}

// compile takes a cell to functions of the interpreter.
func (in *Interpreter) compile(src *source, out kernel.Output) (setup, body func(), err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.session.rollback = func() {}
	defer func() {
		if r := recover(); r != nil {
			in.session.rollback()
			err = unsupportedCell(fmt.Sprint(r))
		}
	}()
	b, problems := in.session.prepare(src)
	if len(problems) > 0 {
		return nil, nil, in.session.failure(problemName(problems), problems)
	}
	setup, body, err = in.engine.accept(b)
	if err != nil {
		in.session.rollback()
		return nil, nil, unsupportedCell(err.Error())
	}
	for _, w := range b.warnings {
		out.Stream("stderr", []byte("Warning: "+w+"\n"))
	}
	return setup, body, nil
}

// unsupportedCell is the error of a cell that is right Go and still cannot run.
func unsupportedCell(why string) *kernel.CellError {
	value := "this cell is right but the interpreter cannot run it: " + why
	return &kernel.CellError{Name: "Unsupported", Value: value,
		Traceback: []string{red + bold + "Unsupported" + plain + ": " + value, "Hint: write it in smaller or plainer steps; nothing of it was run"}}
}

func problemName(problems []problem) string {
	for _, p := range problems {
		if p.syntax {
			return "SyntaxError"
		}
	}
	return "Error"
}

// silence is the output of a session without a cell.
type silence struct{}

func (silence) Stream(string, []byte)              {}
func (silence) Display(kernel.Bundle, string)      {}
func (silence) Update(kernel.Bundle, string)       {}
func (silence) Clear(bool)                         {}
func (silence) Input(string, bool) (string, error) { return "", kernel.ErrNoInput }
