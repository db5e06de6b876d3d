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

// firstStep is the first of the steps that draws takes: with bits above 32, and one after another, so that all parts of a
// block are used.
const firstStep = 5 << 33

// draws runs a program that stores one draw a row, for some steps one after another.
func draws(rows, steps int, draw func(b *Builder, key, step, row Value) Value) []float64 {
	b := columns(All, Float64)
	b.Store(0, draw(b, b.Int(0x0123456789abcdef), b.Uniform(0, I64), b.Row()))
	p := Optimize(b.Program())
	var all []float64
	for step := range steps {
		f := &Frame{Columns: []Column{{F: make([]float64, rows)}}, Uniforms: []uint64{firstStep + uint64(step)}}
		Eval(p, f, 0, rows)
		all = append(all, f.Columns[0].F...)
	}
	return all
}

func rand0(b *Builder, key, step, row Value) Value { return b.Rand(key, step, row, 0) }

func TestDrawsOutsideProgramsAreTheSame(t *testing.T) {
	const rows = 50
	for occurrence := range 4 {
		uniform := draws(rows, 5, func(b *Builder, k, s, r Value) Value { return b.Rand(k, s, r, occurrence) })
		normal := draws(rows, 5, func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, occurrence) })
		for i := range 5 * rows {
			step, row := firstStep+int64(i/rows), int64(i%rows)
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
		x := draws(20000, 8, func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, occurrence) })
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
		"next step":    func(b *Builder, k, s, r Value) Value { return b.Rand(k, b.Add(s, b.Int(3)), r, 0) },
		"next key":     func(b *Builder, k, s, r Value) Value { return b.Rand(b.Add(k, b.Int(1)), s, r, 0) },
		"high key":     func(b *Builder, k, s, r Value) Value { return b.Rand(b.Add(k, b.Int(1<<40)), s, r, 0) },
		"high step":    func(b *Builder, k, s, r Value) Value { return b.Rand(k, b.Add(s, b.Int(1<<40)), r, 0) },
		"normal":       func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, 0) },
		"normal 1":     func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, 1) },
		"next normal":  func(b *Builder, k, s, r Value) Value { return b.Randn(k, b.Add(s, b.Int(5)), r, 0) },
	}
	series := map[string][]float64{}
	for name, draw := range kinds {
		series[name] = draws(5000, 3, draw)
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

// inBlocks are the draws of one occurrence in steps one after another, each row's a block at a time.
func inBlocks(rows int, whole func(b *Builder, key, block, row Value) []Value) [][]float64 {
	b := NewBuilder("blocks", All)
	values := whole(b, b.Int(0x0123456789abcdef), b.Uniform(0, I64), b.Row())
	f := &Frame{Uniforms: []uint64{uint64(firstStep / len(values))}}
	var steps [][]float64
	for k, v := range values {
		b.Column(k, Float64)
		b.Store(k, v)
		steps = append(steps, make([]float64, rows))
		f.Columns = append(f.Columns, Column{F: steps[k]})
	}
	Eval(Optimize(b.Program()), f, 0, rows)
	return steps
}

func TestABlockGivesTheDrawsOfItsSteps(t *testing.T) {
	const rows = 50
	for name, c := range map[string]struct {
		whole func(b *Builder, k, block, r Value) []Value
		one   func(b *Builder, k, s, r Value) Value
	}{
		"RandPair": {func(b *Builder, k, block, r Value) []Value {
			even, odd := b.RandPair(k, block, r, 3)
			return []Value{even, odd}
		}, func(b *Builder, k, s, r Value) Value { return b.Rand(k, s, r, 3) }},
		"RandnPair": {func(b *Builder, k, block, r Value) []Value {
			even, odd := b.RandnPair(k, block, r, 3)
			return []Value{even, odd}
		}, func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, 3) }},
		"RandnFour": {func(b *Builder, k, block, r Value) []Value {
			four := b.RandnFour(k, block, r, 3)
			return four[:]
		}, func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, 3) }},
	} {
		steps := inBlocks(rows, c.whole)
		single := draws(rows, len(steps), c.one)
		for i, want := range single {
			if got := steps[i/rows][i%rows]; got != want {
				t.Fatalf("%s: step %d, row %d: found %v, expected %v", name, i/rows, i%rows, got, want)
			}
		}
	}
}

// lag is the correlation of the draws of each row with those of the row some steps and rows further.
func lag(x []float64, rows, steps, across int) float64 {
	shift := steps*rows + across
	return correlation(x[:len(x)-shift], x[shift:])
}

func TestDrawsOfStepsAndRowsNearEachOtherDoNotCorrelate(t *testing.T) {
	const rows, steps = 10000, 8
	square := func(x []float64) []float64 {
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = v * v
		}
		return y
	}
	uniform := draws(rows, steps, rand0)
	normal := draws(rows, steps, func(b *Builder, k, s, r Value) Value { return b.Randn(k, s, r, 0) })
	for name, x := range map[string][]float64{"rand": uniform, "randn": normal, "randn squared": square(normal)} {
		for further := range 5 { // 0 to 4 steps: within a block and from one to the next
			for across := range 3 {
				if further+across == 0 {
					continue
				}
				if c := lag(x, rows, further, across); math.Abs(c) > 4/math.Sqrt(rows*(steps-4)) {
					t.Errorf("%s, %d steps and %d rows further: correlation %v", name, further, across, c)
				}
			}
		}
	}
}

func TestNormalDrawsOfEveryPartOfABlockHaveTheTailsOfANormal(t *testing.T) {
	const rows = 200000
	for part, x := range inBlocks(rows, func(b *Builder, k, block, r Value) []Value {
		four := b.RandnFour(k, block, r, 0)
		return four[:]
	}) {
		for _, beyond := range []float64{1, 2, 3, 4} {
			p := math.Erfc(beyond/math.Sqrt2) / 2
			low, high := 0, 0
			for _, v := range x {
				if v > beyond {
					high++
				}
				if v < -beyond {
					low++
				}
			}
			for side, n := range map[string]int{"below": low, "above": high} {
				if z := (float64(n) - rows*p) / math.Sqrt(rows*p*(1-p)); math.Abs(z) > 4 {
					t.Errorf("step %d of a block, %s %v: %d of %d, expected %.1f", part, side, beyond, n, rows, rows*p)
				}
			}
		}
	}
}

func TestNormalsOfTheExtremeWordsAreFiniteAndRight(t *testing.T) {
	for _, c := range []struct{ radius, angle uint32 }{{0, 0}, {1, 0}, {0xffffffff, 0}, {0xffffffff, 0xffffffff}, {0x80000000, 0x80000000},
		{0x95f61998, 0x12345678}, {0x95f61999, 0x40000001}, {0xfffffffe, 0xc0000000}} {
		b := NewBuilder("normals", All)
		sine, cosine := b.normals(b.Int(int64(c.radius)|0xabc<<40), b.Int(int64(c.angle)|0xdef<<40)) // high bits do not count
		u := 1 - float64(c.radius)/0x1p32
		w := (float64(c.angle)+0.5)/0x1p32 - 0.5
		r := math.Sqrt(-2 * math.Log(u))
		want := [2]float64{r * math.Sin(math.Pi*w), r * math.Cos(math.Pi*w)}
		if c.angle&1 != 0 {
			want[1] = -want[1]
		}
		for k, v := range []Value{sine, cosine} {
			if got := b.float(v); !(math.Abs(got-want[k]) <= 1e-9*max(1, r)) {
				t.Errorf("words %x and %x: normal %d is %v, expected %v", c.radius, c.angle, k, got, want[k])
			}
		}
	}
}
