package sim

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"runtime"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/units"
)

// A Workspace is what objects made together share: the default step, the seed of random numbers, the order in which
// names were first used, and where warnings go. A notebook session has one; NewNetwork makes one of its own.
type Workspace struct {
	// Warn is told warnings, and Info which integrator was chosen; nil drops them.
	Warn, Info func(string)

	steps, once ir.Backend // compile what runs at every step, and what runs once
	unfit       error      // why the forced backend cannot be had

	threads int // of a run; 0 for as many as the processors allow
	worth   int // instructions, times rows, from which on threads share them

	dt       float64 // default step [s]
	seed     uint64
	epoch    uint64
	draws    uint64           // assignments of random values so far
	clocked  map[float64]bool // step lengths that a clock has had [s]
	first    map[string]int   // order of the first use of each name
	counters map[string]int   // numbers of unnamed objects by kind

	// Unnamed objects draw by their place among those of their kind since the last Seed, so that a cell with Seed and
	// objects gives the same when it runs again, whatever its objects are called then.
	seeds   int               // calls of Seed
	unnamed map[string]int    // numbers of unnamed objects by kind since the last Seed
	origins map[string]origin // of unnamed objects by name
}

// An origin is how an unnamed object is known to its random numbers.
type origin struct {
	seeds int // calls of Seed before it was made
	key   string
}

// NewWorkspace has a step of 0.1 ms and a seed of its own.
func NewWorkspace() *Workspace {
	w := &Workspace{dt: 1e-4, worth: worthSharing, clocked: map[float64]bool{}, first: map[string]int{}, counters: map[string]int{},
		unnamed: map[string]int{}, origins: map[string]origin{}}
	w.steps, w.once, w.unfit = backends()
	var seed [8]byte
	rand.Read(seed[:])
	w.seed = binary.LittleEndian.Uint64(seed[:])
	return w
}

// worthSharing is some ten microseconds of work: ten times what it costs to share it.
const worthSharing = 400_000

// Threads sets how many threads a run may use, 0 for as many as there are processors. Small networks use one; results do
// not depend on it.
func (w *Workspace) Threads(n int) error {
	if n < 0 || n > mostThreads {
		return fmt.Errorf("Threads: found %d, expected 1 to %d, or 0 for as many as there are processors", n, mostThreads)
	}
	w.threads = n
	return nil
}

const mostThreads = 256

// newCrew is the crew of a run, nil for one thread.
func (w *Workspace) newCrew() *engine.Crew {
	n := w.threads
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	if n == 1 {
		return nil
	}
	return engine.NewCrew(n)
}

// Seed makes all random numbers that follow depend on n alone.
func (w *Workspace) Seed(n int) {
	w.seed, w.epoch, w.draws = uint64(n), 0, 0
	w.seeds++
	w.unnamed = map[string]int{}
}

// DefaultDt sets the step of all objects that have none of their own, from the next Run on.
func (w *Workspace) DefaultDt(dt units.Quantity) error {
	seconds, err := stepLength(dt)
	if err == nil {
		w.dt = seconds
	}
	return err
}

// Step is the step of objects that have none of their own.
func (w *Workspace) Step() units.Quantity { return units.New(w.dt, second) }

// StartScope makes unnamed objects count from the start again.
func (w *Workspace) StartScope() { w.counters = map[string]int{} }

// nameFor gives the n-th unnamed object of a kind its name: neurongroup, neurongroup_1, …
func (w *Workspace) nameFor(kind, chosen string) string {
	name := chosen
	if name == "" {
		n := w.counters[kind]
		w.counters[kind]++
		name = kind
		if n > 0 {
			name = fmt.Sprintf("%s_%d", kind, n)
		}
		w.origins[name] = origin{w.seeds, fmt.Sprintf("%s %d", kind, w.unnamed[kind])}
		w.unnamed[kind]++
	}
	if _, known := w.first[name]; !known {
		w.first[name] = len(w.first)
	}
	return name
}

// key is the key of the random numbers of one object and use: a hash (FNV-1a, then the finalizer of MurmurHash3) of
// seed, epoch, name and use.
func (w *Workspace) key(name, use string) uint64 {
	h := uint64(14695981039346656037)
	mix := func(b byte) { h = (h ^ uint64(b)) * 1099511628211 }
	for _, word := range []uint64{w.seed, w.epoch} {
		for k := range 8 {
			mix(byte(word >> (8 * k)))
		}
	}
	if o, ok := w.origins[name]; ok && o.seeds == w.seeds {
		name = o.key
	}
	for _, b := range []byte(name + "\x00" + use) {
		mix(b)
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// drawKey is a key for values assigned at random, a new one each time.
func (w *Workspace) drawKey(name, use string) uint64 {
	w.draws++
	return w.key(name, fmt.Sprintf("%s %d", use, w.draws))
}

func (w *Workspace) warn(format string, args ...any) {
	if w.Warn != nil {
		w.Warn(fmt.Sprintf(format, args...))
	}
}

func (w *Workspace) info(format string, args ...any) {
	if w.Info != nil {
		w.Info(fmt.Sprintf(format, args...))
	}
}

// stepLength is a positive time in seconds.
func stepLength(dt units.Quantity) (float64, error) {
	if dt.Dim() != second {
		return 0, fmt.Errorf("found a step of %v, expected a time such as 0.1*ms", dt)
	}
	if !(dt.SI() > 0) {
		return 0, fmt.Errorf("found a step of %v, expected more than 0 s", dt)
	}
	return dt.SI(), nil
}
