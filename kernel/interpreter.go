package kernel

import "context"

// An Interpreter runs cells and knows nothing of Jupyter. The kernel calls Eval from one goroutine at a time and never
// again before the last call has returned; it calls the other methods from other goroutines, also while Eval runs, so
// they answer from a snapshot of the session.
type Interpreter interface {
	// Eval runs one cell. It stops soon after ctx is cancelled, and returns only when the cell has really stopped: the
	// next cell starts then. A cell that fails gives a *CellError, a stopped one a *CellError named "Interrupted"; what
	// ran before the failure stays done.
	Eval(ctx context.Context, cell Cell, out Output) (Result, error)

	// Complete lists what may stand at pos, a byte offset into source.
	Complete(source string, pos int) Completion

	// Inspect describes the name at pos, a byte offset into source: detail 0 is a signature and its documentation,
	// detail 1 may add the source. It reports false when there is nothing to describe.
	Inspect(source string, pos, detail int) (Bundle, bool)

	// IsComplete says whether source may run as it stands, for front ends where Enter has to decide.
	IsComplete(source string) Status
}

// A Cell is what Eval runs.
type Cell struct {
	Source string
	Count  int    // the n of In[n]; that of the last counted cell when this one is not counted
	ID     string // the cell's id in its notebook, "" where the front end sends none
	Silent bool   // the front end wants no output and no record
}

// An Output receives what a running cell shows, in order. It is safe for concurrent use and stays valid after Eval has
// returned: goroutines of a cell write to the cell that started them.
type Output interface {
	// Stream writes text to "stdout" or "stderr". It keeps no reference to text, whose ends may split a rune.
	Stream(name string, text []byte)

	// Display shows b. A displayID that is not "" names this output for later updates.
	Display(b Bundle, displayID string)

	// Update replaces b wherever displayID is shown.
	Update(b Bundle, displayID string)

	// Clear removes the cell's output so far, at once or, to avoid flicker, when the next output arrives.
	Clear(wait bool)

	// Input asks the person for a line. Where nobody can be asked it gives ErrNoInput at once, after the person has
	// ended the input io.EOF, and after an interrupt the context's error.
	Input(prompt string, password bool) (string, error)
}

// A Bundle is one thing in several forms, of which the front end picks the richest it can show.
type Bundle struct {
	Data     map[string]any // MIME type -> string, or []byte, which travels as base64
	Metadata map[string]any // MIME type -> options such as width and height; nil is empty
}

// A Result is the outcome of a cell that ran to its end.
type Result struct {
	Value   *Bundle          // the value of the last expression; nil: nothing to show
	Payload []map[string]any // requests to the front end, such as showing a page; see Page
}

// A CellError is why a cell stopped before its end.
type CellError struct {
	Name      string   // the kind, one word: "Interrupted", "Panic", "UnitError"
	Value     string   // one line
	Traceback []string // what the person reads, lines with ANSI colours; empty: made from Name and Value
}

func (e *CellError) Error() string { return e.Name + ": " + e.Value }

// A Completion replaces source[Start:End], byte offsets, by one of its matches.
type Completion struct {
	Start, End int
	Matches    []Match
}

// A Match is one way to go on. Type, an LSP-like word such as "function", "variable", "module" or "keyword", and
// Signature may be empty.
type Match struct {
	Text, Type, Signature string
}

// A Status is the answer of IsComplete.
type Status struct {
	State  string // Complete, Incomplete, Invalid or Unknown
	Indent string // white space to start the next line with, when Incomplete
}

// The states of a Status.
const (
	Complete   = "complete"
	Incomplete = "incomplete"
	Invalid    = "invalid"
	Unknown    = "unknown"
)

// Page asks the front end to show b beside the notebook, as the help of a name is shown. It goes into Result.Payload.
func Page(b Bundle) map[string]any {
	return map[string]any{"source": "page", "data": b.Data, "start": 0}
}
