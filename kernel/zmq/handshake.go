package zmq

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"net"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

const (
	greetingSize   = 64      // bytes of a ZMTP greeting
	handshakeBytes = 8 << 10 // of a whole handshake; real ones take about 150
)

// shake runs the handshake of a socket of the given type on raw and gives the peer's identity, "" when it has none,
// and a reader of what follows. zmq4 trusts the metadata of a peer and panics on some; that is an error here.
func shake(raw net.Conn, socket zmq4.SocketType, limit time.Duration) (identity string, r *bufio.Reader, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("zmq: malformed metadata: %v", fault)
		}
	}()
	if err := raw.SetDeadline(time.Now().Add(limit)); err != nil {
		return "", nil, err
	}
	v := &vetted{Conn: raw, r: bufio.NewReaderSize(raw, 16<<10), skip: greetingSize, left: handshakeBytes}
	conn, err := zmq4.Open(v, null.Security(), socket, nil, true, nil)
	if err != nil {
		return "", nil, err
	}
	return conn.Peer.Meta["Identity"], v.r, raw.SetDeadline(time.Time{})
}

// A vetted connection reads a handshake and fails before a reader of frames has seen a size beyond the bytes that are
// left to it.
type vetted struct {
	net.Conn
	r      *bufio.Reader
	left   int    // bytes the handshake may still take
	skip   int    // bytes of the greeting or of a body to come
	header []byte // of the next frame, as far as it is read
}

// Read never reads past the frame it is in: what follows the handshake stays in r.
func (v *vetted) Read(p []byte) (int, error) {
	n, err := v.r.Read(p)
	for _, b := range p[:n] {
		if fault := v.vet(b); fault != nil {
			return 0, fault
		}
	}
	return n, err
}

// vet follows the frames byte by byte.
func (v *vetted) vet(b byte) error {
	if v.left--; v.left < 0 {
		return errTooLong
	}
	if v.skip > 0 {
		v.skip--
		return nil
	}
	v.header = append(v.header, b)
	size, complete := frameSize(v.header)
	if !complete {
		return nil
	}
	if size > uint64(v.left) {
		return errTooLong
	}
	v.skip, v.header = int(size), v.header[:0]
	return nil
}

// frameSize gives the size that the header of a frame announces, once it is complete.
func frameSize(header []byte) (size uint64, complete bool) {
	if header[0]&flagLong != 0 {
		if len(header) < 9 {
			return 0, false
		}
		return binary.BigEndian.Uint64(header[1:]), true
	}
	if len(header) < 2 {
		return 0, false
	}
	return uint64(header[1]), true
}
