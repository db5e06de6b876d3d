package irtest

import (
	"errors"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// testHazards runs programs in which a column that is read in place, or written straight into, changes too early.
func testHazards(t *testing.T, backend ir.Backend) {
	for name, code := range hazards() {
		t.Run(name, func(t *testing.T) {
			for _, d := range domains {
				r := rand.New(rand.NewPCG(5, 6))
				p := &ir.Program{Name: name, Domain: d, Columns: randomColumns, Code: code}
				check(t, backend, p, randomFrame(r, d), span{3, most(d)}, span{0, 300})
				check(t, backend, ir.Optimize(p), randomFrame(r, d), span{3, most(d)})
			}
		})
	}
}

func load(k int) ir.Instr {
	return ir.Instr{Op: ir.Load, Type: randomColumns[k].Type(), Storage: randomColumns[k], Imm: uint64(k)}
}

func store(k int, v ir.Value) ir.Instr {
	return ir.Instr{Op: ir.Store, Storage: randomColumns[k], A: v, Imm: uint64(k)}
}

func sum(a, b ir.Value) ir.Instr { return ir.Instr{Op: ir.Add, Type: ir.F64, A: a, B: b} }

// hazards work on columns 0, 1 and 2, which are numbers.
func hazards() map[string][]ir.Instr {
	return map[string][]ir.Instr{
		"swap":                 {load(0), load(1), store(0, 1), store(1, 0)},
		"rotate":               {load(0), load(1), load(2), store(0, 1), store(1, 2), store(2, 0)},
		"old value after":      {load(0), load(1), sum(0, 1), store(0, 2), sum(0, 2), store(1, 4)},
		"store to itself":      {load(0), store(0, 0), sum(0, 0), store(1, 2)},
		"load again":           {load(0), sum(0, 0), store(0, 1), load(0), sum(0, 3), store(1, 4)},
		"store twice":          {load(0), sum(0, 0), store(0, 1), sum(1, 0), store(0, 3), sum(1, 3), store(1, 5)},
		"two columns":          {load(0), sum(0, 0), store(0, 1), store(1, 1), sum(1, 0), store(2, 4)},
		"between":              {load(0), load(1), sum(0, 1), load(0), store(0, 2), sum(3, 1), store(1, 5)},
		"written, then needed": {load(0), sum(0, 0), store(1, 1), load(0), store(1, 3), sum(1, 3), store(2, 5)},
		"masks":                {load(7), load(8), {Op: ir.Xor, Type: ir.Mask, A: 0, B: 1}, store(7, 2), {Op: ir.And, Type: ir.Mask, A: 0, B: 2}, store(8, 4)},
		"mask and number": {load(0), load(1), {Op: ir.Lt, Type: ir.Mask, A: 0, B: 1}, {Op: ir.Select, Type: ir.F64, A: 2, B: 0, C: 1},
			{Op: ir.Lt, Type: ir.Mask, A: 3, B: 1}, {Op: ir.Select, Type: ir.F64, A: 2, B: 3, C: 0}, store(0, 5), store(7, 4), store(8, 2)},
		"narrow": {load(3), store(5, 0), load(5), store(4, 2)},
	}
}

// testEmit: rows ascend as they are visited, behind what Out holds already.
func testEmit(t *testing.T, backend ir.Backend) {
	for _, d := range domains {
		r := rand.New(rand.NewPCG(8, 9))
		f := randomFrame(r, d)
		for i := range f.Columns[7].B {
			f.Columns[7].B[i] = i%97 == 0 || i%2 == 0 && i < 40
		}
		p := &ir.Program{Name: "emit", Domain: d, Columns: randomColumns, Code: []ir.Instr{load(7), {Op: ir.Emit, A: 0}}}
		check(t, backend, p, f, span{0, most(d)}, span{5, 6}, span{5, 300})
		one := &ir.Program{Name: "emit all", Domain: d, Columns: randomColumns, Code: []ir.Instr{{Op: ir.Const, Type: ir.Mask, Imm: 1}, {Op: ir.Emit}}}
		check(t, backend, one, f, span{0, most(d)})
	}
}

// testIndices: a row or index outside its column is a panic with an *ir.IndexError that names the column.
func testIndices(t *testing.T, backend ir.Backend) {
	for _, bad := range []int64{-1, 10, 1 << 40} {
		for name, build := range map[string]func(b *ir.Builder, at ir.Value){
			"gather":   func(b *ir.Builder, at ir.Value) { b.Store(0, b.Gather(1, at)) },
			"scatter":  func(b *ir.Builder, at ir.Value) { b.Scatter(1, at, b.Load(0)) },
			"add":      func(b *ir.Builder, at ir.Value) { b.ScatterAdd(1, at, b.Load(0)) },
			"multiply": func(b *ir.Builder, at ir.Value) { b.ScatterMul(1, at, b.Load(0)) },
		} {
			for _, s := range []ir.Storage{ir.Float64, ir.Int64, ir.Int32} {
				b := ir.NewBuilder(name, ir.All)
				b.Column(0, s)
				b.Column(1, s)
				b.Column(2, ir.Int64)
				build(b, b.Load(2))
				values := make([]uint64, 10)
				f := &ir.Frame{Columns: []ir.Column{column(s, values), column(s, values), {I: []int64{1, 2, 3, bad, 5, 6, 7, 8, 9, 0}}}}
				expectIndexError(t, backend, b.Program(), f, 1)
			}
		}
	}
	b := ir.NewBuilder("rows", ir.List)
	b.Column(0, ir.Float64)
	b.Store(0, b.Row())
	expectIndexError(t, backend, b.Program(), &ir.Frame{Columns: []ir.Column{{F: make([]float64, 4)}}, Rows: []int32{0, 4}}, 0)
	for _, rows := range [][]int32{{0, 2, 1, 5}, {2, 3, -1, 1}, {math.MinInt32, 0}, {0, math.MaxInt32}} {
		b := ir.NewBuilder("spans", ir.Spans)
		b.Column(0, ir.Float64)
		b.Store(0, b.Row())
		expectIndexError(t, backend, b.Program(), &ir.Frame{Columns: []ir.Column{{F: make([]float64, 4)}}, Rows: rows}, 0)
	}
}

func expectIndexError(t *testing.T, backend ir.Backend, p *ir.Program, f *ir.Frame, column int) {
	t.Helper()
	loop, err := backend.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	hi := max(len(f.Rows), f.Columns[0].Len())
	switch p.Domain {
	case ir.List:
		hi = len(f.Rows)
	case ir.Spans:
		hi = len(f.Rows) / 2
	}
	for name, run := range map[string]func(*ir.Frame){
		"Eval":    func(f *ir.Frame) { ir.Eval(p, f, 0, hi) },
		"backend": func(f *ir.Frame) { loop.Run(f, 0, hi) },
	} {
		var index *ir.IndexError
		if err := recovered(func() { run(clone(f)) }); !errors.As(err, &index) || index.Column != column {
			t.Errorf("%s: found %v, expected an index error of column %d\n%s", name, err, column, p)
		}
	}
}

func recovered(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

// testAtOnce runs one loop on disjoint rows from several goroutines, each with a frame of its own over the same columns.
func testAtOnce(t *testing.T, backend ir.Backend) {
	p, _ := functionProgram("exp", 1)
	loop, err := backend.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(10, 11))
	f := &ir.Frame{Columns: []ir.Column{randomColumn(r, ir.Float64, 4000), {F: make([]float64, 4000)}}}
	want := clone(f)
	ir.Eval(p, want, 0, 4000)
	var group sync.WaitGroup
	for part := range 4 {
		group.Go(func() {
			own := &ir.Frame{Columns: f.Columns}
			loop.Run(own, part*1000, part*1000+1000)
		})
	}
	group.Wait()
	if err := difference(want, f); err != nil {
		t.Error(err)
	}
}

// testAllocations: after the first call nothing is allocated.
func testAllocations(t *testing.T, backend ir.Backend) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 12))
		p := RandomProgram(r)
		f := randomFrame(r, p.Domain)
		loop, err := backend.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		f.Out = make([]int32, 0, 1000*randomRows)
		got := testing.AllocsPerRun(3, func() {
			f.Out = f.Out[:0]
			loop.Run(f, 1, 400)
		})
		if got != 0 {
			t.Fatalf("found %v allocations a call, expected none\n%s", got, p)
		}
	}
}

// testNoRows: a call without rows does nothing, with nothing in the frame.
func testNoRows(t *testing.T, backend ir.Backend) {
	p := RandomProgram(rand.New(rand.NewPCG(13, 14)))
	loop, err := backend.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	loop.Run(&ir.Frame{}, 5, 5)
}

// testRefuses: a program that does not pass Check is not compiled.
func testRefuses(t *testing.T, backend ir.Backend) {
	for _, code := range [][]ir.Instr{
		{{Op: ir.Add, Type: ir.F64}},
		{{Op: ir.Invalid}},
		{{Op: ir.Op(ir.NumOps)}},
		{{Op: ir.Load, Type: ir.F64, Storage: ir.Float64, Imm: 3}},
	} {
		if _, err := backend.Compile(&ir.Program{Name: "wrong", Code: code}); err == nil {
			t.Errorf("compiled %v, expected an error", code)
		}
	}
}
