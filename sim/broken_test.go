package sim

import (
	"fmt"
	"slices"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/vm"
)

// broken are operations with others of the same operands, which do something else.
var broken = map[ir.Op]ir.Op{
	ir.Add: ir.Sub, ir.Sub: ir.Add, ir.Mul: ir.Add, ir.Div: ir.Mul, ir.Neg: ir.Abs, ir.Abs: ir.Neg, ir.Sqrt: ir.Abs,
	ir.Floor: ir.Ceil, ir.Ceil: ir.Floor, ir.Trunc: ir.Ceil, ir.RoundEven: ir.Neg, ir.Min: ir.Max, ir.Max: ir.Min,
	ir.Lt: ir.Ne, ir.Le: ir.Ne, ir.Eq: ir.Ne, ir.Ne: ir.Eq,
	ir.IAdd: ir.ISub, ir.ISub: ir.IAdd, ir.IMul: ir.IAdd, ir.IAnd: ir.IOr, ir.IXor: ir.IOr, ir.IShl: ir.IShr,
	ir.IUshr: ir.IShl, ir.MulU32: ir.IMul, ir.ILt: ir.INe, ir.ILe: ir.INe, ir.IEq: ir.INe, ir.INe: ir.IEq, ir.IOr: ir.IAnd, ir.IShr: ir.IShl,
	ir.And: ir.Or, ir.Or: ir.And, ir.ScatterAdd: ir.ScatterMul, ir.ScatterMul: ir.ScatterAdd,
}

// A wrongBackend compiles another operation in place of one. Of those without another it exchanges the operands B and C.
type wrongBackend struct {
	op   ir.Op
	seen *bool
}

func (w wrongBackend) Compile(p *ir.Program) (ir.Loop, error) {
	wrong := *p
	wrong.Code = slices.Clone(p.Code)
	for k := range wrong.Code {
		in := &wrong.Code[k]
		if in.Op != w.op {
			continue
		}
		*w.seen = true
		if other, ok := broken[w.op]; ok {
			in.Op = other
		} else {
			in.B, in.C = in.C, in.B
		}
	}
	return vm.New().Compile(&wrong)
}

// The comparison of random models can fail: whichever operation an executor gets wrong, some of the first models show it.
func TestWhicheverOperationIsBrokenARandomModelShowsIt(t *testing.T) {
	const models = 40
	var want [models]map[string][]uint64
	for seed := range want {
		want[seed], _, _ = resultOf(t, uint64(seed), "vm", 1, straight)
	}
	caught := 0
	for op := ir.Add; int(op) < ir.NumOps; op++ {
		if _, ok := broken[op]; !ok && op != ir.FMA && op != ir.Select {
			continue
		}
		occurs, found := 0, false
		for seed := 0; seed < models && !found; seed++ {
			got, seen := wrongResult(uint64(seed), op)
			if seen {
				occurs++
			}
			found = seen && !sameBits(want[seed], got)
		}
		switch {
		case found:
			caught++
		case occurs > 0:
			t.Errorf("a wrong %v shows in none of %d models that have it", op, occurs)
		default:
			t.Errorf("%v occurs in no model", op)
		}
	}
	t.Logf("%d broken operations were caught", caught)
}

// wrongResult gives the results of a model whose steps have a wrong operation, and whether they have it at all.
func wrongResult(seed uint64, op ir.Op) (got map[string][]uint64, seen bool) {
	defer func() {
		if problem := recover(); problem != nil {
			got = map[string][]uint64{fmt.Sprint(problem): nil}
		}
	}()
	m := newRandomModel(seed, 1)
	m.net.steps = wrongBackend{op, &seen}
	err := m.run(straight)
	got = m.bits()
	if err != nil {
		got[err.Error()] = nil
	}
	return got, seen
}

func sameBits(a, b map[string][]uint64) bool {
	for name, bits := range a {
		if !slices.Equal(bits, b[name]) {
			return false
		}
	}
	return len(a) == len(b)
}
