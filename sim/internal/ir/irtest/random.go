package irtest

import (
	"math/rand/v2"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// Random programs have columns of every class, 1024 rows each, and uniforms of every type.
const randomRows = 1024

var randomColumns = []ir.Storage{ir.Float64, ir.Float64, ir.Float64, ir.Int64, ir.Int64, ir.Int32, ir.Int32, ir.Bool, ir.Bool}

var randomTypes = []ir.Type{ir.F64, ir.F64, ir.I64, ir.I64, ir.Mask}

func testRandom(t *testing.T, backend ir.Backend) {
	for seed := range uint64(400) {
		if err := CompareRandom(backend, seed); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// CompareRandom makes a program, a frame and calls from a seed, and compares the backend with Eval on the program as it
// is and as Optimize leaves it.
func CompareRandom(backend ir.Backend, seed uint64) error {
	r := rand.New(rand.NewPCG(seed, 77))
	p := RandomProgram(r)
	f := randomFrame(r, p.Domain)
	spans := randomSpans(r, p)
	if err := Compare(backend, p, f, spans...); err != nil {
		return err
	}
	return Compare(backend, ir.Optimize(p), f, spans...)
}

// domains are all domains of rows.
var domains = []ir.Domain{ir.All, ir.List, ir.Spans}

// most is how many rows, or spans of rows, a random frame has.
func most(d ir.Domain) int {
	if d == ir.Spans {
		return randomRows / 2
	}
	return randomRows
}

func randomFrame(r *rand.Rand, d ir.Domain) *ir.Frame {
	f := &ir.Frame{}
	for _, s := range randomColumns {
		f.Columns = append(f.Columns, randomColumn(r, s, randomRows))
	}
	for _, t := range randomTypes {
		f.Uniforms = append(f.Uniforms, randomBits(r, t))
	}
	if d == ir.Spans {
		f.Rows = randomRowsOfSpans(r)
		return f
	}
	row := 0
	for len(f.Rows) < randomRows {
		f.Rows = append(f.Rows, int32(row))
		if row += r.IntN(5); r.IntN(40) == 0 || row >= randomRows {
			row = r.IntN(randomRows)
		}
	}
	return f
}

// randomRowsOfSpans are spans of no row, of one, of a few, now and then of many.
func randomRowsOfSpans(r *rand.Rand) []int32 {
	var rows []int32
	for len(rows) < randomRows {
		lo := r.IntN(randomRows)
		n := []int{0, 1, 3, 4, 5, 11, 12, 13, 17}[r.IntN(9)]
		if r.IntN(100) == 0 {
			n = randomRows
		}
		rows = append(rows, int32(lo), int32(min(lo+n, randomRows)))
	}
	return rows
}

// randomSpans are a few calls: any rows, none, one, about a block.
func randomSpans(r *rand.Rand, p *ir.Program) []span {
	var list []span
	for range 3 {
		lo := r.IntN(most(p.Domain))
		n := []int{0, 1, 7, 255, 256, 257, randomRows}[r.IntN(7)]
		list = append(list, span{lo, min(lo+n, most(p.Domain))})
	}
	return list
}

// A writer makes a random program.
type writer struct {
	r      *rand.Rand
	p      *ir.Program
	gentle bool // keep to what lets rows mix
}

// RandomProgram is a valid program of up to 60 instructions. Half of them keep rows apart.
func RandomProgram(r *rand.Rand) *ir.Program {
	w := writer{r: r, p: &ir.Program{Name: "random", Domain: domains[r.IntN(len(domains))], Columns: randomColumns}, gentle: r.IntN(2) == 0}
	for _, t := range []ir.Type{ir.F64, ir.I64, ir.Mask} {
		w.leaf(t)
		w.leaf(t)
	}
	for range 3 + r.IntN(50) {
		w.instruction()
	}
	if r.IntN(2) == 0 {
		w.add(ir.Instr{Op: ir.Emit, A: w.value(ir.Mask)})
	}
	return w.p
}

func (w *writer) add(in ir.Instr) ir.Value {
	w.p.Code = append(w.p.Code, in)
	return ir.Value(len(w.p.Code) - 1)
}

// value picks a value of the type, rather a late one.
func (w *writer) value(t ir.Type) ir.Value {
	var found []ir.Value
	for i, in := range w.p.Code {
		if in.Type == t {
			found = append(found, ir.Value(i))
		}
	}
	n := len(found)
	return found[max(w.r.IntN(n), w.r.IntN(n))]
}

func (w *writer) leaf(t ir.Type) ir.Value {
	switch w.r.IntN(4) {
	case 0:
		return w.add(ir.Instr{Op: ir.Const, Type: t, Imm: randomBits(w.r, t)})
	case 1:
		for k, u := range randomTypes {
			if u == t {
				return w.add(ir.Instr{Op: ir.Uniform, Type: t, Imm: uint64(k)})
			}
		}
	}
	k := w.column(func(s ir.Storage) bool { return s.Type() == t })
	return w.add(ir.Instr{Op: ir.Load, Type: t, Storage: randomColumns[k], Imm: uint64(k)})
}

func (w *writer) column(fits func(ir.Storage) bool) int {
	for {
		if k := w.r.IntN(len(randomColumns)); fits(randomColumns[k]) {
			return k
		}
	}
}

func (w *writer) instruction() {
	op := ir.Op(1 + w.r.IntN(ir.NumOps-1))
	if w.r.IntN(5) == 0 {
		op = ir.Store
	}
	switch {
	case op <= ir.Uniform || op == ir.Load:
		w.leaf([]ir.Type{ir.F64, ir.I64, ir.Mask}[w.r.IntN(3)])
	case op == ir.Row:
		w.add(ir.Instr{Op: ir.Row, Type: ir.I64})
	case op == ir.Emit:
		if !w.gentle {
			w.add(ir.Instr{Op: ir.Emit, A: w.value(ir.Mask)})
		}
	case op.UsesColumn():
		if op == ir.Store || !w.gentle {
			w.memory(op)
		}
	default:
		w.arithmetic(op)
	}
}

func (w *writer) memory(op ir.Op) {
	k := w.column(func(s ir.Storage) bool { return s != ir.Bool || op == ir.Store || op == ir.Gather || op == ir.Scatter })
	s := randomColumns[k]
	in := ir.Instr{Op: op, Storage: s, Imm: uint64(k)}
	switch op {
	case ir.Store:
		in.A = w.value(s.Type())
	case ir.Gather:
		in.Type = s.Type()
		in.A = w.index()
	default:
		in.A = w.index()
		in.B = w.value(s.Type())
	}
	w.add(in)
}

// index is some integer brought into the columns.
func (w *writer) index() ir.Value {
	mask := w.add(ir.Instr{Op: ir.Const, Type: ir.I64, Imm: randomRows - 1})
	return w.add(ir.Instr{Op: ir.IAnd, Type: ir.I64, A: w.value(ir.I64), B: mask})
}

func (w *writer) arithmetic(op ir.Op) {
	result, args := op.Signature()
	if op == ir.Select {
		result = []ir.Type{ir.F64, ir.I64, ir.Mask}[w.r.IntN(3)]
		args = []ir.Type{ir.Mask, result, result}
	}
	in := ir.Instr{Op: op, Type: result}
	for k, a := range args {
		*[]*ir.Value{&in.A, &in.B, &in.C}[k] = w.value(a)
	}
	w.add(in)
}
