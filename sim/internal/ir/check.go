package ir

import (
	"fmt"
	"math"
)

// Check reports the first thing wrong with the program: an unknown operation, an operand that is not computed before or
// has the wrong type, a column that is not declared or declared otherwise. A program that passes runs without a panic but
// for indices outside their column, given a frame with its columns and uniforms.
func (p *Program) Check() error {
	if p.Domain > Spans {
		return fmt.Errorf("program %q: unknown domain %d", p.Name, p.Domain)
	}
	for i, in := range p.Code {
		if err := p.checkInstr(Value(i), in); err != nil {
			return fmt.Errorf("program %q: v%d = %s: %w", p.Name, i, in.Op, err)
		}
	}
	return nil
}

func (p *Program) checkInstr(at Value, in Instr) error {
	if in.Op == Invalid || int(in.Op) >= NumOps {
		return fmt.Errorf("unknown operation %d", in.Op)
	}
	if in.Op.UsesColumn() {
		if err := p.checkColumn(in); err != nil {
			return err
		}
	} else if in.Storage != NoStorage {
		return fmt.Errorf("has storage class %s but no column", in.Storage)
	}
	if err := checkResult(in); err != nil {
		return err
	}
	return p.checkOperands(at, in)
}

func (p *Program) checkColumn(in Instr) error {
	if in.Imm >= uint64(len(p.Columns)) || p.Columns[in.Imm] == NoStorage {
		return fmt.Errorf("column %d is not declared", in.Imm)
	}
	if declared := p.Columns[in.Imm]; declared != in.Storage || declared > Bool {
		return fmt.Errorf("column %d is %s, the instruction says %s", in.Imm, declared, in.Storage)
	}
	if (in.Op == ScatterAdd || in.Op == ScatterMul) && in.Storage == Bool {
		return fmt.Errorf("column %d is bool, expected numbers", in.Imm)
	}
	return nil
}

func checkResult(in Instr) error {
	want := opTable[in.Op].result
	switch want {
	case columnType:
		want = in.Storage.Type()
	case anyType:
		if in.Type == Void || in.Type > Mask {
			return fmt.Errorf("found type %d, expected f64, i64 or mask", in.Type)
		}
		want = in.Type
	}
	if in.Type != want {
		return fmt.Errorf("found type %s, expected %s", in.Type, want)
	}
	if in.Op == Const && in.Type == Mask && in.Imm > 1 {
		return fmt.Errorf("mask constant %d, expected 0 or 1", in.Imm)
	}
	if in.Op == Uniform && in.Imm > math.MaxInt32 {
		return fmt.Errorf("uniform number %d is too large", in.Imm)
	}
	return nil
}

func (p *Program) checkOperands(at Value, in Instr) error {
	for k, v := range in.Operands() {
		if v < 0 || v >= at {
			return fmt.Errorf("operand %d is v%d, expected an earlier value", k, v)
		}
		want := in.operandType(k)
		if found := p.Code[v].Type; found != want {
			return fmt.Errorf("operand %d is %s, expected %s", k, found, want)
		}
	}
	return nil
}

// operandType is the type operand k must have.
func (in Instr) operandType(k int) Type {
	switch want := opTable[in.Op].args[k]; want {
	case columnType:
		return in.Storage.Type()
	case anyType:
		return in.Type
	default:
		return want
	}
}
