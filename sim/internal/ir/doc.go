// Package ir is the language in which the engine is told what to do with each row: a flat, typed program in static
// single assignment, without names, units or control flow. A condition is a mask and a Select.
//
// A program is built with a [Builder] (which folds constants, shares equal values and expands functions and random
// numbers into primitive operations), tidied by [Optimize], verified by [Program.Check], and run by a [Backend]. [Eval]
// is the slow truth: row after row, instruction after instruction. Every backend gives the bits of Eval, on every
// processor and for every block size, but for the payload of a NaN, which nothing can observe ([BitsOfFloat] gives one
// pattern for all of them).
//
// What the numbers mean is decided here and nowhere else:
//
//   - every f64 operation rounds once, to nearest even; only FMA fuses;
//   - Min(a, b) is a if a < b and else b, Max(a, b) is a if a > b and else b (so b where either is NaN);
//   - comparisons with NaN are false but for Ne, which is true;
//   - IntOfFloat truncates, and gives the least int64 for NaN and for what does not fit;
//   - integers wrap; a shift by 64 or more gives 0 (IShr: the sign);
//   - a mask is true or false, 1 or 0 as an integer.
//
// Where things are: op.go the operations as a manual; program.go the types; check.go; print.go; eval.go and scalar.go the
// meaning; builder.go, memory.go, arithmetic.go and simplify.go the builder; functions*.go sin, exp, pow and the rest with
// their error bounds, double.go what they share; random.go the generator; pass.go the passes; shape.go what is uniform;
// mix.go when rows may be taken in blocks.
//
// The package imports nothing of ours and knows no names, no units and no time.
package ir
