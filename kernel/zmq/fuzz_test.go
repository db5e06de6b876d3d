package zmq

import (
	"bytes"
	"net"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// scripted is a connection whose other side says its bytes and hangs up.
type scripted struct {
	*bytes.Reader
}

func (scripted) Write(p []byte) (int, error)      { return len(p), nil }
func (scripted) Close() error                     { return nil }
func (scripted) LocalAddr() net.Addr              { return nil }
func (scripted) RemoteAddr() net.Addr             { return nil }
func (scripted) SetDeadline(time.Time) error      { return nil }
func (scripted) SetReadDeadline(time.Time) error  { return nil }
func (scripted) SetWriteDeadline(time.Time) error { return nil }

func FuzzPeersBytesNeverPanicNorExceedTheLimit(f *testing.F) {
	f.Add(append(greeting("NULL"), ready("DEALER", "a")...), encode(frames("a", "b")))
	f.Add(append(greeting("NULL"), ready("DEALER", "")...), encodeCommand("PING", []byte("12345")))
	f.Add(greeting("CURVE"), []byte{flagLong | flagMore, 0, 0, 0, 0, 0, 0, 0, 1, 7})
	f.Fuzz(func(t *testing.T, handshake, rest []byte) {
		const limit = 1000
		_, r, err := shake(scripted{bytes.NewReader(append(handshake, rest...))}, zmq4.Router, time.Second)
		if err != nil {
			return
		}
		for {
			frames, isCommand, err := readMessage(r, limit)
			if err != nil {
				return
			}
			if size := len(bytes.Join(frames, nil)); size > limit {
				t.Errorf("a message of %d bytes passed the limit", size)
			}
			if isCommand {
				splitCommand(frames[0])
			}
		}
	})
}

func FuzzEncodedMessagesAreReadBack(f *testing.F) {
	f.Add([]byte("a"), []byte{}, 3)
	f.Add([]byte{}, []byte("b"), 300)
	f.Add([]byte("topic"), []byte("x"), trusted+1)
	f.Fuzz(func(t *testing.T, a, b []byte, size int) {
		sent := [][]byte{a, b, make([]byte, max(0, min(size, 1<<20)))}
		conn := append(append(greeting("NULL"), ready("DEALER", "me")...), encode(sent)...)
		identity, r, err := shake(scripted{bytes.NewReader(conn)}, zmq4.Router, time.Second)
		if err != nil || identity != "me" {
			t.Fatal(identity, err)
		}
		got, isCommand, err := readMessage(r, 8<<20)
		if err != nil || isCommand || len(got) != len(sent) {
			t.Fatalf("%d frames, command %v, error %v", len(got), isCommand, err)
		}
		for i := range sent {
			if !bytes.Equal(got[i], sent[i]) {
				t.Errorf("frame %d changed on its way", i)
			}
		}
	})
}
