package native

// A form is what the code of a processor looks like: how wide its vector registers are, how many there are, and what a
// mask is.
type form struct {
	name    string
	lanes   int  // rows in a vector register
	vectors int  // vector registers
	opmasks bool // masks are bits in registers of their own, and instructions have the EVEX prefix; else all ones or zeros
}

var (
	avx2   = form{name: "avx2", lanes: 4, vectors: 16}
	avx512 = form{name: "avx512", lanes: 8, vectors: 32, opmasks: true}
)

// maxLanes is the number of lanes of the widest form.
const maxLanes = 8

// width is the bytes of a vector register.
func (f form) width() int { return 8 * f.lanes }

// Registers of masks are counted behind the vector registers of all forms. k0 holds no value: where an instruction names
// a mask it stands for none.
const (
	k0            register = 32
	tailMask               = k0 + 7 // the rows of a pass that is not full
	registerCount          = k0 + 8
)

// class is the registers that may hold values of a type: from the first on, up to the last but one.
func (f form) class(isMask bool) (first, end register) {
	if f.opmasks && isMask {
		return k0 + 1, tailMask
	}
	return 0, register(f.vectors)
}

// isMask reports whether a register is one of masks.
func isMask(r register) bool { return r >= k0 && r < registerCount }
