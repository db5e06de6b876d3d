package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// A server is a running kernel.
type server struct {
	*sockets
	connection connection
	interp     Interpreter
	info       Info
	codec      *wire.Codec
	session    *wire.Session
	publisher  *publisher
	history    *history
	queue      *queue   // of execute requests
	answers    *answers // to input requests
	interrupts interrupts
	note       func(format string, args ...any) // for GOLGI_LOG
	warning    string                           // shown with the first cell

	count int // executions so far; the executor's own
	abort failure

	stopOnce sync.Once
	stopping chan struct{}
}

const (
	longestWelcome = 500 * time.Millisecond // the first request waits this long for a subscriber to iopub
	longestGoodbye = 500 * time.Millisecond // shutdown waits this long for the running cell
)

// run serves until ctx ends or a client asks for shutdown, and sends what is left to say.
func (s *server) run(ctx context.Context) {
	s.publisher.publish(s.message("status", nil, map[string]string{"execution_state": "starting"}))
	executed := make(chan struct{})
	go s.publisher.run()
	go s.welcome()
	go s.beat()
	go s.receive(s.control, func(r *request) { s.handle(r, controlHandlers) })
	go s.receive(s.shell, s.shellRequest())
	go s.receive(s.stdin, s.inputReply)
	go func() {
		s.executeAll()
		close(executed)
	}()
	select {
	case <-ctx.Done():
	case <-s.stopping:
	}
	s.queue.close()
	s.interrupts.interrupt()
	select {
	case <-executed:
	case <-time.After(longestGoodbye):
	}
	s.publisher.stop()
	s.sockets.close()
}

// stop lets run return.
func (s *server) stop() { s.stopOnce.Do(func() { close(s.stopping) }) }

// receive hands the requests of a channel to serve, one after the other, until the channel closes. What cannot be read
// is noted and forgotten.
func (s *server) receive(from Socket, serve func(*request)) {
	for {
		frames, err := from.Recv()
		if err != nil {
			return
		}
		message, err := s.codec.Decode(frames)
		if err != nil {
			s.note("dropped: %v", err)
			continue
		}
		serve(&request{Message: message, server: s, from: from, arrived: time.Now()})
	}
}

// shellRequest gives the function that serves shell. The first request waits for a subscriber to iopub: a client that
// has asked before it listens would never learn that its request has ended.
func (s *server) shellRequest() func(*request) {
	first := true
	return func(r *request) {
		if first {
			first = false
			select {
			case <-s.publisher.heard:
			case <-time.After(longestWelcome):
			case <-s.stopping:
			}
		}
		if r.Header.Type == "execute_request" {
			s.queue.put(r)
			return
		}
		s.handle(r, shellHandlers)
	}
}

// welcome answers every subscription to iopub.
func (s *server) welcome() {
	for {
		frames, err := s.iopub.Recv()
		if err != nil {
			return
		}
		if len(frames) != 1 || len(frames[0]) == 0 || frames[0][0] != 1 || !utf8.Valid(frames[0]) {
			continue
		}
		topic := frames[0][1:]
		m := s.message("iopub_welcome", nil, map[string]string{"subscription": string(topic)})
		m.Identities = [][]byte{topic}
		s.publisher.publish(m)
		s.publisher.hear()
	}
}

// beat echoes heartbeats.
func (s *server) beat() {
	for {
		frames, err := s.heartbeat.Recv()
		if err != nil {
			return
		}
		if err := s.heartbeat.Send(frames); err != nil {
			s.note("heartbeat: %v", err)
		}
	}
}

// message makes a message of ours; parent is nil for one that answers no request.
func (s *server) message(kind string, parent *request, content any) *wire.Message {
	m := &wire.Message{Identities: [][]byte{[]byte(kind)}, Header: s.session.Header(kind), Content: wire.JSON(content)}
	if parent != nil {
		m.Parent = parent.RawHeader()
	}
	return m
}

// interrupts holds the context of everything that an interrupt stops.
type interrupts struct {
	mu     sync.Mutex
	ctx    context.Context
	cancel context.CancelFunc
	at     time.Time // of the last one
}

func (i *interrupts) renew() { i.ctx, i.cancel = context.WithCancel(context.Background()) }

// interrupt stops what runs.
func (i *interrupts) interrupt() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.at = time.Now()
	i.cancel()
	i.renew()
}

// errInterrupted says that a request was interrupted before it began.
var errInterrupted = errors.New("interrupted")

// begin gives a context that ends with the next interrupt, or an error when there was one since the request arrived.
func (i *interrupts) begin(arrived time.Time) (context.Context, context.CancelFunc, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if arrived.Before(i.at) {
		return nil, nil, errInterrupted
	}
	ctx, cancel := context.WithCancel(i.ctx)
	return ctx, cancel, nil
}
