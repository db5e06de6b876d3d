package kernel

import (
	"testing"
	"time"
)

func TestInputAsksTheClientThatSentTheCell(t *testing.T) {
	f := start(t)
	for _, way := range []string{"with parent", "without"} {
		f.ask(f.stdin, "input_reply", map[string]any{"value": "stale"})
		time.Sleep(10 * time.Millisecond) // the kernel reads it before anything is asked
		id := f.execute("ask", "allow_stdin", true)
		question := f.next(f.stdin)
		if c := content(question); question.Header.Type != "input_request" || c["prompt"] != "name? " || c["password"] != true || parentID(question) != id || string(question.Identities[0]) != "front" {
			t.Errorf("asked %s to %q with parent %s", question.Content, question.Identities, question.Parent)
		}
		reply := f.session.Header("input_reply")
		message := f.codec.Encode(input(reply, question.RawHeader(), `{"value":"Camillo"}`))
		if way == "without" {
			message = f.codec.Encode(input(reply, nil, `{"value":"Camillo"}`))
		}
		f.stdin.in <- f.codec.Encode(input(f.session.Header("input_reply"), []byte(`{"msg_id":"other question"}`), `{"value":"stale"}`))
		f.stdin.in <- message
		lines := shown(f.until(id))
		if lines[2] != "stdout: before" || lines[3][len(lines[3])-7:] != "Camillo" {
			t.Errorf("%s: shown %q", way, lines)
		}
		f.reply(f.shell, id)
	}
}

func TestInputIsRefusedWhereNobodyCanBeAsked(t *testing.T) {
	f := start(t)
	if _, reply := f.run("ask", "allow_stdin", false); reply["status"] != "error" || reply["evalue"] != ErrNoInput.Error() {
		t.Errorf("not allowed: %v", reply)
	}
	f.stdin.refuse = true
	if _, reply := f.run("ask", "allow_stdin", true); reply["status"] != "error" || reply["evalue"] != ErrNoInput.Error() {
		t.Errorf("no client on stdin: %v", reply)
	}
}

func TestEndOfInputIsEOF(t *testing.T) {
	f := start(t)
	id := f.execute("ask")
	f.next(f.stdin)
	f.ask(f.stdin, "input_reply", map[string]any{"value": "\x04"})
	if reply := f.reply(f.shell, id); reply["evalue"] != "EOF" {
		t.Errorf("reply %v", reply)
	}
}

func TestInterruptEndsTheWaitForInput(t *testing.T) {
	f := start(t)
	id := f.execute("ask")
	f.next(f.stdin)
	began := time.Now()
	f.ask(f.control, "interrupt_request", map[string]any{})
	if reply := f.reply(f.shell, id); reply["ename"] != "Interrupted" {
		t.Errorf("reply %v", reply)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("the interrupt took %v", took)
	}
}
