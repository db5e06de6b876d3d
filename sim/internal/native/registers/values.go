package registers

import (
	"slices"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// Values is what is known of the values of a program.
type Values struct {
	Program *ir.Program
	Uniform []bool       // the same for all rows
	Uses    [][]ir.Value // the instructions that read each value, ascending; none for what nothing needs
	Live    []bool       // has an effect, or may find an index outside its column, or is needed by what does
	PutOff  []bool       // loads that are done by those who need them
}

// Analyse looks at a program. Loads are put off if all their readers want lanes one by one, and nothing writes their column.
func Analyse(p *ir.Program, laneByLane func(reader ir.Op) bool) Values {
	n := len(p.Code)
	v := Values{Program: p, Uniform: p.Uniform(), Uses: make([][]ir.Value, n), Live: make([]bool, n), PutOff: make([]bool, n)}
	v.findLive()
	v.findPutOff(laneByLane)
	return v
}

func (v *Values) findLive() {
	for i := len(v.Program.Code) - 1; i >= 0; i-- {
		in := v.Program.Code[i]
		v.Live[i] = v.Live[i] || in.Op.Writes() || in.Op == ir.Gather
		if !v.Live[i] {
			continue
		}
		for k, operand := range in.Operands() {
			v.Live[operand] = true
			if !slices.Contains(in.Operands()[:k], operand) {
				v.Uses[operand] = append(v.Uses[operand], ir.Value(i))
			}
		}
	}
	for _, list := range v.Uses {
		slices.Reverse(list)
	}
}

func (v *Values) findPutOff(laneByLane func(ir.Op) bool) {
	written := make([]bool, len(v.Program.Columns))
	for _, in := range v.Program.Code {
		if in.Op.UsesColumn() && in.Op.Writes() {
			written[in.Imm] = true
		}
	}
	for i, in := range v.Program.Code {
		if in.Op != ir.Load || written[in.Imm] {
			continue
		}
		v.PutOff[i] = true
		for _, reader := range v.Uses[i] {
			v.PutOff[i] = v.PutOff[i] && laneByLane(v.Program.Code[reader].Op)
		}
	}
}

// isMask tells whether a value is a mask.
func (v *Values) isMask(i ir.Value) bool { return v.Program.Code[i].Type == ir.Mask }

// MostUsed are columns of the program by the number of live instructions that use them for each row, the most used first.
func (v *Values) MostUsed() []int {
	uses := make([]int, len(v.Program.Columns))
	var columns []int
	for i, in := range v.Program.Code {
		if in.Op.UsesColumn() && v.Live[i] && !v.Uniform[i] {
			if uses[in.Imm] == 0 {
				columns = append(columns, in.Column())
			}
			uses[in.Imm]++
		}
	}
	slices.SortStableFunc(columns, func(x, y int) int { return uses[y] - uses[x] })
	return columns
}
