package kernel

import (
	"runtime"
	"strings"

	"github.com/golgi-sim/golgi/kernel/wire"
)

// kernelInfo answers kernel_info_request.
func (s *server) kernelInfo(r *request) {
	links := s.info.Links
	if links == nil {
		links = []Link{}
	}
	r.reply(map[string]any{
		"protocol_version":       wire.Version,
		"implementation":         s.info.Implementation,
		"implementation_version": s.info.Version,
		"language_info":          s.info.Language.fields(),
		"banner":                 s.info.Banner,
		"help_links":             links,
		"debugger":               false,
		"supported_features":     []string{},
	})
}

func (l Language) fields() map[string]any {
	if l == (Language{}) {
		l = Language{"go", strings.TrimPrefix(runtime.Version(), "go"), "text/x-go", ".go", "go", "go"}
	}
	return map[string]any{
		"name":               l.Name,
		"version":            l.Version,
		"mimetype":           l.MIMEType,
		"file_extension":     l.FileExtension,
		"pygments_lexer":     l.Lexer,
		"codemirror_mode":    l.Mode,
		"nbconvert_exporter": "script",
	}
}

// connect answers connect_request with the ports.
func (s *server) connect(r *request) {
	content := map[string]any{}
	for _, d := range s.connection.doors() {
		content[d.key] = d.port
	}
	r.reply(content)
}

// interrupt answers interrupt_request.
func (s *server) interrupt(r *request) {
	s.interrupts.interrupt()
	r.reply(map[string]any{})
}

// shutdown answers shutdown_request, tells everybody on iopub and ends the kernel.
func (s *server) shutdown(r *request) {
	var content struct {
		Restart bool `json:"restart"`
	}
	r.read(&content)
	farewell := map[string]any{"restart": content.Restart}
	r.reply(farewell)
	s.publisher.publish(s.message("shutdown_reply", r, farewell))
	r.end()
	s.stop()
}
