package ir

import (
	"fmt"
	"math"
)

// Eval runs the program for rows lo to hi-1 of f (in domain List f.Rows[lo] to f.Rows[hi-1], in Spans those of the spans lo
// to hi-1), row after row: the slow truth that backends are held against. The program must pass Check.
func Eval(p *Program, f *Frame, lo, hi int) {
	values := make([]uint64, len(p.Code))
	for k := lo; k < hi; k++ {
		from, to := k, k+1
		switch p.Domain {
		case List:
			from = int(f.Rows[k])
			to = from + 1
		case Spans:
			from, to = int(f.Rows[2*k]), int(f.Rows[2*k+1])
		}
		for row := from; row < to; row++ {
			p.evalRow(f, row, values)
		}
	}
}

// evalRow runs the program for one row; values receives the result of every instruction.
func (p *Program) evalRow(f *Frame, row int, values []uint64) {
	for i, in := range p.Code {
		a, b, c := values[in.A], values[in.B], values[in.C]
		switch in.Op {
		case Const:
			values[i] = in.Imm
		case Uniform:
			values[i] = f.Uniforms[in.Imm]
		case Row:
			values[i] = uint64(row)
		case Emit:
			if a != 0 {
				f.Out = append(f.Out, int32(row))
			}
		case Load, Store, Gather, Scatter, ScatterAdd, ScatterMul:
			values[i] = p.access(in, f.Columns[in.Imm], row, a, b)
		default:
			values[i] = Scalar(in.Op, a, b, c)
		}
	}
}

// access runs one column operation and returns what it read.
func (p *Program) access(in Instr, c Column, row int, a, b uint64) uint64 {
	at, v := int64(row), a
	if in.Op >= Gather {
		at, v = int64(a), b
	}
	if uint64(at) >= uint64(c.Len()) {
		panic(&IndexError{Program: p.Name, Op: in.Op, Column: in.Column(), Index: at, Len: c.Len()})
	}
	switch in.Op {
	case Load, Gather:
		return c.Bits(in.Storage, at)
	case ScatterAdd:
		v = Scalar(numeric(in.Storage, Add, IAdd), c.Bits(in.Storage, at), v, 0)
	case ScatterMul:
		v = Scalar(numeric(in.Storage, Mul, IMul), c.Bits(in.Storage, at), v, 0)
	}
	c.write(in.Storage, at, v)
	return 0
}

// numeric picks the operation for the numbers of a column.
func numeric(s Storage, float, integer Op) Op {
	if s == Float64 {
		return float
	}
	return integer
}

// Bits is element at of a column of class s, as the bits of the value it loads as.
func (c Column) Bits(s Storage, at int64) uint64 {
	switch s {
	case Float64:
		return bits(c.F[at])
	case Int64:
		return uint64(c.I[at])
	case Int32:
		return uint64(int64(c.X[at]))
	}
	return truth(c.B[at])
}

func (c Column) write(s Storage, at int64, v uint64) {
	switch s {
	case Float64:
		c.F[at] = math.Float64frombits(v)
	case Int64:
		c.I[at] = int64(v)
	case Int32:
		c.X[at] = int32(v)
	default:
		c.B[at] = v != 0
	}
}

// An IndexError is the panic of a program that reaches outside a column.
type IndexError struct {
	Program string
	Op      Op
	Column  int
	Index   int64
	Len     int
}

func (e *IndexError) Error() string {
	return fmt.Sprintf("program %q: %s: found index %d in column %d, expected 0 to %d", e.Program, e.Op, e.Index, e.Column, e.Len-1)
}
