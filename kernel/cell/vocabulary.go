package cell

import "reflect"

// A Vocabulary gives a session its words.
type Vocabulary interface {
	// Symbols are functions, and pointers to variables, by the name a cell uses.
	Symbols() map[string]reflect.Value
}
