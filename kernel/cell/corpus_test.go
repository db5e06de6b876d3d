package cell

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/kernel"
)

// knownDifferent lists programs of the corpus, by body, whose output is another than the compiler's, each with its
// reason. A program that begins to work fails the test until it leaves the list.
var knownDifferent = map[string]string{}

type sample struct{ Decl, Body, Want string }

// corpus reads the programs of a file, or those of GOLGI_CORPUS, a file of the same form.
func corpus(t *testing.T, name string) (list []sample) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p sample
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

// An output collects what a cell shows.
type output struct {
	mu    sync.Mutex
	text  map[string]string
	shown []kernel.Bundle
	lines []string // answers to Input
}

func newOutput() *output { return &output{text: map[string]string{}} }

func (o *output) Stream(name string, text []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text[name] += string(text)
}
func (o *output) Display(b kernel.Bundle, id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shown = append(o.shown, b)
}
func (o *output) Update(kernel.Bundle, string) {}
func (o *output) Clear(bool)                   {}
func (o *output) Input(string, bool) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.lines) == 0 {
		return "", kernel.ErrNoInput
	}
	line := o.lines[0]
	o.lines = o.lines[1:]
	return line, nil
}
func (o *output) stdout() string { o.mu.Lock(); defer o.mu.Unlock(); return o.text["stdout"] }

func TestCorpusGivesTheCompilersOutput(t *testing.T) {
	var list []sample
	if name := os.Getenv("GOLGI_CORPUS"); name != "" {
		list = corpus(t, name)
	} else {
		list = append(corpus(t, "testdata/go-corpus.jsonl"), corpus(t, "testdata/more-corpus.jsonl")...)
	}
	right := 0
	for _, p := range list {
		if raceDetector && strings.Contains(p.Decl+p.Body, "go ") {
			// Functions that several goroutines run write the place of their statement to one variable, without a lock:
			// it only serves messages, and a lock would cost more than the statement.
			continue
		}
		got := runProgram(t, p)
		reason, listed := knownDifferent[p.Body]
		switch ok := strings.TrimSpace(got) == strings.TrimSpace(p.Want); {
		case ok && listed:
			t.Errorf("this program works now, take it off the list: %s", p.Body)
		case ok:
			right++
		case !listed:
			t.Errorf("decl %q\nbody %q\n got %q\nwant %q", p.Decl, p.Body, got, p.Want)
		default:
			t.Logf("%s: %s", reason, p.Body)
		}
	}
	t.Logf("%d of %d programs give the compiler's output", right, len(list))
}

func runProgram(t *testing.T, p sample) string {
	in, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := newOutput()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for i, text := range []string{p.Decl, p.Body} {
		if text == "" {
			continue
		}
		if _, err := in.Eval(ctx, kernel.Cell{Source: text + ";", Count: i + 1}, out); err != nil {
			if e, ok := err.(*kernel.CellError); ok && e.Name == "Panic" {
				return "PANIC " + e.Value
			}
			return out.stdout() + "ERROR " + err.Error()
		}
	}
	return out.stdout()
}
