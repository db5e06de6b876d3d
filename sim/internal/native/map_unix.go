//go:build linux || darwin

package native

import "syscall"

// executable puts code into pages of its own: written first, then made executable and unwritable.
func executable(code []byte) ([]byte, error) {
	pages, err := syscall.Mmap(-1, 0, len(code), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil, err
	}
	copy(pages, code)
	if err := syscall.Mprotect(pages, syscall.PROT_READ|syscall.PROT_EXEC); err != nil {
		unmap(pages)
		return nil, err
	}
	return pages, nil
}

// unmap gives the pages back. Nothing can be done if the system refuses.
func unmap(pages []byte) { _ = syscall.Munmap(pages) }
