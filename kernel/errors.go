package kernel

import "errors"

// ErrNoInput is what Output.Input gives where the front end cannot ask anybody.
var ErrNoInput = errors.New("this front end cannot ask for input")
