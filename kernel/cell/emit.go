package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// An emitter prints checked trees as the subset of Go that the interpreter executes exactly.
type emitter struct {
	s         *session
	c         *checked
	out       *strings.Builder
	names     map[types.Object]string // of local variables
	taken     map[string]int          // local names in use, with their counts
	top       map[types.Object]*entry // the cell's own variables of the session
	uses      map[types.Object]bool   // objects of the session that the text refers to
	unit      *unit
	fn        *frameContext
	loops     []loop
	label     string // of the statement that comes next
	temps     int
	called    bool          // the statement at hand has a call before what is printed now
	safe      map[pair]bool // indices that the loops around make needless to check
	unsure    int           // more than 0 while a condition is printed that may not be evaluated
	marker    string        // variable that remembers the statement at hand, \"\" for that of the session
	started   *ast.FuncLit  // literal that a go statement starts
	plainWord bool          // the arguments at hand go to a word that wants values without boxes
	alone     bool          // the call at hand is a statement of its own
}

// A unit is what one cell gives to the interpreter.
type unit struct {
	imports  []string
	types    []string // declarations of struct types
	vars     []string
	funcs    []string
	setup    []string // statements that register methods
	pending  []func(*unit) error
	problems []problem
	literals []units.Quantity  // constants with units
	words    []string          // names of units, given to the interpreter when first used
	packages map[string]string // path -> name inside the interpreter
}

// text is what the interpreter gets: plain Go.
func (u *unit) text() string {
	return strings.Join(slices.Concat(u.types, u.vars, u.funcs), "\n")
}

// frameContext says how the function being printed returns.
type frameContext struct {
	results *types.Tuple
	names   []string // of the results, when they are variables
	frame   string   // variable of the deferred calls, "" where there are none
}

// A loop is a statement that break, and where it repeats continue, may mean.
type loop struct {
	label   string
	again   string // what continue does first
	repeats bool
	exits   *exits // of a range over a function
}

func (s *session) emitter(c *checked, u *unit) *emitter {
	return &emitter{s: s, c: c, out: &strings.Builder{}, names: map[types.Object]string{}, taken: map[string]int{},
		top: map[types.Object]*entry{}, uses: map[types.Object]bool{}, safe: map[pair]bool{}, unit: u}
}

// unsupported stops the printing of a cell; emitting recovers it.
type unsupported struct{ problem }

func (e *emitter) fail(n ast.Node, format string, args ...any) {
	panic(unsupported{problem{pos: n.Pos(), message: fmt.Sprintf(format, args...)}})
}

// emitting runs f and gives back what it could not print.
func emitting(f func()) (problems []problem) {
	defer func() {
		if r := recover(); r != nil {
			u, ok := r.(unsupported)
			if !ok {
				panic(r)
			}
			problems = append(problems, u.problem)
		}
	}()
	f()
	return nil
}

func (e *emitter) line(format string, args ...any) {
	fmt.Fprintf(e.out, format, args...)
	e.out.WriteByte('\n')
}

// capture gives what f prints.
func (e *emitter) capture(f func()) string {
	old := e.out
	e.out = &strings.Builder{}
	f()
	text := e.out.String()
	e.out = old
	return text
}

// temp gives a new name for a value in between.
func (e *emitter) temp() string {
	e.temps++
	return fmt.Sprintf("k_%d", e.temps)
}

// local gives the name of a local variable, the same each time, different for each variable.
func (e *emitter) local(o types.Object) string {
	if name, ok := e.names[o]; ok {
		return name
	}
	name := e.unused(o.Name())
	e.names[o] = name
	return name
}

func (e *emitter) unused(name string) string {
	e.taken[name]++
	n := e.taken[name]
	if reserved(name) {
		return fmt.Sprintf("%s_k%d", name, n)
	}
	if n > 1 {
		return fmt.Sprintf("%s_%d", name, n)
	}
	return name + "_"
}

// reserved names mean something to the interpreter already.
func reserved(name string) bool {
	return types.Universe.Lookup(name) != nil || strings.HasPrefix(name, "k_") || strings.HasPrefix(name, "p_") || name == "init" || name == "main"
}

// mark remembers where the cell is, for the place of a run-time panic.
func (e *emitter) mark(pos token.Pos) {
	if pos.IsValid() {
		e.line("%s = %d", pick(e.marker == "", "k_line", e.marker), pos)
	}
}

// pkg gives the name of a compiled package inside the interpreter.
func (e *emitter) pkg(path string) string { return e.unit.pkg(path) }

func (u *unit) pkg(path string) string {
	if !slices.Contains(u.imports, path) {
		u.imports = append(u.imports, path)
	}
	if name, ok := u.packages[path]; ok {
		return name
	}
	name := "p_" + strings.NewReplacer("/", "_", ".", "_", "-", "_").Replace(strings.TrimPrefix(path, home))
	u.packages[path] = name
	return name
}

const wordsName = "p_rt"

// word refers to a native of the vocabulary.
func (e *emitter) word(name string) string {
	return wordsName + "." + exportedWord(name)
}

// exportedWord spells the name of a word so that the interpreter takes it for exported, and none is one of our own
// natives.
func exportedWord(name string) string {
	if token.IsExported(name) {
		return "W_" + name
	}
	return "X_" + name
}
