package kernel

import (
	"context"
	"encoding/json"
	"io"
	"sync"
)

// answers hands what people type to who asked. One question is asked at a time.
type answers struct {
	turn chan struct{} // holds one token: the right to ask

	mu      sync.Mutex
	asked   string // id of the open question, "" none
	arrived chan string
}

func newAnswers() *answers {
	a := &answers{turn: make(chan struct{}, 1)}
	a.turn <- struct{}{}
	return a
}

// open notes that the question id waits and gives the channel of its answer.
func (a *answers) open(id string) <-chan string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked, a.arrived = id, make(chan string, 1)
	return a.arrived
}

// close forgets the question: an answer that still comes is stale.
func (a *answers) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = ""
}

// give takes an answer to the question id; clients that do not say which answer the open one.
func (a *answers) give(id, value string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.asked == "" || id != "" && id != a.asked {
		return
	}
	a.asked = ""
	a.arrived <- value
}

// endOfInput is what front ends send for Ctrl-D.
const endOfInput = "\x04"

// ask puts a question to the client of r and waits for the answer or for an interrupt.
func (s *server) ask(ctx context.Context, r *request, prompt string, password bool) (string, error) {
	select {
	case <-s.answers.turn:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { s.answers.turn <- struct{}{} }()
	question := s.message("input_request", r, map[string]any{"prompt": prompt, "password": password})
	question.Identities = r.Identities
	answer := s.answers.open(question.Header.ID)
	defer s.answers.close()
	if err := s.stdin.Send(s.codec.Encode(question)); err != nil {
		return "", ErrNoInput
	}
	select {
	case value := <-answer:
		if value == endOfInput {
			return "", io.EOF
		}
		return value, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// inputReply serves stdin.
func (s *server) inputReply(r *request) {
	if r.Header.Type != "input_reply" {
		s.note("ignored: a message of type %q on stdin", r.Header.Type)
		return
	}
	var content struct {
		Value string `json:"value"`
	}
	var parent struct {
		ID string `json:"msg_id"`
	}
	json.Unmarshal(r.Parent, &parent)
	if r.read(&content) {
		s.answers.give(parent.ID, content.Value)
	}
}
