package kernel

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestOutputsOfACellComeBetweenBusyAndIdle(t *testing.T) {
	f := start(t)
	lines, reply := f.run("6*7")
	f.expect(lines, "busy", "in 1", "out 1 42", "idle")
	if reply["status"] != "ok" || reply["execution_count"] != 1.0 {
		t.Errorf("reply %v", reply)
	}
	if p, ok := reply["payload"].([]any); !ok || len(p) != 0 {
		t.Errorf("payload %v, expected an empty list", reply["payload"])
	}
	lines, _ = f.run("mixed")
	f.expect(lines, "busy", "in 2", "stdout: a", "display_data", "stdout: b", "stderr: c", "clear_output",
		"update_display_data", "stdout: d", "out 2 end", "idle")
}

func TestHeadersAreTheKernelsOwnAndParentsWhole(t *testing.T) {
	f := start(t)
	header := f.session.Header("execute_request")
	id := f.askFrom(header, f.shell, map[string]any{"code": "mixed"}, `{"cellId":"c7"}`)
	for _, m := range f.until(id) {
		if m.Header.Session == f.session.ID || m.Header.Version != "5.4" || m.Header.ID == "" || m.Header.Date == "" {
			t.Errorf("header of %s: %+v", m.Header.Type, m.Header)
		}
		if !strings.Contains(string(m.Parent), header.ID) || !strings.Contains(string(m.Parent), `"username":"student"`) {
			t.Errorf("parent of %s: %s", m.Header.Type, m.Parent)
		}
		if string(m.Metadata) != "{}" || len(m.Identities) != 1 {
			t.Errorf("metadata %s, topics %q", m.Metadata, m.Identities)
		}
	}
	if m := f.next(f.shell); !strings.Contains(string(m.Metadata), `"started":"2`) {
		t.Errorf("metadata of the reply: %s", m.Metadata)
	}
	cells := f.server.interp.(*standIn).cells()
	if want := (Cell{Source: "mixed", Count: 1, ID: "c7"}); len(cells) != 1 || cells[0] != want {
		t.Errorf("evaluated %+v, expected %+v", cells, want)
	}
}

func TestErrorsGoToTheReplyAndOnceToIOPub(t *testing.T) {
	f := start(t)
	for code, want := range map[string]string{
		`panic("boom")`: "Panic",
		"plain error":   "Error",
		"crash":         "InternalError",
		"goexit":        "Exit",
	} {
		id := f.execute(code)
		messages := f.until(id)
		lines := shown(messages)
		f.expect(append(lines[:1:1], lines[2:]...), "busy", "error "+want, "idle")
		reply := f.reply(f.shell, id)
		traceback, _ := reply["traceback"].([]any)
		if reply["status"] != "error" || reply["ename"] != want || len(traceback) == 0 || reply["execution_count"] == nil || reply["evalue"] == "" {
			t.Errorf("%s: reply %v", code, reply)
		}
		published := content(messages[2])
		if published["ename"] != reply["ename"] || published["evalue"] != reply["evalue"] || len(published["traceback"].([]any)) != len(traceback) {
			t.Errorf("%s: iopub %v, reply %v", code, published, reply)
		}
	}
	lines, _ := f.run("6*7")
	f.expect(lines, "busy", "in 5", "out 5 42", "idle")
}

func TestSilentCellsShowNothingAndCountNothing(t *testing.T) {
	f := start(t)
	f.run("6*7")
	lines, reply := f.run("mixed", "silent", true, "store_history", true)
	f.expect(lines, "busy", "idle")
	if reply["execution_count"] != 1.0 || reply["status"] != "ok" {
		t.Errorf("reply %v", reply)
	}
	lines, reply = f.run(`panic("boom")`, "silent", true)
	f.expect(lines, "busy", "idle")
	if reply["ename"] != "Panic" {
		t.Errorf("reply %v", reply)
	}
	lines, _ = f.run("6*7", "store_history", false)
	f.expect(lines, "busy", "in 1", "out 1 42", "idle")
	lines, _ = f.run("6*7")
	f.expect(lines, "busy", "in 2", "out 2 42", "idle")
	lines, reply = f.run(" \n\t")
	f.expect(lines, "busy", "in 2", "idle")
	if reply["status"] != "ok" || reply["execution_count"] != 2.0 {
		t.Errorf("an empty cell is answered %v", reply)
	}
}

func TestUserExpressionsAreEvaluatedAfterTheCell(t *testing.T) {
	f := start(t)
	lines, reply := f.run("print x", "user_expressions", map[string]string{"a": "6*7", "b": `panic("boom")`, "c": "print y", "d": "crash"})
	f.expect(lines, "busy", "in 1", "stdout: x", "idle")
	values := reply["user_expressions"].(map[string]any)
	a, b, c, d := values["a"].(map[string]any), values["b"].(map[string]any), values["c"].(map[string]any), values["d"].(map[string]any)
	if a["status"] != "ok" || a["data"].(map[string]any)["text/plain"] != "42" {
		t.Errorf("a is %v", a)
	}
	if b["status"] != "error" || b["ename"] != "Panic" || c["status"] != "ok" || d["status"] != "error" {
		t.Errorf("b is %v, c is %v, d is %v", b, c, d)
	}
}

func TestPagesTravelAsPayload(t *testing.T) {
	f := start(t)
	_, reply := f.run("?fmt.Println")
	page := reply["payload"].([]any)[0].(map[string]any)
	if page["source"] != "page" || page["data"].(map[string]any)["text/plain"] != "func Println" || page["start"] != 0.0 {
		t.Errorf("payload %v", page)
	}
}

func TestCellsQueuedBehindAnErrorAreAborted(t *testing.T) {
	f := start(t)
	running := f.execute("wait")
	f.waitBusy(running)
	behind := []string{f.execute("6*7"), f.execute("print x")}
	asked := f.ask(f.shell, "kernel_info_request", map[string]any{})
	if m := f.next(f.shell); parentID(m) != asked || content(m)["status"] != "ok" {
		t.Errorf("a request for information waits behind a cell")
	}
	f.ask(f.control, "interrupt_request", map[string]any{})
	if reply := f.reply(f.shell, running); reply["status"] != "error" || reply["ename"] != "Interrupted" {
		t.Errorf("the running cell ends with %v", reply)
	}
	for _, id := range behind {
		f.expect(shown(f.until(id)), "busy", "idle")
		if reply := f.reply(f.shell, id); reply["status"] != "aborted" || reply["execution_count"] != 1.0 {
			t.Errorf("the cell behind it ends with %v", reply)
		}
	}
	lines, _ := f.run("6*7")
	f.expect(lines, "busy", "in 2", "out 2 42", "idle")
}

func TestStopOnErrorFalseLetsTheQueueRunOn(t *testing.T) {
	f := start(t)
	ids := []string{f.execute(`panic("boom")`, "stop_on_error", false), f.execute(`panic("boom")`, "silent", true), f.execute("6*7")}
	for i, want := range []string{"error", "error", "ok"} {
		if reply := f.reply(f.shell, ids[i]); reply["status"] != want {
			t.Errorf("cell %d ends with %v, expected %s", i, reply, want)
		}
	}
}

func TestCellsSentBeforeAnErrorCouldBeKnownAreAborted(t *testing.T) {
	f := start(t)
	at := time.Now().Add(-time.Hour) // the client's clock is late
	send := func(code string, after time.Duration, format string) map[string]any {
		header := f.session.Header("execute_request")
		header.Date = at.Add(after).UTC().Format(format)
		return f.reply(f.shell, f.askFrom(header, f.shell, map[string]any{"code": code}, "{}"))
	}
	const micro, milli = "2006-01-02T15:04:05.000000Z", "2006-01-02T15:04:05.000Z"
	tests := []struct {
		format string
		after  []time.Duration
		want   []string
	}{
		{micro, []time.Duration{time.Microsecond, holdError - time.Millisecond}, []string{"aborted", "aborted"}},
		{micro, []time.Duration{time.Minute}, []string{"ok"}},
		{micro, []time.Duration{time.Microsecond, time.Minute, time.Microsecond}, []string{"aborted", "ok", "ok"}},
		{milli, []time.Duration{2 * time.Millisecond, 4 * time.Millisecond, time.Minute}, []string{"aborted", "aborted", "ok"}},
	}
	for _, test := range tests {
		at = at.Add(time.Minute)
		if reply := send(`panic("boom")`, 0, test.format); reply["status"] != "error" {
			t.Fatalf("reply %v", reply)
		}
		var got []string
		for _, after := range test.after {
			got = append(got, send("6*7", after, test.format)["status"].(string))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("cells sent %v after the failing one end with %v, expected %v", test.after, got, test.want)
		}
	}
}

func TestInterruptStopsTheCellAndNothingElse(t *testing.T) {
	f := start(t)
	if reply := f.reply(f.control, f.ask(f.control, "interrupt_request", map[string]any{})); reply["status"] != "ok" {
		t.Errorf("an interrupt of nothing is answered %v", reply)
	}
	id := f.execute("wait")
	f.waitBusy(id)
	asked := f.ask(f.control, "interrupt_request", map[string]any{})
	if reply := f.reply(f.control, asked); reply["status"] != "ok" {
		t.Errorf("reply %v", reply)
	}
	lines := shown(f.until(id))
	if n := len(lines); lines[n-2] != "error Interrupted" || lines[n-1] != "idle" {
		t.Errorf("shown %q", lines)
	}
	f.reply(f.shell, id)
	lines, _ = f.run("6*7")
	f.expect(lines, "busy", "in 2", "out 2 42", "idle")
}

func TestNextCellWaitsUntilTheInterruptedOneHasStopped(t *testing.T) {
	f := start(t)
	stuck := f.execute("stubborn")
	f.waitBusy(stuck)
	f.reply(f.control, f.ask(f.control, "interrupt_request", map[string]any{}))
	next := f.execute("6*7")
	select {
	case <-f.shell.out:
		t.Error("a cell was answered while the last one ran")
	case <-time.After(50 * time.Millisecond):
	}
	close(f.server.interp.(*standIn).release)
	if reply := f.reply(f.shell, stuck); reply["status"] != "ok" {
		t.Errorf("reply %v", reply)
	}
	if reply := f.reply(f.shell, next); reply["status"] != "aborted" {
		t.Errorf("a cell queued behind an interrupted one ends with %v", reply)
	}
}

func TestMalformedExecuteRequestIsAnsweredWithAnError(t *testing.T) {
	f := start(t)
	id := f.ask(f.shell, "execute_request", map[string]any{"code": 7})
	if reply := f.reply(f.shell, id); reply["status"] != "error" || reply["ename"] != "BadRequest" {
		t.Errorf("reply %v", reply)
	}
	if _, reply := f.run("6*7"); reply["status"] != "ok" {
		t.Errorf("the next cell ends with %v", reply)
	}
}

func TestWarningIsShownOnceWithTheFirstCell(t *testing.T) {
	f := start(t)
	f.server.warning = "warning: careful\n"
	lines, _ := f.run("6*7", "silent", true)
	f.expect(lines, "busy", "idle")
	lines, _ = f.run("6*7")
	f.expect(lines, "busy", "in 1", "stderr: warning: careful\n", "out 1 42", "idle")
	lines, _ = f.run("6*7")
	f.expect(lines, "busy", "in 2", "out 2 42", "idle")
}
