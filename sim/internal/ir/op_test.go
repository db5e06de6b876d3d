package ir

import (
	"math"
	"strings"
	"testing"
)

func TestEveryOperationIsInTheTable(t *testing.T) {
	seen := map[string]Op{}
	for n := 1; n < NumOps; n++ {
		op := Op(n)
		info := opTable[op]
		if info.name == "" || info.doc == "" {
			t.Errorf("operation %d has no name or no doc", op)
		}
		if other, ok := seen[info.name]; ok {
			t.Errorf("operations %d and %d are both called %q", other, op, info.name)
		}
		seen[info.name] = op
	}
}

// sample is a valid instruction of the operation behind one value of each type (0 f64, 1 i64, 2 mask).
func sample(op Op) (leaves []Instr, in Instr) {
	leaves = []Instr{{Op: Const, Type: F64, Imm: bits(2.5)}, {Op: Const, Type: I64, Imm: 1}, {Op: Const, Type: Mask, Imm: 1}}
	in = Instr{Op: op, Type: opTable[op].result}
	if in.Type == anyType {
		in.Type = F64
	}
	if op.UsesColumn() {
		in.Storage = Float64
		if in.Type == columnType {
			in.Type = F64
		}
	}
	for k := range in.Operands() {
		*[]*Value{&in.A, &in.B, &in.C}[k] = Value(in.operandType(k)) - Value(F64)
	}
	return leaves, in
}

func TestEveryOperationChecksPrintsAndRuns(t *testing.T) {
	for n := 1; n < NumOps; n++ {
		leaves, in := sample(Op(n))
		p := &Program{Name: "sample", Columns: []Storage{Float64}, Code: append(leaves, in)}
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", in.Op, err)
			continue
		}
		if line := in.String(); !strings.Contains(line, in.Op.String()) {
			t.Errorf("%s prints as %q", in.Op, line)
		}
		Eval(p, &Frame{Columns: []Column{{F: []float64{1, 2, 3}}}, Uniforms: []uint64{0}}, 0, 3)
	}
}

func TestCheckRefusesWrongOperands(t *testing.T) {
	for n := 1; n < NumOps; n++ {
		leaves, in := sample(Op(n))
		for k := range in.Operands() {
			for _, wrong := range []Value{-1, 3, 4, (in.Operands()[k] + 1) % 3} {
				bad := in
				*[]*Value{&bad.A, &bad.B, &bad.C}[k] = wrong
				p := &Program{Name: "wrong", Columns: []Storage{Float64}, Code: append(leaves[:3:3], bad)}
				if p.Check() == nil {
					t.Errorf("%s: operand %d is v%d: found no error", in.Op, k, wrong)
				}
			}
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	for want, p := range map[string]*Program{
		"unknown domain":        {Domain: 7},
		"unknown operation":     {Code: []Instr{{Op: Op(NumOps)}}},
		"column 4 is not":       {Columns: []Storage{Float64}, Code: []Instr{{Op: Load, Type: F64, Storage: Float64, Imm: 4}}},
		"column 0 is int64":     {Columns: []Storage{Int64}, Code: []Instr{{Op: Load, Type: F64, Storage: Float64}}},
		"found type i64":        {Columns: []Storage{Float64}, Code: []Instr{{Op: Load, Type: I64, Storage: Float64}}},
		"expected 0 or 1":       {Code: []Instr{{Op: Const, Type: Mask, Imm: 2}}},
		"expected numbers":      {Columns: []Storage{Bool}, Code: []Instr{{Op: Row, Type: I64}, {Op: Const, Type: Mask}, {Op: ScatterAdd, Storage: Bool, A: 0, B: 1}}},
		"but no column":         {Code: []Instr{{Op: Row, Type: I64, Storage: Int64}}},
		"expected f64, i64 or ": {Code: []Instr{{Op: Const}}},
	} {
		if err := p.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("found %v, expected an error with %q", err, want)
		}
	}
}

func TestListingNumbersEveryInstruction(t *testing.T) {
	b := NewBuilder("decay", List)
	b.Column(1, Float64)
	b.Store(1, b.Mul(b.Load(1), b.Float(0.5)))
	b.Emit(b.Bool(true))
	want := `program decay, rows: list
	column 1: float64
   0	f64 = load column 1
   1	f64 = const 0.5
   2	f64 = mul v0 v1
   3	store column 1 v2
   4	mask = const true
   5	emit v4
`
	if got := b.Program().String(); got != want {
		t.Errorf("found\n%s\nexpected\n%s", got, want)
	}
}

func TestNumbersMeanWhatThePackageSays(t *testing.T) {
	f := math.Float64bits
	for _, c := range []struct {
		op      Op
		a, b, c uint64
		want    uint64
	}{
		{Min, f(nan), f(1), 0, f(1)}, {Max, f(nan), f(1), 0, f(1)}, {Min, f(0), f(zero), 0, f(zero)}, {Max, f(0), f(zero), 0, f(zero)},
		{Lt, f(nan), f(1), 0, 0}, {Le, f(nan), f(nan), 0, 0}, {Eq, f(nan), f(nan), 0, 0}, {Ne, f(nan), f(nan), 0, 1}, {Eq, f(0), f(zero), 0, 1},
		{IntOfFloat, f(nan), 0, 0, 1 << 63}, {IntOfFloat, f(inf), 0, 0, 1 << 63}, {IntOfFloat, f(0x1p63), 0, 0, 1 << 63},
		{IntOfFloat, f(-0x1p63), 0, 0, 1 << 63}, {IntOfFloat, f(-1.9), 0, 0, math.MaxUint64},
		{IShl, 1, 64, 0, 0}, {IShl, 1, math.MaxUint64, 0, 0}, {IShr, 1 << 63, 64, 0, math.MaxUint64}, {IUshr, 1 << 63, 63, 0, 1},
		{MulU32, math.MaxUint64, math.MaxUint64, 0, 0xfffffffe00000001}, {BitsOfFloat, 0xfff8000000000123, 0, 0, NaNBits},
		{Neg, f(0), 0, 0, f(zero)}, {RoundEven, f(2.5), 0, 0, f(2)}, {RoundEven, f(-0.2), 0, 0, f(zero)},
		{FMA, f(1 + 0x1p-52), f(1 - 0x1p-52), f(-1), f(-0x1p-104)}, {Select, 0, 5, 6, 6}, {Select, 1, 5, 6, 5}, {MaskOfInt, 2, 0, 0, 1},
	} {
		if got := Scalar(c.op, c.a, c.b, c.c); got != c.want {
			t.Errorf("%s %#x %#x %#x: found %#x, expected %#x", c.op, c.a, c.b, c.c, got, c.want)
		}
	}
}
