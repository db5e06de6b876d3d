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

	mu      sync.Mutex
	peers   map[string]*peer // by identity
	last    uint32           // of the identities given here
	shaking int              // connections whose handshake is not over
	settled *sync.Cond       // on mu: a handshake is over, or nobody should wait for one any longer

	message func(*peer, [][]byte)
	command func(p *peer, name string, body []byte)
}

// arrivedSize lets a burst of requests in while the first of them is read.
const arrivedSize = 64

func newEndpoint(kind zmq4.SocketType, listener net.Listener, limits Limits) *endpoint {
	e := &endpoint{
		kind:     kind,
		limits:   limits,
		listener: listener,
		arrived:  make(chan [][]byte, arrivedSize),
		closed:   make(chan struct{}),
		peers:    map[string]*peer{},
		message:  func(*peer, [][]byte) {},
		command:  func(*peer, string, []byte) {},
	}
	e.settled = sync.NewCond(&e.mu)
	return e
}

// accept is the goroutine that takes connections.
func (e *endpoint) accept() {
	for {
		conn, err := e.listener.Accept()
		switch {
		case err == nil:
			e.shakes(1)
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
	p, err := e.greet(conn)
	if err != nil {
		return
	}
	go p.write(e.limits.Write)
	p.read(e.limits.Message,
		func(frames [][]byte) { e.message(p, frames) },
		func(name string, body []byte) { e.command(p, name, body) })
	p.cut()
	e.remove(p)
}

// greet makes the other end of a connection a known peer.
func (e *endpoint) greet(conn net.Conn) (*peer, error) {
	defer e.shakes(-1)
	identity, r, err := shake(conn, e.kind, e.limits.Handshake)
	if err != nil {
		return nil, err
	}
	p := newPeer(identity, conn, r, e.limits)
	if !e.add(p) {
		return nil, ErrClosed
	}
	return p, nil
}

// shakes counts handshakes that begin and end.
func (e *endpoint) shakes(change int) {
	e.mu.Lock()
	e.shaking += change
	e.mu.Unlock()
	e.settled.Broadcast()
}

// patience is how long a message to an unknown peer waits for the handshakes that are under way: a client may hold its
// own handshake for done, and have asked something, a moment before this end has entered it.
const patience = 250 * time.Millisecond

// peer finds a peer, nil when there is none of that identity.
func (e *endpoint) peer(identity string) *peer {
	e.mu.Lock()
	defer e.mu.Unlock()
	if p := e.peers[identity]; p != nil || e.shaking == 0 {
		return p
	}
	late := false
	timer := time.AfterFunc(patience, func() {
		e.mu.Lock()
		late = true
		e.mu.Unlock()
		e.settled.Broadcast()
	})
	defer timer.Stop()
	for e.peers[identity] == nil && e.shaking > 0 && !late && !e.isClosed() {
		e.settled.Wait()
	}
	return e.peers[identity]
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
	e.settled.Broadcast()
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
