package sim

import (
	"syscall"
	"unsafe"
)

// manyBytes is the size from which on a column is worth large pages [bytes].
const manyBytes = 8 << 20

// useLargePages asks the system to keep a column that was not written yet in pages of 2 MB. Synapses are read from all over
// a column, and a small page at a time the processor mostly waits for the page's address. It is a wish: errors do no harm.
func useLargePages(x []int32) {
	if 4*cap(x) >= manyBytes {
		bytes := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 4*cap(x))
		const page = 4096
		skip := -uintptr(unsafe.Pointer(&bytes[0])) % page
		syscall.Madvise(bytes[skip:len(bytes)&^(page-1)], syscall.MADV_HUGEPAGE)
	}
}
