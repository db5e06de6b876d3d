package session

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim"
)

// A cell is one run of a cell.
type cell struct {
	ctx     context.Context
	n       int // of In[n]
	id      string
	source  string
	figures []*Figure
	figure  *Figure // the current one, nil before the first
	said    map[string]bool
	bars    []*display // of the run that goes on
}

func newCell(ctx context.Context, n int, id, source string) *cell {
	return &cell{ctx: ctx, n: n, id: id, source: source, said: map[string]bool{}}
}

// same tells whether two runs are of the same cell: by the id that the front end gave, else by the text.
func (c *cell) same(other *cell) bool {
	if c.id != "" || other.id != "" {
		return c.id == other.id
	}
	return c.source == other.source
}

// title names the cell in a message: In[3] (`neurons := NeuronGroup(…)`).
func (c *cell) title() string {
	for line := range strings.Lines(c.source) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		if r := []rune(line); len(r) > 60 {
			line = string(r[:59]) + "…"
		}
		return fmt.Sprintf("In[%d] (`%s`)", c.n, line)
	}
	return fmt.Sprintf("In[%d]", c.n)
}

// BeginCell says that a cell begins: n is that of In[n], id the cell's id in its notebook or "". Cancelling ctx
// interrupts what runs. What belonged to an earlier run of the same cell is dropped.
func (s *Session) BeginCell(ctx context.Context, n int, id, source string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cell = newCell(ctx, n, id, source)
	s.loose = slices.DeleteFunc(s.loose, func(l loose) bool {
		old := l.cell.same(s.cell)
		if old && l.remove != nil {
			l.remove()
		}
		return old
	})
}

// EndCell says that the cell has ended and gives its figures, in order, but for those that were shown already.
func (s *Session) EndCell() []*Figure {
	s.settle()
	s.mu.Lock()
	figures := s.cell.figures
	s.cell.figures, s.cell.figure = nil, nil
	s.mu.Unlock()
	empty := false
	figures = slices.DeleteFunc(figures, func(f *Figure) bool {
		empty = empty || f.fig.Empty() && f.touched
		return f.shown || f.fig.Empty()
	})
	if empty && len(figures) == 0 {
		s.say("stderr", "Warning: this cell has no plot: labels, titles and limits belong into the cell of their Plot")
	}
	return figures
}

// An origin is where an object was made.
type origin struct {
	cell  *cell
	order int  // 1 for the first object of the session, 0 for objects that others made
	held  bool // a variable of the session held it once
}

// enter notes where a new object was made, and the objects that act even where no variable holds them.
func (s *Session) enter(o sim.Object) {
	locals := s.host.Locals()
	s.note(s.held())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	s.made.set(o, origin{cell: s.cell, order: s.count})
	switch o.(type) {
	case *sim.PoissonInput, *sim.NetworkOperation:
		s.loose = append(s.loose, loose{object: o, cell: s.cell, inFunction: len(locals) > 0, locals: objectsIn(locals)})
	}
}

// A loose object acts without being held by a variable: it belongs to its cell and goes when the cell runs again. One
// that a variable holds at the end of its cell belongs to the variable, and is no longer loose.
type loose struct {
	object     sim.Object // nil for what a group runs
	remove     func()     // takes it off the group that runs it, else nil
	cell       *cell
	inFunction bool
	locals     []sim.Object // that the function held
}

// Keep takes the value of a call that stands alone as a statement. What a group runs of itself, as RunRegularly makes,
// belongs to the cell then; all else is noticed without Keep.
func (s *Session) Keep(value any) {
	removable, ok := value.(interface{ Remove() })
	if !ok || isNil(value) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loose = append(s.loose, loose{remove: removable.Remove, cell: s.cell})
}

// settle gives the objects of the cell that variables hold to those variables.
func (s *Session) settle() {
	held := s.held()
	s.note(held)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loose = slices.DeleteFunc(s.loose, func(l loose) bool {
		return l.cell == s.cell && l.object != nil && slices.Contains(held, l.object)
	})
}
