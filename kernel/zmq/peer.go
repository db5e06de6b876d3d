package zmq

import (
	"bufio"
	"net"
	"time"
)

// A peer is one connection after its handshake.
type peer struct {
	identity string
	conn     net.Conn
	r        *bufio.Reader
	out      *outbox
	topics   map[string]int // of XPUB: subscriptions; guarded by the socket
	done     chan struct{}  // closed when the last message is written
}

func newPeer(identity string, conn net.Conn, r *bufio.Reader, limits Limits) *peer {
	return &peer{
		identity: identity,
		conn:     conn,
		r:        r,
		out:      newOutbox(limits.Queue),
		topics:   map[string]int{},
		done:     make(chan struct{}),
	}
}

// send queues an encoded message, or ends the connection of a peer that does not read.
func (p *peer) send(message []byte) {
	if !p.out.add(message) {
		p.cut()
	}
}

// write is the goroutine that sends.
func (p *peer) write(deadline time.Duration) {
	defer close(p.done)
	if p.out.run(p.conn, deadline) != nil {
		p.cut()
	}
}

// read is the goroutine that receives: it hands messages to message and commands to command until the connection ends.
func (p *peer) read(limit int, message func([][]byte), command func(name string, body []byte)) {
	for {
		frames, isCommand, err := readMessage(p.r, limit)
		if err != nil {
			return
		}
		if !isCommand {
			message(frames)
			continue
		}
		name, body, ok := splitCommand(frames[0])
		if !ok {
			return
		}
		p.command(name, body, command)
	}
}

// command answers what concerns the connection alone and hands on the rest.
func (p *peer) command(name string, body []byte, next func(string, []byte)) {
	if name != "PING" {
		next(name, body)
		return
	}
	if len(body) >= 2 { // two bytes of time to live, then a context that returns
		p.send(encodeCommand("PONG", body[2:min(len(body), 2+16)]))
	}
}

// cut ends the connection at once.
func (p *peer) cut() {
	p.out.end()
	p.conn.Close()
}

// leave ends the connection after what waits is written, at the deadline at the latest.
func (p *peer) leave(deadline time.Time) {
	p.out.end()
	select {
	case <-p.done:
	case <-time.After(time.Until(deadline)):
	}
	p.conn.Close()
}
