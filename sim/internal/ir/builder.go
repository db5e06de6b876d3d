package ir

import "fmt"

// A Builder makes a program. Equal values are computed once, operations on constants are done at once by the code of
// Eval, and a Load after a Store of its column gives the stored value. Misuse (a wrong type, an undeclared column) is a
// bug of the caller and panics.
type Builder struct {
	program Program
	known   map[key]Value
	current map[int]Value // what column k holds in this row, where that is known
	written map[int]int   // how often column k was written so far
}

// A key finds a value that was computed before. A read of a column is the same only while no write lies between.
type key struct {
	instr   Instr
	version int
}

// NewBuilder starts an empty program over the rows of d.
func NewBuilder(name string, d Domain) *Builder {
	return &Builder{
		program: Program{Name: name, Domain: d},
		known:   map[key]Value{},
		current: map[int]Value{},
		written: map[int]int{},
	}
}

// Program is what has been built so far; it passes Check. The builder may go on afterwards.
func (b *Builder) Program() *Program {
	p := b.program
	p.Columns = append([]Storage(nil), p.Columns...)
	p.Code = append([]Instr(nil), p.Code...)
	return &p
}

// Type is the type of a value.
func (b *Builder) Type(v Value) Type { return b.program.Code[v].Type }

// Instr is the instruction that computes a value.
func (b *Builder) Instr(v Value) Instr { return b.program.Code[v] }

// Constant gives the bits of a value that is known while building.
func (b *Builder) Constant(v Value) (bits uint64, ok bool) {
	in := b.program.Code[v]
	return in.Imm, in.Op == Const
}

// append adds an instruction whose operands are ready.
func (b *Builder) append(in Instr) Value {
	b.program.Code = append(b.program.Code, in)
	return Value(len(b.program.Code) - 1)
}

// share adds an instruction without effect, or finds the equal one that is there.
func (b *Builder) share(in Instr, version int) Value {
	k := key{in, version}
	if v, ok := b.known[k]; ok {
		return v
	}
	v := b.append(in)
	b.known[k] = v
	return v
}

// op adds a pure operation: folded if all operands are constant, simplified if an operand makes it trivial.
func (b *Builder) op(op Op, t Type, args ...Value) Value {
	in := Instr{Op: op, Type: t}
	for k, v := range args {
		*[]*Value{&in.A, &in.B, &in.C}[k] = v
	}
	for k, v := range args {
		if found, want := b.Type(v), in.operandType(k); found != want {
			panic(fmt.Sprintf("ir: program %q: %s: operand %d is %s, expected %s", b.program.Name, op, k, found, want))
		}
	}
	if folded, ok := b.fold(in); ok {
		return folded
	}
	if same, ok := b.simplify(in); ok {
		return same
	}
	if op.Commutes() && in.A > in.B {
		in.A, in.B = in.B, in.A
	}
	return b.share(in, 0)
}

func (b *Builder) fold(in Instr) (Value, bool) {
	var operands [3]uint64
	for k, v := range in.Operands() {
		c, ok := b.Constant(v)
		if !ok {
			return 0, false
		}
		operands[k] = c
	}
	return b.constant(in.Type, Scalar(in.Op, operands[0], operands[1], operands[2])), true
}

func (b *Builder) constant(t Type, bits uint64) Value {
	return b.share(Instr{Op: Const, Type: t, Imm: bits}, 0)
}

// Float is a constant number.
func (b *Builder) Float(x float64) Value { return b.constant(F64, bits(x)) }

// Int is a constant integer.
func (b *Builder) Int(n int64) Value { return b.constant(I64, uint64(n)) }

// Bool is a constant mask.
func (b *Builder) Bool(m bool) Value { return b.constant(Mask, truth(m)) }

// Uniform is number k of the frame's uniforms, read as type t.
func (b *Builder) Uniform(k int, t Type) Value {
	return b.share(Instr{Op: Uniform, Type: t, Imm: uint64(k)}, 0)
}

// Row is the number of the row.
func (b *Builder) Row() Value { return b.share(Instr{Op: Row, Type: I64}, 0) }
