package kernel

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// past asks for history and gives it as text.
func (f *front) past(content map[string]any) string {
	f.t.Helper()
	reply := f.reply(f.shell, f.ask(f.shell, "history_request", content))
	if reply["status"] != "ok" {
		f.t.Errorf("reply %v", reply)
	}
	return fmt.Sprint(reply["history"])
}

func TestHistoryKnowsTailRangeAndSearch(t *testing.T) {
	f := start(t)
	for _, code := range []string{"6*7", "print a", "6*7", `panic("boom")`, "print b"} {
		f.run(code)
		time.Sleep(time.Millisecond)
	}
	f.run("print hidden", "store_history", false)
	f.run("print hidden", "silent", true)
	tests := []struct {
		ask  map[string]any
		want string
	}{
		{map[string]any{"hist_access_type": "tail", "n": 2}, `[[1 4 panic("boom")] [1 5 print b]]`},
		{map[string]any{"hist_access_type": "tail", "n": 0}, `[]`},
		{map[string]any{"hist_access_type": "tail", "n": -3}, `[]`},
		{map[string]any{"hist_access_type": "tail", "n": 5, "output": true}, `[[1 1 [6*7 42]] [1 2 [print a <nil>]] [1 3 [6*7 42]] [1 4 [panic("boom") <nil>]] [1 5 [print b <nil>]]]`},
		{map[string]any{"hist_access_type": "range", "session": 0, "start": 2, "stop": 4}, `[[1 2 print a] [1 3 6*7]]`},
		{map[string]any{"hist_access_type": "range", "session": 1, "start": 5}, `[[1 5 print b]]`},
		{map[string]any{"hist_access_type": "range", "session": -1, "start": 1}, `[]`},
		{map[string]any{"hist_access_type": "search", "pattern": "6[*]7"}, `[[1 1 6*7] [1 3 6*7]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "6[*]7", "unique": true}, `[[1 3 6*7]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "*print*", "n": 1}, `[[1 5 print b]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "print"}, `[]`},
	}
	for _, test := range tests {
		if got := f.past(test.ask); got != test.want {
			t.Errorf("%v gives\n\t%s\nexpected\n\t%s", test.ask, got, test.want)
		}
	}
}

func TestGlobPatterns(t *testing.T) {
	tests := []struct {
		pattern, input string
		fits           bool
	}{
		{"", "anything", true},
		{"a*c", "abbc", true},
		{"a*c", "a\nc", true},
		{"a*c", "abcd", false},
		{"a?c", "aτc", true},
		{"a?c", "ac", false},
		{"[ab]x", "bx", true},
		{"[^ab]x", "bx", false},
		{"[a-c]x", "bx", true},
		{"[", "[", true},
		{"[]a]", "]", true},
		{"a.c", "abc", false},
		{"a.c", "a.c", true},
		{`\d`, "7", false},
		{"[z-a]", "z", false},
		{"(τ)+", "(τ)+", true},
	}
	for _, test := range tests {
		if got := glob(test.pattern)(test.input); got != test.fits {
			t.Errorf("%q fits %q: %v, expected %v", test.pattern, test.input, got, test.fits)
		}
	}
}

func TestHistoryOutlivesTheKernelInAPrivateFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state", "history.jsonl")
	keep := func(info *Info) { info.History = file }
	first := start(t, keep)
	first.run("print one")
	first.run("print two\nlines")
	first.ask(first.control, "shutdown_request", map[string]any{})
	<-first.done

	second := start(t, keep)
	second.run("print three")
	if got, want := second.past(map[string]any{"hist_access_type": "tail", "n": 2}), "[[1 2 print two\nlines] [2 1 print three]]"; got != want {
		t.Errorf("tail gives %s, expected %s", got, want)
	}
	if got, want := second.past(map[string]any{"hist_access_type": "range", "session": -1, "start": 1, "stop": 2}), "[[1 1 print one]]"; got != want {
		t.Errorf("the session before gives %s, expected %s", got, want)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v, expected %v", path, info.Mode(), err, want)
		}
	}
}

func TestHistoryFileOfOthersEyesIsClosed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.jsonl")
	if err := os.WriteFile(file, []byte("no JSON\n\n{\"session\":\"s\",\"line\":3,\"input\":\"old\"}\n{\"session\":"), 0o644); err != nil {
		t.Fatal(err)
	}
	h := newHistory(file, "new")
	h.add(1, "fresh", "")
	h.save()
	records, number := h.all()
	if len(records) != 2 || records[0].Input != "old" || records[0].number != 1 || number != 2 {
		t.Errorf("records %+v, session %d", records, number)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestLongHistoryIsShortened(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.jsonl")
	line := `{"session":"s","line":1,"input":"` + strings.Repeat("x", 1000) + `"}` + "\n"
	if err := os.WriteFile(file, []byte(strings.Repeat(line, 2*mostHistory/len(line)+10)), 0o600); err != nil {
		t.Fatal(err)
	}
	records := load(file, "new")
	if n := len(records); n < mostHistory/len(line)-2 || n > mostHistory/len(line) {
		t.Errorf("%d records are left", n)
	}
	if info, err := os.Stat(file); err != nil || info.Size() > mostHistory {
		t.Errorf("the file has %d bytes left", info.Size())
	}
}

func TestUnwritableHistoryDisturbsNobody(t *testing.T) {
	f := start(t, func(info *Info) {
		info.History = filepath.Join(t.TempDir(), "file", "x")
		os.WriteFile(filepath.Dir(info.History), nil, 0o600)
	})
	f.run("6*7")
	if _, reply := f.run("6*7"); reply["status"] != "ok" {
		t.Errorf("reply %v", reply)
	}
	if got := f.past(map[string]any{"hist_access_type": "tail", "n": 9}); got != "[[1 1 6*7] [1 2 6*7]]" {
		t.Errorf("history %s", got)
	}
}
