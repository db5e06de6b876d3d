package sim

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// What a model needs is compared with what the machine has before it is asked for: a system hands out memory that it
// lacks, and ends the process later, when it is used.

// always is how much is there without a look [bytes].
const always = 64 << 20

// unknownMemory stands for the memory of a system that does not tell; few machines have more [bytes].
const unknownMemory = 512 << 30

// mostRows is the greatest number of rows, neurons or synapses, of one object: they are numbered in 32 bits.
const mostRows = math.MaxInt32

// fits tells whether so many bytes can be had. What names the amount by its factors: "found 1000000 neurons × 5
// variables". It costs a few readings of small files when the amount is not small.
func fits(what string, bytes float64) error {
	if bytes <= always {
		return nil
	}
	return fitsInto(what, bytes, freeMemory(os.DirFS("/")))
}

func fitsInto(what string, bytes, free float64) error {
	if bytes <= free {
		return nil
	}
	return fmt.Errorf("%s = %s, but this machine has %s free", what, amount(bytes), amount(free))
}

// fitsRows tells whether an object may have so many rows.
func fitsRows(what string, rows float64) error {
	if rows <= mostRows {
		return nil
	}
	return fmt.Errorf("found %s %s, expected at most %d", count(rows), what, mostRows)
}

// amount writes bytes with three digits: 40 TB.
func amount(bytes float64) string {
	for _, unit := range []string{"bytes", "kB", "MB", "GB", "TB", "PB"} {
		if bytes < 999.5 {
			return fmt.Sprintf("%.3g %s", bytes, unit)
		}
		bytes /= 1000
	}
	return fmt.Sprintf("%.3g EB", bytes)
}

// count writes a number of things: in full as long as it can be read.
func count(n float64) string {
	if n < 1e7 {
		return strconv.FormatFloat(n, 'f', 0, 64)
	}
	return strconv.FormatFloat(n, 'g', 4, 64)
}

// freeMemory is what the processes of this system may still take [bytes]: what the kernel calls available, and swap,
// within the limits of the control groups that this process is in. The root of the file system is given.
func freeMemory(root fs.FS) float64 {
	available, err := numberIn(root, "proc/meminfo", "MemAvailable:")
	if err != nil {
		return unknownMemory
	}
	swap, _ := numberIn(root, "proc/meminfo", "SwapFree:")
	return min(1024*(available+swap), leftInGroups(root))
}

// A controlGroup says where the limit of a group of processes and its use are told.
type controlGroup struct{ folder, limit, usage, cache string }

var (
	unified = controlGroup{"sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"}
	legacy  = controlGroup{"sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"}
)

// leftInGroups is the least that a control group of this process, or one around it, leaves.
func leftInGroups(root fs.FS) float64 {
	left := math.Inf(1)
	list, _ := fs.ReadFile(root, "proc/self/cgroup") // lines such as 0::/user.slice
	for line := range strings.Lines(string(list)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		switch {
		case len(fields) < 3:
		case fields[1] == "":
			left = min(left, unified.left(root, fields[2]))
		case fields[1] == "memory":
			left = min(left, legacy.left(root, fields[2]))
		}
	}
	return left
}

// left looks at a group and all around it. Cached files are given back when memory is needed.
func (g controlGroup) left(root fs.FS, name string) float64 {
	left := math.Inf(1)
	for at := path.Join("/", name); ; at = path.Dir(at) {
		folder := path.Join(g.folder, at)
		limit, err := numberIn(root, path.Join(folder, g.limit), "")
		if used, wrong := numberIn(root, path.Join(folder, g.usage), ""); err == nil && wrong == nil {
			cached, _ := numberIn(root, path.Join(folder, "memory.stat"), g.cache)
			left = min(left, max(limit-used+cached, 0))
		}
		if at == "/" {
			return left
		}
	}
}

var errNoNumber = errors.New("no number")

// numberIn reads the number after a word at the start of a line of a file, or at its beginning.
func numberIn(root fs.FS, name, word string) (float64, error) {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if word != "" && (len(fields) == 0 || fields[0] != word) {
			continue
		}
		if word != "" {
			fields = fields[1:]
		}
		if len(fields) == 0 {
			break
		}
		return strconv.ParseFloat(fields[0], 64) // "max", which is no limit, is an error
	}
	return 0, errNoNumber
}

// size is the bytes of one value.
func size(s ir.Storage) int {
	switch s {
	case ir.Int32:
		return 4
	case ir.Bool:
		return 1
	}
	return 8
}

// fitsNew tells whether the columns that the checked model wants and that are not there yet can be had.
func (p *Population) fitsNew() error {
	variables, bytes := 0, 0
	for _, name := range p.ownNames() {
		sym := p.checked.Lookup(name)
		if v := p.vars[name]; (v == nil || v.column == nil) && p.isStored(sym) && !sym.Shared {
			variables++
			bytes += size(storageOf(sym.Type))
		}
	}
	if err := fits(fmt.Sprintf("found %s %s × %s", count(float64(p.rows)), p.things(), counted(variables, "variable")), float64(p.rows)*float64(bytes)); err != nil {
		return fmt.Errorf("%s: %w", p.label(), err)
	}
	if err := fitsRows(p.things(), float64(p.rows)); err != nil {
		return fmt.Errorf("%s: %w", p.label(), err)
	}
	return nil
}

// A recording needs room for what it notes at each step of a run: its time, and some variables of some rows.
type recording struct {
	name            string
	clock           *engine.Clock
	rows, variables int
	reserve         func(steps int)
}

func (r recording) bytes() float64 {
	return 8 * float64(r.clock.Steps()) * (float64(r.rows)*float64(r.variables) + 1)
}

// fitsRecordings tells whether all recordings of the run can be had, before any is made room for.
func (b *build) fitsRecordings() error {
	total := 0.0
	for _, r := range b.reserve {
		steps := count(float64(r.clock.Steps()))
		what := fmt.Sprintf("Run: %s: found %s × %s steps × %s", r.name, counted(r.rows, "row"), steps, counted(r.variables, "variable"))
		if err := fits(what, r.bytes()); err != nil {
			return fmt.Errorf("%w: record fewer rows, or give the monitor a longer Dt", err)
		}
		total += r.bytes()
	}
	return fits(fmt.Sprintf("Run: found the recordings of %s", counted(len(b.reserve), "monitor")), total)
}

// things are what the rows are.
func (p *Population) things() string {
	switch p.kind {
	case "synapses":
		return "synapses"
	case "poissongroup", "spikegeneratorgroup":
		return "inputs"
	}
	return "neurons"
}
