// Package arm64 translates programs into machine code for arm64: two rows at a time in the vector registers that every
// processor of ARMv8 has (NEON), with nothing that came later.
//
// Phases: Translate decides what is uniform, what is dead and what is put off, translates (instruction after instruction,
// registers taken as they are needed) and fills in jumps and constants. The result is bytes and what must be known to call
// them; package native puts them into memory and calls them. All of it is portable: the code can be made anywhere.
//
// The code is called with the address of a context in x0 and rows in x1 and x2, and returns in x0 a site that found an
// index outside its column, counted from 1, or 0. It consists of: uniform values, computed once a call; if rows may mix a
// loop over the rows of all groups at a time, six or eight, and one over two; one over single rows, of which the upper
// lanes mean nothing, for the rest (for everything if rows may not mix). For spans the loops are run one span after the
// other.
//
// What the code may do: it uses no stack, calls nothing, writes nothing but the frame's columns, Out and the context, and
// leaves x18, x27 to x30 and sp alone (the platform's, the assembler's, Go's goroutine and frame, the return address).
// Bits are those of ir.Eval given the control register that Go runs with, FPCR = 0: to nearest even, subnormal numbers kept.
//
// Where things are: translate.go the phases; package registers the choice of registers, and registers.go what that asks for; arithmetic.go, convert.go, access.go,
// lanes.go and scatter.go what each operation becomes, rows.go and spans.go what listed rows need; encode.go and
// instructions.go the bytes.
//
// The package imports ir and registers alone.
package arm64
