package sim

import (
	"fmt"

	"github.com/golgi-sim/golgi/units"
)

// A Subgroup is a range of neurons of a group. Its rows are counted from 0.
type Subgroup struct{ of view }

// Subgroup is the neurons lo to hi-1 of the group.
func (g *NeuronGroup) Subgroup(lo, hi int) (*Subgroup, error) { return g.view().part(lo, hi) }

// Subgroup is rows lo to hi-1 of the subgroup, as a part of the whole group.
func (s *Subgroup) Subgroup(lo, hi int) (*Subgroup, error) { return s.of.part(lo, hi) }

func (v view) part(lo, hi int) (*Subgroup, error) {
	n := v.hi - v.lo
	if hi == End {
		hi = n
	}
	if lo < 0 {
		lo += n
	}
	if hi < 0 {
		hi += n
	}
	if lo < 0 || hi > n || lo >= hi {
		return nil, fmt.Errorf("%s: found the rows %d to %d, expected a range within 0 to %d", v.p.label(), lo, hi, n)
	}
	return &Subgroup{view{v.p, v.lo + lo, v.lo + hi}}, nil
}

func (g *NeuronGroup) view() view { return view{&g.Population, 0, g.rows} }
func (s *Subgroup) view() view    { return s.of }

// Whole is the group that the subgroup is a part of.
func (s *Subgroup) Whole() Object { return s.of.p.object }

// Name is the name of the whole group with the range.
func (s *Subgroup) Name() string { return fmt.Sprintf("%s[%d:%d]", s.of.p.name, s.of.lo, s.of.hi) }

// Len is the number of rows.
func (s *Subgroup) Len() int { return s.of.hi - s.of.lo }

func (s *Subgroup) build(*build) error { return nil }

// VariableNames lists the variables of the group.
func (s *Subgroup) VariableNames() []string { return s.of.p.VariableNames() }

// Read gives the values of a variable in the subgroup's rows.
func (s *Subgroup) Read(name string) (units.Array, error) { return s.of.read(name, nil) }

// ReadAt gives those that an index picks, counted from the start of the subgroup.
func (s *Subgroup) ReadAt(name string, index any) (units.Array, error) { return s.of.read(name, index) }

// Write sets a variable in the subgroup's rows.
func (s *Subgroup) Write(name string, index, value any) error { return s.of.write(name, index, value) }
