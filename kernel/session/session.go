package session

import (
	"context"
	"math/rand/v2"
	"sync"

	"github.com/golgi-sim/golgi/sim"
)

// A Host is what a session needs of the interpreter that runs its cells.
type Host interface {
	// Show displays a value in the running cell; see the methods that the kernel looks for (SVG, HTML, String …).
	Show(v any)
	// ShowAs displays a value that can be replaced later: the first call with an id shows it, later ones replace it.
	ShowAs(id string, v any)
	// Clear removes the output of the running cell, at once or when the next output comes.
	Clear(wait bool)
	// Stream writes a text to "stdout" or "stderr" of the running cell.
	Stream(name, text string)
	// Locals gives the parameters and local variables around the call that goes on, innermost first, with the values
	// they have at the call.
	Locals() []Variable
	// Lookup gives the value of a variable, constant or function that a cell declared.
	Lookup(name string) (value any, ok bool)
	// Globals lists the variables of the session with their present values.
	Globals() []Variable
}

// A Session is the vocabulary of one notebook. Its methods may be called from several goroutines of a cell, but only
// one Run goes on at a time.
type Session struct {
	host Host
	ws   *sim.Workspace

	mu      sync.Mutex
	cell    *cell
	made    weakMap[origin]         // by object: where it was made
	clocks  weakMap[*sim.Network]   // by object: the network whose time it has
	loose   []loose                 // objects that act without being held by a variable
	count   int                     // objects made so far
	scope   int                     // StartScope: objects up to this number are forgotten
	running *sim.Network            // that Stop stops
	stored  map[string]*sim.Network // by the name given to Store
	names   memory                  // names of data
	random  *rand.Rand              // of Rand and RandN
	tag     uint32                  // tells the displays of this session from those of others in one document
	bars    int                     // displays of progress so far
}

// New makes a session.
func New(host Host) *Session {
	s := &Session{host: host, ws: sim.NewWorkspace(), cell: newCell(context.Background(), 0, "", ""), random: freshRandom(), tag: rand.Uint32()}
	s.ws.Warn = func(text string) { s.say("stderr", "Warning: "+text) }
	s.ws.Info = func(text string) { s.say("stdout", text) }
	return s
}
