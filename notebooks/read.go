package notebooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"strings"
)

// ReadFile reads a notebook. Its errors are for a person: they name the file, what was found and what was expected.
func ReadFile(name string) (*Notebook, error) {
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: found no such file", name)
	case err != nil:
		return nil, fmt.Errorf("%s: cannot be read: %w", name, err)
	}
	nb, err := Read(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return nb, nil
}

// Read reads a notebook of nbformat 4, any minor version.
func Read(r io.Reader) (*Notebook, error) {
	decoder := json.NewDecoder(r)
	decoder.UseNumber() // a number keeps its digits
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil || fields == nil {
		return nil, errors.New("found no JSON object, expected a Jupyter notebook (.ipynb)")
	}
	cells, ok := fields["cells"].([]any)
	if version := fmt.Sprint(fields["nbformat"]); version != "4" {
		return nil, versionError(fields["nbformat"])
	} else if !ok {
		return nil, errors.New("found no list of cells, expected a Jupyter notebook (.ipynb)")
	}
	nb := &Notebook{fields: fields}
	for i, item := range cells {
		cell, ok := item.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("cell %d is no JSON object, expected a cell of a notebook", i+1)
		}
		nb.Cells = append(nb.Cells, &Cell{cell})
	}
	nb.join()
	nb.upgrade()
	return nb, nil
}

func versionError(version any) error {
	if version == nil {
		return errors.New("found JSON without the field nbformat, expected a Jupyter notebook (.ipynb)")
	}
	return fmt.Errorf("found a notebook of nbformat %v, expected nbformat 4: open and save it in a current Jupyter", version)
}

// join gives every text that the file splits into lines one string.
func (nb *Notebook) join() {
	for _, cell := range nb.Cells {
		cell.fields["source"] = joined(cell.fields["source"])
		for _, bundle := range cell.attachments() {
			joinBundle(bundle)
		}
		for _, output := range cell.Outputs() {
			if _, streamed := output["text"]; streamed {
				output["text"] = joined(output["text"])
			}
			if bundle, ok := output["data"].(map[string]any); ok {
				joinBundle(bundle)
			}
		}
	}
}

// attachments are the cell's pictures, each in several forms.
func (c *Cell) attachments() []map[string]any {
	named, _ := c.fields["attachments"].(map[string]any)
	var bundles []map[string]any
	for _, item := range named {
		if bundle, ok := item.(map[string]any); ok {
			bundles = append(bundles, bundle)
		}
	}
	return bundles
}

func joinBundle(bundle map[string]any) {
	for mime, value := range bundle {
		if !isJSON(mime) {
			bundle[mime] = joined(value)
		}
	}
}

// isJSON reports whether the values of a MIME type are JSON, in which lists are not lines.
func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}

// joined gives the lines of a list in one string, anything else as it is.
func joined(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	var b strings.Builder
	for _, item := range list {
		line, ok := item.(string)
		if !ok {
			return v
		}
		b.WriteString(line)
	}
	return b.String()
}

// upgrade makes the notebook one of nbformat 4.5, the first in which cells have an id. New ids follow from place and
// source, so that the same notebook gets the same ids every time.
func (nb *Notebook) upgrade() {
	if minor, err := json.Number(fmt.Sprint(nb.fields["nbformat_minor"])).Int64(); err != nil || minor < 5 {
		nb.fields["nbformat_minor"] = json.Number("5")
	}
	for i, cell := range nb.Cells {
		if cell.ID() == "" {
			h := fnv.New64a()
			fmt.Fprintf(h, "%d\n%s", i, cell.Source())
			cell.fields["id"] = fmt.Sprintf("%016x", h.Sum64())
		}
	}
}
