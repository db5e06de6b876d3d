package notebooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"strings"
	"unicode/utf8"
)

// WriteFile writes the notebook to a file, whole or not at all. A device or a pipe is written to as it is.
func (nb *Notebook) WriteFile(name string) error {
	var buffer bytes.Buffer
	if err := nb.Write(&buffer); err != nil {
		return err
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, buffer.Bytes(), 0o644)
	}
	draft := name + ".new"
	if err := os.WriteFile(draft, buffer.Bytes(), 0o644); err != nil {
		return err
	}
	if err := os.Rename(draft, name); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return nil
}

// Write writes the notebook as nbformat does: keys sorted, one space a level, texts as lists of lines.
func (nb *Notebook) Write(w io.Writer) error {
	fields := maps.Clone(nb.fields)
	cells := make([]any, len(nb.Cells))
	for i, cell := range nb.Cells {
		cells[i] = cell.split()
	}
	fields["cells"] = cells
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(fields)
}

// split gives the cell's fields with their texts as lists of lines. The cell itself keeps one string each.
func (c *Cell) split() map[string]any {
	fields := maps.Clone(c.fields)
	fields["source"] = lines(fields["source"])
	if named, ok := fields["attachments"].(map[string]any); ok {
		fields["attachments"] = splitEach(named)
	}
	if c.Kind() == "code" {
		outputs := []any{}
		for _, output := range c.Outputs() {
			outputs = append(outputs, splitOutput(output))
		}
		fields["outputs"] = outputs
	}
	return fields
}

func splitEach(named map[string]any) map[string]any {
	out := make(map[string]any, len(named))
	for name, item := range named {
		out[name] = item
		if bundle, ok := item.(map[string]any); ok {
			out[name] = splitBundle(bundle)
		}
	}
	return out
}

func splitOutput(output map[string]any) map[string]any {
	out := maps.Clone(output)
	switch bundle, ok := output["data"].(map[string]any); {
	case ok:
		out["data"] = splitBundle(bundle)
	case output["output_type"] == "stream":
		out["text"] = lines(output["text"])
	}
	return out
}

// splitBundle splits the forms that nbformat takes for text. Base64 stays in one string.
func splitBundle(bundle map[string]any) map[string]any {
	out := make(map[string]any, len(bundle))
	for mime, value := range bundle {
		out[mime] = value
		if strings.HasPrefix(mime, "text/") || mime == "application/javascript" || mime == "image/svg+xml" {
			out[mime] = lines(value)
		}
	}
	return out
}

// lines splits a string after each line break, of which Python's splitlines knows more than Go; anything else stays.
func lines(v any) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	list := []any{}
	for s != "" {
		end := lineEnd(s)
		list = append(list, s[:end])
		s = s[end:]
	}
	return list
}

// lineBreaks are the runes that end a line, as the Python library lists them for str.splitlines.
const lineBreaks = "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029"

// lineEnd is the length of the first line of s, its break included.
func lineEnd(s string) int {
	at := strings.IndexAny(s, lineBreaks)
	if at < 0 {
		return len(s)
	}
	if strings.HasPrefix(s[at:], "\r\n") {
		return at + 2
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return at + size
}
