package zmq

import (
	"bytes"
	"strings"
	"sync"

	"github.com/go-zeromq/zmq4"
)

// A router prefixes every received message with the identity of its peer and sends to the peer that the first frame
// names. A message to nobody gives ErrNoPeer.
type router struct{ *endpoint }

func newRouter(e *endpoint) Socket {
	e.kind = zmq4.Router
	e.message = func(p *peer, frames [][]byte) {
		e.deliver(append([][]byte{[]byte(p.identity)}, frames...))
	}
	return router{e}
}

func (s router) Send(frames [][]byte) error {
	if s.isClosed() {
		return ErrClosed
	}
	if len(frames) < 2 {
		return errMalformed
	}
	p := s.peer(string(frames[0]))
	if p == nil {
		return ErrNoPeer
	}
	p.send(encode(frames[1:]))
	return nil
}

// An xpub sends every message to the peers that subscribed to a prefix of its first frame. What it receives are
// subscriptions: one frame, 1 and the topic, each time a peer subscribes to one it had not.
type xpub struct{ *endpoint }

func newXPub(e *endpoint) Socket {
	e.kind = zmq4.XPub
	s := xpub{e}
	e.message = func(p *peer, frames [][]byte) { // subscriptions of ZMTP 3.0
		if len(frames) == 1 && len(frames[0]) > 0 && frames[0][0] <= 1 {
			s.subscribe(p, string(frames[0][1:]), frames[0][0] == 1)
		}
	}
	e.command = func(p *peer, name string, body []byte) { // of ZMTP 3.1
		switch name {
		case "SUBSCRIBE":
			s.subscribe(p, string(body), true)
		case "CANCEL":
			s.subscribe(p, string(body), false)
		}
	}
	return s
}

// mostTopics a peer may subscribe to.
const mostTopics = 1000

func (s xpub) subscribe(p *peer, topic string, wanted bool) {
	s.mu.Lock()
	n, known := p.topics[topic]
	isNew := wanted && !known && len(p.topics) < mostTopics
	switch {
	case isNew, wanted && known:
		p.topics[topic] = n + 1
	case !wanted && n > 1:
		p.topics[topic] = n - 1
	case !wanted:
		delete(p.topics, topic)
	}
	s.mu.Unlock()
	if isNew {
		s.deliver([][]byte{append([]byte{1}, topic...)})
	}
}

func (s xpub) Send(frames [][]byte) error {
	if s.isClosed() {
		return ErrClosed
	}
	if len(frames) == 0 {
		return errMalformed
	}
	message, topic := encode(frames), string(frames[0])
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.peers {
		if p.wants(topic) {
			p.send(message)
		}
	}
	return nil
}

func (p *peer) wants(topic string) bool {
	for prefix := range p.topics {
		if strings.HasPrefix(topic, prefix) {
			return true
		}
	}
	return false
}

// A rep receives one request at a time; Send answers the last one received.
type rep struct {
	router
	mu   sync.Mutex
	back [][]byte // the route to whom Send answers, with its empty last frame
}

func newRep(e *endpoint) Socket {
	s := &rep{router: newRouter(e).(router)}
	e.kind = zmq4.Rep
	return s
}

func (s *rep) Recv() ([][]byte, error) {
	for {
		frames, err := s.router.Recv()
		if err != nil {
			return nil, err
		}
		for i, frame := range frames {
			if i > 0 && bytes.Equal(frame, nil) {
				s.mu.Lock()
				s.back = frames[: i+1 : i+1]
				s.mu.Unlock()
				return frames[i+1:], nil
			}
		}
	}
}

func (s *rep) Send(frames [][]byte) error {
	s.mu.Lock()
	route := s.back
	s.back = nil
	s.mu.Unlock()
	if route == nil {
		return ErrNoPeer
	}
	return s.router.Send(append(route, frames...))
}
