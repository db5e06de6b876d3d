package notebooks

import (
	"fmt"
	"strings"
)

// A Notebook is a notebook of nbformat 4. Fields that this package does not know stay in it.
type Notebook struct {
	fields map[string]any // as JSON decodes them, numbers as json.Number
	Cells  []*Cell
}

// A Cell is one cell of a notebook.
type Cell struct {
	fields map[string]any
}

// Kind is "code", "markdown" or "raw".
func (c *Cell) Kind() string { return text(c.fields["cell_type"]) }

// ID is the cell's id in its notebook.
func (c *Cell) ID() string { return text(c.fields["id"]) }

// Source is what the cell holds.
func (c *Cell) Source() string { return text(c.fields["source"]) }

// Tagged reports whether the cell carries a tag.
func (c *Cell) Tagged(tag string) bool {
	metadata, _ := c.fields["metadata"].(map[string]any)
	tags, _ := metadata["tags"].([]any)
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}

// Outputs are what the cell showed, in nbformat's fields, each text in one string.
func (c *Cell) Outputs() []map[string]any {
	list, _ := c.fields["outputs"].([]any)
	outputs := make([]map[string]any, 0, len(list))
	for _, item := range list {
		if output, ok := item.(map[string]any); ok {
			outputs = append(outputs, output)
		}
	}
	return outputs
}

// runs reports whether running the notebook runs this cell: clients leave out blank cells and those tagged so.
func (c *Cell) runs() bool {
	return c.Kind() == "code" && strings.TrimSpace(c.Source()) != "" && !c.Tagged("skip-execution")
}

// forget removes what an earlier run left.
func (c *Cell) forget() {
	c.fields["outputs"] = []any{}
	c.fields["execution_count"] = nil
}

// setOutputs stores what the cell showed.
func (c *Cell) setOutputs(outputs []map[string]any) {
	list := make([]any, len(outputs))
	for i, output := range outputs {
		list[i] = output
	}
	c.fields["outputs"] = list
}

// metadata gives the notebook's metadata, made if there is none.
func (nb *Notebook) metadata() map[string]any {
	m, ok := nb.fields["metadata"].(map[string]any)
	if !ok {
		m = map[string]any{}
		nb.fields["metadata"] = m
	}
	return m
}

// language is the language the notebook says it is written in, "" if it does not say.
func (nb *Notebook) language() string {
	for _, key := range []string{"kernelspec", "language_info"} {
		about, _ := nb.metadata()[key].(map[string]any)
		for _, field := range []string{"language", "name"} {
			if name := text(about[field]); name != "" && !(key == "kernelspec" && field == "name") {
				return name
			}
		}
	}
	return ""
}

// describe names a cell for an error message: by its place, counted from 1 as a reader counts, and its first line.
func (nb *Notebook) describe(index int) string {
	first, _, _ := strings.Cut(strings.TrimSpace(nb.Cells[index].Source()), "\n")
	return fmt.Sprintf("cell %d (%s)", index+1, first)
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
