package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// A memory socket is a Socket of the tests: what the client side puts into in, Recv gives, and Send goes to out.
type memory struct {
	in, out chan [][]byte
	closed  chan struct{}
	once    sync.Once
	refuse  bool // Send finds nobody
}

func newMemory() *memory {
	return &memory{in: make(chan [][]byte, 100), out: make(chan [][]byte, 100000), closed: make(chan struct{})}
}

func (m *memory) Recv() ([][]byte, error) {
	select {
	case frames := <-m.in:
		return frames, nil
	case <-m.closed:
		return nil, errors.New("closed")
	}
}

func (m *memory) Send(frames [][]byte) error {
	if m.refuse {
		return errors.New("nobody there")
	}
	m.out <- frames
	return nil
}

func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

// A front is the client side of a kernel in memory.
type front struct {
	t                                       *testing.T
	shell, control, iopub, stdin, heartbeat *memory
	codec                                   *wire.Codec
	session                                 *wire.Session
	server                                  *server
	done                                    chan struct{} // closed when the kernel has ended
}

const frontKey = "key of the tests"

// start runs a kernel with the stand-in interpreter and subscribes to it.
func start(t *testing.T, change ...func(*Info)) *front {
	f := startDeaf(t, change...)
	f.iopub.in <- [][]byte{{1}}
	if m := f.next(f.iopub); m.Header.Type != "status" || string(m.Parent) != "{}" {
		t.Fatalf("the first message is %s with parent %s", m.Header.Type, m.Parent)
	}
	if m := f.next(f.iopub); m.Header.Type != "iopub_welcome" {
		t.Fatalf("the second message is %s", m.Header.Type)
	}
	return f
}

// startDeaf runs a kernel to whose iopub nobody listens.
func startDeaf(t *testing.T, change ...func(*Info)) *front {
	return startWith(t, newStandIn(), change...)
}

func startWith(t *testing.T, interp Interpreter, change ...func(*Info)) *front {
	f := &front{
		t: t, shell: newMemory(), control: newMemory(), iopub: newMemory(), stdin: newMemory(), heartbeat: newMemory(),
		codec:   wire.NewCodec([]byte(frontKey)),
		session: wire.NewSession("student"),
		done:    make(chan struct{}),
	}
	info := Info{Implementation: "golgi", Version: "0.0.1", Banner: "golgi"}
	for _, c := range change {
		c(&info)
	}
	c := connection{Transport: "tcp", Shell: 1, Control: 2, IOPub: 3, Stdin: 4, Heartbeat: 5, Key: frontKey}
	f.server = newServer(&sockets{f.shell, f.control, f.iopub, f.stdin, f.heartbeat}, c, interp, info)
	f.server.note = func(format string, args ...any) { t.Logf("note: "+format, args...) }
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		f.server.run(ctx)
		close(f.done)
	}()
	t.Cleanup(func() {
		cancel()
		<-f.done
	})
	return f
}

// ask sends a request and gives its id.
func (f *front) ask(channel *memory, kind string, content any) string {
	return f.askFrom(f.session.Header(kind), channel, content, "{}")
}

func (f *front) askFrom(header wire.Header, channel *memory, content any, metadata string) string {
	channel.in <- f.codec.Encode(&wire.Message{
		Identities: [][]byte{[]byte("front"), []byte("more")},
		Header:     header,
		Content:    wire.JSON(content),
		Metadata:   json.RawMessage(metadata),
	})
	return header.ID
}

// execute asks for one cell; options are alternating names and values of the content.
func (f *front) execute(code string, options ...any) string {
	content := map[string]any{"code": code}
	for i := 0; i < len(options); i += 2 {
		content[options[i].(string)] = options[i+1]
	}
	return f.ask(f.shell, "execute_request", content)
}

// next gives the next message of a channel.
func (f *front) next(channel *memory) *wire.Message {
	f.t.Helper()
	select {
	case frames := <-channel.out:
		m, err := f.codec.Decode(frames)
		if err != nil {
			f.t.Fatal(err)
		}
		return m
	case <-time.After(5 * time.Second):
		f.t.Fatal("no message within 5 s")
		return nil
	}
}

// reply gives the content of the next message of a channel, which has to answer id.
func (f *front) reply(channel *memory, id string) map[string]any {
	f.t.Helper()
	m := f.next(channel)
	if parentID(m) != id {
		f.t.Fatalf("%s answers %s, expected %s", m.Header.Type, parentID(m), id)
	}
	if len(m.Identities) != 2 || string(m.Identities[0]) != "front" || string(m.Identities[1]) != "more" {
		f.t.Errorf("%s goes to %q", m.Header.Type, m.Identities)
	}
	return content(m)
}

func content(m *wire.Message) map[string]any {
	var c map[string]any
	if err := json.Unmarshal(m.Content, &c); err != nil {
		return map[string]any{"broken": err}
	}
	return c
}

func parentID(m *wire.Message) string {
	var header wire.Header
	json.Unmarshal(m.Parent, &header)
	return header.ID
}

// until gives the iopub messages with parent id up to its idle.
func (f *front) until(id string) []*wire.Message {
	f.t.Helper()
	var came []*wire.Message
	for {
		m := f.next(f.iopub)
		if parentID(m) != id {
			continue
		}
		came = append(came, m)
		if m.Header.Type == "status" && content(m)["execution_state"] == "idle" {
			return came
		}
	}
}

// shown writes iopub messages in one line each way: "busy", "stream stdout a", "execute_result 42".
func shown(messages []*wire.Message) []string {
	var lines []string
	for _, m := range messages {
		c := content(m)
		switch m.Header.Type {
		case "status":
			lines = append(lines, fmt.Sprint(c["execution_state"]))
		case "stream":
			lines = append(lines, fmt.Sprint(c["name"], ": ", c["text"]))
		case "execute_input":
			lines = append(lines, fmt.Sprint("in ", c["execution_count"]))
		case "execute_result":
			lines = append(lines, fmt.Sprint("out ", c["execution_count"], " ", c["data"].(map[string]any)["text/plain"]))
		case "error":
			lines = append(lines, fmt.Sprint("error ", c["ename"]))
		default:
			lines = append(lines, m.Header.Type)
		}
	}
	return lines
}

// run executes a cell to its end and gives what was shown and the reply.
func (f *front) run(code string, options ...any) ([]string, map[string]any) {
	f.t.Helper()
	id := f.execute(code, options...)
	messages := f.until(id)
	return shown(messages), f.reply(f.shell, id)
}

func (f *front) expect(got []string, want ...string) {
	f.t.Helper()
	if !slices.Equal(got, want) {
		f.t.Errorf("shown\n\t%s\nexpected\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// waitBusy waits until the request id is being served.
func (f *front) waitBusy(id string) {
	f.t.Helper()
	for parentID(f.next(f.iopub)) != id {
	}
}

// input makes an input_reply.
func input(header wire.Header, parent []byte, content string) *wire.Message {
	return &wire.Message{Identities: [][]byte{[]byte("front")}, Header: header, Parent: parent, Content: json.RawMessage(content)}
}
