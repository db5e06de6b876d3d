package kernel

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// An output is the Output of one request. What it shows has that request as its parent, also after the request has
// ended.
type output struct {
	server     *server
	request    *request
	ctx        context.Context // of Input
	silent     bool
	allowStdin bool

	mu      sync.Mutex
	text    pieces
	pending bool // a timer will send the text
	pace    pace
}

func newOutput(s *server, x *execution) *output {
	return &output{
		server:     s,
		request:    x.request,
		ctx:        x.ctx,
		silent:     x.content.Silent,
		allowStdin: orTrue(x.content.AllowStdin) && !x.content.Silent,
	}
}

// Stream implements Output.
func (o *output) Stream(name string, text []byte) {
	if o.silent || len(text) == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.add(name, text)
	if o.text.size >= textSize {
		o.flush(false)
		return
	}
	if !o.pending && o.text.size > 0 {
		o.pending = true
		time.AfterFunc(textPause, o.pauseIsOver)
	}
}

func (o *output) pauseIsOver() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pending = false
	o.flush(false)
}

// flush sends the text that waits.
func (o *output) flush(last bool) {
	for _, p := range o.text.take(last) {
		if len(p.text) > 0 {
			content := map[string]string{"name": p.name, "text": wire.Repair(p.text)}
			o.server.publisher.publish(o.server.message("stream", o.request, content))
		}
	}
}

// finish sends all text; the cell has ended.
func (o *output) finish() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush(true)
}

// show sends a message after the text that came before it.
func (o *output) show(kind string, content map[string]any, displayID string) {
	if o.silent {
		return
	}
	if displayID != "" {
		content["transient"] = map[string]any{"display_id": displayID}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush(false)
	o.pace.wait()
	o.server.publisher.publish(o.server.message(kind, o.request, content))
}

// Display implements Output.
func (o *output) Display(b Bundle, displayID string) {
	content := bundleContent(b)
	content["transient"] = map[string]any{}
	o.show("display_data", content, displayID)
}

// Update implements Output.
func (o *output) Update(b Bundle, displayID string) {
	if displayID != "" {
		o.show("update_display_data", bundleContent(b), displayID)
	}
}

// Clear implements Output.
func (o *output) Clear(wait bool) { o.show("clear_output", map[string]any{"wait": wait}, "") }

// Input implements Output.
func (o *output) Input(prompt string, password bool) (string, error) {
	if !o.allowStdin {
		return "", ErrNoInput
	}
	o.mu.Lock()
	o.flush(true)
	o.mu.Unlock()
	return o.server.ask(o.ctx, o.request, prompt, password)
}

// SendComm implements CommSender.
func (o *output) SendComm(m CommMessage) {
	if o.silent {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush(false)
	o.server.sendComm(o.request, m)
}

// bundleContent gives the fields of a message that shows b.
func bundleContent(b Bundle) map[string]any {
	content := map[string]any{"data": b.Data, "metadata": b.Metadata}
	if b.Data == nil {
		content["data"] = map[string]any{}
	}
	if b.Metadata == nil {
		content["metadata"] = map[string]any{}
	}
	return content
}

func plainText(b *Bundle) string {
	if b == nil {
		return ""
	}
	text, _ := b.Data["text/plain"].(string)
	return text
}

// JSON gives v as JSON for messages, with null for what JSON has no word for, such as NaN.
func JSON(v any) json.RawMessage { return wire.JSON(v) }

// A pace slows a cell that shows more than servers let through, 1000 messages a second, of which they drop the rest.
type pace struct {
	since time.Time
	count int
}

const (
	paceSpan = 100 * time.Millisecond
	paceMost = 80 // messages in a span
)

// wait counts a message and waits for its span.
func (p *pace) wait() {
	now := time.Now()
	if now.Sub(p.since) > paceSpan {
		p.since, p.count = now, 0
	}
	if p.count++; p.count > paceMost {
		time.Sleep(paceSpan - now.Sub(p.since))
		p.since, p.count = time.Now(), 1
	}
}

// discard is the Output of what shows nothing.
type discard struct{}

func (discard) Stream(string, []byte)              {}
func (discard) Display(Bundle, string)             {}
func (discard) Update(Bundle, string)              {}
func (discard) Clear(bool)                         {}
func (discard) Input(string, bool) (string, error) { return "", ErrNoInput }
