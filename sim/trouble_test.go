package sim

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// After a run, variables that the run wrote are looked at, each by its own road; what nothing wrote is the user's affair,
// and its memory is left alone.
func TestOnlyWhatARunWritesIsLookedAtForTrouble(t *testing.T) {
	net := NewNetwork()
	var warned []string
	net.Warn = func(text string) {
		name, _, _ := strings.Cut(strings.TrimPrefix(text[strings.Index(text, ":")+1:], " "), " ")
		warned = append(warned, name)
	}
	g := must[*NeuronGroup](t)(net.NeuronGroup(2, "da/dt = a*a/ms : 1\nb : 1\nheld = c : 1 (constant over dt)\nc : 1\nd : 1\nfed : 1\nf : 1\nalone : 1",
		Threshold("i == 0"), Reset("b = 1e60"), Method("euler"), Name("g")))
	for _, name := range []string{"c", "alone"} {
		if err := g.Write(name, nil, math.NaN()); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Write("a", nil, 1e100); err != nil {
		t.Fatal(err)
	}
	must[*RegularOperation](t)(g.RunRegularly("d = 1e60"))
	must[*PoissonInput](t)(net.PoissonInput(g, "fed", 1000, quantity(t, "1000*Hz"), 1e60))
	s := must[*Synapses](t)(net.Synapses(g, g, "w : 1\nlearned : 1\nf_post = 1e60 : 1 (summed)", OnPre("learned = 1e60"), Name("s")))
	if err := s.Connect(); err != nil {
		t.Fatal(err)
	}
	if err := s.Write("w", nil, math.NaN()); err != nil {
		t.Fatal(err)
	}
	run100(t, net)
	slices.Sort(warned)
	if want := []string{"a", "b", "d", "f", "fed", "held", "learned"}; !slices.Equal(warned, want) {
		t.Errorf("warned of %v, want %v", warned, want)
	}
}
