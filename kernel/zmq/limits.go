package zmq

import "time"

// Limits bound what a peer can cost.
type Limits struct {
	Handshake time.Duration // from the connection to the end of the handshake
	Write     time.Duration // of one write, in which the peer has to make room for it
	Linger    time.Duration // of Close, while queues empty
	Message   int           // bytes of one received message, all its frames together
	Queue     int           // bytes waiting for one peer; one message alone may be longer
}

// Defaults are generous to a browser on a slow line and a notebook of large pictures.
func Defaults() Limits {
	return Limits{
		Handshake: 10 * time.Second,
		Write:     30 * time.Second,
		Linger:    500 * time.Millisecond,
		Message:   128 << 20,
		Queue:     128 << 20,
	}
}
