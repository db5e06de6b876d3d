package zmq

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// listenAt opens a socket on a free port or, for ipc, in a folder of the test.
func listenAt(t *testing.T, pattern, network string, limits Limits) (Socket, string) {
	t.Helper()
	address := filepath.Join(t.TempDir(), "s-1")
	if network == "tcp" {
		free, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address = free.Addr().String()
		free.Close()
	}
	socket, err := limits.Listen(pattern, network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return socket, address
}

// client connects a socket of zmq4.
func client(t *testing.T, make func(context.Context, ...zmq4.Option) zmq4.Socket, network, address string, options ...zmq4.Option) zmq4.Socket {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := make(ctx, options...)
	t.Cleanup(func() { s.Close(); cancel() })
	if err := s.Dial(network + "://" + address); err != nil {
		t.Fatal(err)
	}
	return s
}

func recv(t *testing.T, s Socket) []string {
	t.Helper()
	type outcome struct {
		frames [][]byte
		err    error
	}
	came := make(chan outcome, 1)
	go func() {
		frames, err := s.Recv()
		came <- outcome{frames, err}
	}()
	select {
	case got := <-came:
		if got.err != nil {
			t.Fatal(got.err)
		}
		return text(got.frames)
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was received")
		return nil
	}
}

func text(frames [][]byte) []string {
	out := make([]string, len(frames))
	for i, frame := range frames {
		out[i] = string(frame)
	}
	return out
}

func frames(texts ...string) [][]byte {
	out := make([][]byte, len(texts))
	for i, text := range texts {
		out[i] = []byte(text)
	}
	return out
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("received %q, expected %q", got, want)
	}
}

// answer reads the next message of a client.
func answer(t *testing.T, s zmq4.Socket) []string {
	t.Helper()
	message, err := s.Recv()
	if err != nil {
		t.Fatal(err)
	}
	return text(message.Frames)
}

func TestRouterAnswersThePeerThatAsked(t *testing.T) {
	for _, network := range []string{"tcp", "ipc"} {
		server, address := listenAt(t, "ROUTER", network, Defaults())
		ada := client(t, zmq4.NewDealer, network, address, zmq4.WithID(zmq4.SocketIdentity("ada")))
		bob := client(t, zmq4.NewDealer, network, address)
		for range 3 {
			ada.Send(zmq4.NewMsgFromString([]string{"", "question", string(make([]byte, 300))}))
			got := recv(t, server)
			expect(t, got[:3], "ada", "", "question")
			bob.Send(zmq4.NewMsgString("mine"))
			other := recv(t, server)
			if err := server.Send(frames(other[0], "yours")); err != nil {
				t.Fatal(err)
			}
			if err := server.Send(frames("ada", "answer", "")); err != nil {
				t.Fatal(err)
			}
			expect(t, answer(t, ada), "answer", "")
			expect(t, answer(t, bob), "yours")
		}
		if err := server.Send(frames("nobody", "x")); !errors.Is(err, ErrNoPeer) {
			t.Errorf("sending to nobody gives %v", err)
		}
	}
}

func TestSubscriptionsAreHandedOnAndObeyed(t *testing.T) {
	server, address := listenAt(t, "XPUB", "tcp", Defaults())
	all := client(t, zmq4.NewSub, "tcp", address)
	all.SetOption(zmq4.OptionSubscribe, "")
	expect(t, recv(t, server), "\x01")
	some := client(t, zmq4.NewSub, "tcp", address)
	some.SetOption(zmq4.OptionSubscribe, "b")
	expect(t, recv(t, server), "\x01b")
	for _, topic := range []string{"a", "bc", "b"} {
		server.Send(frames(topic, "1"))
	}
	expect(t, answer(t, all), "a", "1")
	expect(t, answer(t, all), "bc", "1")
	expect(t, answer(t, all), "b", "1")
	expect(t, answer(t, some), "bc", "1")
	expect(t, answer(t, some), "b", "1")
}

func TestEveryMessageReachesASubscriberInOrder(t *testing.T) {
	server, address := listenAt(t, "XPUB", "tcp", Defaults())
	sub := client(t, zmq4.NewSub, "tcp", address)
	sub.SetOption(zmq4.OptionSubscribe, "")
	recv(t, server)
	const n = 20000
	go func() {
		for i := range n {
			server.Send([][]byte{{'t'}, {byte(i), byte(i >> 8)}, make([]byte, i%400)})
		}
	}()
	for i := range n {
		message, err := sub.Recv()
		if err != nil {
			t.Fatal(err)
		}
		if got := int(message.Frames[1][0]) | int(message.Frames[1][1])<<8; got != i {
			t.Fatalf("message %d came in place of %d", got, i)
		}
	}
}

func TestRepAnswersTheLastRequest(t *testing.T) {
	server, address := listenAt(t, "REP", "tcp", Defaults())
	if err := server.Send(frames("early")); !errors.Is(err, ErrNoPeer) {
		t.Errorf("an answer without a request gives %v", err)
	}
	ask := client(t, zmq4.NewReq, "tcp", address)
	for _, beat := range []string{"ping", "", "more"} {
		ask.Send(zmq4.NewMsgString(beat))
		expect(t, recv(t, server), beat)
		server.Send(frames(beat))
		expect(t, answer(t, ask), beat)
	}
}

func TestCloseSendsWhatWaits(t *testing.T) {
	server, address := listenAt(t, "XPUB", "tcp", Defaults())
	sub := client(t, zmq4.NewSub, "tcp", address)
	sub.SetOption(zmq4.OptionSubscribe, "")
	recv(t, server)
	const n = 500
	for range n {
		server.Send(frames("t", string(make([]byte, 1000))))
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	for range n {
		answer(t, sub)
	}
	if _, err := server.Recv(); !errors.Is(err, ErrClosed) {
		t.Errorf("Recv after Close gives %v", err)
	}
	if err := server.Send(frames("t")); !errors.Is(err, ErrClosed) {
		t.Errorf("Send after Close gives %v", err)
	}
}

func TestAPortMayBeTakenAgainAtOnce(t *testing.T) {
	for _, network := range []string{"tcp", "ipc"} {
		server, address := listenAt(t, "ROUTER", network, Defaults())
		c := client(t, zmq4.NewDealer, network, address)
		c.Send(zmq4.NewMsgString("x"))
		recv(t, server)
		server.Close()
		again, err := Listen("ROUTER", network, address)
		if err != nil {
			t.Fatal(err)
		}
		again.Close()
	}
}

func TestListenRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, bad := range [][3]string{{"PUSH", "tcp", "127.0.0.1:0"}, {"ROUTER", "udp", "127.0.0.1:0"}, {"ROUTER", "tcp", "nowhere"}} {
		if s, err := Listen(bad[0], bad[1], bad[2]); err == nil {
			s.Close()
			t.Errorf("%q was accepted", bad)
		}
	}
}
