package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/sim"
)

// mostNeurons bounds -n: the synapses of brunel, a thousand a neuron, have to be countable in 32 bits.
const mostNeurons = 1_000_000

// usualSeed starts the random numbers of a bench, unless -seed says otherwise.
const usualSeed = 4321

// execution is how a case is run, whatever the case.
type execution struct {
	threads int    // that may share the work
	backend string // what executes the equations: native, vm or eval; "" for the choice of golgi
	seed    int
	twice   bool // Run once more for the same time
}

// benchmark is golgi bench: it measures a case, or with -report compares lines measured before.
func benchmark(c *command, args []string) error {
	if slices.ContainsFunc(args, isReportFlag) {
		return reportBenches(c, args)
	}
	e := execution{backend: os.Getenv(backendVariable)}
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	n := flags.Int("n", 0, "")
	t := flags.Float64("t", 0, "")
	flags.IntVar(&e.threads, "threads", 1, "")
	flags.StringVar(&e.backend, "backend", e.backend, "")
	flags.IntVar(&e.seed, "seed", usualSeed, "")
	flags.BoolVar(&e.twice, "twice", false, "")
	rest, done, err := c.parse(flags, args, 1)
	if err != nil || done {
		return err
	}
	b, err := findBench(rest[0])
	if err != nil {
		return err
	}
	flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "n":
			b.neurons = *n
		case "t":
			b.seconds = *t
		case "backend":
			err = forceBackend(e.backend)
		}
	})
	if err != nil {
		return err
	}
	if err := b.check(); err != nil {
		return err
	}
	result, err := b.measure(e)
	if _, misused := errors.AsType[*usageError](err); misused {
		return err
	} else if err != nil {
		return fmt.Errorf("bench %s: %w", b.name, err)
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// findBench is the case of a name, with its usual size and duration.
func findBench(name string) (benchCase, error) {
	best, least := "", 3
	var names []string
	for _, b := range benchCases {
		if b.name == name {
			return b, nil
		}
		if d := distance(name, b.name); d < least && d < len(b.name) {
			best, least = fmt.Sprintf("; did you mean `golgi bench %s`?", b.name), d
		}
		names = append(names, b.name)
	}
	return benchCase{}, misuse("bench: found the case %q, expected one of %s%s", name, strings.Join(names, ", "), best)
}

// check refuses sizes and durations that cannot be simulated.
func (b benchCase) check() error {
	if b.neurons < b.least || b.neurons > mostNeurons {
		return misuse("bench %s: found -n %d, expected %d to %d", b.name, b.neurons, b.least, mostNeurons)
	}
	if !(b.seconds > 0) || math.IsInf(b.seconds, 1) {
		return misuse("bench %s: found -t %v, expected a number of seconds above 0", b.name, b.seconds)
	}
	return nil
}

// backendVariable is the environment variable by which the simulator is told what executes the equations.
const backendVariable = "GOLGI_BACKEND"

// forceBackend makes every network of the process use one backend.
func forceBackend(name string) error {
	if known := []string{"native", "vm", "eval"}; !slices.Contains(known, name) {
		return misuse("bench: found -backend %s, expected one of %s", name, strings.Join(known, ", "))
	}
	return os.Setenv(backendVariable, name)
}

// shareSteps lets k threads share the work of a network.
func shareSteps(net *sim.Network, k int) error {
	if k < 1 {
		return misuse("bench: found -threads %d, expected 1 or more", k)
	}
	if err := net.Threads(k); err != nil {
		return misuse("bench: -threads: %v", err)
	}
	return nil
}
