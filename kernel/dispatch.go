package kernel

import (
	"encoding/json"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// A request is a received message and the way back to its sender.
type request struct {
	*wire.Message
	server  *server
	from    Socket
	arrived time.Time
	ended   sync.Once
	later   bool // the handler ends the request itself
}

// A handler serves one type of request.
type handler func(*server, *request)

// shellHandlers lists what shell answers at once; execute_request waits for its turn.
var shellHandlers = map[string]handler{
	"kernel_info_request": (*server).kernelInfo,
	"complete_request":    (*server).complete,
	"inspect_request":     (*server).inspect,
	"is_complete_request": (*server).isComplete,
	"history_request":     (*server).pastInputs,
	"connect_request":     (*server).connect,
	"comm_info_request":   (*server).commInfo,
	"comm_open":           (*server).commOpen,
	"comm_msg":            (*server).commMessage,
	"comm_close":          (*server).commClose,
	"interrupt_request":   (*server).interrupt,
	"shutdown_request":    (*server).shutdown, // until protocol 5.3
}

// controlHandlers lists what control answers.
var controlHandlers = map[string]handler{
	"kernel_info_request": (*server).kernelInfo,
	"interrupt_request":   (*server).interrupt,
	"shutdown_request":    (*server).shutdown,
}

// handle serves a request of any type; an unknown one is busy and idle and no more, as the protocol asks.
func (s *server) handle(r *request, handlers map[string]handler) {
	h, known := handlers[r.Header.Type]
	if !known {
		s.note("ignored: a message of type %q", r.Header.Type)
		h = func(*server, *request) {}
	}
	s.serve(r, h)
}

// serve is the one wrapper of all handlers: it says busy, and idle when the handler is done.
func (s *server) serve(r *request, h handler) {
	s.status(r, "busy")
	defer func() {
		if fault := recover(); fault != nil {
			s.note("panic in %s: %v\n%s", r.Header.Type, fault, debug.Stack())
			r.later = false
		}
		if !r.later {
			r.end()
		}
	}()
	h(s, r)
}

// end says idle, once.
func (r *request) end() { r.ended.Do(func() { r.server.status(r, "idle") }) }

func (s *server) status(r *request, state string) {
	s.publisher.publish(s.message("status", r, map[string]string{"execution_state": state}))
}

// read decodes the content of r. Fields of other types than expected leave their zero value and make it false.
func (r *request) read(content any) bool {
	err := json.Unmarshal(r.Content, content)
	if err != nil {
		r.server.note("%s: %v", r.Header.Type, err)
	}
	return err == nil
}

// reply answers r with status ok and the other fields of content.
func (r *request) reply(content map[string]any) {
	content["status"] = "ok"
	r.send(content, nil)
}

// send answers r.
func (r *request) send(content map[string]any, metadata map[string]any) {
	m := r.server.message(strings.TrimSuffix(r.Header.Type, "_request")+"_reply", r, content)
	m.Identities = r.Identities
	if metadata != nil {
		m.Metadata = wire.JSON(metadata)
	}
	if err := r.from.Send(r.server.codec.Encode(m)); err != nil {
		r.server.note("%s: the answer could not be sent: %v", r.Header.Type, err)
	}
}
