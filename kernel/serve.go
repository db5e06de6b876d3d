package kernel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"os/user"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// An Info says what a kernel is and what it runs on.
type Info struct {
	Implementation string // "golgi"
	Version        string
	Banner         string
	Language       Language
	Links          []Link // for the Help menu
	Listen         Listener
	History        string // file of earlier inputs, as HistoryFile names it; "" keeps them for this session alone
}

// A Language is what front ends ask about cells. Its zero value is Go, of the version this program was built with.
type Language struct {
	Name, Version, MIMEType, FileExtension, Lexer, Mode string
}

// A Link is an entry of the Help menu.
type Link struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// A Socket is one channel, as package kernel/zmq describes it.
type Socket = interface {
	Recv() (frames [][]byte, err error)
	Send(frames [][]byte) error
	Close() error
}

// A Listener opens a socket: pattern is "ROUTER", "XPUB" or "REP", network "tcp" or "ipc".
type Listener = func(pattern, network, address string) (Socket, error)

// Serve runs a kernel on the sockets that the connection file names, until a client asks for shutdown, ctx ends, the
// process gets SIGTERM or its parent dies. It then returns within two seconds, even if a cell does not stop; the
// process should end with it. SIGINT interrupts the running cell. The error is one for a person to read: a bad
// connection file, a port in use.
func Serve(ctx context.Context, connectionFile string, interp Interpreter, info Info) error {
	parent := os.Getppid() // before anybody can notice this kernel and go
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	c, err := readConnection(connectionFile)
	if err != nil {
		return err
	}
	sockets, err := open(c, info.Listen)
	if err != nil {
		return err
	}
	s := newServer(sockets, c, interp, info)
	s.warning = readableByOthers(connectionFile)
	s.note = openLog(os.Getenv("GOLGI_LOG"))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go s.obey(ctx, signals)
	go endWithParent(ctx, parent, cancel)
	s.run(ctx)
	return nil
}

// open opens all sockets or none.
func open(c connection, listen Listener) (*sockets, error) {
	if listen == nil {
		return nil, errors.New("kernel: Info.Listen is nil, expected zmq.Listen")
	}
	var opened []Socket
	for _, d := range c.doors() {
		socket, err := listen(d.pattern, c.Transport, c.address(d.port))
		if err != nil {
			for _, s := range opened {
				s.Close()
			}
			return nil, fmt.Errorf("cannot open the %s of this kernel: %w; start the kernel again", d.key, err)
		}
		opened = append(opened, socket)
	}
	return &sockets{opened[0], opened[1], opened[2], opened[3], opened[4]}, nil
}

// sockets are the channels of a kernel.
type sockets struct {
	shell, control, iopub, stdin, heartbeat Socket
}

// close sends what waits on every socket, at the same time.
func (s *sockets) close() {
	var all sync.WaitGroup
	for _, socket := range []Socket{s.shell, s.control, s.iopub, s.stdin, s.heartbeat} {
		all.Go(func() { socket.Close() })
	}
	all.Wait()
}

func newServer(channels *sockets, c connection, interp Interpreter, info Info) *server {
	s := &server{
		sockets:    channels,
		connection: c,
		interp:     interp,
		info:       info,
		codec:      wire.NewCodec([]byte(c.Key)),
		session:    wire.NewSession(username()),
		note:       func(string, ...any) {},
		queue:      newQueue(),
		answers:    newAnswers(),
		stopping:   make(chan struct{}),
	}
	s.interrupts.renew()
	s.publisher = newPublisher(channels.iopub, s.codec)
	s.history = newHistory(info.History, s.session.ID)
	return s
}

func username() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "kernel"
}

// obey makes SIGINT an interrupt and SIGTERM a shutdown.
func (s *server) obey(ctx context.Context, signals <-chan os.Signal) {
	for {
		select {
		case sig := <-signals:
			if sig != os.Interrupt {
				s.stop()
				return
			}
			s.interrupts.interrupt()
		case <-ctx.Done():
			return
		}
	}
}

// endWithParent calls end when the process that started this one has died: its clients have no other way to stop us.
func endWithParent(ctx context.Context, parent int, end func()) {
	if runtime.GOOS == "windows" {
		return // the parent's number never changes there
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if os.Getppid() != parent {
				end()
				return
			}
		}
	}
}
