package cell

import (
	"fmt"
	"io"
	"log"
	"reflect"
	"strings"

	"github.com/golgi-sim/golgi/kernel/cell/symbols"
)

// A stream writes to the cell whose goroutine writes. It stands for os.Stdout and os.Stderr.
type stream struct {
	n    *natives
	name string
}

func (s *stream) Write(p []byte) (int, error) {
	s.n.current().out.Stream(s.name, p)
	return len(p), nil
}

func (s *stream) WriteString(text string) (int, error) { return s.Write([]byte(text)) }
func (s *stream) Sync() error                          { return nil }
func (s *stream) Close() error                         { return nil }
func (s *stream) Name() string                         { return "/dev/" + s.name }

// An input asks the person for a line when somebody reads. It stands for os.Stdin.
type input struct {
	n    *natives
	rest string
}

func (i *input) Read(p []byte) (int, error) {
	if i.rest == "" {
		line, err := i.n.current().out.Input("", false)
		if err != nil {
			if i.n.current().halted() {
				panic(stopped{})
			}
			return 0, io.EOF
		}
		i.rest = line + "\n"
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}

// ReadRune lets fmt.Scan read no further than it has to.
func (i *input) ReadRune() (rune, int, error) {
	var b [1]byte
	if _, err := i.Read(b[:]); err != nil {
		return 0, 0, err
	}
	i.rest = string(b[:]) + i.rest
	for at, r := range i.rest {
		if at == 0 {
			size := len(string(r))
			i.rest = i.rest[size:]
			return r, size, nil
		}
	}
	return 0, 0, io.EOF
}

func (i *input) UnreadRune() error { return nil }

func (n *natives) fmtOverrides(of func(...any) map[string]reflect.Value) map[string]reflect.Value {
	out := &stream{n, "stdout"}
	in := &runeInput{input: &input{n: n}}
	return of(
		"Print", func(a ...any) (int, error) { return fmt.Fprint(out, a...) },
		"Println", func(a ...any) (int, error) { return fmt.Fprintln(out, a...) },
		"Printf", func(f string, a ...any) (int, error) { return io.WriteString(out, n.sprintf(f, a)) },
		"Sprint", func(a ...any) string { return fmt.Sprint(a...) },
		"Sprintln", func(a ...any) string { return fmt.Sprintln(a...) },
		"Sprintf", func(f string, a ...any) string { return n.sprintf(f, a) },
		"Fprint", func(w io.Writer, a ...any) (int, error) { return fmt.Fprint(w, a...) },
		"Fprintln", func(w io.Writer, a ...any) (int, error) { return fmt.Fprintln(w, a...) },
		"Fprintf", func(w io.Writer, f string, a ...any) (int, error) { return io.WriteString(w, n.sprintf(f, a)) },
		"Errorf", func(f string, a ...any) error { return fmt.Errorf(n.format(f, a), errorsIn(a)...) },
		"Scan", func(a ...any) (int, error) { return fmt.Fscan(in, raw(a)...) },
		"Scanln", func(a ...any) (int, error) { return fmt.Fscanln(in, raw(a)...) },
		"Scanf", func(f string, a ...any) (int, error) { return fmt.Fscanf(in, f, raw(a)...) },
	)
}

// raw takes values out of their boxes.
func raw(list []any) []any {
	for i, v := range list {
		if b, ok := unbox(v); ok {
			list[i] = b.Held
		}
	}
	return list
}

func (n *natives) sprintf(format string, args []any) string {
	return fmt.Sprintf(n.format(format, args), args...)
}

// format answers the verb %T for the values that stand in boxes, whose Go type would be the box's.
func (n *natives) format(format string, args []any) string {
	if !strings.Contains(format, "%T") {
		return format
	}
	arg := 0
	for i := 0; i+1 < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0; i++ {
		}
		if i < len(format) && format[i] == '%' {
			continue
		}
		if i < len(format) && format[i] == 'T' && arg < len(args) {
			if b, ok := unbox(args[arg]); ok {
				args[arg] = b.Kind.Name
				format = format[:i] + "s" + format[i+1:]
			}
		}
		arg++
	}
	return format
}

// errorsIn gives boxes that are errors as such, for %w.
func errorsIn(args []any) []any {
	for i, v := range args {
		if b, ok := v.(symbols.Box); ok && b.Kind.Method("Error") != nil {
			args[i] = symbols.AsError(b)
		}
	}
	return args
}

// runeInput reads single runes from the person's lines.
type runeInput struct {
	*input
	last   rune
	size   int
	unread bool
}

func (r *runeInput) ReadRune() (rune, int, error) {
	if r.unread {
		r.unread = false
		return r.last, r.size, nil
	}
	var err error
	r.last, r.size, err = r.input.ReadRune()
	return r.last, r.size, err
}

func (r *runeInput) UnreadRune() error { r.unread = true; return nil }

func (n *natives) logOverrides(of func(...any) map[string]reflect.Value) map[string]reflect.Value {
	l := log.New(&stream{n, "stderr"}, "", log.LstdFlags)
	return of("Print", l.Print, "Printf", l.Printf, "Println", l.Println, "Panic", l.Panic, "Panicf", l.Panicf, "Panicln", l.Panicln,
		"Fatal", func(a ...any) { l.Print(a...); panic(exit{1}) },
		"Fatalf", func(f string, a ...any) { l.Printf(f, a...); panic(exit{1}) },
		"Fatalln", func(a ...any) { l.Println(a...); panic(exit{1}) },
		"SetFlags", l.SetFlags, "SetPrefix", l.SetPrefix, "SetOutput", l.SetOutput, "Flags", l.Flags, "Prefix", l.Prefix, "Writer", l.Writer,
		"Default", func() *log.Logger { return l })
}
