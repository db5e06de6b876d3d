package zmq

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// The flags of a frame (ZMTP 3.1, section 3.4).
const (
	flagMore    = 1
	flagLong    = 2
	flagCommand = 4
)

// mostFrames a message may have: a hundred times what the protocol uses.
const mostFrames = 1000

var (
	errTooLong   = errors.New("zmq: the peer announces more bytes than the limit")
	errMalformed = errors.New("zmq: malformed frame")
)

// readMessage gives the next message or command of a peer. The frames together hold at most limit bytes.
func readMessage(r *bufio.Reader, limit int) (frames [][]byte, command bool, err error) {
	for left := limit; ; {
		flags, size, err := readHeader(r)
		if err != nil {
			return nil, false, err
		}
		if size > uint64(left) || len(frames) == mostFrames {
			return nil, false, errTooLong
		}
		left -= int(size)
		body, err := readBody(r, int(size))
		if err != nil {
			return nil, false, err
		}
		frames = append(frames, body)
		if flags&flagCommand != 0 {
			if flags&flagMore != 0 || len(frames) != 1 {
				return nil, false, errMalformed
			}
			return frames, true, nil
		}
		if flags&flagMore == 0 {
			return frames, false, nil
		}
	}
}

func readHeader(r *bufio.Reader) (flags byte, size uint64, err error) {
	if flags, err = r.ReadByte(); err != nil {
		return 0, 0, err
	}
	if flags&flagLong == 0 {
		short, err := r.ReadByte()
		return flags, uint64(short), err
	}
	var long [8]byte
	_, err = io.ReadFull(r, long[:])
	return flags, binary.BigEndian.Uint64(long[:]), err
}

// trusted is how many bytes are taken on a peer's word; more are taken as they arrive.
const trusted = 64 << 10

func readBody(r *bufio.Reader, size int) ([]byte, error) {
	if size <= trusted {
		body := make([]byte, size)
		_, err := io.ReadFull(r, body)
		return body, err
	}
	var body bytes.Buffer
	_, err := io.CopyN(&body, r, int64(size))
	return body.Bytes(), err
}

// encode gives the bytes of one message.
func encode(frames [][]byte) []byte {
	size := 0
	for _, frame := range frames {
		size += 9 + len(frame)
	}
	out := make([]byte, 0, size)
	for i, frame := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags = flagMore
		}
		out = appendFrame(out, flags, frame)
	}
	return out
}

// encodeCommand gives the bytes of one command.
func encodeCommand(name string, body []byte) []byte {
	frame := append([]byte{byte(len(name))}, name...)
	return appendFrame(nil, flagCommand, append(frame, body...))
}

func appendFrame(out []byte, flags byte, body []byte) []byte {
	if len(body) < 256 {
		out = append(out, flags, byte(len(body)))
	} else {
		out = binary.BigEndian.AppendUint64(append(out, flags|flagLong), uint64(len(body)))
	}
	return append(out, body...)
}

// splitCommand gives the name of a command and what follows it.
func splitCommand(frame []byte) (name string, body []byte, ok bool) {
	if len(frame) == 0 || int(frame[0]) > len(frame)-1 {
		return "", nil, false
	}
	n := int(frame[0])
	return string(frame[1 : 1+n]), frame[1+n:], true
}
