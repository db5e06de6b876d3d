package kernel

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestTextIsCollected(t *testing.T) {
	f := start(t)
	var p pieces
	for range 1000 {
		p.add("stdout", []byte("line\n"))
	}
	if got := p.take(false); len(got) != 1 || len(got[0].text) != 5000 {
		t.Errorf("1000 lines make %d pieces", len(got))
	}
	lines, _ := f.run("print a\nb\n")
	f.expect(lines, "busy", "in 1", "stdout: a\nb\n", "idle")
}

func TestTextOfAGoroutineGoesToItsCellAfterTheEnd(t *testing.T) {
	f := start(t)
	id := f.execute("late")
	f.until(id)
	f.execute("6*7")
	for {
		if m := f.next(f.iopub); m.Header.Type == "stream" {
			if parentID(m) != id || content(m)["text"] != "from a goroutine" {
				t.Errorf("%s has the parent %s, expected %s", m.Content, parentID(m), id)
			}
			return
		}
	}
}

// written gives what take sends of text written in chunks, one take after each.
func written(chunks []piece) (sent []piece) {
	var p pieces
	for _, c := range chunks {
		p.add(c.name, c.text)
		sent = append(sent, p.take(false)...)
	}
	return append(sent, p.take(true)...)
}

func TestRunesAreNeverSplit(t *testing.T) {
	const text = "τ = 10 ms, 😀 €"
	for cut := range len(text) {
		var whole string
		for _, p := range written([]piece{{"stdout", []byte(text[:cut])}, {"stderr", []byte("x")}, {"stdout", []byte(text[cut:])}}) {
			if !utf8.Valid(p.text) {
				t.Errorf("cut at %d: %q was sent", cut, p.text)
			}
			if p.name == "stdout" {
				whole += string(p.text)
			}
		}
		if whole != text {
			t.Errorf("cut at %d: %q was sent", cut, whole)
		}
	}
}

func TestRunesInterruptedByTheOtherStreamStayWhole(t *testing.T) {
	var p pieces
	p.add("stdout", []byte("a\xc2"))
	p.add("stderr", []byte("e"))
	p.add("stdout", []byte("\xb5b"))
	var got string
	for _, piece := range p.take(true) {
		got += piece.name + "=" + string(piece.text) + ";"
	}
	if want := "stdout=a;stderr=e;stdout=µb;"; got != want {
		t.Errorf("sent %q, expected %q", got, want)
	}
}

func TestRuneThatNeverEndsIsSentAtTheEnd(t *testing.T) {
	sent := written([]piece{{"stdout", []byte("a\xe2\x82")}})
	if n := len(sent); string(sent[0].text) != "a" || string(sent[n-1].text) != "\xe2\x82" {
		t.Errorf("sent %q", sent)
	}
}

func TestOrderOfStreamsIsKeptUnlessTheyAlternateWildly(t *testing.T) {
	var p pieces
	p.add("stdout", []byte("1"))
	p.add("stderr", []byte("2"))
	p.add("stdout", []byte("3"))
	if got := p.take(true); len(got) != 3 {
		t.Errorf("%d pieces, expected 3", len(got))
	}
	for range 100 {
		p.add("stdout", []byte("o"))
		p.add("stderr", []byte("e"))
	}
	got := p.take(true)
	if len(got) != 2 || string(got[0].text) != strings.Repeat("o", 100) || string(got[1].text) != strings.Repeat("e", 100) {
		t.Errorf("alternating streams make %q", got)
	}
}

func TestOutputOfACellIsCappedWithANotice(t *testing.T) {
	var p pieces
	sent := 0
	var last []piece
	for range 40 {
		p.add("stdout", []byte(strings.Repeat("0123456789abcde\n", 4096)))
		if got := p.take(false); len(got) > 0 {
			last = got
			for _, piece := range got {
				sent += len(piece.text)
			}
		}
	}
	notice := last[len(last)-1]
	if notice.name != "stderr" || !strings.Contains(string(notice.text), "output of this cell ends here") {
		t.Errorf("the last piece is %q", notice)
	}
	if over := sent - mostText - len(notice.text); over != 0 {
		t.Errorf("%d bytes were sent, %d more than the cap and its notice", sent, over)
	}
}

func TestTextIsSentWhileTheCellRuns(t *testing.T) {
	f := start(t)
	id := f.execute("slow")
	began := time.Now()
	for {
		m := f.next(f.iopub)
		if parentID(m) == id && m.Header.Type == "stream" {
			break
		}
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("the text took %v", took)
	}
	f.ask(f.control, "interrupt_request", map[string]any{})
}

func TestShowingTooFastIsSlowedDown(t *testing.T) {
	var p pace
	began := time.Now()
	for range 3 * paceMost {
		p.wait()
	}
	if took := time.Since(began); took < 2*paceSpan || took > 20*paceSpan {
		t.Errorf("%d messages took %v, expected at least %v", 3*paceMost, took, 2*paceSpan)
	}
}
