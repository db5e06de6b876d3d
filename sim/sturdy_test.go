package sim

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/units"
)

// usualModels is the number of random models that are run when GOLGI_MODELS does not say.
const usualModels = 30

func numberOfModels(t *testing.T) int {
	text := os.Getenv("GOLGI_MODELS")
	if text == "" {
		return usualModels
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("GOLGI_MODELS is %q, expected a number of models", text)
	}
	return n
}

// straight runs a network up to a time.
func straight(net *Network, until float64) error {
	return net.Run(context.Background(), units.New(until-net.Time().SI(), second))
}

// interrupted runs a network up to a time too, but is stopped again and again: by the context, or by Stop. Each stop waits
// a little longer than the one before, so that a run that is planned slowly comes to an end as well.
func interrupted(net *Network, until float64) error {
	patience := 2 * time.Millisecond
	for turn := 0; until-net.Time().SI() > 1e-9; turn++ {
		from := net.Time().SI()
		ctx, cancel := context.WithCancel(context.Background())
		stop := cancel
		if turn%2 == 1 {
			stop = net.Stop
		}
		timer := time.AfterFunc(patience, stop)
		err := net.Run(ctx, units.New(until-from, second))
		timer.Stop()
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
		patience += patience / 2
	}
	return nil
}

// Random models have the same bits on all backends and on several threads, while the garbage collector runs all the time, the profiler's signals
// hit machine code, and the run is interrupted every few milliseconds and continued.
func TestRandomModelsHaveTheSameBitsWhateverDisturbsThem(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	if pprof.StartCPUProfile(io.Discard) == nil { // else it is on already
		defer pprof.StopCPUProfile()
	}
	refused := 0
	n := numberOfModels(t)
	for seed := range uint64(n) {
		if seed > 0 && seed%100 == 0 {
			t.Logf("%d models are done", seed)
		}
		want, model, err := resultOf(t, seed, "vm", 1, straight)
		if err != nil {
			refused++
			t.Logf("model %d: %v\n%s", seed, err, model)
		}
		for _, way := range []struct {
			backend string
			threads int
		}{{"native", 1}, {"native", 3}, {"vm", 2}, {"eval", 1}} {
			if got, _, wrong := resultOf(t, seed, way.backend, way.threads, interrupted); differ(t, want, got) || (err == nil) != (wrong == nil) {
				t.Errorf("model %d, %v: found the error %v, want %v\n%s", seed, way, wrong, err, model)
			}
		}
	}
	t.Logf("%d models, %d of them refused", n, refused)
	if refused > n/20 {
		t.Errorf("%d of %d models are refused: they show nothing", refused, n)
	}
}

// resultOf gives the bits of a model on a backend and some threads. A model that does not run has an error.
func resultOf(t *testing.T, seed uint64, backend string, threads int, way func(*Network, float64) error) (map[string][]uint64, string, error) {
	t.Helper()
	t.Setenv("GOLGI_BACKEND", backend)
	if _, _, err := backends(); err == errNoMachineCode {
		t.Setenv("GOLGI_BACKEND", "")
	}
	m := newRandomModel(seed, threads)
	err := m.run(way)
	return m.bits(), m.text.String(), err
}

// differ tells which results differ.
func differ(t *testing.T, want, got map[string][]uint64) bool {
	t.Helper()
	different := len(want) != len(got)
	for name, bits := range want {
		if !slices.Equal(bits, got[name]) {
			t.Logf("%s differs", name)
			different = true
		}
	}
	return different
}
