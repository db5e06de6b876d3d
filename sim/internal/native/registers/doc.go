// Package registers chooses vector registers for programs, which are straight lines, for all processors alike.
//
// A translator of programs embeds a Choice. Values tells what each value is for; the Choice says, instruction by
// instruction, which register a value has, and has the translator, as its Machine, write the moves to and from memory. It
// knows no instruction of any processor and imports ir alone.
package registers
