// Package native runs programs as machine code made in memory, in the vector registers of an amd64 processor: eight rows at
// a time with AVX-512 (F, DQ, BW, VL), or four with AVX2 and FMA; or, two rows at a time, of an arm64 processor. Elsewhere,
// and where memory may not be made executable, programs go to the fallback backend that New was given.
//
// Phases: Compile checks the program, decides what is uniform and what is dead, translates (instruction after instruction,
// registers taken as they are needed) and puts the code into pages of its own; Run fills a context in the frame's Scratch
// and jumps.
//
// What follows is of amd64; the code for arm64 is the matter of package arm64. Pages, calls and errors are the same.
//
// The code of a program is: uniform values, computed once a call; a loop over three registers full of rows at a time, if
// the program is long, and one over one register full, if rows may mix; then the rest: with AVX-512 one pass with a mask,
// else a loop over single rows, in which all lanes hold the same row (for everything if rows may not mix). All come from
// the same translator. A conversion or shift that AVX2 lacks is put together from others, exactly.
//
// What the code may do: it uses no stack but the return address, calls nothing, keeps no pointer of Go beyond the call,
// writes nothing but the frame's columns, Out and Scratch, and leaves R14, R15, RBP and RSP alone. Pages are written, then
// made executable, never both. A call runs at most chunkRows rows, since the scheduler cannot stop a goroutine inside.
//
// Where things are: native.go the backend, form.go what a processor's code looks like; loop.go a call; compile.go the
// phases, tail.go the rest of the rows; package registers the choice of registers, and registers.go what that asks for; interleave.go the programs that take more
// rows at once; arithmetic.go, convert.go, access.go and scatter.go what each operation becomes, wide.go where AVX-512 has
// better, lanes.go, rows.go and spans.go what those share; encode.go, evex.go and instructions.go the bytes; cpu_*, map_*
// what depends on the machine. .ci/bench/avx512.sh runs the tests where there is no AVX-512.
//
// The package imports ir, arm64 and registers alone.
package native
