package kernel

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/kernel/wire"
)

func TestKernelInfoIsAnsweredOnShellAndControl(t *testing.T) {
	f := start(t)
	for _, channel := range []*memory{f.shell, f.control} {
		id := f.ask(channel, "kernel_info_request", map[string]any{})
		f.expect(shown(f.until(id)), "busy", "idle")
		reply := f.reply(channel, id)
		language := reply["language_info"].(map[string]any)
		for key, want := range map[string]any{"name": "go", "mimetype": "text/x-go", "file_extension": ".go", "pygments_lexer": "go", "codemirror_mode": "go"} {
			if language[key] != want {
				t.Errorf("language_info.%s is %v, expected %v", key, language[key], want)
			}
		}
		if reply["status"] != "ok" || reply["protocol_version"] != "5.4" || reply["implementation"] != "golgi" || reply["banner"] != "golgi" {
			t.Errorf("reply %v", reply)
		}
	}
}

func TestUnreadableMessagesAreDroppedAndTheNextIsServed(t *testing.T) {
	f := start(t)
	good := f.codec.Encode(&wire.Message{Identities: [][]byte{[]byte("front")}, Header: f.session.Header("kernel_info_request")})
	forged := wire.NewCodec([]byte("wrong")).Encode(&wire.Message{Identities: [][]byte{[]byte("front")}, Header: f.session.Header("execute_request"), Content: json.RawMessage(`{"code":"6*7"}`)})
	broken := f.codec.Encode(&wire.Message{Identities: [][]byte{[]byte("front")}, Header: f.session.Header("execute_request"), Content: json.RawMessage(`{"code":`)})
	for _, channel := range []*memory{f.shell, f.control, f.stdin} {
		for _, bad := range [][][]byte{nil, {[]byte("front")}, good[:4], good[2:], forged, broken, {{}, {}, {}, {}, {}, {}, {}}} {
			channel.in <- bad
		}
	}
	lines, reply := f.run("6*7")
	f.expect(lines, "busy", "in 1", "out 1 42", "idle")
	if reply["status"] != "ok" {
		t.Errorf("reply %v", reply)
	}
	f.reply(f.control, f.ask(f.control, "kernel_info_request", map[string]any{}))
	if n := len(f.shell.out); n != 0 {
		t.Errorf("%d bad messages were answered", n)
	}
}

func TestReplayedRequestIsNotServedAgain(t *testing.T) {
	f := start(t)
	frames := f.codec.Encode(&wire.Message{Identities: [][]byte{[]byte("front"), []byte("more")}, Header: f.session.Header("execute_request"), Content: json.RawMessage(`{"code":"6*7"}`)})
	f.shell.in <- frames
	f.next(f.shell)
	f.shell.in <- frames
	f.control.in <- frames
	f.run("print end")
	if n := len(f.server.interp.(*standIn).cells()); n != 2 {
		t.Errorf("%d cells ran, expected 2", n)
	}
}

func TestUnknownRequestsAreBusyAndIdleAlone(t *testing.T) {
	f := start(t)
	for _, channel := range []*memory{f.shell, f.control} {
		id := f.ask(channel, "create_subshell_request", map[string]any{})
		f.expect(shown(f.until(id)), "busy", "idle")
		if len(channel.out) != 0 {
			t.Error("an unknown request was answered")
		}
	}
}

func TestCursorsCountCodePoints(t *testing.T) {
	f := start(t)
	id := f.ask(f.shell, "complete_request", map[string]any{"code": "τ := \"😀\"; fmt.Prin; x", "cursor_pos": 18})
	reply := f.reply(f.shell, id)
	// τ, 😀 are one code point each: the dot is number 13 and the cursor stands behind Prin, 18.
	if reply["cursor_start"] != 14.0 || reply["cursor_end"] != 18.0 {
		t.Errorf("the match replaces %v to %v, expected 14 to 18", reply["cursor_start"], reply["cursor_end"])
	}
	if fmt.Sprint(reply["matches"]) != "[Print Printf Println]" {
		t.Errorf("matches %v", reply["matches"])
	}
	types := reply["metadata"].(map[string]any)["_jupyter_types_experimental"].([]any)
	first := types[0].(map[string]any)
	if first["text"] != "Print" || first["type"] != "function" || first["start"] != 14.0 || first["signature"] != "func(a ...any)" {
		t.Errorf("types %v", types)
	}
	id = f.ask(f.shell, "inspect_request", map[string]any{"code": "µµ fmt", "cursor_pos": 4, "detail_level": 1})
	reply = f.reply(f.shell, id)
	if text := reply["data"].(map[string]any)["text/plain"]; reply["found"] != true || text != `"µµ fmt" at 6, detail 1` {
		t.Errorf("inspection gives %v", reply)
	}
	for _, cursor := range []int{-5, 0, 1000} {
		id = f.ask(f.shell, "complete_request", map[string]any{"code": "é.", "cursor_pos": cursor})
		if reply := f.reply(f.shell, id); reply["status"] != "ok" {
			t.Errorf("cursor %d: %v", cursor, reply)
		}
	}
}

func TestIntrospectionIsAnsweredWhileACellRuns(t *testing.T) {
	f := start(t)
	running := f.execute("wait")
	f.waitBusy(running)
	for kind, want := range map[string]any{
		"inspect_request": "ok", "complete_request": "ok", "history_request": "ok", "comm_info_request": "ok", "connect_request": "ok", "is_complete_request": "complete",
	} {
		id := f.ask(f.shell, kind, map[string]any{"code": "x"})
		if reply := f.reply(f.shell, id); reply["status"] != want {
			t.Errorf("%s: %v", kind, reply)
		}
	}
	f.heartbeat.in <- [][]byte{[]byte("beat")}
	if got := <-f.heartbeat.out; string(got[0]) != "beat" {
		t.Errorf("the heartbeat echoes %q", got)
	}
}

func TestIsCompleteGivesTheIndentOfTheNextLine(t *testing.T) {
	f := start(t)
	reply := f.reply(f.shell, f.ask(f.shell, "is_complete_request", map[string]any{"code": "if x {"}))
	if reply["status"] != "incomplete" || reply["indent"] != "\t" {
		t.Errorf("reply %v", reply)
	}
	reply = f.reply(f.shell, f.ask(f.shell, "is_complete_request", map[string]any{"code": "x"}))
	if _, has := reply["indent"]; reply["status"] != "complete" || has {
		t.Errorf("reply %v", reply)
	}
}

func TestInspectFindsNothing(t *testing.T) {
	f := start(t)
	reply := f.reply(f.shell, f.ask(f.shell, "inspect_request", map[string]any{"code": "x", "cursor_pos": 1}))
	if reply["status"] != "ok" || reply["found"] != false || reply["data"] == nil || reply["metadata"] == nil {
		t.Errorf("reply %v", reply)
	}
}

func TestShutdownEndsTheKernelWhileACellRuns(t *testing.T) {
	for _, restart := range []bool{false, true} {
		for _, code := range []string{"wait", "stubborn"} {
			f := start(t)
			id := f.execute(code)
			f.waitBusy(id)
			began := time.Now()
			asked := f.ask(f.control, "shutdown_request", map[string]any{"restart": restart})
			if reply := f.reply(f.control, asked); reply["status"] != "ok" || reply["restart"] != restart {
				t.Errorf("reply %v", reply)
			}
			f.expect(shown(f.until(asked)), "busy", "shutdown_reply", "idle")
			<-f.done
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("%s: shutdown took %v", code, took)
			}
			if code == "wait" {
				if reply := f.reply(f.shell, id); reply["status"] != "error" {
					t.Errorf("the running cell ends with %v", reply)
				}
			}
		}
	}
}

func TestFirstRequestWaitsForASubscriberButNotLong(t *testing.T) {
	f := startDeaf(t)
	began := time.Now()
	f.reply(f.shell, f.ask(f.shell, "kernel_info_request", map[string]any{}))
	if took := time.Since(began); took < longestWelcome || took > longestWelcome+time.Second {
		t.Errorf("without a subscriber the first reply took %v", took)
	}
	began = time.Now()
	f.reply(f.shell, f.ask(f.shell, "kernel_info_request", map[string]any{}))
	if took := time.Since(began); took > longestWelcome/2 {
		t.Errorf("the second reply took %v", took)
	}

	f = startDeaf(t)
	id := f.ask(f.shell, "kernel_info_request", map[string]any{})
	time.Sleep(50 * time.Millisecond)
	f.iopub.in <- [][]byte{[]byte("\x01")}
	began = time.Now()
	f.reply(f.shell, id)
	if took := time.Since(began); took > longestWelcome/2 {
		t.Errorf("after the subscription the reply took %v", took)
	}
}

func TestEverySubscriptionIsWelcomed(t *testing.T) {
	f := start(t)
	f.iopub.in <- [][]byte{[]byte("\x01kernel.x")}
	m := f.next(f.iopub)
	if m.Header.Type != "iopub_welcome" || content(m)["subscription"] != "kernel.x" || string(m.Identities[0]) != "kernel.x" || string(m.Parent) != "{}" {
		t.Errorf("the welcome is %s %s to %q with parent %s", m.Header.Type, m.Content, m.Identities, m.Parent)
	}
	f.iopub.in <- [][]byte{[]byte("\x01\xff\xfe")}
	f.iopub.in <- [][]byte{{}}
	f.iopub.in <- [][]byte{[]byte("\x01a")}
	if m := f.next(f.iopub); content(m)["subscription"] != "a" {
		t.Errorf("a subscription that is no text is answered with %s", m.Content)
	}
}

func TestConnectGivesThePorts(t *testing.T) {
	f := start(t)
	reply := f.reply(f.shell, f.ask(f.shell, "connect_request", map[string]any{}))
	for key, want := range map[string]float64{"shell_port": 1, "control_port": 2, "iopub_port": 3, "stdin_port": 4, "hb_port": 5} {
		if reply[key] != want {
			t.Errorf("%s is %v", key, reply[key])
		}
	}
}

func TestCommsReachTheInterpreterAndUnknownOnesAreClosed(t *testing.T) {
	f := start(t)
	running := f.execute("wait") // comms do not wait for it
	f.waitBusy(running)
	unknown := f.ask(f.shell, "comm_open", map[string]any{"comm_id": "1", "target_name": "nobody", "data": map[string]any{}})
	messages := f.until(unknown)
	f.expect(shown(messages), "busy", "comm_close", "idle")
	if content(messages[1])["comm_id"] != "1" {
		t.Errorf("closed %s", messages[1].Content)
	}
	f.expect(shown(f.until(f.ask(f.shell, "comm_msg", map[string]any{"comm_id": "1", "data": map[string]any{}}))), "busy", "idle")
	f.expect(shown(f.until(f.ask(f.shell, "comm_open", map[string]any{"comm_id": "2", "target_name": "known", "data": map[string]any{}}))), "busy", "idle")

	header := f.session.Header("comm_msg")
	f.shell.in <- f.codec.Encode(&wire.Message{Identities: [][]byte{[]byte("front")}, Header: header, Content: json.RawMessage(`{"comm_id":"2","data":{}}`), Buffers: [][]byte{{9, 8}}})
	messages = f.until(header.ID)
	f.expect(shown(messages), "busy", "comm_msg", "idle")
	if answer := messages[1]; len(answer.Buffers) != 1 || answer.Buffers[0][1] != 8 || content(answer)["data"].(map[string]any)["back"] != true {
		t.Errorf("the answer is %s with %v", answer.Content, answer.Buffers)
	}

	for target, want := range map[string]int{"": 1, "known": 1, "other": 0} {
		reply := f.reply(f.shell, f.ask(f.shell, "comm_info_request", map[string]any{"target_name": target}))
		if comms := reply["comms"].(map[string]any); len(comms) != want {
			t.Errorf("target %q has the comms %v", target, comms)
		}
	}
}

func TestOddContentsAreSurvived(t *testing.T) {
	f := start(t)
	odd := []any{nil, true, -1, 1.5, 1e300, "text", []any{}, []any{1, "a"}, map[string]any{}, map[string]any{"a": 1}}
	fields := []string{"code", "cursor_pos", "detail_level", "silent", "user_expressions", "hist_access_type", "session", "start", "stop", "n", "pattern", "target_name", "comm_id", "data", "restart", "value"}
	for kind := range shellHandlers {
		if kind == "shutdown_request" {
			continue
		}
		for _, value := range odd {
			content := map[string]any{}
			for _, field := range fields {
				content[field] = value
			}
			f.expectIdle(f.ask(f.shell, kind, content))
		}
		for _, field := range fields {
			f.expectIdle(f.ask(f.shell, kind, map[string]any{field: -1}))
		}
	}
	for _, value := range odd {
		f.expectIdle(f.execute("6*7", "silent", value, "store_history", value, "user_expressions", value, "allow_stdin", value, "stop_on_error", value))
	}
}

// expectIdle waits for the end of a request and drops its reply.
func (f *front) expectIdle(id string) {
	f.t.Helper()
	f.until(id)
	for len(f.shell.out) > 0 {
		<-f.shell.out
	}
}
