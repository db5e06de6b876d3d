package cell

import (
	"flag"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the emitter prints into testdata/emitted")

const emittedHead = "\n-- emitted --\n"

// TestEmittedGo holds the printed form of each construct: a cell, and the plain Go that the interpreter gets for it.
func TestEmittedGo(t *testing.T) {
	files, err := filepath.Glob("testdata/emitted/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	marks := regexp.MustCompile(`(k_line|k_\d+) = \d{3,}\n`)
	places := regexp.MustCompile(`(X_k_\w+|Check)\(\d{3,}`)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, want, _ := strings.Cut(string(content), emittedHead)
		n := open(t)
		b, problems := n.in.session.prepare(&source{text: text, title: "In[1]"})
		if len(problems) > 0 {
			t.Errorf("%s: %s", file, problems[0].message)
			continue
		}
		got := places.ReplaceAllString(marks.ReplaceAllString(b.unit.text()+"\n", "$1 = here\n"), "$1(here")
		if formatted, err := format.Source([]byte(got)); err == nil {
			got = string(formatted)
		} else {
			t.Errorf("%s: what was printed is no Go: %v", file, err)
		}
		if *update {
			if err := os.WriteFile(file, []byte(text+emittedHead+got), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
		}
	}
}
