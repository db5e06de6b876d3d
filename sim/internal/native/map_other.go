//go:build !(linux || darwin)

package native

import "errors"

func executable([]byte) ([]byte, error) {
	return nil, errors.New("native: this system has no way to make memory executable that is known here")
}

func unmap([]byte) {}
