package vm

import (
	"encoding/binary"
	"math"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// Numbers of kernels: 0 is a step that touches memory; arithmetic is the operation times 8 plus the form, bit k of which
// says that operand k is uniform; Select of masks lies apart, since masks have another width.
const (
	ofMasks     = 1 << 12
	spreadWords = 1 << 13
	spreadMasks = spreadWords + 1

	hornerKernel = spreadWords + 2
)

func kernelOf(op ir.Op, t ir.Type, uniform ...bool) int {
	number := int(op) * 8
	for k := range op.Arity() {
		if uniform[k] {
			number += 1 << k
		}
	}
	if op == ir.Select && t == ir.Mask {
		number += ofMasks
	}
	return number
}

func spreadKernel(t ir.Type) int {
	if t == ir.Mask {
		return spreadMasks
	}
	return spreadWords
}

func fill[T uint64 | uint8](d []T, v T) {
	for i := range d {
		d[i] = v
	}
}

// A uniform operand, as the kernels want it.

func (m *machine) word(o operand) uint64   { return m.u[o.at] }
func (m *machine) real(o operand) float64  { return math.Float64frombits(m.u[o.at]) }
func (m *machine) integer(o operand) int64 { return int64(m.u[o.at]) }
func (m *machine) flag1(o operand) uint8   { return uint8(m.u[o.at]) }

// The scalar code that kernels share.

// pick is x if flag is 1 and y if it is 0, without a branch: what a mask selects is not foreseeable.
func pick(flag uint8, x, y uint64) uint64 { return y ^ (x^y)&-uint64(flag) }

// eachByte has 1 in each byte, as eight true masks.
const eachByte = 0x0101010101010101

func eight(masks []uint8) uint64       { return binary.NativeEndian.Uint64(masks) }
func putEight(masks []uint8, w uint64) { binary.NativeEndian.PutUint64(masks, w) }

// one is 1 if the condition holds; the compiler makes it a single instruction.
func one(condition bool) uint8 {
	var r uint8
	if condition {
		r = 1
	}
	return r
}

func minimum(a, b float64) float64 {
	return math.Float64frombits(pick(one(a < b), math.Float64bits(a), math.Float64bits(b)))
}

func maximum(a, b float64) float64 {
	return math.Float64frombits(pick(one(a > b), math.Float64bits(a), math.Float64bits(b)))
}

// bitsOf gives one pattern for every NaN.
func bitsOf(a float64) int64 {
	if a != a {
		return ir.NaNBits
	}
	return int64(math.Float64bits(a))
}
