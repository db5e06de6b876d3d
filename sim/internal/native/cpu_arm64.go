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
	code, err := arm64.Translate(p, arm64.Layout{
		Out: outAt, Rows: rowsAt, Found: foundAt, Uniforms: uniformsAt, Least: leastAt, Last: lastAt,
		Columns: columnsAt, ColumnSize: columnSize, Length: lengthAt,
	})
	t := translation{code: code.Bytes, words: code.Words}
	for _, s := range code.Sites {
		t.sites = append(t.sites, site{in: s.Instr, own: s.Own})
	}
	return t, err
}

// synchronize lets all processors see code that was written.
func synchronize(code []byte) { writeBack(unsafe.SliceData(code), len(code)) }
