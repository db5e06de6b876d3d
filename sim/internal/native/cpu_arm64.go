package native

import (
	"unsafe"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/native/arm64"
)

// enter calls machine code with the context in x0 and the rows in x1 and x2, and returns x0. The code uses no stack.
//
//go:noescape
func enter(code *byte, context *uint64, lo, hi int) int

// writeBack makes the processors forget what they know of n bytes as code.
//
//go:noescape
func writeBack(code *byte, n int)

// forms is one: every processor of ARMv8 has what the code uses.
func forms() []form { return []form{{name: "neon", lanes: 2, vectors: 32}} }

// machineCode translates a program.
func machineCode(_ form, p *ir.Program) (translation, error) {
	several, group, groups := inGroups(p)
	code, err := arm64.Translate(several, group, groups, arm64.Layout{
		Out: outAt, Rows: rowsAt, Found: foundAt, Uniforms: uniformsAt, Least: leastAt, Last: lastAt,
		Columns: columnsAt, ColumnSize: columnSize, Length: lengthAt,
	})
	t := translation{code: code.Bytes, words: code.Words}
	for _, s := range code.Sites {
		t.sites = append(t.sites, site{in: s.Instr, own: s.Own})
	}
	return t, err
}

// inGroups is the program for the groups of rows that are taken at a time, four of two rows each or three where several
// chains of a group run beside each other; a long one in an order made for it. With four groups rows of lists are compared
// and asked for in advance at once.
//
// No processor was asked, but LLVM's models of five (Cortex A55 and A57, Cyclone, Exynos M5, ThunderX3). Four groups
// instead of one take 33 to 53 % fewer cycles a row in exp and 12 to 43 % in an integrate-and-fire neuron; in that order 32
// to 65 % in normal numbers; three take 9 to 65 % fewer in a Hodgkin-Huxley neuron.
func inGroups(p *ir.Program) (several *ir.Program, group []int, groups int) {
	if !p.RowsMayMix() {
		return p, make([]int, len(p.Code)), 1
	}
	if p.Domain == ir.List || varying(p) < longChain {
		several, group = interleave(p, four)
		return several, group, four
	}
	groups = four
	if groupsOf(p) == fewGroups {
		groups = three
	}
	several, group = scheduled(interleave(p, groups))
	return several, group, groups
}

const three, four = 3, 4

// varying is the number of instructions that are not uniform.
func varying(p *ir.Program) int {
	n := 0
	for _, same := range p.Uniform() {
		if !same {
			n++
		}
	}
	return n
}

// synchronize lets all processors see code that was written.
func synchronize(code []byte) { writeBack(unsafe.SliceData(code), len(code)) }
