package sim

import (
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// without is a machine whose code golgi cannot make: only the fallback is there.
func without(fallback ir.Backend) ir.Backend { return fallback }

func TestAForcedBackendThatTheMachineLacksIsAClearError(t *testing.T) {
	net := NewNetwork()
	g := must[*NeuronGroup](t)(net.NeuronGroup(2, "v : 1"))
	net.steps, net.once, net.unfit = chosen("native", without)
	const words = "GOLGI_BACKEND=native: this processor or system cannot run golgi's machine code: unset it, or use vm"
	refused(t, "a run", net.Run(t.Context(), quantity(t, "1*ms")), "Run: "+words)
	refused(t, "a text", g.Write("v", nil, "1 + i"), words)
	if net.Time().SI() != 0 {
		t.Error("time has passed")
	}
}

func TestWithoutMachineCodeAllRunsOnTheInterpreter(t *testing.T) {
	for _, name := range []string{"", "vm", "eval"} {
		net := NewNetwork()
		g := must[*NeuronGroup](t)(net.NeuronGroup(2, "dv/dt = 1/second : 1"))
		net.steps, net.once, net.unfit = chosen(name, without)
		run100(t, net)
		if got := read(t, g, "v")[1]; !(got > 0.0999 && got < 0.1001) {
			t.Errorf("%q: v is %v after 0.1 s, want 0.1", name, got)
		}
	}
}

func TestAMisspeltBackendIsAClearError(t *testing.T) {
	for _, name := range []string{"Native", "vm ", "jit"} {
		_, _, err := chosen(name, without)
		refused(t, name, err, "found GOLGI_BACKEND="+name+", expected native, avx512, avx2, vm or eval")
	}
}
