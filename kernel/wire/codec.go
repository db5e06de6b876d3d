package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// A Codec signs and checks messages with one key. It is safe for concurrent use.
type Codec struct {
	key  []byte
	seen guard
}

// NewCodec gives a codec for the key of a connection file. An empty key means no signatures and no replay guard.
func NewCodec(key []byte) *Codec { return &Codec{key: key} }

// Decode gives the message in frames, or one of the errors of this package. It keeps the frames.
func (c *Codec) Decode(frames [][]byte) (*Message, error) {
	p, err := split(frames)
	if err != nil {
		return nil, err
	}
	if err := c.check(p); err != nil {
		return nil, err
	}
	return p.message()
}

// Encode gives the frames of m, signed.
func (c *Codec) Encode(m *Message) [][]byte {
	signed := [][]byte{JSON(m.Header), orEmpty(m.Parent), orEmpty(m.Metadata), orEmpty(m.Content)}
	frames := make([][]byte, 0, len(m.Identities)+6+len(m.Buffers))
	frames = append(frames, m.Identities...)
	frames = append(frames, []byte(delimiter), c.sign(signed))
	frames = append(frames, signed...)
	return append(frames, m.Buffers...)
}

func (c *Codec) check(p parts) error {
	if len(c.key) == 0 {
		return nil
	}
	want := c.sign(p.signed)
	if !hmac.Equal(want, p.signature) {
		return ErrSignature
	}
	if !c.seen.first(digest(want)) {
		return ErrReplay
	}
	return nil
}

// sign gives the signature in hexadecimal, or an empty frame without a key.
func (c *Codec) sign(parts [][]byte) []byte {
	if len(c.key) == 0 {
		return []byte{}
	}
	mac := hmac.New(sha256.New, c.key)
	for _, part := range parts {
		mac.Write(part)
	}
	return hex.AppendEncode(make([]byte, 0, 2*sha256.Size), mac.Sum(nil))
}

func orEmpty(part json.RawMessage) []byte {
	if len(part) == 0 {
		return []byte("{}")
	}
	return part
}
