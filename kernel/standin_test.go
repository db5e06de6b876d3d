package kernel

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/kernel/zmq"
)

// TestMain lets the test binary be a kernel, so that clients written in other languages can be tried on the stand-in:
// go test -c -o k ./kernel && ./k kernel connection.json
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "kernel" {
		info := Info{Implementation: "stand-in", Version: "0", Banner: "stand-in", Listen: zmq.Listen, History: os.Getenv("STANDIN_HISTORY")}
		if err := Serve(context.Background(), os.Args[2], newStandIn(), info); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A standIn understands the few cells of its table.
type standIn struct {
	mu      sync.Mutex
	seen    []Cell
	release chan struct{} // ends "stubborn"
	comms   map[string]string
}

func newStandIn() *standIn {
	return &standIn{release: make(chan struct{}), comms: map[string]string{}}
}

type deed func(s *standIn, ctx context.Context, cell Cell, out Output) (Result, error)

// deeds are the cells it knows; a cell is looked up whole, then by its first word.
var deeds = map[string]deed{
	"6*7":                             value("42"),
	"1+1":                             value("2"),
	`fmt.Println("hello, world")`:     prints("stdout", "hello, world\n"),
	`fmt.Fprintln(os.Stderr, "test")`: prints("stderr", "test\n"),
	`panic("boom")`: func(*standIn, context.Context, Cell, Output) (Result, error) {
		return Result{}, &CellError{Name: "Panic", Value: "boom", Traceback: []string{"cell 1, line 1", "panic: boom"}}
	},
	"for {\n}": waits,
	"wait":     waits,
	"?fmt.Println": func(*standIn, context.Context, Cell, Output) (Result, error) {
		return Result{Payload: []map[string]any{Page(Bundle{Data: map[string]any{"text/plain": "func Println"}})}}, nil
	},
	"plain error": func(*standIn, context.Context, Cell, Output) (Result, error) { return Result{}, fmt.Errorf("no file") },
	"crash":       func(*standIn, context.Context, Cell, Output) (Result, error) { panic("a bug of the interpreter") },
	"goexit": func(*standIn, context.Context, Cell, Output) (Result, error) {
		runtime.Goexit()
		return Result{}, nil
	},
	"stubborn": func(s *standIn, _ context.Context, _ Cell, _ Output) (Result, error) {
		<-s.release
		return Result{}, nil
	},
	"print": func(_ *standIn, _ context.Context, c Cell, out Output) (Result, error) {
		out.Stream("stdout", []byte(strings.TrimPrefix(c.Source, "print ")))
		return Result{}, nil
	},
	"mixed": func(_ *standIn, _ context.Context, _ Cell, out Output) (Result, error) {
		out.Stream("stdout", []byte("a"))
		out.Display(Bundle{Data: map[string]any{"text/plain": "picture"}}, "d1")
		out.Stream("stdout", []byte("b"))
		out.Stream("stderr", []byte("c"))
		out.Clear(true)
		out.Update(Bundle{Data: map[string]any{"text/plain": "picture 2"}}, "d1")
		out.Stream("stdout", []byte("d"))
		return Result{Value: &Bundle{Data: map[string]any{"text/plain": "end"}}}, nil
	},
	"slow": func(s *standIn, ctx context.Context, c Cell, out Output) (Result, error) {
		out.Stream("stdout", []byte("so far"))
		return waits(s, ctx, c, out)
	},
	"show": func(_ *standIn, _ context.Context, _ Cell, out Output) (Result, error) {
		out.Display(DisplayBundle(standInFigure{}), "")
		return Result{}, nil
	},
	"ClearOutput()": func(_ *standIn, _ context.Context, _ Cell, out Output) (Result, error) {
		out.Clear(false)
		return Result{}, nil
	},
	"late": func(_ *standIn, _ context.Context, _ Cell, out Output) (Result, error) {
		go func() {
			time.Sleep(20 * time.Millisecond)
			out.Stream("stdout", []byte("from a goroutine"))
		}()
		return Result{}, nil
	},
	"ask": func(_ *standIn, _ context.Context, _ Cell, out Output) (Result, error) {
		out.Stream("stdout", []byte("before"))
		line, err := out.Input("name? ", true)
		if err != nil {
			return Result{}, err
		}
		return value(line)(nil, nil, Cell{}, nil)
	},
}

type standInFigure struct{}

func (standInFigure) SVG() []byte    { return []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"/>") }
func (standInFigure) HTML() string   { return "<b>x</b>" }
func (standInFigure) String() string { return "a figure" }

func value(text string) deed {
	return func(*standIn, context.Context, Cell, Output) (Result, error) {
		return Result{Value: &Bundle{Data: map[string]any{"text/plain": text}}}, nil
	}
}

func prints(name, text string) deed {
	return func(_ *standIn, _ context.Context, _ Cell, out Output) (Result, error) {
		out.Stream(name, []byte(text))
		return Result{}, nil
	}
}

func waits(_ *standIn, ctx context.Context, _ Cell, _ Output) (Result, error) {
	<-ctx.Done()
	return Result{}, &CellError{Name: "Interrupted", Value: "the cell was stopped"}
}

func (s *standIn) Eval(ctx context.Context, cell Cell, out Output) (Result, error) {
	s.mu.Lock()
	s.seen = append(s.seen, cell)
	s.mu.Unlock()
	act, known := deeds[cell.Source]
	if first, _, _ := strings.Cut(cell.Source, " "); !known {
		act, known = deeds[first]
	}
	if !known {
		return Result{}, nil
	}
	return act(s, ctx, cell, out)
}

// cells gives the sources evaluated so far.
func (s *standIn) cells() []Cell {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Cell(nil), s.seen...)
}

func (s *standIn) Complete(source string, pos int) Completion {
	start := strings.LastIndexByte(source[:pos], '.') + 1
	return Completion{start, pos, []Match{{"Print", "function", "func(a ...any)"}, {"Printf", "function", ""}, {"Println", "function", ""}}}
}

func (s *standIn) Inspect(source string, pos, detail int) (Bundle, bool) {
	if !strings.Contains(source, "fmt") {
		return Bundle{}, false
	}
	return Bundle{Data: map[string]any{"text/plain": fmt.Sprintf("%q at %d, detail %d", source, pos, detail)}}, true
}

func (s *standIn) IsComplete(source string) Status {
	if strings.HasSuffix(source, "{") {
		return Status{State: Incomplete, Indent: "\t"}
	}
	if strings.Contains(source, ":= :=") {
		return Status{State: Invalid}
	}
	return Status{State: Complete, Indent: "ignored"}
}

func (s *standIn) Comm(_ context.Context, m CommMessage, out Output, done func()) bool {
	switch {
	case m.Kind == "open" && m.Target == "known":
		s.comms[m.ID] = m.Target
	case m.Kind == "msg" && s.comms[m.ID] != "":
		go func() {
			out.(CommSender).SendComm(CommMessage{Kind: "msg", ID: m.ID, Data: JSON(map[string]any{"back": true}), Buffers: m.Buffers})
			done()
		}()
		return true
	case m.Kind == "close":
		delete(s.comms, m.ID)
	default:
		return false
	}
	done()
	return true
}

func (s *standIn) Comms() map[string]string { return s.comms }
