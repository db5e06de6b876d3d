package zmq

import (
	"errors"
	"fmt"
	"net"
	"os"
)

// Listen opens a socket with the default limits: pattern is "ROUTER", "XPUB" or "REP", network "tcp" or "ipc", address
// "host:port" or a path. Errors are those of the system: an address in use, a port without permission.
func Listen(pattern, network, address string) (Socket, error) {
	return Defaults().Listen(pattern, network, address)
}

// Listen opens a socket with these limits.
func (limits Limits) Listen(pattern, network, address string) (Socket, error) {
	shape, known := map[string]func(*endpoint) Socket{"ROUTER": newRouter, "XPUB": newXPub, "REP": newRep}[pattern]
	if !known {
		return nil, fmt.Errorf("zmq: found the pattern %q, expected ROUTER, XPUB or REP", pattern)
	}
	listener, err := listen(network, address)
	if err != nil {
		return nil, err
	}
	e := newEndpoint("", listener, limits)
	socket := shape(e)
	go e.accept()
	return socket, nil
}

func listen(network, address string) (net.Listener, error) {
	switch network {
	case "tcp":
		return net.Listen("tcp", address)
	case "ipc":
		return listenFile(address)
	}
	return nil, fmt.Errorf("zmq: found the transport %q, expected tcp or ipc", network)
}

// listenFile listens on the socket file path, in place of one that an earlier process left, for its owner alone.
func listenFile(path string) (net.Listener, error) {
	if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSocket != 0 {
		os.Remove(path)
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}
