package kernel

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"

	"github.com/golgi-sim/golgi/kernel/wire"
	"github.com/golgi-sim/golgi/kernel/zmq"
)

// freePorts gives ports that nobody listens on.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports
}

// connectionFile writes a connection over tcp, or over ipc in a folder of the test.
func connectionFile(t testing.TB, transport string) (string, connection) {
	t.Helper()
	p := freePorts(t, 5)
	c := connection{Transport: transport, IP: "127.0.0.1", Shell: p[0], Control: p[1], IOPub: p[2], Stdin: p[3], Heartbeat: p[4], Scheme: "hmac-sha256", Key: frontKey}
	if transport == "ipc" {
		c.IP = filepath.Join(t.TempDir(), "k")
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "kernel.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file, c
}

// A remote is a client on sockets of zmq4.
type remote struct {
	t                                     testing.TB
	codec                                 *wire.Codec
	session                               *wire.Session
	shell, control, iopub, stdin, heartbt zmq4.Socket
}

func connect(t testing.TB, c connection) *remote {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	dial := func(s zmq4.Socket, port int) zmq4.Socket {
		if err := s.Dial(c.Transport + "://" + c.address(port)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	t.Cleanup(cancel)
	name := zmq4.WithID(zmq4.SocketIdentity("one client"))
	r := &remote{
		t:       t,
		codec:   wire.NewCodec([]byte(c.Key)),
		session: wire.NewSession("student"),
		iopub:   dial(zmq4.NewSub(ctx), c.IOPub),
		shell:   dial(zmq4.NewDealer(ctx, name), c.Shell),
		stdin:   dial(zmq4.NewDealer(ctx, name), c.Stdin),
		control: dial(zmq4.NewDealer(ctx), c.Control),
		heartbt: dial(zmq4.NewReq(ctx), c.Heartbeat),
	}
	if err := r.iopub.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *remote) ask(s zmq4.Socket, kind string, content any) string {
	header := r.session.Header(kind)
	if err := s.SendMulti(zmq4.NewMsgFrom(r.codec.Encode(&wire.Message{Header: header, Content: wire.JSON(content)})...)); err != nil {
		r.t.Fatal(err)
	}
	return header.ID
}

func (r *remote) next(s zmq4.Socket) *wire.Message {
	r.t.Helper()
	message, err := s.Recv()
	if err != nil {
		r.t.Fatal(err)
	}
	m, err := r.codec.Decode(message.Frames)
	if err != nil {
		r.t.Fatal(err)
	}
	return m
}

// run executes a cell and waits for its reply and idle.
func (r *remote) run(code string) (lines []string, reply map[string]any) {
	r.t.Helper()
	id := r.ask(r.shell, "execute_request", map[string]any{"code": code})
	return shown(r.until(id)), content(r.next(r.shell))
}

func (r *remote) until(id string) []*wire.Message {
	r.t.Helper()
	var came []*wire.Message
	for {
		m := r.next(r.iopub)
		if parentID(m) != id {
			continue
		}
		came = append(came, m)
		if m.Header.Type == "status" && content(m)["execution_state"] == "idle" {
			return came
		}
	}
}

func TestKernelServesClientsOverTCPAndIPC(t *testing.T) {
	for _, transport := range []string{"tcp", "ipc"} {
		if transport == "ipc" && runtime.GOOS == "windows" {
			continue
		}
		file, c := connectionFile(t, transport)
		served := make(chan error, 1)
		go func() {
			served <- Serve(context.Background(), file, newStandIn(), Info{Implementation: "golgi", Listen: zmq.Listen})
		}()
		waitListening(t, c)
		r := connect(t, c)
		if m := r.next(r.iopub); m.Header.Type != "iopub_welcome" || content(m)["subscription"] != "" {
			t.Errorf("%s: the first message is %s %s", transport, m.Header.Type, m.Content)
		}
		id := r.ask(r.shell, "kernel_info_request", map[string]any{})
		if m := r.next(r.shell); parentID(m) != id || content(m)["implementation"] != "golgi" {
			t.Errorf("%s: reply %s", transport, m.Content)
		}
		if got, want := shown(r.until(id)), []string{"busy", "idle"}; !slices.Equal(got, want) {
			t.Errorf("%s: the first request shows %q, expected %q", transport, got, want)
		}
		lines, reply := r.run("mixed")
		want := []string{"busy", "in 1", "stdout: a", "display_data", "stdout: b", "stderr: c", "clear_output", "update_display_data", "stdout: d", "out 1 end", "idle"}
		if !slices.Equal(lines, want) || reply["status"] != "ok" {
			t.Errorf("%s: shown %q, reply %v", transport, lines, reply)
		}
		r.answersInput()
		r.heartbt.Send(zmq4.NewMsgString("beat"))
		if m, err := r.heartbt.Recv(); err != nil || string(m.Bytes()) != "beat" {
			t.Errorf("%s: heartbeat %q %v", transport, m.Bytes(), err)
		}
		r.interrupts()
		r.ask(r.control, "shutdown_request", map[string]any{"restart": false})
		if m := r.next(r.control); m.Header.Type != "shutdown_reply" {
			t.Errorf("%s: reply %s", transport, m.Header.Type)
		}
		select {
		case err := <-served:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(2 * time.Second):
			t.Errorf("%s: the kernel did not end within 2 s", transport)
		}
	}
}

func (r *remote) answersInput() {
	r.t.Helper()
	id := r.ask(r.shell, "execute_request", map[string]any{"code": "ask", "allow_stdin": true})
	question := r.next(r.stdin)
	if parentID(question) != id || content(question)["prompt"] != "name? " {
		r.t.Errorf("asked %s", question.Content)
	}
	r.ask(r.stdin, "input_reply", map[string]any{"value": "Camillo"})
	if lines := shown(r.until(id)); !slices.Contains(lines, "out 2 Camillo") {
		r.t.Errorf("shown %q", lines)
	}
	r.next(r.shell)
}

func (r *remote) interrupts() {
	r.t.Helper()
	id := r.ask(r.shell, "execute_request", map[string]any{"code": "wait"})
	for parentID(r.next(r.iopub)) != id {
	}
	r.ask(r.control, "interrupt_request", map[string]any{})
	if m := r.next(r.control); content(m)["status"] != "ok" {
		r.t.Errorf("interrupt is answered %s", m.Content)
	}
	if m := r.next(r.shell); parentID(m) != id || content(m)["ename"] != "Interrupted" {
		r.t.Errorf("the cell ends with %s", m.Content)
	}
	r.until(id)
}

// waitListening waits until the last socket of a kernel is open.
func waitListening(t testing.TB, c connection) {
	t.Helper()
	network := map[string]string{"tcp": "tcp", "ipc": "unix"}[c.Transport]
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		conn, err := net.Dial(network, c.address(c.Heartbeat))
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// A process is the test binary as a kernel; see TestMain.
type process struct {
	*os.Process
	t        *testing.T
	terminal string     // the file of what it writes
	ended    chan error // one value
}

func startProcess(t *testing.T, file string, environment ...string) *process {
	t.Helper()
	output, err := os.Create(filepath.Join(t.TempDir(), "terminal"))
	if err != nil {
		t.Fatal(err)
	}
	defer output.Close()
	command := exec.Command(os.Args[0], "kernel", file)
	command.Env = append(append(os.Environ(), "GORACE=atexit_sleep_ms=0"), environment...)
	command.Stdout, command.Stderr = output, output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{command.Process, t, output.Name(), make(chan error, 1)}
	stopped := make(chan struct{})
	go func() {
		p.ended <- command.Wait()
		close(stopped)
	}()
	t.Cleanup(func() {
		command.Process.Kill()
		<-stopped
	})
	return p
}

// ends waits for the process to end by itself.
func (p *process) ends(within time.Duration) {
	p.t.Helper()
	select {
	case err := <-p.ended:
		if err != nil {
			p.t.Errorf("the kernel ends with %v", err)
		}
	case <-time.After(within):
		p.t.Errorf("the kernel did not end within %v", within)
	}
}

// isSilent checks that it has written nothing.
func (p *process) isSilent() {
	p.t.Helper()
	if text, err := os.ReadFile(p.terminal); err != nil || len(text) > 0 {
		p.t.Errorf("the kernel wrote to the terminal: %q, %v", text, err)
	}
}

func TestSIGINTInterruptsTheCellAndSIGTERMEndsTheKernel(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such signals there")
	}
	file, c := connectionFile(t, "tcp")
	kernel := startProcess(t, file)
	waitListening(t, c)
	r := connect(t, c)
	for range 2 {
		id := r.ask(r.shell, "execute_request", map[string]any{"code": "wait"})
		for parentID(r.next(r.iopub)) != id {
		}
		kernel.Signal(os.Interrupt)
		if m := r.next(r.shell); content(m)["ename"] != "Interrupted" {
			t.Errorf("the cell ends with %s", m.Content)
		}
		r.until(id)
	}
	if lines, _ := r.run("6*7"); !slices.Contains(lines, "out 3 42") {
		t.Errorf("shown %q", lines)
	}
	id := r.ask(r.shell, "execute_request", map[string]any{"code": "stubborn"})
	for parentID(r.next(r.iopub)) != id {
	}
	kernel.Signal(syscall.SIGTERM)
	kernel.ends(2 * time.Second)
	kernel.isSilent()
}

func TestKernelSurvivesGarbageOnEveryPortSilently(t *testing.T) {
	file, c := connectionFile(t, "tcp")
	note := filepath.Join(t.TempDir(), "log")
	kernel := startProcess(t, file, "GOLGI_LOG="+note)
	waitListening(t, c)
	for _, d := range c.doors() {
		conn, err := net.Dial("tcp", c.address(d.port))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, "GET / HTTP/1.1\r\n\r\n", string(make([]byte, 100)))
		defer conn.Close()
	}
	r := connect(t, c)
	for _, s := range []zmq4.Socket{r.shell, r.control, r.stdin} {
		s.SendMulti(zmq4.NewMsgFromString([]string{"garbage", "", "{}"}))
		s.SendMulti(zmq4.NewMsgFrom(wire.NewCodec([]byte("wrong")).Encode(&wire.Message{Header: r.session.Header("shutdown_request")})...))
	}
	if lines, reply := r.run("6*7"); !slices.Contains(lines, "out 1 42") || reply["status"] != "ok" {
		t.Errorf("shown %q, reply %v", lines, reply)
	}
	kernel.isSilent()
	if text, err := os.ReadFile(note); err != nil || !bytes.Contains(text, []byte("wrong signature")) {
		t.Errorf("the log has %q, %v", text, err)
	}
}

func TestKernelEndsWithItsParent(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a parent cannot be watched there")
	}
	file, c := connectionFile(t, "tcp")
	parent := exec.Command("/bin/sh", "-c", `"$0" kernel "$1" & wait`, os.Args[0], file)
	if err := parent.Start(); err != nil {
		t.Skip("needs /bin/sh")
	}
	waitListening(t, c)
	parent.Process.Kill()
	parent.Wait()
	for end := time.Now().Add(4 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", c.address(c.Heartbeat))
		if err != nil {
			return
		}
		conn.Close()
		if time.Now().After(end) {
			r := connect(t, c)
			r.ask(r.control, "shutdown_request", map[string]any{})
			t.Fatal("the kernel outlived its parent by 4 s")
		}
	}
}

func TestKernelIsReadySoon(t *testing.T) {
	file, c := connectionFile(t, "tcp")
	began := time.Now()
	startProcess(t, file)
	waitListening(t, c)
	r := connect(t, c)
	r.ask(r.shell, "kernel_info_request", map[string]any{})
	r.next(r.shell)
	took := time.Since(began)
	t.Logf("ready after %v", took)
	if took > 2*time.Second { // 100 ms on a quiet machine
		t.Errorf("ready after %v", took)
	}
}

// BenchmarkRoundTrip measures a cell from its request to its idle and reply.
func BenchmarkRoundTrip(b *testing.B) {
	file, c := connectionFile(b, "tcp")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go Serve(ctx, file, newStandIn(), Info{Listen: zmq.Listen})
	waitListening(b, c)
	r := connect(b, c)
	r.run("1+1")
	for b.Loop() {
		r.run("1+1")
	}
}
