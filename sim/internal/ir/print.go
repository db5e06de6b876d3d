package ir

import (
	"fmt"
	"math"
	"strings"
)

// String is the program as a numbered listing: a header with domain and columns, then one line an instruction.
func (p *Program) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "program %s, rows: %s\n", p.Name, p.Domain)
	for k, storage := range p.Columns {
		if storage != NoStorage {
			fmt.Fprintf(&s, "\tcolumn %d: %s\n", k, storage)
		}
	}
	for i, in := range p.Code {
		fmt.Fprintf(&s, "%4d\t%s\n", i, in)
	}
	return s.String()
}

// String is the instruction as listings have it: "f64 = add v3 v5", "store column 2 v7".
func (in Instr) String() string {
	var s strings.Builder
	if in.Type != Void {
		fmt.Fprintf(&s, "%s = ", in.Type)
	}
	s.WriteString(in.Op.String())
	switch {
	case in.Op == Const:
		fmt.Fprintf(&s, " %s", in.constant())
	case in.Op == Uniform:
		fmt.Fprintf(&s, " %d", in.Imm)
	case in.Op.UsesColumn():
		fmt.Fprintf(&s, " column %d", in.Imm)
	}
	if int(in.Op) < NumOps {
		for _, v := range in.Operands() {
			fmt.Fprintf(&s, " v%d", v)
		}
	}
	return s.String()
}

func (in Instr) constant() string {
	switch in.Type {
	case F64:
		return fmt.Sprint(math.Float64frombits(in.Imm))
	case Mask:
		return fmt.Sprint(in.Imm != 0)
	}
	return fmt.Sprint(int64(in.Imm))
}
