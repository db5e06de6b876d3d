package irtest

import (
	"math/rand/v2"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// testOperations runs every arithmetic operation on all combinations of edge values, with each operand once from a column
// and once uniform.
func testOperations(t *testing.T, backend ir.Backend) {
	for n := 1; n < ir.NumOps; n++ {
		op := ir.Op(n)
		if op <= ir.Row || op.UsesColumn() || op == ir.Emit {
			continue
		}
		t.Run(op.String(), func(t *testing.T) {
			result, args := op.Signature()
			if op != ir.Select {
				testOperation(t, backend, op, result, args)
				return
			}
			for _, same := range []ir.Type{ir.F64, ir.I64, ir.Mask} {
				testOperation(t, backend, op, same, []ir.Type{ir.Mask, same, same})
			}
		})
	}
}

func testOperation(t *testing.T, backend ir.Backend, op ir.Op, result ir.Type, args []ir.Type) {
	f, rows := combinations(args, result)
	for form := range 1 << len(args) {
		p := operationProgram(op, result, args, form)
		for range 1 + 5*min(form, 1) {
			f.Uniforms = randomUniforms(args)
			check(t, backend, p, f, span{0, rows})
		}
	}
}

func randomUniforms(args []ir.Type) []uint64 {
	var list []uint64
	for _, a := range args {
		list = append(list, edges(a)[rand.IntN(len(edges(a)))])
	}
	return list
}

// combinations is a frame whose first columns hold all combinations of edge values, and one more column for the result.
func combinations(args []ir.Type, result ir.Type) (*ir.Frame, int) {
	rows := 1
	for _, a := range args {
		rows *= len(edges(a))
	}
	f := &ir.Frame{}
	stride := 1
	for _, a := range args {
		list, values := edges(a), make([]uint64, rows)
		for i := range values {
			values[i] = list[i/stride%len(list)]
		}
		stride *= len(list)
		f.Columns = append(f.Columns, column(storageOf(a), values))
	}
	f.Columns = append(f.Columns, column(storageOf(result), make([]uint64, rows)))
	return f, rows
}

// operationProgram applies op to columns 0, 1, ... (or uniforms, where form has a bit) and stores the result behind them.
func operationProgram(op ir.Op, result ir.Type, args []ir.Type, form int) *ir.Program {
	p := &ir.Program{Name: op.String()}
	in := ir.Instr{Op: op, Type: result}
	for k, a := range args {
		s := storageOf(a)
		p.Columns = append(p.Columns, s)
		read := ir.Instr{Op: ir.Load, Type: a, Storage: s, Imm: uint64(k)}
		if form>>k&1 == 1 {
			read = ir.Instr{Op: ir.Uniform, Type: a, Imm: uint64(k)}
		}
		p.Code = append(p.Code, read)
		*[]*ir.Value{&in.A, &in.B, &in.C}[k] = ir.Value(k)
	}
	s := storageOf(result)
	p.Columns = append(p.Columns, s)
	p.Code = append(p.Code, in, ir.Instr{Op: ir.Store, Storage: s, A: ir.Value(len(args)), Imm: uint64(len(args))})
	return p
}

// testMemory copies between columns of every class in every way, in all domains.
func testMemory(t *testing.T, backend ir.Backend) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range []ir.Storage{ir.Float64, ir.Int64, ir.Int32, ir.Bool} {
		for _, d := range domains {
			for name, build := range movements(s) {
				b := ir.NewBuilder(d.String()+" "+s.String()+" "+name, d)
				b.Column(0, s)
				b.Column(1, s)
				b.Column(2, ir.Int32)
				build(b)
				f := memoryFrame(r, s, d)
				check(t, backend, b.Program(), f, span{0, 300}, span{300, 301}, span{7, 500})
			}
		}
	}
}

func movements(s ir.Storage) map[string]func(*ir.Builder) {
	list := map[string]func(*ir.Builder){
		"load and store":     func(b *ir.Builder) { b.Store(1, b.Load(0)) },
		"gather":             func(b *ir.Builder) { b.Store(1, b.Gather(0, b.Load(2))) },
		"gather one":         func(b *ir.Builder) { b.Store(1, b.Gather(0, b.Int(5))) },
		"gather and scatter": func(b *ir.Builder) { b.Scatter(0, b.Row(), b.Gather(0, b.Load(2))) },
		"scatter":            func(b *ir.Builder) { b.Scatter(1, b.Load(2), b.Load(0)) },
		"scatter one":        func(b *ir.Builder) { b.Scatter(1, b.Load(2), b.Uniform(0, s.Type())) },
		"scatter to one":     func(b *ir.Builder) { b.Scatter(1, b.Int(3), b.Load(0)) },
		"store one":          func(b *ir.Builder) { b.Store(1, b.Uniform(0, s.Type())) },
	}
	if s == ir.Bool {
		return list
	}
	list["add"] = func(b *ir.Builder) { b.ScatterAdd(1, b.Load(2), b.Load(0)) }
	list["multiply"] = func(b *ir.Builder) { b.ScatterMul(1, b.Load(2), b.Load(0)) }
	list["add one to one"] = func(b *ir.Builder) { b.ScatterAdd(1, b.Int(2), b.Uniform(0, s.Type())) }
	list["add to itself"] = func(b *ir.Builder) { b.ScatterAdd(0, b.Load(2), b.Load(0)) }
	list["add twice"] = func(b *ir.Builder) { b.ScatterAdd(1, b.Load(2), b.Load(0)); b.ScatterAdd(1, b.Row(), b.Load(0)) }
	list["add where"] = func(b *ir.Builder) { b.ScatterAddIf(1, b.Load(2), b.Lt(b.Load(2), b.Int(300)), b.Load(0)) }
	list["multiply where"] = func(b *ir.Builder) { b.ScatterMulIf(1, b.Load(2), b.Lt(b.Load(2), b.Int(300)), b.Load(0)) }
	return list
}

// memoryFrame has 700 rows: columns 0 and 1 of the class, column 2 of indices; a list of 650 rows, some of them twice.
func memoryFrame(r *rand.Rand, s ir.Storage, d ir.Domain) *ir.Frame {
	const rows = 700
	f := &ir.Frame{Columns: []ir.Column{randomColumn(r, s, rows), randomColumn(r, s, rows), {X: make([]int32, rows)}}}
	for i := range rows {
		f.Columns[2].X[i] = int32(r.IntN(rows))
	}
	for len(f.Rows) < 1000 {
		row := int32(r.IntN(rows))
		f.Rows = append(f.Rows, row)
		if d == ir.Spans {
			f.Rows = append(f.Rows, row+int32(r.IntN(min(20, rows-int(row)+1))))
		}
	}
	f.Uniforms = []uint64{randomBits(r, s.Type())}
	return f
}

// testFunctions runs every function that Call knows on edge values and random numbers.
func testFunctions(t *testing.T, backend ir.Backend) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range ir.FunctionNames() {
		for arity := 1; arity <= 3; arity++ {
			p, ok := functionProgram(name, arity)
			if !ok {
				continue
			}
			const rows = 1500
			f := &ir.Frame{}
			for range arity {
				f.Columns = append(f.Columns, randomColumn(r, ir.Float64, rows))
			}
			f.Columns = append(f.Columns, ir.Column{F: make([]float64, rows)})
			check(t, backend, p, f, span{0, rows})
			check(t, backend, ir.Optimize(p), f, span{0, rows})
		}
	}
}

func functionProgram(name string, arity int) (*ir.Program, bool) {
	b := ir.NewBuilder(name, ir.All)
	var args []ir.Value
	for k := range arity {
		b.Column(k, ir.Float64)
		args = append(args, b.Load(k))
	}
	b.Column(arity, ir.Float64)
	v, err := b.Call(name, args...)
	if err != nil {
		return nil, false
	}
	b.Store(arity, v)
	return b.Program(), true
}
