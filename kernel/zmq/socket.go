package zmq

import (
	"encoding/binary"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// A Socket is one listening socket. Recv waits for the next message, whose frames the caller may keep; Send queues one
// and keeps its frames; Close sends what waits, for a bounded time. All may be called at the same time, and after Close
// Recv and Send give an error.
//
// The alias lets a caller declare the same interface without importing this package.
type Socket = interface {
	Recv() (frames [][]byte, err error)
	Send(frames [][]byte) error
	Close() error
}

// ErrClosed is the error of a closed socket.
var ErrClosed = errors.New("zmq: closed socket")

// ErrNoPeer is the error of a ROUTER that should send to a peer it does not have.
var ErrNoPeer = errors.New("zmq: no peer has this identity")

// endpoint is what the three sockets share: a listener, the peers and the messages that have arrived.
type endpoint struct {
	kind     zmq4.SocketType
	limits   Limits
	listener net.Listener
	arrived  chan [][]byte
	closed   chan struct{}

	mu    sync.Mutex
	peers map[string]*peer // by identity
	last  uint32           // of the identities given here

	message func(*peer, [][]byte)
	command func(p *peer, name string, body []byte)
}

// arrivedSize lets a burst of requests in while the first of them is read.
const arrivedSize = 64

func newEndpoint(kind zmq4.SocketType, listener net.Listener, limits Limits) *endpoint {
	return &endpoint{
		kind:     kind,
		limits:   limits,
		listener: listener,
		arrived:  make(chan [][]byte, arrivedSize),
		closed:   make(chan struct{}),
		peers:    map[string]*peer{},
		message:  func(*peer, [][]byte) {},
		command:  func(*peer, string, []byte) {},
	}
}

// accept is the goroutine that takes connections.
func (e *endpoint) accept() {
	for {
		conn, err := e.listener.Accept()
		switch {
		case err == nil:
			go e.serve(conn)
		case e.isClosed() || errors.Is(err, net.ErrClosed):
			return
		default: // such as too many open files: better a little later
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// serve is the life of one connection.
func (e *endpoint) serve(conn net.Conn) {
	defer conn.Close()
	identity, r, err := shake(conn, e.kind, e.limits.Handshake)
	if err != nil {
		return
	}
	p := newPeer(identity, conn, r, e.limits)
	if !e.add(p) {
		return
	}
	go p.write(e.limits.Write)
	p.read(e.limits.Message,
		func(frames [][]byte) { e.message(p, frames) },
		func(name string, body []byte) { e.command(p, name, body) })
	p.cut()
	e.remove(p)
}

// add makes p known. A peer that comes back under its identity takes the place of its old connection, which may not
// have noticed its end yet.
func (e *endpoint) add(p *peer) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.isClosed() {
		return false
	}
	if p.identity == "" || p.identity[0] == 0 || len(p.identity) > 255 { // a leading 0 is reserved for ours
		e.last++
		p.identity = string(binary.BigEndian.AppendUint32([]byte{0}, e.last))
	}
	if old := e.peers[p.identity]; old != nil {
		old.cut()
	}
	e.peers[p.identity] = p
	return true
}

func (e *endpoint) remove(p *peer) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.peers[p.identity] == p {
		delete(e.peers, p.identity)
	}
}

// deliver hands frames to Recv. After Close they are read and forgotten, so that the connection can end in order.
func (e *endpoint) deliver(frames [][]byte) {
	select {
	case e.arrived <- frames:
	case <-e.closed:
	}
}

// Recv implements Socket.
func (e *endpoint) Recv() ([][]byte, error) {
	select {
	case frames := <-e.arrived:
		return frames, nil
	case <-e.closed:
		return nil, ErrClosed
	}
}

// Close implements Socket.
func (e *endpoint) Close() error {
	e.mu.Lock()
	if e.isClosed() {
		e.mu.Unlock()
		return ErrClosed
	}
	close(e.closed)
	leaving := make([]*peer, 0, len(e.peers))
	for _, p := range e.peers {
		leaving = append(leaving, p)
	}
	e.mu.Unlock()

	err := e.listener.Close()
	deadline := time.Now().Add(e.limits.Linger)
	var all sync.WaitGroup
	for _, p := range leaving {
		all.Go(func() { p.leave(deadline) })
	}
	all.Wait()
	return err
}

func (e *endpoint) isClosed() bool {
	select {
	case <-e.closed:
		return true
	default:
		return false
	}
}
