package zmq

import (
	"net"
	"sync"
	"time"
)

// An outbox holds the encoded messages that wait for one peer.
type outbox struct {
	limit int // bytes

	mu      sync.Mutex
	changed sync.Cond
	waiting [][]byte
	bytes   int // of waiting and of the write under way
	ended   bool
}

func newOutbox(limit int) *outbox {
	o := &outbox{limit: limit}
	o.changed.L = &o.mu
	return o
}

// add queues a message. It reports false when the queue would pass its limit: the peer does not read.
func (o *outbox) add(message []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ended {
		return true // the peer is leaving by itself
	}
	if o.bytes > 0 && o.bytes+len(message) > o.limit {
		return false
	}
	o.waiting = append(o.waiting, message)
	o.bytes += len(message)
	o.changed.Signal()
	return true
}

// end lets run return after what waits now.
func (o *outbox) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ended = true
	o.changed.Signal()
}

// mostBatched messages leave in one write.
const mostBatched = 64

// take waits for messages and gives the oldest of them, or none after the end.
func (o *outbox) take() net.Buffers {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.waiting) == 0 && !o.ended {
		o.changed.Wait()
	}
	n := min(len(o.waiting), mostBatched)
	batch := append(net.Buffers(nil), o.waiting[:n]...)
	clear(o.waiting[:n])
	if o.waiting = o.waiting[n:]; len(o.waiting) == 0 {
		o.waiting = nil
	}
	return batch
}

func (o *outbox) written(bytes int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bytes -= int(bytes)
}

// run writes messages to conn until the end or until conn fails; one write has the time deadline allows.
func (o *outbox) run(conn net.Conn, deadline time.Duration) error {
	for {
		batch := o.take()
		if len(batch) == 0 {
			return nil
		}
		if err := conn.SetWriteDeadline(time.Now().Add(deadline)); err != nil {
			return err
		}
		n, err := batch.WriteTo(conn)
		if err != nil {
			return err
		}
		o.written(n)
	}
}
