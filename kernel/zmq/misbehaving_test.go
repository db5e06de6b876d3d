package zmq

import (
	"bytes"
	"io"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// greeting is how a ZMTP 3.1 client begins, with the given mechanism.
func greeting(mechanism string) []byte {
	g := make([]byte, greetingSize)
	g[0], g[9], g[10], g[11] = 0xff, 0x7f, 3, 1
	copy(g[12:], mechanism)
	return g
}

// ready is the command that ends the NULL handshake of a client.
func ready(socket, identity string) []byte {
	body := append([]byte{11}, "Socket-Type"...)
	body = append(body, 0, 0, 0, byte(len(socket)))
	body = append(body, socket...)
	body = append(append(body, 8), "Identity"...)
	body = append(body, 0, 0, 0, byte(len(identity)))
	return encodeCommand("READY", append(body, identity...))
}

// intruder opens a bare connection and sends what it is given.
func intruder(t *testing.T, address string, send ...[]byte) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := conn.Write(bytes.Join(send, nil)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// losesConnection waits for the other side to hang up.
func losesConnection(t *testing.T, conn net.Conn) {
	t.Helper()
	conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	_, err := io.Copy(io.Discard, conn)
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		t.Error("the connection was left open")
	}
}

// stillServes checks that another client is answered.
func stillServes(t *testing.T, server Socket, address string) {
	t.Helper()
	c := client(t, zmq4.NewDealer, "tcp", address, zmq4.WithID(zmq4.SocketIdentity("good")))
	c.Send(zmq4.NewMsgString("hello"))
	expect(t, recv(t, server), "good", "hello")
	if err := server.Send(frames("good", "welcome")); err != nil {
		t.Fatal(err)
	}
	expect(t, answer(t, c), "welcome")
}

func TestSilentConnectionsDelayNobodyAndEnd(t *testing.T) {
	limits := Defaults()
	limits.Handshake = 300 * time.Millisecond
	server, address := listenAt(t, "ROUTER", "tcp", limits)
	halfOpen := intruder(t, address)
	halfGreeted := intruder(t, address, greeting("NULL")[:20])
	greeted := intruder(t, address, greeting("NULL"))
	start := time.Now()
	stillServes(t, server, address)
	if waited := time.Since(start); waited > limits.Handshake {
		t.Errorf("a good client waited %v", waited)
	}
	for _, conn := range []net.Conn{halfOpen, halfGreeted, greeted} {
		losesConnection(t, conn)
	}
}

func TestBadHandshakesEndTheirConnectionAlone(t *testing.T) {
	huge := []byte{flagCommand | flagLong, 0, 0, 1, 0, 0, 0, 0, 0} // a terabyte
	old := greeting("NULL")
	old[10] = 2
	tests := map[string][][]byte{
		"HTTP":                    {[]byte("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), make([]byte, 64)},
		"zeros":                   {make([]byte, 200)},
		"old version":             {old},
		"mechanism CURVE":         {greeting("CURVE")},
		"mechanism PLAIN":         {greeting("PLAIN")},
		"huge command":            {greeting("NULL"), huge},
		"frames without end":      {greeting("NULL"), bytes.Repeat([]byte{flagMore, 0}, 20000)},
		"message for READY":       {greeting("NULL"), appendFrame(nil, 0, []byte("hello"))},
		"other command":           {greeting("NULL"), encodeCommand("ERROR", []byte{1, 'x'})},
		"empty command":           {greeting("NULL"), appendFrame(nil, flagCommand, nil)},
		"metadata cut short":      {greeting("NULL"), encodeCommand("READY", []byte("\x0bSocket"))},
		"metadata without value":  {greeting("NULL"), encodeCommand("READY", []byte("\x0bSocket-Type"))},
		"value beyond its frame":  {greeting("NULL"), encodeCommand("READY", []byte("\x0bSocket-Type\xff\xff\xff\xff"))},
		"unknown type of socket":  {greeting("NULL"), ready("TOASTER", "")},
		"type that does not fit":  {greeting("NULL"), ready("SUB", "")},
		"no type":                 {greeting("NULL"), encodeCommand("READY", nil)},
		"huge frame after it":     {greeting("NULL"), ready("DEALER", "x"), {flagLong, 0, 0, 1, 0, 0, 0, 0, 0}},
		"negative size after it":  {greeting("NULL"), ready("DEALER", "x"), {flagLong, 255, 255, 255, 255, 255, 255, 255, 255}},
		"frames without number":   {greeting("NULL"), ready("DEALER", "x"), bytes.Repeat([]byte{flagMore, 0}, mostFrames+1)},
		"command inside message":  {greeting("NULL"), ready("DEALER", "x"), {flagMore, 0, flagCommand, 1, 0}},
		"malformed later command": {greeting("NULL"), ready("DEALER", "x"), appendFrame(nil, flagCommand, []byte{9})},
	}
	server, address := listenAt(t, "ROUTER", "tcp", Defaults())
	for name, sent := range tests {
		t.Run(name, func(t *testing.T) { losesConnection(t, intruder(t, address, sent...)) })
	}
	stillServes(t, server, address)
}

func TestAnnouncedSizeTakesNoMemory(t *testing.T) {
	_, address := listenAt(t, "ROUTER", "tcp", Defaults())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 20 {
		intruder(t, address, greeting("NULL"), ready("DEALER", ""), []byte{flagLong, 0, 0, 0, 0, 7, 0, 0, 0}, []byte("little"))
	}
	time.Sleep(100 * time.Millisecond)
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 20<<20 {
		t.Errorf("20 announcements of 112 MB took %d MB", grown>>20)
	}
}

func TestPeerThatNeverReadsLosesItsConnectionAndDelaysNobody(t *testing.T) {
	tests := map[string]func(*Limits){
		"queue": func(l *Limits) { l.Queue = 1 << 20 },
		"write": func(l *Limits) { l.Write = 200 * time.Millisecond },
	}
	for name, narrow := range tests {
		t.Run(name, func(t *testing.T) {
			limits := Defaults()
			narrow(&limits)
			server, address := listenAt(t, "XPUB", "tcp", limits)
			deaf := intruder(t, address, greeting("NULL"), ready("SUB", ""), encodeCommand("SUBSCRIBE", nil))
			expect(t, recv(t, server), "\x01")
			good := client(t, zmq4.NewSub, "tcp", address)
			good.SetOption(zmq4.OptionSubscribe, "")
			expect(t, recv(t, server), "\x01")
			big := string(make([]byte, 100<<10))
			for range 300 { // 30 MB, more than the buffers of two sockets hold
				server.Send(frames("t", big))
				answer(t, good)
			}
			waitFor(t, func() bool { return peers(server) == 1 })
			losesConnection(t, deaf)
		})
	}
}

func peers(s Socket) int {
	e := s.(xpub).endpoint
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.peers)
}

func waitFor(t *testing.T, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

func TestCloseDoesNotWaitForeverForAPeerThatNeverReads(t *testing.T) {
	limits := Defaults()
	limits.Linger = 200 * time.Millisecond
	server, address := listenAt(t, "XPUB", "tcp", limits)
	intruder(t, address, greeting("NULL"), ready("SUB", ""), encodeCommand("SUBSCRIBE", nil))
	recv(t, server)
	for range 300 {
		server.Send(frames("t", string(make([]byte, 100<<10))))
	}
	start := time.Now()
	server.Close()
	if took := time.Since(start); took > time.Second {
		t.Errorf("Close took %v", took)
	}
}

func TestReturningPeerTakesThePlaceOfItsOldConnection(t *testing.T) {
	server, address := listenAt(t, "ROUTER", "tcp", Defaults())
	old := intruder(t, address, greeting("NULL"), ready("DEALER", "ada"), encode(frames("first")))
	expect(t, recv(t, server), "ada", "first")
	c := client(t, zmq4.NewDealer, "tcp", address, zmq4.WithID(zmq4.SocketIdentity("ada")))
	c.Send(zmq4.NewMsgString("second"))
	expect(t, recv(t, server), "ada", "second")
	losesConnection(t, old)
	server.Send(frames("ada", "answer"))
	expect(t, answer(t, c), "answer")
}

func TestReservedIdentitiesAreNotTaken(t *testing.T) {
	server, address := listenAt(t, "ROUTER", "tcp", Defaults())
	intruder(t, address, greeting("NULL"), ready("DEALER", ""), encode(frames("a")))
	first := recv(t, server)[0]
	intruder(t, address, greeting("NULL"), ready("DEALER", first), encode(frames("b")))
	if second := recv(t, server)[0]; second == first {
		t.Errorf("two peers share the identity %q", first)
	}
}

func TestPingIsAnsweredWithItsContext(t *testing.T) {
	_, address := listenAt(t, "ROUTER", "tcp", Defaults())
	conn := intruder(t, address, greeting("NULL"), ready("DEALER", ""), encodeCommand("PING", []byte("\x00\x0acontext")))
	want := encodeCommand("PONG", []byte("context"))
	conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	var got []byte
	for !bytes.HasSuffix(got, want) {
		chunk := make([]byte, 500)
		n, err := conn.Read(chunk)
		if err != nil {
			t.Fatalf("after %q: %v", got, err)
		}
		got = append(got, chunk[:n]...)
	}
}

func TestCancelledSubscriptionEnds(t *testing.T) {
	server, address := listenAt(t, "XPUB", "tcp", Defaults())
	conn := intruder(t, address, greeting("NULL"), ready("SUB", ""), encodeCommand("SUBSCRIBE", []byte("a")), encodeCommand("SUBSCRIBE", []byte("a")))
	expect(t, recv(t, server), "\x01a")
	conn.Write(encodeCommand("CANCEL", []byte("a")))
	conn.Write(encodeCommand("SUBSCRIBE", []byte("b")))
	expect(t, recv(t, server), "\x01b")
	server.Send(frames("a", "still subscribed once"))
	conn.Write(encodeCommand("CANCEL", []byte("a")))
	conn.Write(encodeCommand("SUBSCRIBE", []byte("c")))
	expect(t, recv(t, server), "\x01c")
	server.Send(frames("a", "not wanted"))
	server.Send(frames("b", "last"))
	want := append(encode(frames("a", "still subscribed once")), encode(frames("b", "last"))...)
	conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	var got []byte
	for !bytes.Contains(got, []byte("last")) {
		chunk := make([]byte, 500)
		n, err := conn.Read(chunk)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, chunk[:n]...)
	}
	if !bytes.HasSuffix(got, want) {
		t.Errorf("received %q, expected it to end with %q", got, want)
	}
}

func TestManyBadSubscriptionsAreBounded(t *testing.T) {
	server, address := listenAt(t, "XPUB", "tcp", Defaults())
	conn := intruder(t, address, greeting("NULL"), ready("SUB", ""))
	go func() {
		for i := range mostTopics + 200 {
			conn.Write(encodeCommand("SUBSCRIBE", []byte{byte(i), byte(i >> 8)}))
		}
		conn.Write(encodeCommand("CANCEL", []byte{0, 0}))
		conn.Write(encodeCommand("SUBSCRIBE", []byte("end")))
	}()
	for n := 0; ; n++ {
		if got := recv(t, server); got[0] == "\x01end" {
			if n != mostTopics {
				t.Errorf("%d topics were taken, expected %d", n, mostTopics)
			}
			return
		}
	}
}

func TestAMessageWaitsForTheHandshakeOfItsPeer(t *testing.T) {
	server, address := listenAt(t, "ROUTER", "tcp", Defaults())
	conn := intruder(t, address, greeting("NULL"))
	heard := make([]byte, greetingSize)
	if _, err := io.ReadFull(conn, heard); err != nil { // the handshake is under way now
		t.Fatal(err)
	}
	sent := make(chan error)
	go func() { sent <- server.Send(frames("ada", "question")) }()
	if _, err := conn.Write(ready("DEALER", "ada")); err != nil {
		t.Fatal(err)
	}
	if err := <-sent; err != nil {
		t.Errorf("the message is lost: %v", err)
	}
}
