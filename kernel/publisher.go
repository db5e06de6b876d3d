package kernel

import (
	"sync"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// A publisher sends messages to iopub in the order they were handed to it.
type publisher struct {
	iopub   Socket
	codec   *wire.Codec
	waiting chan *wire.Message
	heard   chan struct{} // closed when somebody listens
	once    sync.Once
	quit    chan struct{} // closed when no more are taken
	done    chan struct{} // closed when the last is sent
}

// mostWaiting messages make a cell that shows more wait.
const mostWaiting = 1024

func newPublisher(iopub Socket, codec *wire.Codec) *publisher {
	return &publisher{
		iopub:   iopub,
		codec:   codec,
		waiting: make(chan *wire.Message, mostWaiting),
		heard:   make(chan struct{}),
		quit:    make(chan struct{}),
		done:    make(chan struct{}),
	}
}

// publish queues m; after stop it does nothing.
func (p *publisher) publish(m *wire.Message) {
	select {
	case p.waiting <- m:
	case <-p.quit:
	}
}

// hear notes that somebody has subscribed.
func (p *publisher) hear() { p.once.Do(func() { close(p.heard) }) }

func (p *publisher) run() {
	defer close(p.done)
	for {
		select {
		case m := <-p.waiting:
			p.send(m)
		case <-p.quit:
			p.drain()
			return
		}
	}
}

func (p *publisher) drain() {
	for {
		select {
		case m := <-p.waiting:
			p.send(m)
		default:
			return
		}
	}
}

func (p *publisher) send(m *wire.Message) { p.iopub.Send(p.codec.Encode(m)) }

// stop sends what was queued before it and takes no more.
func (p *publisher) stop() {
	close(p.quit)
	<-p.done
}
