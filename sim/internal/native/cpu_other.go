//go:build !amd64

package native

func forms() []form { return nil }

func enter(code *byte, context *uint64, lo, hi int) int {
	panic("native: no machine code for this processor")
}
