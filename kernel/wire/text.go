package wire

import "unicode/utf8"

// Text splits the bytes of a stream into text that may be sent, with U+FFFD for every invalid byte, and the start of a
// rune at its end, whose other bytes may still come.
func Text(stream []byte) (text string, rest []byte) {
	cut := len(stream) - unfinished(stream)
	return Repair(stream[:cut]), stream[cut:]
}

// Repair gives text with U+FFFD for every invalid byte.
func Repair(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	return string([]rune(string(text)))
}

// unfinished counts the bytes at the end of p that begin a rune and do not end it.
func unfinished(p []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(p); n++ {
		tail := p[len(p)-n:]
		if utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return n
			}
			return 0
		}
	}
	return 0
}
