package wire

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"sync/atomic"
	"time"
)

// Version is the version of the protocol that our headers carry.
const Version = "5.4"

// A Session makes the headers of one kernel process. Clients see by its ID that a kernel was started anew. It is safe
// for concurrent use.
type Session struct {
	ID       string
	Username string
	count    atomic.Int64
}

// NewSession gives a session with a random ID.
func NewSession(username string) *Session {
	var id [16]byte
	rand.Read(id[:])
	return &Session{ID: hex.EncodeToString(id[:]), Username: username}
}

// Header gives the header of a new message.
func (s *Session) Header(messageType string) Header {
	return Header{
		ID:       s.ID + "_" + strconv.FormatInt(s.count.Add(1), 10),
		Session:  s.ID,
		Username: s.Username,
		Date:     time.Now().UTC().Format("2006-01-02T15:04:05.000000Z"),
		Type:     messageType,
		Version:  Version,
	}
}
