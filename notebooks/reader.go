package notebooks

import (
	"fmt"
	"io"
	"regexp"
	"strings"
)

// A Reader is where a person follows a run: text as it comes, results, errors, a line for every picture.
type Reader struct {
	To    io.Writer
	Color bool // keep the ANSI colours of errors
	open  bool // the last line is not ended
}

func (r *Reader) stream(text []byte) {
	r.write(string(text))
	r.open = text[len(text)-1] != '\n'
}

// display shows an output by its plain text.
func (r *Reader) display(o output) { r.line(plainText(o)) }

// named shows outputs that could be updated until now.
func (r *Reader) named(outputs []output) {
	for _, o := range outputs {
		r.display(o)
	}
}

// result shows the value of a cell, behind its number.
func (r *Reader) result(o output, count int) {
	value := plainText(o)
	if strings.Contains(value, "\n") {
		value = "\n" + value
	}
	r.line(fmt.Sprintf("Out[%d]: %s", count, value))
}

// fault shows an error as a notebook would.
func (r *Reader) fault(o output) {
	var lines []string
	for _, line := range o["traceback"].([]any) {
		lines = append(lines, line.(string))
	}
	r.line(strings.Join(lines, "\n"))
}

// line writes text as lines of its own.
func (r *Reader) line(text string) {
	if text == "" {
		return
	}
	if r.open {
		r.write("\n")
	}
	r.write(strings.TrimSuffix(text, "\n") + "\n")
	r.open = false
}

var ansi = regexp.MustCompile("\x1b\\[[0-9;]*[A-Za-z]")

func (r *Reader) write(text string) {
	if r.To == nil {
		return
	}
	if !r.Color {
		text = ansi.ReplaceAllString(text, "")
	}
	io.WriteString(r.To, text) // a closed pipe is no reason to stop the run
}

// plainText is what a terminal can show of an output: its plain text, of which a picture has one line, else a word on
// what is there.
func plainText(o output) string {
	data := o["data"].(map[string]any)
	plain := text(data["text/plain"])
	if plain == "" {
		plain = text(data["text/markdown"])
	}
	if plain == "" && len(data) > 0 {
		plain = "(shown in a notebook: " + strings.Join(sortedKeys(data), ", ") + ")"
	}
	if _, picture := data["image/png"]; picture {
		plain, _, _ = strings.Cut(plain, "\n")
	}
	return plain
}
