package kernel

import (
	"context"
	"encoding/json"
)

// A CommMessage opens, uses or closes a comm, the channel between a widget here and its picture in the front end.
type CommMessage struct {
	Kind     string // "open", "msg" or "close"
	ID       string
	Target   string          // of "open": who is meant, such as "jupyter.widget"
	Data     json.RawMessage // nil is {}
	Metadata json.RawMessage // nil is {}
	Buffers  [][]byte
}

// A CommHandler is an Interpreter that takes part in comms.
type CommHandler interface {
	// Comm takes a message of the front end, also while Eval runs. It returns soon: what takes longer goes on in a
	// goroutine, stops when ctx ends (at an interrupt), shows its results on out and calls done at its end, exactly
	// once. The front end sends the next change only after done. Unknown is the answer to an "open" for a target that
	// does not exist; the kernel then closes the comm and done is not needed.
	Comm(ctx context.Context, m CommMessage, out Output, done func()) (known bool)

	// Comms lists the open comms: id and target.
	Comms() map[string]string
}

// A CommSender is an Output that sends comm messages. The Outputs of this package are.
type CommSender interface {
	SendComm(m CommMessage)
}

// commContent is the content of the three messages.
type commContent struct {
	ID     string          `json:"comm_id"`
	Target string          `json:"target_name,omitempty"`
	Data   json.RawMessage `json:"data"`
}

// sendComm publishes m as an answer to r.
func (s *server) sendComm(r *request, m CommMessage) {
	if len(m.Data) == 0 {
		m.Data = json.RawMessage("{}")
	}
	message := s.message("comm_"+m.Kind, r, commContent{m.ID, m.Target, m.Data})
	message.Metadata, message.Buffers = m.Metadata, m.Buffers
	s.publisher.publish(message)
}

func (s *server) commOpen(r *request)    { s.comm(r, "open") }
func (s *server) commMessage(r *request) { s.comm(r, "msg") }
func (s *server) commClose(r *request)   { s.comm(r, "close") }

// comm hands a comm message to the interpreter. The request is busy until the interpreter is done with it.
func (s *server) comm(r *request, kind string) {
	var content commContent
	if !r.read(&content) {
		return
	}
	h, ok := s.interp.(CommHandler)
	known := false
	if ok {
		known = s.handComm(h, r, CommMessage{kind, content.ID, content.Target, content.Data, r.Metadata, r.Buffers})
	}
	if !known && kind == "open" {
		s.sendComm(r, CommMessage{Kind: "close", ID: content.ID})
	}
}

func (s *server) handComm(h CommHandler, r *request, m CommMessage) (known bool) {
	ctx, cancel, err := s.interrupts.begin(r.arrived)
	if err != nil {
		return true // interrupted before it began
	}
	out := &output{server: s, request: r, ctx: ctx}
	done := func() {
		cancel()
		out.finish()
		r.end()
	}
	r.later = true
	if known = h.Comm(ctx, m, out, done); !known {
		cancel()
		r.later = false
	}
	return known
}

// commInfo answers comm_info_request.
func (s *server) commInfo(r *request) {
	var content struct {
		Target string `json:"target_name"`
	}
	r.read(&content)
	comms := map[string]any{}
	if h, ok := s.interp.(CommHandler); ok {
		for id, target := range h.Comms() {
			if content.Target == "" || content.Target == target {
				comms[id] = map[string]string{"target_name": target}
			}
		}
	}
	r.reply(map[string]any{"comms": comms})
}
