package wire

import (
	"errors"
	"fmt"
)

// Why Decode refuses a message.
var (
	ErrDelimiter = errors.New("message without the delimiter <IDS|MSG>")
	ErrShort     = errors.New("message with fewer than five frames after the delimiter")
	ErrSignature = errors.New("message with a wrong signature")
	ErrReplay    = errors.New("message that was received before")
	errNoObject  = errors.New("found no JSON object")
)

// A JSONError is why Decode refuses a message whose signature is right.
type JSONError struct {
	Part string // "header", "parent header", "metadata" or "content"
	Err  error
}

func (e *JSONError) Error() string { return fmt.Sprintf("message with a bad %s: %v", e.Part, e.Err) }

func (e *JSONError) Unwrap() error { return e.Err }

var partNames = [...]string{"header", "parent header", "metadata", "content"}
