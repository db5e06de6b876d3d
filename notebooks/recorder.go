package notebooks

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"sync"

	"github.com/golgi-sim/golgi/kernel"
)

// An output is one entry of a cell's outputs, in the fields of nbformat.
type output = map[string]any

// A display is an output that has a name for later updates.
type display struct {
	id     string
	output output
}

// displays are the named outputs of a run: an update reaches them in whatever cell they stand.
type displays struct {
	list []display
}

// show replaces what stands at a name.
func (d *displays) show(id string, b kernel.Bundle) {
	for _, shown := range d.list {
		if shown.id == id {
			maps.Copy(shown.output, bundleFields(b))
		}
	}
}

// A recorder is the kernel.Output of one cell: it keeps what the cell shows as nbclient does. After close it takes
// nothing more, as a client has stopped listening to a cell that is done.
type recorder struct {
	mu      sync.Mutex
	reader  *Reader
	named   *displays
	outputs []output
	text    map[string]*stream
	order   []string // streams, in the order of their first text
	clear   bool     // before the next output
	closed  bool
}

func newRecorder(reader *Reader, named *displays) *recorder {
	return &recorder{reader: reader, named: named, text: map[string]*stream{}}
}

// Stream implements kernel.Output.
func (r *recorder) Stream(name string, text []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || len(text) == 0 {
		return
	}
	r.reader.stream(text)
	r.clearIfAsked()
	s, known := r.text[name]
	if !known {
		s = &stream{output: output{"output_type": "stream", "name": name}}
		r.text[name] = s
		r.order = append(r.order, name)
		r.outputs = append(r.outputs, s.output)
	}
	s.text = append(s.text, text...)
}

// Display implements kernel.Output.
func (r *recorder) Display(b kernel.Bundle, displayID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	shown := bundleFields(b)
	shown["output_type"] = "display_data"
	if displayID != "" {
		r.named.show(displayID, b)
	} else {
		r.reader.display(shown)
	}
	r.append(shown)
	if displayID != "" {
		r.named.list = append(r.named.list, display{displayID, shown})
	}
}

// Update implements kernel.Output.
func (r *recorder) Update(b kernel.Bundle, displayID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed && displayID != "" {
		r.named.show(displayID, b)
	}
}

// Clear implements kernel.Output.
func (r *recorder) Clear(wait bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.clear = true
	if !wait {
		r.clearIfAsked()
	}
}

// Input implements kernel.Output: nobody sits in front of a notebook that runs by itself.
func (r *recorder) Input(string, bool) (string, error) { return "", kernel.ErrNoInput }

// append adds an output. The caller holds the lock.
func (r *recorder) append(o output) {
	r.clearIfAsked()
	r.outputs = append(r.outputs, o)
}

func (r *recorder) clearIfAsked() {
	if !r.clear {
		return
	}
	r.clear = false
	for _, gone := range r.outputs {
		r.named.forget(gone)
	}
	r.outputs, r.text, r.order = nil, map[string]*stream{}, nil
}

// forget drops the name of an output that was cleared.
func (d *displays) forget(gone output) {
	kept := d.list[:0]
	for _, shown := range d.list {
		if !same(shown.output, gone) {
			kept = append(kept, shown)
		}
	}
	d.list = kept
}

// close ends the cell: its result or its error is the last output.
func (r *recorder) close(result kernel.Result, fault *kernel.CellError, count int) []output {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.reader.named(r.final())
	switch {
	case fault != nil:
		shown := errorFields(fault)
		r.append(shown)
		r.reader.fault(shown)
	case result.Value != nil:
		shown := bundleFields(*result.Value)
		shown["output_type"], shown["execution_count"] = "execute_result", number(count)
		r.append(shown)
		r.reader.result(shown, count)
	}
	for _, s := range r.text {
		s.finish()
	}
	return stdoutFirst(r.outputs)
}

// final gives the named outputs of this cell as the last update left them.
func (r *recorder) final() []output {
	var shown []output
	for _, o := range r.outputs {
		for _, d := range r.named.list {
			if same(d.output, o) {
				shown = append(shown, o)
				break
			}
		}
	}
	return shown
}

// bundleFields gives the fields of an output that shows b, as they arrive at a client: bytes are base64.
func bundleFields(b kernel.Bundle) output {
	data := make(map[string]any, len(b.Data))
	for mime, value := range b.Data {
		switch v := value.(type) {
		case string:
			data[mime] = repair([]byte(v))
		case []byte:
			data[mime] = base64.StdEncoding.EncodeToString(v)
		default:
			data[mime] = plainJSON(v)
		}
	}
	metadata := map[string]any{}
	if b.Metadata != nil {
		metadata, _ = plainJSON(b.Metadata).(map[string]any)
	}
	return output{"data": data, "metadata": metadata}
}

// plainJSON gives v as JSON decodes it.
func plainJSON(v any) any {
	decoder := json.NewDecoder(strings.NewReader(string(kernel.JSON(v))))
	decoder.UseNumber()
	var plain any
	if decoder.Decode(&plain) != nil {
		return nil // kernel.JSON writes nothing else
	}
	return plain
}

// errorFields gives the fields of an output that shows an error.
func errorFields(fault *kernel.CellError) output {
	traceback := []any{}
	for _, line := range fault.Traceback {
		traceback = append(traceback, repair([]byte(line)))
	}
	if len(traceback) == 0 {
		traceback = []any{"\x1b[1;31m" + fault.Name + "\x1b[0m: " + repair([]byte(fault.Value))}
	}
	return output{"output_type": "error", "ename": fault.Name, "evalue": repair([]byte(fault.Value)), "traceback": traceback}
}
