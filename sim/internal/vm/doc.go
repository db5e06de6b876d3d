// Package vm runs programs in plain Go, in blocks of rows that stay in the first-level cache: for each instruction one
// tight loop over the rows of the block.
//
// Compile decides once, from the program alone: which values are uniform (computed once a call and passed to loops as
// scalars), which loads may read their column in place, which results may be written straight into their column, and
// which register, a buffer of one block, holds each of the rest. A program whose rows must not mix runs in blocks of one.
//
// Where things are: compile.go the decisions; horner.go and product.go the instructions that share a loop; machine.go a
// call; memory.go the loops that touch columns; zkernel.go the loops of arithmetic, written by gen.go; kernel.go what
// those share.
//
// The package imports ir alone. It uses unsafe in one file, words.go, to see one buffer as numbers, integers or masks.
package vm
