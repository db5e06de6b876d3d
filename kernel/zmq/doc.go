// Package zmq gives the three ZeroMQ sockets a kernel listens on: ROUTER, XPUB and REP, over tcp and ipc.
//
// The handshake (greeting, NULL mechanism, metadata) is that of zmq4, run on a connection whose bytes are vetted first;
// frames after it are read and written here. The sockets differ from those of zmq4 where a kernel cannot live with
// theirs:
//
//   - every peer has two goroutines, a queue of its own and a deadline for the handshake, so a silent or slow peer
//     delays nobody;
//   - a size that a peer announces is checked before memory is taken for it, and memory grows with what arrives;
//   - a message leaves in one write, together with others that wait;
//   - nothing is dropped: a peer that does not read loses its connection when its queue passes a limit or a write its
//     deadline, and finds out;
//   - XPUB hands subscriptions on, so that they can be answered;
//   - Close sends what waits, for a bounded time.
//
// A peer, whatever it sends, ends at most its own connection. Package zmq knows nothing of Jupyter, keeps no log and
// imports no room of ours.
package zmq
