package cell

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/golgi-sim/golgi/kernel"
)

// A command is a line that begins with %, or with ! for the shell, or with ? for help on a name.
type command struct {
	name   string // with its % signs, "!" or "?"
	rest   string
	offset int // of the line in the cell
}

// commands are the words after %, with what %help says.
var commands = map[string]string{
	"%help":       "this list",
	"%time":       "%time expression: run it and print the time it took; %%time does so for the cell",
	"%timeit":     "%timeit expression: run it many times and print the time of one",
	"%reset":      "forget all names; %reset name gives a shadowed name back",
	"%who":        "variables, functions and types of the session",
	"%whos":       "the same with types and values",
	"%env":        "%env: the environment; %env NAME, %env NAME=value",
	"%cd":         "%cd folder: change the working folder",
	"%load":       "%load file.go: run a file as a cell",
	"%save":       "%save file.go: write the cells that ran without error",
	"%dt":         "%dt 0.05*ms: the default time step",
	"%%time":      "print the time of this cell",
	"%%writefile": "%%writefile name: write the rest of the cell to a file",
}

// commandLine finds what may be a command; most cells have none and need no closer look.
var commandLine = regexp.MustCompile(`(?m)^\s*[%!?]`)

// commandsOf takes the command lines out of a cell. A line is a command only where a statement may begin, never inside
// a text or a comment. The rest of the cell keeps its offsets.
func (s *session) commandsOf(text string) (rest string, found []command) {
	if !commandLine.MatchString(text) {
		return text, nil
	}
	starts := lineStarts(text)
	b := []byte(text)
	for _, start := range starts {
		end := len(text)
		if j := strings.IndexByte(text[start:], '\n'); j >= 0 {
			end = start + j
		}
		line := strings.TrimSpace(text[start:end])
		if line == "" || !strings.ContainsRune("%!?", rune(line[0])) || s.isNegation(line) {
			continue
		}
		if strings.HasPrefix(line, "%%") && strings.TrimSpace(text[:start]) == "" {
			name, arg, _ := strings.Cut(line, " ")
			body := text[min(end+1, len(text)):]
			found = append(found, command{name: name, rest: strings.TrimSpace(arg) + "\n" + body, offset: start})
			return "", found
		}
		found = append(found, parseCommand(line, start))
		for k := start; k < end; k++ {
			b[k] = ' '
		}
	}
	return string(b), found
}

// isNegation tells Go's !mask from a command of the shell: all its names mean something.
func (s *session) isNegation(line string) bool {
	if line[0] != '!' {
		return false
	}
	x, err := parser.ParseExpr(strings.TrimSuffix(line, ";"))
	if err != nil {
		return false
	}
	known := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					known = known && s.meansSomething(id.Name)
				}
				return true
			})
			return false
		case *ast.Ident:
			known = known && s.meansSomething(n.Name)
		}
		return true
	})
	return known
}

func (s *session) meansSomething(name string) bool {
	return s.lookup(name) != nil || types.Universe.Lookup(name) != nil
}

func parseCommand(line string, offset int) command {
	if line[0] == '!' || line[0] == '?' {
		return command{name: line[:1], rest: strings.TrimSpace(strings.TrimLeft(line, "!?")), offset: offset}
	}
	name, rest, _ := strings.Cut(line, " ")
	return command{name: name, rest: strings.TrimSpace(rest), offset: offset}
}

// lineStarts gives the offsets of the lines that no text, comment or bracket of an earlier line reaches into.
func lineStarts(text string) (starts []int) {
	for at := 0; at < len(text); {
		starts = append(starts, at)
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			break
		}
		line := strings.TrimSpace(text[at : at+next])
		at += next + 1
		if line != "" && strings.ContainsRune("%!?", rune(line[0])) {
			continue
		}
		for !complete(text[starts[len(starts)-1]:at]) {
			next := strings.IndexByte(text[at:], '\n')
			if next < 0 {
				return starts
			}
			at += next + 1
		}
	}
	return starts
}

// complete reports whether a piece of text leaves no bracket, raw text or comment open.
func complete(text string) bool {
	depth := 0
	for _, l := range scan(text) {
		switch {
		case strings.ContainsAny(l.tok.String(), "([{") && len(l.tok.String()) == 1:
			depth++
		case strings.ContainsAny(l.tok.String(), ")]}") && len(l.tok.String()) == 1:
			depth--
		}
	}
	return depth <= 0 && strings.Count(text, "`")%2 == 0 && !openComment(text)
}

func openComment(text string) bool {
	i := strings.LastIndex(text, "/*")
	return i >= 0 && !strings.Contains(text[i:], "*/")
}

// evalCommands runs a cell that has commands: code and commands in the order in which they stand.
func (in *Interpreter) evalCommands(ctx context.Context, c kernel.Cell, rest string, list []command, out kernel.Output) (result kernel.Result, err error) {
	if strings.HasPrefix(list[0].name, "%%") {
		return in.cellCommand(ctx, c, list[0], out)
	}
	from := 0
	add := func(r kernel.Result, failed error) bool {
		result.Value, err = r.Value, failed
		result.Payload = append(result.Payload, r.Payload...)
		return err == nil
	}
	code := func(to int) bool {
		text := onlyPart(rest, from, to)
		from = to
		return strings.TrimSpace(text) == "" || add(in.evalText(ctx, text, c, out))
	}
	for _, cmd := range list {
		if !code(cmd.offset) || !add(in.command(ctx, c, cmd, out)) {
			return result, err
		}
	}
	code(len(rest))
	return result, err
}

// onlyPart blanks everything but text[from:to].
func onlyPart(text string, from, to int) string {
	cut := cutter{source: text}
	return cut.blank([][2]int{{from, to}})
}

func (in *Interpreter) cellCommand(ctx context.Context, c kernel.Cell, cmd command, out kernel.Output) (kernel.Result, error) {
	arg, body, _ := strings.Cut(cmd.rest, "\n")
	switch cmd.name {
	case "%%time":
		if arg != "" {
			body = arg + "\n" + body
		}
		return in.timed(ctx, c, "\n"+body, out)
	case "%%writefile":
		if arg == "" {
			return kernel.Result{}, commandError("%%writefile needs the name of a file")
		}
		if err := os.WriteFile(arg, []byte(body), 0o666); err != nil {
			return kernel.Result{}, commandError(err.Error())
		}
		out.Stream("stdout", []byte("wrote "+arg+"\n"))
		return kernel.Result{}, nil
	}
	return kernel.Result{}, unknownCommand(cmd.name)
}

func commandError(text string) *kernel.CellError {
	return &kernel.CellError{Name: "Error", Value: text, Traceback: []string{red + bold + "Error" + plain + ": " + text}}
}

func unknownCommand(name string) *kernel.CellError {
	e := commandError("there is no command " + name)
	if near := nearest(name, slices.Sorted(mapKeys(commands))); near != "" {
		e.Traceback = append(e.Traceback, "Hint: did you mean "+near+"?")
	} else {
		e.Traceback = append(e.Traceback, "Hint: %help lists the commands")
	}
	return e
}

func (in *Interpreter) command(ctx context.Context, c kernel.Cell, cmd command, out kernel.Output) (kernel.Result, error) {
	say := func(format string, args ...any) { out.Stream("stdout", []byte(fmt.Sprintf(format, args...))) }
	var err error
	switch cmd.name {
	case "%help":
		for _, name := range slices.Sorted(mapKeys(commands)) {
			say("%-12s %s\n", name, commands[name])
		}
		say("%-12s %s\n%-12s %s\n", "!command", "run it in the shell", "?name", "what a name is")
	case "%time":
		return in.timed(ctx, c, cmd.rest, out)
	case "%timeit":
		return kernel.Result{}, in.timeit(ctx, c, cmd.rest, out)
	case "%reset":
		err = in.reset(cmd.rest)
	case "%who", "%whos":
		say("%s", in.who(cmd.name == "%whos"))
	case "%env":
		err = environment(cmd.rest, say)
	case "%cd":
		err = changeFolder(cmd.rest, say)
	case "%load":
		text, err := os.ReadFile(cmd.rest)
		if err != nil {
			return kernel.Result{}, commandError(err.Error())
		}
		return in.evalSource(ctx, &source{text: withoutPackage(string(text)), title: filepath.Base(cmd.rest)}, c, out)
	case "%save":
		err = in.save(cmd.rest)
	case "%dt":
		if strings.TrimSpace(cmd.rest) == "" {
			return in.evalText(ctx, "CurrentDt()", c, out)
		}
		return in.evalText(ctx, "DefaultDt("+cmd.rest+");", c, out)
	case "!":
		err = in.shell(ctx, cmd.rest, out)
	case "?":
		if b, ok := in.Inspect(cmd.rest, len(cmd.rest), 1); ok {
			return kernel.Result{Payload: []map[string]any{kernel.Page(b)}}, nil
		}
		return kernel.Result{}, commandError("there is nothing named " + cmd.rest)
	default:
		return kernel.Result{}, unknownCommand(cmd.name)
	}
	var known *kernel.CellError
	if errors.As(err, &known) {
		return kernel.Result{}, known
	}
	if err != nil {
		return kernel.Result{}, commandError(err.Error())
	}
	return kernel.Result{}, nil
}

func (in *Interpreter) timed(ctx context.Context, c kernel.Cell, text string, out kernel.Output) (kernel.Result, error) {
	start := time.Now()
	result, err := in.evalText(ctx, text, c, out)
	if err == nil {
		out.Stream("stdout", []byte("wall "+span(time.Since(start))+"\n"))
	}
	return result, err
}

// span prints a duration with two significant decimals at most.
func span(d time.Duration) string {
	for _, u := range []struct {
		unit time.Duration
		name string
	}{{time.Second, "s"}, {time.Millisecond, "ms"}, {time.Microsecond, "µs"}} {
		if d >= u.unit {
			return fmt.Sprintf("%.3g %s", float64(d)/float64(u.unit), u.name)
		}
	}
	return fmt.Sprintf("%d ns", d.Nanoseconds())
}

func (in *Interpreter) timeit(ctx context.Context, c kernel.Cell, text string, out kernel.Output) error {
	var best time.Duration
	loops := 1
	for {
		start := time.Now()
		if _, err := in.evalText(ctx, fmt.Sprintf("for k_time := 0; k_time < %d; k_time++ { %s\n}", loops, discard(text)), c, out); err != nil {
			return err
		}
		took := time.Since(start)
		best = took / time.Duration(loops)
		if took > 200*time.Millisecond || loops >= 1_000_000 {
			break
		}
		loops *= 10
	}
	out.Stream("stdout", []byte(fmt.Sprintf("%s a time (%d times)\n", span(best), loops)))
	return nil
}

// discard makes a statement of an expression.
func discard(text string) string {
	if isExpression(text) {
		return "_ = " + text
	}
	return text
}

func (in *Interpreter) reset(name string) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	s := in.session
	if name == "" {
		s.entries, s.packages = map[string]*entry{}, map[string]*types.PkgName{}
		return nil
	}
	for _, n := range strings.Fields(name) {
		if s.entries[n] == nil {
			return fmt.Errorf("nothing of this session is named %s", n)
		}
		delete(s.entries, n)
	}
	return nil
}

// who lists the session's names, with types and values where whole is set.
func (in *Interpreter) who(whole bool) string {
	in.mu.Lock()
	entries := make([]*entry, 0, len(in.session.entries))
	for _, e := range in.session.entries {
		entries = append(entries, e)
	}
	in.mu.Unlock()
	sort.Slice(entries, func(i, j int) bool { return entries[i].name < entries[j].name })
	var b strings.Builder
	for k, title := range []string{"variables", "functions", "constants", "types"} {
		var names []string
		for _, e := range entries {
			if e.kind == kind(k) {
				names = append(names, in.described(e, whole))
			}
		}
		if len(names) == 0 {
			continue
		}
		if whole {
			b.WriteString(title + "\n    " + strings.Join(names, "\n    ") + "\n")
		} else {
			b.WriteString(title + ": " + strings.Join(names, " ") + "\n")
		}
	}
	return b.String()
}

func (in *Interpreter) described(e *entry, whole bool) string {
	if !whole {
		return e.name
	}
	text := in.session.signature(e.object)
	if v, ok := in.natives.value(e); ok && e.kind == variable {
		value := fmt.Sprint(v)
		if len(value) > 60 {
			value = value[:57] + "..."
		}
		text += " = " + value
	}
	return text
}

func environment(arg string, say func(string, ...any)) error {
	name, value, set := strings.Cut(arg, "=")
	name = strings.TrimSpace(name)
	switch {
	case set:
		return os.Setenv(name, strings.TrimSpace(value))
	case name != "":
		say("%s\n", os.Getenv(name))
	default:
		list := os.Environ()
		slices.Sort(list)
		say("%s\n", strings.Join(list, "\n"))
	}
	return nil
}

func changeFolder(arg string, say func(string, ...any)) error {
	if arg == "" || arg == "~" {
		arg, _ = os.UserHomeDir()
	}
	if err := os.Chdir(arg); err != nil {
		return err
	}
	at, err := os.Getwd()
	say("%s\n", at)
	return err
}

// withoutPackage blanks the package clause of a file.
func withoutPackage(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(strings.TrimSpace(l), "package ") {
			lines[i] = ""
			break
		}
	}
	return strings.Join(lines, "\n")
}

func (in *Interpreter) save(name string) error {
	if name == "" {
		return fmt.Errorf("%%save needs the name of a file")
	}
	return os.WriteFile(name, []byte(strings.Join(in.done, "\n\n")+"\n"), 0o666)
}

// shell runs a command; its output goes to the cell as it comes.
func (in *Interpreter) shell(ctx context.Context, text string, out kernel.Output) error {
	if in.options.Restricted {
		return fmt.Errorf("the shell is not available here")
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", text)
	cmd.WaitDelay = time.Second
	cmd.Stdout, cmd.Stderr = outputWriter{out, "stdout"}, outputWriter{out, "stderr"}
	cmd.Stdin = bytes.NewReader(nil)
	err := cmd.Run()
	if ctx.Err() != nil {
		return &kernel.CellError{Name: "Interrupted", Value: "the command was stopped"}
	}
	if err != nil {
		return fmt.Errorf("!%s: %w", text, err)
	}
	return nil
}

type outputWriter struct {
	out  kernel.Output
	name string
}

func (w outputWriter) Write(p []byte) (int, error) {
	w.out.Stream(w.name, p)
	return len(p), nil
}
