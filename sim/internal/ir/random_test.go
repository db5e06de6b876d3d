package ir

import (
	"math"
	"testing"
)

// The known answers published with Random123 (kat_vectors).
var philoxAnswers = []struct {
	counter [4]uint32
	key     [2]uint32
	want    [4]uint32
}{
	{[4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
	{[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, [2]uint32{0xffffffff, 0xffffffff},
		[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
	{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
		[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
}

func TestPhiloxGivesThePublishedAnswers(t *testing.T) {
	for _, c := range philoxAnswers {
		if got := Philox4x32(c.counter, c.key); got != c.want {
			t.Errorf("counter %x key %x: found %x, expected %x", c.counter, c.key, got, c.want)
		}
		b := NewBuilder("philox", All)
		var counter [4]Value
		for k, word := range c.counter {
			counter[k] = b.Int(int64(word))
		}
		for k, v := range b.philox(counter, [2]Value{b.Int(int64(c.key[0])), b.Int(int64(c.key[1]))}) {
			if got, _ := b.Constant(v); uint32(got) != c.want[k] {
				t.Errorf("as a program: word %d: found %x, expected %x", k, uint32(got), c.want[k])
			}
		}
	}
}

// draws runs a program that stores one draw a row, for some steps one after another.
func draws(rows, steps int, draw func(b *Builder, key, step, row Value) Value) []float64 {
	b := columns(All, Float64)
	b.Store(0, draw(b, b.Int(0x0123456789abcdef), b.Uniform(0, I64), b.Row()))
	p := Optimize(b.Program())
	var all []float64
	for step := range steps {
		f := &Frame{Columns: []Column{{F: make([]float64, rows)}}, Uniforms: []uint64{uint64(step) << 20}}
		Eval(p, f, 0, rows)
		all = append(all, f.Columns[0].F...)
	}
	return all
}

func rand0(b *Builder, key, step, row Value) Value { return b.Rand(key, step, row, 0) }

func TestDrawsOutsideProgramsAreTheSame(t *testing.T) {
	const rows = 50
	for occurrence := range 4 {
		uniform := draws(rows, 2, func(b *Builder, k, s, r Value) Value { return b.Rand(k, s, r, occurrence) })
		normal := draws(rows, 2, func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, occurrence) })
		for i := range 2 * rows {
			step, row := int64(i/rows)<<20, int64(i%rows)
			if got := RandAt(0x0123456789abcdef, step, row, occurrence); got != uniform[i] {
				t.Fatalf("rand, occurrence %d, row %d: found %v and %v", occurrence, row, got, uniform[i])
			}
			if got := RandnAt(0x0123456789abcdef, step, row, occurrence); got != normal[i] {
				t.Fatalf("randn, occurrence %d, row %d: found %v and %v", occurrence, row, got, normal[i])
			}
		}
	}
}

// chiSquare compares counts of equally likely cells with their expectation; z is its distance from the mean in standard
// deviations.
func chiSquare(counts []int) (z float64) {
	total := 0
	for _, n := range counts {
		total += n
	}
	expected := float64(total) / float64(len(counts))
	sum := 0.0
	for _, n := range counts {
		sum += (float64(n) - expected) * (float64(n) - expected) / expected
	}
	freedom := float64(len(counts) - 1)
	return (sum - freedom) / math.Sqrt(2*freedom)
}

func TestUniformDrawsFillTheirCells(t *testing.T) {
	x := draws(20000, 5, rand0)
	single, pairs := make([]int, 256), make([]int, 256)
	for i, u := range x {
		if u < 0 || u >= 1 {
			t.Fatalf("found %v, expected a number from 0 to 1", u)
		}
		single[int(256*u)]++
		if i > 0 {
			pairs[16*int(16*x[i-1])+int(16*u)]++
		}
	}
	for name, counts := range map[string][]int{"one": single, "neighbours": pairs} {
		if z := chiSquare(counts); math.Abs(z) > 4 {
			t.Errorf("%s: chi square %v standard deviations from its mean", name, z)
		}
	}
}

func TestNormalDrawsHaveTheMomentsAndCellsOfANormal(t *testing.T) {
	for occurrence := range 2 {
		x := draws(20000, 5, func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, occurrence) })
		var m [5]float64
		counts := make([]int, 200)
		for _, v := range x {
			for k := range m {
				m[k] += math.Pow(v, float64(k)) / float64(len(x))
			}
			counts[int(100*math.Erfc(-v/math.Sqrt2))]++ // the distribution function makes it uniform
		}
		n := math.Sqrt(float64(len(x)))
		// the standard error of a sample's k-th moment is sqrt(m_2k - m_k^2)/sqrt(n)
		for k, want := range map[int][2]float64{1: {0, 1}, 2: {1, math.Sqrt2}, 3: {0, math.Sqrt(15)}, 4: {3, math.Sqrt(96)}} {
			if math.Abs(m[k]-want[0]) > 4*want[1]/n {
				t.Errorf("occurrence %d: moment %d is %v, expected %v", occurrence, k, m[k], want[0])
			}
		}
		if z := chiSquare(counts); math.Abs(z) > 4 {
			t.Errorf("occurrence %d: chi square %v standard deviations from its mean", occurrence, z)
		}
	}
}

func TestOccurrencesStepsRowsAndKeysDifferAndDoNotCorrelate(t *testing.T) {
	kinds := map[string]func(b *Builder, k, s, r Value) Value{
		"occurrence 0": rand0,
		"occurrence 1": func(b *Builder, k, s, r Value) Value { return b.Rand(k, s, r, 1) },
		"occurrence 2": func(b *Builder, k, s, r Value) Value { return b.Rand(k, s, r, 2) },
		"next step":    func(b *Builder, k, s, r Value) Value { return b.Rand(k, b.Add(s, b.Int(1)), r, 0) },
		"next key":     func(b *Builder, k, s, r Value) Value { return b.Rand(b.Add(k, b.Int(1)), s, r, 0) },
		"high key":     func(b *Builder, k, s, r Value) Value { return b.Rand(b.Add(k, b.Int(1<<40)), s, r, 0) },
		"high step":    func(b *Builder, k, s, r Value) Value { return b.Rand(k, b.Add(s, b.Int(1<<40)), r, 0) },
		"normal":       func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, 0) },
		"normal 1":     func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, 1) },
	}
	series := map[string][]float64{}
	for name, draw := range kinds {
		series[name] = draws(5000, 2, draw)
	}
	for a, x := range series {
		for b, y := range series {
			if a < b {
				if c := correlation(x, y); math.Abs(c) > 4/math.Sqrt(float64(len(x))) {
					t.Errorf("%s and %s correlate by %v", a, b, c)
				}
			}
		}
	}
}

func correlation(x, y []float64) float64 {
	var sx, sy, sxx, syy, sxy float64
	for i := range x {
		sx, sy = sx+x[i], sy+y[i]
		sxx, syy, sxy = sxx+x[i]*x[i], syy+y[i]*y[i], sxy+x[i]*y[i]
	}
	n := float64(len(x))
	return (sxy - sx*sy/n) / math.Sqrt((sxx-sx*sx/n)*(syy-sy*sy/n))
}

func TestOccurrencePairsShareOneCall(t *testing.T) {
	b := columns(All, Float64, Float64)
	key, step := b.Uniform(0, I64), b.Uniform(1, I64)
	b.Store(0, b.Randn(key, step, b.Row(), 0))
	one := counted(Optimize(b.Program()), MulU32)
	b.Store(1, b.Randn(key, step, b.Row(), 1))
	if two := counted(Optimize(b.Program()), MulU32); two != one {
		t.Errorf("found %d products for two normals, %d for one", two, one)
	}
}
