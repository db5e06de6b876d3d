package notebooks

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A stream is all that a cell wrote to stdout or stderr: it is one output, where the first of it stood.
type stream struct {
	output output
	text   []byte
}

// finish stores the text as a terminal would have left it.
func (s *stream) finish() {
	var b strings.Builder
	for line := range strings.Lines(repair(s.text)) {
		b.WriteString(overwritten(line))
	}
	s.output["text"] = b.String()
}

// overwritten gives what stays of a line after its carriage returns: the text behind the last one that any text
// follows.
func overwritten(line string) string {
	body := strings.TrimSuffix(line, "\n")
	if body == "" {
		return line
	}
	at := strings.LastIndexByte(body[:len(body)-1], '\r')
	return line[at+1:]
}

// stdoutFirst puts stdout before stderr where they are neighbours: which of them came first is chance.
func stdoutFirst(outputs []output) []output {
	for i := 0; i+1 < len(outputs); i++ {
		if outputs[i]["name"] == "stderr" && outputs[i+1]["name"] == "stdout" {
			outputs[i], outputs[i+1] = outputs[i+1], outputs[i]
		}
	}
	return outputs
}

// repair gives text with U+FFFD for every invalid byte, as it travels in messages.
func repair(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	return string([]rune(string(text)))
}

// same reports whether two outputs are one and the same.
func same(a, b output) bool { return reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer() }

func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }
