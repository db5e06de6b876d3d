package sim

import (
	"context"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/units"
)

func files(texts map[string]string) fstest.MapFS {
	tree := fstest.MapFS{}
	for name, text := range texts {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree
}

func TestFreeMemoryIsWhatTheKernelAndTheControlGroupsLeave(t *testing.T) {
	kernel := "MemTotal:       24000 kB\nMemFree:         1000 kB\nMemAvailable:   20000 kB\nSwapFree:        4000 kB\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  float64
	}{
		"a system that does not tell": {nil, unknownMemory},
		"no control groups":           {map[string]string{"proc/meminfo": kernel}, 24000 * 1024},
		"a group without a limit": {map[string]string{"proc/meminfo": kernel, "proc/self/cgroup": "0::/a\n",
			"sys/fs/cgroup/a/memory.max": "max\n", "sys/fs/cgroup/a/memory.current": "5\n"}, 24000 * 1024},
		"a group with a limit, in which cached files can go": {map[string]string{"proc/meminfo": kernel, "proc/self/cgroup": "0::/a\n",
			"sys/fs/cgroup/a/memory.max": "9000\n", "sys/fs/cgroup/a/memory.current": "5000\n",
			"sys/fs/cgroup/a/memory.stat": "anon 4000\ninactive_file 1000\n"}, 9000 - 5000 + 1000},
		"a narrower group around it": {map[string]string{"proc/meminfo": kernel, "proc/self/cgroup": "0::/a/b\n",
			"sys/fs/cgroup/a/memory.max": "7000\n", "sys/fs/cgroup/a/memory.current": "6000\n",
			"sys/fs/cgroup/a/b/memory.max": "9000\n", "sys/fs/cgroup/a/b/memory.current": "5000\n"}, 1000},
		"the older form of groups": {map[string]string{"proc/meminfo": kernel, "proc/self/cgroup": "5:cpu:/a\n4:memory:/a\n",
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "8000\n", "sys/fs/cgroup/memory/a/memory.usage_in_bytes": "3000\n",
			"sys/fs/cgroup/memory/a/memory.stat": "total_inactive_file 500\n"}, 5500},
		"more in use than the limit allows": {map[string]string{"proc/meminfo": kernel, "proc/self/cgroup": "0::/\n",
			"sys/fs/cgroup/memory.max": "9000\n", "sys/fs/cgroup/memory.current": "9500\n"}, 0},
	} {
		if got := freeMemory(files(c.files)); got != c.want {
			t.Errorf("%s: %v bytes, want %v", name, got, c.want)
		}
	}
}

func TestWhatDoesNotFitIsSaidWithTheNumbers(t *testing.T) {
	if err := fitsInto("found 1e+12 neurons × 5 variables", 4e13, 23e9); err == nil || err.Error() != "found 1e+12 neurons × 5 variables = 40 TB, but this machine has 23 GB free" {
		t.Errorf("found %v", err)
	}
	if err := fitsInto("", 23e9, 23e9); err != nil {
		t.Errorf("what just fits is refused: %v", err)
	}
	if err := fits("", always); err != nil {
		t.Errorf("little is refused: %v", err)
	}
	for bytes, want := range map[float64]string{0: "0 bytes", 999: "999 bytes", 1500: "1.5 kB", 999.6e9: "1 TB", 8e15: "8 PB", 4e30: "4e+12 EB"} {
		if got := amount(bytes); got != want {
			t.Errorf("%v bytes are written %q, want %q", bytes, got, want)
		}
	}
}

// refused says that an error has all of some words.
func refused(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	for _, word := range words {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: found the error %v, expected one with %q", what, err, word)
			return
		}
	}
}

func TestAGroupTooLargeForMemoryIsRefused(t *testing.T) {
	net := NewNetwork()
	_, err := net.NeuronGroup(1e12, "dv/dt = -v/(10*ms) : 1\nx : 1\nn : integer", Threshold("v > 1"), Reset("v = 0"), Refractory("2*ms"))
	refused(t, "neurons", err, "neurongroup: found 1e+12 neurons × 5 variables = 29 TB, but this machine has ", " free") // 3×8 + 4 + 1 bytes a neuron
	_, err = net.PoissonGroup(1e12, quantity(t, "10*Hz"))
	refused(t, "inputs", err, "found 1e+12 inputs × 3 variables = 17 TB, but this machine has ") // rates, lastspike and not_refractory: 8 + 8 + 1 bytes
	if len(net.Objects()) != 0 {
		t.Error("a refused group is in the network")
	}
}

func TestMoreRowsThanCanBeNumberedAreRefused(t *testing.T) {
	net := NewNetwork()
	_, err := net.NeuronGroup(math.MaxInt32+1, "")
	refused(t, "neurons", err, "found 2.147e+09 neurons, expected at most 2147483647")
	_, err = net.SpikeGeneratorGroup(math.MaxInt32+1, []int{}, []float64{})
	refused(t, "inputs", err, "inputs, expected at most 2147483647")
	if _, err := net.NeuronGroup(math.MaxInt32, ""); err != nil {
		t.Errorf("as many as can be numbered: %v", err)
	}
}

func TestARecordingTooLargeForMemoryIsRefusedBeforeTheFirstStep(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(1000000, "dv/dt = 1/second : 1"))
	m := must[*StateMonitor](t)(net.StateMonitor(g, []string{"v"}))
	err := net.Run(context.Background(), units.New(1e5, second))
	refused(t, "the run", err, "Run: statemonitor: found 1000000 rows × 1e+09 steps × 1 variable = 8 PB, but this machine has ", "longer Dt")
	if net.Time().SI() != 0 || len(read(t, m, "t")) != 0 || read(t, g, "v")[0] != 0 {
		t.Error("the refused run changed something")
	}
	if err := net.Run(context.Background(), quantity(t, "1*ms")); err != nil {
		t.Errorf("a shorter run afterwards: %v", err)
	}
	if n := len(read(t, m, "t")); n != 10 {
		t.Errorf("%d samples, want 10", n)
	}
}

func TestRecordingsThatFitOneByOneButNotTogetherAreRefused(t *testing.T) {
	clock := &engine.Clock{Dt: 1e-4}
	clock.Set(0, 1)
	third := freeMemory(os.DirFS("/")) / 3
	b := &build{}
	for range 4 {
		b.reserve = append(b.reserve, recording{name: "m", clock: clock, rows: int(third / 8 / 10000), variables: 1})
	}
	refused(t, "all", b.fitsRecordings(), "found the recordings of 4 monitors = ")
	b.reserve = b.reserve[:1]
	if err := b.fitsRecordings(); err != nil {
		t.Errorf("one of them: %v", err)
	}
}

func TestARunOfMoreStepsThanCanBeCountedIsRefused(t *testing.T) {
	net := NewNetwork()
	must[*NeuronGroup](t)(net.NeuronGroup(1, "v : 1"))
	for _, seconds := range []float64{1e13, 1e300, math.Inf(1)} {
		refused(t, "the run", net.Run(context.Background(), units.New(seconds, second)), "expected at most 2^53 steps")
	}
	if net.Time().SI() != 0 {
		t.Error("time has passed")
	}
}

func TestMoreSynapsesThanMemoryOrNumbersAreRefused(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(1000000, "v : 1", Threshold("v > 1"), Reset("v = 0")))
	for name, options := range map[string][]Option{
		"all pairs": nil, "a high probability": {Prob(0.5)}, "many copies": {Prob(1e-3), PerPair(1000000)},
	} {
		s := must[*Synapses](t)(net.Synapses(g, g, "w : 1", OnPre("v_post += w")))
		refused(t, name, s.Connect(options...), "synapses", " = ", "but this machine has ", " free")
		if s.Len() != 0 {
			t.Errorf("%s: there are %d synapses", name, s.Len())
		}
	}
}

// More synapses than can be numbered are refused whatever memory there is: with less, for want of it.
func TestMoreSynapsesThanCanBeNumberedAreRefused(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(50000, "v : 1", Threshold("v > 1"), Reset("v = 0")))
	s := must[*Synapses](t)(net.Synapses(g, g, "", OnPre("v_post += 1")))
	err := s.Connect(Prob(0.9))
	refused(t, "the connection", err, "Connect: found 2.25e+09 synapses")
	if !strings.Contains(fmt.Sprint(err), "expected at most 2147483647") && !strings.Contains(fmt.Sprint(err), "but this machine has") {
		t.Errorf("found %v", err)
	}
	if s.Len() != 0 {
		t.Errorf("there are %d synapses", s.Len())
	}
}
