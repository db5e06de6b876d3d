package wire

import (
	"encoding/json"
	"slices"
)

// A Message is one message of the protocol. Its JSON parts are kept as they came, so that a parent header returns to
// its sender with every key it had.
type Message struct {
	Identities [][]byte // the routing frames before the delimiter; on iopub the topic
	Header     Header
	Parent     json.RawMessage // the whole header of the request this answers; nil is {}
	Metadata   json.RawMessage // nil is {}
	Content    json.RawMessage // nil is {}
	Buffers    [][]byte        // binary frames after the content, not signed

	header json.RawMessage // of a received message, as it came
}

// A Header says what a message is and where it comes from.
type Header struct {
	ID       string `json:"msg_id"`
	Session  string `json:"session"`
	Username string `json:"username"`
	Date     string `json:"date"` // ISO 8601
	Type     string `json:"msg_type"`
	Version  string `json:"version"` // of the protocol
}

// RawHeader gives the header of a received message as it came, ready to be the Parent of an answer.
func (m *Message) RawHeader() json.RawMessage { return m.header }

// delimiter ends the routing frames.
const delimiter = "<IDS|MSG>"

// parts are the frames of one message, apart from each other.
type parts struct {
	identities [][]byte
	signature  []byte
	signed     [][]byte // header, parent header, metadata, content
	buffers    [][]byte
}

func split(frames [][]byte) (parts, error) {
	at := slices.IndexFunc(frames, func(f []byte) bool { return string(f) == delimiter })
	if at < 0 {
		return parts{}, ErrDelimiter
	}
	rest := frames[at+1:]
	if len(rest) < 5 {
		return parts{}, ErrShort
	}
	return parts{frames[:at], rest[0], rest[1:5], rest[5:]}, nil
}

func (p parts) message() (*Message, error) {
	m := &Message{Identities: p.identities, Buffers: p.buffers}
	targets := []*json.RawMessage{&m.header, &m.Parent, &m.Metadata, &m.Content}
	for i, target := range targets {
		part, err := object(p.signed[i])
		if err != nil {
			return nil, &JSONError{Part: partNames[i], Err: err}
		}
		*target = part
	}
	if err := json.Unmarshal(m.header, &m.Header); err != nil {
		return nil, &JSONError{Part: partNames[0], Err: err}
	}
	return m, nil
}
